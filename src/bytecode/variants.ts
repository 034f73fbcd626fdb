/**
 * Variants: opcodes of the dispatch loop alone, each overlaid on the first word of the base sequence it stands for.
 * Which pay is measured by `bench/ablation.ts`.
 */
import type { Intrinsic } from "../core/mod.ts";
import type { GlobalCell } from "../globals/mod.ts";
import type { Code } from "./code.ts";
import { type Instruction, instruction, INSTRUCTIONS, OP } from "./instructions.ts";

/** A variant and the base instructions it replaces. */
export interface Variant {
  readonly name: string;
  readonly opcode: number;
  readonly sequence: readonly string[];
  /** Operand words that must hold these values for the variant to apply, by offset from the first opcode. */
  readonly requires: Readonly<Record<number, number>>;
  /** Words of the whole sequence. */
  readonly width: number;
  /** Which off switch it belongs to. */
  readonly group: "slots" | "fused";
}

const COMPARISONS = ["EQUAL", "LESS", "GREATER", "LESS_OR_EQUAL", "GREATER_OR_EQUAL"];

/** Name of a branch and its instructions. */
const BRANCHES: readonly (readonly [string, ...string[]])[] = [
  ["BRANCH", "JUMP_IF_FALSE"],
  ["INVERSE", "JUMP_IF_TRUE"],
  ["NOT_BRANCH", "NOT", "JUMP_IF_FALSE"],
];

type Row = readonly [
  name: string,
  group: Variant["group"],
  sequence: readonly string[],
  requires?: Readonly<Record<number, number>>,
];

const rows: readonly Row[] = [
  ...[0, 1, 2, 3].map((slot): Row => [`GET_LOCAL_${slot}`, "slots", ["GET_LOCAL"], { 1: slot }]),
  ...COMPARISONS.flatMap((compare): Row[] =>
    BRANCHES.flatMap(([branch, ...rest]): Row[] => [
      [`${compare}_LOCAL_LOCAL_${branch}`, "fused", ["GET_LOCAL", "GET_LOCAL", compare, ...rest]],
      [`${compare}_LOCAL_INTEGER_${branch}`, "fused", ["GET_LOCAL", "INTEGER", compare, ...rest]],
      [`${compare}_${branch}`, "fused", [compare, ...rest]],
    ])
  ),
  ["NOT_BRANCH", "fused", ["NOT", "JUMP_IF_FALSE"]],
  ["IS_NULL_LOCAL_BRANCH", "fused", ["GET_LOCAL", "IS_NULL", "JUMP_IF_FALSE"]],
  ["ADD_LOCAL_INTEGER_TO_LOCAL", "fused", ["GET_LOCAL", "INTEGER", "ADD", "SET_LOCAL"]],
  ["SUBTRACT_LOCAL_INTEGER_TO_LOCAL", "fused", ["GET_LOCAL", "INTEGER", "SUBTRACT", "SET_LOCAL"]],
  ["ADD_LOCAL_INTEGER", "fused", ["GET_LOCAL", "INTEGER", "ADD"]],
  ["SUBTRACT_LOCAL_INTEGER", "fused", ["GET_LOCAL", "INTEGER", "SUBTRACT"]],
  ["ADD_LOCAL_LOCAL", "fused", ["GET_LOCAL", "GET_LOCAL", "ADD"]],
  ["CAR_LOCAL", "fused", ["GET_LOCAL", "CAR"]],
  ["CDR_LOCAL", "fused", ["GET_LOCAL", "CDR"]],
  ["RETURN_LOCAL", "fused", ["GET_LOCAL", "RETURN"]],
  ["CALL_GLOBAL_1", "fused", ["CALL_GLOBAL"], { 2: 1 }],
  ["CALL_GLOBAL_2", "fused", ["CALL_GLOBAL"], { 2: 2 }],
  ["CALL_GLOBAL_3", "fused", ["CALL_GLOBAL"], { 2: 3 }],
  // With the arguments moved one by one, and a shorter entry: tak on JSC 54.0 → 45.0 ms, on V8 50.6 → 51.2, fib within
  // 5 % on both (least of 2-3 processes, on a busy machine). A pair of GET_LOCALs at once was tried: tak on V8
  // 51.2 → 47.6, on JSC 45.0 → 47.4, fib no better; not kept, because it does not pay on both.
  ["TAIL_CALL_GLOBAL_1", "fused", ["TAIL_CALL_GLOBAL"], { 2: 1 }],
  ["TAIL_CALL_GLOBAL_2", "fused", ["TAIL_CALL_GLOBAL"], { 2: 2 }],
  ["TAIL_CALL_GLOBAL_3", "fused", ["TAIL_CALL_GLOBAL"], { 2: 3 }],
];

