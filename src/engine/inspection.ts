/**
 * A compiled program taken apart: what it defines, and all of its functions. Runs nothing.
 */
import { Code, INSTRUCTIONS, OP } from "../bytecode/mod.ts";
import { GlobalCell } from "../globals/mod.ts";

/** Calls `bind` for every global that the unit defines, without more ado, as a function. */
export function eachDefinition(unit: Code, bind: (cell: GlobalCell, code: Code) => void): void {
  const { words, constants } = unit;
  let closed: Code | null = null;
  for (let pc = 0; pc < words.length; pc += INSTRUCTIONS[words[pc] ?? 0]?.width ?? 1) {
    const constant = constants[words[pc + 1] ?? -1];
    if (words[pc] === OP.DEFINE_GLOBAL && closed !== null && constant instanceof GlobalCell) bind(constant, closed);
    closed = words[pc] === OP.CLOSURE && constant instanceof Code && constant.captures.length === 0 ? constant : null;
  }
}

/** The code itself and that of the functions inside it, in the order of the text. */
export function* nested(code: Code): Generator<Code> {
  yield code;
  for (const constant of code.constants) if (constant instanceof Code) yield* nested(constant);
}
