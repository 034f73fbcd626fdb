/** Tail calls of a function to itself, which compiled code turns into jumps to its start. */
import { Closure, type Code } from "../bytecode/mod.ts";
import type { GlobalCell } from "../globals/mod.ts";
import type { IsSelfCall } from "./graph.ts";
import { operandOf } from "./instructions.ts";
import { MOST_CHANGES, type Unit } from "./unit.ts";

/** A tail call of the function to itself starts it again. */
export function selfCalls(code: Code, unit: Unit): IsSelfCall {
  return (at) => {
    if (code.exact < 0 || !at.row.operands.includes("count") || operandOf(at, "count") !== code.exact) return false;
    if (at.row.name === "TAIL_CALL_SELF") return true;
    if (at.row.name !== "TAIL_CALL_GLOBAL" || code.captures.length > 0) return false;
    const cell = code.constants[operandOf(at, "cell")] as GlobalCell;
    const same = cell.value instanceof Closure && cell.value.code === code && cell.changes < MOST_CHANGES;
    if (same) unit.cells.add(cell);
    return same;
  };
}
