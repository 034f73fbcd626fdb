/**
 * A stretch of the interpreter's stack on the heap: slots as they were, and where each frame begins, ends and goes on.
 * Parts of a block share its arrays.
 */
import { type Captured, Cell, type Closure, type Code } from "../bytecode/mod.ts";
import { FrameBlock, HeapFrame, type HeapFrames, PROGRAM, type Role, roleOf, weightOf } from "../runtime/mod.ts";
import { deadSlots } from "./liveness.ts";
import { filled, Slots } from "./slots.ts";
import { META, type Stack } from "./stack.ts";
import { TAG_NAME, TAG_REFERENCE, TAG_SPECIAL } from "./word.ts";

/** Numbers per frame: its first slot, the slot after its last one, the pc, and its role. */
const FRAME = 4;

/** Arrays of which no more than one part in so many is still needed are replaced by smaller ones. */
const SPARSE = 4;

/** A stack with the registers of its innermost frame; see `Machine`. */
export interface FramedStack extends Stack {
  readonly closures: Closure[];
  closure: Closure;
  pc: number;
  base: number;
  fp: number;
  grow(fp: number, slots: number): void;
}

/** What the parts of a block share. */
interface Arrays {
  readonly slots: Slots;
  readonly closures: readonly Closure[];
  readonly layout: Int32Array;
}

/** Frames that have left the interpreter's stack. */
export class StackBlock extends FrameBlock {
  count: number;
  weight = 0;
  readonly #slots: Slots;
  readonly #closures: readonly Closure[];
  readonly #layout: Int32Array;
  /** Number of the outermost frame in the arrays. */
  readonly #first: number;

  private constructor(arrays: Arrays, first: number, count: number) {
    super();
    this.#slots = arrays.slots;
    this.#closures = arrays.closures;
    this.#layout = arrays.layout;
    this.#first = first;
    this.count = count;
  }

  settle(below: HeapFrames | null): void {
    this.below = below;
    let role = below?.role ?? PROGRAM;
    let codeBelow = below?.code ?? null;
    for (let i = 0; i < this.count; i++) {
      const code = this.codeAt(i);
      role = roleOf(code, role, codeBelow);
      codeBelow = code;
      this.#layout[FRAME * (this.#first + i) + 3] = role;
    }
    this.weight = this.#weightFrom(0);
  }

  get role(): Role {
    return this.#roleAt(this.count - 1);
  }

