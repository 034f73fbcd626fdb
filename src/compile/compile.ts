/**
 * Resolved core forms → code. Comes in: a lambda of the resolved core (`core/core.ts`). Goes out: code whose operand
 * stack is balanced on every path, which `verify` proves. Each expression is compiled for what becomes of its value:
 * pushed, dropped, returned, or tested.
 */
import { Code, type Entry, intrinsicOpcode, OP, overlay, type Variant } from "../bytecode/mod.ts";
import type { Builtin } from "../builtins/declare.ts";
import {
  type Core,
  docString,
  type Gradual,
  type Intrinsic,
  INTRINSICS,
  type Lambda,
  type LoopLabel,
  type Position,
  type Primitive,
  type Variable,
} from "../core/mod.ts";
import { intern, type Sym } from "../data/mod.ts";
import type { GlobalCell } from "../globals/mod.ts";
import { HostFunction } from "../runtime/mod.ts";
import { Emitter, type Label } from "./emitter.ts";
import { mentions } from "./mentions.ts";
import { disjunction, isConstant, usesTrace } from "./shapes.ts";

/** What compilation needs from the runtime that the code is for. */
export interface CompileTarget {
  /** The cell of a global in the scope of this unit. */
  cell(name: Sym): GlobalCell;
  /** The cell that a definition in this unit binds. */
  definition(name: Sym): GlobalCell;
  /** What performs a primitive: a builtin, or a procedure to be called when it runs programs. */
  primitive(name: Primitive): Builtin | HostFunction;
  /** Whether direct calls of the intrinsic still mean the builtin. */
  isIntrinsic(operation: Intrinsic): boolean;
  /** How compiled code enters a function that has not been compiled, by the number of values it gets. */
  readonly interpret: (parameters: number) => Entry;
  /** Calls and back-edges before the second tier is considered, for code of this many words. */
  readonly heat: (words: number) => number;
  /** The groups of variants to overlay. */
  readonly variants: ReadonlySet<Variant["group"]>;
  /** Closures copy variables that are never assigned after capture; off only to measure what that is worth. */
  readonly copyCaptures: boolean;
}

/** A loop whose body is being compiled. */
interface OpenLoop {
  readonly header: Label;
  readonly position: Position | null;
}

/** What becomes of an expression's value. */
type Mode = "push" | "drop" | "return";

/** What the code of a library function written in Sema has from its declaration. */
export interface LibraryFunction {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Active calls that one of it counts as; 1 when not given. */
  readonly frames?: number;
}

/** Compiles a function in steps. `library`: it and what is inside it belong to that library function. */
export function compiling(lambda: Lambda, target: CompileTarget, library: LibraryFunction | null): Gradual<Code> {
  return new FunctionCompiler(lambda, target, library, false).running();
}

class FunctionCompiler {
  readonly #lambda: Lambda;
  readonly #target: CompileTarget;
  readonly #library: LibraryFunction | null;
  readonly #inner: boolean;
  readonly #out: Emitter = new Emitter();
  readonly #loops: Map<LoopLabel, OpenLoop> = new Map();
  /** Loops around what is being compiled. */
  #rounds = 0;

  constructor(lambda: Lambda, target: CompileTarget, library: LibraryFunction | null, inner: boolean) {
    this.#lambda = lambda;
    this.#target = target;
    this.#library = library;
    this.#inner = inner;
  }

