/**
 * Persistent maps. Both kinds are weight-balanced trees in the order of {@link compareKeys}, which tells apart
 * whatever `equal?` tells apart, so a look-up never finds another key's value.
 *
 * Invariants: a key that is bound again keeps its first object and takes the new value. NaN is one key of a sorted
 * map; in a hash map it is never found and each insertion adds an entry.
 */
import { compareKeys } from "./order.ts";
import { balanced, glued, MapBase, mapped, TreeNode } from "./tree.ts";
import { Keyword, type Value } from "./value.ts";

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

/** `{…}`: an immutable map in key order. */
export class SortedMap extends MapBase {
  static readonly EMPTY: SortedMap = new SortedMap(null);
  override readonly typeName = "map";

  /** The entries as a map; of equal keys the first object and the last value stay. */
  static from(entries: Iterable<readonly [Value, Value]>): SortedMap {
    let root: TreeNode | null = null;
    for (const [key, value] of entries) root = inserted(root, key, value);
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
    let root: TreeNode | null = null;
    for (const [key, value] of entries) {
      root = Number.isNaN(key) ? appended(root, key, value) : inserted(root, key, value);
    }
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
