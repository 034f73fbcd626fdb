/** Loops that become hot while they run are entered in their middle; what their variables held goes on. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Stats, type TierEvent } from "../../src/engine/mod.ts";
import { assertEverywhere, evaluate } from "./tiers.ts";

/** Runs a text in a new runtime that compiles what is hot, and checks what it prints. */
function auto(text: string, printed: string): Stats {
  const runtime = createRuntime({ tier: "auto", stdout: () => {} });
  assertEquals(evaluate(runtime, text), printed);
  return runtime.stats();
}

describe("on-stack replacement", () => {
  it("of a loop at the top level", () => {
    const stats = auto("(let loop ((i 0) (sum 0)) (if (= i 100000) sum (loop (+ i 1) (+ sum i))))", "4999950000");
    assertEquals(stats.compiledLoops >= 1, true);
  });

  it("of a loop in a function that is called once", () => {
    const stats = auto(
      "(define (f n) (let ((before 'kept)) (do ((i 0 (+ i 1)) (sum 0.0 (+ sum 0.5))) ((= i n) (list before sum n)))))" +
        "(f 100000)",
      "(kept 50000.0 100000)",
    );
    assert(stats.compiledLoops >= 1);
  });

  it("of a while loop, and of another after it", () => {
    auto(
      `(define (f n)
         (define i 0) (define j 0)
         (while (< i n) (set! i (+ i 1)))
         (while (< j i) (set! j (+ j 2)))
         (list i j))
       (f 50001)`,
      "(50001 50002)",
    );
  });

  it("of nested loops, whichever is hot first", () => {
    auto(
      `(define (f n m)
         (let outer ((i 0) (sum 0))
           (if (= i n) sum
             (outer (+ i 1)
               (let inner ((j 0) (sum sum)) (if (= j m) sum (inner (+ j 1) (+ sum (* i j)))))))))
       (list (f 3 40000) (f 40000 3) (f 300 300))`,
      "(2399940000 2399940000 2011522500)",
    );
  });

  it("whose rounds take a captured integer for a small one", () => {
    auto(
      `(define (make k)
         (lambda (m)
           (let ((large (+ k 4000000000)))
             (let loop ((i 0) (sum 0))
               (if (= i m) (- (+ sum large) large) (loop (+ i 1) (bit/and (+ sum k) 1023)))))))
       (define f (make 7))
       (define (run n) (let loop ((i 0) (sum 0)) (if (= i n) sum (loop (+ i 1) (+ sum (f 20))))))
       (run 300)`,
      "42000",
    );
  });

  it("with values waiting on the operand stack", () => {
    const stats = auto(
      `(define (f n)
         (list 'a (+ 1 (* 2 (let loop ((i 0)) (if (= i n) i (loop (+ i 1)))))) (string-append "b" "c")
               (let loop ((i 0.5)) (if (> i n) i (loop (+ i 1))))))
       (f 50000)`,
      '(a 100001 "bc" 50000.5)',
    );
    assert(stats.compiledLoops >= 1);
  });

  it("with variables that closures share", () => {
    auto(
      `(define (f n)
         (let ((count 0))
           (let ((tick (fn () (set! count (+ count 1)) count)))
             (let loop ((i 0)) (when (< i n) (tick) (loop (+ i 1))))
             (set! count (+ count 1))
             (list count (tick) count))))
       (f 30000)`,
      "(30001 30002 30002)",
    );
  });

  it("with one variable that all rounds share", () => {
    auto(
      `(define (f n)
         (do ((i 0 (+ i 1)) (all '() (if (= 0 (mod i 10000)) (cons (fn () (set! i (+ i 1)) i) all) all)))
             ((= i n) (map (fn (g) (list (g) (g))) all))))
       (f 30000)`,
      "((30001 30002) (30003 30004) (30005 30006))",
    );
  });

  it("in a function that is called again and again", () => {
    auto(
      `(define (f n) (let loop ((i 0) (sum 0)) (if (= i n) sum (loop (+ i 1) (+ sum i)))))
       (let again ((k 0) (all '())) (if (= k 3) all (again (+ k 1) (cons (f 30000) all))))`,
      "(449985000 449985000 449985000)",
    );
  });

  it("in a closure that captured something", () => {
    auto(
      `(define (make step) (fn (n) (let loop ((i 0) (sum 0)) (if (>= i n) sum (loop (+ i step) (+ sum i))))))
       (list ((make 1) 30000) ((make 2) 30000) ((make 0.5) 10000))`,
      "(449985000 224985000 99995000.0)",
    );
  });

  it("that leads into the middle of the loop around it is refused and harmless", () => {
    const stats = auto(
      `(define (f n)
         (let ((sum 0))
           (do ((i 0 (+ i 1))) ((= i n) sum)
             (if (and (even? i) (do ((j 0 (+ j 1))) ((= j 3) (> i 5))))
               (set! sum (+ sum 1))
               (set! sum (+ sum 100))))))
       (f 100000)`,
      "5050297",
    );
    assertEquals(Object.keys(stats.refusals), ["a loop that leads into the middle of the one around it"]);
    assert(stats.compiledLoops >= 1, "the loop around it is entered");
  });

  it("inside a TRY is refused and harmless", () => {
    const stats = auto(
      `(define (f n) (try (let loop ((i 0)) (if (= i n) (throw i) (loop (+ i 1)))) (catch e (list 'caught (:value e)))))
       (f 50000)`,
      "(caught 50000)",
    );
    assertEquals(Object.keys(stats.refusals).every((reason) => reason.includes("loop inside a try")), true);
  });

  it("of a loop with a TRY in it", () => {
    auto(
      `(define (f n)
         (let loop ((i 0) (caught 0))
           (if (= i n) (list i caught)
             (loop (+ i 1) (try (begin (when (= 0 (mod i 1000)) (throw i)) caught) (catch e (+ caught 1)))))))
       (f 50000)`,
      "(50000 50)",
    );
  });

  it("with a variable of its own for each round", () => {
    auto(
      `(define (f n)
         (let loop ((i 0) (all '()))
           (if (= i n) (map (fn (g) (list (g) (g))) all)
             (loop (+ i 1) (if (= 0 (mod i 10000)) (cons (fn () (set! i (+ i 1)) i) all) all)))))
       (f 30000)`,
      "((20001 20002) (10001 10002) (1 2))",
    );
  });

  it("of many loops in one function counts as no recompilation", () => {
    const loops = Array.from(
      { length: 20 },
      (_, k) => `((= k ${k}) (let loop ((i k)) (if (< i 9000) (loop (+ i 1)) i)))`,
    );
    const calls = loops.map((_, k) => `(f ${k})`).join(" ");
    const stats = auto(`(define (f k) (cond ${loops.join(" ")})) (+ ${calls})`, "180000");
    assertEquals(stats.recompiled, 0);
    assertEquals(stats.refusals, {});
  });
});

