/** Depth, steps, time and output: what a program may use, and what is left of the runtime when it wanted more. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertThrows } from "../../src/compat/assert.ts";
import { createRuntime, type Limits, type Runtime, SemaError } from "../../src/engine/mod.ts";

const OVERFLOW = "stack overflow: maximum call depth exceeded";

/** A runtime and what it has printed so far. */
function limited(limits: Limits): { runtime: Runtime; printed: () => string } {
  let output = "";
  const runtime = createRuntime({ tier: "baseline", limits, stdout: (text) => output += text });
  return { runtime, printed: () => output };
}

function failure(runtime: Runtime, program: string): SemaError {
  const error = assertThrows(() => runtime.eval(program));
  assertInstanceOf(error, SemaError);
  return error;
}

/** Whether an evaluation after the failure finds everything in order. */
function assertUsable(runtime: Runtime): void {
  assertEquals(
    runtime.print(runtime.eval("(list (map (fn (x) (+ x 1)) '(1 2)) (try (throw 1) (catch e (:value e))))")),
    "((2 3) 1)",
  );
}

describe("depth", () => {
  const COUNT = "(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))";

  it("of a million calls is nothing special", () => {
    const runtime = createRuntime({ tier: "baseline" });
    runtime.eval(COUNT);
    assertEquals(runtime.eval("(count 1000000)"), 1000000);
    assertEquals(runtime.eval("(count 1000000)"), 1000000);
  });

  it("of a hundred thousand calls with many variables keeps them all", () => {
    const runtime = createRuntime({ tier: "baseline" });
    runtime.eval(
      "(define (f n a b c d e) (if (= n 0) 0 (let ((x (* a b)) (y (* c d))) (+ (f (- n 1) b c d e a) (if (and (= x (* a b)) (= y (* c d))) 1 0)))))",
    );
    assertEquals(runtime.eval("(f 100000 1 2.5 3 4.5 5)"), 100000);
  });

  it("through callbacks of the library has the same bound", () => {
    const runtime = createRuntime({ tier: "baseline" });
    runtime.eval("(define (nest n) (if (= n 0) '(end) (map (fn (x) x) (list (car (nest (- n 1)))))))");
    assertEquals(runtime.print(runtime.eval("(nest 20000)")), "(end)");
    runtime.eval("(define (inside n) (if (= n 0) 0 (foldl (fn (sum x) (+ sum x (inside (- n 1)))) 0 '(1))))");
    assertEquals(runtime.eval("(inside 20000)"), 20000);
  });

  it("without end is an error of the language", () => {
    const runtime = createRuntime({ tier: "baseline", limits: { depth: 100_000 } });
    const error = failure(runtime, "(define (down n) (+ 1 (down n))) (down 1)");
    assertEquals([error.type, error.message], ["eval", OVERFLOW]);
    assert(error.hint?.includes("unbounded recursion"));
    assertUsable(runtime);
  });

  it("without end and without a limit, too", () => {
    const runtime = createRuntime({ tier: "baseline" });
    assertEquals(failure(runtime, "(define (down) (+ 1 (down))) (down)").message, OVERFLOW);
    assertUsable(runtime);
  });

  it("can be limited to little", () => {
    const { runtime } = limited({ depth: 20 });
    runtime.eval(COUNT);
    assertEquals(runtime.eval("(count 10)"), 10);
    assertEquals(failure(runtime, "(count 30)").message, OVERFLOW);
    assertUsable(runtime);
  });

  it("may be caught, and the handler has its variables", () => {
    const { runtime } = limited({ depth: 1000 });
    runtime.eval("(define (down n) (+ 1 (down n)))");
    const program = "(let ((kept 'here)) (try (down 1) (catch e (list kept (:type e) (:message e)))))";
    assertEquals(runtime.print(runtime.eval(program)), `(here :eval "${OVERFLOW}")`);
  });

  it("is not used by tail calls", () => {
    const { runtime } = limited({ depth: 30 });
    runtime.eval(`
      (define (loop n) (if (= n 0) 'done (loop (- n 1))))
      (define (a n) (if (= n 0) 'a (b (- n 1))))
      (define (b n) (cond ((= n 0) 'b) (else (when #t (let* ((m (- n 1))) (begin (and #t (or #f (a m)))))))))
      (define (pass f n) (if (= n 0) 'passed (f f (- n 1))))
      (define (spread n) (if (= n 0) 'spread (apply spread (list (- n 1)))))
      (define (handled n) (try (throw n) (catch e (if (= (:value e) 0) 'handled (handled (- (:value e) 1))))))`);
    for (
      const [call, printed] of [
        ["(loop 100000)", "done"],
        ["(a 100001)", "b"],
        ["(pass pass 100000)", "passed"],
        ["(spread 10000)", "spread"],
        ["(handled 10000)", "handled"],
      ] as const
    ) assertEquals(runtime.print(runtime.eval(call)), printed, call);
  });
});

