/** Limits of steps and time end compiled code, too, and no program can catch that. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertThrows } from "../../src/compat/assert.ts";
import { createRuntime, type Limits, SemaError, type Tier } from "../../src/engine/mod.ts";
import { evaluate } from "./tiers.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

const ENDLESS: Readonly<Record<string, string>> = {
  "a loop": "(let loop ((i 0)) (loop (+ i 1)))",
  "a loop in a function": "(define (f) (let loop ((i 0)) (if (< i 0) i (loop (+ i 1))))) (f)",
  "while": "(define (f) (while #t 1)) (f)",
  "do": "(define (f) (do ((i 0 (+ i 0.5))) (#f i))) (f)",
  "a tail call of the function to itself": "(define (f n) (f (+ n 1))) (f 0)",
  "tail calls of two functions": "(define (ping) (pong)) (define (pong) (ping)) (ping)",
  "recursion": "(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) (fib 60)",
  "an inlined loop": "(define (g) (let loop () (loop))) (define (f) (list (g))) (f)",
  "a loop that catches": "(define (f) (let loop () (try (car 1) (catch e 0)) (loop))) (f)",
  "a loop inside a handler": "(define (f) (try (throw 1) (catch e (let loop () (loop))))) (f)",
  "a callback": "(define (f) (for-each (fn (x) (let loop () (loop))) '(1))) (f)",
  "a loop of few rounds in an endless one":
    "(define (f) (let outer ((n 0)) (let inner ((i 0)) (if (< i 3) (inner (+ i 1)))) (outer (+ n 1)))) (f)",
  "a loop with a large body": `(define (f x) (let loop () ${"(set! x (+ x 1)) ".repeat(200)} (loop))) (f 0)`,
  "a loop around a loop with a large body": `(define (f x) (while #t (do ((i 0 (+ i 1))) ((= i 3)) ${
    "(set! x (+ x 1)) ".repeat(200)
  }))) (f 0)`,
  "recursion below a loop of few rounds":
    "(define (f n) (if (> n 0) (do ((i 0 (+ i 1))) ((= i 3)) (f (- n 1))))) (f 60)",
  "recursion below loops of few rounds and leaves":
    "(define (leaf x) (if (> x 3) x 3)) (define (f n) (do ((i 0 (+ i 1))) ((= i 3) n) (leaf i) (if (> n 0) (f (- n 1))))) (f 60)",
  "recursion through a callback": "(define (f n) (if (> n 0) (for-each (fn (i) (f (- n 1))) '(1 2 3)))) (f 60)",
  "recursion through map": "(define (f n) (if (> n 0) (map (fn (i) (f (- n 1))) '(1 2)) 1)) (f 60)",
  "recursion through apply":
    "(define (f n) (if (> n 0) (+ (apply f (list (- n 1))) (apply f (list (- n 1)))) 1)) (f 60)",
  "recursion that catches":
    "(define (f n) (if (> n 0) (+ (try (f (- n 1)) (catch e 1)) (try (f (- n 1)) (catch e 1))) 1)) (f 60)",
  "tail calls of a variable": "(define (f g n) (g g (+ n 1))) (f f 0)",
  "tail calls of three functions": "(define (a n) (b (+ n 1))) (define (b n) (c n)) (define (c n) (a n)) (a 0)",
  "tail calls with a list of arguments": "(define (f . l) (apply f l)) (f 1 2 3)",
  "tail calls in a handler": "(define (f n) (try (throw n) (catch e (f (+ n 1))))) (f 0)",
  "tail calls of a closure": "(define (f n) ((fn (m) (f m)) (+ n 1))) (f 0)",
  "tail calls out of a loop":
    "(define (f n) (let loop ((i 0)) (if (< i 3) (loop (+ i 1)) (g n)))) (define (g n) (f n)) (f 0)",
  "tail calls of a builtin that is redefined": "(define (f) (car 1)) (define (car x) (f)) (f)",
  "a multimethod": "(defmulti m (fn (n) :any)) (defmethod m :any (fn (n) (m (+ n 1)))) (m 0)",
  "a continuation": "(define k nil) (define n 0) (define (f) (call/cc (fn (c) (set! k c))) (set! n (+ n 1)) (k 1)) (f)",
  "a generator": "(define g (generator (fn (yield) (let loop () (yield 1) (loop))))) (define (f) (g) (f)) (f)",
  "floats": "(define (f x) (let loop ((x x)) (if (< x 0.5) x (loop (+ x 0.5))))) (f 1.5)",
};

/** Functions of the library that call a function for each of `big`, a list. */
const LONG: readonly string[] = [
  "(map (fn (x) (+ x 1)) big)",
  "(filter (fn (x) (< x 5)) big)",
  "(for-each (fn (x) x) big)",
  "(foldl (fn (sum x) (+ sum x)) 0 big)",
  "(reduce (fn (sum x) (+ sum x)) big)",
  "(sort-by (fn (x) (- 0 x)) big)",
  "(any (fn (x) (< x 0)) big)",
  "(every (fn (x) (>= x 0)) big)",
  "(map (fn (x y) (+ x y)) big big)",
  "(let loop ((l big)) (if (null? l) 1 (loop (cdr l))))",
  "(let outer ((i 0)) (if (< i 40000) (begin (foldl (fn (sum x) (+ sum x)) 0 '(1 2 3)) (outer (+ i 1)))))",
];

