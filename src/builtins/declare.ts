/**
 * How a builtin is declared: once, with name, arity, doc line, examples, purity and implementation together. Help, arity
 * errors, completion, documentation, the compiler and the tests all read these declarations.
 */
import type { BufferedInput } from "./host/buffered_input.ts";
import type { TaskServices } from "../tasks/mod.ts";
import {
  arityError,
  arityText,
  type Condition,
  type Example,
  type List,
  Procedure,
  type Sym,
  type Value,
} from "../data/mod.ts";
import type { ControlRequest } from "./control/continuations.ts";
import type { FileAccess } from "./host/file_access.ts";
import type { Capability, HostAccess } from "./host/host_access.ts";
import type { RegexCache } from "../regex/mod.ts";

export type { Example } from "../data/mod.ts";

/** What a builtin may ask of the runtime that runs it. The last argument of every implementation. */
export interface BuiltinContext {
  /** Writes to the program's standard output. */
  write(text: string): void;
  /** Writes to the program's standard error. */
  writeError(text: string): void;
  /** Writes bytes to standard output or standard error, behind what was written before. */
  writeBytes(stream: "stdout" | "stderr", bytes: Uint8Array): void;
  /** Sees to it that what was written has arrived. */
  flush(): void;
  /** A fresh symbol `prefix__N`. */
  gensym(prefix: string): Sym;
  /** A function without parameters that runs `form` as a unit in the global scope. */
  unit(form: Value): Value;
  /** What is wrong with a text as it is read and compiled, without expanding its macros; null when nothing is. */
  check(source: string): Condition | null;
  /** `form` after one expansion of its outermost macro call. */
  macroexpand(form: Value): Value;
  /** Binds the macro that a `defmacro` or `define-syntax` form makes. */
  defineMacro(form: Value): void;
  /** Notes what the file being loaded exports; nothing outside of a file. */
  moduleExports(names: List): void;
  /** The tasks of the program. */
  readonly tasks: TaskServices;
  /** The value of `(await value)` where the running task cannot be suspended: others run inside of this call. */
  awaitHere(value: Value): Value;
  /** Asks for a change of the stack; only for a builtin that `changesStack`, whose own value is then of no use. */
  control(request: ControlRequest): Value;
  /** Fails, without a throw of the host's if possible; only for a builtin that `changesStack`. */
  fail(condition: Condition): Value;
  /** What the running task has entered by `dynamic-wind` and not left: a list, innermost first. */
  winders: List;
  /** The compiled patterns of this runtime. */
  readonly patterns: RegexCache;
  /** Whether work is charged at all. */
  readonly charges: boolean;
  /** Charges work that takes long inside of one call, in units of about a character; raises past a limit. */
  spend(units: number): void;
  /** What help says of a function or of what a symbol or string names; raises when that is nothing. */
  documentation(subject: Value): string;
  /** All names of globals and special forms that contain a text, sorted. */
  namesWith(text: string): readonly string[];
  /** The files that programs may load. */
  readonly modules: ModuleLoader;
  /** The files that programs may read and write. */
  readonly files: FileAccess;
  /** The standard input. */
  readonly input: BufferedInput;
  /** What else of the host programs may reach. */
  readonly host: HostAccess;
}

/** The files of a runtime: finds, reads and caches them, and keeps the scopes of modules apart. */
export interface ModuleLoader {
  /**
   * Opens a file for `load` or `import`; raises when it is missing or already being loaded. A module that was
   * imported before opens as a file without forms. `from`: the file in which the form stands, if any.
   */
  open(path: string, importing: boolean, from: string | null): Value;
  /** The next form as a function without parameters, expanded and compiled now; nil at the end. */
  next(file: Value): Value;
  /**
   * Ends a file. For an import that is complete: a function without parameters that defines in the importing scope
   * what the module exports, those in `names`, or all when that is empty; raises when one is missing. Otherwise nil.
   */
  close(file: Value, complete: boolean, names: readonly Value[]): Value;
}

/** Implementations by argument count. */
export type Function0 = (context: BuiltinContext) => Value;
export type Function1 = (a: Value, context: BuiltinContext) => Value;
export type Function2 = (a: Value, b: Value, context: BuiltinContext) => Value;
export type Function3 = (a: Value, b: Value, c: Value, context: BuiltinContext) => Value;
/** For every other arity; the count has been checked. The array belongs to the callee. */
export type FunctionN = (args: Value[], context: BuiltinContext) => Value;

/** A function implemented in TypeScript. It never calls back into a program: what does is written in Sema. */
export class Builtin extends Procedure {
  override readonly typeName = "native-fn";
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly doc: string;
  /** What it was made from; tells a builtin of the library from a function of the host with the same name. */
  readonly declaration: BuiltinDeclaration;
  /** At most one of the fixed forms is set; `fn` is set exactly when none of them is. */
  readonly f0: Function0 | null;
  readonly f1: Function1 | null;
  readonly f2: Function2 | null;
  readonly f3: Function3 | null;
  readonly fn: FunctionN | null;

  constructor(declaration: BuiltinDeclaration) {
    super();
    this.name = declaration.name;
    this.min = declaration.min;
    this.max = declaration.max;
    this.doc = declaration.doc;
    this.declaration = declaration;
    this.f0 = declaration.f0 ?? null;
    this.f1 = declaration.f1 ?? null;
    this.f2 = declaration.f2 ?? null;
    this.f3 = declaration.f3 ?? null;
    this.fn = declaration.fn ?? null;
  }

  override printed(): string {
    return `<native-fn ${this.name}>`;
  }

