/**
 * One compiled function or loop while its JavaScript is being written: constants, points where it is left, what it
 * relies on.
 */
import type { Code } from "../bytecode/mod.ts";
import type { GlobalCell } from "../globals/mod.ts";
import type { Exit } from "./reasons.ts";

/** A global whose value may be built in gives up after so many disappointments. */
export const MOST_CHANGES = 3;

/** A place where an activation moves to the interpreter: which of its values stand in which slots there. */
export interface Point {
  /** The function, that of the unit or one inlined in it. */
  readonly code: Code;
  /** Where it goes on. */
  readonly pc: number;
  /** Slots of the values handed over, in their order; all others are dead. */
  readonly slots: readonly number[];
  /** Slots of the frame, operands included. */
  readonly height: number;
  /** For a side exit: why. */
  readonly exit: Exit | null;
  /** What the exit tells the site's feedback: its index and the bits to set. Every exit changes something. */
  readonly feedback: { readonly site: number; readonly seen: number } | null;
  /** For a side exit: the instruction whose guess was wrong. It is another one where a fused group starts again. */
  readonly guess: Guess | null;
}

/** An instruction that took something for granted. */
export interface Guess {
  readonly code: Code;
  readonly pc: number;
  /** The instruction is that of a fused group, not of the program. */
  readonly fused: boolean;
}

/** An instruction of an inlined function. */
export interface Site {
  readonly code: Code;
  readonly pc: number;
  /** The number of the call's own site; -1 when it was a tail call. */
  readonly caller: number;
}

/** Numbers of sites from here on are those of inlined functions; below they are pcs. */
export const FIRST_INLINED_SITE: number = 1 << 20;

/** What the text of one compilation refers to. */
export class Unit {
  readonly code: Code;
  /** The pc of the loop header that is the entry, or 0. */
  readonly entry: number;
  /** Parameters of the factory: `k0`, `k1` … */
  readonly constants: unknown[] = [];
  readonly points: Point[] = [];
  readonly sites: Site[] = [];
  /** Functions whose bodies are part of the text, that of the unit included. */
  readonly codes: Set<Code> = new Set();
  /** The name of the function in the text. */
  functionName = "";
  /** Functions inlined so far. */
  inlined = 0;
  /** Words of bytecode inlined so far. */
  inlinedWords = 0;
  /** Fused groups so far. */
  groups = 0;
  /** Statements that start fused groups again after an error. */
  readonly restarts: string[] = [];
  /** Globals whose present values are built in. */
  readonly cells: Set<GlobalCell> = new Set();
  /** Side exits taken. */
  exits = 0;
  /** It is the one that calls go to. Activations of one that is not may still be running. */
  current = true;
  /** Nothing that it relies on has changed. */
  valid = true;
  /** The text that was compiled. */
  source = "";
  readonly #names: Map<unknown, string> = new Map();

  constructor(code: Code, entry: number) {
    this.code = code;
    this.entry = entry;
    this.codes.add(code);
  }

  /** The name of a constant in the text. */
  constant(value: unknown): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const name = `$k${this.constants.push(value) - 1}`;
    this.#names.set(value, name);
    return name;
  }

  /** The number of a site in an inlined function. */
  site(site: Site): number {
    return FIRST_INLINED_SITE + this.sites.push(site) - 1;
  }

  /** The number of a point. */
  point(point: Point): number {
    return this.points.push(point) - 1;
  }
}