/** Fails unless the limit ends the program, guarded by a TRY and not. */
function assertEnds(text: string, limits: Limits, message: string): void {
  for (const tier of TIERS) {
    let output = "";
    const runtime = createRuntime({ tier, limits, stdout: (written) => output += written });
    const guarded = `(try (begin (println "before") ${text}) (catch e (println "caught")))`;
    assertEquals(evaluate(runtime, guarded), message, tier);
    assertEquals(output, "before\n", tier);
    assertEquals(evaluate(runtime, "(map (fn (x) (+ x 1)) '(1 2))"), "(2 3)", tier);
    assertEquals(evaluate(runtime, text), message, `${tier}, not guarded`);
  }
}

const message = "eval: evaluation exceeded step limit (looks like an infinite loop?)";

describe("the limit of steps ends", () => {
  for (const [claim, text] of Object.entries(ENDLESS)) {
    it(claim, () => assertEnds(text, { steps: 50_000 }, message));
  }
});

describe("the limit of steps counts what the library calls", () => {
  for (const text of LONG) {
    it(text, () => {
      for (const tier of TIERS) {
        const program = `(define big (range 200000)) (define (f) ${text}) (f)`;
        const runtime = createRuntime({ tier, limits: { steps: 30_000 } });
        assertEquals(evaluate(runtime, program), message, tier);
        const enough = createRuntime({ tier, limits: { steps: 20_000_000 } });
        assert(evaluate(enough, program) !== message, tier);
      }
    });
  }
});

describe("the limit of steps counts what builtins do that take long", () => {
  const TEXTS: readonly string[] = [
    "(list/unique big)",
    "(frequencies big)",
    "(sort big)",
    "(map/zip big big)",
    "(json/encode big)",
    "(read text)",
    '(string/split text " ")',
  ];
  for (const text of TEXTS) {
    it(text, () => {
      for (const tier of TIERS) {
        const program = `(define big (range 2000)) (define text (str big))
          (define (f) (do ((i 0 (+ i 1))) ((= i 100) i) ${text})) (f)`;
        assertEquals(evaluate(createRuntime({ tier, limits: { steps: 20_000 } }), program), message, tier);
        assertEquals(evaluate(createRuntime({ tier, limits: { steps: 100_000_000 } }), program), "100", tier);
      }
    });
  }
});

describe("the limit of time ends", () => {
  for (const claim of ["a loop", "a tail call of the function to itself", "a loop that catches"]) {
    it(claim, () => {
      assertEnds(ENDLESS[claim] ?? "", { milliseconds: 150 }, "eval: evaluation exceeded time limit");
    });
  }
});

