/**
 * Weight-balanced trees (Stephen Adams, "Efficient sets: a balancing act", 1993), the tree behind both kinds of map,
 * with the balance parameters ⟨3, 2⟩ that Hirai and Yamamoto proved sound ("Balancing weight-balanced trees", 2011).
 * A node is immutable. Nothing here compares keys, so the order of values can itself be defined on maps.
 *
 * Invariant: neither subtree's weight (size + 1) is more than 3 times the other's.
 */
import type { Value } from "./value.ts";

/** One entry and the entries before and after it. */
export class TreeNode {
  readonly key: Value;
  readonly value: Value;
  readonly left: TreeNode | null;
  readonly right: TreeNode | null;
  readonly size: number;

  constructor(key: Value, value: Value, left: TreeNode | null, right: TreeNode | null) {
    this.key = key;
    this.value = value;
    this.left = left;
    this.right = right;
    this.size = 1 + (left === null ? 0 : left.size) + (right === null ? 0 : right.size);
  }
}

const DELTA = 3;
const GAMMA = 2;

function weight(node: TreeNode | null): number {
  return node === null ? 1 : node.size + 1;
}

/** A node over two balanced trees of which one has gained or lost at most one entry. */
export function balanced(key: Value, value: Value, left: TreeNode | null, right: TreeNode | null): TreeNode {
  const leftWeight = weight(left);
  const rightWeight = weight(right);
  if (right !== null && rightWeight > DELTA * leftWeight) return rotatedLeft(key, value, left, right);
  if (left !== null && leftWeight > DELTA * rightWeight) return rotatedRight(key, value, left, right);
  return new TreeNode(key, value, left, right);
}

function rotatedLeft(key: Value, value: Value, left: TreeNode | null, right: TreeNode): TreeNode {
  const middle = right.left;
  if (middle === null || weight(middle) < GAMMA * weight(right.right)) {
    return new TreeNode(right.key, right.value, new TreeNode(key, value, left, middle), right.right);
  }
  return new TreeNode(
    middle.key,
    middle.value,
    new TreeNode(key, value, left, middle.left),
    new TreeNode(right.key, right.value, middle.right, right.right),
  );
}

function rotatedRight(key: Value, value: Value, left: TreeNode, right: TreeNode | null): TreeNode {
  const middle = left.right;
  if (middle === null || weight(middle) < GAMMA * weight(left.left)) {
    return new TreeNode(left.key, left.value, left.left, new TreeNode(key, value, middle, right));
  }
  return new TreeNode(
    middle.key,
    middle.value,
    new TreeNode(left.key, left.value, left.left, middle.left),
    new TreeNode(key, value, middle.right, right),
  );
}

/** The entries of two neighbouring subtrees whose parent entry is removed. */
export function glued(left: TreeNode | null, right: TreeNode | null): TreeNode | null {
  if (left === null) return right;
  if (right === null) return left;
  if (left.size > right.size) {
    const last = rightmost(left);
    return balanced(last.key, last.value, withoutLast(left), right);
  }
  const first = leftmost(right);
  return balanced(first.key, first.value, left, withoutFirst(right));
}

function leftmost(node: TreeNode): TreeNode {
  let result = node;
  while (result.left !== null) result = result.left;
  return result;
}

function rightmost(node: TreeNode): TreeNode {
  let result = node;
  while (result.right !== null) result = result.right;
  return result;
}

function withoutFirst(node: TreeNode): TreeNode | null {
  return node.left === null ? node.right : balanced(node.key, node.value, withoutFirst(node.left), node.right);
}

function withoutLast(node: TreeNode): TreeNode | null {
  return node.right === null ? node.left : balanced(node.key, node.value, node.left, withoutLast(node.right));
}

/** The tree of entries in key order, as shallow as can be. */
export function treeOf(
  entries: readonly (readonly [key: Value, value: Value])[],
  start = 0,
  end: number = entries.length,
): TreeNode | null {
  const middle = (start + end) >> 1;
  const entry = start < end ? entries[middle] : undefined;
  if (entry === undefined) return null;
  return new TreeNode(entry[0], entry[1], treeOf(entries, start, middle), treeOf(entries, middle + 1, end));
}

/** A tree of the same shape and keys with every value replaced. */
export function mapped(node: TreeNode | null, change: (value: Value, key: Value) => Value): TreeNode | null {
  if (node === null) return null;
  const left = mapped(node.left, change);
  const value = change(node.value, node.key);
  return new TreeNode(node.key, value, left, mapped(node.right, change));
}

/** Calls `visit` on every entry, in order. */
function visitEntries(node: TreeNode | null, visit: (key: Value, value: Value) => void): void {
  for (let next = node; next !== null; next = next.right) {
    visitEntries(next.left, visit);
    visit(next.key, next.value);
  }
}

/** What both kinds of map have in common, and all that printing, equality and order need to know of them. */
export abstract class MapBase {
  /** What `type` answers, without the colon. */
  abstract readonly typeName: "map" | "hashmap";
  readonly root: TreeNode | null;

  constructor(root: TreeNode | null) {
    this.root = root;
  }

  /** The number of entries. */
  get size(): number {
    return this.root === null ? 0 : this.root.size;
  }

  /** The keys, in key order. */
  keys(): Value[] {
    const keys: Value[] = [];
    visitEntries(this.root, (key) => keys.push(key));
    return keys;
  }

  /** The values, in key order. */
  values(): Value[] {
    const values: Value[] = [];
    visitEntries(this.root, (_key, value) => values.push(value));
    return values;
  }

  /** The entries, in key order. */
  entries(): [Value, Value][] {
    const entries: [Value, Value][] = [];
    visitEntries(this.root, (key, value) => entries.push([key, value]));
    return entries;
  }

  /** Entries in key order. */
  [Symbol.iterator](): Iterator<readonly [Value, Value]> {
    return this.entries()[Symbol.iterator]();
  }
}
