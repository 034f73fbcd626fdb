/** Collections against plain arrays: whatever is done to them in whatever order, and earlier versions stay as they are. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import {
  cons,
  EMPTY,
  lengthOf,
  lengthUpTo,
  List,
  listFrom,
  nth,
  repr,
  tail,
  toArray,
  type Value,
} from "../../src/data/mod.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { Random } from "../data/random.ts";
import { callWith } from "./call.ts";

function call(name: string, ...args: Value[]): Value {
  return callWith(name, args).value;
}

/** A list and what it must hold. */
interface Version {
  readonly list: List;
  readonly model: readonly number[];
}

/** A new version of a list. */
type Step = (list: List, model: readonly number[], random: Random) => readonly [Value, readonly number[]];

const STEPS: readonly Step[] = [
  (list, model, random) => {
    const value = random.below(100);
    return [call("cons", value, list), [value, ...model]];
  },
  (list, model) => [call("cdr", list), model.slice(1)],
  (list, model, random) => {
    const count = random.below(model.length + 3);
    return [call("drop", count, list), model.slice(count)];
  },
  (list, model, random) => {
    const count = random.below(model.length + 3);
    return [call("take", count, list), model.slice(0, count)];
  },
  (list, model, random) => {
    const more = Array.from({ length: random.below(5) }, () => random.below(100));
    return [call("append", list, listFrom(more)), [...model, ...more]];
  },
  (list, model, random) => {
    const more = Array.from({ length: random.below(5) }, () => random.below(100));
    return [call("append", call("list->vector", listFrom(more)), list), [...more, ...model]];
  },
  (list, model) => [call("reverse", list), model.toReversed()],
  (list, model, random) => {
    const count = random.below(model.length + 3);
    return [call("list/drop-last", count, list), model.slice(0, Math.max(0, model.length - count))];
  },
  (list, model, random) => {
    const count = random.below(model.length + 3);
    return [call("list/take-last", count, list), count === 0 ? [] : model.slice(-count)];
  },
  (list, model) => [call("list/unique", list), [...new Set(model)]],
  (list, model) => [call("__vm-sort", list), model.toSorted((a, b) => a - b)],
];

describe("lists", () => {
  it("do what arrays do, and leave every earlier version as it was", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = new Random(seed);
      const versions: Version[] = [{ list: EMPTY, model: [] }];
      for (let i = 0; i < 100; i++) {
        const { list, model } = random.pick(versions);
        const [next, expected] = random.pick(STEPS)(list, model, random);
        assert(next instanceof List);
        assertEquals<readonly Value[]>(toArray(next), expected);
        assertEquals(lengthOf(next), expected.length);
        if (expected.length > 0) {
          const index = random.below(expected.length);
          assertEquals(call("nth", next, index), expected[index]);
          assertEquals(call("last", next), expected.at(-1));
          assertEquals(call("car", next), expected[0]);
        }
        if (expected.length < 200) versions.push({ list: next, model: expected });
      }
      for (const { list, model } of versions) assertEquals<readonly Value[]>(toArray(list), model);
    }
  });

  it("share their tails", () => {
    const list = listFrom(Array.from({ length: 1000 }, (_, i) => i));
    assert(cons(0, list).rest === list);
    assert(call("drop", 400, list) === tail(list, 400));
    assert(call("append", listFrom([1, 2]), list) instanceof List);
    assert(tail(call("append", listFrom([1, 2]), list) as List, 2) === list);
    assert(call("take", 5000, list) === list);
  });

  it("reach any place in few steps, once the first far away has been asked for", () => {
    const model = Array.from({ length: 1 << 16 }, (_, i) => i);
    let list = listFrom(model);
    model.reverse();
    const random = new Random(3);
    assertEquals(nth(list, model.length - 1), model[0]);
    for (let i = 0; i < 200; i++) {
      const index = random.below(model.length);
      assertEquals(nth(list, index), model[model.length - 1 - index]);
      assert(stepsTo(list, index) <= 16 + 3 * 12 + 16, `${stepsTo(list, index)} steps to ${index}`);
      // Cells in front of those that have milestones get theirs in a later round.
      for (let k = random.below(20); k > 0; k--) {
        list = cons(k, list);
        model.push(k);
      }
      assertEquals(lengthOf(list), model.length);
    }
  });

  it("get milestones once and only where they are long", () => {
    const list = listFrom(Array.from({ length: 100 }, (_, i) => i));
    assertEquals(nth(list, 3), 3);
    assertEquals(toArray(list).length, 100);
    assert(call("append", list, list) instanceof List);
    assertEquals(milestones(list), 0);
    assertEquals(call("length", list), 100);
    const made = milestones(list);
    assertEquals(made, 7);
    for (let cell = list, length = 100; cell !== EMPTY; cell = cell.rest) assertEquals(lengthOf(cell), length--);
    assertEquals(milestones(list), made);
    const short = listFrom([1, 2, 3]);
    assertEquals(lengthOf(short), 3);
    assertEquals(milestones(short), 0);
  });

  it("end where their elements do, however they are made", () => {
    const runtime = createRuntime({ tier: "jit" });
    runtime.eval("(define (odds xs) (filter odd? xs)) (define (next xs) (map (fn (x) (+ x 1)) xs))");
    const items = Array.from({ length: 50 }, (_, i) => i);
    const list = listFrom(items);
    const made: readonly (readonly [Value, readonly Value[]])[] = [
      [call("append", list, listFrom([1, 2])), [...items, 1, 2]],
      [call("append", list, EMPTY), items],
      [call("append", EMPTY, list), items],
      [call("append", list, list, list), [...items, ...items, ...items]],
      [call("take", 20, list), items.slice(0, 20)],
      [call("take", 0, list), []],
      [call("drop", 60, list), []],
      [runtime.call("odds", list), items.filter((x) => x % 2 === 1)],
      [runtime.call("odds", listFrom([2, 4])), []],
      [runtime.call("next", list), items.map((x) => x + 1)],
    ];
    for (const [result, expected] of made) {
      assertEquals(toArray(result as List), expected);
      assertEquals(lengthOf(result as List), expected.length);
    }
    assertEquals(toArray(list), items);
  });

  it("are measured no further than asked", () => {
    const list = listFrom(Array.from({ length: 100 }, (_, i) => i));
    for (const [most, expected] of [[0, 0], [1, 1], [40, 40], [100, 100], [101, 100], [Infinity, 100]] as const) {
      assertEquals(lengthUpTo(list, most), expected);
    }
    assertEquals(lengthUpTo(EMPTY, 3), 0);
    assertEquals(milestones(list), 0);
  });

  it("are joined however long they are", () => {
    const long = listFrom(new Array(1 << 17).fill(0));
    const joined = call("append", long, listFrom([1])) as List;
    assertEquals(lengthOf(joined), (1 << 17) + 1);
    assertEquals(call("last", joined), 1);
  });
});