describe("a limit that is not reached", () => {
  it("changes nothing, evaluation after evaluation", () => {
    for (const tier of TIERS) {
      const runtime = createRuntime({ tier, limits: { steps: 30_000, milliseconds: 60_000 } });
      runtime.eval("(define (f n) (let loop ((i 0) (sum 0)) (if (= i n) sum (loop (+ i 1) (+ sum i)))))");
      for (let i = 0; i < 10; i++) assertEquals(runtime.eval("(f 10000)"), 49995000, tier);
      if (tier !== "baseline") {
        assert(runtime.stats().compiled + runtime.stats().compiledLoops > 0 || !runtime.stats().codeGeneration);
      }
    }
  });
});

describe("the limit of steps", () => {
  it("ends the same program at the same place", () => {
    const programs = [
      "(let loop () (set! n (+ n 1)) (loop))",
      "(define (f) (set! n (+ n 1)) (g)) (define (g) (f)) (f)",
      "(define (f k) (set! n (+ n 1)) (if (> k 0) (+ (f (- k 1)) (f (- k 1))) 1)) (f 60)",
      "(define (f) (for-each (fn (x) (set! n (+ n x))) '(1 1 1 1)) (f)) (f)",
    ];
    for (const tier of TIERS) {
      for (const program of programs) {
        const ends = [1, 2].map(() => {
          const runtime = createRuntime({ tier, limits: { steps: 100_000 } });
          runtime.eval("(define n 0)");
          assertEquals(evaluate(runtime, program), message);
          return Number(runtime.get("n"));
        });
        assertEquals(ends[0], ends[1], `${tier}: ${program}`);
        assert((ends[0] ?? 0) > 20_000 && (ends[0] ?? 0) < 1_000_000, `${tier}: ${program} got to ${ends[0]}`);
      }
    }
  });
});

describe("a limit of steps of compiled code", () => {
  it("is exact but for the rounds that are counted at once, and the calls that are counted before they are made", () => {
    for (const steps of [20_000, 123_456, 1_000_000]) {
      const runtime = createRuntime({ tier: "jit" });
      runtime.eval("(define n 0) (define (f m) (let loop () (if (< n m) (begin (set! n (+ n 1)) (loop)) n)))");
      for (let i = 0; i < 3; i++) runtime.eval("(set! n 0) (f 200000)", { limits: { steps: 1e9 } });
      runtime.eval("(set! n 0)");
      assertThrows(() => runtime.eval("(f 1000000000)", { limits: { steps } }));
      const rounds = Number(runtime.get("n"));
      assert(rounds <= steps + 32, `${rounds} rounds of ${steps}`);
    }
  });
});

describe("the limit of depth", () => {
  it("is exact in the interpreter; compiled code is never early, and late by some thousands of calls", () => {
    for (const tier of TIERS) {
      for (const depth of [50, 1000, 20_000]) {
        const runtime = createRuntime({ tier, limits: { depth } });
        runtime.eval("(define (down n) (if (= n 0) 0 (+ 1 (down (- n 1)))))");
        // Its last call and the program itself are active, too.
        assertEquals(evaluate(runtime, `(down ${depth - 2})`), String(depth - 2), tier);
        const most = tier === "baseline" ? depth - 1 : depth + 15_000;
        assertEquals(evaluate(runtime, `(down ${most})`), "eval: stack overflow: maximum call depth exceeded", tier);
      }
    }
  });
});

describe("a limit says where", () => {
  const ENDLESS: Readonly<Record<string, readonly [text: string, line: number, column: number]>> = {
    "a while": ["\n  (while #t 1)", 2, 3],
    "a do": ["(define (f) \n (do ((i 0 (+ i 1))) (#f 1)))\n(f)", 2, 2],
    "a named let": ["1\n(let loop () (loop))", 2, 1],
    "a function that calls itself": ["(define (f)\n  (f))\n(f)", 2, 3],
  };
  for (const [claim, [text, line, column]] of Object.entries(ENDLESS)) {
    it(`${claim} is`, () => {
      for (const tier of TIERS) {
        const runtime = createRuntime({ tier, limits: { steps: 50_000 } });
        const error = assertThrows(() => runtime.eval(text, { file: "endless.sema" }));
        assertInstanceOf(error, SemaError);
        assertEquals(error.trace[0]?.line, line, tier);
        assertEquals(error.trace[0]?.column, column, tier);
      }
    });
  }
});
