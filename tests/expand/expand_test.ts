/** What macros make of forms, which names hide them, and that expansion always ends. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, SemaError } from "../../src/engine/mod.ts";

function value(text: string): string {
  const runtime = createRuntime({ tier: "walker", stdout: () => {} });
  try {
    return runtime.print(runtime.eval(text));
  } catch (error) {
    if (error instanceof SemaError) return `error: ${error.message}`;
    throw error;
  }
}

function check(cases: readonly (readonly [string, string])[]): void {
  for (const [text, expected] of cases) it(text, () => assertEquals(value(text), expected));
}

const M = "(defmacro m (x) `(quote (made ,x)))";

describe("prelude macros expand to", () => {
  check([
    ["(macroexpand '(-> x (f 1) g))", "(-> (f x 1) g)"],
    ["(macroexpand '(->> x (f 1)))", "(->> (f 1 x))"],
    ["(macroexpand '(when-let [x 1] 2))", "(let ((x 1)) (when (not (nil? x)) 2))"],
    ["(macroexpand '(for-range [i 0 6] i))", "(do ((i 0 (+ i nil))) ((>= i 6)) i)"],
    ["(macroexpand '(parameterize ((p 1)) 2))", "(__parameterize (list p) (list 1) (fn () 2))"],
    ["(->)", "error: -> expects 1 or more arguments, got 0"],
  ]);
});

describe("macros are hidden by", () => {
  check([
    [`${M} (let ((m (fn (x) 1))) (m 1))`, "1"],
    [`${M} ((fn (m) (m 1)) (fn (x) 2))`, "2"],
    [`${M} (match (fn (x) 3) (m (m 1)))`, "3"],
    [`${M} (let* ((m (fn (x) 4)) (b (m 1))) b)`, "4"],
    [`${M} (define (f) (define (m x) 5) (m 1)) (f)`, "5"],
    [`(define (m x) 6) ${M} (m 1)`, "6"],
    [`${M} (let ((y 1)) (m 7))`, "(made 7)"],
    [`${M} (defn m (x) 5) (m 1)`, "(made 1)"],
  ]);
});

describe("templates", () => {
  check([
    [`${M} \`(a (m 1))`, "(a (quote (made 1)))"],
    [`${M} '(a (m 1))`, "(a (m 1))"],
    ["(defmacro pow (n x) (if (= n 0) 1 `(* ,x (pow ,(- n 1) ,x)))) (pow 3 2)", "8"],
    ["(defmacro twice (x) `(let ((v# ,x)) (list v# v#))) (list (twice 1) (let ((v 5)) (twice v)))", "((1 1) (5 5))"],
    ["`(a `(b ,(c ,(+ 1 2))))", "(a (quasiquote (b (unquote (c 3)))))"],
    ["(let ((xs [1 2])) (list `(,@xs) `(0 ,@xs) `[,@'(1)] `{:a ,(+ 1 1)}))", "([1 2] (0 1 2) [1] {:a 2})"],
  ]);
});

describe("syntax-rules", () => {
  check([
    ["(define-syntax s (syntax-rules () ((_ (a b ...) ...) '((b ... a) ...)))) (s (1 2 3) (4))", "((2 3 1) (4))"],
    ["(define-syntax s (syntax-rules () ((_ a) (let ((t 1)) (list t a))))) (let ((t 5)) (s t))", "(1 5)"],
    [
      "(define-syntax s (syntax-rules (=>) ((_ a => b) (list a b)) ((_ a b c) :no))) (list (s 1 => 2) (s 1 2 3))",
      "((1 2) :no)",
    ],
    ["(define-syntax s (syntax-rules () ((_ a ... z) 'z))) (s 1 2 3)", "3"],
    ["(define-syntax s (syntax-rules () ((_) 1))) (s 2)", "error: no matching syntax-rules clause for macro 's'"],
  ]);
});

describe("expansion ends", () => {
  check([
    ["(defmacro m (x) `(m ,x)) (m 1)", "error: macro expansion does not end: m"],
    ["(defmacro m (x) `(list (m ,x))) (m 1)", "error: maximum expansion depth exceeded"],
    ["(define-syntax m (syntax-rules () ((_ x ...) (m x ... x ...)))) (m 1)", "error: macro expansion does not end: m"],
  ]);
});
