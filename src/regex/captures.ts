/**
 * Where the groups of a match are: follows all ways through a program at once, each with positions of its own. Linear in
 * the text; run on the matched part only, whose ends are known.
 */
import { type Alphabet, EDGE_CLASS } from "./alphabet.ts";
import type { Budget } from "./budget.ts";
import { holds, LOOKS } from "./look.ts";
import type { Look } from "./syntax.ts";
import { LOOK, MATCH, type Program, SAVE, SET, SPLIT } from "./program.ts";

/** The ways that are open at a position, in order of priority, with a row of slots for each instruction. */
class Ways {
  readonly list: Int32Array;
  readonly #index: Int32Array;
  readonly slots: Int32Array;
  size = 0;

  constructor(instructions: number, width: number) {
    this.list = new Int32Array(instructions);
    this.#index = new Int32Array(instructions);
    this.slots = new Int32Array(instructions * width);
  }

  /** Adds an instruction; false when it was there. */
  add(instruction: number): boolean {
    const index = this.#index[instruction] as number;
    if (index < this.size && this.list[index] === instruction) return false;
    this.#index[instruction] = this.size;
    this.list[this.size++] = instruction;
    return true;
  }
}

/** A machine that finds groups. */
export class Captures {
  readonly #program: Program;
  readonly #alphabet: Alphabet;
  readonly #width: number;
  #current: Ways;
  #next: Ways;
  /** The slots of the way being followed. */
  readonly #slots: Int32Array;
  /** Instructions to follow; `-1 - slot`, after the position to put back there, ends what follows a SAVE. */
  readonly #stack: number[] = [];

  /** `groups`: the number of groups, the whole match included. */
  constructor(program: Program, alphabet: Alphabet, groups: number) {
    this.#program = program;
    this.#alphabet = alphabet;
    this.#width = 2 * groups;
    this.#current = new Ways(program.op.length, this.#width);
    this.#next = new Ways(program.op.length, this.#width);
    this.#slots = new Int32Array(this.#width);
  }

  /** The starts and ends of the groups in the match from `start` to `end`, -1 where a group took no part. */
  find(text: string, start: number, end: number, budget: Budget): Int32Array {
    const { op, arg, x } = this.#program;
    const alphabet = this.#alphabet;
    const width = this.#width;
    let best: Int32Array | null = null;
    this.#current.size = 0;
    let before = alphabet.kinds(alphabet.before(text, start));
    this.#slots.fill(-1);
    let characterClass = alphabet.after(text, start);
    this.#follow(this.#current, this.#program.entry, start, before, alphabet.kinds(characterClass));
    for (let position = start; this.#current.size > 0;) {
      const current = this.#current;
      const next = this.#next;
      budget.spend(current.size);
      const step = position < end ? (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1 : 0;
      const after = step === 0 ? EDGE_CLASS : alphabet.after(text, position + step);
      before = alphabet.kinds(characterClass);
      next.size = 0;
      for (let i = 0; i < current.size; i++) {
        const at = current.list[i] as number;
        const row = at * width;
        if (op[at] === MATCH) {
          if (position !== end) break;
          best = current.slots.slice(row, row + width);
          break;
        }
        if (op[at] !== SET || step === 0 || !alphabet.isIn(characterClass, arg[at] as number)) continue;
        for (let slot = 0; slot < width; slot++) this.#slots[slot] = current.slots[row + slot] as number;
        this.#follow(next, x[at] as number, position + step, before, alphabet.kinds(after));
      }
      if (step === 0) break;
      position += step;
      characterClass = after;
      this.#current = next;
      this.#next = current;
    }
    if (best === null) throw new RangeError(`no match from ${start} to ${end}`);
    best[0] = start;
    best[1] = end;
    return best;
  }

  /** Adds to `ways` all that can be reached from an instruction at a position. */
  #follow(ways: Ways, from: number, position: number, before: number, after: number): void {
    const { op, arg, x, y } = this.#program;
    const stack = this.#stack;
    const slots = this.#slots;
    stack.push(from);
    while (stack.length > 0) {
      const at = stack.pop() as number;
      if (at < 0) {
        slots[-1 - at] = stack.pop() as number;
        continue;
      }
      if (!ways.add(at)) continue;
      const target = x[at] as number;
      switch (op[at]) {
        case LOOK:
          if (holds(LOOKS[arg[at] as number] as Look, before, after)) stack.push(target);
          break;
        case SPLIT:
          stack.push(y[at] as number, target);
          break;
        case SAVE: {
          const slot = arg[at] as number;
          stack.push(slots[slot] as number, -1 - slot, target);
          slots[slot] = position;
          break;
        }
        default:
          for (let row = at * slots.length, slot = 0; slot < slots.length; slot++) {
            ways.slots[row + slot] = slots[slot] as number;
          }
      }
    }
  }
}
