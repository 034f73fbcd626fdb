/** First-class continuations and dynamic-wind: the same on every tier, inside callbacks, handlers and tasks. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { evaluate, MODES, prepare, type Program } from "../jit/tiers.ts";

/** Fails unless the program prints what it must, in every mode. */
function everywhere(units: readonly string[], printed: string, heat?: string): void {
  const program: Omit<Program, "printed"> = heat === undefined ? { units } : { units, heat };
  for (const mode of MODES) {
    const runtime = prepare(mode, program);
    assertEquals(evaluate(runtime, units.at(-1) ?? ""), printed, mode.name);
    assertEquals(evaluate(runtime, "(map (fn (x) (+ x 1)) '(1 2))"), "(2 3)", `${mode.name}, afterwards`);
  }
}

const TRACE = "(define trace '()) (define (note x) (set! trace (cons x trace)) x)";

describe("call/cc", () => {
  const CASES: Readonly<Record<string, readonly [units: readonly string[], printed: string]>> = {
    "answers what its function answers": [["(+ 1 (call/cc (fn (k) 41)))"], "42"],
    "answers what the continuation is called with": [["(+ 1 (call/cc (fn (k) (* 1000 (k 41)))))"], "42"],
    "has the name of the books": [["(call-with-current-continuation (fn (k) (k 1)))"], "1"],
    "passes several values": [["(call-with-values (fn () (call/cc (fn (k) (k 1 2 3)))) list)"], "(1 2 3)"],
    "passes no value": [["(call-with-values (fn () (call/cc (fn (k) (k)))) list)"], "()"],
    "gives a procedure": [["(call/cc (fn (k) (list (procedure? k) (apply k '(1)))))"], "1"],
    "wants a procedure": [["(call/cc 1)"], "type-error: expected callable, got int"],
    "keeps what has been evaluated before it": [
      [
        "(define k nil) (define n 0) (define (f) (list (set! n (+ n 1)) (call/cc (fn (c) (set! k c) 0)) n))",
        "(f)",
        [
          "(let ((r (f))) (if (< (cadr r) 3) (k (+ 1 (cadr r))) r))",
        ].join(""),
      ],
      "(2 3 2)",
    ],
    "enters more than once": [
      ["(let ((k nil) (out '())) (set! out (cons (call/cc (fn (c) (set! k c) 1)) out)) (if (< (length out) 4) (k (+ 1 (length out))) out))"],
      "(4 3 2 1)",
    ],
    "shares an assigned variable between all runs": [
      [
        "(define (f) (let ((n 0) (k nil)) (call/cc (fn (c) (set! k c))) (set! n (+ n 1)) (if (< n 10) (k 0) n)))",
        "(f)",
      ],
      "10",
    ],
    "keeps a variable that is bound anew apart": [
      [
        "(define ks '()) (define (f) (let loop ((i 0) (out '())) (if (= i 3) out (let ((x i)) (call/cc (fn (c) (set! ks (cons c ks)))) (set! x (+ x 10)) (loop (+ i 1) (cons x out))))))",
        "(let ((runs '())) (let ((r (f))) (set! runs (cons r runs)) (if (null? (cdr runs)) ((nth ks 1) 0) runs)))",
      ],
      "((12 21 10) (12 11 10))",
    ],
    "leaves loops and callbacks": [
      [
        "(define (index p xs) (call/cc (fn (return) (let ((i 0)) (for-each (fn (x) (if (p x) (return i)) (set! i (+ i 1))) xs) #f))))",
        "(list (index even? '(1 3 4 5)) (index even? '(1 3)))",
      ],
      "(2 #f)",
    ],
    "enters a callback of map again without harm to its list": [
      [
        "(define k nil) (define n 0) (define (f) (map (fn (x) (if (= x 2) (call/cc (fn (c) (set! k c) 0)) x)) '(1 2 3)))",
        "(let ((r (f))) (set! n (+ n 1)) (if (< n 3) (k (* n 100)) r))",
      ],
      "(1 200 3)",
    ],
    "leaves sort-by, foldl, filter and apply": [
      ["(list (call/cc (fn (k) (sort-by (fn (x) (if (= x 2) (k 'sorting) x)) '(3 2 1)))) (call/cc (fn (k) (foldl (fn (a x) (if (= x 2) (k a) (+ a x))) 0 '(1 2 3)))) (call/cc (fn (k) (filter (fn (x) (k x)) '(7)))) (call/cc (fn (k) (apply k '(8)))))"],
      "(sorting 1 7 8)",
    ],
    "goes on after its unit has ended": [
      ["(define k nil) (define (f) (+ 1 (call/cc (fn (c) (set! k c) 1))))", "(f)", "(* 1000 (k 41))"],
      "42",
    ],
    "runs in constant space where it is in tail position": [
      ["(define (f n) (if (= n 0) 'done (call/cc (fn (k) (f (- n 1))))))", "(f 100000)"],
      "done",
    ],
    "enters a handler again with its body": [
      [
        "(define k nil) (define n 0) (define (f) (try (begin (call/cc (fn (c) (set! k c))) (set! n (+ n 1)) (throw n)) (catch e (:value e))))",
        "(let ((r (f))) (if (< r 3) (k 0) r))",
      ],
      "3",
    ],
    "leaves a handler, so that a later error is not caught by it": [
      ["(try (begin (call/cc (fn (k) (try (k 1) (catch e 'inner)))) (throw 'late)) (catch e (list 'outer (:value e))))"],
      "(outer late)",
    ],
    "backtracks": [
      [
        "(define fail-stack '()) (define (fail) (if (null? fail-stack) (throw 'no) (let ((k (car fail-stack))) (set! fail-stack (cdr fail-stack)) (k k))))" +
        "(define (amb choices) (let ((cc (call/cc (fn (k) k)))) (if (null? choices) (fail) (let ((c (car choices))) (set! choices (cdr choices)) (set! fail-stack (cons cc fail-stack)) c))))",
        "(let ((a (amb '(1 2 3 4 5 6 7))) (b (amb '(1 2 3 4 5 6 7))) (c (amb '(1 2 3 4 5 6 7)))) (if (not (= (* c c) (+ (* a a) (* b b)))) (fail)) (if (not (< b a)) (fail)) (list a b c))",
      ],
      "(4 3 5)",
    ],
    "works a hundred thousand frames deep": [
      [
        "(define k nil) (define (deep n) (if (= n 0) (call/cc (fn (c) (set! k c) 0)) (+ 1 (deep (- n 1)))))",
        "(define n 0)",
        "(let ((r (deep 100000))) (set! n (+ n 1)) (if (< n 3) (k n) r))",
      ],
      "100002",
    ],
  };
  for (const [claim, [units, printed]] of Object.entries(CASES)) it(claim, () => everywhere(units, printed));

  it("leaves hot code", () => {
    everywhere(
      [
        "(define (find p xs) (call/cc (fn (return) (let loop ((xs xs)) (if (null? xs) #f (begin (if (p (car xs)) (return (car xs))) (loop (cdr xs))))))))",
        "(list (find even? '(1 2)) (find even? '(1 1 1)) (find even? (range 1 1000)))",
      ],
      "(2 #f 2)",
      "(find even? '(1 3 4))",
    );
  });

  it("enters a loop that compiled code was running", () => {
    everywhere(
      [
        "(define k nil) (define (f n) (let ((sum 0)) (do ((i 0 (+ i 1))) ((>= i n) sum) (if (= i (- n 2)) (call/cc (fn (c) (set! k c)))) (set! sum (+ sum i)))))",
        "(define runs 0)",
        // `do` assigns its variable, and so does the sum: the second run goes on with what the first left.
        "(let ((r (f 50000))) (set! runs (+ runs 1)) (if (< runs 2) (k 0) (list r runs)))",
      ],
      "(1250024999 2)".replace("1250024999", String(50000 * 49999 / 2 + 50000)),
    );
  });

  it("cannot pass a function of the host that calls back, and says so", () => {
    for (const mode of MODES) {
      const runtime = createRuntime({ tier: mode.tier });
      runtime.define("twice", (f: (x: number) => unknown) => [f(1), f(2)]);
      const message = "eval: continuation: cannot leave or enter a function of the host that calls back";
      assertEquals(evaluate(runtime, "(+ 1 (call/cc (fn (k) (twice (fn (x) (k x))))))"), message, mode.name);
      assertEquals(
        evaluate(runtime, "(call/cc (fn (k) (twice (fn (x) (try (k x) (catch e (:type e)))))))"),
        '("eval" "eval")',
        mode.name,
      );
      assertEquals(
        evaluate(runtime, "(twice (fn (x) (call/cc (fn (k) (+ 1000 (k (* 10 x)))))))"),
        "(10 20)",
        mode.name,
      );
      runtime.eval("(define inside nil)");
      assertEquals(evaluate(runtime, "(twice (fn (x) (call/cc (fn (k) (set! inside k) x))))"), "(1 2)", mode.name);
      assertEquals(evaluate(runtime, "(inside 1)"), message, mode.name);
    }
  });

  it("is refused by the walker", () => {
    assertEquals(
      evaluate(createRuntime({ tier: "walker" }), "(call/cc (fn (k) 1))"),
      "eval: the walker has no continuations",
    );
  });
});

