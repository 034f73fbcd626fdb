/** Calls in compiled code: depth, tail calls, callees of every kind, and what comes back through them. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { assertEverywhere, evaluate, MODES, type Program } from "./tiers.ts";

const OVERFLOW = "stack overflow: maximum call depth exceeded";

function each(cases: Readonly<Record<string, Program>>): void {
  for (const [claim, program] of Object.entries(cases)) it(claim, () => assertEverywhere(program));
}

describe("deep recursion", () => {
  each({
    "of a million calls": {
      units: ["(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))", "(list (count 1000000) (count 1000000))"],
      heat: "(count 3)",
      printed: "(1000000 1000000)",
    },
    "keeps floats and shared variables": {
      units: [
        `(define (f n)
           (if (= n 0) (list 0.0 0)
             (let ((half (* n 0.5)) (seen 0))
               (let ((see (fn () (set! seen (+ seen 1)))))
                 (see)
                 (let ((below (f (- n 1))))
                   (see)
                   (list (+ (car below) half) (+ (cadr below) seen)))))))`,
        "(f 100000)",
      ],
      heat: "(f 2)",
      printed: "(2500025000.0 200000)",
    },
    "through the callbacks of map": {
      units: [
        "(define (nest n) (if (= n 0) 'end (car (map (fn (x) (nest x)) (list (- n 1))))))",
        "(nest 50000)",
      ],
      heat: "(nest 2)",
      printed: "end",
    },
    "of Ackermann's kind through map": {
      units: [
        `(define (ack m n)
           (cond ((= m 0) (+ n 1))
                 ((= n 0) (ack (- m 1) 1))
                 (else (car (map (fn (k) (ack (- m 1) k)) (list (ack m (- n 1))))))))`,
        "(list (ack 2 9) (ack 2 100))",
      ],
      heat: "(ack 1 2)",
      printed: "(21 203)",
    },
    "through functions that call each other": {
      units: [
        "(define (a n) (if (= n 0) 0 (+ 1 (b (- n 1))))) (define (b n) (if (= n 0) 0 (+ 2 (a (- n 1)))))",
        "(a 300000)",
      ],
      heat: "(a 3)",
      printed: "450000",
    },
    "through a function with many variables": {
      units: [
        `(define (f n a b c d e)
           (if (= n 0) 0
             (let ((x (* a b)) (y (* c d)))
               (+ (f (- n 1) b c d e a) (if (and (= x (* a b)) (= y (* c d))) 1 0)))))`,
        "(f 100000 1 2.5 3 4.5 5)",
      ],
      heat: "(f 3 1 2.5 3 4.5 5)",
      printed: "100000",
    },
  });
});

describe("recursion without end", () => {
  const RUNAWAY: Readonly<Record<string, string>> = {
    "of one function": "(define (down n) (+ 1 (down (+ n 1)))) (down 0)",
    "of two": "(define (a n) (+ 1 (b n))) (define (b n) (+ 1 (a n))) (a 0)",
    "through map": "(define (down n) (map (fn (x) (down x)) (list n))) (down 0)",
    "inside a TRY that does not look": "(define (down n) (+ 1 (down (+ n 1)))) (try (down 0) (catch e 'over))",
  };
  for (const [claim, text] of Object.entries(RUNAWAY)) {
    it(`${claim} is an error of the language`, () => {
      for (const mode of MODES) {
        const runtime = createRuntime({ tier: mode.tier, limits: { depth: 50_000 } });
        const printed = text.includes("try") ? "over" : `eval: ${OVERFLOW}`;
        assertEquals(evaluate(runtime, text), printed, mode.name);
        assertEquals(evaluate(runtime, "(map (fn (x) (* x x)) '(1 2 3))"), "(1 4 9)", mode.name);
      }
    });
  }

  it("may be caught where it began, with all variables", () => {
    for (const mode of MODES) {
      const runtime = createRuntime({ tier: mode.tier, limits: { depth: 20_000 } });
      runtime.eval("(define (down n) (+ 1 (down (+ n 1))))");
      const text = `(let loop ((i 0) (all '()))
        (if (= i 3) all
          (loop (+ i 1) (cons (let ((kept (* i 0.5))) (try (down i) (catch e (list i kept (:message e))))) all))))`;
      const line = (i: string): string => `(${i} "${OVERFLOW}")`;
      assertEquals(evaluate(runtime, text), `(${["2 1.0", "1 0.5", "0 0.0"].map(line).join(" ")})`, mode.name);
    }
  });
});

describe("recursion through the host", () => {
  it("ends with an error of the language where the host's stack does, and does not hang", () => {
    for (const mode of MODES) {
      const runtime = createRuntime({ tier: mode.tier });
      runtime.define("back", (n: unknown) => runtime.toJS(runtime.call("down", n)));
      runtime.eval("(define (down n) (if (= n 0) 0 (+ 1 (back (- n 1)))))");
      assertEquals(evaluate(runtime, "(down 50)"), "50", mode.name);
      assertEquals(evaluate(runtime, "(try (down 100000) (catch e (:message e)))"), `"${OVERFLOW}"`, mode.name);
      assertEquals(evaluate(runtime, "(down 50)"), "50", mode.name);
    }
  });
});

describe("tail calls", () => {
  each({
    "three million of them between two functions": {
      units: [
        "(define (ping n) (if (= n 0) 'ping (pong (- n 1)))) (define (pong n) (if (= n 0) 'pong (ping (- n 1))))",
        "(list (ping 3000000) (ping 1000001))",
      ],
      heat: "(ping 4)",
      printed: "(ping pong)",
    },
    "in every tail position": {
      units: [
        `(define (a n) (cond ((= n 0) 'a) (else (when #t (let* ((m (- n 1))) (begin (and #t (or #f (b m)))))))))
         (define (b n) (case n ((0) 'b) (else (match n (_ (unless #f (a (- n 1))))))))`,
        "(a 100001)",
      ],
      heat: "(a 4)",
      printed: "b",
    },
    "through a variable and through apply": {
      units: [
        `(define (pass f n) (if (= n 0) 'passed (f f (- n 1))))
         (define (spread n) (if (= n 0) 'spread (apply spread (list (- n 1)))))`,
        "(list (pass pass 300000) (spread 100000))",
      ],
      heat: "(list (pass pass 3) (spread 3))",
      printed: "(passed spread)",
    },
    "of the function to itself, with arguments exchanged": {
      units: [
        "(define (f n a b c) (if (= n 0) (list a b c) (f (- n 1) c a b)))",
        "(list (f 1000000 1 2.5 'x) (f 1000001 1 2.5 'x))",
      ],
      heat: "(f 3 1 2 3)",
      printed: "((x 1 2.5) (2.5 x 1))",
    },
    "of the function to itself, a closure kept from each round": {
      units: [
        "(define (f n all) (if (= n 0) (map (fn (g) (g)) all) (f (- n 1) (cons (fn () (set! n (+ n 1)) n) all))))",
        "(list (f 3 '()) (f 4 '()))",
      ],
      heat: "(f 2 '())",
      printed: "((2 3 4) (2 3 4 5))",
    },
    "of inner functions to each other": {
      units: [
        `(define (f n)
           (define (even n) (if (= n 0) #t (odd (- n 1))))
           (define (odd n) (if (= n 0) #f (even (- n 1))))
           (list (even n) (odd n)))`,
        "(f 300001)",
      ],
      heat: "(f 3)",
      printed: "(#f #t)",
    },
    "out of an inlined function": {
      units: [
        `(define (last n) (list 'last n)) (define (finish n) (last (+ n 1))) (define (f n) (cons 'f (finish n)))
         (define (g n) (if (> n 0) (finish n) 'none))`,
        "(list (f 1) (g 2) (g 0) (f 0.5))",
      ],
      heat: "(list (f 1) (g 1))",
      printed: "((f last 2) (last 3) none (f last 1.5))",
    },
  });
});

describe("callees of every kind", () => {
  each({
    "closures, builtins, keywords, multimethods, one site": {
      units: [
        `(defmulti area :shape) (defmethod area :square (fn (s) (* (:side s) (:side s))))
         (define (call f x) (list (f x)))`,
        `(map (fn (f) (call f {:shape :square :side 3})) (list area :side count (fn (m) (:shape m)) (fn (m . more) more)))`,
      ],
      heat: "(call (fn (x) x) 1)",
      printed: "((9) (3) (2) (:square) (()))",
    },
    "with too few and too many arguments": {
      units: [
        "(define (g a b) a) (define (h a . more) more) (define (f k) (try (k) (catch e (:message e))))",
        "(list (f (fn () (g 1))) (f (fn () (g 1 2 3))) (f (fn () (h 1 2 3))) (f (fn () (h))) (f (fn () (1 2))))",
      ],
      heat: "(f (fn () (g 1 2)))",
      printed:
        '("g expects 2 arguments, got 1" "g expects 2 arguments, got 3" (2 3) "h expects 1 or more arguments, got 0" ' +
        '"not callable: 1 (int)")',
    },
    "that were not defined yet": {
      units: [
        "(define (f x) (try (later x) (catch e (:type e))))",
        "(define before (f 1))",
        "(define (later x) (list 'late x))",
        "(list before (f 2))",
      ],
      heat: "(f 1)",
      printed: "(:unbound (late 2))",
    },
  });
});

describe("await", () => {
  each({
    "at any depth of compiled code": {
      units: [
        "(define (f n p) (if (= n 0) (await p) (+ 1 (f (- n 1) p))))",
        "(list (f 10 (async 5)) (f 20000 (async (let loop ((i 0)) (if (= i 5000) i (loop (+ i 1)))))))",
      ],
      heat: "(f 2 (async 1))",
      printed: "(15 25000)",
    },
    "inside map, in a loop, with values waiting": {
      units: [
        "(define (f xs) (let loop ((i 0) (all '())) (if (= i 3) all (loop (+ i 1) (cons (map (fn (x) (+ i (await x))) xs) all)))))",
        "(list 'a (f (list (async 1) (async 2.5))) 'b)",
      ],
      heat: "(f (list (async 1)))",
      printed: "(a ((3 4.5) (2 3.5) (1 2.5)) b)",
    },
    "whose promise fails, inside and outside of a TRY": {
      units: [
        "(define (f p) (list 'got (await p))) (define (g p) (try (f p) (catch e (list 'caught (:value e)))))",
        "(list (g (async 1)) (g (async (throw 'no))) (try (f (async (throw 'out))) (catch e (:value e))))",
      ],
      heat: "(g (async 1))",
      printed: "((got 1) (caught no) out)",
    },
    "of tasks that wait for each other": {
      units: [
        `(define (chain n) (let loop ((i 0) (p (async 0))) (if (= i n) p (loop (+ i 1) (async (+ 1 (await p)))))))`,
        "(await (chain 2000))",
      ],
      heat: "(await (chain 1))",
      printed: "2000",
    },
  });
});
