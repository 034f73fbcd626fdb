/**
 * A plain recursive evaluator of resolved core: the meaning of the language, against which the tiers are tested.
 * Clear before fast. Recursion is the host's own, so it is limited by the host's stack; tail calls and the rounds of
 * loops return a jump to the place that carries it out.
 */
import { Builtin, type BuiltinContext } from "../builtins/declare.ts";
import { intrinsics } from "../builtins/intrinsics.ts";
import { IndirectProcedure } from "../builtins/control/indirect.ts";
import { primitives } from "../builtins/primitives.ts";
import {
  type Core,
  INTRINSICS,
  type Lambda,
  type LoopLabel,
  type Position,
  type Variable,
  visibleNames,
} from "../core/mod.ts";
import {
  arityError,
  arityText,
  Condition,
  intern,
  Keyword,
  List,
  listFrom,
  type Sym,
  toArray,
  type TraceFrame,
  truthy,
  typeError,
  typeName,
  type Value,
} from "../data/mod.ts";
import { errorMap, HostFunction, lookUp, notCallable, toCondition } from "../runtime/mod.ts";
import { type Scope, Unbound } from "../globals/mod.ts";
import { Box, Frame, type Held, type Signature, WalkerClosure } from "./closure.ts";

/** What the walker needs from the runtime it works for. */
export interface WalkerHost {
  readonly context: BuiltinContext;
  /** Where the library finds its globals. */
  readonly library: Scope;
  /** The error for an unbound global. */
  unbound(name: Sym): Condition;
  /** A call or a round of a loop begins. Throws when that is one too many. */
  tick(): void;
}

/** A call that replaces the frame it was met in. */
class TailCall {
  readonly closure: WalkerClosure;
  readonly args: readonly Value[];

  constructor(closure: WalkerClosure, args: readonly Value[]) {
    this.closure = closure;
    this.args = args;
  }
}

/** The next round of a loop. */
class Round {
  readonly label: LoopLabel;
  readonly args: readonly Value[];

  constructor(label: LoopLabel, args: readonly Value[]) {
    this.label = label;
    this.args = args;
  }
}

type Result = Value | TailCall | Round;

type Node<K extends Core["kind"]> = Extract<Core, { kind: K }>;

/** Runs resolved core on behalf of one runtime. */
export class Walker {
  readonly #host: WalkerHost;
  /** Conditions whose trace is complete. */
  readonly #traced: WeakSet<Condition> = new WeakSet();

  constructor(host: WalkerHost) {
    this.#host = host;
  }

  /** A closure of a function of the program that captures nothing. */
  closure(lambda: Lambda, scope: Scope): WalkerClosure {
    return new WalkerClosure(lambda, [], scope, false);
  }

  /** A function of the library. */
  libraryClosure(lambda: Lambda, signature: Signature): WalkerClosure {
    return new WalkerClosure(lambda, [], this.#host.library, true, signature);
  }

  /** Calls anything callable from outside of any program. */
  call(procedure: Value, args: readonly Value[]): Value {
    try {
      return this.#call(procedure, args, null);
    } catch (error) {
      throw toCondition(error);
    }
  }

  #call(procedure: Value, args: readonly Value[], caller: Frame | null): Value {
    if (!(procedure instanceof WalkerClosure)) return this.#callOther(procedure, args, caller);
    let closure = procedure;
    let values = args;
    for (;;) {
      const frame = enter(closure, values, caller);
      let result: Result;
      try {
        this.#host.tick();
        result = this.#evaluate(closure.lambda.body, frame);
      } catch (error) {
        throw this.#trace(toCondition(error), frame);
      }
      if (!(result instanceof TailCall)) return plain(result);
      closure = result.closure;
      values = result.args;
    }
  }

  #callOther(procedure: Value, args: readonly Value[], caller: Frame | null): Value {
    if (procedure instanceof Builtin) return procedure.apply([...args], this.#host.context);
    if (procedure instanceof HostFunction) return procedure.run([...args]);
    if (procedure instanceof Keyword) return lookUp(procedure, args);
    if (procedure instanceof IndirectProcedure) {
      const { closure, args: values } = this.#dispatch(procedure, args);
      return this.#call(closure, values, caller);
    }
    throw notCallable(procedure);
  }

