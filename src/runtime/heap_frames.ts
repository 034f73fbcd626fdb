/**
 * Activations that are on no stack: one for itself, or a block of the interpreter's as they lay on its stack. Linked, the
 * innermost first, they are what a task has still to finish. What a link leads to never changes, so that continuations
 * share it; only variables that are assigned move to cells once a continuation holds their frame.
 */
import type { Captured, Closure, Code } from "../bytecode/mod.ts";
import { PROGRAM, type Role, roleOf, weightOf } from "./weights.ts";

/** One frame or several. */
export type HeapFrames = HeapFrame | FrameBlock;

/**
 * An activation that goes on at `pc` when a value for its pending call is pushed on top of `slots` (variables, then
 * operands). A shared variable stands there as its closed cell.
 */
export class HeapFrame {
  readonly closure: Closure;
  readonly pc: number;
  readonly slots: (Captured | undefined)[];
  /** What waits for this one's result. Set once, when the stack is put on the heap. */
  below: HeapFrames | null = null;
  /** What it is to the limit of depth. */
  role: Role = PROGRAM;
  /** A continuation holds it: variables that its function assigns are in cells. */
  continued = false;

  constructor(closure: Closure, pc: number, slots: (Captured | undefined)[]) {
    this.closure = closure;
    this.pc = pc;
    this.slots = slots;
  }

  /** Active calls that it counts as. */
  get weight(): number {
    return weightOf(this.closure.code, this.role, this.slots.length);
  }

  /** The code of the innermost frame. */
  get code(): Code {
    return this.closure.code;
  }

  /** Links it to what is below. */
  settle(below: HeapFrames | null): void {
    this.below = below;
    this.role = roleOf(this.closure.code, below?.role ?? PROGRAM, below?.code ?? null);
  }
}

/**
 * Activations of the interpreter that were moved to the heap together: copying a stretch of its stack takes a fifth of
 * the time that as many frames of their own take, most of it the collector's. Frames are numbered from the outermost.
 */
export abstract class FrameBlock {
  /** What waits for the outermost frame's result. Set once. */
  below: HeapFrames | null = null;
  /** A continuation holds it. */
  continued = false;
  /** How many frames these are; at least one. */
  abstract readonly count: number;
  /** Active calls that they count as. */
  abstract readonly weight: number;
  /** What the innermost is. */
  abstract readonly role: Role;

  /** Links them to what is below. */
  abstract settle(below: HeapFrames | null): void;
  /** The code of the innermost frame. */
  get code(): Code {
    return this.codeAt(this.count - 1);
  }

  /** The code of a frame. */
  abstract codeAt(index: number): Code;
  /** Where a frame goes on. */
  abstract pcAt(index: number): number;
  /** An operand of a frame. */
  abstract operandAt(index: number, operand: number): Captured;
  /** A frame by itself, linked to nothing. */
  abstract frameAt(index: number): HeapFrame;
  /** The frames from number `start` on, linked to nothing. */
  abstract from(start: number): FrameBlock;
  /** The `count` outermost frames alone, to be linked anew: the block itself, shortened, unless a continuation holds it. */
  abstract outermost(count: number): FrameBlock;
  /** Frames from number `start` on are of no use any more, unless a continuation holds them: lets go of their values. */
  abstract forget(start: number): void;
  /** Moves variables that are assigned to cells. */
  abstract shareVariables(): void;
}