  #roleAt(index: number): Role {
    return this.#layout[FRAME * (this.#first + index) + 3] as Role;
  }

  #weightFrom(start: number): number {
    let weight = 0;
    for (let i = start; i < this.count; i++) {
      weight += weightOf(this.codeAt(i), this.#roleAt(i), this.#end(i) - this.#start(i));
    }
    return weight;
  }

  /** Takes the frames above number `stop` off the stack. There must be one. */
  static lift(stack: FramedStack, stop: number): StackBlock {
    const { meta, fp, sp } = stack;
    const count = fp - stop;
    const start = count === 1 ? stack.base : meta[META * (stop + 2) + 1] as number;
    const closures = stack.closures.slice(stop + 2, fp + 1);
    closures.push(stack.closure);
    const layout = new Int32Array(FRAME * count);
    for (let i = 0; i < count - 1; i++) {
      const at = META * (stop + 2 + i);
      layout[FRAME * i] = (meta[at + 1] as number) - start;
      layout[FRAME * i + 1] = (meta[at + 2] as number) - start;
      layout[FRAME * i + 2] = meta[at] as number;
    }
    layout.set([stack.base - start, sp - start, stack.pc], FRAME * (count - 1));
    const words = stack.words.slice(2 * start, 2 * sp);
    for (let i = 0; i < count; i++) {
      const first = layout[FRAME * i] as number;
      const { code } = closures[i] as Closure;
      for (const slot of deadSlots(code, layout[FRAME * i + 2] as number)) words[2 * (first + slot) + 1] = TAG_SPECIAL;
    }
    const refs = stack.refs.slice(start, sp);
    for (let i = 0; i < refs.length; i++) {
      const tag = words[2 * i + 1];
      if (tag !== TAG_REFERENCE && tag !== TAG_NAME && refs[i] !== null) refs[i] = null;
    }
    const slots = new Slots(words, refs);
    for (let cell = stack.openCells; cell !== null && cell.slot >= start; cell = cell.next) {
      putCell(slots, cell.slot - start, cell);
    }
    stack.closeCells(start);
    const at = META * (stop + 1);
    stack.fp = stop;
    stack.closure = stack.closures[stop + 1] as Closure;
    stack.pc = meta[at] as number;
    stack.base = meta[at + 1] as number;
    stack.sp = meta[at + 2] as number;
    return new StackBlock({ slots, closures, layout }, 0, count);
  }

  /** Packs frames that were saved one by one, innermost first. There must be one. */
  static pack(frames: readonly HeapFrame[]): StackBlock {
    const count = frames.length;
    let size = 0;
    for (const { slots } of frames) size += slots.length;
    const slots = new Slots(new Int32Array(2 * size), filled(size));
    const layout = new Int32Array(FRAME * count);
    const closures: Closure[] = [];
    let at = 0;
    for (let i = 0; i < count; i++) {
      const frame = frames[count - 1 - i] as HeapFrame;
      layout[FRAME * i] = at;
      for (const value of frame.slots) {
        if (value instanceof Cell) putCell(slots, at++, value);
        else slots.put(at++, value ?? null);
      }
      layout[FRAME * i + 1] = at;
      layout[FRAME * i + 2] = frame.pc;
      closures.push(frame.closure);
    }
    return new StackBlock({ slots, closures, layout }, 0, count);
  }

  /** Puts the frames back on a stack. */
  restore(stack: FramedStack): void {
    const { count } = this;
    const start = this.#start(0);
    const end = this.#end(count - 1);
    const bottom = stack.sp;
    const up = bottom - start;
    let top = 0;
    for (let i = 0; i < count; i++) top = Math.max(top, this.#start(i) + this.codeAt(i).room);
    stack.grow(stack.fp + count, top + up + 1);
    stack.words.set(this.#slots.words.subarray(2 * start, 2 * end), 2 * bottom);
    const { meta, closures } = stack;
    for (let i = 0; i < count; i++) {
      const at = META * ++stack.fp;
      meta[at] = stack.pc;
      meta[at + 1] = stack.base;
      meta[at + 2] = stack.sp;
      closures[stack.fp] = stack.closure;
      stack.closure = this.#closures[this.#first + i] as Closure;
      stack.base = this.#start(i) + up;
      stack.pc = this.pcAt(i);
      stack.sp = this.#end(i) + up;
    }
    this.#restoreObjects(stack, start, end, bottom);
    this.forget(0);
  }

  #restoreObjects(stack: FramedStack, start: number, end: number, bottom: number): void {
    const { words, refs } = this.#slots;
    for (let slot = start; slot < end; slot++) {
      const tag = words[2 * slot + 1];
      if (tag !== TAG_REFERENCE && tag !== TAG_NAME) continue;
      const value = refs[slot];
      if (value instanceof Cell) stack.reopen(value, bottom + slot - start);
      else stack.refs[bottom + slot - start] = value;
    }
  }

  #start(index: number): number {
    return this.#layout[FRAME * (this.#first + index)] as number;
  }

  #end(index: number): number {
    return this.#layout[FRAME * (this.#first + index) + 1] as number;
  }

  codeAt(index: number): Code {
    return (this.#closures[this.#first + index] as Closure).code;
  }

  pcAt(index: number): number {
    return this.#layout[FRAME * (this.#first + index) + 2] as number;
  }

  operandAt(index: number, operand: number): Captured {
    return this.#slots.take(this.#start(index) + this.codeAt(index).slots + operand);
  }

  frameAt(index: number): HeapFrame {
    const start = this.#start(index);
    const closure = this.#closures[this.#first + index] as Closure;
    return new HeapFrame(closure, this.pcAt(index), this.#slots.takeMany(start, this.#end(index) - start));
  }

  from(start: number): StackBlock {
    return this.#part(this.#first + start, this.count - start);
  }

  outermost(count: number): StackBlock {
    const { words, refs } = this.#slots;
    const first = this.#first;
    const end = this.#end(count - 1);
    const weight = this.weight - this.#weightFrom(count);
    if (this.continued) {
      const part = this.#part(first, count);
      part.weight = weight;
      return part;
    }
    if (first > 0 || SPARSE * end > refs.length) {
      this.count = count;
      this.weight = weight;
      return this;
    }
    const slots = new Slots(words.slice(0, 2 * end), refs.slice(0, end));
    const arrays = { slots, closures: this.#closures.slice(0, count), layout: this.#layout.slice(0, FRAME * count) };
    const block = new StackBlock(arrays, 0, count);
    block.weight = weight;
    return block;
  }

  forget(start: number): void {
    if (!this.continued) this.#slots.refs.fill(null, this.#start(start), this.#end(this.count - 1));
  }

  #part(first: number, count: number): StackBlock {
    const arrays = { slots: this.#slots, closures: this.#closures, layout: this.#layout };
    const part = new StackBlock(arrays, first, count);
    part.continued = this.continued;
    return part;
  }

  shareVariables(): void {
    for (let i = 0; i < this.count; i++) {
      const { slotAssigned } = this.codeAt(i);
      const start = this.#start(i);
      for (let slot = slotAssigned.indexOf(true); slot >= 0; slot = slotAssigned.indexOf(true, slot + 1)) {
        this.#share(start + slot);
      }
    }
  }

  #share(slot: number): void {
    const value: Captured = this.#slots.take(slot);
    if (!(value instanceof Cell)) putCell(this.#slots, slot, new Cell(value, -1, null));
  }
}

/** A cell stands for its variable. */
function putCell({ words, refs }: Slots, slot: number, cell: Cell): void {
  words[2 * slot + 1] = TAG_REFERENCE;
  refs[slot] = cell;
}
