/** Both maps against a sorted array, and the order of keys against its laws. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import {
  Char,
  compare,
  compareKeys,
  complex,
  cons,
  EMPTY,
  equal,
  Flonum,
  HashMap,
  intern,
  keyword,
  listFrom,
  MutableArray,
  MutableCell,
  rational,
  repr,
  SortedMap,
  type Value,
  Vector,
} from "../../src/data/mod.ts";
import type { TreeNode } from "../../src/data/tree.ts";
import { DelayedPromise } from "../../src/builtins/control/promises.ts";
import { Random } from "./random.ts";

/** Values of all ranks, in the order of ranks. */
const values: readonly Value[] = [
  null,
  false,
  true,
  -3,
  7,
  1n << 70n,
  -0.5,
  new Flonum(7),
  Infinity,
  NaN,
  new Char(65),
  new Char(0x1f600),
  "",
  "B",
  "a",
  "\uffff",
  "\u{1f600}",
  intern("B"),
  intern("a"),
  keyword("B"),
  keyword("a"),
  keyword("a-b"),
  keyword("aa"),
  EMPTY,
  listFrom([1]),
  listFrom([1, 2]),
  new Vector([]),
  new Vector([new Flonum(1)]),
  SortedMap.from([["k", 1]]),
  HashMap.from([["k", 1]]),
  rational(-1n, 3n),
  rational(1n, 3n),
  complex(1, 2),
  new MutableArray([1]),
  new MutableCell(1),
];

function weight(node: TreeNode | null): number {
  return node === null ? 1 : node.size + 1;
}

function assertBalanced(node: TreeNode | null): void {
  if (node === null) return;
  const [left, right] = [weight(node.left), weight(node.right)];
  assert(left <= 3 * right && right <= 3 * left, `weights ${left} and ${right}`);
  assertEquals(node.size, left + right - 1);
  assertBalanced(node.left);
  assertBalanced(node.right);
}

/** The nodes of a tree that are not nodes of another. */
function ownNodes(node: TreeNode | null, other: TreeNode | null): number {
  const others = new Set<TreeNode>();
  const collect = (each: TreeNode | null): void => {
    if (each === null) return;
    others.add(each);
    collect(each.left);
    collect(each.right);
  };
  collect(other);
  const count = (each: TreeNode | null): number =>
    each === null || others.has(each) ? 0 : 1 + count(each.left) + count(each.right);
  return count(node);
}

/** The entries of a map that holds `model`. */
function expected(model: ReadonlyMap<number, number>): [Value, Value][] {
  return [...model].sort(([a], [b]) => a - b);
}

