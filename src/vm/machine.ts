/**
 * The baseline tier's machine: calls that are not plain, and every way in: a call from compiled code, a side exit, a
 * heap frame that goes on. The dispatch loop (`dispatch.generated.ts`) is its hot part.
 *
 * Invariant: whenever the loop calls a method here, `pc`, `sp`, `fp`, `base` and `closure` are its registers; when it is
 * not running they are those of the activation that goes on next on this stack. `pc` is that of the instruction being
 * executed, or one less than the return address.
 */
import { Builtin } from "../builtins/declare.ts";
import { Cell, Closure, type Code, type Entry, INSTRUCTIONS, UNWIND, type Unwind } from "../bytecode/mod.ts";
import {
  type Condition,
  cons,
  EMPTY,
  Keyword,
  type List,
  Procedure,
  toArray,
  type Trace,
  type Value,
} from "../data/mod.ts";
import {
  addTrace,
  CALL_WEIGHT,
  callArityError,
  errorMap,
  type Frames,
  type HeapFrame,
  HostFunction,
  INTERPRETER_WEIGHT,
  lookUp,
  notCallable,
  toCondition,
  traceOperation,
} from "../runtime/mod.ts";
import { type GlobalCell, UNBOUND, type Unbound } from "../globals/mod.ts";
import { Activations } from "./activations.ts";
import { dispatch } from "./dispatch.generated.ts";
import { perform } from "./general.ts";
import type { MachineHost } from "./host.ts";
import { META } from "./stack.ts";
import { TAG_REFERENCE } from "./word.ts";

/** What becomes of a call that is not plainly to an interpreted closure of that arity. */
type Prepared = "interpret" | "value" | "compiled";

/**
 * Words of bytecode that take as long as the way from one tier to the other and back (some 150 ns): a function that
 * compiled code calls, or that calls compiled code, is sooner worth compiling (spectral-norm on JSC: settled after 150
 * calls instead of 280).
 */
const CROSSING_WORDS = 80;

/**
 * Words of bytecode that making a closure of compiled code counts for: the closure is called far more often than it is
 * made, and only where its maker is compiled, too, is it inlined into what calls it (matmul 2.53 → 1.56 ms on V8, 1.9 →
 * 1.8 on JSC; spectral-norm 0.60 → 0.36 on JSC; all after 5 calls, `bench/run_one.ts`). With 2000 a short run of
 * spectral-norm compiles more than it gains (`bench/warmup.ts`: 2.1 instead of 1.3 times the baseline).
 */
const CLOSURE_WORDS = 1000;

/** Runs the dispatch loop; another one is given only to measure variations of it. */
export type Dispatch = (machine: Machine, stop: number) => Value | Unwind;

/** The stack with its registers, and what can be done with them. */
export class Machine extends Activations {
  readonly host: MachineHost;
  readonly #dispatch: Dispatch;
  /** Height of the host's stack where the loop runs. */
  depth = 0;
  /** Loops running on the host's stack since the base: above one, compiled frames lie between them. */
  level = 0;
  /** What an activation of the loop adds to the height; where little is allowed, some still fit in it. */
  readonly #weight: number;
  /** The slot above which frames move to the heap. */
  #ceiling = 0;
  readonly #idle: Closure;
  #callee: Closure;
  #value: Value | Unwind = null;

  /** `idle`: a closure that stands for no function at all. */
  constructor(host: MachineHost, idle: Closure, maxFrames: number, loop: Dispatch = dispatch) {
    super(idle, maxFrames, host.stackSlots);
    this.host = host;
    this.#weight = Math.min(INTERPRETER_WEIGHT, Math.floor(host.depthLimit / 8));
    this.#idle = this.#callee = idle;
    this.#dispatch = loop;
  }

  // --- Ways in -------------------------------------------------------------------------------------------------------

  /** The height of the host's stack at which nothing may begin any more. */
  get depthLimit(): number {
    return this.host.depthLimit;
  }

