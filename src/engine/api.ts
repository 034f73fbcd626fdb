/** The types of the embedding interface. */
import type { Capability, HostAccess } from "../builtins/host/host_access.ts";
import type { JitStats, TierEvent } from "../jit/mod.ts";
import type { TraceFrame, Value } from "../data/mod.ts";
import type { Timing } from "../tasks/mod.ts";

export type { Timing } from "../tasks/mod.ts";

/** Any Sema value, as the runtime represents it; see `toJS` and `fromJS` for plain JavaScript ones. */
export type SemaValue = Value;

/** How programs run: interpreted, compiled before the first call, or compiled when hot; `walker` is the reference. */
export type Tier = "baseline" | "jit" | "auto" | "walker";

/**
 * Bounds on what a program may use, for a runtime per evaluation, or for one evaluation: the smaller one holds. A program
 * cannot catch the error for exceeding one, except for `depth`; it ends at once, `dynamic-wind` and `finally` included.
 */
export interface Limits {
  /**
   * Function calls and rounds of loops, as they are counted: in portions of a thousand. The interpreter counts all of
   * them, each function for itself. Compiled code leaves out calls that call nothing themselves and the last rounds of a
   * loop, thirty-one at most, so that a program may do some times more there; one without end always ends. The same
   * program in the same new runtime ends at the same place, but for `tier: "auto"` with limits of time or several tasks.
   */
  readonly steps?: number;
  /** Milliseconds of wall time, waiting included. Looked at every half millisecond, and between two builtins at the latest. */
  readonly milliseconds?: number;
  /**
   * Active function calls; beyond it a program gets a stack overflow. A library function that calls back counts as one
   * together with its callback and what this calls, what has more than thirty variables as several, and `eval` as a hundred.
   * Exact in the interpreter; compiled code finds out when its frames leave the host's stack, never early, and late by
   * some thousands of calls at most (6,000 measured, whatever the limit). A million when not given.
   */
  readonly depth?: number;
  /** Bytes written, in UTF-8. */
  readonly output?: number;
  /** Bytes by which the host's heap may grow meanwhile, as `heapUsed` of the runtime tells; garbage counts until it goes. */
  readonly heap?: number;
}

/**
 * The files that programs `load` and `import`. Paths have `/` between their parts.
 *
 * @example Files in memory
 * ```ts
 * const texts = new Map([["lib.sema", "(define (twice x) (* 2 x))"]]);
 * const sema = createRuntime({ files: { read: (path) => texts.get(path) ?? null } });
 * ```
 */
export interface FileStore {
  /** The text of a file; null when there is none. An `Error` thrown says why it cannot be read. */
  read(path: string): string | null;
  /**
   * The path of the file that `path` means in a text of the file `from` (null: a text without a file), the same for
   * every spelling. Without this, a path is tried from the root first and then from the directory of `from`.
   */
  resolve?(path: string, from: string | null): string;
}

/** What `createRuntime` takes. */
export interface RuntimeOptions {
  /** `auto` when not given. Where the host forbids `new Function`, all but the walker mean `baseline`. */
  readonly tier?: Tier;
  /** Receives what the program prints, in pieces. The host's standard output when not given. */
  readonly stdout?: (text: string) => void;
  /** Receives what the program prints as errors. The host's standard error when not given. */
  readonly stderr?: (text: string) => void;
  /** Receives bytes that the program writes to `*stdout*`. When not given, they are taken for UTF-8 and go where text goes. */
  readonly stdoutBytes?: (bytes: Uint8Array) => void;
  /** The same for `*stderr*`. */
  readonly stderrBytes?: (bytes: Uint8Array) => void;
  /** Called when what the program has written is to arrive at once: it says so, or waits for the host. */
  readonly flush?: () => void;
  /** No limits but `depth` when not given. */
  readonly limits?: Limits;
  /** Programs can load no files when not given. */
  readonly files?: FileStore;
  /** What programs may reach outside: nothing when not given, so that they can only compute and print. */
  readonly host?: HostAccess;
  /** Hears of every step of the second tier: what it compiles, leaves and throws away, and why. */
  readonly onTier?: (event: TierEvent) => void;
  /** Capabilities that programs do not have although `host` would give them. */
  readonly deny?: readonly Capability[];
  /** The directories whose files programs may use, of those that `host` has. All when not given. */
  readonly allowedPaths?: readonly string[];
  /** How the runtime tells the time for timers and limits, and waits. As the host does when not given. */
  readonly timing?: Timing;
  /** Bytes in use on the host's heap, for the limit of `heap`: `() => process.memoryUsage().heapUsed`, for instance. */
  readonly heapUsed?: () => number;
}

/** Where a text comes from. */
export interface SourceOptions {
  /** What errors and traces call it; `<input>` when not given. */
  readonly file?: string;
}

/** What an evaluation takes. */
export interface EvalOptions extends SourceOptions {
  /** Limits of this evaluation, beside those of the runtime. */
  readonly limits?: Limits;
  /** Ends the evaluation when it is aborted; no program can catch that. */
  readonly signal?: AbortSignal;
}

/** What an evaluation takes that waits for the host. */
export interface AsyncOptions extends EvalOptions {
  /**
   * Give the thread back to the host every 6 to 10 ms, however long the program computes, and while a long text is read
   * and compiled. Longer may take: one call of a builtin, reading and expanding one form, compiling one very large
   * function, and what the host does itself, above all collecting garbage. Without it the host gets its turn when all
   * tasks wait. When not given: if there is a `signal`, which could not be aborted otherwise.
   */
  readonly polite?: boolean;
}

