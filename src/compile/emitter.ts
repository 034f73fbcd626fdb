/**
 * Writes instructions: words, labels, constants, positions and the height of the operand stack. Knows nothing of core
 * forms.
 */
import type { Builtin } from "../builtins/declare.ts";
import { type Handler, type Instruction, INSTRUCTIONS, type LoopFrame } from "../bytecode/mod.ts";
import type { Constant } from "../bytecode/mod.ts";
import type { Position } from "../core/mod.ts";

/** A place in the code that jumps name before it is known. */
export interface Label {
  pc: number;
  /** Height of the operand stack there; -1 until a jump or fall-through tells. */
  height: number;
  /** Operand words to fill in. */
  readonly uses: number[];
}

/** One function's instructions while they are being written. */
export class Emitter {
  readonly words: number[] = [];
  readonly constants: Constant[] = [];
  readonly handlers: Handler[] = [];
  readonly loops: LoopFrame[] = [];
  readonly positionPcs: number[] = [];
  readonly positions: (Position | null)[] = [];
  feedbackSites = 0;
  /** Height of the operand stack at the current place; -1 where control does not come. */
  height = 0;
  maxStack = 0;
  readonly #constantIndex: Map<Constant | Builtin, number> = new Map();

  label(): Label {
    return { pc: -1, height: -1, uses: [] };
  }

  /** Puts the label here. Control may come by falling through or by the jumps made so far. */
  place(label: Label): void {
    label.pc = this.words.length;
    for (const use of label.uses) this.words[use] = label.pc;
    if (this.height < 0) this.height = label.height;
    else label.height = this.height;
  }

  /** Whether control can reach the current place. */
  get reachable(): boolean {
    return this.height >= 0;
  }

  /** Writes one instruction. `position` is recorded when the instruction can fail. */
  emit(opcode: number, operands: readonly (number | Label)[], position: Position | null): void {
    const row = INSTRUCTIONS[opcode];
    if (row === undefined || row.operands.length !== operands.length) throw new RangeError(`bad instruction ${opcode}`);
    if (row.throws) {
      this.positionPcs.push(this.words.length);
      this.positions.push(position);
    }
    this.words.push(opcode);
    const after = this.#effect(row, operands);
    for (const operand of operands) this.#operand(row, operand, after);
    this.height = row.flow === "jump" || row.flow === "return" || row.flow === "throw" || row.flow === "loop"
      ? -1
      : after;
  }

  #effect(row: Instruction, operands: readonly (number | Label)[]): number {
    const count = row.operands.indexOf("count");
    const extra = count < 0 ? 0 : operands[count];
    const after = this.height - row.pops - (typeof extra === "number" ? extra : 0) + row.pushes;
    this.maxStack = Math.max(this.maxStack, after, this.height);
    return after;
  }

  #operand(row: Instruction, operand: number | Label, height: number): void {
    if (typeof operand === "number") {
      this.words.push(operand);
      return;
    }
    if (operand.pc >= 0) {
      this.words.push(operand.pc);
      return;
    }
    operand.uses.push(this.words.length);
    // The handler of a TRY is entered with the error map on top; its height is set by the compiler.
    if (row.flow !== "try") operand.height = height;
    this.words.push(-1);
  }

  /** The index of a constant. */
  constant(value: Constant): number {
    const known = this.#constantIndex.get(value);
    if (known !== undefined) return known;
    const index = this.constants.push(value) - 1;
    this.#constantIndex.set(value, index);
    return index;
  }

  /** A new feedback site. */
  feedback(): number {
    return this.feedbackSites++;
  }
}