  run(): Code {
    if (!this.#target.copyCaptures) this.#freshParameters();
    this.#expression(this.#lambda.body, "return");
    return this.#code();
  }

  /** The same in steps, one for each form of a body. */
  *running(): Gradual<Code> {
    const { body } = this.#lambda;
    if (body.kind !== "seq") return this.run();
    if (!this.#target.copyCaptures) this.#freshParameters();
    for (const [i, part] of body.body.entries()) {
      this.#expression(part, i === body.body.length - 1 ? "return" : "drop");
      yield;
    }
    return this.#code();
  }

  #code(): Code {
    const lambda = this.#lambda;
    const out = this.#out;
    const words = Int32Array.from(out.words);
    const variantWords = words.slice();
    overlay(variantWords, this.#target.variants);
    const declared = this.#inner ? null : this.#library;
    return new Code({
      name: declared?.name ?? lambda.name,
      named: declared !== null || lambda.named,
      library: this.#library !== null,
      min: declared?.min ?? lambda.parameters.length,
      max: declared?.max ?? (lambda.rest === null ? lambda.parameters.length : Infinity),
      parameters: lambda.parameters.length,
      rest: lambda.rest !== null,
      slots: lambda.variables.length,
      slotNames: lambda.variables.map((variable) => variable.name.name),
      slotShared: lambda.variables.map((variable) => this.#shared(variable)),
      slotAssigned: lambda.variables.map((variable) => variable.assigned),
      captures: lambda.captures.map((capture) => ({
        from: capture.from,
        index: capture.from === "slot" ? capture.variable.slot : capture.index,
        shared: this.#shared(capture.variable),
      })),
      captureNames: lambda.captures.map((capture) => capture.variable.name.name),
      position: lambda.position,
      doc: docString(lambda),
      names: { variables: lambda.variables, outer: lambda.outer },
      words,
      variantWords,
      constants: out.constants,
      handlers: out.handlers,
      loops: out.loops,
      feedback: new Uint8Array(out.feedbackSites),
      maxStack: out.maxStack,
      positionPcs: Int32Array.from(out.positionPcs),
      positions: out.positions,
      heat: this.#target.heat(words.length),
      entry: this.#target.interpret(lambda.parameters.length + (lambda.rest === null ? 0 : 1)),
    });
  }

  #function(lambda: Lambda): Code {
    return new FunctionCompiler(lambda, this.#target, this.#library, true).run();
  }

  /** Where cells are made early, so that this can be measured, those of parameters are made on entry. */
  #freshParameters(): void {
    const { parameters, rest } = this.#lambda;
    for (const variable of rest === null ? parameters : [...parameters, rest]) {
      if (this.#shared(variable)) this.#emit(OP.FRESH, variable.slot);
    }
  }

  #shared(variable: Variable): boolean {
    return variable.shared || (variable.captured && !this.#target.copyCaptures);
  }

  #emit(opcode: number, ...operands: readonly (number | Label)[]): void {
    this.#out.emit(opcode, operands, null);
  }

  /** What to do with a value that has just been pushed. */
  #finish(mode: Mode): void {
    if (!this.#out.reachable) return;
    if (mode === "drop") this.#emit(OP.POP);
    else if (mode === "return") this.#emit(OP.RETURN);
  }

  /** For a form without effect: nothing at all when the value is dropped. */
  #pure(mode: Mode, opcode: number, ...operands: number[]): void {
    if (mode === "drop") return;
    this.#emit(opcode, ...operands);
    this.#finish(mode);
  }

  #expression(core: Core, mode: Mode): void {
    const out = this.#out;
    if (!out.reachable) return;
    switch (core.kind) {
      case "const":
        return this.#constant(core.value, mode);
      case "local":
        return this.#pure(mode, OP.GET_LOCAL, core.variable.slot);
      case "captured":
        return this.#pure(mode, this.#shared(core.variable) ? OP.GET_SHARED : OP.GET_CAPTURE, core.index);
      case "self":
        return this.#pure(mode, OP.SELF);
      case "global":
        out.emit(OP.GET_GLOBAL, [out.constant(this.#target.cell(core.name))], core.position);
        return this.#finish(mode);
      case "setLocal":
        this.#expression(core.value, "push");
        if (mode !== "drop") this.#emit(OP.DUP);
        this.#emit(OP.SET_LOCAL, core.variable.slot);
        return mode === "return" ? this.#finish(mode) : undefined;
      case "setCaptured":
        this.#expression(core.value, "push");
        if (mode !== "drop") this.#emit(OP.DUP);
        this.#emit(OP.SET_SHARED, core.index);
        return mode === "return" ? this.#finish(mode) : undefined;
      case "setGlobal":
        this.#expression(core.value, "push");
        this.#emit(OP.SET_GLOBAL, out.constant(this.#target.cell(core.name)));
        return this.#finish(mode);
      case "defineGlobal":
        this.#expression(core.value, "push");
        this.#emit(OP.DEFINE_GLOBAL, out.constant(this.#target.definition(core.name)));
        return this.#finish(mode);
      case "if":
        return this.#if(core, mode);
      case "seq":
        core.body.forEach((part, i) => this.#expression(part, i === core.body.length - 1 ? mode : "drop"));
        return;
      case "let":
        core.variables.forEach((variable, i) => {
          this.#expression(core.inits[i] as Core, "push");
          this.#bind(variable);
        });
        return this.#expression(core.body, mode);
      case "fix":
        return this.#fix(core, mode);
      case "lambda":
        this.#emit(OP.CLOSURE, out.constant(this.#function(core.lambda)));
        return this.#finish(mode);
      case "call":
        return this.#call(core, mode);
      case "apply":
        this.#expression(core.callee, "push");
        this.#expression(core.list, "push");
        if (mode === "return" && core.tail) return out.emit(OP.TAIL_APPLY, [], core.position);
        out.emit(OP.APPLY, [], core.position);
        return this.#finish(mode);
      case "intrinsic":
        return this.#intrinsic(core, mode);
      case "primitive":
        return this.#primitive(core, mode);
      case "loop":
        return this.#loop(core, mode);
      case "continue":
        return this.#continue(core);
      case "while":
        return this.#while(core, mode);
      case "try":
        return this.#try(core, mode);
      default:
        return core satisfies never;
    }
  }

  #constant(value: Extract<Core, { kind: "const" }>["value"], mode: Mode): void {
    if (value === null) this.#pure(mode, OP.NIL);
    else if (typeof value === "boolean") this.#pure(mode, value ? OP.TRUE : OP.FALSE);
    else if (typeof value === "number" && (value | 0) === value) this.#pure(mode, OP.INTEGER, value);
    else this.#pure(mode, OP.CONSTANT, this.#out.constant(value));
  }

  /** Pops a value into a variable that comes into being here. */
  #bind(variable: Variable): void {
    if (!this.#out.reachable) return;
    const anew = this.#shared(variable) || (variable.assigned && this.#rounds > 0);
    if (anew) this.#emit(OP.FRESH, variable.slot);
    this.#emit(OP.SET_LOCAL, variable.slot);
  }

  #if(core: Extract<Core, { kind: "if" }>, mode: Mode): void {
    const out = this.#out;
    const otherwise = out.label();
    const end = out.label();
    this.#branch(core.test, otherwise, false);
    this.#expression(core.then, mode);
    if (mode !== "return" && out.reachable) this.#emit(OP.JUMP, end);
    if (otherwise.uses.length > 0) {
      out.height = -1;
      out.place(otherwise);
      this.#expression(core.else, mode);
    }
    if (end.uses.length > 0) out.place(end);
  }

  /** Jumps to `target` when the truth of the expression is `when`, falls through otherwise; nothing is pushed. */
  #branch(core: Core, target: Label, when: boolean): void {
    const out = this.#out;
    if (!out.reachable) return;
    if (core.kind === "const") {
      if ((core.value !== null && core.value !== false) === when) this.#emit(OP.JUMP, target);
      return;
    }
    const either = disjunction(core);
    if (either !== null) return this.#branchTwice(either.first, either.second, target, when, true);
    if (core.kind !== "if") {
      this.#expression(core, "push");
      if (out.reachable) this.#emit(when ? OP.JUMP_IF_TRUE : OP.JUMP_IF_FALSE, target);
      return;
    }
    const { test, then, else: otherwise } = core;
    if (isConstant(then, false) && isConstant(otherwise, true)) return this.#branch(test, target, !when);
    if (isConstant(otherwise, false)) return this.#branchTwice(test, then, target, when, false);
    if (isConstant(then, true)) return this.#branchTwice(test, otherwise, target, when, true);
    const second = out.label();
    const end = out.label();
    this.#branch(test, second, false);
    this.#branch(then, target, when);
    if (second.uses.length === 0) return;
    if (out.reachable) this.#emit(OP.JUMP, end);
    out.place(second);
    this.#branch(otherwise, target, when);
    if (end.uses.length > 0) out.place(end);
  }

  /** `and` (`settles` false) or `or` (`settles` true): a first expression with that truth settles the matter. */
  #branchTwice(first: Core, second: Core, target: Label, when: boolean, settles: boolean): void {
    if (when === settles) {
      this.#branch(first, target, when);
      return this.#branch(second, target, when);
    }
    const end = this.#out.label();
    this.#branch(first, end, settles);
    this.#branch(second, target, when);
    if (end.uses.length > 0) this.#out.place(end);
  }

