/**
 * Functions inlined with the functions they are given, closures and shared variables that exist only as variables of
 * the text, and errors that are jumps: what a program sees of them is what it would see of the calls. Most programs
 * here leave compiled code half way, by an operand of a kind that was never seen before, and go on.
 */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { assertEverywhere, type Program } from "./tiers.ts";

const PROGRAMS: Readonly<Record<string, Program>> = {
  "a shared variable keeps its value when the callback leaves": {
    units: [
      `(define (f xs)
         (let ((count 0) (last nil))
           (for-each (fn (x) (set! count (+ count 1)) (set! last (+ x 1))) xs)
           (list count last)))`,
      "(list (f '(1 2 3)) (f '(1 0.5 3)) (f '(1 2147483647 3 4)) (f '(1 1/2)))",
    ],
    heat: "(f '(1 2 3))",
    printed: "((3 4) (3 4) (4 5) (2 3/2))",
  },
  "a closure that was never made is one closure in all frames that are left": {
    units: [
      `(define kept '())
       (define (keep f) (set! kept (cons f kept)))
       (define (f xs flag)
         (let* ((n 0) (g (fn (x) (set! n (+ n x)) n)))
           (for-each (fn (x) (g x)) xs)
           (if flag (list (begin (keep g) (keep g) (eq? (car kept) (car (cdr kept)))) (g 1) n) n)))`,
      "(list (f '(1 2) #f) (f '(1 0.5) #t) ((car kept) 10) (f '(2147483647 5) #t))",
    ],
    heat: "(f '(1 2) #f)",
    printed: "(3 (#t 2.5 2.5) 12.5 (#t 2147483653 2147483653))",
  },
  "captured variables of loops keep the values they had": {
    units: [
      `(define (f n)
         (let loop ((i 0) (made '()) (sum 0))
           (if (= i n)
             (list sum (map (fn (g) (g 1)) made))
             (let ((g (fn (x) (+ x i))))
               (loop (+ i 1) (if (= (mod i 3) 0) (cons g made) made) (+ sum (foldl + 0 (map g '(1 2)))))))))`,
      "(f 7)",
    ],
    heat: "(f 3)",
    printed: "(63 (7 4 1))",
  },
  "a callback that redefines a function inlined with it": {
    units: [
      `(define (g x) (* 2 x))
       (define (f xs at) (map (fn (x) (when (= x at) (set! g (fn (x) (list 'new x)))) (g x)) xs))`,
      "(list (f '(1 2 3) 0) (f '(1 2 3) 2) (f '(1) 0))",
    ],
    heat: "(f '(1 2 3) 0)",
    printed: "((2 4 6) (2 (new 2) (new 3)) ((new 1)))",
  },
  "a callback that redefines the function that calls it": {
    units: [
      `(define (each p xs) (if (null? xs) 'done (begin (p (car xs)) (each p (cdr xs)))))
       (define (f xs) (let ((seen '()))
         (list (each (fn (x) (set! seen (cons x seen)) (when (= x 2) (set! each (fn (p xs) (list 'new xs))))) xs) seen)))`,
      "(list (f '(1 3)) (f '(1 2 3)) (f '(1)))",
    ],
    heat: "(f '(1 3))",
    printed: "((done (3 1)) ((new (3)) (2 1)) ((new (1)) ()))",
  },
  "mutual tail calls with other operands, and one that is redefined on the way": {
    units: [
      `(define (even n) (if (= n 0) #t (odd (- n 1))))
       (define (odd n) (if (= n 0) #f (even (- n 1))))
       (define (up n m) (if (= n m) 'top (begin (when (= n 5) (set! down (fn (n m) (list 'new n m)))) (down m n))))
       (define (down m n) (if (= n m) 'bottom (up (+ n 1) m)))`,
      "(list (even 10) (even 100001) (even 4.0) (up 0 4) (up 0 10) (up 0 3))",
    ],
    heat: "(begin (even 10) (up 0 3))",
    printed: "(#t #f #t top (new 10 5) (new 3 0))",
  },
  "an error in a callback finds the handler around the call, with all its variables": {
    units: [
      `(define (check x) (if (= x 3) (throw {:code x}) x))
       (define (f xs)
         (let ((seen 0))
           (list (try (foldl (fn (sum x) (set! seen (+ seen 1)) (+ sum (check x))) 0 xs)
                   (catch e (list 'caught (:value e) seen)))
                 seen)))`,
      "(list (f '(1 2)) (f '(1 2 3 4)) (f '(1 0.5 3 4)) (f '(1 a)))",
    ],
    heat: "(f '(1 2))",
    printed: "((3 2) ((caught {:code 3} 3) 3) ((caught {:code 3} 3) 3) ((caught nil 2) 2))",
  },
  "an error passes compiled and interpreted frames to the innermost handler that is still there": {
    units: [
      `(define (deep n) (if (= n 0) (throw 'bottom) (+ 1 (deep (- n 1)))))
       (define (middle n) (try (deep n) (catch e (throw (list 'again (:value e))))))
       (define (f n) (try (list (middle n)) (catch e (:value e))))`,
      "(list (f 0) (f 3) (f 500) (try (map f '(1 x)) (catch e (:type e))))",
    ],
    heat: "(f 2)",
    printed: "((again bottom) (again bottom) (again bottom) ((again bottom) (again nil)))",
  },
  "a handler in a loop is entered again and again": {
    units: [
      `(define (f n)
         (let loop ((i 0) (log '()))
           (if (= i n) (reverse log)
             (loop (+ i 1)
               (cons (try (if (= (mod i 2) 0) (throw i) (* i 10)) (catch e (list (:value e) (:type e)))) log)))))`,
      "(f 4)",
    ],
    heat: "(f 3)",
    printed: "((0 :user) 10 (2 :user) 30)",
  },
  "a callback that takes another number of arguments": {
    units: [
      "(define (f g xs) (try (map g xs) (catch e (:message e))))",
      `(list (f (fn (x) x) '(1)) (f (fn (x y) x) '(1)) (f (fn (x . more) (list x more)) '(1)) (f :a (list {:a 1}))
             (try ((fn () (map (fn (x y) y) '(1 2)))) (catch e (:message e))))`,
    ],
    heat: "(f (fn (x) x) '(1))",
    printed: '((1) "<lambda> expects 2 arguments, got 1" ((1 ())) (1) "<lambda> expects 2 arguments, got 1")',
  },
};

describe("inlined with the functions they are given:", () => {
  for (const [name, program] of Object.entries(PROGRAMS)) it(name, () => assertEverywhere(program));
});

describe("closures that are only called", () => {
  it("are not made, nor are cells for the variables that they share", () => {
    const runtime = createRuntime({ tier: "jit" });
    runtime.eval(`(define (f n) (let ((sum 0)) (for-each (fn (x) (set! sum (+ sum x))) (list n 2 3)) sum))`);
    for (let i = 0; i < 10; i++) runtime.eval("(f 1)");
    const source = runtime.generatedSource("f");
    const made = source.split("\n").filter((line) => /new Closure|\$cell\(/.test(line) && !/\$leave|\$save/.test(line));
    assertEquals(made, []);
    const before = runtime.stats().sharedCells;
    for (let i = 0; i < 10; i++) assertEquals(runtime.print(runtime.call("f", i)), String(i + 5));
    assertEquals(runtime.stats().sharedCells, before);
  });
});