/** How many cells of the list have a milestone. */
function milestones(list: List): number {
  let count = 0;
  for (let cell = list; cell !== EMPTY; cell = cell.rest) count += cell.milestone === null ? 0 : 1;
  return count;
}

/** The steps to the element at `index`: to the first milestone, along milestones, and on from the last. */
function stepsTo(list: List, index: number): number {
  const target = lengthOf(list) - index;
  let steps = 0;
  let cell = list;
  for (; cell.milestone === null; cell = cell.rest) steps++;
  let at = cell.milestone;
  for (; at.next.length >= target; steps++) at = at.jump.length >= target ? at.jump : at.next;
  return steps + at.length - target;
}

/** What may be done to an array and its model; the number read, or null. */
type Operation = (target: Value, model: number[], random: Random) => void;

/** Runs random operations on a mutable value and its model. */
function compare(make: () => Value, operations: readonly Operation[], contents: (target: Value) => string): void {
  for (let seed = 1; seed <= 30; seed++) {
    const random = new Random(seed);
    const target = make();
    const model: number[] = [];
    for (let i = 0; i < 80; i++) random.pick(operations)(target, model, random);
    assertEquals(contents(target), `[${model.join(" ")}]`);
  }
}

describe("mutable arrays", () => {
  it("do what arrays do", () => {
    compare(
      () => call("mutable-array/new"),
      [
        (array, model, random) => {
          const value = random.below(1000);
          model.push(value);
          assert(call("mutable-array/push!", array, value) === array);
        },
        (array, model, random) => {
          if (model.length === 0) return;
          const index = random.below(model.length);
          assertEquals(call("mutable-array/get", array, index), model[index]);
          assertEquals(call("nth", array, index), model[index]);
        },
        (array, model, random) => {
          if (model.length === 0) return;
          const index = random.below(model.length);
          model[index] = random.below(1000);
          call("mutable-array/set!", array, index, model[index] ?? 0);
        },
        (array, model) => {
          assertEquals(call("mutable-array/length", array), model.length);
          assertEquals(call("mutable-array/get", array, model.length, "none"), "none");
        },
      ],
      (array) => repr(call("mutable-array/->vector", array)),
    );
  });
});

describe("arrays of one type", () => {
  /** `set!` of these types copies. */
  const kinds: readonly (readonly [name: string, make: string, set: string, ref: string, limit: number])[] = [
    ["bytevectors", "bytevector", "bytevector-u8-set!", "bytevector-u8-ref", 256],
    ["i64-arrays", "i64-array", "i64-array/set!", "i64-array/ref", 1 << 30],
    ["f64-arrays", "f64-array", "f64-array/set!", "f64-array/ref", 1 << 30],
  ];
  for (const [name, make, set, ref, limit] of kinds) {
    it(`${name} do what arrays do, and setting an element copies`, () => {
      const random = new Random(11);
      const versions = [{ target: call(make), model: [] as number[] }];
      for (let i = 0; i < 200; i++) {
        const { target, model } = random.pick(versions);
        const value = random.below(limit);
        if (model.length === 0 || random.below(3) === 0) {
          const longer = [...model.slice(0, 20), value];
          versions.push({ target: call(make, ...longer), model: longer });
        } else {
          const index = random.below(model.length);
          versions.push({ target: call(set, target, index, value), model: model.with(index, value) });
        }
      }
      for (const { target, model } of versions) {
        assertEquals(call("length", target), model.length);
        model.forEach((value, i) => assertEquals(Number(repr(call(ref, target, i))), value));
        assertEquals(call("equal?", target, call(make, ...model)), true);
      }
    });
  }
});
