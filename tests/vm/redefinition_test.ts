/** A global may mean something else from one moment to the next, builtins with instructions of their own included. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";

/** What holds, the units of a program, and the text of the last one's value. */
type Case = readonly [claim: string, units: readonly string[], printed: string];

const USER: readonly Case[] = [
  ["by define", ["(define (g) 1) (define (f) (g))", "(define (g) 2)", "(f)"], "2"],
  ["by set!", ["(define (g) 1) (define (f) (g))", "(set! g (fn () 2))", "(f)"], "2"],
  ["by eval", ["(define (g) 1) (define (f) (list (g) (eval '(define (g) 2)) (g)))", "(f)"], "(1 nil 2)"],
  [
    "while it is running",
    ["(define (f n) (if (= n 0) 'old (begin (set! f (fn (n) 'new)) (list 'was (f (- n 1))))))", "(f 3)"],
    "(was new)",
  ],
  [
    "from a callback of map",
    [
      "(define (g x) x)",
      "(map (fn (x) (when (= x 2) (set! g (fn (x) (* 10 x)))) (g x)) '(1 2 3))",
    ],
    "(1 20 30)",
  ],
  [
    "while it is the function that map calls",
    ["(define (g x) (set! g (fn (x) 'new)) x)", "(list (map g '(1 2)) (g 3))"],
    "((1 2) new)",
  ],
  ["to something that is no function", [
    "(define (g) 1) (define (f) (g))",
    "(define g :key)",
    "(try (f) (catch e (:type e)))",
  ], ":arity"],
  [
    "after it was unbound",
    [
      "(define (f) (try (later 1) (catch e (:type e))))",
      "(define before (f))",
      "(define (later x) x)",
      "(list before (f))",
    ],
    "(:unbound 1)",
  ],
];

const BUILTINS: readonly Case[] = [
  ["+ by define", [
    "(define (f a b) (+ a b))",
    "(define before (f 1 2))",
    "(define (+ a b) (list a b))",
    "(list before (f 1 2))",
  ], "(3 (1 2))"],
  ["+ by set!", ["(define (f a b) (+ a b))", "(set! + (fn (a b) (* a b)))", "(f 3 4)"], "12"],
  [
    "+ for fused forms",
    ["(define (f a) (let ((b (+ a 1))) (+ b a)))", "(set! + (fn (a b) (list a b)))", "(f 3)"],
    "((3 1) 3)",
  ],
  ["car by set!", ["(define (f x) (car x))", "(set! car (fn (x) 'mine))", "(f '(1))"], "mine"],
  ["not by set!, in a branch", [
    "(define (f x) (if (not x) 'yes 'no))",
    "(set! not (fn (x) x))",
    "(list (f #t) (f #f))",
  ], "(yes no)"],
  ["< by set!, in a branch", ["(define (f a b) (if (< a b) 1 2))", "(set! < (fn (a b) #f))", "(f 1 2)"], "2"],
  [
    "null? in a loop",
    ["(define (f xs) (if (null? xs) 'end (f (cdr xs))))", "(set! null? (fn (x) #t))", "(f '(1 2))"],
    "end",
  ],
  [
    "- with one argument and two",
    ["(define (f a) (list (- a) (- a 1)))", "(set! - (fn (. xs) xs))", "(f 5)"],
    "((5) (5 1))",
  ],
  ["map by define", ["(define (f xs) (map (fn (x) (* x x)) xs))", "(define (map g xs) 'mine)", "(f '(1 2))"], "mine"],
  [
    "+ while the function that uses it runs",
    ["(define (f a b) (list (+ a b) (begin (set! + *) (+ a b))))", "(f 3 4)"],
    "(7 12)",
  ],
  [
    "+ by eval while a loop runs",
    [
      "(define (f) (let loop ((i 0) (sum '())) (if (= i 4) sum" +
      " (begin (when (= i 2) (eval '(set! + (fn (a b) 4)))) (loop (+ i 1) (cons i sum))))))",
      "(f)",
    ],
    "(2 1 0)",
  ],
  [
    "car from inside a callback of map",
    ["(map (fn (x) (when (= (car x) 2) (set! car (fn (x) 'mine))) (car x)) '((1) (2) (3)))"],
    "(1 mine mine)",
  ],
  [
    "and back",
    [
      "(define (f a) (+ a 1))",
      "(define old +)",
      "(set! + (fn (a b) 'mine))",
      "(define seen (f 1))",
      "(set! + old)",
      "(list seen (f 1))",
    ],
    "(mine 2)",
  ],
  ["to a keyword", ["(define (f x y) (get x y))", "(set! get (fn (m k) (k m)))", "(f {:a 1} :a)"], "1"],
  [
    "with a tail call to itself",
    ["(define (f n) (+ n 1))", "(set! + (fn (a b) (if (= a 100) 'end (f (- a -1)))))", "(f 0)"],
    "end",
  ],
  ["not for the library", [
    "(set! car (fn (x) 'mine))",
    "(set! + (fn (. xs) 'mine))",
    "(list (map (fn (x) x) '(1 2)) (apply max '(1 2)))",
  ], "((1 2) 2)"],
];

function last(units: readonly string[]): string {
  const runtime = createRuntime({ tier: "baseline" });
  let printed = "";
  for (const unit of units) printed = runtime.print(runtime.eval(unit));
  return printed;
}

describe("a function of the program is redefined", () => {
  for (const [claim, units, printed] of USER) it(claim, () => assertEquals(last(units), printed));
});

describe("a builtin is redefined:", () => {
  for (const [claim, units, printed] of BUILTINS) it(claim, () => assertEquals(last(units), printed));
});

describe("runtimes", () => {
  it("share no globals", () => {
    const [a, b] = [createRuntime({ tier: "baseline" }), createRuntime({ tier: "baseline" })];
    a.eval("(define x 1) (define (f) (+ x 1)) (set! car (fn (x) 'mine))");
    b.eval("(define x 10) (define (f) (car (list x)))");
    assertEquals([a.eval("(f)"), b.eval("(f)")], [2, 10]);
    assertEquals(a.print(a.eval("(car '(1))")), "mine");
    assertEquals(b.eval("(car '(1))"), 1);
  });

  it("may run inside one another", () => {
    const [a, b] = [createRuntime({ tier: "baseline" }), createRuntime({ tier: "baseline" })];
    b.eval("(define (fact n) (if (= n 0) 1 (* n (fact (- n 1)))))");
    a.define("elsewhere", (n: unknown) => b.toJS(b.call("fact", n)));
    assertEquals(a.print(a.eval("(map (fn (n) (+ (elsewhere n) 1)) '(3 4))")), "(7 25)");
  });

  it("may be entered again by what they call", () => {
    const runtime = createRuntime({ tier: "baseline" });
    runtime.define("again", (text: unknown) => runtime.toJS(runtime.eval(String(text))));
    runtime.eval("(define x 5)");
    assertEquals(
      runtime.print(runtime.eval('(let ((n 1)) (list n (again "(let ((n 2)) (set! x (+ x n)) x)") n x))')),
      "(1 7 1 7)",
    );
    assertEquals(runtime.print(runtime.eval('(try (list 1 (again "(car 1)")) (catch e \'caught))')), "caught");
  });

  it("are made by the hundred", () => {
    for (let i = 0; i < 100; i++) assertEquals(createRuntime({ tier: "baseline" }).eval(`(+ ${i} 1)`), i + 1);
  });
});
