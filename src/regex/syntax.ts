/** What a pattern means: a tree of sets, assertions, repetitions, groups, sequences and alternatives. */
import type { CharSet } from "./charset.ts";

/** A condition on what is before and after a position. */
export type Look =
  | "text start"
  | "text end"
  | "line start"
  | "line end"
  | "crlf line start"
  | "crlf line end"
  | "word boundary"
  | "no word boundary"
  | "word start"
  | "word end"
  | "word start half"
  | "word end half"
  | "ascii word boundary"
  | "no ascii word boundary"
  | "ascii word start"
  | "ascii word end"
  | "ascii word start half"
  | "ascii word end half";

/** A part of a pattern. `depth` counts the nested parts, itself included, and is bounded: see {@link NEST_LIMIT}. */
export type Node = NodeContent & {
  readonly depth: number;
  /** The fewest characters that it matches. */
  readonly shortest: number;
  /** The most characters that it matches, up to infinity. */
  readonly longest: number;
};

type NodeContent =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: number }
  | { readonly kind: "look"; readonly look: Look }
  | {
    readonly kind: "repeat";
    readonly node: Node;
    readonly min: number;
    readonly max: number;
    readonly greedy: boolean;
  }
  | { readonly kind: "group"; readonly index: number; readonly node: Node }
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | { readonly kind: "alternatives"; readonly nodes: readonly Node[] };

/** How deep patterns may nest, so that what follows the parser may recurse. */
export const NEST_LIMIT = 250;

/** A pattern that has been read. */
export interface Pattern {
  readonly node: Node;
  /** The sets that the tree names by index. */
  readonly sets: readonly CharSet[];
  /** The indexes of named groups. */
  readonly names: ReadonlyMap<string, number>;
}

/** Matches the empty text. */
const NOTHING: Node = { kind: "empty", depth: 0, shortest: 0, longest: 0 };

/** One character of a set. */
export function oneOf(set: number): Node {
  return { kind: "set", set, depth: 0, shortest: 1, longest: 1 };
}

/** An assertion. */
export function lookFor(look: Look): Node {
  return { kind: "look", look, depth: 0, shortest: 0, longest: 0 };
}

/** `min` to `max` times `node`. What can match only the empty text is repeated at most once. */
export function repeat(node: Node, min: number, max: number, greedy: boolean): Node {
  const [least, most] = node.longest === 0 ? [Math.min(min, 1), Math.min(max, 1)] : [min, max];
  const depth = node.depth + 1;
  if (most === 0) return { ...NOTHING, depth };
  if (least === 1 && most === 1) return { ...node, depth };
  const longest = node.longest === 0 ? 0 : node.longest * most;
  return { kind: "repeat", node, min: least, max: most, greedy, depth, shortest: node.shortest * least, longest };
}

/** A capturing group. */
export function capture(index: number, node: Node): Node {
  return { kind: "group", index, node, depth: node.depth + 1, shortest: node.shortest, longest: node.longest };
}

/** A group that captures nothing, which counts for the nesting only. */
export function grouped(node: Node): Node {
  return { ...node, depth: node.depth + 1 };
}

/** One after the other. */
export function sequence(nodes: readonly Node[]): Node {
  if (nodes.length === 0) return NOTHING;
  if (nodes.length === 1) return nodes[0] as Node;
  let [depth, shortest, longest] = [0, 0, 0];
  for (const node of nodes) {
    depth = Math.max(depth, node.depth + 1);
    shortest += node.shortest;
    longest += node.longest;
  }
  return { kind: "sequence", nodes, depth, shortest, longest };
}

/** The first that matches. */
export function alternatives(nodes: readonly Node[]): Node {
  if (nodes.length === 1) return nodes[0] as Node;
  let [depth, shortest, longest] = [0, Infinity, 0];
  for (const node of nodes) {
    depth = Math.max(depth, node.depth + 1);
    shortest = Math.min(shortest, node.shortest);
    longest = Math.max(longest, node.longest);
  }
  return { kind: "alternatives", nodes, depth, shortest, longest };
}