  /** The error for a call with `count` arguments. */
  arityError(count: number): Condition {
    return arityError(this.declaration.countedAs ?? this.name, arityText(this.min, this.max), count);
  }

  /** Calls it with any number of arguments. Throws the arity error when the count does not fit. */
  apply(args: Value[], context: BuiltinContext): Value {
    const count = args.length;
    if (count < this.min || count > this.max) throw this.arityError(count);
    if (this.fn !== null) return this.fn(args, context);
    if (this.f1 !== null) return this.f1(args[0] as Value, context);
    if (this.f2 !== null) return this.f2(args[0] as Value, args[1] as Value, context);
    if (this.f3 !== null) return this.f3(args[0] as Value, args[1] as Value, args[2] as Value, context);
    if (this.f0 !== null) return this.f0(context);
    throw new TypeError(`builtin ${this.name} has no implementation`);
  }
}

/** What every function of the library is declared with. `name` is the canonical one, also in arity errors under an alias. */
interface Described {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** One sentence; it begins with the shape of a call and a colon where the arguments need names. */
  readonly doc: string;
  readonly examples?: readonly Example[];
  /**
   * Its result depends on its arguments alone and it changes nothing. It may raise, and it calls what it is given, if that
   * is a function. Lists that it makes are fresh.
   */
  readonly pure?: boolean;
  /** What a runtime must have been given, so that the function does anything but raise `:permission-denied`. */
  readonly capability?: Capability;
}

/** A builtin written in TypeScript. */
export interface BuiltinDeclaration extends Described {
  readonly kind: "native";
  /** It may run programs, to expand macros: what it is called from may rely on something they redefine. */
  readonly runsPrograms?: boolean;
  /** It may ask for a change of the whole stack: see `BuiltinContext.control`. */
  readonly changesStack?: boolean;
  /** The name that an error about the number of arguments uses, where it is that of another. */
  readonly countedAs?: string;
  readonly f0?: Function0;
  readonly f1?: Function1;
  readonly f2?: Function2;
  readonly f3?: Function3;
  readonly fn?: FunctionN;
}

/** A library function written in Sema, because it calls back into the program. `source` is one `(fn …)` form. */
export interface PreludeDeclaration extends Described {
  readonly kind: "sema";
  /**
   * It ends in a call of what it was given, so calls of it have to be tail calls where they stand in tail position. Calls of
   * the others are not: their caller's frame stays, and errors name the line of the call.
   */
  readonly tailCalls?: boolean;
  /** Active calls that one of it counts as, for what it takes beside its variables; 1 when not given. */
  readonly frames?: number;
  readonly source: string;
}

/** A second name of a builtin, which prints and reports arity as `target`. */
export interface AliasDeclaration {
  readonly kind: "alias";
  readonly name: string;
  readonly target: string;
  /** Whether both names hold the very same function object (`eq?`), or each its own. */
  readonly identical: boolean;
}

/** One row of a builtin table. */
export type Declaration = BuiltinDeclaration | PreludeDeclaration | AliasDeclaration;

/** The rows of one table, made by the call: a start asks for the few areas that its program has names of. */
export type Area = () => readonly Declaration[];

/** A builtin without arguments. */
export function zero(name: string, doc: string, f0: Function0, ...examples: Example[]): BuiltinDeclaration {
  return { kind: "native", name, min: 0, max: 0, doc, examples, f0 };
}

/** A builtin of one argument. */
export function one(name: string, doc: string, f1: Function1, ...examples: Example[]): BuiltinDeclaration {
  return { kind: "native", name, min: 1, max: 1, doc, examples, f1 };
}

/** A builtin of two arguments. */
export function two(name: string, doc: string, f2: Function2, ...examples: Example[]): BuiltinDeclaration {
  return { kind: "native", name, min: 2, max: 2, doc, examples, f2 };
}

/** A builtin of three arguments. */
export function three(name: string, doc: string, f3: Function3, ...examples: Example[]): BuiltinDeclaration {
  return { kind: "native", name, min: 3, max: 3, doc, examples, f3 };
}

/** A builtin of `min` to `max` arguments (`Infinity`: no upper bound). */
export function many(
  name: string,
  min: number,
  max: number,
  doc: string,
  fn: FunctionN,
  ...examples: Example[]
): BuiltinDeclaration {
  return { kind: "native", name, min, max, doc, examples, fn };
}

/** A library function written in Sema: `source` is a `(fn params body)` form whose parameters fit `min` to `max`. */
export function sema(
  name: string,
  min: number,
  max: number,
  doc: string,
  source: string,
  ...examples: Example[]
): PreludeDeclaration {
  return { kind: "sema", name, min, max, doc, examples, source };
}

/** `name` as a second function that behaves, prints and reports arity as `target`. */
export function alias(name: string, target: string): AliasDeclaration {
  return { kind: "alias", name, target, identical: false };
}

/** `name` as a second name of the very same function object as `target`. */
export function same(name: string, target: string): AliasDeclaration {
  return { kind: "alias", name, target, identical: true };
}

/** The rows as pure functions, but those that say of themselves that they are not. */
export function pure(rows: readonly Declaration[]): readonly Declaration[] {
  return rows.map((row) => row.kind === "alias" || row.pure !== undefined ? row : { ...row, pure: true });
}

/** The rows as functions that need a capability; what the world outside answers is never the same twice. */
export function requires(capability: Capability, rows: readonly Declaration[]): readonly Declaration[] {
  return rows.map((row) => row.kind === "alias" ? row : { ...row, capability, pure: false });
}

/** A library function that ends in a call of what it was given. */
export function tailCalling(row: PreludeDeclaration): PreludeDeclaration {
  return { ...row, tailCalls: true };
}