  #fix(core: Extract<Core, { kind: "fix" }>, mode: Mode): void {
    const out = this.#out;
    const codes = core.lambdas.map((lambda) => out.constant(this.#function(lambda)));
    codes.forEach((code, i) => {
      this.#emit(OP.CLOSURE, code);
      this.#bind(core.variables[i] as Variable);
    });
    codes.forEach((code, i) => {
      const { captures } = core.lambdas[i] as Lambda;
      const siblings = captures.some((c) => c.from === "slot" && core.variables.indexOf(c.variable) >= i);
      if (siblings) this.#emit(OP.RECAPTURE, (core.variables[i] as Variable).slot, code);
    });
    this.#expression(core.body, mode);
  }

  #call(core: Extract<Core, { kind: "call" }>, mode: Mode): void {
    const out = this.#out;
    const { callee, args, position } = core;
    const count = args.length;
    const tail = mode === "return" && core.tail;
    if (callee.kind !== "global" && callee.kind !== "self") this.#expression(callee, "push");
    for (const arg of args) this.#expression(arg, "push");
    if (!out.reachable) return;
    if (callee.kind === "global") {
      const cell = out.constant(this.#target.cell(callee.name));
      out.emit(tail ? OP.TAIL_CALL_GLOBAL : OP.CALL_GLOBAL, [cell, count], position);
    } else if (callee.kind === "self") {
      out.emit(tail ? OP.TAIL_CALL_SELF : OP.CALL_SELF, [count], position);
    } else {
      out.emit(tail ? OP.TAIL_CALL : OP.CALL, [count], position);
    }
    if (!tail) this.#finish(mode);
  }

  #intrinsic(core: Extract<Core, { kind: "intrinsic" }>, mode: Mode): void {
    const out = this.#out;
    for (const arg of core.args) this.#expression(arg, "push");
    if (!out.reachable) return;
    if (this.#target.isIntrinsic(core.operation)) {
      out.emit(intrinsicOpcode(core.operation), [out.feedback()], core.position);
    } else {
      const cell = out.constant(this.#target.cell(intern(INTRINSICS[core.operation][0])));
      out.emit(OP.CALL_GLOBAL, [cell, core.args.length], core.position);
    }
    this.#finish(mode);
  }

  #primitive(core: Extract<Core, { kind: "primitive" }>, mode: Mode): void {
    const out = this.#out;
    const { operation, args, position } = core;
    const procedure = operation === "throw" || operation === "await" ? null : this.#target.primitive(operation);
    if (procedure instanceof HostFunction) this.#emit(OP.CONSTANT, out.constant(procedure));
    for (const arg of args) this.#expression(arg, "push");
    if (!out.reachable) return;
    if (operation === "throw") return out.emit(OP.THROW, [], position);
    if (procedure === null) out.emit(OP.AWAIT, [], position);
    else if (procedure instanceof HostFunction) out.emit(OP.CALL, [args.length], position);
    else out.emit(OP.BUILTIN, [out.constant(procedure), args.length], position);
    this.#finish(mode);
  }