describe("a loop variable takes another type", () => {
  it("long after the loop was compiled", () => {
    auto(
      `(define (f n)
         (let loop ((i 0) (x 0))
           (if (= i n) x
             (loop (+ i 1) (cond ((= i 30000) 0.5) ((= i 60000) "text") ((= i 90000) 1/2)
                                 ((number? x) (+ x 1)) (else x))))))
       (list (f 20000) (f 50000) (f 80000) (f 95000))`,
      '(20000 19999.5 "text" 9999/2)',
    );
  });

  it("between one entry and the next", () => {
    const runtime = createRuntime({ tier: "auto" });
    runtime.eval("(define (f n x d) (let loop ((i 0) (x x)) (if (= i n) x (loop (+ i 1) (+ x d)))))");
    for (let round = 0; round < 3; round++) {
      assertEquals(evaluate(runtime, "(f 30000 0 1)"), "30000");
      assertEquals(evaluate(runtime, "(f 30000 0.25 1)"), "30000.25");
      assertEquals(evaluate(runtime, "(f 30000 0 0.5)"), "15000.0");
      assertEquals(evaluate(runtime, "(f 30000 9007199254740000 1)"), "9007199254770000");
      assertEquals(evaluate(runtime, "(f 30000 1/2 1)"), "60001/2");
    }
    assert(runtime.stats().recompiled < 30, `recompiled ${runtime.stats().recompiled} times`);
  });

  it("in every mode", () => {
    assertEverywhere({
      units: [
        `(define (f n at then)
           (do ((i 0 (+ i 1)) (x 1 (if (= i at) then x)) (all 0 (+ all 1))) ((= i n) (list x all))))`,
        "(list (f 5 9 0) (f 5 2 'symbol) (f 5 4 2.5) (f 3000 2999 nil) (f 3000 1500 1.0))",
      ],
      heat: "(f 3 9 0)",
      printed: "((1 5) (symbol 5) (2.5 5) (nil 3000) (1.0 3000))",
    });
  });
});

describe("a function that is called again and again", () => {
  it("is compiled as a whole at its next call when its loops are short, and not entered in one of them", () => {
    const seen: TierEvent[] = [];
    const runtime = createRuntime({ tier: "auto", onTier: (event) => seen.push(event) });
    runtime.eval(`
      (define (small n) (let loop ((i 0) (sum n)) (if (= i 3) sum (loop (+ i 1) (+ sum i)))))
      (define (many k) (if (> k 0) (begin (small k) (many (- k 1)))))
      (many 5000)`);
    if (!runtime.stats().codeGeneration) return;
    const compiled = seen.filter(({ kind, name }) => kind === "compiled" && name === "small");
    assertEquals(compiled.map(({ loop }) => loop), [false]);
  });
});

describe("a function whose code was taken out of use", () => {
  it("is compiled again at its next call, though its loop has an entry of its own", () => {
    for (const limits of [{}, { steps: 1e9 }]) {
      const seen: TierEvent[] = [];
      const runtime = createRuntime({ tier: "jit", limits, onTier: (event) => seen.push(event) });
      runtime.eval(`
        (define big (range 70000))
        (define (f n) (let loop ((i 0) (sum 0)) (if (= i n) sum (loop (+ i 1) (foldl (fn (a x) (+ a x)) 0 big)))))`);
      const happened = (what: string): boolean =>
        seen.some(({ kind, name, loop }) => kind === what && name === "f" && !loop);
      for (let i = 0; i < 20 && !happened("retired"); i++) assertEquals(runtime.call("f", 2), 2449965000);
      if (!runtime.stats().codeGeneration) return;
      assert(happened("retired") && !happened("recompiled"));
      assertEquals(runtime.call("f", 2), 2449965000);
      assert(happened("recompiled"));
    }
  });
});