describe("maps", () => {
  for (const kind of [SortedMap, HashMap]) {
    it(`${kind.name} behaves like a sorted array of entries`, () => {
      const random = new Random(41);
      let map: SortedMap | HashMap = kind.EMPTY;
      const model: Map<number, number> = new Map();
      for (let i = 0; i < 3000; i++) {
        const key = random.below(300);
        if (random.below(3) === 0) {
          map = map.without(key);
          model.delete(key);
        } else {
          map = map.with(key, i);
          model.set(key, i);
        }
        assertEquals(map.size, model.size);
        assertEquals(map.get(key), model.get(key));
        assertEquals(map.has(key), model.has(key));
        if (i % 100 === 0) {
          assertBalanced(map.root);
          assertEquals(map.entries(), expected(model));
        }
      }
    });

    it(`${kind.name} leaves earlier versions alone`, () => {
      const before = kind.from([["a", 1], ["b", 2]]);
      const after = before.with("a", 9).without("b").with("c", 3);
      assertEquals(repr(before), '{"a" 1 "b" 2}');
      assertEquals(repr(after), '{"a" 9 "c" 3}');
    });

    it(`${kind.name} finds every kind of key, in rank order`, () => {
      const keys = values.filter((value) => !Number.isNaN(value));
      const map = kind.from(keys.toReversed().map((key) => [key, repr(key)]));
      assertEquals(map.keys(), keys);
      for (const key of keys) assertEquals(map.get(key), repr(key));
    });

    it(`${kind.name} stays balanced and shallow in key order`, () => {
      let map: SortedMap | HashMap = kind.EMPTY;
      for (let i = 0; i < 2000; i++) map = map.with(i, i);
      assertBalanced(map.root);
      assertEquals(map.mapValues((value) => value === 5 ? null : value).get(5), null);
    });
  }

  for (const kind of [SortedMap, HashMap]) {
    it(`${kind.name} made of many entries at once is the one made one by one`, () => {
      const random = new Random(5);
      const procedures = Array.from({ length: 6 }, () => new DelayedPromise(null));
      const pools: readonly (readonly Value[])[] = [
        Array.from({ length: 40 }, (_, i) => i),
        Array.from({ length: 40 }, (_, i) => `${i}`),
        [...values.filter((value) => typeof value !== "object"), NaN, new Flonum(-0), new Flonum(0), keyword("a")],
        [...values, ...procedures, SortedMap.from([["b", 1]])],
      ];
      for (let round = 0; round < 200; round++) {
        const pool = pools[round % pools.length] ?? [];
        const entries = Array.from({ length: random.below(60) }, (_, i): [Value, Value] => [random.pick(pool), i]);
        const ascending = random.below(4) === 0 ? entries.sort((a, b) => compareKeys(a[0], b[0])) : entries;
        let map: SortedMap | HashMap = kind.EMPTY;
        for (const [key, value] of ascending) map = map.with(key, value);
        const made = kind.from(ascending);
        assertBalanced(made.root);
        assertEquals(made.entries(), map.entries());
      }
    });

    it(`${kind.name} shares all but a path with the version before it`, () => {
      const before = kind.from(Array.from({ length: 10_000 }, (_, i) => [i, i]));
      for (const after of [before.with(5000, 0), before.with(0.5, 0), before.without(77)]) {
        assert(ownNodes(after.root, before.root) <= 2 * Math.log2(10_000));
      }
    });
  }

  it("of functions keep the order of insertion, made at once or one by one", () => {
    for (const count of [3, 20]) {
      const promises = Array.from({ length: count }, () => new DelayedPromise(null));
      assertEquals(SortedMap.from(promises.map((each, i) => [each, i])).values(), promises.map((_, i) => i));
    }
  });

  it("keep the first key and the last value", () => {
    const map = SortedMap.from([[new Flonum(-0), 1], [new Flonum(0), 2]]);
    assertEquals(repr(map), "{-0.0 2}");
  });

  it("tell apart keys that are different maps", () => {
    const [one, two] = [SortedMap.from([["a", 1]]), SortedMap.from([["b", 2]])];
    const map = SortedMap.from([[one, 1], [two, 2]]);
    assertEquals([map.size, map.get(SortedMap.from([["b", 2]]))], [2, 2]);
  });

  it("find NaN only in a sorted map", () => {
    assertEquals(SortedMap.EMPTY.with(NaN, 1).with(NaN, 2).get(NaN), 2);
    const hashed = HashMap.EMPTY.with(NaN, 1).with(NaN, 2);
    assertEquals([hashed.size, hashed.get(NaN), hashed.without(NaN).size], [2, undefined, 2]);
  });
});

describe("order", () => {
  it("is total: antisymmetric, and as the list of ranks says", () => {
    values.forEach((a, i) => {
      values.forEach((b, j) => {
        assertEquals(Math.sign(compare(a, b)), Math.sign(i - j), `${repr(a)} against ${repr(b)}`);
        assertEquals(Math.sign(compareKeys(a, b)), Math.sign(i - j));
      });
    });
  });

  it("is zero among maps for programs, but not among keys", () => {
    const [one, two] = [SortedMap.from([["a", 1]]), SortedMap.from([["b", 2]])];
    assertEquals(compare(one, two), 0);
    assert(compareKeys(one, two) !== 0);
    assertEquals(compareKeys(one, two), -compareKeys(two, one));
  });
});

describe("equal", () => {
  it("holds for equal structure of one type only", () => {
    values.forEach((a, i) => {
      values.forEach((b, j) => assertEquals(equal(a, b), i === j && !Number.isNaN(a), `${repr(a)} and ${repr(b)}`));
    });
    assert(equal(listFrom([1, "a", new Vector([new Char(65)])]), listFrom([1, "a", new Vector([new Char(65)])])));
    assert(!equal(listFrom([1]), listFrom([new Flonum(1)])));
    assert(equal(HashMap.from([[1, 2], [3, 4]]), HashMap.from([[3, 4], [1, 2]])));
  });

  it("takes a container of NaN as equal to itself and to no other", () => {
    const list = listFrom([NaN]);
    assert(equal(list, list));
    assert(!equal(list, cons(NaN, EMPTY)));
  });

  it("ends on structures that contain themselves", () => {
    const [a, b] = [new MutableArray([]), new MutableArray([])];
    a.push(a);
    b.push(b);
    assert(equal(a, b));
    b.push(1);
    assert(!equal(a, b));
  });
});
