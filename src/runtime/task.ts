/**
 * The stack of a task as far as it waits on the heap, and the changes of it that programs ask for: continuations put
 * another stack in its place, coroutines come on top of it and go. Frames are linked and never change once they are, so
 * a continuation is little more than a pointer to the innermost; but variables that their function assigns move to
 * cells first, because a frame that runs more than once sees the assignments of all its runs.
 */
import { type ControlRequest, type Coroutine, SavedStack } from "../builtins/control/continuations.ts";
import { type Captured, Cell, Closure, type Code } from "../bytecode/mod.ts";
import {
  type Condition,
  cons,
  EMPTY,
  evalError,
  lengthOf,
  type List,
  toArray,
  type Trace,
  type Value,
} from "../data/mod.ts";
import { addTrace } from "./errors.ts";
import { FrameBlock, HeapFrame, type HeapFrames } from "./heap_frames.ts";

/** What to do next in a task. */
export type Step =
  | { readonly kind: "call"; readonly closure: Closure; readonly args: readonly Value[] }
  /** The innermost frame's pending call has returned. */
  | { readonly kind: "resume"; readonly value: Value }
  /** The innermost frame's pending call has failed. */
  | { readonly kind: "raise"; readonly condition: Condition }
  /** The same, and the frame handles that. */
  | { readonly kind: "fail"; readonly condition: Condition }
  /** The innermost frame goes on at an instruction that has not begun. */
  | { readonly kind: "continue" }
  /** Something else than a closure is called. */
  | { readonly kind: "run"; readonly run: () => Value };

/** Some of the innermost frames: a block, or single ones, outermost first. */
export type Frames = FrameBlock | readonly HeapFrame[];

/** The stack below a coroutine that is running. */
interface Resumer {
  readonly coroutine: Coroutine;
  readonly top: HeapFrames | null;
  /** What the frames from here on down count as. */
  readonly height: number;
  readonly winders: List;
  readonly below: Resumer | null;
}

/** What every task stands on but those that a function of the host has started by calling back. */
const GROUND: object = {};

/** One thread of execution: the frames it still has to finish. */
export class Task {
  /** The innermost frame of the running coroutine, or of the task itself. */
  #top: HeapFrames | null = null;
  #height = 0;
  #resumer: Resumer | null = null;
  /** What `dynamic-wind` has entered and not left, innermost first. */
  winders: List = EMPTY;
  /** Continuations lead from one task to another only if both stand on the same. */
  readonly base: object;

  /** `calledBack`: a function of the host waits for it, which can be neither left nor entered again. */
  constructor(calledBack: boolean = false) {
    this.base = calledBack ? this : GROUND;
  }

  /** What the frames that wait count as, in all coroutines that are running. */
  get height(): number {
    return this.#height;
  }

  /** Puts frames on top. */
  push(frames: HeapFrames): void {
    frames.settle(this.#top);
    this.#top = frames;
    this.#height += frames.weight;
  }

  /** Puts what is left of frames back, after the others have gone. */
  #putBack(frames: HeapFrames): void {
    frames.below = this.#top;
    this.#top = frames;
    this.#height += frames.weight;
  }

  /** Takes the innermost frame off; coroutines without any have finished. Undefined: that was all. */
  pop(): HeapFrame | undefined {
    if (this.isEmpty()) return undefined;
    const top = this.#top;
    if (top === null) return undefined;
    this.#drop(top);
    if (top instanceof HeapFrame) return top;
    const last = top.count - 1;
    const frame = top.frameAt(last);
    top.forget(last);
    if (last > 0) this.#putBack(top.outermost(last));
    return frame;
  }

  /** Drops the innermost frame. There must be one. */
  drop(): void {
    const top = this.#top;
    if (top === null) return;
    this.#drop(top);
    if (top instanceof HeapFrame || top.count === 1) return;
    top.forget(top.count - 1);
    this.#putBack(top.outermost(top.count - 1));
  }

