/**
 * The instruction set: one table that the emitter, verifier, disassembler, dispatch loop and second tier are driven by.
 *
 * Code is an array of 32-bit words: an opcode followed by its operands. `slot` is a variable of the frame; the operand
 * stack lies above the variables. Notation of effects: `a b → c`, top of stack on the right.
 *
 * A *variant* (a fused form, a form for one slot) overlays the first opcode of a sequence of base instructions and
 * leaves all their operands in place: the rest of the sequence is still there, so a jump into it, a failing fast path
 * and the redefinition of a builtin all simply run the base instructions. Everything but the dispatch loop sees only
 * base instructions.
 */
import { type Intrinsic, INTRINSICS } from "../core/mod.ts";

/** What an operand word means. */
export type OperandKind =
  /** A variable of this frame. */
  | "slot"
  /** An index into the closure's captures. */
  | "capture"
  /** An index into the constants: any value. */
  | "constant"
  /** An index into the constants: a global cell. */
  | "cell"
  /** An index into the constants: the code of an inner function. */
  | "code"
  /** An index into the constants: a builtin. */
  | "builtin"
  /** A small integer, itself. */
  | "integer"
  /** A number of arguments. */
  | "count"
  /** A byte of the code's type feedback. */
  | "feedback"
  /** An absolute position in the code. */
  | "target";

/** What control does after the instruction. */
export type Flow = "next" | "jump" | "branch" | "loop" | "return" | "throw" | "try";

/** One instruction. */
export interface Instruction {
  readonly name: string;
  readonly opcode: number;
  readonly operands: readonly OperandKind[];
  /** Values taken from the operand stack; `count` operands are added to it. */
  readonly pops: number;
  readonly pushes: number;
  readonly flow: Flow;
  /** It may run other Sema code, hence unwind, suspend or throw. */
  readonly calls: boolean;
  /** It may throw. */
  readonly throws: boolean;
  readonly doc: string;
  /** Words including the opcode. */
  readonly width: number;
  /** The intrinsic that it performs. */
  readonly intrinsic: Intrinsic | null;
}

type Row = readonly [
  name: string,
  operands: readonly OperandKind[],
  pops: number,
  pushes: number,
  flow: Flow,
  may: "" | "throw" | "call",
  doc: string,
];

const PLAIN: readonly Row[] = [
  ["CONSTANT", ["constant"], 0, 1, "next", "", "→ constants[k]"],
  ["INTEGER", ["integer"], 0, 1, "next", "", "→ n"],
  ["NIL", [], 0, 1, "next", "", "→ nil"],
  ["TRUE", [], 0, 1, "next", "", "→ #t"],
  ["FALSE", [], 0, 1, "next", "", "→ #f"],
  ["POP", [], 1, 0, "next", "", "a →"],
  ["DUP", [], 1, 2, "next", "", "a → a a"],
  ["GET_LOCAL", ["slot"], 0, 1, "next", "", "→ slot"],
  ["SET_LOCAL", ["slot"], 1, 0, "next", "", "a →; slot = a"],
  ["FRESH", ["slot"], 0, 0, "next", "", "the slot becomes a new variable: closures keep the old one"],
  ["GET_CAPTURE", ["capture"], 0, 1, "next", "", "→ the captured value"],
  ["GET_SHARED", ["capture"], 0, 1, "next", "", "→ the value in the captured cell"],
  ["SET_SHARED", ["capture"], 1, 0, "next", "", "a →; captured cell = a"],
  ["SELF", [], 0, 1, "next", "", "→ the running closure"],
  ["GET_GLOBAL", ["cell"], 0, 1, "next", "throw", "→ value of the global; unbound is an error"],
  ["SET_GLOBAL", ["cell"], 1, 1, "next", "call", "a → a; global = a, created when there is none"],
  ["DEFINE_GLOBAL", ["cell"], 1, 1, "next", "call", "a → nil; global = a"],
  ["CLOSURE", ["code"], 0, 1, "next", "", "→ a new closure over this frame"],
  [
    "RECAPTURE",
    ["slot", "code"],
    0,
    0,
    "next",
    "",
    "fills the captures of the closure in the slot again, now that its siblings exist",
  ],
  ["JUMP", ["target"], 0, 0, "jump", "", "pc = target"],
  ["JUMP_IF_FALSE", ["target"], 1, 0, "branch", "", "a →; if a is false pc = target"],
  ["JUMP_IF_TRUE", ["target"], 1, 0, "branch", "", "a →; if a is true pc = target"],
  ["LOOP", ["target"], 0, 0, "loop", "throw", "pc = target, backwards; counts towards compilation and limits"],
  ["CALL", ["count"], 1, 1, "next", "call", "f a… → (f a…)"],
  ["CALL_GLOBAL", ["cell", "count"], 0, 1, "next", "call", "a… → (global a…)"],
  ["CALL_SELF", ["count"], 0, 1, "next", "call", "a… → (self a…)"],
  ["TAIL_CALL", ["count"], 1, 0, "return", "call", "f a… →; returns (f a…), this frame gone"],
  ["TAIL_CALL_GLOBAL", ["cell", "count"], 0, 0, "return", "call", "a… →; returns (global a…), this frame gone"],
  ["TAIL_CALL_SELF", ["count"], 0, 0, "return", "call", "a… →; returns (self a…), this frame gone"],
  ["APPLY", [], 2, 1, "next", "call", "f list → (f element…)"],
  ["TAIL_APPLY", [], 2, 0, "return", "call", "f list →; returns (f element…), this frame gone"],
  ["BUILTIN", ["builtin", "count"], 0, 1, "next", "throw", "a… → builtin(a…), whatever the global of that name"],
  ["AWAIT", [], 1, 1, "next", "call", "promise → its value, suspending until there is one"],
  ["RETURN", [], 1, 0, "return", "", "a →; returns a"],
  ["THROW", [], 1, 0, "throw", "throw", "a →; raises a"],
  [
    "TRY",
    ["target", "target"],
    0,
    0,
    "try",
    "",
    "up to END_TRY errors go to the first target, error map pushed; the second is what follows",
  ],
  ["END_TRY", ["target"], 0, 0, "jump", "", "leaves the innermost TRY; pc = target"],
  [
    "REDEFINED",
    ["feedback"],
    0,
    0,
    "next",
    "call",
    "stands for an intrinsic whose global was redefined: calls the global instead",
  ],
];

