/**
 * Loops whose first test is made in front of them: the header is copied, control comes in through the copy, and the
 * rounds begin behind the test. So a guard in front of the loop is for values that pass the test, where the header itself
 * has seen others (in sieve a square that needs more than 32 bits is beyond the array: 4.4 → 1.9 ms on V8, where hand-
 * written JavaScript takes 1.6).
 */
import type { Draft } from "./graph.ts";
import { operandOf } from "./instructions.ts";

/** Instructions above which a header is not copied. */
const MOST_INSTRUCTIONS = 8;

/** Rotates the loop at `pc` where that is possible. Returns the key of the copy, or that of the header. */
export function rotate(drafts: Map<number, Draft>, pc: number): number {
  const header = drafts.get(pc);
  if (header === undefined || pc <= 0 || !isCopied(header)) return pc;
  const latches = new Set([...drafts].filter(([, draft]) => isLatch(draft, pc)).map(([key]) => key));
  if (!isOneLoop(drafts, pc, header, latches)) return pc;
  const copy = -1 - pc;
  const moved = (to: number): number => to === pc ? copy : to;
  for (const [key, draft] of drafts) {
    if (latches.has(key) || !draft.edges.includes(pc)) continue;
    drafts.set(key, {
      ...draft,
      successors: draft.successors.map(moved),
      edges: draft.edges.map(moved),
      handler: moved(draft.handler),
      after: moved(draft.after),
    });
  }
  drafts.set(copy, header);
  return copy;
}

/** A test that may stand in the text twice: what a call or a closure becomes is kept by its pc. */
function isCopied({ instructions }: Draft): boolean {
  return instructions.length <= MOST_INSTRUCTIONS && instructions.at(-1)?.row.flow === "branch" &&
    instructions.every(({ row }) => !row.calls && !row.operands.includes("code") && !row.operands.includes("builtin"));
}

function isLatch({ instructions }: Draft, pc: number): boolean {
  const last = instructions.at(-1);
  return last?.row.flow === "loop" && operandOf(last, "target") === pc;
}

/** Whether one side of the test leads to the rounds and nothing else does, and the other leads out. */
function isOneLoop(drafts: ReadonlyMap<number, Draft>, pc: number, header: Draft, latches: Set<number>): boolean {
  const inside = header.successors.filter((to) => reaches(drafts, to, pc, latches));
  const [body] = inside;
  if (body === undefined || inside.length !== 1 || body === pc) return false;
  return [...drafts].every(([key, { edges }]) => key === pc || !edges.includes(body));
}

/** Whether control gets from a block to the end of a round without passing the header. */
function reaches(drafts: ReadonlyMap<number, Draft>, from: number, header: number, latches: Set<number>): boolean {
  const seen = new Set([header]);
  const work = [from];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    if (seen.has(at)) continue;
    if (latches.has(at)) return true;
    seen.add(at);
    work.push(...(drafts.get(at)?.edges ?? []));
  }
  return false;
}