  /** The call of the library that a call of the procedure comes to. */
  #dispatch(procedure: IndirectProcedure, args: readonly Value[]): TailCall {
    const caller = this.#lookUp(intern(procedure.caller), this.#host.library);
    if (!(caller instanceof WalkerClosure)) throw notCallable(caller);
    return new TailCall(caller, [procedure, listFrom(args)]);
  }

  /** Completes the trace of a condition with the frames that are active now. */
  #trace(error: Condition, frame: Frame): Condition {
    if (this.#traced.has(error)) return error;
    this.#traced.add(error);
    for (let each = frame as Frame | null; each !== null; each = each.caller) {
      for (const line of traceLines(each)) error.trace.add(line);
    }
    return error;
  }

  /** The value of an expression that is not in tail position. */
  #value(node: Core, frame: Frame): Value {
    return plain(this.#evaluate(node, frame));
  }

  #values(nodes: readonly Core[], frame: Frame): Value[] {
    const values: Value[] = [];
    for (const node of nodes) values.push(this.#value(node, frame));
    return values;
  }

  // The cases are methods of their own, because the host's frame of a large function is large, too.
  #evaluate(node: Core, frame: Frame): Result {
    switch (node.kind) {
      case "const":
        return node.value;
      case "local":
        return unbox(frame.slots[node.variable.slot]);
      case "captured":
        return unbox(frame.closure.captures[node.index]);
      case "self":
        return frame.closure;
      case "global":
        return this.#global(node, frame);
      case "setLocal":
        return store(frame.slots, node.variable.slot, this.#value(node.value, frame));
      case "setCaptured":
        return store(frame.closure.captures, node.index, this.#value(node.value, frame));
      case "setGlobal":
        return this.#setGlobal(node, frame);
      case "defineGlobal":
        return this.#define(node, frame);
      case "if":
        return this.#evaluate(truthy(this.#value(node.test, frame)) ? node.then : node.else, frame);
      case "seq":
        return this.#sequence(node, frame);
      case "let":
        bindAll(node.variables, this.#values(node.inits, frame), frame.slots);
        return this.#evaluate(node.body, frame);
      case "fix":
        this.#fix(node, frame);
        return this.#evaluate(node.body, frame);
      case "lambda":
        return this.#close(node.lambda, frame);
      case "call":
        return this.#callNode(node, frame);
      case "apply":
        return this.#applyNode(node, frame);
      case "intrinsic":
        return this.#intrinsic(node, frame);
      case "primitive":
        return this.#primitive(node, frame);
      case "loop":
        return this.#loop(node, frame);
      case "continue":
        return new Round(node.label, this.#values(node.args, frame));
      case "while":
        return this.#while(node, frame);
      case "try":
        return this.#try(node, frame);
      default: {
        const never: never = node;
        throw new TypeError(`unknown node ${String(never)}`);
      }
    }
  }

  #global(node: Node<"global">, frame: Frame): Value {
    if (node.position !== null) frame.position = node.position;
    return this.#lookUp(node.name, frame.closure.scope);
  }

  #lookUp(name: Sym, scope: Scope): Value {
    const { value } = scope.cell(name);
    if (value instanceof Unbound) throw this.#host.unbound(name);
    return value;
  }

  #define(node: Node<"defineGlobal">, frame: Frame): null {
    const value = this.#value(node.value, frame);
    frame.closure.scope.definition(node.name).assignWatched(value);
    return null;
  }

  #setGlobal(node: Node<"setGlobal">, frame: Frame): Value {
    const value = this.#value(node.value, frame);
    frame.closure.scope.cell(node.name).assignWatched(value);
    return value;
  }

  #sequence(node: Node<"seq">, frame: Frame): Result {
    const last = node.body.length - 1;
    for (let i = 0; i < last; i++) this.#value(node.body[i] as Core, frame);
    return this.#evaluate(node.body[last] as Core, frame);
  }

  #close(lambda: Lambda, frame: Frame): WalkerClosure {
    return new WalkerClosure(lambda, capture(lambda, frame), frame.closure.scope, frame.closure.library);
  }

  /** All closures exist before any of them captures another. */
  #fix(node: Node<"fix">, frame: Frame): void {
    const { scope, library } = frame.closure;
    const closures = node.lambdas.map((lambda) => new WalkerClosure(lambda, [], scope, library));
    bindAll(node.variables, closures, frame.slots);
    for (const closure of closures) closure.captures.push(...capture(closure.lambda, frame));
  }

  #callNode(node: Node<"call">, frame: Frame): Result {
    // A global operator is looked up when the arguments are there.
    const late = node.callee.kind === "global";
    const early = late ? null : this.#value(node.callee, frame);
    const args = this.#values(node.args, frame);
    frame.position = node.position;
    const callee = late ? this.#value(node.callee, frame) : early;
    frame.position = node.position;
    return this.#enterOrCall(callee, args, node.tail, frame);
  }

  #applyNode(node: Node<"apply">, frame: Frame): Result {
    const callee = this.#value(node.callee, frame);
    const list = this.#value(node.list, frame);
    if (!(list instanceof List)) throw typeError("list", typeName(list));
    frame.position = node.position;
    return this.#enterOrCall(callee, toArray(list), node.tail, frame);
  }

  #enterOrCall(callee: Value, args: readonly Value[], tail: boolean, frame: Frame): Result {
    // A call that fails at once fails in the frame that makes it.
    if (!tail || !(callee instanceof WalkerClosure)) {
      return tail && callee instanceof IndirectProcedure
        ? this.#dispatch(callee, args)
        : this.#call(callee, args, frame);
    }
    checkArity(callee, args.length);
    return new TailCall(callee, args);
  }

  /** A redefined intrinsic is an ordinary call of what the global holds now. */
  #intrinsic(node: Node<"intrinsic">, frame: Frame): Value {
    const args = this.#values(node.args, frame);
    const [name] = INTRINSICS[node.operation];
    frame.position = node.position;
    const symbol = intern(name);
    const value = this.#lookUp(symbol, frame.closure.scope);
    if (value !== this.#host.library.cell(symbol).value) return this.#call(value, args, frame);
    try {
      const operation: (a: Value, b: Value) => Value = intrinsics[node.operation];
      return operation(args[0] ?? null, args[1] ?? null);
    } catch (error) {
      throw traceOperation(error, name, node.position, frame);
    }
  }

  #primitive(node: Node<"primitive">, frame: Frame): Value {
    const args = this.#values(node.args, frame);
    frame.position = node.position;
    try {
      return primitives[node.operation].apply(args, this.#host.context);
    } catch (error) {
      throw node.operation === "throw" ? traceOperation(error, "throw", node.position, frame) : error;
    }
  }

  #loop(node: Node<"loop">, frame: Frame): Result {
    let values: readonly Value[] = this.#values(node.inits, frame);
    const depth = frame.loops.push(node) - 1;
    for (;;) {
      this.#host.tick();
      bindAll(node.variables, values, frame.slots);
      const result = this.#evaluate(node.body, frame);
      if (!(result instanceof Round) || result.label !== node.label) {
        frame.loops.length = depth;
        return result;
      }
      values = result.args;
    }
  }

  #while(node: Node<"while">, frame: Frame): Value {
    while (truthy(this.#value(node.test, frame))) {
      this.#host.tick();
      this.#value(node.body, frame);
    }
    return null;
  }

  #try(node: Node<"try">, frame: Frame): Result {
    const depth = frame.loops.length;
    try {
      return this.#value(node.body, frame);
    } catch (error) {
      const condition = toCondition(error);
      if (!condition.catchable) throw condition;
      this.#trace(condition, frame);
      frame.loops.length = depth;
      bindAll([node.variable], [errorMap(condition, () => {})], frame.slots);
    }
    return this.#evaluate(node.handler, frame);
  }
}

