/**
 * Runs a program over a text with one table look-up per character: a state stands for all the ways that are open, and
 * states are made when they are first reached. Since assertions look ahead, a state holds the ways *before* what
 * consumes nothing is passed, and that is done when the next character's class is known; so whether a match ends at a
 * position is known one character later.
 *
 * States of one machine are in one table, 2^`shift` entries each; a state is named by the index of its first entry. A
 * transition is 0 where it has not been made, and negative where it leads to a state that needs a closer look: one
 * reached past a match, one without ways left, or the beginning of a search that can skip ahead.
 *
 * What the states take is bounded. When it is too much, all are thrown away and made again when they are reached:
 * slower, but still linear in the text.
 */
import { type Alphabet, codeBefore, EDGE_CLASS } from "./alphabet.ts";
import type { Budget } from "./budget.ts";
import { holds, LOOKS } from "./look.ts";
import type { Look } from "./syntax.ts";
import { LOOK, MATCH, type Program, SET, SPLIT } from "./program.ts";

/** The most that all states together may hold: entries of the table, and instructions that are open. */
const LIMIT = 2 ** 18;
/** Characters between two looks at the budget. */
const PORTION = 2 ** 14;

/** A state: the instructions that are open, in order of priority, what precedes the position, whether a match ended. */
interface State {
  readonly open: readonly number[];
  readonly kinds: number;
  readonly matched: boolean;
}

/** Why a state needs a closer look. */
const MATCHED = 1;
const NO_WAY_ON = 2;
const SKIPS_AHEAD = 4;

/** One more than what the kinds of a neighbour may be. */
const KINDS = 32;

/** How a machine reads. */
export interface Direction {
  readonly reverse: boolean;
  /** Only what has priority over a match goes on after it; otherwise all ways do, for the longest match. */
  readonly first: boolean;
}

/** A machine for one program. */
export class Dfa {
  readonly #program: Program;
  readonly #alphabet: Alphabet;
  readonly #direction: Direction;
  /** What every match begins with, to skip ahead to. */
  readonly #prefix: string;
  #shift = 0;
  #table = new Int32Array(0);
  #states: State[] = [];
  #byKey = new Map<string, number>();
  /** Why each state needs a closer look, as bits. */
  #flags: number[] = [];
  /** The states that searches start in, by what precedes, those of searches that may skip after the others. */
  readonly #starts = new Int32Array(2 * KINDS);
  #held = 0;
  /** Marks of the instructions passed, and of those open, in the step being made. */
  readonly #passed: Int32Array;
  readonly #opened: Int32Array;
  #mark = 0;
  readonly #stack: number[] = [];

  constructor(program: Program, alphabet: Alphabet, direction: Direction, prefix: string) {
    this.#program = program;
    this.#alphabet = alphabet;
    this.#direction = direction;
    this.#prefix = prefix;
    this.#passed = new Int32Array(program.op.length);
    this.#opened = new Int32Array(program.op.length);
  }

