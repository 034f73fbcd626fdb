/**
 * Resolved core of one-line programs against `resolve.golden`. After a change that is meant to change it, run once with
 * UPDATE_GOLDEN=1 and review the difference.
 */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { printLambda } from "../../src/core/mod.ts";
import { intern } from "../../src/data/mod.ts";
import { preludeMacros } from "../../src/expand/mod.ts";
import { analyse, type AnalysisHost } from "../../src/frontend.ts";

const FILE = new URL("./resolve.golden", import.meta.url);

const PROGRAMS: readonly string[] = [
  "(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))",
  "(define (f x) (set! x (+ x 1)) x)",
  "(define (f x) (fn () x))",
  "(define (f x) (fn () (set! x (+ x 1))))",
  "(define (f) (fn () (fn () (f))))",
  "(let ((a 1) (b 2)) (list a b))",
  "(let loop ((i 0)) (if (< i 3) (loop (+ i 1)) i))",
  "(let loop ((i 0)) (cons i (loop (+ i 1))))",
  "(let loop ((i 0)) (loop))",
  "(let outer ((i 0)) (let inner ((j 0)) (if (< j 3) (inner (+ j 1)) (outer (+ i 1)))))",
  "(let outer ((i 0)) (let inner ((j 0)) (+ 1 (inner j)) (outer i)))",
  "(let loop ((i 0)) (fn () i) (loop (+ i 1)))",
  "(define (f) (define (even n) (odd n)) (define (odd n) (even n)) (even 1))",
  "(define (f) (define a 1) (define b (+ a 1)) (set! a b) (fn () (+ a b)))",
  "(define (f) (g) (define (g) 1))",
  "(define (f) (define (g) x) (define x 1) (g))",
  "(define (f x) (define x 2) x)",
  "(define (f x) (if x (define y 1)) y)",
  "(letrec ((a (fn () (b))) (b (fn () (a)))) (a))",
  "(letrec ((a 1) (b (fn () a))) (b))",
  "(do ((i 0 (+ i 1)) (j 0 i)) ((= i 3) j) (print i))",
  "(while (< x 3) (define y x) (set! x (+ y 1)))",
  "(if (and a (or b c)) 1 2)",
  "(and a b)",
  "(case x ((1 2) :a) (else :b))",
  "(match x ([a & b] b) ({:k v} v) (1 :one) (n when (> n 1) n))",
  "(let (([a {:keys [b]}] x)) (+ a b))",
  "(let-values (((a . b) (values 1 2))) b)",
  "(try (f) (catch e (g e)))",
  "(define (f g . args) (__vm-apply g args))",
  "(define (car x) x) (car 1)",
  "(let ((car 1)) car) (cdr x) (cdr x y)",
  "(set! cdr car) (cdr x)",
  "`(a ,b ,@c)",
  "[1 (f) {:a 1}] [1 2]",
  "(define-record-type p (mk x) p? (x px))",
  "(-> x (f 1) :k)",
];

const macros = new Map(preludeMacros().map((macro) => [intern(macro.name), macro]));

const host: AnalysisHost = {
  macro: (name) => macros.get(name) ?? null,
  defineMacro: () => {},
  evaluate: () => null,
  apply: () => null,
  gensym: (prefix) => intern(`${prefix}__0`),
  keepsCaller: () => false,
};

const made = PROGRAMS.map((text) => `${text}\n  ${printLambda(analyse(text, null, host))}\n`);

if (process.env["UPDATE_GOLDEN"] !== undefined) writeFileSync(FILE, made.join("\n"));

describe("resolved core of", () => {
  const golden = readFileSync(FILE, "utf8").split("\n\n").map((entry) => entry.trim());
  PROGRAMS.forEach((text, index) => it(text, () => assertEquals(made[index]?.trim(), golden[index])));

  it("exactly these programs", () => assertEquals(golden.length, PROGRAMS.length));
});
