/**
 * What intrinsics do where the dispatch loop's own paths do not fit: operands of other kinds, large results, errors. The
 * loop has none of this in its text, because hosts compile it the later the longer it is.
 */
import { intrinsics } from "../builtins/intrinsics.ts";
import { BASE_OPCODE, type Instruction, INSTRUCTIONS } from "../bytecode/mod.ts";
import type { Arithmetic } from "./arithmetic.ts";

/** Puts the result of an instruction into the slot of its first operand, `a`; `b` is the last. */
type Operation = (m: Arithmetic, a: number, b: number) => void;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  EQUAL: (m, a, b) => m.equal(a, b),
  LESS: (m, a, b) => m.less(a, b),
  GREATER: (m, a, b) => m.greater(a, b),
  LESS_OR_EQUAL: (m, a, b) => m.lessOrEqual(a, b),
  GREATER_OR_EQUAL: (m, a, b) => m.greaterOrEqual(a, b),
  CONS: (m, a, b) => m.put(a, intrinsics.cons(m.take(a), m.take(b))),
  CAR: (m, a) => m.put(a, intrinsics.car(m.take(a))),
  CDR: (m, a) => m.put(a, intrinsics.cdr(m.take(a))),
  FIRST: (m, a) => m.put(a, intrinsics.first(m.take(a))),
  REST: (m, a) => m.put(a, intrinsics.rest(m.take(a))),
  NTH: (m, a, b) => m.put(a, intrinsics.nth(m.take(a), m.take(b))),
  ARRAY_GET: (m, a, b) => m.put(a, intrinsics.arrayGet(m.take(a), m.take(b))),
};

/** Names of the instructions that the loop leaves to these. */
export const LEFT_OVER: ReadonlySet<string> = new Set(Object.keys(OPERATIONS));

/** An operation and what its instruction takes off the stack, by opcode, those of variants included. */
const GENERAL: readonly ({ readonly pops: number; readonly operation: Operation } | undefined)[] = Array.from(
  BASE_OPCODE,
  (opcode) => {
    const { name, pops } = INSTRUCTIONS[opcode] as Instruction;
    const operation = OPERATIONS[name];
    return operation === undefined ? undefined : { pops, operation };
  },
);

/** Performs the instruction with this opcode. Returns by how much the stack is lower then. */
export function perform(m: Arithmetic, opcode: number): number {
  const row = GENERAL[opcode];
  if (row === undefined) throw new Error(`no operation for opcode ${opcode}`);
  row.operation(m, m.sp - row.pops, m.sp - 1);
  return row.pops - 1;
}
