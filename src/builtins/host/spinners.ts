/**
 * Signs that something goes on (language reference: 05-host §24): a line on standard error that turns while the program
 * waits. It does not turn while the program computes, nor where the host gives no beat. It is gone when the evaluation that
 * has started it fails.
 */
import { type Condition, evalError, type Value } from "../../data/mod.ts";
import { int64, text } from "../check.ts";
import { type Area, type BuiltinContext, many, one, two } from "../declare.ts";
import { option } from "./option_maps.ts";
import { perRuntime } from "./per_runtime.ts";

const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
/** Milliseconds between two frames. */
const BEAT = 80;
/** To the beginning of the line, which is cleared. */
const CLEAR = "\r\x1b[K";

class Spinner {
  message: string;
  readonly #write: (text: string) => void;
  #frame = 0;
  /** What ends the beat, and forgets to clear up. */
  readonly #ends: (() => void)[] = [];

  constructor(message: string, write: (text: string) => void) {
    this.message = message;
    this.#write = write;
  }

  draw(): void {
    this.#write(`${CLEAR}${FRAMES[this.#frame++ % FRAMES.length]} ${this.message}`);
  }

  /** Has it stop by calling these, too. */
  endsBy(...ends: readonly (() => void)[]): void {
    this.#ends.push(...ends);
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  /** The next frame, outside of the program: where it may print no more, that is for the program to hear. */
  beat(): void {
    try {
      this.draw();
    } catch {
      this.stop();
    }
  }

  /** Leaves a clear line for what is said of a program that has failed. */
  abandon(): void {
    this.stop();
    try {
      this.#write(CLEAR);
    } catch {
      // It may print no more.
    }
  }
}

/** The spinners of one runtime; a number is never used twice. */
interface Spinners {
  readonly byId: Map<number, Spinner>;
  next: number;
}

const spinners = perRuntime((): Spinners => ({ byId: new Map(), next: 0 }));

function start(message: Value, context: BuiltinContext): Value {
  const spinner = new Spinner(text(message), (frame) => context.writeError(frame));
  spinner.draw();
  const own = spinners(context);
  const id = own.next++;
  own.byId.set(id, spinner);
  const beat = context.host.every?.(BEAT, () => spinner.beat());
  if (beat !== undefined) spinner.endsBy(beat);
  spinner.endsBy(context.tasks.atEnd((failed) => {
    // The next evaluation may stop it, unless this one has failed.
    if (failed && own.byId.delete(id)) spinner.abandon();
  }));
  return id;
}

function unknown(name: string, id: Value): Condition {
  return evalError(`${name}: no such spinner ${id}`);
}

function update(id: Value, message: Value, context: BuiltinContext): Value {
  const spinner = spinners(context).byId.get(int64(id));
  const wanted = text(message);
  if (spinner === undefined) throw unknown("term/spinner-update", id);
  spinner.message = wanted;
  spinner.draw();
  return null;
}

function stop([id = null, last = null]: readonly Value[], context: BuiltinContext): Value {
  const own = spinners(context).byId;
  const spinner = own.get(int64(id));
  if (spinner === undefined) throw unknown("term/spinner-stop", id);
  spinner.stop();
  own.delete(int64(id));
  const words = [option(last, "symbol"), option(last, "text")].filter((word) => typeof word === "string");
  context.writeError(words.length === 0 ? CLEAR : `${CLEAR}${words.join(" ")}\n`);
  return null;
}

/** `term/spinner-…`. */
export const spinning: Area = () => [
  one("term/spinner-start", "(term/spinner-start message): shows that something goes on; a number for it.", start, [
    '(term/spinner-start "loading")',
    "0",
  ]),
  two("term/spinner-update", "(term/spinner-update id message): says something else meanwhile.", update, [
    '(term/spinner-update (term/spinner-start "loading") "still loading")',
    "nil",
  ]),
  many(
    "term/spinner-stop",
    1,
    2,
    "(term/spinner-stop id [{:symbol s :text t}]): clears the line, and says how it went if that is given.",
    stop,
    ['(term/spinner-stop (term/spinner-start "loading") {:symbol "✔" :text "loaded"})', "nil"],
  ),
];
