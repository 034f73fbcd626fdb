/**
 * Fused groups. `(foldl + 0 (map f (filter p (range n))))` makes two lists only to read them once: here such calls become
 * one loop that makes no list but the last (pipeline 9.0 → 0.36 ms on V8 | 12.6 → 0.28 on JSC, hand-written JavaScript 7.8 |
 * 10.4; string-pipeline 6.1 → 5.6 | 9.8 → 7.2; quicksort, whose filters are groups of one, 7.1 → 5.3 | 7.2 → 5.3,
 * hand-written 6.0 | 6.5; with `list->vector` as its last call, matmul 1.60 → 1.30 | 2.0 → 1.5).
 *
 * A group is a run of calls of functions of the library, each with what the one before it returns as its list
 * (`groups.ts`). It is fused only if nothing that it does can be observed before it ends: its functions are known, all
 * that they do is inlined, and none of it assigns, prints, or calls what is not known to be pure. While that is so any
 * exit from the middle — a guard that fails, an error, the end of a time slice — goes back to where the activation was
 * before the first of the calls, and the interpreter makes all of them again, one after the other: so errors come in
 * their order, and no half-made list has to be rebuilt. What turns out not to be pure while the group is analysed is not
 * fused.
 *
 * The loop is bytecode (`fused_code.ts`), inlined like any other function. `Fused` in a site tells the parts of the
 * translator that what they write is in a group: leaving (`leaving.ts`), sites (`text.ts`), effects (`effect`).
 */
import { type Closure, instruction } from "../bytecode/mod.ts";
import type { Intrinsic } from "../core/mod.ts";
import { fusedCode, intrinsicOf, type Stage } from "./fused_code.ts";
import { type Calls, groupAt } from "./groups.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import { giveUp } from "./inline.ts";
import { Constant } from "./known.ts";
import { leave } from "./leaving.ts";
import type { Operand } from "./operand.ts";
import { type Fused, learned, noted } from "./translation.ts";
import type { Translator } from "./translator.ts";

/** A group that is or may be fused. */
export interface Group {
  readonly callee: Closure;
  readonly fused: Fused;
  readonly operations: readonly (Intrinsic | null)[];
}

/** A tail call of a builtin is a call and a return. */
const CALL = instruction("CALL_GLOBAL");
const RETURN = instruction("RETURN");

/**
 * Writes the group of calls that begins with the instruction `index`, and pushes what it returns. Returns the index of its
 * last call, or -1 where there is no group or it is not fused.
 */
export function fuse(t: Translator, instructions: readonly Decoded[], index: number): number {
  const first = instructions[index] as Decoded;
  if (first.row.name !== "CALL_GLOBAL") return -1;
  const decided = t.groups.get(first.pc);
  if (decided === null || t.misses.has(first.pc)) return -1;
  const calls = groupAt(t, instructions, index);
  if (calls === null || isInTry(t)) return -1;
  if (t.fused?.pure === false) return -1;
  const { stages, last } = calls;
  t.evaluate();
  const stack = [...t.stack];
  const operands = operandsOf(t, first, calls);
  // Its own guesses about the operands of `+` were wrong: then it calls that.
  const plain = t.misses.has(~first.pc);
  const operations = operands.map(([f], i) => plain ? null : operationOf(t, stages[i] as Stage, f));
  if (decided === undefined && !t.analysing) throw new Error("a group is found out after the analysis");
  if (decided === undefined && operands.flat().some((operand) => isImpure(t, operand))) {
    t.groups.set(first.pc, null);
    t.stack = stack;
    return -1;
  }
  const group = decided ?? begin(t, first, stages, operations);
  const same = group.operations.every((operation, i) => operation === operations[i]);
  group.fused.stack = stack;
  const at = instructions[last] as Decoded;
  const returns = at.row.flow === "return";
  if (same && written(t, group, returns ? { ...at, row: CALL } : at, operands.flat())) {
    if (returns) t.shared.translate(t, { ...at, row: RETURN, operands: [] });
    return last;
  }
  // Once without operations in place of functions, and then not at all.
  const again = group.operations.some((operation) => operation !== null);
  const inlined = t.inlined.get(~first.pc);
  if (inlined) giveUp(t.unit, inlined);
  t.inlined.delete(~first.pc);
  t.groups.set(first.pc, again ? begin(t, first, stages, stages.map(() => null)) : null);
  (again || decided !== undefined ? learned : noted)(t.shared);
  t.stack = stack;
  return -1;
}

/** What each call takes; of those that take a list from another, the rest. */
function operandsOf(t: Translator, first: Decoded, { stages, pushes }: Calls): Operand[][] {
  const height = t.stack.length;
  for (const at of pushes.flat()) t.shared.translate(t, at);
  for (let k = Math.max(height, t.code.maxStack + 1); k < t.stack.length; k++) t.auxiliary(t.home(k));
  const pushed = t.stack.splice(height);
  return stages.map((stage, i) => {
    t.stack.push(...pushed.splice(0, (pushes[i] as readonly Decoded[]).length));
    return t.popMany(i === 0 ? operandOf(first, "count") : stage.own);
  });
}

/** The text of the group. False: it is not to be fused after all. */
function written(t: Translator, { fused, callee }: Group, last: Decoded, operands: readonly Operand[]): boolean {
  const isOutermost = t.fused === null;
  if (isOutermost) t.out.push(`$s = ${fused.number};`);
  if (!t.shared.inline(t, last, callee, operands, fused) || !fused.pure) return false;
  if (!isOutermost) return true;
  t.noteSite(last);
  if (!t.analysing) {
    const now = t.stack;
    t.stack = [...fused.stack];
    t.unit.restarts.push(`if ($s === ${fused.number}) ${leave(t, fused.first.pc, "error", null)}`);
    t.stack = now;
  }
  return true;
}

function begin(
  t: Translator,
  first: Decoded,
  stages: readonly Stage[],
  operations: readonly (Intrinsic | null)[],
): Group {
  const callee = fusedCode(stages.map((stage, i) => ({ ...stage, operation: operations[i] ?? null })));
  const fused: Fused = { caller: t, first, stack: [], number: -2 - t.unit.groups++, pure: true };
  const group: Group = { callee, fused, operations };
  t.groups.set(first.pc, group);
  return group;
}

function operationOf(t: Translator, { kind }: Stage, callback: Operand | undefined): Intrinsic | null {
  if (callback === undefined || kind === "range" || kind === "join") return null;
  const known = t.knownOf(callback);
  return known instanceof Constant ? intrinsicOf(known.value, kind === "foldl" || kind === "reduce" ? 2 : 1) : null;
}

function isImpure(t: Translator, operand: Operand): boolean {
  const known = t.knownOf(operand);
  return t.shared.impure.has(known instanceof Constant ? known.value : known);
}

/** A handler would have to be told of an error in a group before the group starts again. */
function isInTry(t: Translator): boolean {
  for (let at: Translator | null = t; at !== null; at = at.site?.parent ?? null) {
    if (at.code.handlers.length > 0) return true;
  }
  return false;
}