/** A jump never leaves the function or loop it belongs to, so elsewhere a result is a value. */
function plain(result: Result): Value {
  if (result instanceof TailCall || result instanceof Round) throw new TypeError("a jump left its function");
  return result;
}

function unbox(held: Held | undefined): Value {
  return held instanceof Box ? held.value : held ?? null;
}

function store(places: Held[], index: number, value: Value): Value {
  const held = places[index];
  if (held instanceof Box) held.value = value;
  else places[index] = value;
  return value;
}

/** Binds variables afresh. */
function bindAll(variables: readonly Variable[], values: readonly Value[], slots: Held[]): void {
  variables.forEach((variable, index) => {
    const value = values[index] ?? null;
    slots[variable.slot] = variable.shared ? new Box(value) : value;
  });
}

function capture(lambda: Lambda, frame: Frame): Held[] {
  return lambda.captures.map((each) =>
    (each.from === "slot" ? frame.slots[each.variable.slot] : frame.closure.captures[each.index]) ?? null
  );
}

function checkArity({ lambda, signature }: WalkerClosure, count: number): void {
  const min = signature?.min ?? lambda.parameters.length;
  const max = signature?.max ?? (lambda.rest === null ? lambda.parameters.length : Infinity);
  if (count >= min && count <= max) return;
  throw arityError(signature?.name ?? lambda.name ?? "<lambda>", arityText(min, max), count);
}

function enter(closure: WalkerClosure, args: readonly Value[], caller: Frame | null): Frame {
  const { lambda } = closure;
  checkArity(closure, args.length);
  const slots: Held[] = new Array(lambda.variables.length).fill(null);
  bindAll(lambda.parameters, args, slots);
  if (lambda.rest !== null) bindAll([lambda.rest], [listFrom(args, lambda.parameters.length)], slots);
  return new Frame(closure, slots, caller);
}

function traceLine(
  { lambda, library }: WalkerClosure,
  name: string,
  position: Position | null,
): TraceFrame {
  return {
    name,
    file: position?.file ?? null,
    line: position?.line ?? 0,
    column: position?.column ?? 0,
    library,
    variables: visibleNames(lambda),
  };
}

/** The trace lines of one frame: its loops, innermost first, then the function; a tail call replaces what made it. */
function traceLines({ closure, loops, position }: Frame): TraceFrame[] {
  const lines: TraceFrame[] = [];
  let replaced = false;
  let place = position;
  for (const loop of loops.toReversed()) {
    if (!replaced) lines.push(traceLine(closure, loop.label.name, place));
    replaced = loop.tail;
    place = loop.position;
  }
  if (!replaced) lines.push(traceLine(closure, closure.lambda.name ?? "<lambda>", place));
  return lines;
}

/** An operation without a frame of its own shows in the trace all the same. */
function traceOperation(error: unknown, name: string, position: Position | null, frame: Frame): unknown {
  const { closure } = frame;
  if (error instanceof Condition && !closure.library) error.trace.add(traceLine(closure, name, position));
  return error;
}
