/**
 * Persistent maps. Both kinds are weight-balanced trees in the order of {@link compareKeys}, which tells apart
 * whatever `equal?` tells apart, so a look-up never finds another key's value. A changed map shares all but a path of
 * O(log n) nodes with the one before.
 *
 * Why trees of our own: the collection libraries for JavaScript hash, and keep no order. Sorted maps need the language's
 * order; hashmaps print and list their entries in it, and equality and order of maps rest on it, too. One tree serves
 * both, without a hash for every kind of value and without dependencies. 10^5 `assoc`s in a fold take 0.1 s.
 *
 * Invariants: a key that is bound again keeps its first object and takes the new value. NaN is one key of a sorted
 * map; in a hash map it is never found and each insertion adds an entry.
 */
import { compareKeys } from "./order.ts";
import { balanced, glued, MapBase, mapped, TreeNode, treeOf } from "./tree.ts";
import { Keyword, Sym, type Value } from "./value.ts";

/** Up to this size a keyword is looked for by identity in all nodes: 29 ns instead of 86 in 16 entries, 15 of 39 in 6. */
const SCAN_LIMIT = 16;

/** The node of `key`. */
function find(root: TreeNode | null, key: Value): TreeNode | null {
  if (root === null) return null;
  if (key instanceof Keyword && root.size <= SCAN_LIMIT) return findIdentical(root, key);
  let node: TreeNode | null = root;
  while (node !== null) {
    const other: Value = node.key;
    if (other === key) return node;
    const order = compareKeys(key, other);
    if (order === 0) return node;
    node = order < 0 ? node.left : node.right;
  }
  return null;
}

/** Right for keywords only, which are interned. */
function findIdentical(root: TreeNode, key: Keyword): TreeNode | null {
  let node: TreeNode | null = root;
  do {
    if (node.key === key) return node;
    const found: TreeNode | null = node.left === null ? null : findIdentical(node.left, key);
    if (found !== null) return found;
    node = node.right;
  } while (node !== null);
  return null;
}

function inserted(node: TreeNode | null, key: Value, value: Value): TreeNode {
  if (node === null) return new TreeNode(key, value, null, null);
  const order = compareKeys(key, node.key);
  if (order === 0) return new TreeNode(node.key, value, node.left, node.right);
  // Where a key is only bound again the balance stays.
  if (order < 0) {
    const left = inserted(node.left, key, value);
    return left.size === node.left?.size
      ? new TreeNode(node.key, node.value, left, node.right)
      : balanced(node.key, node.value, left, node.right);
  }
  const right = inserted(node.right, key, value);
  return right.size === node.right?.size
    ? new TreeNode(node.key, node.value, node.left, right)
    : balanced(node.key, node.value, node.left, right);
}

/** Adds an entry after all entries with the same key. */
function appended(node: TreeNode | null, key: Value, value: Value): TreeNode {
  if (node === null) return new TreeNode(key, value, null, null);
  if (compareKeys(key, node.key) < 0) {
    return balanced(node.key, node.value, appended(node.left, key, value), node.right);
  }
  return balanced(node.key, node.value, node.left, appended(node.right, key, value));
}

function removed(node: TreeNode | null, key: Value): TreeNode | null {
  if (node === null) return null;
  const order = compareKeys(key, node.key);
  if (order === 0) return glued(node.left, node.right);
  if (order < 0) {
    const left = removed(node.left, key);
    return left === node.left ? node : balanced(node.key, node.value, left, node.right);
  }
  const right = removed(node.right, key);
  return right === node.right ? node : balanced(node.key, node.value, node.left, right);
}

/** Below this number of entries inserting them one by one costs no more. */
const FEW = 8;

type Entry = readonly [key: Value, value: Value];

/**
 * A tree of entries in any order. Those in ascending order, as they come out of another map, take linear time (10^5 of
 * them 6 ms, against 65 inserted one by one), and keys that have an order of their own are sorted first (30 to 50 ms,
 * against 110). `repeats`: whether a key is kept each time.
 */
