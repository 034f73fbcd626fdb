/** What the reference evaluator must get right by itself: tail calls, depth, traces, fresh variables. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, SemaError } from "../../src/engine/mod.ts";

function value(text: string): string {
  const runtime = createRuntime({ tier: "walker", stdout: () => {} });
  try {
    return runtime.print(runtime.eval(text));
  } catch (error) {
    if (!(error instanceof SemaError)) throw error;
    return [error.message, ...error.trace.map(({ name, line, column }) => `${name} ${line}:${column}`)].join(" | ");
  }
}

describe("the walker", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["(define (f n) (if (= n 0) :done (g (- n 1)))) (define (g n) (f n)) (f 100000)", ":done"],
    ["(define (f n) (cond ((= n 0) :done) (else (f (- n 1))))) (f 100000)", ":done"],
    ["(define (c n) (if (= n 0) 0 (+ 1 (c (- n 1))))) (c 1000)", "1000"],
    ["(define (f n) (+ 1 (f n))) (try (f 1) (catch e (:message e)))", '"stack overflow: maximum call depth exceeded"'],
    [
      "(define fs '()) (let loop ((i 0)) (when (< i 3) (set! fs (cons (fn () i) fs)) (loop (+ i 1)))) (map (fn (f) (f)) fs)",
      "(2 1 0)",
    ],
    ["(define fs '()) (do ((i 0 (+ i 1))) ((= i 3)) (set! fs (cons (fn () i) fs))) (map (fn (f) (f)) fs)", "(3 3 3)"],
    ["(let ((n 0)) (define (up) (set! n (+ n 1))) (up) (up) n)", "2"],
    [
      "(define (f)\n  (car 5))\n(define (g) (+ 1 (f)))\n(g)",
      "expected list or vector, got int | car 2:3 | f 2:3 | g 3:18 | <lambda> 4:1",
    ],
    [
      "(let loop ((i 0))\n  (if (= i 3) (car i) (loop (+ i 1))))",
      "expected list or vector, got int | car 2:15 | loop 2:15 | <lambda> 1:1",
    ],
    ["(nope (println 1))", "Unbound variable: nope | <lambda> 1:1"],
  ];
  for (const [text, expected] of cases) it(text, () => assertEquals(value(text), expected));
});
