/** Floats as doubles, in sequences and in functions of them: a program sees the same values on every tier. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import type { MutableArray, Vector } from "../../src/data/mod.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { assertEverywhere } from "./tiers.ts";

/** An array of five floats and a function that overwrites and reads one. */
const ARRAY = "(define (fresh) (let ((a (mutable-array/new))) (for-each (fn (x) (mutable-array/push! a x)) " +
  "'(1.0 2.5 -0.0 4.0 5.5)) a)) (define (put a i x) (mutable-array/set! a i x) (mutable-array/get a i))";

/** Expressions over it, with what they print. */
const PROGRAMS: readonly (readonly [expression: string, printed: string])[] = [
  ["(mutable-array/->vector (fresh))", "[1.0 2.5 -0.0 4.0 5.5]"],
  ["(put (fresh) 1 0.5)", "0.5"],
  ["(put (fresh) 1 3.0)", "3.0"],
  ["(put (fresh) 1 (/ 0.0 0.0))", "NaN"],
  ["(let ((a (fresh))) (list (put a 1 7) (put a 0 0.5) (mutable-array/->vector a)))", "(7 0.5 [0.5 7 -0.0 4.0 5.5])"],
  ['(let ((a (fresh))) (put a 2 "x") (mutable-array/->vector a))', '[1.0 2.5 "x" 4.0 5.5]'],
  ["(let ((a (fresh))) (mutable-array/push! a 9.0) (list (put a 5 9.5) (mutable-array/length a)))", "(9.5 6)"],
  ["(let ((a (fresh))) (mutable-array/push! a 9) (list (put a 5 10) (mutable-array/length a)))", "(10 6)"],
  ["(equal? (fresh) (fresh))", "#t"],
  ["(put (fresh) 5 0.5)", "eval: mutable-array/set!: index 5 out of bounds (length 5)"],
  ["(mutable-array/get (fresh) 7)", "eval: mutable-array/get: index 7 out of bounds (length 5)"],
  [
    "(let ((v (list->vector '(1.0 0.5 2.0 -0.0)))) (list (nth v 0) (nth v 3) v (length v)))",
    "(1.0 -0.0 [1.0 0.5 2.0 -0.0] 4)",
  ],
  ["(nth (list->vector '(1.0 0.5 2.0 -0.0)) 4)", "eval: index 4 out of bounds (length 4)"],
  ["(equal? (list->vector '(1.0 0.5 2.0 3.5)) [1.0 0.5 2.0 3.5])", "#t"],
  ["(map (fn (x) (* x 2)) (list->vector '(1.0 0.5 2.0 3.5)))", "(2.0 1.0 4.0 7.0)"],
];

describe("sequences of floats", () => {
  for (const [expression, printed] of PROGRAMS) {
    it(expression, () => {
      assertEverywhere({
        units: [ARRAY, expression],
        heat: "(begin (put (fresh) 1 0.5) (nth (list->vector '(1.0 0.5 2.0 3.5)) 1))",
        printed,
      });
    });
  }

  for (
    const [x, printed] of [
      ["4", "(2.0 4.0 1.3862943611198906 54.598150033144236)"],
      ["-4.0", "(0+2.0i 4.0 NaN 0.01831563888873418)"],
      ["-0.0", "(-0.0 0.0 -inf 1.0)"],
      ["(/ 0.0 0.0)", "(NaN NaN NaN NaN)"],
    ] as const
  ) {
    it(`functions of ${x}`, () => {
      assertEverywhere({
        units: ["(define (f x) (let ((y (* x 1.0))) (list (sqrt y) (abs y) (log y) (math/exp y))))", `(f ${x})`],
        heat: "(f 0.5)",
        printed,
      });
    });
  }

  it("are kept as doubles while all elements are floats", () => {
    const runtime = createRuntime({ tier: "baseline" });
    const array = runtime.eval(`(begin ${ARRAY} (fresh))`) as MutableArray;
    assertEquals(array.slots, undefined);
    array.push(1);
    assertEquals(array.doubles, undefined);
    array.set(5, 2.5);
    assertEquals(array.items.length, 6);
    const vector = runtime.eval("(list->vector '(1.0 0.5 2.0 3.5))") as Vector;
    assertEquals([...vector.floats ?? []], [1, 0.5, 2, 3.5]);
  });
});