  /** Calls an interpreted closure with exactly its parameters (a rest parameter gets its list). */
  interpret(closure: Closure, depth: number, args: readonly Value[]): Value | Unwind {
    const code = closure.code;
    if (depth > this.host.depthLimit) return this.unwinding.start({ kind: "call", closure, args });
    if ((code.heat -= 1 + this.#crossing(code)) < 0) {
      this.host.hot(code);
      if (this.host.pace.pausing) return this.unwinding.start({ kind: "call", closure, args });
      if (code.second !== null && code.second.active) return code.entry(closure, depth + CALL_WEIGHT, ...args);
    }
    const stop = this.fp;
    const first = this.sp;
    this.push(closure, first, first, this.pc);
    for (let i = 0; i < args.length; i++) this.put(first + i, args[i] as Value);
    return this.#run(depth, stop);
  }

  /** Goes on with frames that are not on the stack: the pending call of the innermost has returned `value`. */
  resume(frames: Frames, value: Value, depth: number): Value | Unwind {
    const stop = this.fp;
    this.restoreAll(frames);
    this.put(this.sp++, value);
    return this.#run(depth, stop);
  }

  /** The same, but that call has failed. */
  fail(frames: Frames, condition: Condition, depth: number): Value | Unwind {
    const stop = this.fp;
    this.restoreAll(frames);
    return this.#run(depth, stop, condition);
  }

  /** Runs the rest of an activation from the instruction at its pc on. */
  leave(frame: HeapFrame, depth: number): Value | Unwind {
    return this.leaveAll([frame], depth);
  }

  /** Runs the rest of activations of compiled code, each but the first waiting for the one before, from their pcs on. */
  leaveAll(frames: readonly HeapFrame[], depth: number): Value | Unwind {
    // A loop that is entered and left again and again would fill the host's stack.
    if (depth > this.depthLimit) return this.pauseAll(frames);
    const stop = this.fp;
    for (let i = frames.length - 1; i >= 0; i--) this.restore(frames[i] as HeapFrame);
    return this.#run(depth, stop);
  }

  /** Unwinds the stack below activations of compiled code, which go on at their pcs afterwards. */
  pauseAll(frames: readonly HeapFrame[]): Unwind {
    this.unwinding.start({ kind: "pause" });
    for (const frame of frames) this.unwinding.save(frame);
    return UNWIND;
  }

  /** `failure`: what the pending call of the innermost frame has failed with. */
  #run(depth: number, stop: number, failure: Condition | null = null): Value | Unwind {
    const outer = this.depth;
    const ceiling = this.#ceiling;
    this.depth = depth + this.#weight;
    const { level } = this;
    if (level === 0) this.#ceiling = this.sp + this.host.stackSlots;
    // Compiled frames below it are as good as another loop, also where the base has called one of them.
    this.level = level + (depth > outer ? 2 : 1);
    try {
      if (failure !== null && this.#handle(failure, stop, this.pc - 1) !== undefined) return UNWIND;
      for (;;) {
        try {
          return this.#dispatch(this, stop);
        } catch (thrown) {
          const left = this.#recover(toCondition(thrown), stop);
          if (left !== undefined) return left;
        }
      }
    } finally {
      this.depth = outer;
      this.#ceiling = ceiling;
      this.level = level;
    }
  }

  /** A run has ended: forgets what only dead slots, frames and registers refer to. */
  rest(): void {
    this.clearAbove(this.sp);
    if (this.closures.length > this.fp + 1) this.closures.length = this.fp + 1;
    this.#callee = this.#idle;
    this.#value = null;
  }

  // --- Frames -------------------------------------------------------------------------------------------------------

  /** Whether frames have to move to the heap before the stack is used so far. */
  isFull(slots: number): boolean {
    return slots > this.#ceiling;
  }

  /** Postpones a call to when all frames above `stop` are on the heap; its arguments start at `first`. */
  callOnHeap(closure: Closure, first: number, result: number, next: number, stop: number): Unwind {
    this.unwinding.start({ kind: "call", closure, args: this.takeMany(first, parametersOf(closure.code)) });
    return this.saveFrames(result, next, stop);
  }

  // --- Failure -------------------------------------------------------------------------------------------------------

  /** Something has failed at the pc. Returns what the loop returns instead of going on, if it does. */
  #recover(condition: Condition, stop: number): Unwind | undefined {
    if (this.fp === stop) return this.unwinding.fail(condition);
    if (condition.trace.isEmpty) {
      const operation = traceOperation(this.closure.code, this.pc);
      if (operation !== null) condition.trace.add(operation);
    }
    return this.#handle(condition, stop, this.pc);
  }

