/**
 * What the translators of one unit share, and what they tell each other and those who put their text together: states
 * at the edges of blocks, endings of blocks, calls in whose place a function stands.
 */
import type { Closure, Code } from "../bytecode/mod.ts";
import type { Value } from "../data/mod.ts";
import type { Annotate } from "./annotate.ts";
import type { Forcing } from "./forcing.ts";
import type { Block } from "./graph.ts";
import type { Decoded } from "./instructions.ts";
import type { Constant, Known, Made } from "./known.ts";
import type { Liveness } from "./liveness.ts";
import type { Names } from "./names.ts";
import type { Operand } from "./operand.ts";
import type { Translator } from "./translator.ts";
import type { Unit } from "./unit.ts";

/** Types of the slots and of the operand stack where control enters a block, and what else is known of them. */
export interface State {
  readonly slots: number[];
  readonly stack: number[];
  readonly known: (Known | null)[];
  readonly stackKnown: (Known | null)[];
}

/** A check of a variable's type in a block. */
export interface Guard {
  readonly block: number;
  readonly slot: number;
  readonly type: number;
}

/** How a block ends. */
export type Ending =
  | { readonly kind: "goto"; readonly to: number }
  | { readonly kind: "branch"; readonly test: string; readonly yes: number; readonly no: number }
  | { readonly kind: "try"; readonly body: number; readonly handler: number; readonly target: number }
  | { readonly kind: "left" };

/** Where inlined functions leave the result of a call: a place of the operand stack of the function that goes on with it. */
export interface ResultPlace {
  readonly k: number;
  /** All types that it has had. */
  type: number;
  /** What else is known of all results; undefined: there was none yet. */
  known: Known | null | undefined;
}

/** How a function is inlined at a call of another. */
export interface InlineSite {
  /** Tells its variables and labels from those of others. */
  readonly id: number;
  /** The function in whose text it stands. */
  readonly parent: Translator;
  /** The function that goes on with the result, and its call: the parent, unless that made a tail call. */
  readonly caller: Translator;
  readonly at: Decoded;
  /** What is called. */
  readonly callee: Callee;
  /** Where the result goes; null for a tail call, whose result is the caller's. */
  readonly result: ResultPlace | null;
  /** What is inlined is a fused group. */
  readonly fused: Fused | null;
}

/** Calls of library functions that became one loop; see `fusion.ts`. */
export interface Fused {
  /** The function that makes the calls, the first of them, and the operands in front of it. */
  readonly caller: Translator;
  readonly first: Decoded;
  stack: readonly Operand[];
  /** What `$s` is while the group runs. */
  readonly number: number;
  /** Nothing in it can be observed before it ends. */
  pure: boolean;
}

/** A closure whose code is known: a constant, or one made in the text. */
export type Callee = Closure | Made;

/** The graph of a function from its start on, and what is live in it. */
export interface Flow {
  readonly blocks: readonly Block[];
  readonly live: Liveness;
}

/** What all translators of one unit share. */
export interface Translation {
  readonly unit: Unit;
  readonly names: Names;
  /** Calls and rounds of loops are charged to limits. */
  readonly metered: boolean;
  /** Comments above instructions, where they are wanted. */
  readonly annotate: Annotate | null;
  /** What the text does without need; null outside of tests. */
  readonly forcing: Forcing | null;
  /** Helpers that the text uses. */
  readonly helpers: Set<string>;
  /** Further variables that the text uses. */
  readonly variables: Set<string>;
  /** Where guesses about a code were wrong, by pc. */
  readonly misses: (code: Code) => ReadonlySet<number>;
  /** Writes one instruction. */
  readonly translate: (t: Translator, at: Decoded) => void;
  /** Writes a call as the callee's body, or declines. */
  readonly inline: (
    caller: Translator,
    at: Decoded,
    callee: Callee,
    args: readonly Operand[],
    fused?: Fused | null,
  ) => boolean;
  /** Writes a group of calls that begins at an instruction as one loop. Returns the index of the last; -1: there is none. */
  readonly fuse: (t: Translator, instructions: readonly Decoded[], index: number) => number;
  /** Functions that do what cannot be done twice: no group has them. */
  readonly impure: Set<Value | Known>;
  /** Counts what the analysis has found out about what is not in the state of a block. */
  epoch: number;
  /** The analysis has ended. */
  settled: boolean;
  /** Values of unknown type are taken for floats. */
  unboxes: boolean;
  /** Calls written so far, those of builtins not counted. */
  calls: number;
  /** The graphs of the functions that are inlined. */
  readonly flows: Map<Code, Flow>;
  /** The constants of the unit. */
  readonly constants: Map<Value, Constant>;
}

/** The analysis has found something out that what it has done so far did not know. */
export function learned(shared: Translation): void {
  noted(shared);
  shared.epoch++;
}

/** The analysis has found something out on which nothing depends that it has done so far. */
export function noted(shared: Translation): void {
  if (shared.settled) throw new Error("found out after the analysis");
}
