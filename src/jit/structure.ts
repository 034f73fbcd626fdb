/**
 * Structured control flow from the dominator tree (Norman Ramsey, "Beyond Relooper", ICFP 2022): a loop header becomes
 * a labelled loop, a merge a labelled block that the code before it breaks out of. No block is copied, no dispatcher
 * variable is needed.
 */
import type { Block } from "./graph.ts";
import type { Ending, State, Translator } from "./translator.ts";
import { need } from "./closures.ts";
import { type Known, Made } from "./known.ts";
import { ANY } from "./types.ts";

/** What is known at the entry of each block: a fixed point of the translation taken as a transfer function. */
export function analyse(t: Translator, blocks: readonly Block[], entry: State): (State | null)[] {
  const states: (State | null)[] = blocks.map((_, i) => i === 0 ? entry : null);
  const work = new Set<number>();
  const flow = (to: number, state: State): void => {
    const joined = join(t, (blocks[to] as Block).start, states[to] ?? null, state);
    if (joined === null) return;
    states[to] = joined;
    work.add(to);
  };
  work.add(0);
  while (work.size > 0) {
    const index = Math.min(...work);
    work.delete(index);
    t.out = [];
    if (index === 0 && t.again !== null) flow(0, t.again);
    const ending = t.block(blocks[index] as Block, states[index] as State);
    for (const [to, state] of edges(t, ending)) flow(to, state);
    if (t.again !== null) flow(0, t.again);
  }
  return states;
}

function edges(t: Translator, ending: Ending): [number, State][] {
  const state = t.endState();
  switch (ending.kind) {
    case "goto":
      return [[ending.to, state]];
    case "branch":
      if (ending.test === "true") return [[ending.yes, state]];
      if (ending.test === "false") return [[ending.no, state]];
      return [[ending.yes, state], [ending.no, state]];
    case "try":
      return [[ending.body, state], [ending.handler, handlerState(state)]];
    case "left":
      return [];
    default:
      return ending satisfies never;
  }
}

/** A handler may be entered from anywhere inside: nothing is known of the variables but that none is raw. */
function handlerState(state: State): State {
  return {
    slots: state.slots.map(() => ANY),
    stack: [...state.stack, ANY],
    known: state.known.map(() => null),
    stackKnown: [...state.stackKnown.map(() => null), null],
  };
}

/** The state with what another edge brings, or null when that is nothing new. `pc`: where it is the state. */
export function join(t: Translator, pc: number, known: State | null, state: State): State | null {
  if (known === null) return state;
  const types = (a: readonly number[], b: readonly number[]): number[] => a.map((type, i) => type | (b[i] ?? 0));
  const agreed = (a: Known | null, b: Known | null, live: boolean): Known | null => {
    if (a === b) return a;
    if (live) { for (const each of [a, b]) if (each instanceof Made) need(t.shared, each); }
    return null;
  };
  const joined: State = {
    slots: types(known.slots, state.slots),
    stack: types(known.stack, state.stack),
    known: known.known.map((each, slot) => agreed(each, state.known[slot] ?? null, t.isLive(pc, slot))),
    stackKnown: known.stackKnown.map((each, k) => agreed(each, state.stackKnown[k] ?? null, true)),
  };
  const keys = ["slots", "stack", "known", "stackKnown"] as const;
  return keys.every((key) => joined[key].every((each, i) => each === known[key][i])) ? null : joined;
}

/** Writes the statements of all blocks. */
export class Structurer {
  readonly #t: Translator;
  readonly #blocks: readonly Block[];
  readonly #states: readonly (State | null)[];
  readonly #children: number[][];
  #lines: string[] = [];

