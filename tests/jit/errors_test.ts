/** Errors in compiled code say where they arose, through frames of every kind, exactly as interpreted ones do. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertThrows } from "../../src/compat/assert.ts";
import { SemaError } from "../../src/engine/mod.ts";
import { assertEverywhere, MODES, prepare, type Program } from "./tiers.ts";

/** A program that fails, and the lines of its trace as `name file:line:column`. */
interface Failing {
  /** One form a line; the last line is the call that fails. */
  readonly text: string;
  readonly heat: string;
  readonly message: string;
  readonly trace: readonly string[];
}

const FAILING: Readonly<Record<string, Failing>> = {
  "an operation": {
    text: '(define (f x)\n  (+ 1 (* x 2)))\n(f "a")',
    heat: "(f 1)",
    message: "expected number, got string and int",
    trace: ["* p.sema:2:8", "f p.sema:2:8", "<lambda> main:1:1"],
  },
  "an operation in an inlined function": {
    text: "(define (g x)\n  (car x))\n(define (f x)\n  (list 1\n        (g x)))\n(f 5)",
    heat: "(f '(1))",
    message: "expected list or vector, got int",
    trace: ["car p.sema:2:3", "g p.sema:2:3", "f p.sema:5:9", "<lambda> main:1:1"],
  },
  "an operation three inlined functions deep": {
    text: "(define (h x) (- x 1))\n(define (g x)\n  (* 2 (h x)))\n(define (f x)\n  (list (g x)))\n(f 's)",
    heat: "(f 1)",
    message: "expected number, got symbol and int",
    trace: ["- p.sema:1:15", "h p.sema:1:15", "g p.sema:3:8", "f p.sema:5:9", "<lambda> main:1:1"],
  },
  "a throw behind a tail call, whose caller is gone": {
    text: "(define (g x)\n  (throw x))\n(define (f x)\n  (g x))\n(list (f 1))",
    heat: "(try (f 1) (catch e 0))",
    message: "User exception: 1",
    trace: ["throw p.sema:2:3", "g p.sema:2:3", "<lambda> main:1:7"],
  },
  "a loop that was hot": {
    text:
      "(define (f n)\n  (let loop ((i 0))\n    (if (= i n)\n      (undefined-thing)\n      (loop (+ i 1)))))\n(list (f 3000))",
    heat: "(try (f 1) (catch e 0))",
    message: "Unbound variable: undefined-thing",
    trace: ["loop p.sema:4:7", "<lambda> main:1:7"],
  },
  "recursion": {
    text: "(define (down n)\n  (if (= n 0)\n    (car n)\n    (+ 1 (down (- n 1)))))\n(down 3)",
    heat: "(try (down 1) (catch e 0))",
    message: "expected list or vector, got int",
    trace: [
      "car p.sema:3:5",
      "down p.sema:3:5",
      "down p.sema:4:10",
      "down p.sema:4:10",
      "down p.sema:4:10",
      "<lambda> main:1:1",
    ],
  },
  "a callback of the library": {
    text: "(define (f xs)\n  (map (fn (x)\n         (+ x 1)) xs))\n(f '(1 a))",
    heat: "(f '(1))",
    message: "expected number or string, got symbol and int",
    trace: ["+ p.sema:3:10", "<lambda> p.sema:3:10", "f p.sema:2:3", "<lambda> main:1:1"],
  },
  "a tail call of a builtin that it does not fit": {
    text: "(define (f x)\n  (x 1 2))\n(list (f car))",
    heat: "(f list)",
    message: "car expects 1 argument, got 2",
    trace: ["f p.sema:2:3", "<lambda> main:1:7"],
  },
  "an error thrown again by a handler": {
    text: "(define (f m)\n  (try (car m)\n    (catch e (throw e))))\n(list (f 3))",
    heat: "(try (f 1) (catch e 0))",
    message: "expected list or vector, got int",
    trace: ["throw p.sema:3:14", "f p.sema:3:14", "<lambda> main:1:7"],
  },
};

