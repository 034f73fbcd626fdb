/**
 * A pattern as a program for a machine that follows all ways at once: a graph of instructions in arrays. Emitted from the
 * end to the beginning, so that an instruction knows what follows it.
 *
 * The order of the ways out of a SPLIT is their priority. There are loops that consume nothing; whoever follows the
 * graph passes each instruction once per position. A repetition of what may be empty is `(e+)?`, so that a round that
 * matches nothing ends it.
 */
import { RegexError } from "./errors.ts";
import { LOOKS } from "./look.ts";
import type { Node } from "./syntax.ts";

/** Goes on at `x` with a character of the set `arg`. */
export const SET = 0;
/** Goes on at `x` if the assertion `arg` holds. */
export const LOOK = 1;
/** Goes on at `x`, and with less priority at `y`. */
export const SPLIT = 2;
/** Notes the position in slot `arg` and goes on at `x`. */
export const SAVE = 3;
/** A match. */
export const MATCH = 4;

/** The reference bounds its programs by memory; this is near the same for ASCII. */
const SIZE_LIMIT = 420_000;

/** Instructions, one per index. */
export interface Program {
  readonly op: Uint8Array;
  readonly arg: Int32Array;
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly entry: number;
  /** Where a search begins that may skip any characters first, as the least of its ways; -1 without a set for those. */
  readonly search: number;
}

/** How a pattern is made a program. */
export interface Emission {
  /** From the end of the text to its beginning. */
  readonly reverse: boolean;
  /** With the positions of groups. */
  readonly groups: boolean;
  /** The index of the set of all characters, for a program that searches; -1 otherwise. */
  readonly any: number;
}

/** Makes a program of a pattern. Throws a `RegexError` when it is too large. */
export function emit(node: Node, emission: Emission): Program {
  const emitter = new Emitter(emission);
  const entry = emitter.node(node, emitter.add(MATCH, 0, 0, 0));
  const search = emission.any < 0 ? -1 : emitter.skipping(emission.any, entry);
  return { ...emitter.arrays(), entry, search };
}

class Emitter {
  readonly #op: number[] = [];
  readonly #arg: number[] = [];
  readonly #x: number[] = [];
  readonly #y: number[] = [];
  readonly #emission: Emission;

  constructor(emission: Emission) {
    this.#emission = emission;
  }

  add(op: number, arg: number, x: number, y: number): number {
    if (this.#op.length >= SIZE_LIMIT) {
      throw new RegexError("Compiled regex exceeds size limit of 10485760 bytes.");
    }
    this.#arg.push(arg);
    this.#x.push(x);
    this.#y.push(y);
    return this.#op.push(op) - 1;
  }

  arrays(): Pick<Program, "op" | "arg" | "x" | "y"> {
    return {
      op: Uint8Array.from(this.#op),
      arg: Int32Array.from(this.#arg),
      x: Int32Array.from(this.#x),
      y: Int32Array.from(this.#y),
    };
  }

  /** `entry`, or any character of the set `any` and then the same again. */
  skipping(any: number, entry: number): number {
    const split = this.add(SPLIT, 0, entry, 0);
    this.#y[split] = this.add(SET, any, split, 0);
    return split;
  }

  /** The entry of `node` followed by `next`. */
  node(node: Node, next: number): number {
    switch (node.kind) {
      case "empty":
        return next;
      case "set":
        return this.add(SET, node.set, next, 0);
      case "look":
        return this.add(LOOK, LOOKS.indexOf(node.look), next, 0);
      case "group": {
        if (!this.#emission.groups) return this.node(node.node, next);
        const body = this.node(node.node, this.add(SAVE, 2 * node.index + 1, next, 0));
        return this.add(SAVE, 2 * node.index, body, 0);
      }
      case "sequence": {
        const { nodes } = node;
        let entry = next;
        for (let i = 0; i < nodes.length; i++) {
          entry = this.node(nodes[this.#emission.reverse ? i : nodes.length - 1 - i] as Node, entry);
        }
        return entry;
      }
      case "alternatives":
        return node.nodes.map((each) => this.node(each, next)).reduceRight((rest, each) =>
          this.add(SPLIT, 0, each, rest)
        );
      case "repeat":
        return this.#repeat(node, next);
      default:
        return node satisfies never;
    }
  }

  #repeat({ node, min, max, greedy }: Node & { kind: "repeat" }, next: number): number {
    let entry = next;
    let copies = min;
    if (max === Infinity) {
      const loop = this.add(SPLIT, 0, 0, 0);
      const body = this.node(node, loop);
      this.#branch(loop, body, next, greedy);
      if (min > 0) {
        entry = body;
        copies--;
      } else entry = node.shortest > 0 ? loop : this.#branch(this.add(SPLIT, 0, 0, 0), body, next, greedy);
    } else {
      for (let i = min; i < max; i++) {
        const body = this.node(node, entry);
        entry = this.#branch(this.add(SPLIT, 0, 0, 0), body, next, greedy);
      }
    }
    for (let i = 0; i < copies; i++) entry = this.node(node, entry);
    return entry;
  }

  /** Makes `split` choose between the body of a repetition and what follows it. */
  #branch(split: number, body: number, next: number, greedy: boolean): number {
    this.#x[split] = greedy ? body : next;
    this.#y[split] = greedy ? next : body;
    return split;
  }
}
