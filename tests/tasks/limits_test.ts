/** Limits of a runtime and of one evaluation, on every tier: no program gets around them, and the runtime goes on. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertRejects, assertThrows } from "../../src/compat/assert.ts";
import {
  createRuntime,
  type EvalOptions,
  type Limits,
  type Runtime,
  SemaError,
  type Tier,
} from "../../src/engine/mod.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto", "walker"];

const STEPS = "evaluation exceeded step limit (looks like an infinite loop?)";
const TIME = "evaluation exceeded time limit";

const ENDLESS: Readonly<Record<string, string>> = {
  "a loop": "(let loop ((i 0)) (loop (+ i 1)))",
  "a loop in a loop": "(let outer () (let inner ((i 0)) (if (< i 3) (inner (+ i 1)) nil)) (outer))",
  "a loop that leaves another one at once":
    "(let outer () (let inner ((i 0)) (if (< i 0) (inner (+ i 1)) nil)) (outer))",
  "functions that call each other": "(define (ping n) (pong n)) (define (pong n) (ping (+ n 1))) (ping 0)",
  "recursion": "(define (tree n) (if (= n 0) 1 (+ (tree (- n 1)) (tree (- n 1))))) (tree 60)",
  "a callback": "(map (fn (x) (let loop () (loop))) '(1))",
  "a handler": '(try (error "x") (catch e (let loop () (loop))))',
  "a try in a loop": '(let loop () (try (error "x") (catch e nil)) (loop))',
  "a cleanup": '(dynamic-wind (fn () nil) (fn () (error "x")) (fn () (let loop () (loop))))',
  "code that runs instead of what was stopped":
    "(dynamic-wind (fn () nil) (fn () (let loop () (loop))) (fn () (let loop () (loop))))",
};

function thrown(runtime: Runtime, program: string, options: EvalOptions): string {
  const error = assertThrows(() => runtime.eval(program, options));
  assertInstanceOf(error, SemaError);
  return error.message;
}

/** Whether the runtime does what it should after that. */
function assertUsable(runtime: Runtime, tier: Tier): void {
  const program = "(list (try (throw 1) (catch e (:value e))) (foldl + 0 (map (fn (x) (* x x)) (range 100))))";
  assertEquals(runtime.print(runtime.eval(program)), "(1 328350)", tier);
}

describe("a limit of one evaluation", () => {
  for (const tier of TIERS) {
    for (const [name, program] of Object.entries(ENDLESS)) {
      it(`of steps ends ${name}, on ${tier}`, () => {
        const runtime = createRuntime({ tier, stdout: () => {} });
        assertUsable(runtime, tier);
        const limits: Limits = { steps: 200_000 };
        assertEquals(thrown(runtime, program, { limits }), STEPS);
        assertEquals(thrown(runtime, `(try (begin ${program}) (catch e :caught))`, { limits }), STEPS);
        assertUsable(runtime, tier);
      });
    }

    it(`of time ends a loop, on ${tier}`, () => {
      const runtime = createRuntime({ tier });
      const options: EvalOptions = { limits: { milliseconds: 20 } };
      assertEquals(thrown(runtime, "(try (let loop () (loop)) (catch e :caught))", options), TIME);
      assertUsable(runtime, tier);
    });

    it(`of output counts bytes, on ${tier}`, () => {
      let output = "";
      const runtime = createRuntime({ tier, stdout: (text) => output += text });
      const options: EvalOptions = { limits: { output: 10 } };
      assertEquals(runtime.eval('(display "aé€𝄞")', options), null);
      assertEquals(
        thrown(runtime, '(try (begin (display "aé€𝄞") (display "b")) (catch e :caught))', options),
        "output limit exceeded",
      );
      assertEquals(output, "aé€𝄞aé€𝄞");
      runtime.eval('(display "a text of more than ten bytes")');
    });

    it(`does not outlive it, on ${tier}`, () => {
      const runtime = createRuntime({ tier });
      const limits: Limits = { steps: 50_000 };
      const program = "(let loop ((i 0)) (if (= i 30000) i (loop (+ i 1))))";
      for (let i = 0; i < 5; i++) assertEquals(runtime.eval(program, { limits }), 30000);
      assertEquals(runtime.eval("(let loop ((i 0)) (if (= i 300000) i (loop (+ i 1))))"), 300000);
    });

    it(`does not loosen that of the runtime, on ${tier}`, () => {
      const runtime = createRuntime({ tier, limits: { steps: 50_000 } });
      assertEquals(thrown(runtime, "(let loop () (loop))", { limits: { steps: 1e12 } }), STEPS);
    });

    it(`of an evaluation inside of another one is charged to both, on ${tier}`, () => {
      const runtime = createRuntime({ tier });
      runtime.define("inner", (text: string) => runtime.toJS(runtime.eval(text, { limits: { steps: 1e12 } })));
      runtime.define("guarded", (text: string) => {
        try {
          return runtime.toJS(runtime.eval(text, { limits: { steps: 1000 } }));
        } catch (error) {
          return (error as SemaError).message;
        }
      });
      const limits: Limits = { steps: 200_000 };
      assertEquals(thrown(runtime, '(inner "(let loop () (loop))")', { limits }), STEPS);
      assertEquals(runtime.eval('(guarded "(let loop () (loop))")', { limits }), STEPS);
      assertUsable(runtime, tier);
    });

    it(`of a call by the host is that of the runtime, on ${tier}`, () => {
      const runtime = createRuntime({ tier, limits: { steps: 50_000 } });
      runtime.eval("(define (spin) (spin))");
      assertEquals((assertThrows(() => runtime.call("spin")) as SemaError).message, STEPS);
      assertUsable(runtime, tier);
    });

    it(`stops the expansion of macros, too, on ${tier}`, () => {
      const runtime = createRuntime({ tier });
      runtime.eval("(defmacro spin () (let loop () (loop)))");
      assertEquals(thrown(runtime, "(spin)", { limits: { steps: 50_000 } }), STEPS);
      assertUsable(runtime, tier);
    });
  }

  for (const tier of TIERS.filter((each) => each !== "walker")) {
    it(`of depth is smaller for this one, on ${tier}`, () => {
      const runtime = createRuntime({ tier });
      runtime.eval("(define (down n) (if (= n 0) 0 (+ 1 (down (- n 1)))))");
      assertEquals(runtime.eval("(down 100000)"), 100000);
      assertEquals(
        thrown(runtime, "(down 1000000)", { limits: { depth: 50_000 } }),
        "stack overflow: maximum call depth exceeded",
      );
      assertEquals(runtime.eval("(down 100000)"), 100000);
    });
  }
});

