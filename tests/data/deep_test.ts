/**
 * Values nested as deep as memory allows: printing, comparing and ordering them takes none of the host's stack. Depths
 * are what a host's stack cannot hold by far; lists, the cheapest, go to a million.
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import {
  compare,
  compareKeys,
  EMPTY,
  equal,
  HashMap,
  keyword,
  layout,
  listFrom,
  MutableArray,
  MutableCell,
  repr,
  SortedMap,
  type Value,
  Vector,
} from "../../src/data/mod.ts";
import { Record as SemaRecord } from "../../src/builtins/collections/records.ts";

const DEPTH = 50_000;
const MILLION = 1_000_000;

function nested(wrap: (inner: Value) => Value, innermost: Value, depth: number = DEPTH): Value {
  let value = innermost;
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

const key = keyword("a");

/** How a level is made, and how many characters it adds. */
const KINDS: Readonly<Record<string, readonly [wrap: (inner: Value) => Value, characters: number]>> = {
  lists: [(inner) => listFrom([inner]), 2],
  vectors: [(inner) => new Vector([inner]), 2],
  "maps, as values": [(inner) => SortedMap.from([[key, inner]]), 5],
  "hashmaps, as values": [(inner) => HashMap.from([[key, inner]]), 5],
  "maps, as keys": [(inner) => SortedMap.from([[inner, 1]]), 4],
  records: [(inner) => new SemaRecord("p", [inner]), 12],
};

describe("deep values", () => {
  it("of a million lists", () => {
    const [value, same] = [listFrom, listFrom].map((list) => nested((inner) => list([inner]), 1, MILLION));
    assert(value !== undefined && same !== undefined);
    assertEquals(repr(value).length, 2 * MILLION + 1);
    assert(equal(value, same));
    assertEquals(compareKeys(value, same), 0);
  });

  for (const [name, [wrap, characters]] of Object.entries(KINDS)) {
    it(`of ${name}`, () => {
      const value = nested(wrap, 1);
      assertEquals(repr(value).length, characters * DEPTH + 1);
      assert(layout(value).length > DEPTH);
      const same = nested(wrap, 1);
      assert(equal(value, same));
      assertEquals([compare(value, same), compareKeys(value, same)], [0, 0]);
      const greater = nested(wrap, 2);
      assert(!equal(value, greater));
      assert(compareKeys(value, greater) < 0 && compareKeys(greater, value) > 0);
    });
  }

  it("of mutable arrays and cells, equal and ordered by contents", () => {
    for (const wrap of [(inner: Value) => new MutableArray([inner]), (inner: Value) => new MutableCell(inner)]) {
      const value = nested(wrap, 1);
      assert(equal(value, nested(wrap, 1)));
      assert(!equal(value, nested(wrap, 2)));
      assert(compare(value, nested(wrap, 2)) < 0);
    }
  });
});

describe("mutable containers that contain themselves", () => {
  function knot(inside: Value): MutableArray {
    const array = new MutableArray([inside]);
    array.push(array);
    return array;
  }

  it("are equal when nothing tells them apart", () => {
    assert(equal(knot(1), knot(1)));
    assert(!equal(knot(1), knot(2)));
    const [a, b] = [new MutableArray([]), new MutableArray([])];
    a.push(b);
    b.push(a);
    assert(equal(a, b) && equal(a, knotOfOne()));
  });

  it("have a place in the order", () => {
    assertEquals(compare(knot(1), knot(1)), 0);
    assert(compare(knot(1), knot(2)) < 0 && compare(knot(2), knot(1)) > 0);
  });

  function knotOfOne(): MutableArray {
    const array = new MutableArray([]);
    array.push(array);
    return array;
  }
});

describe("the layout", () => {
  it("stops breaking lines where they would be mostly margin", () => {
    const lines = layout(nested((inner) => listFrom([inner]), EMPTY, 3000)).split("\n");
    assert(lines.every((line) => line.length < 10_000));
    assertEquals(repr(nested((inner) => listFrom([inner]), EMPTY, 3000)), lines.map((line) => line.trim()).join(""));
  });

  it("shows empty containers beyond the last column that is used", () => {
    const long = "x".repeat(90);
    const wrap = (inner: Value) => listFrom([inner]);
    const value = nested(wrap, listFrom([EMPTY, new Vector([]), SortedMap.EMPTY, long]), 100);
    assertEquals(repr(value).replaceAll(" ", ""), layout(value).replaceAll(/\s/g, ""));
  });
});