describe("dynamic-wind", () => {
  const WIND =
    `${TRACE} (define (wind name thunk) (dynamic-wind (fn () (note (list 'in name))) thunk (fn () (note (list 'out name)))))`;
  const CASES: Readonly<Record<string, readonly [unit: string, printed: string]>> = {
    "answers what its thunk answers": [
      "(list (wind 1 (fn () (note 'body))) (reverse trace))",
      "(body ((in 1) body (out 1)))",
    ],
    "runs the last part when an error leaves it": [
      "(list (try (wind 1 (fn () (throw 'oops))) (catch e (:value e))) (reverse trace))",
      "(oops ((in 1) (out 1)))",
    ],
    "runs the last part when a continuation leaves it": [
      "(list (call/cc (fn (k) (wind 1 (fn () (wind 2 (fn () (k 'left))))))) (reverse trace))",
      "(left ((in 1) (in 2) (out 2) (out 1)))",
    ],
    "runs the first part when a continuation enters it": [
      "(let ((k nil) (n 0)) (wind 1 (fn () (wind 2 (fn () (call/cc (fn (c) (set! k c))) (note 'body))))) (set! n (+ n 1)) (if (< n 2) (k 0)) (reverse trace))",
      "((in 1) (in 2) body (out 2) (out 1) (in 1) (in 2) body (out 2) (out 1))",
    ],
    "leaves what is not common and nothing else": [
      "(let ((k nil) (n 0)) (wind 0 (fn () (wind 1 (fn () (call/cc (fn (c) (set! k c))))) (set! n (+ n 1)) (if (< n 2) (wind 2 (fn () (k 0)))))) (reverse trace))",
      "((in 0) (in 1) (out 1) (in 2) (out 2) (in 1) (out 1) (out 0))",
    ],
    "runs its last part outside of itself": [
      "(list (try (dynamic-wind (fn () 1) (fn () (throw 'body)) (fn () (throw 'after))) (catch e (:value e))) trace)",
      "(after ())",
    ],
    "passes several values": ["(call-with-values (fn () (wind 1 (fn () (values 1 2)))) list)", "(1 2)"],
    "gives parameters their values back when a continuation leaves": [
      "(let ((p (make-parameter 1))) (list (call/cc (fn (k) (parameterize ((p 2)) (k (p))))) (p)))",
      "(2 1)",
    ],
    "gives parameters their values again when a continuation enters": [
      "(let ((p (make-parameter 1)) (k nil) (n 0)) (parameterize ((p 2)) (call/cc (fn (c) (set! k c))) (note (p)) (p 3)) (note (p)) (set! n (+ n 1)) (if (< n 2) (k 0)) (reverse trace))",
      "(2 1 3 1)",
    ],
  };
  for (const [claim, [unit, printed]] of Object.entries(CASES)) it(claim, () => everywhere([WIND, unit], printed));

  it("keeps the error that passes it as it is, trace and all", () => {
    for (const mode of MODES) {
      const runtime = prepare(mode, { units: [] });
      const text =
        "(define (f) (car 1))\n(define (g) (+ 1 (f)))\n(try (dynamic-wind (fn () 1) (fn () (g) 2) (fn () 3)) (catch e (map (fn (x) (list (:name x) (:line x))) (:stack-trace e))))";
      assertEquals(evaluate(runtime, text).split(" ").slice(0, 4).join(" "), '(("car" 1) ("f" 1)', mode.name);
    }
  });

  it("does nothing when a limit ends the program", () => {
    for (const mode of MODES) {
      const runtime = createRuntime({ tier: mode.tier, limits: { steps: 20_000 } });
      runtime.eval("(define left #f)");
      assertEquals(
        evaluate(runtime, "(dynamic-wind (fn () 1) (fn () (let loop () (loop))) (fn () (set! left #t)))").slice(0, 31),
        "eval: evaluation exceeded step ",
        mode.name,
      );
      assertEquals(evaluate(runtime, "left"), "#f", mode.name);
    }
  });
});

describe("tasks", () => {
  it("have continuations of their own", async () => {
    for (const mode of MODES) {
      const runtime = prepare(mode, { units: [] });
      const value = await runtime.evalAsync(
        `(let ((a (async (+ 1 (call/cc (fn (k) (await (async 1)) (+ 100 (k 41)))))))
               (b (async (call/cc (fn (k) (map (fn (x) (await (async (k x)))) '(1 2)))))))
           (list (await a) (try (await b) (catch e (:type e)))))`,
      );
      assertEquals(runtime.print(value), "(42 (1 2))", mode.name);
    }
  });
});
