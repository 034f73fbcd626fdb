/**
 * The control-flow graph of one code: basic blocks in reverse postorder, dominators, loop headers and merges.
 *
 * A TRY ends its block; besides the edge into its body it has two that no control takes, to the handler and to what
 * follows, so that both are dominated by the TRY and stand outside the body.
 */
import type { Code } from "../bytecode/mod.ts";
import { decode, type Decoded, operandOf } from "./instructions.ts";
import { rotate } from "./rotation.ts";

/** A basic block. Blocks are numbered in reverse postorder; the entry is block 0. */
export interface Block {
  readonly index: number;
  readonly start: number;
  readonly instructions: readonly Decoded[];
  /** Where control goes: one block after a jump or by falling through; for a branch, the true side first. */
  readonly successors: readonly number[];
  /** The handler and the continuation of a TRY that ends the block (-1: never reached). */
  readonly handler: number;
  readonly after: number;
  readonly predecessors: readonly number[];
  /** The immediate dominator; the entry's is itself. */
  readonly dominator: number;
  /** Some edge into it comes from a block that it dominates. */
  readonly isLoop: boolean;
  /** Two or more edges come into it, back-edges not counted. */
  readonly isMerge: boolean;
}

/** What the builder needs to know about tail calls of the function to itself: they are jumps to its start. */
export type IsSelfCall = (at: Decoded) => boolean;

const NONE: ReadonlySet<number> = new Set();

/** Builds the graph of what is reachable from `entry`, a pc. `rotated`: headers of loops to be tested in front of them. */
export function buildGraph(
  code: Code,
  entry: number,
  isSelfCall: IsSelfCall,
  rotated: ReadonlySet<number> = NONE,
): Block[] {
  const drafts = blocksOf(decode(code), entry, isSelfCall);
  let first = entry;
  for (const pc of rotated) {
    const copy = rotate(drafts, pc);
    if (pc === entry) first = copy;
  }
  const order = reversePostorder(drafts, first);
  const index = new Map(order.map((key, i) => [key, i]));
  const edges = order.map((key) => (drafts.get(key) as Draft).edges.flatMap((to) => index.get(to) ?? []));
  const predecessors: number[][] = order.map(() => []);
  edges.forEach((targets, from) => targets.forEach((to) => predecessors[to]?.push(from)));
  const dominators = dominatorsOf(predecessors);
  const dominates = (a: number, b: number): boolean => isDominated(b, a, (at) => dominators[at] as number);
  return order.map((key, i) => {
    const draft = drafts.get(key) as Draft;
    const before = predecessors[i] as number[];
    return {
      index: i,
      start: (draft.instructions[0] as Decoded).pc,
      instructions: draft.instructions,
      successors: draft.successors.map((to) => index.get(to) as number),
      handler: index.get(draft.handler) ?? -1,
      after: index.get(draft.after) ?? -1,
      predecessors: before,
      dominator: dominators[i] as number,
      isLoop: before.some((from) => dominates(i, from)),
      isMerge: before.filter((from) => !dominates(i, from)).length > 1,
    };
  });
}

/**
 * Whether every edge back leads to a block that dominates where it comes from, as in all graphs that begin where their
 * function does. One that begins at an inner loop may lead into the middle of an outer one, which cannot be structured.
 */
export function isReducible(blocks: readonly Block[]): boolean {
  const dominator = (index: number): number => (blocks[index] as Block).dominator;
  return blocks.every(({ index, predecessors }) =>
    predecessors.every((from) => from < index || isDominated(from, index, dominator))
  );
}

/** Whether every way to a block leads through the block `by`. */
function isDominated(block: number, by: number, dominator: (index: number) => number): boolean {
  let at = block;
  while (at > by) at = dominator(at);
  return at === by;
}

/** A block before it has a number. Its key is the pc where it starts; that of a copy is negative. */
export interface Draft {
  readonly instructions: readonly Decoded[];
  readonly successors: readonly number[];
  readonly handler: number;
  readonly after: number;
  /** Successors and the edges that only dominance sees. */
  readonly edges: readonly number[];
}

function blocksOf(all: readonly Decoded[], entry: number, isSelfCall: IsSelfCall): Map<number, Draft> {
  const leaders = new Set([0, entry]);
  for (const at of all) {
    at.row.operands.forEach((kind, i) => kind === "target" && leaders.add(at.operands[i] as number));
    if (at.row.flow !== "next") leaders.add(at.next);
  }
  const drafts = new Map<number, Draft>();
  let instructions: Decoded[] = [];
  for (const at of all) {
    instructions.push(at);
    if (at.row.flow === "next" && !leaders.has(at.next)) continue;
    const start = (instructions[0] as Decoded).pc;
    drafts.set(start, draft(instructions, at, isSelfCall));
    instructions = [];
  }
  return drafts;
}

function draft(instructions: Decoded[], last: Decoded, isSelfCall: IsSelfCall): Draft {
  const plain = (successors: number[]): Draft => ({
    instructions,
    successors,
    handler: -1,
    after: -1,
    edges: successors,
  });
  switch (last.row.flow) {
    case "next":
      return plain([last.next]);
    case "jump":
    case "loop":
      return plain([operandOf(last, "target")]);
    case "branch": {
      const target = operandOf(last, "target");
      return plain(last.row.name === "JUMP_IF_TRUE" ? [target, last.next] : [last.next, target]);
    }
    case "return":
      return plain(isSelfCall(last) ? [0] : []);
    case "throw":
      return plain([]);
    case "try": {
      const [handler = -1, after = -1] = last.operands;
      return { instructions, successors: [last.next], handler, after, edges: [last.next, handler, after] };
    }
    default:
      return last.row.flow satisfies never;
  }
}

/** Where nothing but a TRY's own edge leads, nothing is generated: a continuation needs an END_TRY or a handler. */
function reversePostorder(drafts: ReadonlyMap<number, Draft>, first: number): number[] {
  const reachable = new Set<number>();
  const work = [first];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    if (reachable.has(at)) continue;
    reachable.add(at);
    const { successors, edges, handler } = drafts.get(at) as Draft;
    work.push(...successors);
    if (edges.includes(handler)) work.push(handler);
  }
  const order: number[] = [];
  const seen = new Set<number>();
  const visit = (key: number): void => {
    seen.add(key);
    // An explicit stack: a function may have thousands of blocks.
    const stack = [{ key, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edges = (drafts.get(top.key) as Draft).edges;
      const to = edges[edges.length - 1 - top.next++];
      if (to === undefined) {
        order.push(top.key);
        stack.pop();
      } else if (reachable.has(to) && !seen.has(to)) {
        seen.add(to);
        stack.push({ key: to, next: 0 });
      }
    }
  };
  visit(first);
  return order.reverse();
}

/** Immediate dominators (Cooper, Harvey, Kennedy, "A simple, fast dominance algorithm", 2001). */
function dominatorsOf(predecessors: readonly (readonly number[])[]): number[] {
  const dominators: number[] = predecessors.map((_, i) => i === 0 ? 0 : -1);
  const meet = (a: number, b: number): number => {
    while (a !== b) {
      if (a > b) a = dominators[a] as number;
      else b = dominators[b] as number;
    }
    return a;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (let i = 1; i < predecessors.length; i++) {
      const known = (predecessors[i] as readonly number[]).filter((p) => dominators[p] !== -1);
      const met = known.reduce(meet);
      if (dominators[i] !== met) {
        dominators[i] = met;
        changed = true;
      }
    }
  }
  return dominators;
}