describe("tasks", () => {
  const PROGRAMS: Readonly<Record<string, string>> = {
    "in the background": "(async (let loop () (loop))) (try (async/run) (catch e :caught)) :end",
    "that is awaited": "(try (await (async (let loop () (loop)))) (catch e :caught))",
    "that others wait for":
      "(define c (channel/new)) (async (let loop () (loop)) (channel/send c 1)) (try (channel/recv c) (catch e :caught))",
    "of a structured form": "(try (async/map (fn (x) (let loop () (loop))) '(1 2)) (catch e :caught))",
    "many": "(define (breed) (async (breed)) (async (breed))) (breed) (try (async/run) (catch e :caught))",
    "that clean up":
      "(define p (async (try (channel/recv (channel/new)) (catch e (let loop () (loop)))))) (async/pending? p) (async/cancel p) (async/run) :end",
    "whose outcome is collected": "(try (parallel-settled (list (fn () (let loop () (loop))))) (catch e :caught))",
  };
  for (const tier of TIERS.filter((each) => each !== "walker")) {
    for (const [name, program] of Object.entries(PROGRAMS)) {
      it(`do not escape a limit: ${name}, on ${tier}`, async () => {
        const runtime = createRuntime({ tier });
        const options: EvalOptions = { limits: { steps: 50_000 } };
        assertEquals(thrown(runtime, program, options), STEPS);
        const error = await assertRejects(() => runtime.evalAsync(program, options));
        assertInstanceOf(error, SemaError);
        assertEquals(error.message, STEPS);
        assertUsable(runtime, tier);
        assertEquals(await runtime.evalAsync("(await (async (async/sleep 1) 2))"), 2);
      });
    }

    it(`may not wait longer than the limit of time, on ${tier}`, async () => {
      const runtime = createRuntime({ tier });
      const start = performance.now();
      const options: EvalOptions = { limits: { milliseconds: 10 } };
      const error = await assertRejects(() =>
        runtime.evalAsync("(try (async/sleep 60000) (catch e :caught))", options)
      );
      assertInstanceOf(error, SemaError);
      assertEquals(error.message, TIME);
      assert(performance.now() - start < 30_000);
      assertEquals(await runtime.evalAsync("(async/sleep 1) 2"), 2);
    });

    it(`of one evaluation are not stopped by the limit of another, on ${tier}`, async () => {
      const runtime = createRuntime({ tier });
      const good = runtime.evalAsync("(async/sleep 20) (await (async (async/sleep 5) :good))");
      const bad = runtime.evalAsync("(async/sleep 1) (let loop () (loop))", { limits: { steps: 200_000 } });
      const error = await assertRejects(() => bad);
      assertInstanceOf(error, SemaError);
      assertEquals(error.message, STEPS);
      assertEquals(runtime.print(await good), ":good");
    });
  }
});

describe("a limit of the heap", () => {
  it("ends a program that keeps too much", () => {
    for (const tier of TIERS) {
      // The heap is the test's own: it grows with what the program says it keeps.
      let used = 5_000_000;
      const runtime = createRuntime({ tier, heapUsed: () => used });
      runtime.define("keep", (bytes: number) => {
        used += bytes;
      });
      const options: EvalOptions = { limits: { heap: 1_000_000 } };
      const endless = "(let loop ((i 0)) (if (= (mod i 1000) 0) (keep 100) nil) (loop (+ i 1)))";
      assertEquals(thrown(runtime, `(try ${endless} (catch e :caught))`, options), "evaluation exceeded memory limit");
      assertUsable(runtime, tier);
    }
  });
});

describe("a signal", () => {
  it("ends a program when a function that it calls aborts it", () => {
    for (const tier of TIERS) {
      const runtime = createRuntime({ tier });
      const controller = new AbortController();
      runtime.define("abort", () => controller.abort());
      const program = "(try (begin (abort) (let loop () (loop))) (catch e :caught))";
      assertEquals(thrown(runtime, program, { signal: controller.signal }), "evaluation was interrupted");
      assertEquals(thrown(runtime, "1", { signal: controller.signal }), "evaluation was interrupted");
      assertUsable(runtime, tier);
    }
  });
});

describe("an integer that grows without end", () => {
  it("is an error before it stops the host", () => {
    for (
      const program of [
        "(let loop ((n 3)) (loop (* n n)))",
        "(/ (expt 3 200000) (expt 7 200000))",
        "(expt 3 100000000)",
      ]
    ) {
      const runtime = createRuntime();
      const error = assertThrows(() => runtime.eval(program));
      assertInstanceOf(error, SemaError);
      assertEquals(error.type, "eval");
      assert(/too large/.test(error.message), error.message);
    }
  });

  it("may have a million digits", () => {
    assertEquals(createRuntime().eval("(let ((n (expt 10 150000))) (= (/ (* n n) n) n))"), true);
  });
});
