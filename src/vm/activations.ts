/**
 * The activations on the stack: how frames are entered and left, how they move to the heap and come back, and what
 * closures capture of them. What runs in them is the machine's.
 */
import { type Captured, type CaptureSource, Cell, type Closure, Code, UNWIND, type Unwind } from "../bytecode/mod.ts";
import {
  FrameBlock,
  type Frames,
  HeapFrame,
  type HeapFrames,
  PROGRAM,
  type Role,
  roleOf,
  stackOverflow,
  Unwinding,
  weightOf,
} from "../runtime/mod.ts";
import { GlobalCell } from "../globals/mod.ts";
import { Arithmetic } from "./arithmetic.ts";
import { StackBlock } from "./block.ts";
import { META } from "./stack.ts";

/** The captures of closures that have none. */
const NONE: Captured[] = [];

/** Frames that move to the heap one by one. */
const MOST_SINGLE = 8;

/** The stack with the registers of its innermost activation. */
export abstract class Activations extends Arithmetic {
  readonly unwinding: Unwinding = new Unwinding();
  /** Callers of the frames, by frame. */
  readonly closures: Closure[] = [];
  pc = 0;
  fp = 0;
  base = 0;
  closure: Closure;
  /** What the active frames may count as before a stack overflow is reported; see {@link limitFrames}. */
  maxFrames: number;
  /** How many frames there may be before they are weighed again. */
  #unweighed: number;

  /** `idle`: a closure that stands for no function at all. */
  constructor(idle: Closure, maxFrames: number, slots: number) {
    super(maxFrames, slots);
    this.maxFrames = this.#unweighed = maxFrames;
    this.closure = idle;
    this.closures.push(idle);
  }

  /** Sets how much the frames may count as that are active at once. */
  limitFrames(most: number): void {
    this.maxFrames = this.#unweighed = most;
    this.trimFrames(Math.max(most, this.fp + 1));
  }

  /** Makes room for frame `fp` and for `slots` slots. Throws the stack overflow of the language. */
  grow(fp: number, slots: number): void {
    if (fp > this.#unweighed) {
      const left = this.maxFrames - this.#weight();
      if (left <= 0) throw stackOverflow();
      this.#unweighed = Math.max(fp, this.fp + Math.floor(left));
    }
    this.reserveFrame(fp, this.#unweighed);
    this.reserve(slots);
  }

  /** What the frames count as. */
  #weight(): number {
    let weight = 0;
    let role: Role = PROGRAM;
    let below: Code | null = null;
    for (let fp = 1; fp <= this.fp; fp++) {
      const { code }: Closure = fp === this.fp ? this.closure : this.closures[fp + 1] as Closure;
      role = roleOf(code, role, below);
      weight += weightOf(code, role, 0);
      below = code;
    }
    return weight;
  }

  /** Enters a closure whose arguments start at `first`; its caller goes on at `next` with the result in `result`. */
  protected push(closure: Closure, first: number, result: number, next: number): void {
    const { slots, maxStack } = closure.code;
    const fp = this.fp + 1;
    this.grow(fp, first + slots + maxStack + 1);
    const at = META * fp;
    this.meta[at] = next;
    this.meta[at + 1] = this.base;
    this.meta[at + 2] = result;
    this.closures[fp] = this.closure;
    this.fp = fp;
    this.closure = closure;
    this.base = first;
    this.sp = first + slots;
    this.pc = 0;
  }

  /** Leaves the current frame; `sp` is the slot for its result. */
  protected pop(): void {
    if (this.openTop >= this.base) this.closeCells(this.base);
    const at = META * this.fp;
    this.closure = this.closures[this.fp] as Closure;
    this.pc = this.meta[at] as number;
    this.base = this.meta[at + 1] as number;
    this.sp = this.meta[at + 2] as number;
    this.fp--;
  }

  /** Throws the error that the stack is unwound for, or moves all frames above `stop` to the heap: the innermost goes on at `pc` with a value in slot `result`. */
  saveFrames(result: number, pc: number, stop: number): Unwind {
    const failure = this.unwinding.takeFailure();
    if (failure !== null) throw failure;
    this.sp = result;
    this.pc = pc;
    if (this.fp - stop > MOST_SINGLE) return this.unwinding.save(StackBlock.lift(this, stop));
    while (this.fp > stop) {
      this.unwinding.save(new HeapFrame(this.closure, this.pc, this.exported(this.base, this.sp, false)));
      this.pop();
    }
    return UNWIND;
  }

