/** Tasks and the host: its event loop, its promises and functions, and what `eval` cannot do. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertRejects, assertThrows } from "../../src/compat/assert.ts";
import { createRuntime, type RuntimeOptions, SemaError } from "../../src/engine/mod.ts";
import { hostTiming, type Timing } from "../../src/tasks/mod.ts";
import { outcome, recorded, TIERS } from "./tiers.ts";

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function failure(run: () => Promise<unknown>): Promise<string> {
  const error = await assertRejects(run);
  assertInstanceOf(error, SemaError);
  return `${error.type}: ${error.message}`;
}

describe("a function of the host that answers a promise", () => {
  for (const tier of TIERS) {
    it(`lets the task that calls it wait, on ${tier}`, async () => {
      const { runtime, lines } = recorded(tier);
      runtime.define("fetch", async (x: number) => {
        await pause(1);
        if (x < 0) throw new Error("no such thing");
        return [x, { twice: 2 * x }];
      });
      const program = `(async (println "meanwhile"))
        (list (map (fn (x) (car (fetch x))) '(1 2)) (try (fetch -1) (catch e (:message e))) (await (fetch 3)))`;
      assertEquals(await outcome(runtime, program), '((1 2) "no such thing" (3 {:twice 6}))');
      assertEquals(lines(), ["meanwhile"]);
    });
  }

  it("runs at the same time in several tasks", async () => {
    const runtime = createRuntime();
    let running = 0;
    let most = 0;
    runtime.define("work", async () => {
      most = Math.max(most, ++running);
      await pause(1);
      running--;
    });
    await runtime.evalAsync("(async/map (fn (x) (work)) (range 5))");
    assertEquals([running, most], [0, 5]);
  });

  it("needs evalAsync or callAsync", async () => {
    const runtime = createRuntime();
    runtime.define("fetch", () => Promise.resolve(1));
    runtime.eval("(define (f x) (+ x (fetch)))");
    const error = assertThrows(() => runtime.eval("(try (f 1) (catch e :caught))"));
    assertInstanceOf(error, SemaError);
    assert(error.hint?.includes("evalAsync"));
    assertEquals(await runtime.callAsync("f", [41]), 42);
  });
});

describe("a promise of the host as a value", () => {
  it("is awaited like one of a task", async () => {
    const runtime = createRuntime();
    runtime.define("p", pause(1).then(() => "there"));
    runtime.define("q", pause(1).then(() => Promise.reject(new Error("gone"))));
    assertEquals(await runtime.evalAsync("(await p)"), "there");
    assertEquals(await failure(() => runtime.evalAsync("(async/all (list p q))")), "eval: gone");
  });
});

describe("eval", () => {
  for (const tier of TIERS) {
    it(`runs tasks that only wait for each other, on ${tier}`, () => {
      const { runtime } = recorded(tier);
      const program = "(define c (channel/new)) (async (channel/send c 1)) (list (channel/recv c) (await (async 2)))";
      assertEquals(runtime.print(runtime.eval(program)), "(1 2)");
    });

    it(`refuses to wait for a timer, whatever the program catches, on ${tier}`, () => {
      const { runtime } = recorded(tier);
      const error = assertThrows(() => runtime.eval("(try (async/sleep 5) (catch e :caught))"));
      assertInstanceOf(error, SemaError);
      assert(error.hint?.includes("evalAsync"));
      assertEquals(runtime.eval("(await (async 1))"), 1);
    });
  }
});

describe("tasks that all wait for each other", () => {
  const PROGRAMS: Readonly<Record<string, string>> = {
    "(channel/recv (channel/new))": "channel/recv: channel is empty",
    "(let ((c (channel/new))) (channel/send c 1) (channel/send c 2))": "channel/send: channel is full",
    "(define c (channel/new)) (define p (async (channel/recv c))) (await p)":
      "async scheduler: all tasks blocked (deadlock detected)",
  };
  for (const [program, message] of Object.entries(PROGRAMS)) {
    it(`are an error that no program catches: ${message}`, async () => {
      for (const tier of TIERS) {
        const { runtime } = recorded(tier);
        const guarded = `(try (begin ${program}) (catch e :caught))`;
        assertEquals(await outcome(runtime, guarded), `eval: ${message}`, tier);
        assertEquals(assertThrows(() => runtime.eval(guarded)) instanceof SemaError, true);
        assertEquals(await outcome(runtime, "(await (async (async/sleep 1) 1))"), "1");
      }
    });
  }

  it("are none when the main task is not among them", async () => {
    assertEquals(await createRuntime().evalAsync("(async (channel/recv (channel/new))) 1"), 1);
  });
});

describe("several evaluations at a time", () => {
  it("go on side by side and end each in its time", async () => {
    const runtime = createRuntime();
    const ended: unknown[] = [];
    const run = (milliseconds: number) =>
      runtime.evalAsync(`(async/sleep ${milliseconds}) ${milliseconds}`).then((value) => ended.push(value));
    await Promise.all([run(60), run(1), run(30)]);
    assertEquals(ended, [1, 30, 60]);
  });

  it("share channels", async () => {
    const runtime = createRuntime();
    runtime.eval("(define c (channel/new))");
    const sent = runtime.evalAsync("(async/sleep 1) (channel/send c 7) :sent");
    const received = runtime.evalAsync("(channel/recv c)");
    assertEquals([await received, runtime.print(await sent)], [7, ":sent"]);
  });

  it("may begin inside of a function of the host", async () => {
    const runtime = createRuntime();
    let inner: Promise<unknown> = Promise.resolve();
    runtime.define("begin-another", () => {
      inner = runtime.evalAsync("(async/sleep 1) :inner");
    });
    assertEquals(runtime.print(await runtime.evalAsync("(begin-another) (async/sleep 5) :outer")), ":outer");
    assertEquals(String(runtime.toJS(await inner as never)), "inner");
  });

  it("leave nothing running behind", async () => {
    let output = "";
    const runtime = createRuntime({ stdout: (text) => output += text });
    await runtime.evalAsync('(define p (async (async/sleep 1) (println "late"))) 1');
    await pause(10);
    assertEquals(output, "");
    assertEquals(
      await failure(() => runtime.evalAsync("(await p)")),
      "eval: async scheduler: all tasks blocked (deadlock detected)",
    );
  });
});

/** A clock that moves on by some milliseconds whenever it is looked at, and counts the turns that the host gets. */
class SlowClock implements Timing {
  turns = 0;
  #time = 0;
  #sliceBegan = 0;
  readonly #pace: number;

