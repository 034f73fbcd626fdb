/**
 * Where the host forbids `new Function` the runtime finds out once and stays on the baseline tier. Where it allows it,
 * a `Function` that refuses stands in for such a host.
 */
import { describe, it } from "node:test";
import { assertEquals, assertThrows } from "../../src/compat/assert.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";

const REASON = "the host forbids code generation";

/** Stands in for `Function` on a host that forbids it; called with or without `new`, as transpilers see fit. */
function refusing(): never {
  throw new EvalError("Code generation from strings disallowed for this context");
}

/** Runs something on a host that forbids code generation. */
function forbidden(run: () => void): void {
  const allowed = globalThis.Function;
  Object.defineProperty(globalThis, "Function", { value: refusing });
  try {
    run();
  } finally {
    Object.defineProperty(globalThis, "Function", { value: allowed });
  }
}

const PROGRAM = `
  (define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))
  (define (ping n) (if (= n 0) 'done (pong (- n 1)))) (define (pong n) (ping n))
  (define (sum n) (let loop ((i 0) (sum 0)) (if (= i n) sum (loop (+ i 1) (+ sum (* i 0.5))))))
  (list (count 20000) (ping 20000) (sum 20000) (map (fn (x) (* x x)) '(1 2)) (try (car 1) (catch e (:type e))))`;

describe("without code generation", () => {
  for (const tier of ["jit", "auto"] as const satisfies readonly Tier[]) {
    it(`everything is right on ${tier}, and nothing is compiled`, () => {
      forbidden(() => {
        const runtime = createRuntime({ tier });
        assertEquals(runtime.print(runtime.eval(PROGRAM)), "(20000 done 99995000.0 (1 4) :type-error)");
        runtime.eval("(define (pong n) 'changed)");
        assertEquals(runtime.print(runtime.eval("(ping 3)")), "changed");
        const { codeGeneration, compiled, compiledLoops, refusals, exits } = runtime.stats();
        assertEquals({ codeGeneration, compiled, compiledLoops, refusals, exits }, {
          codeGeneration: false,
          compiled: 0,
          compiledLoops: 0,
          refusals: { [REASON]: 1 },
          exits: {},
        });
      });
    });

    it(`errors and limits are those of the language on ${tier}`, () => {
      forbidden(() => {
        const runtime = createRuntime({ tier, limits: { steps: 100_000, depth: 1000 } });
        const overflow = assertThrows(() => runtime.eval("(define (down n) (+ 1 (down n))) (down 1)"), SemaError);
        assertEquals(overflow.message, "stack overflow: maximum call depth exceeded");
        const endless = assertThrows(() => runtime.eval("(let loop () (loop))"), SemaError);
        assertEquals(endless.message, "evaluation exceeded step limit (looks like an infinite loop?)");
      });
    });
  }

  it("the text of a function can still be looked at", () => {
    forbidden(() => {
      const runtime = createRuntime({ tier: "jit" });
      runtime.eval("(define (f x) (+ x 1)) (f 1)");
      assertEquals(runtime.generatedSource("f").includes("function f("), true);
    });
  });

  it("the baseline tier does not ask", () => {
    forbidden(() => {
      const runtime = createRuntime({ tier: "baseline" });
      runtime.eval(PROGRAM);
      assertEquals(runtime.stats().refusals, {});
    });
  });
});