/** All variants, longest sequences first: the first that matches is taken. */
export const VARIANTS: readonly Variant[] = [...rows]
  .sort((a, b) => b[2].length - a[2].length)
  .map(([name, group, sequence, requires = {}], index) => ({
    name,
    opcode: INSTRUCTIONS.length + index,
    sequence,
    requires,
    width: sequence.reduce((sum, base) => sum + instruction(base).width, 0),
    group,
  }));

/** Opcode of a base instruction or variant → opcode of the base instruction that stands there. */
export const BASE_OPCODE: Uint8Array = Uint8Array.from([
  ...INSTRUCTIONS.map((row) => row.opcode),
  ...VARIANTS.map((variant) => instruction(variant.sequence[0] ?? "").opcode),
]);

/** Opcode of a base instruction → the variants that begin with it. Not by `Map.groupBy`, which Node 20 does not have. */
const byFirst: ReadonlyMap<number, readonly Variant[]> = ((): Map<number, Variant[]> => {
  const found = new Map(INSTRUCTIONS.map((row): [number, Variant[]] => [row.opcode, []]));
  for (const variant of VARIANTS) found.get(instruction(variant.sequence[0] ?? "").opcode)?.push(variant);
  return found;
})();

/** Overlays variants of the given groups on `words`, in place. */
export function overlay(words: Int32Array, groups: ReadonlySet<Variant["group"]>): void {
  for (let pc = 0; pc < words.length;) {
    const base = INSTRUCTIONS[words[pc] ?? 0];
    if (base === undefined) throw new RangeError(`no instruction ${words[pc]}`);
    const variant = byFirst.get(base.opcode)?.find((v) => groups.has(v.group) && matches(words, pc, v));
    if (variant !== undefined) words[pc] = variant.opcode;
    pc += base.width;
  }
}

function matches(words: Int32Array, pc: number, variant: Variant): boolean {
  let at = pc;
  for (const name of variant.sequence) {
    const base = instruction(name);
    if (words[at] !== base.opcode) return false;
    at += base.width;
  }
  return Object.entries(variant.requires).every(([offset, value]) => words[pc + Number(offset)] === value);
}

/** The instruction at every place of `code` where one starts. */
function* instructions(code: Code): IterableIterator<readonly [pc: number, row: Instruction]> {
  for (let pc = 0; pc < code.words.length;) {
    const row = INSTRUCTIONS[code.words[pc] ?? -1];
    if (row === undefined) throw new RangeError(`no instruction at ${pc}`);
    yield [pc, row];
    pc += row.width;
  }
}

/** The intrinsics that `code` performs, redefined ones too. */
export function intrinsicsOf(code: Code): Set<Intrinsic> {
  const found = new Set<Intrinsic>();
  for (const [, { intrinsic }] of instructions(code)) if (intrinsic !== null) found.add(intrinsic);
  return found;
}

/**
 * An intrinsic means what the global `cell` holds: wherever `code` performs it, the dispatch loop calls that from now
 * on, in activations that are running, too. Returns whether it does anywhere.
 */
export function redefine(code: Code, intrinsic: Intrinsic, cell: GlobalCell): boolean {
  const redefined = new Map(code.redefined);
  let found = false;
  for (const [pc, row] of instructions(code)) {
    if (row.intrinsic !== intrinsic) continue;
    redefined.set(pc, cell);
    found = true;
  }
  if (!found) return false;
  code.redefined = redefined;
  code.variantWords.set(code.words);
  for (const pc of redefined.keys()) code.variantWords[pc] = OP.REDEFINED;
  return true;
}
