/** Programs on which the tiers once differed, cut down, with what they do pinned. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { ALL_TIERS, behaviour } from "./compare.ts";

const hot = "(let loop ((i 0)) (when (< i 300) (main i) (loop (+ i 1))))";

const FOUND: Readonly<Record<string, readonly [forms: readonly string[], behaviour: string]>> = {
  "a float stays one in a loop entered half-way whose variable does not always hold one": [
    ["(define g 2.0)", "(define (main i) (set! g (foldl (fn (c k) c) g '(1))))", hot, "g"],
    "=> 2.0",
  ],
  "an error passes the frame that applied a function": [
    ["(define (f x) (nth))", "(list (apply f (list 1)))"],
    "=> arity: nth expects 2 arguments, got 0\n  in f at 1:15\n  in <lambda> at 2:7\n  hint: usage: (nth coll index)\n",
  ],
  "an alias that has an instruction reports as that does": [
    ["(modulo 9 0)"],
    "=> eval: modulo by zero\n  in modulo at 1:1\n  in <lambda> at 1:1\n",
  ],
  "a loop has a line in traces": [
    ["(list (let round ((i 0)) (if (< i 3) (round (+ i 1)) (car i))))"],
    "=> type-error: expected list or vector, got int\n" +
    "  in car at 1:54\n  in round at 1:54\n  in <lambda> at 1:7\n",
  ],
  "nil is no number as the first of many either": [
    ["(try (+ nil 1 0) (catch e (:message e)))"],
    '=> "expected number, got nil"',
  ],
  "an error that a task waited for comes from where it arose": [
    ["(define (f) (car 5))", "(let ((p (async (f))))", "(list (await p)))"],
    "=> type-error: expected list or vector, got int\n" +
    "  in car at 1:13\n  in f at 1:13\n  in ... awaited by at 0:0\n  in <lambda> at 3:7\n",
  ],
  "a handler sees the variable that the failed expression was to assign": [
    [
      "(define (f x) (try (set! x (car x)) (catch e (list x))))",
      "(define (g x) (try (begin (set! x (car x)) 5) (catch e x)))",
      "(list (f 7) (f '(1)) (g 8))",
    ],
    "=> ((7) 1 8)",
  ],
  "a symbol that stands alone has a place": [
    ["(list 1)", "nowhere"],
    "=> unbound: Unbound variable: nowhere\n  in <lambda> at 2:1\n",
  ],
  "a multimethod called last takes the place of its caller": [
    ["(defmulti shape (fn (x) (x)))", "(define (f x) (shape x))", "(list (f 0))"],
    "=> eval: not callable: 0 (int)\n  in <lambda> at 1:25\n  in <lambda> at 3:7\n" +
    "  hint: expected a function, lambda, or keyword\n",
  ],
  "the target of a definition is looked at before its parts are counted": [
    ["(try (eval '(define 1)) (catch e (:message e)))"],
    '=> "expected symbol, list, vector, or map, got int"',
  ],
};

/** Programs whose time once grew with the square of their size: they would not end here. */
const FAST: Readonly<Record<string, readonly [forms: readonly string[], behaviour: string]>> = {
  "an error raised again at every level of a deep recursion": [
    [
      "(define (deep n) (if (= n 0) (throw 'bottom) (+ (try (deep (- n 1)) (catch e (throw e))) 2)))",
      "(try (deep 100000) (catch e (:value e)))",
    ],
    "=> bottom",
  ],
};

describe("what the fuzzer found", () => {
  for (const [what, [forms, expected]] of Object.entries(FOUND)) {
    for (const tier of ALL_TIERS) it(`${what}, on ${tier}`, () => assertEquals(behaviour(forms, tier), expected));
  }
  for (const [what, [forms, expected]] of Object.entries(FAST)) {
    for (const tier of ALL_TIERS.filter((each) => each !== "walker")) {
      it(`takes linear time for ${what}, on ${tier}`, { timeout: 120_000 }, () => {
        assertEquals(behaviour(forms, tier, 60_000), expected);
      });
    }
  }
});
