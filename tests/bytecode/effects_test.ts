/** What the dispatch loop does against what the table says: stack effects, and variants against their base sequences. */
import { describe, it } from "node:test";
import { Builtin, many, one } from "../../src/builtins/declare.ts";
import { type Constant, instruction, INSTRUCTIONS, type OperandKind, VARIANTS } from "../../src/bytecode/mod.ts";
import { assertEquals } from "../../src/compat/assert.ts";
import { Flonum, intern, listFrom, MutableArray, repr, SortedMap, type Value } from "../../src/data/mod.ts";
import { GlobalCell } from "../../src/globals/mod.ts";
import { verify } from "../../src/verify/mod.ts";
import { assemble, type Line, outcome } from "../assembler.ts";

const SAME = new Builtin(one("same", "Its argument.", (a) => a));
const LIST = new Builtin(many("list", 0, 9, "A list of its arguments.", (args) => listFrom(args)));
/** Lies below the operands and must come out again. */
const BOTTOM = 4242;

/** Arguments that an intrinsic accepts, where two small integers are not what it wants. */
const ARGUMENTS: Readonly<Record<string, readonly Value[]>> = {
  CONS: [1, listFrom([2])],
  CAR: [listFrom([1])],
  CDR: [listFrom([1])],
  FIRST: [listFrom([1])],
  REST: [listFrom([1])],
  LENGTH: [listFrom([1])],
  STRING_LENGTH: ["text"],
  APPEND: [listFrom([1]), listFrom([2])],
  GET: [SortedMap.EMPTY, 0],
  CONTAINS: [SortedMap.EMPTY, 0],
  ARRAY_GET: [new MutableArray([7]), 0],
  NTH: [listFrom([5]), 0],
  STRING_REF: ["text", 0],
  CALL: [SAME, 1],
  APPLY: [SAME, listFrom([1])],
  CALL_GLOBAL: [7],
  BUILTIN: [7],
};

/** Rows that need a frame or a caller of their own. */
const ELSEWHERE = new Set([
  "GET_CAPTURE",
  "GET_SHARED",
  "SET_SHARED",
  "CLOSURE",
  "RECAPTURE",
  "CALL_SELF",
  "REDEFINED",
]);

describe("the dispatch loop", () => {
  for (const row of INSTRUCTIONS.filter(({ name, flow }) => flow === "next" && !ELSEWHERE.has(name))) {
    it(`leaves the stack after ${row.name} as high as the table says`, () => {
      const count = row.operands.includes("count") ? 1 : 0;
      const args = ARGUMENTS[row.name] ?? Array.from({ length: row.pops + count }, (_, i) => 9 - i);
      const constants: Constant[] = ["a constant", new GlobalCell(intern("same"), SAME), SAME, ...args];
      const operand: Partial<Record<OperandKind, number>> = { cell: 1, builtin: 2, count };
      const code = assemble([
        ["INTEGER", BOTTOM],
        ...args.map((_, i): Line => ["CONSTANT", 3 + i]),
        [row.name, ...row.operands.map((kind) => operand[kind] ?? 0)],
        ...Array.from({ length: row.pushes }, (): Line => ["POP"]),
        ["RETURN"],
      ], { constants });
      verify(code);
      assertEquals(outcome(code), String(BOTTOM));
    });
  }
});

/** Values of every class that a fast path tells apart. */
const OPERANDS: readonly (readonly Value[])[] = [
  [3, 4],
  [4, 3],
  [3, 3],
  [2 ** 31 - 1, 2 ** 31 - 1],
  [-(2 ** 31), 1],
  [2 ** 40, 2],
  [1.5, 2.5],
  [new Flonum(2), 2],
  [2, new Flonum(2)],
  [NaN, NaN],
  [0, new Flonum(-0)],
  [10n ** 20n, 1],
  [listFrom([1, 2]), listFrom([])],
  [listFrom([]), listFrom([1])],
  [null, false],
  [true, null],
  ["text", 1],
];

describe("variants", () => {
  for (const variant of VARIANTS) {
    it(`${variant.name} does what its instructions do`, () => {
      const rows = variant.sequence.map(instruction);
      let slot = 0;
      let offset = 0;
      let height = 0;
      let lowest = 0;
      const sequence = rows.map((row): Line => {
        const operands = row.operands.map((kind, i): number | string => {
          const required = variant.requires[offset + 1 + i];
          if (required !== undefined) return required;
          if (kind === "target") return "elsewhere";
          if (kind === "slot") return row.name === "SET_LOCAL" ? 2 : slot++;
          if (kind === "integer") return 3;
          return 0;
        });
        const counted = row.name.endsWith("CALL_GLOBAL") ? Number(operands[1]) : 0;
        lowest = Math.min(lowest, height - row.pops - counted);
        height += row.pushes - row.pops - counted;
        offset += row.width;
        return [row.name, ...operands];
      });
      const below = Array.from({ length: -lowest }, (_, i): Line => ["GET_LOCAL", i % 2]);
      const leaves = rows.at(-1)?.flow === "return";
      const end: Line[] = leaves
        ? []
        : height - lowest > 0
        ? [["CALL_GLOBAL", 0, height - lowest], ["RETURN"]]
        : [["GET_LOCAL", 2], ["RETURN"], "elsewhere", ["INTEGER", -1], ["RETURN"]];
      const frame = { parameters: 2, slots: 4, constants: [new GlobalCell(intern("list"), LIST)] };
      const plain = assemble([...below, ...sequence, ...end], frame);
      const varied = assemble([...below, ...sequence, ...end], { ...frame, variants: [variant.group] });
      verify(plain);
      assertEquals(varied.variantWords.includes(variant.opcode), true, "the variant is not taken");
      for (const args of OPERANDS) {
        assertEquals(outcome(varied, args), outcome(plain, args), args.map((arg) => repr(arg)).join(" "));
      }
    });
  }
});