  /** The values of slots; where a cell is open it is closed and stands for the variable. `cells`: every shared one has one. */
  protected exported(start: number, end: number, cells: boolean): Captured[] {
    const { slotShared } = this.closure.code;
    // Of exact length: an array that grows has room for seventeen, and recursion a million deep saves a million.
    const values: Captured[] = new Array(end - start);
    for (let slot = start; slot < end; slot++) {
      const cell = this.#cellAt(slot);
      if (cell !== null) values[slot - start] = cell;
      else if (cells && slotShared[slot - start] === true) values[slot - start] = new Cell(this.take(slot), -1, null);
      else values[slot - start] = this.take(slot);
    }
    this.closeCells(start);
    return values;
  }

  #cellAt(slot: number): Cell | null {
    if (this.openTop < slot) return null;
    let cell = this.openCells;
    while (cell !== null && cell.slot > slot) cell = cell.next;
    return cell !== null && cell.slot === slot ? cell : null;
  }

  // --- From the heap ---------------------------------------------------------------------------------------------------

  /**
   * Makes blocks of frames that were saved one by one, as compiled code does: the collector, which copies all that is
   * young, then finds three arrays instead of thousands of objects.
   */
  pack(frames: readonly HeapFrames[]): readonly HeapFrames[] {
    if (frames.length <= MOST_SINGLE) return frames;
    const packed: HeapFrames[] = [];
    let singles: HeapFrame[] = [];
    for (const each of frames) {
      if (each instanceof HeapFrame) {
        singles.push(each);
        continue;
      }
      packed.push(...packedSingles(singles), each);
      singles = [];
    }
    packed.push(...packedSingles(singles));
    return packed;
  }

  /** Puts frames that are on the heap back on the stack. */
  protected restoreAll(frames: Frames): void {
    if (!(frames instanceof FrameBlock)) { for (const frame of frames) this.restore(frame); }
    else if (frames instanceof StackBlock) frames.restore(this);
    else throw new TypeError("frames of another machine");
  }

  /** The same for one frame. */
  protected restore(frame: HeapFrame): void {
    const first = this.sp;
    this.push(frame.closure, first, first, this.pc);
    frame.slots.forEach((value, i) => {
      if (value instanceof Cell) this.reopen(value, first + i);
      else this.put(first + i, value ?? null);
    });
    this.sp = first + frame.slots.length;
    this.pc = frame.pc;
  }

  // --- Closures --------------------------------------------------------------------------------------------------------

  /** Prepares code for the loop: constants become words. */
  link(code: Code): Code {
    if (code.constantWords !== null) return code;
    const { constants } = code;
    const start = this.sp;
    this.reserve(start + constants.length);
    constants.forEach((constant, i) => {
      this.put(start + i, constant instanceof Code || constant instanceof GlobalCell ? null : constant);
    });
    code.constantWords = this.words.slice(2 * start, 2 * (start + constants.length));
    return code;
  }

  /** Fills the captures of a closure from the current frame. */
  recapture(closure: Closure): void {
    closure.code.captures.forEach((source, i) => closure.captures[i] = this.#captured(source));
  }

  /**
   * What a closure of `code` captures of the current frame. In an array of exactly so many: one that grows from nothing
   * has room for seventeen at once (V8), and recursion a million deep keeps the captures of a million closures.
   */
  protected captured({ captures }: Code): Captured[] {
    const [first, second, third] = captures;
    if (first === undefined) return NONE;
    if (second === undefined) return [this.#captured(first)];
    if (third === undefined) return [this.#captured(first), this.#captured(second)];
    return captures.map((source) => this.#captured(source));
  }

  #captured({ from, index, shared }: CaptureSource): Captured {
    if (from === "capture") return this.closure.captures[index] as Captured;
    return shared ? this.openCell(this.base + index) : this.take(this.base + index);
  }
}

function packedSingles(frames: readonly HeapFrame[]): readonly HeapFrames[] {
  return frames.length > MOST_SINGLE ? [StackBlock.pack(frames)] : frames;
}
