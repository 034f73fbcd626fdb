/**
 * Compiled code is left for a reason that it learns from: whatever values come in whatever order, no exit recurs in later
 * code without something learned in between, so compiling comes to an end.
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { definitions, PROGRAMS } from "../../bench/programs.ts";
import { createExperiment } from "../../src/engine/runtime.ts";
import type { Tier } from "../../src/engine/mod.ts";
import { TINY } from "../control/hostility.ts";

/** One of each representation of each kind that compiled code tells apart. */
const VALUES: readonly string[] = [
  "1",
  "0",
  "-7",
  "2147483647",
  "9007199254740991",
  "123456789012345678901234567890",
  "1/2",
  "1.5",
  "2.0",
  "-0.0",
  '"text"',
  "nil",
  "#t",
  "'()",
  "'(1 2)",
  "[1 2]",
  "[1.5 2.5]",
  "(mutable-array/new 2 1)",
  "(mutable-array/new 2 1.5)",
  "{:a 1}",
  ":a",
];

const BINARY = ["+", "-", "*", "/", "<", "<=", ">", ">=", "=", "mod", "nth", "get", "cons", "contains?", "append"];
const UNARY = [
  "-",
  "car",
  "cdr",
  "first",
  "rest",
  "length",
  "not",
  "null?",
  "pair?",
  "list?",
  "number?",
  "sqrt",
  "abs",
];

/** Bodies of a function of `a` and `b`. */
const BODIES: readonly string[] = [
  ...BINARY.map((name) => `(${name} a b)`),
  ...UNARY.map((name) => `(${name} a)`),
  "(mutable-array/get a 0)",
  "(mutable-array/set! a 0 b)",
  "(if (< a b) (+ a 1) (* b 2))",
  "(map (fn (x) (+ x b)) a)",
  "(foldl + b a)",
  "(let loop ((i 0) (x a)) (if (= i 8) x (loop (+ i 1) (try (+ x b) (catch e b)))))",
  "(let loop ((i 0) (x a) (y b)) (if (= i 8) (list x y) (loop (+ i 1) y x)))",
  "(let loop ((i 0) (sum a)) (if (= i 8) sum (loop (+ i 1) (+ sum (nth b 0)))))",
  "(let loop ((i 0) (sum 0)) (if (= i 8) sum (loop (+ i 1) (+ sum (mutable-array/get a i)))))",
  "(do ((i 0 (+ i 1))) ((= i 8) a) (mutable-array/set! a (mod i 2) b))",
  "(do ((i 0 (+ i 1))) ((= i 8) b) (when (< (nth b 0) 2) (mutable-array/set! a (mod i 2) (nth b 0))))",
  "(let ((g (fn (x) (set! a x) (+ x b)))) (g (g a)))",
];

/** Programs in which something is known for sure of a sequence, and its elements are not as expected. */
const SEQUENCES: Readonly<Record<string, string>> = {
  "an element that is not there": `
    (define (f n v) (do ((i 0 (+ i 1))) ((= i n)) (nth v i)))
    (dotimes (z 30) (f 2 [1 2]))
    (dotimes (z 30) (f 2 [1.5 2.5]))
    (dotimes (z 200) (try (f 8 [1 2]) (catch e (when (= (:type e) :internal) (throw e)))))`,
  "a float for an array of others": `
    (define (f n fs a b s)
      (do ((i 0 (+ i 1))) ((>= i n))
        (let ((j 0))
          (when (> (nth fs (- n 1)) (+ 0 j)) (when (> n i) (mutable-array/set! a (+ i j) s))))
        (do ((j 0 (+ j 1))) ((>= j n)) (mutable-array/set! b j j))))
    (define (g n fs s) (try (f n fs (mutable-array/new 5 1) (mutable-array/new 5 0.5) s) (catch e (when (= (:type e) :internal) (throw e)))))
    (dotimes (i 30) (g 3 [1.5 2.5 3.5 4.5] 0.0))
    (dotimes (i 30) (g 3 [1.5 2.5 3.5 4.5] 0))
    (dotimes (i 4) (g 2.5 '(1 2 3) 0))
    (dotimes (i 20) (g 2.5 [1/2 3 4] 1.5))
    (dotimes (i 40) (g 4 [9007199254740991 1 2 3 4] 1.5))`,
};

/** Numbers that look random and are the same every time. Source: Park and Miller's generator. */
function generator(seed: number): (below: number) => number {
  return (below) => (seed = seed * 16807 % 2147483647) % below;
}

describe("side exits", () => {
  for (const tier of ["jit", "auto"] satisfies Tier[]) {
    it(`teach something each time, in functions given everything in any order on ${tier}`, () => {
      let exits = 0;
      BODIES.forEach((body, which) => {
        const runtime = createExperiment({ tier, stdout: () => {} }, { heat: 1, forcing: { checkExits: true } });
        runtime.eval(`(define (f a b) ${body}) (define (g a b) (try (f a b) (catch e (:type e))))`);
        const next = generator(which + 1);
        const pick = (): string => VALUES[next(VALUES.length)] ?? "";
        for (let i = 0; i < 150; i++) {
          // A few calls with the same kinds, so that code is compiled for them before the next kind comes.
          runtime.eval(`(let ((a ${pick()}) (b ${pick()})) (g a b) (g a b) (g a b))`);
        }
        exits += Object.values(runtime.stats().exits).reduce((sum, count) => sum + count, 0);
      });
      assert(exits > BODIES.length, "the values make guards fail");
    });

    for (const [what, text] of Object.entries(SEQUENCES)) {
      it(`teach something each time: ${what}, on ${tier}`, () => {
        const runtime = createExperiment({ tier, stdout: () => {} }, { heat: 1, forcing: { checkExits: true } });
        runtime.eval(text);
      });
    }

    it(`teach something each time, in the programs on ${tier}`, () => {
      for (const name of Object.keys(PROGRAMS)) {
        const runtime = createExperiment({ tier, stdout: () => {} }, { heat: 2, forcing: { checkExits: true } });
        runtime.eval(definitions(name));
        const first = runtime.print(runtime.eval(`(main ${TINY[name] ?? 1})`));
        for (let i = 0; i < 5; i++) assertEquals(runtime.print(runtime.eval(`(main ${TINY[name] ?? 1})`)), first, name);
      }
    });
  }
});