/** The lines of a trace. The call itself stands in a text of its own, whose lines are counted anew. */
function lines(error: SemaError): string[] {
  return error.trace.map(({ name, file, line, column }) => `${name} ${file}:${line}:${column}`);
}

describe("the trace of", () => {
  for (const [claim, { text, heat, message, trace }] of Object.entries(FAILING)) {
    it(claim, () => {
      const at = text.lastIndexOf("\n");
      for (const mode of MODES) {
        const runtime = prepare(mode, { units: [""] });
        runtime.eval(text.slice(0, at), { file: "p.sema" });
        if (mode.heated) runtime.eval(`(do ((k 0 (+ k 1))) ((= k 2500)) ${heat})`);
        const error = assertThrows(() => runtime.eval(text.slice(at + 1), { file: "main" }));
        assertInstanceOf(error, SemaError);
        assertEquals([error.message, ...lines(error)], [message, ...trace], mode.name);
      }
    });
  }
});

const CAUGHT: Readonly<Record<string, Program>> = {
  "whose trace a handler looks at, half way up": {
    units: [
      `(define (h x) (car x)) (define (g x) (+ 1 (h x)))
       (define (f x) (try (+ 1 (g x)) (catch e (map :name (:stack-trace e)))))`,
      "(list (f 1))",
    ],
    heat: "(f '(1))",
    printed: '(("car" "h" "g" "f" "<lambda>"))',
  },
  "in a loop, each time": {
    units: [
      `(define (f xs)
         (let loop ((xs xs) (good 0) (bad '()))
           (if (null? xs) (list good bad)
             (let ((n (try (+ 1 (car xs)) (catch e (:type e)))))
               (if (number? n) (loop (cdr xs) (+ good n) bad) (loop (cdr xs) good (cons n bad)))))))`,
      `(f (list 1 "a" 2 'b 0.5 nil))`,
    ],
    heat: "(f '(1 2))",
    printed: "(6.5 (:type-error :type-error :type-error))",
  },
  "in handlers inside handlers": {
    units: [
      `(define (f x)
         (try (try (try (car x) (catch e (throw (list 'a (:type e))))) (catch e (throw (cons 'b (:value e)))))
           (catch e (cons x (:value e)))))`,
      "(list (f 1) (f '(2)))",
    ],
    heat: "(f '(1))",
    printed: "((1 b a :type-error) 2)",
  },
  "with variables assigned in the body": {
    units: [
      `(define (f n)
         (let ((i 0) (half 0.5))
           (try (while #t (set! i (+ i 1)) (set! half (* half 2)) (when (= i n) (throw 'stop))) (catch e (list i half)))))`,
      "(list (f 1) (f 4) (f 60) (f 3000))",
    ],
    heat: "(f 3)",
    printed: "((1 1.0) (4 8.0) (60 576460752303423488.0) (3000 inf))",
  },
  "with values waiting on the operand stack": {
    units: [
      "(define (f x) (list 1 (* x 0.5) (+ 1 (try (+ 1 (* 2 (car x))) (catch e 10))) x))",
      "(list (try (f '(1)) (catch e (:type e))) (f 3))",
    ],
    heat: "(try (f '(1)) (catch e 0))",
    printed: "(:type-error (1 1.5 11 3))",
  },
};

describe("an error is caught", () => {
  for (const [claim, program] of Object.entries(CAUGHT)) it(claim, () => assertEverywhere(program));
});

describe("the trace of an error that nothing catches", () => {
  it("has each line once, whatever tried to catch it", () => {
    for (const mode of MODES) {
      const runtime = prepare(mode, { units: ["(define (g n) (try (+ 1 (host n)) (catch e 1)))", ""] }, {
        limits: { output: 5 },
      });
      runtime.eval("(define (host n) (println n) n)");
      const error = assertThrows(() => runtime.eval('(list (try (g "123456789") (catch e 0)))'));
      assertInstanceOf(error, SemaError);
      assertEquals(error.message, "output limit exceeded", mode.name);
      assert(error.trace.filter(({ name }) => name === "g").length === 1, mode.name);
    }
  });
});
