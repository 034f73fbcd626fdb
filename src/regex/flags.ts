/** The flags of a pattern, `(?imsxUuR)`, and how they are written. */
import type { Case } from "./charset.ts";
import type { Cursor } from "./cursor.ts";
import type { Span } from "./errors.ts";

/** The letters that may be flags, and what each changes. */
const LETTERS = {
  i: "caseless",
  m: "lines",
  s: "dotAll",
  U: "swapGreed",
  u: "unicode",
  R: "crlf",
  x: "spaced",
} as const;

/** What holds in a part of a pattern. */
export type Flags = Readonly<Record<typeof LETTERS[keyof typeof LETTERS], boolean>>;

/** What holds at the start of a pattern. */
export const INITIAL: Flags = {
  caseless: false,
  lines: false,
  dotAll: false,
  swapGreed: false,
  unicode: true,
  crlf: false,
  spaced: false,
};

/** How case counts under `flags`. */
export function letterCase({ caseless, unicode }: Flags): Case {
  return caseless ? unicode ? "folded" : "ascii" : "exact";
}

function isFlag(character: string): character is keyof typeof LETTERS {
  return Object.hasOwn(LETTERS, character);
}

/** Reads flags up to `:` or `)`; what they change, null when there is none. The cursor is not at the end. */
export function readFlags(cursor: Cursor): Partial<Flags> | null {
  const changes: Partial<Record<keyof Flags, boolean>> = {};
  const seen = new Map<string, Span>();
  let negation: Span | null = null;
  while (cursor.char !== ":" && cursor.char !== ")") {
    const letter = cursor.char;
    const span = { start: cursor.index, end: cursor.index + 1 };
    if (letter !== "-" && !isFlag(letter)) throw cursor.error("unrecognized flag", span);
    const before = seen.get(letter);
    if (before !== undefined) {
      throw cursor.error(letter === "-" ? "flag negation operator repeated" : "duplicate flag", before, span);
    }
    if (letter === "-") negation = span;
    else changes[LETTERS[letter]] = !seen.has("-");
    seen.set(letter, span);
    if (!cursor.bump()) throw cursor.here("expected flag but got end of regex");
  }
  if (negation !== null && negation.end === cursor.index) {
    throw cursor.error("dangling flag negation operator", negation);
  }
  return seen.size === 0 ? null : changes;
}
