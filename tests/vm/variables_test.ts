/** Variables that closures share: one variable each, whoever looks, for as long as anybody can. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";

/** What holds, a program, and the text its value prints as. */
const CASES: Readonly<Record<string, readonly (readonly [claim: string, program: string, printed: string])[]>> = {
  "a shared variable": [
    [
      "is one for the frame and its closures",
      "(let* ((n 0) (up (fn () (set! n (+ n 1)))) (get (fn () n))) (up) (set! n (* n 10)) (up) (list n (get)))",
      "(11 11)",
    ],
    [
      "outlives its frame",
      "(define (counter) (let ((n 0)) (list (fn () (set! n (+ n 1)) n) (fn () n))))" +
      "(let ((c (counter))) ((car c)) ((car c)) (list ((car c)) ((car (cdr c)))))",
      "(3 3)",
    ],
    [
      "is new with every call",
      "(define (counter) (let ((n 0)) (fn () (set! n (+ n 1)) n)))" +
      "(let ((a (counter)) (b (counter))) (a) (a) (list (a) (b)))",
      "(3 1)",
    ],
    [
      "may be a parameter",
      "(define (f x) (let ((get (fn () x))) (set! x (+ x 1)) (list x (get)))) (f 1)",
      "(2 2)",
    ],
    [
      "may be a rest parameter",
      "(define (f . xs) (let ((get (fn () xs))) (set! xs (cons 0 xs)) (get))) (f 1 2)",
      "(0 1 2)",
    ],
    [
      "is seen through two levels of closures",
      "(let* ((n 1) (outer (fn () (fn () (set! n (+ n 1)) n))) (inner (outer))) (inner) (inner) n)",
      "3",
    ],
    [
      "is assigned from inside map",
      "(let ((sum 0)) (map (fn (x) (set! sum (+ sum x))) '(1 2 3)) sum)",
      "6",
    ],
    [
      "is assigned from inside for-each, by two closures",
      "(let* ((n 0) (up (fn (x) (set! n (+ n x)))) (down (fn (x) (set! n (- n x)))))" +
      " (for-each up '(1 2 3)) (for-each down '(1 1)) n)",
      "4",
    ],
    [
      "is read and assigned from inside a fold",
      "(let ((seen '())) (list (foldl (fn (sum x) (set! seen (cons x seen)) (+ sum (length seen))) 0 '(a b c)) seen))",
      "(6 (c b a))",
    ],
    [
      "survives the growth of the stack while it is open",
      "(define (deep n) (if (= n 0) 0 (+ 1 (deep (- n 1)))))" +
      "(let* ((n 1) (get (fn () n)) (d (deep 20000))) (set! n (+ n d)) (get))",
      "20001",
    ],
    [
      "is shared by the frames of a recursion only when they captured it",
      "(define (f n) (let* ((m n) (get (fn () m))) (if (= n 0) (list (get)) (begin (set! m (* 10 m)) (cons (get) (f (- n 1)))))))" +
      "(f 3)",
      "(30 20 10 0)",
    ],
    [
      "keeps what was assigned before an error",
      "(let ((n 0)) (try (begin (set! n 1) ((fn () (set! n 2) (throw 'stop)))) (catch e (set! n (+ n 10)))) n)",
      "12",
    ],
    [
      "is kept by a closure that an error has passed",
      "(define kept nil)" +
      "(define (fail) (let ((n 1)) (set! kept (fn () (set! n (+ n 1)) n)) (set! n 5) (throw 'stop)))" +
      "(try (fail) (catch e nil)) (list (kept) (kept))",
      "(6 7)",
    ],
    [
      "is kept across a tail call",
      "(define (run get) (get)) (define (f) (let ((n 1)) (let ((get (fn () n))) (set! n 2) (run get)))) (f)",
      "2",
    ],
    [
      "may be bound by catch",
      "(let ((get (try (throw 7) (catch e (let ((g (fn () (:value e)))) (set! e {:value 8}) g))))) (get))",
      "8",
    ],
    [
      "is seen by a function defined before it is assigned",
      "(define (f) (define (get) n) (define n 1) (set! n (+ n 1)) (get)) (f)",
      "2",
    ],
  ],
  "a loop variable": [
    [
      "is fresh in every round of a named let",
      "(let loop ((i 0) (all '())) (if (= i 3) (map (fn (f) (f)) all) (loop (+ i 1) (cons (fn () i) all))))",
      "(2 1 0)",
    ],
    [
      "is fresh there even when it is assigned",
      "(let loop ((i 0) (all '())) (if (= i 3) (map (fn (f) (f)) all)" +
      " (let ((f (fn () (set! i (+ i 10)) i))) (f) (loop (- i 9) (cons f all)))))",
      "(22 21 20)",
    ],
    [
      "is one for all rounds of a do",
      "(do ((i 0 (+ i 1)) (all '() (cons (fn () i) all))) ((= i 3) (map (fn (f) (f)) all)))",
      "(3 3 3)",
    ],
    [
      "may be bound inside the body, fresh in every round",
      "(do ((i 0 (+ i 1)) (all '() (let ((j (* i i))) (set! j (+ j 1)) (cons (fn () j) all))))" +
      " ((= i 3) (map (fn (f) (f)) all)))",
      "(5 2 1)",
    ],
    [
      "of an inner loop is fresh, that of the outer shared",
      "(let ((total 0)) (let outer ((i 0)) (when (< i 3) (let inner ((j 0)) (when (< j i)" +
      " ((fn () (set! total (+ total i j)))) (inner (+ j 1)))) (outer (+ i 1)))) total)",
      "6",
    ],
    [
      "of while is an ordinary variable",
      "(let ((i 0) (all '())) (while (< i 3) (set! all (cons (fn () i) all)) (set! i (+ i 1))) (map (fn (f) (f)) all))",
      "(3 3 3)",
    ],
  ],
  "a captured variable": [
    ["that is never assigned is copied", "(((fn (x) (fn () (+ x 1))) 41))", "42"],
    [
      "that is assigned only before capture keeps that value",
      "(define (f x) (set! x (* 2 x)) (fn () x)) (let ((a (f 1)) (b (f 2))) (list (a) (b)))",
      "(2 4)",
    ],
    [
      "may be a function that calls itself",
      "(define (f n) (letrec ((go (fn (k) (if (= k 0) n (go (- k 1)))))) (go 5))) (f 'done)",
      "done",
    ],
    [
      "may be one of functions that call each other",
      "(define (f n) (define (a k) (if (= k 0) 'a (b (- k 1)))) (define (b k) (if (= k 0) 'b (a (- k 1)))) (list (a n) (b n)))" +
      "(f 5)",
      "(b a)",
    ],
    [
      "may be the name of a function that is assigned later",
      "(define (f) (define (g) 1) (let ((h (fn () (g)))) (set! g (fn () 2)) (h))) (f)",
      "2",
    ],
  ],
};

describe("variables", () => {
  for (const [subject, claims] of Object.entries(CASES)) {
    describe(subject, () => {
      for (const [claim, program, printed] of claims) {
        it(claim, () => {
          const runtime = createRuntime({ tier: "baseline" });
          assertEquals(runtime.print(runtime.eval(program)), printed);
        });
      }
    });
  }

  it("make no cells where none is shared", () => {
    const runtime = createRuntime({ tier: "baseline" });
    const before = runtime.stats().sharedCells;
    runtime.eval("(map (fn (x) (let ((y (* x x))) ((fn () (+ x y))))) (range 100))");
    assertEquals(runtime.stats().sharedCells, before);
    runtime.eval("(let ((n 0)) (for-each (fn (x) (set! n (+ n x))) (range 100)) n)");
    assertEquals(runtime.stats().sharedCells, before + 1);
  });
});