  constructor(pace: number) {
    this.#pace = pace;
  }

  /** How long the host has been waiting for its turn. */
  get slice(): number {
    return this.#time - this.#sliceBegan;
  }

  beginSlice(): void {
    this.#sliceBegan = this.#time;
  }

  now(): number {
    return this.#time += this.#pace;
  }

  after(milliseconds: number, run: () => void): () => void {
    return hostTiming.after(milliseconds, run);
  }

  soon(run: () => void): void {
    this.turns++;
    hostTiming.soon(() => {
      this.beginSlice();
      run();
    });
  }
}

/** A text of so many definitions. */
function long(count: number): string {
  return Array.from({ length: count }, (_, i) => `(define (first-${i} x) (when (pair? x) (car x)))`).join("\n");
}

describe("a polite evaluation", () => {
  for (const tier of TIERS) {
    it(`reads, expands and compiles a long text in slices, on ${tier}`, async () => {
      for (const [polite, most] of [[true, Infinity], [false, 0]] as const) {
        const clock = new SlowClock(0.1);
        const runtime = createRuntime({ tier, timing: clock });
        let turns = -1;
        runtime.define("begun", () => {
          turns = clock.turns;
        });
        await runtime.evalAsync(`(begun) ${long(200)}`, { polite });
        assertEquals(runtime.print(await runtime.evalAsync("(list (first-0 '(1)) (first-199 '(2)))")), "(1 2)");
        assert(polite ? turns > 5 : turns <= most, `${turns} turns`);
      }
    });

    it(`has what was printed written before it waits, on ${tier}`, async () => {
      const log: string[] = [];
      const options: RuntimeOptions = { stdout: (text) => log.push(text), flush: () => log.push("flush") };
      await createRuntime({ ...options, tier }).evalAsync("(println 1) (sleep 1) (println 2)");
      assertEquals(log.slice(0, 2), ["1\n", "flush"]);
      assert(log.includes("2\n"));
    });

    it(`may be stopped while it is being compiled, on ${tier}`, async () => {
      const clock = new SlowClock(0.1);
      let output = "";
      const runtime = createRuntime({ tier, timing: clock, stdout: (text) => output += text });
      const controller = new AbortController();
      const stopped = failure(() => runtime.evalAsync(`(println 1) ${long(200)}`, { signal: controller.signal }));
      await pause(0);
      controller.abort();
      assertEquals(await stopped, "eval: evaluation was interrupted");
      assert(clock.turns > 0);
      const limits = { milliseconds: 50 };
      const late = await failure(() => runtime.evalAsync(`(println 2) ${long(200)}`, { polite: true, limits }));
      assertEquals(late, "eval: evaluation exceeded time limit");
      assertEquals(output, "");
      assertEquals(runtime.print(await runtime.evalAsync("(+ 1 2)", { polite: true })), "3");
    });

    it(`learns of what others redefine while it is being compiled, on ${tier}`, async () => {
      const clock = new SlowClock(0.1);
      const runtime = createRuntime({ tier, timing: clock });
      const slow = runtime.evalAsync(`${long(200)} (list (first-0 '(1)) (first-199 '(2)))`, { polite: true });
      for (const [turns, redefinition] of [[4, "(define (car x) :mine)"], [8, "(define (pair? x) #t)"]] as const) {
        while (clock.turns < turns) await pause(0);
        runtime.eval(redefinition);
      }
      assertEquals(runtime.print(await slow), "(:mine :mine)");
    });

    it(`compiles hot functions at the beginning of slices, on ${tier}`, async () => {
      const clock = new SlowClock(0.1);
      const slices: number[] = [];
      const runtime = createRuntime({
        tier,
        timing: clock,
        onTier: ({ kind }) => kind === "compiled" && slices.push(clock.slice),
      });
      clock.beginSlice();
      const program = `
        (define (tree n) (if (= n 0) 1 (+ (tree (- n 1)) (tree (- n 1)))))
        (define (sum n) (let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (+ s (tree 3))))))
        (define (all n) (if (= n 0) '() (cons (sum 50) (all (- n 1)))))
        (foldl + 0 (map (fn (x) (* 2 x)) (all 10000)))`;
      assertEquals(await runtime.evalAsync(program, { polite: true }), 8_000_000);
      assertEquals(slices.length > 0, tier !== "baseline");
      for (const milliseconds of slices) assert(milliseconds < 3.5, `after ${milliseconds} ms`);
    });
  }

  for (const tier of TIERS) {
    it(`lets the host do something else while it computes, on ${tier}`, async () => {
      const runtime = createRuntime({ tier });
      let turns = 0;
      let over = false;
      const count = async () => {
        while (!over) {
          await pause(0);
          turns++;
        }
      };
      const counting = count();
      runtime.define("turns", () => turns);
      // It ends only because the host gets its turns.
      const value = await runtime.evalAsync(
        `(define (tree n) (if (= n 0) 1 (+ (tree (- n 1)) (tree (- n 1)))))
         (define (compute) (let loop ((i 0) (x 0.5)) (if (= i 1000) (tree 5) (loop (+ i 1) (* x 1.5)))))
         (let loop () (if (< (turns) 5) (begin (compute) (map (fn (x) (compute)) '(1 2 3)) (loop)) :done))`,
        { polite: true },
      );
      over = true;
      await counting;
      assertEquals(runtime.print(value), ":done");
    });
  }

  for (const tier of TIERS) {
    it(`gives the thread back from whatever calls and loops, on ${tier}`, async () => {
      const programs: Readonly<Record<string, string>> = {
        "recursion": "(define (tree n) (if (= n 0) 1 (+ (tree (- n 1)) (tree (- n 1))))) (tree 16)",
        "a loop": "(let loop ((i 0)) (if (< i 100000) (loop (+ i 1)) i))",
        "tail calls": "(define (f n) (if (= n 0) 0 (g (- n 1)))) (define (g n) (if (= n 0) 0 (f (- n 1)))) (f 100000)",
        "callbacks": "(define big (range 50000)) (foldl + 0 (map (fn (x) (* x 2)) (filter even? big)))",
        "a loop of builtins that take long":
          "(define big (range 4000)) (do ((i 0 (+ i 1))) ((= i 60)) (frequencies big))",
        "recursion through callbacks":
          "(define (tree n) (if (= n 0) 1 (foldl (fn (sum x) (+ sum (tree (- n 1)))) 0 '(1 2)))) (tree 14)",
        "many functions that each do little": Array.from(
          { length: 100 },
          (_, i) => `(define (loop-${i} n) (if (= n 0) ${i} (loop-${i} (- n 1)))) (loop-${i} 900)`,
        ).join(" "),
      };
      for (const [claim, program] of Object.entries(programs)) {
        const clock = new SlowClock(3);
        const runtime = createRuntime({ tier, timing: clock });
        runtime.define("begin-to-count", () => {
          clock.turns = 0;
        });
        const value = await runtime.evalAsync(`(begin-to-count) ${program}`, { polite: true });
        assertEquals(runtime.print(value), runtime.print(createRuntime({ tier }).eval(program)), claim);
        assert(clock.turns > 3, `${claim}: ${clock.turns} turns`);
      }
    });
  }

  it("is one that has a signal, and ends when that is aborted", async () => {
    for (const tier of TIERS) {
      for (
        const program of [
          "(let loop () (loop))",
          "(async/sleep 100000)",
          "(channel/recv (let ((c (channel/new))) (async (async/sleep 100000)) c))",
        ]
      ) {
        const runtime = createRuntime({ tier });
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 5);
        const guarded = `(try (begin ${program}) (catch e :caught))`;
        const { signal } = controller;
        assertEquals(await failure(() => runtime.evalAsync(guarded, { signal })), "eval: evaluation was interrupted");
        assertEquals(await runtime.evalAsync("(async/sleep 1) 1"), 1);
      }
    }
  });

  it("does not begin when its signal has been aborted", async () => {
    let output = "";
    const runtime = createRuntime({ stdout: (text) => output += text });
    const signal = AbortSignal.abort();
    assertEquals(await failure(() => runtime.evalAsync("(println 1)", { signal })), "eval: evaluation was interrupted");
    assertEquals(output, "");
  });
});