  /**
   * Looks for a handler in the frames above `stop`, the innermost of which failed at `failed`. Returns what the loop returns
   * instead of going on, if it does; where none handles it, it goes on below as in compiled code, which takes half as long
   * as throwing it again.
   */
  #handle(condition: Condition, stop: number, failed: number): Unwind | undefined {
    for (let pc = failed;; pc = this.pc - 1) {
      const code = this.closure.code;
      addTrace(condition.trace, code, pc + 1);
      const handler = condition.catchable ? code.handlers.find((h) => h.start <= pc && pc < h.end) : undefined;
      if (handler !== undefined) {
        const top = this.base + code.slots + handler.height;
        if (handler.trace && this.level > 1) {
          this.unwinding.start({ kind: "catch", condition });
          return this.saveFrames(top, handler.target, stop);
        }
        const below = handler.trace ? (trace: Trace) => this.#addTraceBelow(trace, stop) : null;
        this.put(top, errorMap(condition, below, code.library));
        this.sp = top + 1;
        this.pc = handler.target;
        return undefined;
      }
      this.pop();
      if (this.fp === stop) return this.unwinding.fail(condition);
    }
  }

  /**
   * Adds the frames below the current one; on the base's own loop these are all there are. A handler of the library
   * raises its error again, trace and all: with recursion through it, each of them would go through all frames below.
   */
  #addTraceBelow(trace: Trace, stop: number): void {
    if (this.closure.code.library) return;
    for (let fp = this.fp; fp > stop + 1; fp--) {
      addTrace(trace, (this.closures[fp] as Closure).code, this.meta[META * fp] as number);
    }
    this.host.waitingTrace(trace);
  }

  /** The error for an unbound global. */
  unbound(cell: GlobalCell): Condition {
    return this.host.unbound(cell);
  }

  // --- Calls ---------------------------------------------------------------------------------------------------------

  /** The value in a slot that is about to be called. */
  callable(slot: number): Value {
    return this.words[2 * slot + 1] === TAG_REFERENCE ? this.refs[slot] as Value : this.take(slot);
  }

  /** Performs or enters a call. False: unwinding, all frames above `stop` are saved. */
  call(target: Value | Unbound, first: number, count: number, result: number, next: number, stop: number): boolean {
    const prepared = this.#prepare(target, first, count);
    if (prepared === "interpret") {
      const callee = this.#callee;
      if (this.isFull(first + callee.code.room)) {
        this.callOnHeap(callee, first, result, next, stop);
        return false;
      }
      this.push(callee, first, result, next);
      if (!this.host.pace.pausing) return true;
      this.#pause(stop);
      return false;
    }
    const value = prepared === "value" ? this.#value : this.#enter(this.#callee, first);
    if (value === UNWIND) {
      const failure = this.unwinding.takeFailure();
      if (failure !== null) return this.#recover(failure, stop) === undefined;
      this.saveFrames(result, next, stop);
      return false;
    }
    this.put(result, value as Value);
    this.sp = result + 1;
    this.pc = next;
    return true;
  }

  /** Replaces the current activation by a call. Returns what the loop returns instead of going on, if it does. */
  tailCall(target: Value | Unbound, first: number, count: number, stop: number): Value | Unwind | undefined {
    const prepared = this.#prepare(target, first, count);
    const callee = this.#callee;
    if (prepared === "interpret") {
      if (this.openTop >= this.base) this.closeCells(this.base);
      const { slots, maxStack } = callee.code;
      const arguments_ = parametersOf(callee.code);
      for (let i = 0; i < arguments_; i++) this.copy(first + i, this.base + i);
      this.grow(this.fp, this.base + slots + maxStack + 1);
      this.closure = callee;
      this.sp = this.base + slots;
      this.pc = 0;
      return this.host.pace.pausing ? this.#pause(stop) : undefined;
    }
    if (prepared === "value") {
      const failure = this.#value === UNWIND ? this.unwinding.takeFailure() : null;
      return failure === null ? this.#return(this.#value, stop) : this.#recover(failure, stop);
    }
    const args = this.takeMany(first, parametersOf(callee.code));
    this.pop();
    if (this.fp === stop) return callee.code.entry(callee, this.depth, ...args);
    const next = this.pc--;
    return this.#continue(callee.code.entry(callee, this.depth, ...args), next, stop);
  }

  /** Unwinds, to go on with the instruction at the pc when others have run. */
  #pause(stop: number): Unwind {
    this.unwinding.start({ kind: "pause" });
    return this.saveFrames(this.sp, this.pc, stop);
  }

  /** Goes on in the caller, whose result slot is `sp` and whose next instruction is at `next`. */
  #continue(value: Value | Unwind, next: number, stop: number): Unwind | undefined {
    if (value === UNWIND) {
      const failure = this.unwinding.takeFailure();
      return failure === null ? this.saveFrames(this.sp, next, stop) : this.#recover(failure, stop);
    }
    this.put(this.sp++, value as Value);
    this.pc = next;
    return undefined;
  }

  #return(value: Value | Unwind, stop: number): Value | Unwind | undefined {
    this.pop();
    return this.fp === stop ? value : this.#continue(value, this.pc, stop);
  }

  /** Calls compiled code with the arguments from slot `first` on. */
  #enter(closure: Closure, first: number): Value | Unwind {
    const entry: Entry = closure.code.entry;
    switch (parametersOf(closure.code)) {
      case 0:
        return entry(closure, this.depth);
      case 1:
        return entry(closure, this.depth, this.take(first));
      case 2:
        return entry(closure, this.depth, this.take(first), this.take(first + 1));
      case 3:
        return entry(closure, this.depth, this.take(first), this.take(first + 1), this.take(first + 2));
      default:
        return entry(closure, this.depth, ...this.takeMany(first, parametersOf(closure.code)));
    }
  }

  /**
   * What a call between the tiers, or anything that takes as long as so many words, adds to the heat of its interpreted
   * side. Where calls are counted each is one.
   */
  #crossing(code: Code, words = CROSSING_WORDS): number {
    return this.host.pace.active ? 0 : (words / code.words.length) | 0;
  }

  /** One switch on what is called. Arguments are on the stack; for a closure they become exactly its parameters. */
  #prepare(target: Value | Unbound, first: number, count: number): Prepared {
    if (target instanceof Closure) {
      const code = target.code;
      if (code.exact !== count) this.#adjust(code, first, count);
      this.#callee = target;
      if (--code.heat < 0) this.host.hot(code);
      if (code.second === null || !code.second.active) return "interpret";
      this.closure.code.heat -= this.#crossing(this.closure.code);
      return "compiled";
    }
    if (target instanceof Builtin) {
      this.callBuiltin(target, first, count, -1);
      return "value";
    }
    if (target instanceof HostFunction) {
      this.#value = this.host.callHost(target, this.takeMany(first, count));
      return "value";
    }
    if (target instanceof Keyword) {
      this.#value = lookUp(target, this.takeMany(first, count));
      return "value";
    }
    if (target === UNBOUND) throw this.host.unbound(this.#calledCell());
    const caller = target instanceof Procedure ? this.host.caller(target) : null;
    if (caller === null) throw notCallable(target as Value);
    const list = this.#list(first, count);
    this.reserve(first + 2);
    this.put(first, target as Value);
    this.put(first + 1, list);
    this.sp = first + 2;
    return this.#prepare(caller, first, 2);
  }

  /** Packs the arguments of a rest parameter, or reports the wrong number of them. */
  #adjust(code: Code, first: number, count: number): void {
    if (count < code.min || count > code.max) throw callArityError(code, count);
    if (!code.rest) return;
    const list = this.#list(first + code.parameters, count - code.parameters);
    this.reserve(first + code.parameters + 1);
    this.put(first + code.parameters, list);
    this.sp = first + code.parameters + 1;
  }

  #list(first: number, count: number): List {
    let list = EMPTY;
    for (let slot = first + count - 1; slot >= first; slot--) list = cons(this.take(slot), list);
    return list;
  }

  #calledCell(): GlobalCell {
    const code = this.closure.code;
    return code.constants[code.words[this.pc + 1] ?? 0] as GlobalCell;
  }

  /** Calls a builtin; its value goes to slot `result`, or with -1 to `#value`. */
  callBuiltin(builtin: Builtin, first: number, count: number, result: number): void {
    const context = this.host.context;
    let value: Value;
    if (count === 1 && builtin.f1 !== null) value = builtin.f1(this.take(first), context);
    else if (count === 2 && builtin.f2 !== null) value = builtin.f2(this.take(first), this.take(first + 1), context);
    else if (count === 3 && builtin.f3 !== null) {
      value = builtin.f3(this.take(first), this.take(first + 1), this.take(first + 2), context);
    } else value = builtin.apply(this.takeMany(first, count), context);
    if (result >= 0) this.put(result, value);
    else this.#value = value;
  }

  /** Replaces the list on top of the stack by its elements. Returns how many they are. */
  spread(): number {
    const items = toArray(this.take(this.sp - 1) as List);
    this.sp--;
    this.reserve(this.sp + items.length + 1);
    for (const item of items) this.put(this.sp++, item);
    return items.length;
  }

  // --- Closures and globals ------------------------------------------------------------------------------------------

  /** A closure over the current frame; if its code is compiled, the function that makes it is sooner worth that, too. */
  close(code: Code): Closure {
    const closure = new Closure(this.link(code), this.captured(code));
    if (code.second !== null && code.second.active) {
      this.closure.code.heat -= this.#crossing(this.closure.code, CLOSURE_WORDS);
    }
    return closure;
  }

  /** Assigns a global that code relies on. True: unwinding, compiled code below must be left. */
  assign(cell: GlobalCell, value: Value, define: boolean, stop: number): boolean {
    if (!cell.assignWatched(value) || this.level <= 1) return false;
    this.unwinding.start({ kind: "resume", value: define ? null : value });
    this.saveFrames(this.sp - 1, this.pc + 2, stop);
    return true;
  }

  /** Performs the instruction at the pc, an intrinsic. Returns by how much the stack is lower then. */
  general(): number {
    return perform(this, this.closure.code.variantWords[this.pc] as number);
  }

  /** For a redefined intrinsic: opens a slot below its arguments. Returns their number. */
  openGap(): number {
    const count = INSTRUCTIONS[this.closure.code.words[this.pc] ?? 0]?.pops ?? 0;
    this.reserve(this.sp + 1);
    for (let i = 0; i < count; i++) this.copy(this.sp - 1 - i, this.sp - i);
    this.sp++;
    return count;
  }

  /** What the global of a redefined intrinsic holds now. */
  redefinition(): Value | Unbound {
    return this.closure.code.redefined?.get(this.pc)?.value ?? UNBOUND;
  }

  // --- The other tier ------------------------------------------------------------------------------------------------

  /** A back-edge found its counter run out. Returns what the loop returns instead of going on, if it does. */
  loopIsHot(target: number, stop: number): Value | Unwind | undefined {
    const closure = this.closure;
    const enter = this.host.hot(closure.code, true);
    this.pc = target;
    if (this.host.pace.pausing || this.depth > this.depthLimit) return this.#pause(stop);
    if (!enter || closure.code.second === null) return undefined;
    const frame = this.exported(this.base, this.sp, true);
    const entry = this.host.hotLoop(closure, this.pc, frame);
    // A frame that a continuation shares has cells where compiled code expects values: it stays here.
    const continued = frame.some((value, i) => value instanceof Cell && closure.code.slotShared[i] !== true);
    if (entry === null || continued) {
      frame.forEach((value, i) => value instanceof Cell && this.reopen(value, this.base + i));
      return undefined;
    }
    this.pop();
    if (this.fp === stop) return entry(closure, this.depth, frame);
    const next = this.pc--;
    return this.#continue(entry(closure, this.depth, frame), next, stop);
  }
}
/** How many values a call puts into the first slots: the parameters and the list of a rest parameter. */
function parametersOf(code: Code): number {
  return code.rest ? code.parameters + 1 : code.parameters;
}