  /**
   * The end of the first match that starts at `from`, or with `searching` there or later; -1 for none. `earliest`: any
   * position at which it is known that there is one will do.
   */
  forward(text: string, from: number, searching: boolean, earliest: boolean, budget: Budget): number {
    const { ascii } = this.#alphabet;
    let position = from;
    let state = this.#start(searching, this.#alphabet.before(text, from));
    if (searching && this.#prefix !== "") {
      position = text.indexOf(this.#prefix, position);
      if (position < 0) return -1;
    }
    let last = -1;
    let seen = position;
    let shift = this.#shift;
    let table = this.#table;
    for (;;) {
      let next = 0;
      let width = 1;
      const code = text.charCodeAt(position);
      // At the end the code is NaN, which is in no class.
      const known = code < 128 ? ascii[code] as number : 0;
      if (known !== 0 && known >> shift === 0) next = table[state + known] as number;
      if (next === 0) {
        const whole = text.codePointAt(position);
        if (whole !== undefined && whole > 0xffff) width = 2;
        const characterClass = whole === undefined ? EDGE_CLASS : this.#alphabet.classOf(whole);
        next = this.#next(state, characterClass, budget);
        shift = this.#shift;
        table = this.#table;
      }
      if (next > 0) {
        position += width;
        state = next;
      } else {
        state = -next;
        const flags = this.#flags[state >> shift] as number;
        if ((flags & MATCHED) !== 0) {
          last = position;
          if (earliest) break;
        }
        if ((flags & NO_WAY_ON) !== 0 || position >= text.length) break;
        position += width;
        if ((flags & SKIPS_AHEAD) !== 0) {
          position = text.indexOf(this.#prefix, position);
          if (position < 0) break;
        }
      }
      if (position > text.length) break;
      if (position - seen > PORTION) {
        budget.spend(position - seen);
        seen = position;
      }
    }
    budget.spend(Math.max(0, position - seen));
    return last;
  }

  /** The start of the longest match that ends at `to` and does not start before `least`; -1 for none. */
  backward(text: string, to: number, least: number, budget: Budget): number {
    let state = this.#start(false, this.#alphabet.after(text, to));
    let last = -1;
    for (let position = to;;) {
      const edge = position === 0;
      const code = edge ? 0 : codeBefore(text, position);
      const characterClass = edge ? EDGE_CLASS : this.#alphabet.classOf(code);
      const next = this.#next(state, characterClass, budget);
      state = Math.abs(next);
      if (next < 0) {
        const flags = this.#flags[state >> this.#shift] as number;
        if ((flags & MATCHED) !== 0) last = position;
        if ((flags & NO_WAY_ON) !== 0) break;
      }
      if (position <= least) break;
      position -= code > 0xffff ? 2 : 1;
    }
    budget.spend(to - Math.max(last, least));
    return last;
  }

  #start(searching: boolean, neighbour: number): number {
    const kinds = this.#alphabet.kinds(neighbour);
    const index = searching ? KINDS + kinds : kinds;
    const known = this.#starts[index] as number;
    if (known !== 0) return known;
    if (this.#states.length === 0) this.#clear();
    const { search, entry } = this.#program;
    const start = Math.abs(this.#state({ open: [searching ? search : entry], kinds, matched: false }));
    this.#starts[index] = start;
    return start;
  }

  /** Where a state leads by a class; the table may be another one afterwards. */
  #next(state: number, characterClass: number, budget: Budget): number {
    const from = characterClass >> this.#shift === 0 ? state : this.#widened(state);
    const next = this.#table[from + characterClass] as number;
    return next === 0 ? this.#step(from, characterClass, budget) : next;
  }

  #clear(): void {
    let shift = 3;
    while (this.#alphabet.size >> shift > 0) shift++;
    this.#shift = shift;
    this.#table = new Int32Array(16 << shift);
    // No state is at 0, which means that a transition has not been made.
    this.#states = [{ open: [], kinds: 0, matched: false }];
    this.#flags = [0];
    this.#starts.fill(0);
    this.#byKey = new Map();
    this.#held = 0;
  }

  /** The same state in a table that is wide enough for all classes. */
  #widened(state: number): number {
    const content = this.#states[state >> this.#shift] as State;
    this.#clear();
    return Math.abs(this.#state(content));
  }

  /** The name of a state as a transition to it has it. */
  #state(content: State): number {
    const key = `${content.kinds}${content.matched ? "!" : " "}${content.open.join()}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const stride = 1 << this.#shift;
    const weight = stride + content.open.length;
    if (this.#held + weight > LIMIT && this.#held > 0) {
      this.#clear();
      return this.#state(content);
    }
    this.#held += weight;
    const index = this.#states.length << this.#shift;
    if (index + stride > this.#table.length) {
      const table = new Int32Array(2 * this.#table.length);
      table.set(this.#table);
      this.#table = table;
    }
    this.#states.push(content);
    const { open: [only], open: { length } } = content;
    const skips = this.#prefix !== "" && length === 1 && only === this.#program.search && !content.matched;
    const flags = (content.matched ? MATCHED : 0) | (length === 0 ? NO_WAY_ON : 0) | (skips ? SKIPS_AHEAD : 0);
    this.#flags.push(flags);
    const name = flags === 0 ? index : -index;
    this.#byKey.set(key, name);
    return name;
  }

  /** Makes the transition of a state by a class. */
  #step(from: number, characterClass: number, budget: Budget): number {
    const { open, kinds } = this.#states[from >> this.#shift] as State;
    const states = this.#states;
    const beyond = this.#alphabet.kinds(characterClass);
    const [before, after] = this.#direction.reverse ? [beyond, kinds] : [kinds, beyond];
    const next: number[] = [];
    const matched = this.#pass(open, characterClass, (look) => holds(look, before, after), next);
    budget.spend(open.length + next.length);
    const name = this.#state({ open: next, kinds: beyond, matched });
    // Unless the table was emptied on the way, in which case there is no such state any more.
    if (states === this.#states) this.#table[from + characterClass] = name;
    return name;
  }

  /** Follows all ways up to the next character; whether one of them is a match. */
  #pass(open: readonly number[], characterClass: number, holds: (look: Look) => boolean, next: number[]): boolean {
    const { op, arg, x, y } = this.#program;
    const stack = this.#stack;
    const mark = ++this.#mark;
    let matched = false;
    for (const each of open) {
      stack.push(each);
      while (stack.length > 0) {
        const at = stack.pop() as number;
        if (this.#passed[at] === mark) continue;
        this.#passed[at] = mark;
        const target = x[at] as number;
        switch (op[at]) {
          case SET:
            if (this.#opened[target] !== mark && this.#alphabet.isIn(characterClass, arg[at] as number)) {
              this.#opened[target] = mark;
              next.push(target);
            }
            break;
          case LOOK:
            if (holds(LOOKS[arg[at] as number] as Look)) stack.push(target);
            break;
          case SPLIT:
            stack.push(y[at] as number, target);
            break;
          case MATCH:
            matched = true;
            if (this.#direction.first) {
              stack.length = 0;
              return true;
            }
            break;
          default:
            stack.push(target);
        }
      }
    }
    return matched;
  }
}
