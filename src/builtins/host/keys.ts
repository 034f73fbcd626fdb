/**
 * Keys (language reference: 05-host §24): the standard input read key by key. Who waits for a key lets others go on. What has
 * arrived and is no key yet stays in the input, so that lines can be read behind keys.
 */
import { keyword, SortedMap, type Value } from "../../data/mod.ts";
import { int64 } from "../check.ts";
import { duration } from "../control/duration.ts";
import { type Area, type BuiltinContext, one, sema, zero } from "../declare.ts";
import { decodeKey } from "./key_codes.ts";
import { option } from "./option_maps.ts";
import { perRuntime } from "./per_runtime.ts";

/** Milliseconds after which an escape is one by itself, and not the beginning of a longer sequence. */
const ESCAPE_TIME = 50;
/** Milliseconds that a terminal has to answer a question. */
const ANSWER_TIME = 1000;

/** The keys of one runtime. */
class Keys {
  readonly #context: BuiltinContext;
  /** Who is told when there may be a key, in the order in which they began to wait. */
  readonly #waiting: Set<() => void> = new Set();
  /** Keys that were read by who waited for others. */
  readonly #kept: Value[] = [];
  /** The host is asked for bytes. */
  #asking: AbortController | null = null;
  /** Runs while the input begins with what may become a longer sequence. */
  #escape: ReturnType<typeof setTimeout> | undefined;
  /** It has not become one in time. */
  #late = false;

  constructor(context: BuiltinContext) {
    this.#context = context;
  }