  constructor(t: Translator, blocks: readonly Block[], states: readonly (State | null)[]) {
    this.#t = t;
    this.#blocks = blocks;
    this.#states = states;
    t.start = states[0] ?? null;
    this.#children = blocks.map(() => []);
    blocks.forEach((block) => block.index > 0 && this.#children[block.dominator]?.push(block.index));
  }

  /** The body of the function. */
  run(): string[] {
    this.#tree(0, -1);
    return this.#lines;
  }

  /** The block and all that it dominates. `next`: the block that control falls into at the end; -1: none. */
  #tree(index: number, next: number): void {
    const block = this.#blocks[index] as Block;
    const merges = (this.#children[index] as number[]).filter((child) =>
      (this.#blocks[child] as Block).isMerge && this.#states[child] !== null
    );
    const isLoop = block.isLoop || (index === 0 && this.#t.again !== null);
    if (!isLoop) return this.#within(block, merges, next);
    this.#lines.push(`${this.#t.label("L", index)}: for (;;) {`);
    this.#within(block, merges, index);
    this.#lines.push("}");
  }

  /** The block inside the labelled blocks of the merges that it dominates, the nearest innermost. */
  #within(block: Block, merges: readonly number[], next: number): void {
    const last = merges.at(-1);
    if (last === undefined) return this.#block(block, next);
    this.#lines.push(`${this.#t.label("B", last)}: {`);
    this.#within(block, merges.slice(0, -1), last);
    this.#lines.push("}");
    this.#tree(last, next);
  }

  #block(block: Block, next: number): void {
    const t = this.#t;
    t.out = this.#lines;
    const ending = t.block(block, this.#states[block.index] as State);
    switch (ending.kind) {
      case "left":
        return;
      case "goto":
        return this.#go(block.index, ending.to, t.endState(), next);
      case "branch":
        return this.#branch(block.index, ending, next);
      case "try":
        return this.#try(block.index, ending, next);
      default:
        return ending satisfies never;
    }
  }

  #branch(from: number, { test, yes, no }: Extract<Ending, { kind: "branch" }>, next: number): void {
    const state = this.#t.endState();
    if (test === "true") return this.#go(from, yes, state, next);
    if (test === "false") return this.#go(from, no, state, next);
    const first = this.#collect(() => this.#go(from, yes, state, next));
    const second = this.#collect(() => this.#go(from, no, state, next));
    if (first.length === 0) {
      if (second.length > 0) this.#lines.push(`if (!(${test})) {`, ...second, "}");
    } else if (second.length === 0) {
      this.#lines.push(`if (${test}) {`, ...first, "}");
    } else if (leaves(first.at(-1))) {
      this.#lines.push(`if (${test}) {`, ...first, "}", ...second);
    } else {
      this.#lines.push(`if (${test}) {`, ...first, "} else {", ...second, "}");
    }
  }

  #try(from: number, { body, handler, target }: Extract<Ending, { kind: "try" }>, next: number): void {
    const t = this.#t;
    const state = t.endState();
    t.tryDepth++;
    // Errors that calls return with, and those that are raised here, break out of the label.
    this.#lines.push(`${t.label("T", t.tryDepth)}: {`, "try {");
    this.#go(from, body, state, -1);
    t.tryDepth--;
    this.#lines.push("} catch ($e) {", `${t.auxiliary("$t")} = $e;`, "}", "}");
    const entry = this.#states[handler] as State;
    const clause = t.caught(target, entry);
    this.#lines.push(...clause);
    if (!leaves(clause.at(-1))) this.#go(from, handler, entry, next);
  }

  /** Control from one block to another: in place, by falling through, or by a jump to a label. */
  #go(from: number, to: number, state: State, next: number): void {
    this.#lines.push(...this.#t.edge(state, this.#states[to] as State));
    if (to === next) return;
    const target = this.#blocks[to] as Block;
    if (to <= from) this.#lines.push(`continue ${this.#t.label("L", to)};`);
    else if (target.isMerge) this.#lines.push(`break ${this.#t.label("B", to)};`);
    else this.#tree(to, next);
  }

  #collect(write: () => void): string[] {
    const outer = this.#lines;
    this.#lines = [];
    write();
    const lines = this.#lines;
    this.#lines = outer;
    return lines;
  }
}

function leaves(line: string | undefined): boolean {
  return line !== undefined && /^(return|continue|break|throw) /.test(line);
}
