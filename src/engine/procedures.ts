/**
 * The procedures of one runtime: made of a program's functions and of the library's declarations, and called from
 * outside of code, which a step of a task does. Everything is asked for when it is needed: the parts of a runtime need
 * each other's procedures.
 */
import { type Builtin, type BuiltinContext, IndirectProcedure, type PreludeDeclaration } from "../builtins/mod.ts";
import { Closure, type Code } from "../bytecode/mod.ts";
import type { Core, Lambda } from "../core/mod.ts";
import { arityError, arityText, listFrom, type Procedure, type Value } from "../data/mod.ts";
import { analyse, type AnalysisHost } from "../frontend.ts";
import { callArityError, HostFunction, type Step } from "../runtime/mod.ts";
import type { Globals } from "../globals/mod.ts";
import type { Machine } from "../vm/mod.ts";
import { type Walker, WalkerClosure } from "../walker/mod.ts";
import type { Codes } from "./codes.ts";
import type { UnitScope } from "./modules.ts";

/** The parts of the runtime that procedures are made of. */
export interface ProcedureParts {
  readonly codes: () => Codes;
  readonly machine: () => Machine;
  /** Null where code runs. */
  readonly walker: () => Walker | null;
  readonly library: () => Globals;
  /** The expander of the program's scope. */
  readonly expander: () => AnalysisHost;
  readonly context: () => BuiltinContext;
}

/** Makes and calls procedures. */
export class Procedures {
  readonly #parts: ProcedureParts;
  /** Functions of the library that carry out calls of indirect procedures, by name: each such call asks. */
  readonly #callers: Map<string, Closure> = new Map();
  #applier: Closure | null = null;

  constructor(parts: ProcedureParts) {
    this.#parts = parts;
  }

  /** The closure of code that captures nothing. */
  closure(code: Code): Closure {
    return new Closure(this.#parts.machine().link(code), []);
  }

  /** A function of a program that captures nothing. */
  ofProgram(lambda: Lambda, scope: UnitScope): Value {
    const { walker, codes } = this.#parts;
    return walker()?.closure(lambda, scope) ?? this.closure(codes().compile(lambda, scope));
  }

  /** A function of the library that is written in Sema. */
  ofLibrary(declaration: PreludeDeclaration): Value {
    const { walker, codes } = this.#parts;
    const lambda = this.#function(declaration.source);
    return walker()?.libraryClosure(lambda, declaration) ?? this.closure(codes().compileLibrary(lambda, declaration));
  }

  /**
   * A builtin, as a function of the host when it runs programs: both may redefine what their callers rely on. So may
   * what runs when it changes the stack.
   */
  ofBuiltin(builtin: Builtin): Builtin | HostFunction {
    const { runsPrograms, changesStack } = builtin.declaration;
    if (runsPrograms !== true && changesStack !== true) return builtin;
    return new HostFunction(builtin.name, (args) => builtin.apply(args, this.#parts.context()));
  }

  /** The closure that calls a procedure which is neither closure nor builtin: with it and a list of arguments. */
  caller(procedure: Procedure): Closure | null {
    if (!(procedure instanceof IndirectProcedure)) return null;
    const known = this.#callers.get(procedure.caller);
    if (known !== undefined) return known;
    const { value } = this.#parts.library().named(procedure.caller);
    if (!(value instanceof Closure)) return null;
    this.#callers.set(procedure.caller, value);
    return value;
  }

  /** The entry of code that is interpreted. */
  interpretEntry(parameters: number): Code["entry"] {
    const { machine } = this.#parts;
    switch (parameters) {
      case 0:
        return (closure, depth) => machine().interpret(closure, depth, []);
      case 1:
        return (closure, depth, a) => machine().interpret(closure, depth, [a as Value]);
      case 2:
        return (closure, depth, a, b) => machine().interpret(closure, depth, [a as Value, b as Value]);
      default:
        return (closure, depth, ...args) => machine().interpret(closure, depth, args);
    }
  }

  /** The run of a unit. */
  unit(lambda: Lambda, scope: UnitScope): Step {
    const walker = this.#parts.walker();
    if (walker !== null) return { kind: "run", run: () => walker.call(walker.closure(lambda, scope), []) };
    return this.entering(this.#parts.codes().compile(lambda, scope));
  }

  /** The run of a unit's code. */
  entering(unit: Code): Step {
    return { kind: "call", closure: this.closure(unit), args: [] };
  }

  /** The call of a function without arguments; raises for a function that takes some. */
  thunk(thunk: Value): Step {
    if (thunk instanceof WalkerClosure && thunk.lambda.parameters.length > 0) {
      const { name, parameters } = thunk.lambda;
      throw arityError(name ?? "<lambda>", arityText(parameters.length, parameters.length), 0);
    }
    if (!(thunk instanceof Closure)) return this.call(thunk, []);
    if (thunk.code.min > 0) throw callArityError(thunk.code, 0);
    return thunk.code.exact === 0 ? { kind: "call", closure: thunk, args: [] } : this.call(thunk, []);
  }

  /** The call of any value. */
  call(procedure: Value, args: readonly Value[]): Step {
    const walker = this.#parts.walker();
    if (walker !== null) return { kind: "run", run: () => walker.call(procedure, [...args]) };
    this.#applier ??= this.closure(
      this.#parts.codes().compileLibrary(this.#function("(fn (f args) (__vm-apply f args))"), {
        name: "call",
        min: 2,
        max: 2,
      }),
    );
    return { kind: "call", closure: this.#applier, args: [procedure, listFrom(args)] };
  }

  /** The lambda of a text that is one `(fn …)` form. */
  #function(text: string): Lambda {
    const unit = analyse(text, null, { ...this.#parts.expander(), keepsCaller: () => false }).body;
    const body = unit.kind === "seq" && unit.body.length === 1 ? unit.body[0] as Core : unit;
    if (body.kind !== "lambda") throw new TypeError(`not a function: ${text}`);
    return body.lambda;
  }
}