  /** The next key, nil at the end of the input; undefined where it has to be waited for. */
  next(): Value | undefined {
    const { input, host } = this.#context;
    const kept = this.#kept.shift();
    if (kept !== undefined) return kept;
    for (;;) {
      const found = decodeKey(input.arrived, this.#late || input.ended);
      if (found !== "more") {
        this.#late = false;
        input.skip(found.size);
        if (found.key !== null) return found.key;
      } else if (input.ended) return null;
      else if (host.keys !== undefined) return undefined;
      else if (input.available) this.#late = true;
      else input.more();
    }
  }

  /** Calls `changed` whenever there may be a key, until the result is called. */
  watch(changed: () => void): () => void {
    this.#waiting.add(changed);
    this.#expectMore();
    void this.#ask();
    return () => {
      this.#waiting.delete(changed);
      if (this.#waiting.size > 0) return;
      clearTimeout(this.#escape);
      this.#asking?.abort();
    };
  }

  /** The next key that `wanted` is true of, when it comes; null at the end, and after so many milliseconds. */
  read(signal: AbortSignal, milliseconds: number, wanted: (key: Value) => boolean = () => true): Promise<Value> {
    return new Promise((resolve) => {
      const others: Value[] = [];
      const late = milliseconds === Infinity ? undefined : setTimeout(() => done(null), milliseconds);
      const done = (key: Value): void => {
        clearTimeout(late);
        forget();
        this.#kept.push(...others.splice(0));
        resolve(key);
      };
      const look = (): void => {
        for (let key = this.next(); key !== undefined; key = this.next()) {
          if (key === null || wanted(key)) return done(key);
          others.push(key);
        }
      };
      const forget = this.watch(look);
      signal.addEventListener("abort", () => done(null));
      look();
    });
  }

  #tell(): void {
    for (const changed of [...this.#waiting]) changed();
    this.#expectMore();
  }

  /** What has come may be an escape by itself: that is so when nothing follows in time. */
  #expectMore(): void {
    clearTimeout(this.#escape);
    if (this.#waiting.size === 0 || !this.#context.input.available) return;
    this.#escape = setTimeout(() => {
      this.#late = true;
      this.#tell();
    }, ESCAPE_TIME);
  }

  async #ask(): Promise<void> {
    const { input, host: { keys } } = this.#context;
    if (this.#asking !== null || keys === undefined) return;
    while (this.#waiting.size > 0 && !input.ended) {
      const asking = this.#asking = new AbortController();
      const given = new Promise<null>((resolve) => asking.signal.addEventListener("abort", () => resolve(null)));
      const bytes = await Promise.race([keys.read(asking.signal), given]);
      // Somebody may have come since the last one went.
      if (bytes === null) continue;
      this.#late = false;
      input.add(bytes);
      this.#tell();
    }
    this.#asking = null;
  }
}

/** The keys of a runtime. */
export const keysOf: (context: BuiltinContext) => Keys = perRuntime((context) => new Keys(context));

/** For await: the next key; nil at the end, and after so many milliseconds. */
function readKey(milliseconds: number, context: BuiltinContext): Value {
  context.flush();
  const keys = keysOf(context);
  const there = keys.next();
  if (there !== undefined) return there;
  return context.tasks.outside((signal) => keys.read(signal, milliseconds));
}

/** What terminals have been made raw by programs. */
interface RawModes {
  readonly byToken: Map<number, () => void>;
  last: number;
}

const rawModes = perRuntime((): RawModes => ({ byToken: new Map(), last: 0 }));

function makeRaw(context: BuiltinContext): Value {
  const restore = context.host.keys?.raw() ?? null;
  if (restore === null) return null;
  const modes = rawModes(context);
  modes.byToken.set(++modes.last, restore);
  return modes.last;
}

function restore(token: Value, context: BuiltinContext): Value {
  // Where there was no terminal, there is nothing to be restored.
  if (token === null) return null;
  const { byToken } = rawModes(context);
  const number = int64(token);
  byToken.get(number)?.();
  byToken.delete(number);
  return null;
}

/** For await: the first key of one of some kinds that answers a question to the terminal; nil off a terminal, or when none comes. */
function ask(question: string, kinds: readonly string[], context: BuiltinContext): Value {
  const undo = context.host.keys?.raw() ?? null;
  if (undo === null) return null;
  context.write(question);
  context.flush();
  const keys = keysOf(context);
  const answers = (key: Value) => kinds.some((kind) => option(key, "kind") === keyword(kind));
  return context.tasks.outside(async (signal) => {
    try {
      return await keys.read(signal, ANSWER_TIME, answers);
    } finally {
      undo();
    }
  });
}

function position(answer: Value): Value {
  const [row = null, col = null] = [option(answer, "row"), option(answer, "col")];
  return row === null ? null : SortedMap.from([[keyword("row"), row], [keyword("col"), col]]);
}

/** Keys, and questions that terminals answer by keys. */
export const keys: Area = () => [
  zero(
    "io/tty-raw!",
    "Makes the terminal give each key at once, unseen; a number for io/tty-restore!, nil off a terminal.",
    makeRaw,
    [
      "(io/tty-raw!)",
      "nil",
    ],
  ),
  one("io/tty-restore!", "(io/tty-restore! token): undoes what io/tty-raw! has done.", restore, [
    "(io/tty-restore! (io/tty-raw!))",
    "nil",
  ]),
  zero("__vm-read-key", "For await: the next key.", (context) => readKey(Infinity, context)),
  sema(
    "io/read-key",
    0,
    0,
    'The next key of the standard input as a map of its :kind, such as {:kind :char :char "a"}; nil at the end.',
    "(fn () (await (__vm-read-key)))",
    ["(io/read-key)", "nil"],
  ),
  one("__vm-read-key-timeout", "For await: the next key in time.", (milliseconds, context) => {
    int64(milliseconds);
    return readKey(duration(milliseconds, "io/read-key-timeout", "wait for a shorter time, several times"), context);
  }),
  sema(
    "io/read-key-timeout",
    1,
    1,
    "(io/read-key-timeout ms): the next key as by io/read-key, nil when none comes in time.",
    "(fn (ms) (await (__vm-read-key-timeout ms)))",
    ["(io/read-key-timeout 10)", "nil"],
  ),
  zero(
    "__vm-cursor-position",
    "For await: what the terminal says of its cursor.",
    (context) => ask("\x1b[6n", ["cpr"], context),
  ),
  one("__vm-position", "The row and column of an answer.", position),
  sema(
    "term/cursor-position",
    0,
    0,
    "Where the cursor is, as a map of :row and :col, which count from 1; nil off a terminal.",
    "(fn () (__vm-position (await (__vm-cursor-position))))",
    ["(term/cursor-position)", "nil"],
  ),
  // Every terminal answers the second question, after the first if it knows that.
  zero(
    "__vm-kitty-answer",
    "For await: what the terminal says of the kitty protocol.",
    (context) => ask("\x1b[?u\x1b[c", ["kitty-flags", "device-attributes"], context),
  ),
  sema(
    "term/supports-kitty-keys?",
    0,
    0,
    "Whether the terminal can report keys by the kitty protocol; #f off a terminal.",
    "(fn () (let ((answer (await (__vm-kitty-answer)))) (if answer (= (:kind answer) :kitty-flags) #f)))",
    ["(term/supports-kitty-keys?)", "#f"],
  ),
];
