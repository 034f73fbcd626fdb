/**
 * Which variables a frame cannot read any more, so that what waits on the heap keeps nothing alive for them: arguments
 * that have been passed on, and what is left of earlier calls in variables that have no value yet.
 */
import { type Code, type Instruction, INSTRUCTIONS, liveBackwards } from "../bytecode/mod.ts";

/** Code whose instructions times slots are more is left as it is. */
const MOST_STATES = 100_000;

const NONE: readonly number[] = [];

/** Slots that are dead where a frame waits for what returns to `pc`, or has not begun the instruction there. */
export function deadSlots(code: Code, pc: number): readonly number[] {
  return (code.deadSlots ??= analysed(code)).get(pc) ?? NONE;
}

function analysed(code: Code): Map<number, readonly number[]> {
  const dead = new Map<number, readonly number[]>();
  const { slots, words } = code;
  if (slots === 0 || slots * words.length > MOST_STATES) return dead;
  const live = liveBefore(code);
  for (const pc of starts(code)) {
    // The pending call may fail.
    const handlers = code.handlers.filter(({ start, end }) => start < pc && pc <= end);
    const isLive = (slot: number): boolean =>
      [pc, ...handlers.map(({ target }) => target)].some((at) => live[slots * at + slot] === 1);
    const found = Array.from({ length: slots }, (_, slot) => slot).filter((slot) => !isLive(slot));
    if (found.length > 0) dead.set(pc, found);
  }
  return dead;
}

function starts({ words }: Code): number[] {
  const result: number[] = [];
  for (let pc = 0; pc < words.length; pc += rowAt(words, pc).width) result.push(pc);
  return result;
}

function rowAt(words: Int32Array, pc: number): Instruction {
  return INSTRUCTIONS[words[pc] ?? -1] as Instruction;
}

/** Per pc and slot, whether the slot is live before the instruction: 1 or 0. */
function liveBefore(code: Code): Uint8Array {
  const { slots, words } = code;
  const live = new Uint8Array(slots * words.length);
  const backwards = starts(code).reverse();
  const state = new Uint8Array(slots);
  for (let changed = true; changed;) {
    changed = false;
    for (const pc of backwards) {
      state.fill(0);
      for (const next of successors(code, pc)) add(state, live, slots * next);
      liveBackwards(code, pc, state);
      // Any instruction may fail, and the handler reads what was assigned before it.
      for (const { start, end, target } of code.handlers) {
        if (start <= pc && pc < end) add(state, live, slots * target);
      }
      for (let slot = 0; slot < slots; slot++) {
        if (live[slots * pc + slot] === state[slot]) continue;
        live[slots * pc + slot] = state[slot] as number;
        changed = true;
      }
    }
  }
  return live;
}

function add(state: Uint8Array, live: Uint8Array, at: number): void {
  for (let slot = 0; slot < state.length; slot++) if (live[at + slot] === 1) state[slot] = 1;
}

function successors({ words }: Code, pc: number): number[] {
  const row = rowAt(words, pc);
  const target = words[pc + 1 + row.operands.indexOf("target")] as number;
  switch (row.flow) {
    case "next":
    case "try":
      return [pc + row.width];
    case "branch":
      return [pc + row.width, target];
    case "jump":
    case "loop":
      return [target];
    case "return":
    case "throw":
      return [];
    default:
      return row.flow satisfies never;
  }
}