  /** Takes up to `count` of the innermost frames off; they belong to one coroutine. There must be one. */
  popMany(count: number): Frames {
    const frames: HeapFrame[] = [];
    while (frames.length < count && !this.isEmpty()) {
      const top = this.#top;
      if (top instanceof FrameBlock) {
        if (frames.length > 0) break;
        this.#drop(top);
        if (top.count <= count) return top;
        const taken = top.from(top.count - count);
        this.#putBack(top.outermost(top.count - count));
        return taken;
      }
      if (top === null) break;
      this.#drop(top);
      frames.push(top);
      if (this.#top === null) break;
    }
    return frames.reverse();
  }

  /** Takes frames off up to the innermost one that is wanted, which stays. False: there is none. */
  dropUntil(wanted: (code: Code, pc: number) => boolean): boolean {
    while (!this.isEmpty()) {
      const top = this.#top;
      if (top === null) break;
      if (top instanceof HeapFrame) {
        if (wanted(top.closure.code, top.pc)) return true;
        this.#drop(top);
        continue;
      }
      const last = top.count - 1;
      let i = last;
      while (i >= 0 && !wanted(top.codeAt(i), top.pcAt(i))) i--;
      if (i === last) return true;
      this.#drop(top);
      top.forget(i + 1);
      if (i < 0) continue;
      this.#putBack(top.outermost(i + 1));
      return true;
    }
    return false;
  }

  /** An operand of the innermost frame. */
  operand(index: number): Captured | undefined {
    const top = this.#top;
    if (top === null) return undefined;
    return top instanceof FrameBlock ? top.operandAt(top.count - 1, index) : top.slots[top.closure.code.slots + index];
  }

  #drop(top: HeapFrames): void {
    this.#top = top.below;
    this.#height -= top.weight;
  }

  /** The code of the innermost frame. */
  get code(): Code | null {
    return this.#top?.code ?? null;
  }

  /** Whether nothing is left to do. Coroutines on top that have no frames have finished. */
  isEmpty(): boolean {
    while (this.#top === null && this.#resumer !== null) {
      const { coroutine, top, winders, below } = this.#resumer;
      coroutine.state = "finished";
      this.#top = top;
      this.winders = winders;
      this.#resumer = below;
    }
    return this.#top === null;
  }

  /** Adds the lines of the waiting frames to a trace that belongs to a handler of `code`; of all but `skipped` of them. */
  addTrace(trace: Trace, code: Code | null, skipped: number = 0): void {
    // A handler of the library raises its error again: with recursion through it, each would go through all frames.
    if (code?.library === true) return;
    let left = skipped;
    let below = this.#resumer;
    for (let frame = this.#top;; frame = frame.below) {
      while (frame === null) {
        if (below === null) return;
        frame = below.top;
        below = below.below;
      }
      if (frame instanceof HeapFrame) {
        if (left-- <= 0) addTrace(trace, frame.closure.code, frame.pc);
        continue;
      }
      for (let i = frame.count - 1; i >= 0; i--) if (left-- <= 0) addTrace(trace, frame.codeAt(i), frame.pcAt(i));
    }
  }