/** What `inspect` takes. */
export interface InspectOptions extends SourceOptions {
  /** Run the program first, so that its functions are compiled for the types they were seen with. */
  readonly run?: boolean;
}

/** One function of a program as it was compiled. */
export interface Listing {
  /** `<lambda>` for a function without a name. */
  readonly name: string;
  /** The bytecode with its source positions, and after it that of the functions inside. */
  bytecode(): string;
  /**
   * The JavaScript it is compiled to; `annotate`: with the lines of the program, the bytecode and the types that were
   * found as comments. Throws {@link SemaError} when it cannot be.
   */
  javascript(options?: { readonly annotate?: boolean }): string;
}

/** One line of the trace of an error. */
export interface TraceLine {
  /** The function, `<lambda>` for the top level and for functions without a name. */
  readonly name: string;
  /** The file, or null. */
  readonly file: string | null;
  /** 1-based; 0 where the form has no position. */
  readonly line: number;
  /** 1-based; 0 where the form has no position. */
  readonly column: number;
}

/** What a name means. */
export interface Documentation {
  /** The name asked for. */
  readonly name: string;
  /** What it names. */
  readonly kind: "function" | "macro" | "special form" | "constant" | "variable";
  /** The shape of a call, such as `(take n coll)`. */
  readonly usage: string;
  /** What it does or is. */
  readonly text: string;
  /** How many arguments a function takes, such as `2 or more arguments`. */
  readonly arity: string | null;
  /** Other names of the same. */
  readonly aliases: readonly string[];
  /** Expressions and what the REPL prints for their values, left out where it is not the point. */
  readonly examples: readonly (readonly [code: string, printed?: string])[];
}

/** Counters of a runtime. */
export interface Stats extends JitStats {
  /** The tier asked for. */
  readonly tier: Tier;
  /** Bytecode functions made. */
  readonly functions: number;
  /** Why the stack was unwound → how often. */
  readonly unwinds: Readonly<Record<string, number>>;
  /** Sites that hold the cell of their global. */
  readonly globalSites: number;
  /** Cells made because a closure shares a variable with its frame. */
  readonly sharedCells: number;
}

/** An error that ended a program. */
export class SemaError extends Error {
  /** Always `SemaError`. */
  override readonly name = "SemaError";
  /** The `:type` of the error, such as `type-error`. */
  readonly type: string;
  /** What to do about it, where something helps. */
  readonly hint: string | undefined;
  /** Active functions, innermost first. */
  readonly trace: readonly TraceLine[];
  /** The value that was thrown, for a value thrown by the program. */
  readonly value: SemaValue | undefined;

  /** Made by the runtime. */
  constructor(
    type: string,
    message: string,
    hint: string | undefined,
    trace: readonly TraceFrame[],
    value: SemaValue | undefined,
  ) {
    super(message);
    this.type = type;
    this.hint = hint;
    this.trace = trace.map(({ name, file, line, column }) => ({ name, file, line, column }));
    this.value = value;
    // The host's own stack says nothing to anyone who reads a Sema error.
    this.stack = `SemaError: ${message}`;
  }
}

/** One interpreter with its own globals. Runtimes share nothing. */
export interface Runtime {
  /** Runs a program text to its end, and whatever it started in the background. Throws {@link SemaError}. */
  eval(source: string, options?: EvalOptions): SemaValue;
  /** The same for programs that wait for timers and the host. Several can run at a time. */
  evalAsync(source: string, options?: AsyncOptions): Promise<SemaValue>;
  /** The text that the REPL prints for a value: lists longer than 80 bytes on several lines. */
  print(value: SemaValue): string;
  /** A JavaScript value: lists and vectors become arrays, maps objects or `Map`s, keywords strings, functions functions. */
  toJS(value: SemaValue): unknown;
  /** A Sema value: arrays become lists, objects maps with keyword keys, functions callable values. */
  fromJS(value: unknown): SemaValue;
  /**
   * Binds a global to a value as by `fromJS`. A function gets its arguments as by `toJS`; where it answers a promise, the
   * task that calls it waits for that. A generator function yields its calls (`semaCall`) and promises.
   */
  define(name: string, value: unknown): void;
  /** The value of a global. Throws {@link SemaError} when there is none. */
  get(name: string): SemaValue;
  /** Calls a function, given itself or as the name of a global, with arguments as by `fromJS`. Throws {@link SemaError}. */
  call(procedure: string | SemaValue, ...args: unknown[]): SemaValue;
  /** The same for functions that wait for timers and the host. */
  callAsync(procedure: string | SemaValue, args: readonly unknown[], options?: AsyncOptions): Promise<SemaValue>;
  /** What the runtime has done so far. */
  stats(): Stats;
  /**
   * What a name means: a function of the program with the text that its body starts with, a function or macro of the
   * library, a special form. Null for any other name.
   */
  doc(name: string): Documentation | null;
  /** The names that start so: globals and special forms, sorted. */
  complete(prefix: string): string[];
  /** The globals that programs have defined, in order. */
  definedNames(): string[];
  /**
   * Compiles a program text without running it: macros are expanded, nothing else is evaluated. The program itself comes
   * first, then every function in it, in the order of the text. Throws {@link SemaError} for malformed source.
   */
  inspect(source: string, options?: InspectOptions): Promise<Listing[]>;
  /** The bytecode of a function with its source positions. Throws {@link SemaError} when there is no such function. */
  disassemble(name: string): string;
  /** The JavaScript of a function, compiled if it has not been. Throws {@link SemaError} when it cannot be. */
  generatedSource(name: string): string;
}