  #loop(core: Extract<Core, { kind: "loop" }>, mode: Mode): void {
    const out = this.#out;
    core.variables.forEach((variable, i) => {
      this.#expression(core.inits[i] as Core, "push");
      this.#bind(variable);
    });
    if (!out.reachable) return;
    const header = out.label();
    this.#loops.set(core.label, { header, position: core.position });
    out.place(header);
    this.#rounds++;
    this.#expression(core.body, mode);
    this.#rounds--;
    const { label, position, tail } = core;
    out.loops.push({ start: header.pc, end: out.words.length, name: label.name, position, tail });
  }

  /** Assigns the loop's variables as if all at once: straight away where no later argument looks, else by the stack. */
  #continue(core: Extract<Core, { kind: "continue" }>): void {
    const out = this.#out;
    const waiting: Variable[] = [];
    core.args.forEach((arg, i) => {
      const variable = core.label.variables[i] as Variable;
      const same = arg.kind === "local" && arg.variable === variable;
      const fixed = same && !this.#shared(variable) && !variable.assigned;
      if (fixed && waiting.length === 0) return;
      this.#expression(arg, "push");
      const later = core.args.slice(i + 1).some((other) => mentions(other, variable));
      if (waiting.length > 0 || later) waiting.push(variable);
      else this.#bind(variable);
    });
    for (const variable of waiting.reverse()) this.#bind(variable);
    const loop = this.#loops.get(core.label) as OpenLoop;
    if (out.reachable) out.emit(OP.LOOP, [loop.header], loop.position);
  }

  #while(core: Extract<Core, { kind: "while" }>, mode: Mode): void {
    const out = this.#out;
    const header = out.label();
    const exit = out.label();
    out.place(header);
    this.#branch(core.test, exit, false);
    this.#rounds++;
    this.#expression(core.body, "drop");
    this.#rounds--;
    if (out.reachable) out.emit(OP.LOOP, [header], core.position);
    if (exit.uses.length === 0) return;
    out.place(exit);
    this.#pure(mode, OP.NIL);
  }

  #try(core: Extract<Core, { kind: "try" }>, mode: Mode): void {
    const out = this.#out;
    const handler = out.label();
    const after = out.label();
    const height = out.height;
    const start = out.words.length;
    this.#emit(OP.TRY, handler, after);
    this.#expression(core.body, mode === "drop" ? "drop" : "push");
    if (out.reachable) this.#emit(OP.END_TRY, after);
    const end = out.words.length;
    out.height = handler.height = height + 1;
    out.maxStack = Math.max(out.maxStack, height + 1);
    out.place(handler);
    out.handlers.push({ start, end, target: handler.pc, height, trace: usesTrace(core.handler, core.variable) });
    this.#bind(core.variable);
    this.#expression(core.handler, mode);
    const joins = out.reachable || after.height >= 0;
    if (joins) {
      out.place(after);
      // In tail position the handler has returned by itself; what follows belongs to the body's value alone.
      if (mode === "return") this.#emit(OP.RETURN);
      return;
    }
    // Neither the body nor the handler comes this far, but TRY names the place.
    out.height = height;
    out.place(after);
    out.emit(OP.NIL, [], null);
    out.emit(OP.RETURN, [], null);
  }
}