  /** Changes the stack. Throws the error that a program gets for what it cannot have. */
  change(request: ControlRequest): Extract<Step, { kind: "call" | "resume" }> {
    switch (request.kind) {
      case "capture":
        return { kind: "resume", value: this.#capture() };
      case "reinstate":
        this.#reinstate(request.stack);
        return { kind: "resume", value: request.value };
      case "resume":
        return this.#resume(request.coroutine, request.value);
      case "yield":
        this.#yield(request.coroutine);
        return { kind: "resume", value: request.value };
      default:
        return request satisfies never;
    }
  }

  // --- Continuations -------------------------------------------------------------------------------------------------

  #capture(): WholeStack {
    for (let each = this.#resumer; each !== null; each = each.below) shareVariables(each.top);
    shareVariables(this.#top);
    return new WholeStack(this.#top, this.#height, this.winders, this.#resumer, this.base);
  }

  #reinstate(stack: SavedStack): void {
    if (!(stack instanceof WholeStack)) throw new TypeError("not the stack of a continuation");
    if (stack.base !== this.base) {
      throw evalError(
        "continuation: cannot leave or enter a function of the host that calls back",
        "inside the callback use 'throw', or a continuation made there",
      );
    }
    for (let each = this.#resumer; each !== null; each = each.below) each.coroutine.state = "finished";
    for (let each = stack.resumer; each !== null; each = each.below) {
      each.coroutine.state = "running";
      each.coroutine.stack = null;
    }
    this.#top = stack.top;
    this.#height = stack.height;
    this.winders = stack.winders;
    this.#resumer = stack.resumer;
  }

  // --- Coroutines ----------------------------------------------------------------------------------------------------

  #resume(coroutine: Coroutine, value: Value): Extract<Step, { kind: "call" | "resume" }> {
    const { body, stack } = coroutine;
    const height = this.#height;
    const { winders } = this;
    const resumer: Resumer = { coroutine, top: this.#top, height, winders, below: this.#resumer };
    this.#resumer = resumer;
    this.#top = null;
    coroutine.state = "running";
    coroutine.body = null;
    coroutine.stack = null;
    if (body instanceof Closure) return { kind: "call", closure: body, args: [coroutine, value] };
    if (!(stack instanceof PartOfStack)) throw new TypeError("a coroutine without a stack");
    const rebased = (list: List): List => rebase(list, stack.base, winders);
    for (const each of stack.resumers.toReversed()) {
      this.#resumer = {
        coroutine: each.coroutine,
        top: each.top,
        height: each.height - stack.below + height,
        winders: rebased(each.winders),
        below: this.#resumer,
      };
    }
    this.#top = stack.top;
    this.#height = stack.height - stack.below + height;
    this.winders = rebased(stack.winders);
    return { kind: "resume", value };
  }

  #yield(coroutine: Coroutine): void {
    const above: Resumer[] = [];
    let resumer = this.#resumer;
    while (resumer !== null && resumer.coroutine !== coroutine) {
      above.push(resumer);
      resumer = resumer.below;
    }
    if (resumer === null) {
      throw evalError(
        "yield: the coroutine is not running here",
        "it can be left by yield only from inside, and not through a function of the host that calls back",
      );
    }
    coroutine.state = "suspended";
    coroutine.stack = new PartOfStack(this.#top, this.#height, this.winders, above, resumer.height, resumer.winders);
    this.#top = resumer.top;
    this.#height = resumer.height;
    this.winders = resumer.winders;
    this.#resumer = resumer.below;
  }
}

/** All of a task's stack. */
class WholeStack extends SavedStack {
  readonly top: HeapFrames | null;
  readonly height: number;
  readonly winders: List;
  readonly resumer: Resumer | null;
  readonly base: object;

  constructor(top: HeapFrames | null, height: number, winders: List, resumer: Resumer | null, base: object) {
    super();
    this.top = top;
    this.height = height;
    this.winders = winders;
    this.resumer = resumer;
    this.base = base;
  }
}

/** The stack of a suspended coroutine; heights and winders count what was below it. */
class PartOfStack extends SavedStack {
  readonly top: HeapFrames | null;
  readonly height: number;
  readonly winders: List;
  /** Resumers within it, innermost first. */
  readonly resumers: readonly Resumer[];
  readonly below: number;
  readonly base: List;

  constructor(
    top: HeapFrames | null,
    height: number,
    winders: List,
    resumers: readonly Resumer[],
    below: number,
    base: List,
  ) {
    super();
    this.top = top;
    this.height = height;
    this.winders = winders;
    this.resumers = resumers;
    this.below = below;
    this.base = base;
  }
}

/** The winders of a list that lie above `from`, on top of `to`. */
function rebase(winders: List, from: List, to: List): List {
  if (from === to) return winders;
  const own = toArray(winders).slice(0, lengthOf(winders) - lengthOf(from));
  return own.reduceRight<List>((list, winder) => cons(winder, list), to);
}

/** Moves assigned variables of frames to cells. What lies below a frame that was done is done. */
function shareVariables(top: HeapFrames | null): void {
  for (let frame = top; frame !== null && !frame.continued; frame = frame.below) {
    frame.continued = true;
    if (frame instanceof FrameBlock) {
      frame.shareVariables();
      continue;
    }
    const { slotAssigned } = frame.closure.code;
    frame.slots.forEach((value: Captured | undefined, slot: number, slots: (Captured | undefined)[]) => {
      if (slotAssigned[slot] !== true || value instanceof Cell || value === undefined) return;
      slots[slot] = new Cell(value, -1, null);
    });
  }
}