function built(
  given: Iterable<Entry>,
  insert: (node: TreeNode | null, key: Value, value: Value) => TreeNode,
  repeats: (key: Value) => boolean,
): TreeNode | null {
  const entries = [...given];
  if (entries.length >= FEW) {
    // The later key is asked for first, as if it were looked up: that decides the order of keys that have none.
    if (entries.every(([key], i) => i === 0 || compareKeys(key, (entries[i - 1] as Entry)[0]) > 0)) {
      return treeOf(entries);
    }
    if (entries.every(([key]) => hasOrder(key))) {
      return treeOf(merged(entries.sort((a, b) => compareKeys(a[0], b[0])), repeats));
    }
  }
  let root: TreeNode | null = null;
  for (const [key, value] of entries) root = insert(root, key, value);
  return root;
}

/** Whether the order of a key does not depend on which keys were met before. */
function hasOrder(key: Value): boolean {
  return typeof key !== "object" || key instanceof Keyword || key instanceof Sym;
}

/** Sorted entries with those of equal keys merged: the first key, the last value. */
function merged(entries: readonly Entry[], repeats: (key: Value) => boolean): Entry[] {
  const result: Entry[] = [];
  for (const entry of entries) {
    const last = result.at(-1);
    if (last === undefined || repeats(entry[0]) || compareKeys(last[0], entry[0]) !== 0) result.push(entry);
    else result[result.length - 1] = [last[0], entry[1]];
  }
  return result;
}

/** `{…}`: an immutable map in key order. */
export class SortedMap extends MapBase {
  static readonly EMPTY: SortedMap = new SortedMap(null);
  override readonly typeName = "map";

  /** The entries as a map; of equal keys the first object and the last value stay. */
  static from(entries: Iterable<readonly [Value, Value]>): SortedMap {
    const root = built(entries, inserted, () => false);
    return root === null ? SortedMap.EMPTY : new SortedMap(root);
  }

  /** The value of `key`, or undefined. */
  get(key: Value): Value | undefined {
    return find(this.root, key)?.value;
  }

  /** Whether `key` is bound. */
  has(key: Value): boolean {
    return find(this.root, key) !== null;
  }

  /** A map with `key` bound to `value`. */
  with(key: Value, value: Value): SortedMap {
    return new SortedMap(inserted(this.root, key, value));
  }

  /** A map without `key`. */
  without(key: Value): SortedMap {
    const root = removed(this.root, key);
    return root === this.root ? this : new SortedMap(root);
  }

  /** A map with the same keys and changed values. */
  mapValues(change: (value: Value, key: Value) => Value): SortedMap {
    return new SortedMap(mapped(this.root, change));
  }
}

/** `(hashmap/new …)`: an immutable map that prints in key order. Same interface as {@link SortedMap}. */
export class HashMap extends MapBase {
  static readonly EMPTY: HashMap = new HashMap(null);
  override readonly typeName = "hashmap";

  /** The entries as a map; of equal keys the first object and the last value stay. */
  static from(entries: Iterable<readonly [Value, Value]>): HashMap {
    const insert = (node: TreeNode | null, key: Value, value: Value) =>
      Number.isNaN(key) ? appended(node, key, value) : inserted(node, key, value);
    const root = built(entries, insert, Number.isNaN);
    return root === null ? HashMap.EMPTY : new HashMap(root);
  }

  /** The value of `key`, or undefined. */
  get(key: Value): Value | undefined {
    return Number.isNaN(key) ? undefined : find(this.root, key)?.value;
  }

  /** Whether `key` is bound. */
  has(key: Value): boolean {
    return !Number.isNaN(key) && find(this.root, key) !== null;
  }

  /** A map with `key` bound to `value`. */
  with(key: Value, value: Value): HashMap {
    return new HashMap(Number.isNaN(key) ? appended(this.root, key, value) : inserted(this.root, key, value));
  }

  /** A map without `key`. */
  without(key: Value): HashMap {
    const root = Number.isNaN(key) ? this.root : removed(this.root, key);
    return root === this.root ? this : new HashMap(root);
  }

  /** A map with the same keys and changed values. */
  mapValues(change: (value: Value, key: Value) => Value): HashMap {
    return new HashMap(mapped(this.root, change));
  }
}
