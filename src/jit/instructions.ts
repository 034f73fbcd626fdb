/** Code as a list of decoded instructions, the form in which the second tier reads it. */
import { type Code, type Instruction, INSTRUCTIONS } from "../bytecode/mod.ts";
import type { GlobalCell } from "../globals/mod.ts";

/** One decoded instruction. */
export interface Decoded {
  readonly pc: number;
  /** The pc after it. */
  readonly next: number;
  readonly row: Instruction;
  readonly operands: readonly number[];
  /** The global that it is a call of, where its intrinsic was redefined. */
  readonly redefined: GlobalCell | null;
}

/** All instructions of the code, in order. */
export function decode(code: Code): Decoded[] {
  const result: Decoded[] = [];
  for (let pc = 0; pc < code.words.length;) {
    const row = INSTRUCTIONS[code.words[pc] ?? -1];
    if (row === undefined) throw new RangeError(`no instruction at ${pc}`);
    const operands = [...code.words.subarray(pc + 1, pc + row.width)];
    result.push({ pc, next: pc + row.width, row, operands, redefined: code.redefined?.get(pc) ?? null });
    pc += row.width;
  }
  return result;
}

/** The operand of the given kind. The table says that there is one. */
export function operandOf(at: Decoded, kind: Instruction["operands"][number]): number {
  return at.operands[at.row.operands.indexOf(kind)] ?? 0;
}
