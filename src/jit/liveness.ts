/**
 * Which variables an activation may still read, so that leaving compiled code saves nothing else.
 */
import { type Code, liveBackwards } from "../bytecode/mod.ts";
import type { Block } from "./graph.ts";
import type { Decoded } from "./instructions.ts";

/** A set of slots. */
type Slots = Uint8Array;

/** For each pc, the slots that are live before its instruction. */
export type Liveness = ReadonlyMap<number, Slots>;

/** Backward data flow over the blocks of one graph. */
export function liveness(code: Code, blocks: readonly Block[]): Liveness {
  const entry: Slots[] = blocks.map(() => new Uint8Array(code.slots));
  const result = new Map<number, Slots>();
  // Blocks are in reverse postorder: from the last to the first, only an edge back brings what has not been looked at, and
  // a handler, which may stand anywhere.
  const repeats = blocks.map(({ predecessors }, i) =>
    code.handlers.length > 0 || predecessors.some((from) => from >= i)
  );
  for (let changed = true; changed;) {
    changed = false;
    for (let i = blocks.length - 1; i >= 0; i--) {
      const block = blocks[i] as Block;
      const live = new Uint8Array(code.slots);
      const handlers = handlersOf(code, blocks, block);
      for (const to of block.successors) add(live, entry[to] as Slots);
      for (let k = block.instructions.length - 1; k >= 0; k--) {
        const at = block.instructions[k] as Decoded;
        liveBackwards(code, at.pc, live);
        // Any instruction may fail, and the handler reads what was assigned before it.
        for (const { start, end, index } of handlers) {
          if (start <= at.pc && at.pc < end) add(live, entry[index] as Slots);
        }
        result.set(at.pc, live.slice());
      }
      if (add(entry[i] as Slots, live) && repeats[i] === true) changed = true;
    }
  }
  return result;
}

/** A range of instructions and the block that handles their failures. */
interface Protected {
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

/** The handlers that a failure in this block may reach. */
function handlersOf(code: Code, blocks: readonly Block[], block: Block): Protected[] {
  const last = (block.instructions.at(-1) as Decoded).next;
  return code.handlers
    .filter(({ start, end }) => start < last && block.start < end)
    .map(({ start, end, target }) => ({ start, end, index: blocks.findIndex((b) => b.start === target) }))
    .filter(({ index }) => index >= 0);
}

function add(to: Slots, from: Slots): boolean {
  let changed = false;
  for (let i = 0; i < to.length; i++) {
    if (from[i] === 1 && to[i] === 0) {
      to[i] = 1;
      changed = true;
    }
  }
  return changed;
}
