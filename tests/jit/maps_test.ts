/**
 * Maps with constant keys that exist only as variables of generated code: what a program sees of them, and of what they
 * hold, is what it would see of maps. Most programs here leave compiled code half way, by an operand of a kind that was
 * never seen before, and go on.
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { assertEverywhere, type Program } from "./tiers.ts";

const PROGRAMS: Readonly<Record<string, Program>> = {
  "entries, and keys that it lacks": {
    units: [
      `(define (f a b) (let ((m {:x a "y" b :z (+ a b)})) (list (:x m) (get m "y") (:z m) (:w m) (get m :w) (get m :w 9))))`,
      "(list (f 1 2) (f 0.5 0.5) (f 2147483647 1))",
    ],
    heat: "(f 1 2)",
    printed: "((1 2 3 nil nil 9) (0.5 0.5 1.0 nil nil 9) (2147483647 1 2147483648 nil nil 9))",
  },
  "several values given back": {
    units: [
      `(define (divide a b) {:quotient (quotient a b) :remainder (mod a b)})
       (define (f a b) (let ((r (divide a b))) (+ (* b (:quotient r)) (:remainder r))))
       (define (g a b) (let (({:keys [quotient remainder]} (divide a b))) (list quotient remainder)))`,
      "(list (f 17 5) (g 17 5) (f 100000000000 7) (try (f 1 0) (catch e (:type e))) (g 2147483648 3))",
    ],
    heat: "(begin (f 7 2) (g 7 2))",
    printed: "(17 (3 2) 100000000000 :eval (715827882 2))",
  },
  "one of two maps": {
    units: [
      "(define (h a) (if (< a 0) {:sign -1 :size (- a)} {:sign 1 :size a})) (define (f a) (let ((m (h a))) (* (:sign m) (:size m))))",
      "(list (f 3) (f -3) (f 0) (f -0.5) (f 9007199254740993))",
    ],
    heat: "(begin (f 1) (f -1))",
    printed: "(3 -3 0 -0.5 9007199254740993)",
  },
  "one that is kept, printed and compared": {
    units: [
      `(define kept nil)
       (define (f a flag) (let ((m {:a a :b (list a)})) (when flag (set! kept m)) (list (:a m) (eq? m m) (equal? m {:a a :b (list a)}))))
       (define (g a) (let ((m {:a a})) (str m (assoc m :b (:a m)) (count m))))`,
      "(list (f 1 #f) (f 2 #t) kept (g 5) (g 0.5))",
    ],
    heat: "(begin (f 1 #f) (g 1))",
    printed: '((1 #t #t) (2 #t #t) {:a 2 :b (2)} "{:a 5}{:a 5 :b 5}1" "{:a 0.5}{:a 0.5 :b 0.5}1")',
  },
  "closures that share a variable, called by their keys": {
    units: [
      `(define (make n)
         (define (add! x) (set! n (+ n x)) n)
         {:add! add! :sub! (fn (x) (add! (- x))) :now (fn () n)})
       (define (f k) (let ((c (make 0))) (do ((i 0 (+ i 1))) ((= i k)) ((:add! c) 3) ((:sub! c) 1)) ((:now c))))
       (define (g x) (let ((c (make 1))) ((:add! c) x) (list ((:now c)) (begin ((:sub! c) 1) ((:now c))))))`,
      "(list (f 5) (g 1) (g 0.5) (g 2147483647) (g 1/2) (try (g :k) (catch e (:type e))) (f 3))",
    ],
    heat: "(begin (f 3) (g 1))",
    printed: "(10 (2 1) (1.5 0.5) (2147483648 2147483647) (3/2 1/2) :type-error 6)",
  },
  "maps in maps, and in closures": {
    units: [
      `(define (f a) (let* ((m {:p {:x a :y 2} :q (fn (d) (+ d a))}) (h (fn (d) (+ d (:x (:p m)))))) (list ((:q m) 1) (h 10) (:y (:p m)))))`,
      "(list (f 1) (f 0.5) (f 2147483647))",
    ],
    heat: "(f 1)",
    printed: "((2 11 2) (1.5 10.5 2) (2147483648 2147483657 2))",
  },
  "a map of the round before": {
    units: [
      `(define (f n x)
         (let loop ((i 0) (last {:sum 0 :i -1}) (seen '()))
           (if (= i n) (list (:sum last) (:i last) seen)
             (let ((next {:sum (+ x (:sum last)) :i i}))
               (loop (+ i 1) next (cons (- (:i next) (:i last)) seen))))))`,
      "(list (f 4 1) (f 3 0.5) (f 0 1) (f 2 4294967296))",
    ],
    heat: "(f 3 1)",
    printed: "((4 3 (1 1 1 1)) (1.5 2 (1 1 1)) (0 -1 ()) (8589934592 1 (1 1)))",
  },
  "keys written twice, and keys that are no names": {
    units: [
      "(define (f a) (let ((m {:a 1 :a a}) (n {a 2 1.5 3})) (list (:a m) (get n a) (get n 1.5) (get n 7))))",
      "(list (f 4) (f :a))",
    ],
    heat: "(f 4)",
    printed: "((4 2 3 nil) (:a 2 3 nil))",
  },
  "one in a handler, and one that is thrown": {
    units: [
      `(define (f x) (try (let ((m {:code x})) (if (> x 1) (throw m) (:code m))) (catch e (list (:code (:value e)) x))))
       (define (g x) (let ((m {:code x})) (try (+ 1 (:code m)) (catch e (:code m)))))`,
      '(list (f 1) (f 2) (f 2.5) (g 1) (g "a") (g 0.5))',
    ],
    heat: "(begin (f 1) (f 2) (g 1))",
    printed: '(1 (2 2) (2.5 2.5) 2 "a" 1.5)',
  },
  "operands that fail, in order": {
    units: [
      `(define seen '())
       (define (note x) (set! seen (cons x seen)) x)
       (define (f a) (set! seen '()) (try (let ((m {:b (note a) :a (+ 1 (note (list a))) :c (note 3)})) (:a m)) (catch e (reverse seen))))`,
      "(f 1)",
    ],
    heat: "(f 1)",
    printed: "((1))",
  },
};

describe("a map that is only looked into", () => {
  for (const [claim, program] of Object.entries(PROGRAMS)) it(`is as a map: ${claim}`, () => assertEverywhere(program));

  it("is not made, nor are the closures in it, nor the cells that they share", () => {
    const runtime = createRuntime({ tier: "baseline" });
    runtime.eval(
      `(define (make n) (define (add! x) (set! n (+ n x)) n) {:add! add! :now (fn () n)})
       (define (f x) (let ((c (make 0))) ((:add! c) x) ((:now c))))`,
    );
    runtime.eval("(f 1)");
    const lines = runtime.generatedSource("f").split("\n").filter((line) => !/\$leave|^const| const /.test(line));
    assert(lines.length > 10);
    assertEquals(lines.filter((line) => /new Closure|\$cell\(|\$K|SortedMap|\.get\(/.test(line)), []);
  });

  it("does not fill the ways out with copies of what is in it many times", () => {
    const runtime = createRuntime({ tier: "jit" });
    const steps = Array.from({ length: 24 }, (_, i) => `(m${i + 1} {:l m${i} :r m${i} :n ${i}})`).join(" ");
    runtime.eval(`(define (f x) (let* ((m0 {:n x}) ${steps}) (+ x (:n (:l m24)) (:n (:r (:l m3))))))`);
    assert(runtime.generatedSource("f").length < 100_000);
    assertEquals(runtime.print(runtime.eval("(list (f 1) (f 0.5))")), "(23 22.5)");
  });
});
