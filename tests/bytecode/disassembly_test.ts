/**
 * The bytecode of short programs, compared with the `.golden` files beside this one. A listing shows base instructions
 * and, in brackets, the variant that the dispatch loop takes there.
 */
import { describe, it } from "node:test";
import { createRuntime } from "../../src/engine/mod.ts";
import { assertGolden } from "../golden.ts";

/** Defines `f`, whose listing is shown. Units are separated by lines. */
type Snippet = string;

/** Golden file → what stands in it. */
const GOLDEN: Readonly<Record<string, readonly Snippet[]>> = {
  forms: [
    '(define (f) \'(1 two "three"))',
    "(define (f) 1.5)",
    "(define (f x) (begin 1 x))",
    "(define (f x) (if x 'yes 'no))",
    "(define (f x) (if (not x) 'yes 'no))",
    "(define (f a b) (if (and a b) 1 2))",
    "(define (f a b) (if (or a b) 1 2))",
    "(define (f a b) (or a b))",
    "(define (f x) (cond ((null? x) 0) ((= x 1) 1) (else 2)))",
    "(define (f x) (case x ((1 2) 'low) (else 'high)))",
    "(define (f x) (when x (println x) 1))",
    "(define (f x) (let ((y 1) (z x)) (+ y z)))",
    "(define (f x) (let* ((y x) (z y)) z))",
    "(define (f a . more) (cons a more))",
    "(define (f x) `(a ,x ,@x))",
    "(define (f x) (let (([a b] x)) (list a b)))",
    "(define (f x) (match x ([a _] a) ({:k v} v) (_ nil)))",
    '(define (f x) f"<${x}>")',
    "(define (f x) {:a x :b [x 1]})",
  ],
  globals: [
    "(define (f) undefined-so-far)",
    "(define (f x) (set! total x) total)",
    "(define (f x) (define inner (+ x 1)) inner)",
    "(define (f x) (eval '(define made 1)))",
    "(define (f x) (:key x))",
  ],
  calls: [
    "(define (f x) (g x))",
    "(define (f x) (+ 1 (g x 2 3)))",
    "(define (f x) (x))",
    "(define (f x) (list (x 1 2)))",
    "(define (f n) (if (= n 0) 0 (f (- n 1))))",
    "(define (f g xs) (apply g xs))",
    "(define (f xs) (map (fn (x) (* x 2)) xs))",
    "(define (f p) (await p))",
  ],
  closures: [
    "(define (f x) (fn () x))",
    "(define (f x) (fn () (fn () x)))",
    "(define (f x) (set! x (+ x 1)) (fn () x))",
    "(define (f x) (let ((get (fn () x))) (set! x 2) (get)))",
    "(define (f) (let ((n 0)) (list (fn () (set! n (+ n 1)) n) (fn () n))))",
    "(define (f n) (let loop ((i 0) (all '())) (if (= i n) all (loop (+ i 1) (cons (fn () i) all)))))",
    "(define (f n) (do ((i 0 (+ i 1)) (all '() (cons (fn () i) all))) ((= i n) all)))",
    "(define (f n) (define (even? n) (if (= n 0) #t (odd? (- n 1)))) (define (odd? n) (if (= n 0) #f (even? (- n 1)))) (even? n))",
    "(define (f n) (letrec ((down (fn (k) (if (= k 0) n (+ 1 (down (- k 1))))))) (down 3)))",
  ],
  loops: [
    "(define (f n) (let loop ((i 0) (sum 0)) (if (< i n) (loop (+ i 1) (+ sum i)) sum)))",
    "(define (f n) (let loop ((a 0) (b 1) (n n)) (if (= n 0) a (loop b (+ a b) (- n 1)))))",
    "(define (f n) (do ((i 0 (+ i 1))) ((= i n) 'done) (println i)))",
    "(define (f n) (while (> n 0) (set! n (- n 1))))",
    "(define (f xs) (let loop ((xs xs)) (if (null? xs) 0 (+ (car xs) (loop (cdr xs))))))",
    "(define (f n) (let outer ((i 0)) (if (< i n) (let inner ((j 0)) (if (< j i) (inner (+ j 1)) (outer (+ i 1)))) i)))",
  ],
  errors: [
    "(define (f x) (try (g x) (catch e 0)))",
    "(define (f x) (try (g x) (catch e e)))",
    "(define (f x) (+ 1 (try (g x) (catch e (:message e)))))",
    "(define (f x) (try (try (g x) (catch e (throw e))) (catch e (:value e))))",
    "(define (f x) (try (throw x) (catch e (throw e))) 1)",
    "(define (f x) (let loop ((i 0)) (if (< i x) (begin (try (g i) (catch e nil)) (loop (+ i 1))) i)))",
    "(define (f x) (throw x))",
  ],
  intrinsics: [
    "(define (f a b) (- (* a b) (/ a b)))",
    "(define (f a) (list (- a) (- a 1) (+ a 1) (+ 1 a)))",
    "(define (f a b) (list (= a b) (< a b) (> a b) (<= a b) (>= a b)))",
    "(define (f a b) (if (<= a 3) (if (> a b) 1 2) (if (not (= (+ a 1) b)) 3 4)))",
    "(define (f a) (list (car a) (cdr a) (null? a) (length a) (cons 1 a)))",
    "(define (f a b) (+ a b 1))",
  ],
  redefinition: [
    "(define (f x) (car x))\n(define (car x) 'mine)",
    "(define (car x) 'mine)\n(define (f x) (car x))",
    "(define (f x) (if (not (< x 1)) (+ x 1) (- x 1)))\n(set! < (fn (a b) #t))\n(set! + list)",
    "(define (f x) (list (not x) (car x)))\n(eval '(define (not x) 1))",
  ],
};

describe("disassembly", () => {
  for (const [name, snippets] of Object.entries(GOLDEN)) {
    it(`of ${name}`, () => {
      const listings = snippets.map((snippet) => {
        const runtime = createRuntime({ tier: "baseline" });
        for (const unit of snippet.split("\n")) runtime.eval(unit);
        return `${snippet.replaceAll(/^/gm, "# ")}\n\n${runtime.disassemble("f")}\n`;
      });
      assertGolden(new URL(`${name}.golden`, import.meta.url), listings.join("\n"));
    });
  }
});
