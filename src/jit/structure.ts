/**
 * Structured control flow from the dominator tree (Norman Ramsey, "Beyond Relooper", ICFP 2022): a loop header becomes
 * a labelled loop, a merge a labelled block that the code before it breaks out of. No block is copied, no dispatcher
 * variable is needed.
 */
import type { Block } from "./graph.ts";
import type { Ending, State, Translator } from "./translator.ts";
import { ANY } from "./types.ts";

/** Types at the entry of each block: a fixed point of the translation taken as a transfer function. */
export function analyseTypes(t: Translator, blocks: readonly Block[], entry: State): (State | null)[] {
  const states: (State | null)[] = blocks.map((_, i) => i === 0 ? entry : null);
  const work = new Set([0]);
  while (work.size > 0) {
    const index = Math.min(...work);
    work.delete(index);
    t.out = [];
    const ending = t.block(blocks[index] as Block, states[index] as State);
    for (const [to, state] of edges(t, ending)) {
      const joined = join(states[to] ?? null, state);
      if (joined === null) continue;
      states[to] = joined;
      work.add(to);
    }
  }
  return states;
}

function edges(t: Translator, ending: Ending): [number, State][] {
  const state = t.endState();
  switch (ending.kind) {
    case "goto":
      return [[ending.to, state]];
    case "branch":
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
  return { slots: state.slots.map(() => ANY), stack: [...state.stack, ANY] };
}

/** The new state of a block, or null when there is nothing new. */
function join(known: State | null, state: State): State | null {
  if (known === null) return state;
  const or = (a: readonly number[], b: readonly number[]): number[] => a.map((type, i) => type | (b[i] ?? 0));
  const slots = or(known.slots, state.slots);
  const stack = or(known.stack, state.stack);
  const same = slots.every((type, i) => type === known.slots[i]) && stack.every((type, i) => type === known.stack[i]);
  return same ? null : { slots, stack };
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
    if (!block.isLoop) return this.#within(block, merges, next);
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
    this.#lines.push("try {");
    t.tryDepth++;
    this.#go(from, body, state, next);
    t.tryDepth--;
    this.#lines.push("} catch ($e) {");
    const entry = this.#states[handler] as State;
    const clause = t.caught(target, entry);
    this.#lines.push(...clause);
    if (!leaves(clause.at(-1))) this.#go(from, handler, entry, next);
    this.#lines.push("}");
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
