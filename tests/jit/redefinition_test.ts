/**
 * What compiled code has built in may change under it: at once, whoever changes it and wherever it runs, the next
 * operation sees the new value.
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { assertEverywhere, evaluate, MODES, prepare, type Program } from "./tiers.ts";

const FUNCTIONS: Readonly<Record<string, Program>> = {
  "one that is inlined, between calls": {
    units: ["(define (g x) (* x 2)) (define (f x) (+ 1 (g x)))", "(define (g x) (* x 10))", "(f 3)"],
    heat: "(f 1)",
    printed: "31",
  },
  "one that is called directly, by set!": {
    units: [
      "(define (g x) (try (* x 2) (catch e 0))) (define (f x) (+ 1 (g x)))",
      "(set! g (fn (x) (* x 10)))",
      "(f 3)",
    ],
    heat: "(f 1)",
    printed: "31",
  },
  "while the function that has it inlined runs": {
    units: [
      "(define (g x) (* x 2)) (define (f x change) (list (g x) (when change (set! g (fn (x) (list 'new x)))) (g x)))",
      "(list (cdr (f 3 #f)) (car (f 3 #t)) (f 4 #f))",
    ],
    heat: "(f 1 #f)",
    printed: "((nil 6) 6 ((new 4) nil (new 4)))",
  },
  "in a loop, half way": {
    units: [
      `(define (g x) (+ x 1))
       (define (f n at)
         (let loop ((i 0) (sum 0))
           (if (= i n) sum
             (begin (when (= i at) (set! g (fn (x) 1000))) (loop (+ i 1) (+ sum (g i)))))))`,
      "(list (f 10 -1) (f 10 5) (f 10 -1))",
    ],
    heat: "(f 5 -1)",
    printed: "(55 5015 10000)",
  },
  "from inside the inlined function itself": {
    units: [
      "(define (g x) (if (= x 7) (begin (set! g (fn (x) (list 'new x))) (+ x 1)) (+ x 1))) (define (f x) (list (g x) (g 0)))",
      "(list (f 1) (f 7) (f 7))",
    ],
    heat: "(f 1)",
    printed: "((2 1) (8 (new 0)) ((new 7) (new 0)))",
  },
  "from a callee that has left compiled code": {
    units: [
      `(define (g x) (+ x 1)) (define (h x) (begin (+ x 1) (when (= x 0.5) (set! g (fn (x) 'new))) (try x (catch e e))))
       (define (f x) (list (h x) (g 1)))`,
      "(list (f 1) (f 0.5) (f 1))",
    ],
    heat: "(f 1)",
    printed: "((1 2) (0.5 new) (1 new))",
  },
  "from two levels of inlining down": {
    units: [
      `(define (h x) (if (= x 7) (begin (set! k (fn (y) 'new)) x) x)) (define (g x) (+ (h x) 1)) (define (k y) 'old)
       (define (f x) (list (k 0) (g x) (k 1)))`,
      "(list (f 1) (f 7) (f 1))",
    ],
    heat: "(f 1)",
    printed: "((old 2 old) (old 8 new) (new 2 new))",
  },
  "from a callback of map, of fold and of sort": {
    units: [
      "(define (g x) x) (define (f xs) (list (g 1) (map (fn (x) (when (= x 2) (set! g (fn (x) (* 10 x)))) (g x)) xs) (g 1)))",
      "(list (f '(1 3)) (f '(1 2 3)) (f '(1)))",
    ],
    heat: "(f '(1 3))",
    printed: "((1 (1 3) 1) (1 (1 20 30) 10) (10 (10) 10))",
  },
  "from deep recursion, all frames of which rely on it": {
    units: [
      "(define (g x) 1) (define (f n) (if (= n 0) (begin (set! g (fn (x) 2)) 0) (+ (f (- n 1)) (g n))))",
      "(list (f 10) (f 10) (f 20000))",
    ],
    printed: "(20 20 40000)",
  },
  "the running function itself, which goes on as it was": {
    units: [
      "(define (f n) (if (= n 0) 'old (begin (set! f (fn (n) (list 'new n))) (list 'was (f (- n 1))))))",
      "(list (f 3) (f 3))",
    ],
    printed: "((was (new 2)) (new 3))",
  },
  "by eval": {
    units: [
      "(define (g) 1) (define (f change) (list (g) (when change (eval '(define (g) 2))) (g)))",
      "(list (f #f) (f #t) (f #f))",
    ],
    heat: "(f #f)",
    printed: "((1 nil 1) (1 nil 2) (2 nil 2))",
  },
  "to what is no function": {
    units: ["(define (g m) 1) (define (f m) (list (g m)))", "(set! g :key)", "(f {:key 2})"],
    heat: "(f {})",
    printed: "(2)",
  },
  "again and again": {
    units: [
      "(define (g x) 0) (define (f x) (+ 1 (g x)))",
      `(let loop ((i 0) (all '()))
         (if (= i 6) all
           (begin (set! g (fn (x) (* i x))) (do ((k 0 (+ k 1))) ((= k 3000)) (f 1)) (loop (+ i 1) (cons (f 2) all)))))`,
    ],
    printed: "(11 9 7 5 3 1)",
  },
  "inside a TRY": {
    units: [
      `(define (g x) x)
       (define (f x) (list (try (begin (when (= x 2) (set! g (fn (x) (throw 'new)))) (g x)) (catch e (:value e))) 'after))`,
      "(list (f 1) (f 2) (f 1))",
    ],
    heat: "(f 1)",
    printed: "((1 after) (new after) (new after))",
  },
};

const BUILTINS: Readonly<Record<string, Program>> = {
  "+ while a loop that uses it runs": {
    units: [
      `(define (f n at)
         (let loop ((i 0) (sum 0))
           (if (= i n) sum (begin (when (= i at) (set! + (fn (a b) n))) (loop (+ i 1) (+ sum i))))))`,
      "(list (f 5 -1) (f 5 3))",
    ],
    heat: "(f 4 -1)",
    printed: "(10 5)",
  },
  "car from a callback of map": {
    units: [
      "(define (f xs) (map (fn (x) (when (= (car x) 2) (set! car (fn (x) 'mine))) (car x)) xs))",
      "(f '((1) (2) (3)))",
    ],
    heat: "(f '((1) (3)))",
    printed: "(1 mine mine)",
  },
  "car inside an inlined function": {
    units: [
      "(define (name x) (car x)) (define (f x) (list (name x) (when (= 7 (name x)) (set! car cdr) 'set) (name x)))",
      "(list (f '(1 2)) (f '(7 8)) (f '(1 2)))",
    ],
    heat: "(f '(1))",
    printed: "((1 nil 1) (7 set (8)) ((2) nil (2)))",
  },
  "not and < in branches, and back": {
    units: [
      "(define (f a b) (if (not (< a b)) 'no 'yes))",
      "(define old-not not) (define old-less <)",
      `(list (f 1 2) (begin (set! not (fn (x) #t)) (f 1 2)) (begin (set! not old-not) (f 1 2))
             (begin (set! < (fn (a b) #f)) (f 1 2)) (begin (set! < old-less) (f 1 2)))`,
    ],
    heat: "(f 1 2)",
    printed: "(yes no yes no yes)",
  },
  "one that is expanded in place": {
    units: [
      "(define (f x) (list (zero? x) (even? x) (list x (max x 1)) (eq? x 'a)))",
      "(set! zero? (fn (x) 'z)) (set! even? (fn (x) 'e)) (set! max (fn (a b) 'm)) (set! eq? (fn (a b) 'q))",
      "(f 3)",
    ],
    heat: "(f 2)",
    printed: "(z e (3 m) q)",
  },
  "list while its arguments are evaluated": {
    units: [
      "(define (f x) (list x (when x (set! list vector) 'set) (list 1)))",
      "(define seen (f #t))",
      "(vector seen (f #f))",
    ],
    heat: "(f #f)",
    printed: "[[#t set [1]] [#f nil [1]]]",
  },
  "map, which is written in Sema": {
    units: ["(define (f xs) (map (fn (x) (* x x)) xs))", "(define (map g xs) (list 'mine (g 9)))", "(f '(1 2))"],
    heat: "(f '(1))",
    printed: "(mine 81)",
  },
};

describe("a function of the program is redefined:", () => {
  for (const [claim, program] of Object.entries(FUNCTIONS)) it(claim, () => assertEverywhere(program));
});

describe("a builtin is redefined:", () => {
  for (const [claim, program] of Object.entries(BUILTINS)) it(claim, () => assertEverywhere(program));
});

describe("the host", () => {
  it("redefines a function while compiled code that has it inlined waits for the host", () => {
    for (const mode of MODES) {
      const program = {
        units: [
          "(define (g x) (list 'old x)) (define (host x) nil)",
          "(define (f x) (list (g x) (host x) (g x)))",
          "",
        ],
        heat: "(f 1)",
      };
      const runtime = prepare(mode, program);
      runtime.define("host", (x: unknown) => {
        if (x === 2) runtime.eval("(define (g x) (list 'new x))");
        if (x === 3) runtime.define("g", (y: unknown) => Number(y) * 100);
        return null;
      });
      // The host's function is compiled in, too.
      if (mode.heated) evaluate(runtime, "(do ((k 0 (+ k 1))) ((= k 2500)) (f 1))");
      assertEquals(evaluate(runtime, "(f 1)"), "((old 1) nil (old 1))", mode.name);
      assertEquals(evaluate(runtime, "(f 2)"), "((old 2) nil (new 2))", mode.name);
      if (mode.heated) evaluate(runtime, "(do ((k 0 (+ k 1))) ((= k 2500)) (f 1))");
      assertEquals(evaluate(runtime, "(f 3)"), "((new 3) nil 300)", mode.name);
      assertEquals(evaluate(runtime, "(f 1)"), "(100 nil 100)", mode.name);
    }
  });

  it("does so below a compiled caller of a compiled caller", () => {
    for (const mode of MODES) {
      const runtime = prepare(mode, { units: ["(define (g x) 'old) (define (host x) nil)", ""] });
      runtime.define("host", (x: unknown) => {
        if (x === 7) runtime.eval("(define (g x) 'new)");
        return x;
      });
      runtime.eval(`
        (define (inner x) (try (host x) (catch e e)))
        (define (middle x) (let loop ((i 0)) (if (= i 1) (list (inner x) (g 0)) (loop (+ i 1)))))
        (define (f x) (list (g x) (middle x) (g x)))`);
      if (mode.heated) evaluate(runtime, "(do ((k 0 (+ k 1))) ((= k 2500)) (f 1))");
      assertEquals(evaluate(runtime, "(f 7)"), "(old (7 new) new)", mode.name);
    }
  });

  it("calls back, any way round", () => {
    for (const mode of MODES) {
      const runtime = prepare(mode, { units: ["", ""] });
      runtime.define("twice", (f: unknown, x: unknown) => {
        const call = f as (x: unknown) => unknown;
        return call(call(x));
      });
      runtime.define("fact", (n: unknown) => runtime.toJS(runtime.call("factorial", n)));
      runtime.eval(
        "(define (factorial n) (if (= n 0) 1 (* n (fact (- n 1))))) (define (f x) (twice (fn (y) (* y x)) 1))",
      );
      if (mode.heated) evaluate(runtime, "(do ((k 0 (+ k 1))) ((= k 2500)) (f 1) (factorial 2))");
      assertEquals(evaluate(runtime, "(list (f 3) (f 0.5) (factorial 20))"), "(9 0.25 2432902008176640000)", mode.name);
      assertEquals(evaluate(runtime, "(try (twice (fn (y) (throw 'out)) 1) (catch e (:value e)))"), "out", mode.name);
    }
  });
});

describe("a macro that redefines a function while it expands", () => {
  it("is honoured by the activation whose eval expands it", () => {
    for (const mode of MODES) {
      const runtime = prepare(mode, { units: [""] });
      runtime.eval("(define (g) 1) (defmacro m () (eval '(set! g (fn () 2))) 5)");
      runtime.eval("(define (f c) (list (g) (if c (eval '(m)) 0) (g)))");
      if (mode.heated) evaluate(runtime, "(do ((k 0 (+ k 1))) ((= k 2500)) (f #f))");
      assertEquals(evaluate(runtime, "(f #t)"), "(1 5 2)", mode.name);
    }
  });
});

describe("code that is out of use", () => {
  it("is counted and replaced", () => {
    const runtime = createRuntime({ tier: "jit" });
    runtime.eval("(define (g x) (* x 2)) (define (f x) (g x))");
    assertEquals(runtime.eval("(f 2)"), 4);
    const before = runtime.stats().invalidated;
    runtime.eval("(define (g x) (* x 3))");
    assert(runtime.stats().invalidated > before);
    assertEquals(runtime.eval("(f 2)"), 6);
    assert(runtime.generatedSource("f").includes("* 3"));
  });

  it("stops relying on a global that keeps changing", () => {
    const runtime = createRuntime({ tier: "jit" });
    runtime.eval("(define (g x) x) (define (f x) (+ 1 (g x)))");
    for (let i = 0; i < 10; i++) {
      runtime.eval(`(define (g x) (+ x ${i}))`);
      assertEquals(runtime.eval("(f 1)"), 2 + i);
    }
    const { invalidated } = runtime.stats();
    for (let i = 0; i < 10; i++) {
      runtime.eval(`(define (g x) (+ x ${i}))`);
      assertEquals(runtime.eval("(f 1)"), 2 + i);
    }
    assertEquals(runtime.stats().invalidated, invalidated);
  });
});