describe("the stack", () => {
  it("may grow while a macro is expanded for a running function", () => {
    const runtime = createRuntime({ tier: "baseline" });
    runtime.eval(`
      (define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))
      (defmacro deep () (count 20000))
      (define (f x) (let ((y (+ x 1))) (list (eval '(deep)) (macroexpand '(deep)) x y)))`);
    assertEquals(runtime.print(runtime.eval("(f 1)")), "(20000 20000 1 2)");
  });

  it("may grow at any depth, also when a closure is made", () => {
    const constants = Array.from({ length: 60 }, (_, i) => `"${i}"`).join(" ");
    for (let depth = 380; depth < 700; depth += 10) {
      const runtime = createRuntime({ tier: "baseline" });
      runtime.eval(`(define (f n)
        (if (= n 0)
          (let ((a 1) (g (fn (x) (list x ${constants})))) (set! a 2) (list a (car (g a)) n))
          (let ((r (f (- n 1)))) (cons n r))))`);
      assertEquals(runtime.print(runtime.eval(`(take 3 (reverse (f ${depth})))`)), "(0 2 2)");
    }
  });
});

describe("the limit of steps", () => {
  const PROGRAMS: Readonly<Record<string, string>> = {
    "a loop": "(let loop ((i 0)) (loop (+ i 1)))",
    "while": "(while #t 1)",
    "tail calls": "(define (ping) (pong)) (define (pong) (ping)) (ping)",
    "a fold": "(foldl (fn (sum x) (+ sum x)) 0 (range 1000000))",
    "recursion": "(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) (fib 35)",
  };
  for (const [name, program] of Object.entries(PROGRAMS)) {
    it(`ends ${name}`, () => {
      const { runtime } = limited({ steps: 100_000 });
      assert(failure(runtime, program).message.startsWith("evaluation exceeded step limit"));
      assertUsable(runtime);
    });

    it(`ends ${name} that tries to catch it`, () => {
      const { runtime, printed } = limited({ steps: 100_000 });
      const guarded = `(println "before") (try (begin ${program}) (catch e (println "caught"))) (println "after")`;
      assert(failure(runtime, guarded).message.startsWith("evaluation exceeded step limit"));
      assertEquals(printed(), "before\n");
      assertUsable(runtime);
    });
  }

  it("is there again for every evaluation", () => {
    const { runtime } = limited({ steps: 20_000 });
    for (let i = 0; i < 20; i++) {
      assertEquals(runtime.eval("(let loop ((i 0)) (if (= i 8000) i (loop (+ i 1))))"), 8000);
    }
  });
});

describe("the limit of time", () => {
  it("ends a loop that tries to catch it", () => {
    const { runtime, printed } = limited({ milliseconds: 50 });
    const error = failure(runtime, '(println "before") (try (let loop () (loop)) (catch e (println "caught")))');
    assertEquals(error.message, "evaluation exceeded time limit");
    assertEquals(printed(), "before\n");
    assertUsable(runtime);
  });
});

describe("the limit of output", () => {
  it("ends a program that prints too much; what it printed before stays", () => {
    const { runtime, printed } = limited({ output: 10 });
    const error = failure(runtime, '(println "12345") (try (println "1234567") (catch e (println "x"))) (println "y")');
    assertEquals(error.message, "output limit exceeded");
    assertEquals(printed(), "12345\n");
  });
});
