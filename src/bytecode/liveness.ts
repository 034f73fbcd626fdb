/**
 * What an instruction reads and assigns of its frame's variables: the rule by which both tiers find out which ones are
 * still live.
 */
import { Code } from "./code.ts";
import { type Instruction, INSTRUCTIONS } from "./instructions.ts";

/** Makes the variables that are live after the instruction at `pc`, 1 by slot, those that are live before it. */
export function liveBackwards(code: Code, pc: number, live: Uint8Array): void {
  const row = INSTRUCTIONS[code.words[pc] ?? -1] as Instruction;
  const operand = (kind: Instruction["operands"][number]): number =>
    code.words[pc + 1 + row.operands.indexOf(kind)] as number;
  const capture = (): void => {
    const inner = code.constants[operand("code")];
    if (!(inner instanceof Code)) return;
    for (const { from, index } of inner.captures) if (from === "slot") live[index] = 1;
  };
  switch (row.name) {
    case "GET_LOCAL":
      live[operand("slot")] = 1;
      break;
    case "SET_LOCAL": {
      // A shared variable is assigned in its cell, which must be there.
      const slot = operand("slot");
      live[slot] = code.slotShared[slot] === true ? 1 : 0;
      break;
    }
    case "FRESH":
      live[operand("slot")] = 0;
      break;
    case "CLOSURE":
      capture();
      break;
    case "RECAPTURE":
      capture();
      live[operand("slot")] = 1;
      break;
  }
}
