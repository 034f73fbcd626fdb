/**
 * Structured control flow from the dominator tree (Norman Ramsey, "Beyond Relooper", ICFP 2022): a loop header becomes
 * a labelled loop, a merge a labelled block that the code before it breaks out of. No block is copied, no dispatcher
 * variable is needed.
 */
import type { Block } from "./graph.ts";
import { clause } from "./leaving.ts";
import type { Ending, State } from "./translation.ts";
import type { Translator } from "./translator.ts";

/** Writes the statements of all blocks. */
export class Structurer {
  readonly #t: Translator;
  readonly #blocks: readonly Block[];
  readonly #states: readonly (State | null)[];
  readonly #children: number[][];
  /** Blocks that count the activation. */
  readonly #counted: Set<number> = new Set();
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
    const body = this.#collect(() => this.#within(block, merges, index));
    this.#lines.push(...this.#t.rounds.loop(index, body, block.start, this.#states[index] as State));
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
    const counted = this.#count(block);
    const { calls } = t.shared;
    const ending = t.block(block, this.#states[block.index] as State);
    if (counted !== null && t.shared.calls > calls) {
      this.#lines.splice(counted.line, 0, counted.text);
      this.#counted.add(block.index);
    }
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

  /** What counts the activation as one that calls something, if that is the first of its blocks that may. */
  #count(block: Block): { readonly line: number; readonly text: string } | null {
    const t = this.#t;
    if (!t.shared.metered || t.site !== null) return null;
    const first = block.instructions.find(({ row }) => row.calls);
    if (first === undefined || this.#isCounted(block.index, 0)) return null;
    const state = this.#states[block.index] as State;
    return { line: this.#lines.length, text: t.rounds.count(1, block.start, state, t.siteNumber(first)) };
  }

  /** Whether the activation has been counted on every way to the end of block `from`, since the last time it was at `since`. */
  #isCounted(from: number, since: number): boolean {
    for (let index = from;; index = (this.#blocks[index] as Block).dominator) {
      if (this.#counted.has(index)) return true;
      if (index <= since) return false;
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
    const received = clause(t, target, entry);
    this.#lines.push(...received);
    if (!leaves(received.at(-1))) this.#go(from, handler, entry, next);
  }

  /** Control from one block to another: in place, by falling through, or by a jump to a label. */
  #go(from: number, to: number, state: State, next: number): void {
    const target = this.#blocks[to] as Block;
    this.#lines.push(...this.#t.edge(state, this.#states[to] as State, target.start));
    const { rounds } = this.#t;
    if (to <= from) {
      const counted = this.#isCounted(from, to);
      if (to === next) rounds.ended(to, counted);
      else this.#lines.push(...rounds.next(to, counted));
    } else if (to === next) return;
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
