/** What the second tier tells those who want to watch it. */
import type { Code } from "../bytecode/mod.ts";

/** What has happened: `retired` code is compiled anew when it is hot again, with what its exits have taught. */
export type TierEventKind = "compiled" | "recompiled" | "exited" | "retired" | "invalidated" | "refused";

/** One step of the second tier. */
export interface TierEvent {
  /** What has happened. */
  readonly kind: TierEventKind;
  /** The function. */
  readonly name: string;
  /** Its file, or null. */
  readonly file: string | null;
  /** The line of the function, or of what was left; 0 where it has none. */
  readonly line: number;
  /** The function is one of the library: it has no line of the program. */
  readonly library: boolean;
  /** The entry is a loop in the function, not its beginning. */
  readonly loop: boolean;
  /** Why, for all but compilations. */
  readonly reason: string | null;
  /** How long a compilation took. */
  readonly milliseconds: number | null;
}

/** What is said of an event besides its function. */
type Details = Partial<Pick<TierEvent, "line" | "reason" | "milliseconds">>;

/** The event for a function, or for the loop at `entry` in it. */
export function tierEvent(kind: TierEventKind, code: Code, entry: number, details: Details = {}): TierEvent {
  const { name, library } = code;
  const { file = null, line = 0 } = library ? {} : { ...code.position, ...details };
  return {
    kind,
    name: name ?? "<lambda>",
    loop: entry > 0,
    reason: null,
    milliseconds: null,
    ...details,
    file,
    line,
    library,
  };
}
