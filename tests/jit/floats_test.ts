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

/** A loop over a vector that stays, one over a vector that is another in each round, and one over rows of a matrix. */
const LOOPS = `(define (floats . xs) (list->vector xs))
  (define (sum v n) (let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (+ s (nth v i))))))
  (define (swap v w n) (let loop ((i 0) (v v) (w w) (s 0)) (if (= i n) s (loop (+ i 1) w v (+ s (nth v i))))))
  (define (column m j n) (let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (+ s (nth (nth m i) j))))))
  (define a (floats 0.5 1.5 2.5 3.5))
  (define b (floats 1.0 2.0 -0.0 4.0))`;

/** Calls of them with what they print, after they have been compiled for vectors of floats. */
const LOOP_CALLS: readonly (readonly [call: string, printed: string])[] = [
  ["(sum a 4)", "8.0"],
  ["(sum b 3)", "3.0"],
  ["(sum b 0)", "0"],
  ["(sum [1 2 3] 3)", "6"],
  ["(sum [0.5 1 1/2] 3)", "2.0"],
  ["(sum '(1 2.5) 2)", "3.5"],
  ["(sum nil 0)", "0"],
  ["(sum 'v 1)", "type-error: expected list or vector, got symbol"],
  ["(sum a 5)", "eval: index 4 out of bounds (length 4)"],
  ["(list (sum a 4) (sum [1 2] 2) (sum a 4) (length (vector->list a)) (sum a 4))", "(8.0 3 8.0 4 8.0)"],
  ["(swap a b 4)", "9.0"],
  ["(swap a [1 2 3 4] 4)", "9.0"],
  ["(swap [1 2] a 2)", "2.5"],
  ["(column [a b a] 1 3)", "5.0"],
  ["(column [a [1 2] a] 1 3)", "5.0"],
  ["(column (list a b) 0 2)", "1.5"],
  ["(column a 0 1)", "type-error: expected list or vector, got float"],
];

describe("loops over vectors", () => {
  for (const [call, printed] of LOOP_CALLS) {
    it(call, () => {
      assertEverywhere({ units: [LOOPS, call], heat: "(list (sum a 4) (swap a b 4) (column [a b] 0 2))", printed });
    });
  }

  it("that learn of other vectors are left no longer", () => {
    const runtime = createRuntime({ tier: "jit" });
    const all = LOOP_CALLS.map(([call]) => call).filter((call) => !call.includes("'v") && !/a 5|n a 0/.test(call));
    runtime.eval(LOOPS);
    for (let i = 0; i < 60; i++) runtime.eval(`(list ${all.join(" ")})`);
    const { exits } = runtime.stats();
    runtime.eval(`(list ${all.join(" ")})`);
    assertEquals(runtime.stats().exits, exits);
  });
});

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