function intrinsicRows(): Row[] {
  return Object.keys(INTRINSICS).map((key) => {
    const [name, count] = INTRINSICS[key as Intrinsic];
    const operands = count === 1 ? "a" : "a b";
    return [
      screaming(key),
      ["feedback"],
      count,
      1,
      "next",
      "throw",
      `${operands} → (${name} ${operands})`,
    ];
  });
}

function screaming(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** All base instructions, by opcode. */
export const INSTRUCTIONS: readonly Instruction[] = [...PLAIN, ...intrinsicRows()].map(
  ([name, operands, pops, pushes, flow, may, doc], opcode) => ({
    name,
    opcode,
    operands,
    pops,
    pushes,
    flow,
    calls: may === "call",
    throws: may !== "",
    doc,
    width: operands.length + 1,
    intrinsic: opcode < PLAIN.length ? null : Object.keys(INTRINSICS)[opcode - PLAIN.length] as Intrinsic,
  }),
);

const byName: ReadonlyMap<string, Instruction> = new Map(INSTRUCTIONS.map((row) => [row.name, row]));

/** The base instruction called `name`. Throws when there is none. */
export function instruction(name: string): Instruction {
  const found = byName.get(name);
  if (found === undefined) throw new RangeError(`no instruction ${name}`);
  return found;
}

/** The opcode of the instruction that performs an intrinsic. */
export function intrinsicOpcode(key: Intrinsic): number {
  return instruction(screaming(key)).opcode;
}

/** Opcodes of the plain instructions, for code that emits or matches them. */
export const OP: Readonly<Record<PlainName, number>> = Object.fromEntries(
  INSTRUCTIONS.map((row) => [row.name, row.opcode]),
) as Record<PlainName, number>;

/** The name of an instruction that is not an intrinsic. */
export type PlainName =
  | "CONSTANT"
  | "INTEGER"
  | "NIL"
  | "TRUE"
  | "FALSE"
  | "POP"
  | "DUP"
  | "GET_LOCAL"
  | "SET_LOCAL"
  | "FRESH"
  | "GET_CAPTURE"
  | "GET_SHARED"
  | "SET_SHARED"
  | "SELF"
  | "GET_GLOBAL"
  | "SET_GLOBAL"
  | "DEFINE_GLOBAL"
  | "CLOSURE"
  | "RECAPTURE"
  | "JUMP"
  | "JUMP_IF_FALSE"
  | "JUMP_IF_TRUE"
  | "LOOP"
  | "CALL"
  | "CALL_GLOBAL"
  | "CALL_SELF"
  | "TAIL_CALL"
  | "TAIL_CALL_GLOBAL"
  | "TAIL_CALL_SELF"
  | "APPLY"
  | "TAIL_APPLY"
  | "BUILTIN"
  | "AWAIT"
  | "RETURN"
  | "THROW"
  | "TRY"
  | "END_TRY"
  | "REDEFINED";
