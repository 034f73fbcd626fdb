/** Generator functions of the host: what they yield is called without a frame of the host's stack, on every tier. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertRejects, assertThrows } from "../../src/compat/assert.ts";
import {
  createRuntime,
  type Runtime,
  type RuntimeOptions,
  semaCall,
  SemaError,
  type Tier,
} from "../../src/engine/mod.ts";
import { createExperiment } from "../../src/engine/runtime.ts";

type Steps = Generator<unknown, unknown, unknown>;
// The functions of a program that a routine gets are functions of JavaScript.
type Fn = (...args: unknown[]) => unknown;

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];
/** The tiers that can suspend. */
const WAITING: readonly Tier[] = ["baseline", "jit", "auto"];

/** A runtime with some routines, and what they note. */
function prepared(tier: Tier, options: RuntimeOptions = {}): { readonly runtime: Runtime; readonly notes: string[] } {
  const runtime = createRuntime({ ...options, tier });
  const notes: string[] = [];
  runtime.define("plus-one", function* (f: Fn, ...args: unknown[]): Steps {
    return Number(yield semaCall(f, ...args)) + 1;
  });
  // deno-lint-ignore require-yield
  runtime.define("jump", function* (f: Fn, ...args: unknown[]): Steps {
    notes.length = 0;
    return semaCall(f, ...args);
  });
  runtime.define("twice", function* (f: Fn, x: unknown): Steps {
    return semaCall(f, yield semaCall(f, x));
  });
  runtime.define("guarded", function* (f: Fn): Steps {
    try {
      return yield semaCall(f);
    } catch (error) {
      assertInstanceOf(error, SemaError);
      notes.push(`caught ${error.message}`);
      throw error;
    } finally {
      notes.push("finally");
    }
  });
  runtime.define("caught", function* (f: Fn): Steps {
    try {
      return yield semaCall(f);
    } catch (error) {
      return `${(error as SemaError).type}: ${(error as SemaError).message}`;
    }
  });
  return { runtime, notes };
}

function shown(runtime: Runtime, program: string): string {
  return runtime.print(runtime.eval(program));
}

function failure(run: () => unknown): SemaError {
  const error = assertThrows(run);
  assertInstanceOf(error, SemaError);
  return error;
}

describe("a generator function of the host", () => {
  for (const tier of TIERS) {
    it(`calls functions of the program, builtins, globals by name and functions of the host, on ${tier}`, () => {
      const { runtime } = prepared(tier);
      assertEquals(shown(runtime, "(twice (fn (x) (* x x)) 3)"), "81");
      assertEquals(shown(runtime, "(plus-one + 1 2 3)"), "7");
      assertEquals(shown(runtime, "(map (fn (x) (plus-one abs x)) '(-1 -2))"), "(2 3)");
      runtime.eval("(define (square x) (* x x))");
      runtime.define("by-name", function* (x: unknown): Steps {
        return [yield semaCall("square", x), yield semaCall((a: number) => a + 0.5, x)];
      });
      assertEquals(shown(runtime, "(by-name 3)"), "(9 3.5)");
      assertEquals(shown(runtime, "(list (procedure? twice) (type twice) twice)"), "(#t :native-fn <native-fn twice>)");
      assertEquals(runtime.print(runtime.call("twice", (x: number) => x + 1, 5)), "7");
    });

    it(`passes errors both ways, on ${tier}`, () => {
      const { runtime, notes } = prepared(tier);
      assertEquals(shown(runtime, "(caught (fn () (throw 5)))"), '"user: User exception: 5"');
      assertEquals(shown(runtime, "(caught (fn () (car 1)))"), '"type-error: expected list or vector, got int"');
      assertEquals(shown(runtime, "(try (guarded (fn () (throw {:a 1}))) (catch e (:a (:value e))))"), "1");
      assertEquals(notes, ["caught User exception: {:a 1}", "finally"]);
      runtime.define("failing", function* (): Steps {
        yield semaCall("list");
        throw new Error("no more");
      });
      assertEquals(shown(runtime, "(try (failing) (catch e (list (:type e) (:message e))))"), '(:eval "no more")');
      runtime.define("wrong", function* (): Steps {
        try {
          return yield 5;
        } finally {
          notes.push("cleaned");
        }
      });
      assert(failure(() => runtime.eval("(wrong)")).message.includes("what is no call"));
      assertEquals(notes.at(-1), "cleaned");
      // deno-lint-ignore require-yield
      runtime.define("unbound", function* (): Steps {
        return semaCall("no-such-function");
      });
      assertEquals(failure(() => runtime.eval("(unbound)")).type, "unbound");
      assertEquals(shown(runtime, "(caught (fn () (caught (fn () (throw 1)))))"), '"user: User exception: 1"');
    });

    it(`is left out of traces, which name the functions of the program, on ${tier}`, () => {
      const { runtime } = prepared(tier);
      const error = failure(() => runtime.eval("(define (f x)\n (car x))\n(define (g)\n (list (plus-one f 1)))\n(g)"));
      const lines = error.trace.map(({ name, line }) => `${name}:${line}`);
      assertEquals(lines.filter((line) => !line.startsWith("car")), ["f:2", "g:4", "<lambda>:5"]);
    });
  }

  for (const tier of WAITING) {
    it(`recurses a million deep, on ${tier}`, { timeout: 120_000 }, () => {
      const { runtime } = prepared(tier);
      runtime.eval("(define (down n) (if (= n 0) 0 (plus-one down (- n 1))))");
      assertEquals(runtime.eval("(down 1000000)"), 1_000_000);
    });

    it(`hears of errors in order, wherever its frame is, on ${tier}`, () => {
      for (const experiment of [{}, { stackSlots: 0, depthLimit: 200 }]) {
        const runtime = createExperiment({ tier, limits: { depth: 20_000 } }, experiment);
        const heard: string[] = [];
        runtime.define("level", function* (n: number, f: Fn): Steps {
          try {
            return yield semaCall(f, n);
          } catch (error) {
            assertInstanceOf(error, SemaError);
            heard.push(`${n} ${error.message}`);
            if (n === 3) throw new Error("another");
            if (n === 5) return [yield semaCall("list", n), "caught"];
            if (n === 7) return semaCall(() => "by a tail call");
            throw error;
          } finally {
            heard.push(`${n} finally`);
          }
        });
        runtime.eval(`
          (define (down n end) (if (= n end) (throw n) (list n (level n (fn (m) (down (+ m 1) end))))))
          (define (without-end n) (list n (level n (fn (m) (without-end (+ m 1))))))`);
        const result = (program: string): string => {
          heard.length = 0;
          const value = shown(runtime, program);
          return `${value}; ${heard.join(", ")}`;
        };
        assertEquals(
          result("(try (down 1 4) (catch e (:message e)))"),
          '"another"; 3 User exception: 4, 3 finally, 2 another, 2 finally, 1 another, 1 finally',
        );
        assertEquals(
          result("(down 4 7)"),
          '(4 (5 ((5) "caught"))); 6 User exception: 7, 6 finally, 5 User exception: 7, 5 finally, 4 finally',
        );
        assertEquals(result("(down 7 8)"), '(7 "by a tail call"); 7 User exception: 8, 7 finally');
        assertEquals(result("(try (down 8 10) (catch e (:value e)))").split(";")[0], "10");
        const overflow = "stack overflow: maximum call depth exceeded";
        const all = result("(try (without-end 100) (catch e (:message e)))").split(/[;,] /);
        assertEquals([all[0], all.at(-2), all.at(-1)], [`"${overflow}"`, `100 ${overflow}`, "100 finally"]);
        const levels = (all.length - 1) / 2;
        assert(levels > 1000);
        all.slice(1).forEach((note, i) => {
          const level = 99 + levels - (i >> 1);
          assertEquals(note, i % 2 === 0 ? `${level} ${overflow}` : `${level} finally`);
        });
      }
    });

    it(`recurses without end into the error of the language, on ${tier}`, { timeout: 120_000 }, () => {
      const { runtime } = prepared(tier, { limits: { depth: 50_000 } });
      runtime.eval("(define (down n) (plus-one down (+ n 1)))");
      assertEquals(failure(() => runtime.eval("(down 0)")).message, "stack overflow: maximum call depth exceeded");
      assertEquals(
        shown(runtime, "(try (down 0) (catch e (:message e)))"),
        '"stack overflow: maximum call depth exceeded"',
      );
    });

    it(`makes tail calls by what it ends with, on ${tier}`, () => {
      const { runtime } = prepared(tier, { limits: { depth: 1000 } });
      runtime.eval("(define (down n) (if (= n 0) :done (jump down (- n 1))))");
      assertEquals(shown(runtime, "(down 100000)"), ":done");
    });

    it(`may be suspended in what it calls, and wait for promises, on ${tier}`, async () => {
      const { runtime } = prepared(tier);
      runtime.define("later", function* (f: Fn, x: number): Steps {
        const first = yield Promise.resolve(x + 1);
        const second = yield semaCall(f, first);
        return Promise.resolve([first, second]);
      });
      const value = await runtime.evalAsync("(later (fn (x) (await (async (async/sleep 1) (* 2 x)))) 3)");
      assertEquals(runtime.print(value), "(4 8)");
      const rejected = "(try (later (fn (x) (throw x)) 1) (catch e (:value e)))";
      assertEquals(await runtime.evalAsync(rejected), 2);
    });

    it(`cleans up when its task is cancelled, on ${tier}`, async () => {
      const { runtime, notes } = prepared(tier);
      const program = `(define p (async (guarded (fn () (channel/recv (channel/new))))))
        (async/sleep 1) (async/cancel p) (async/sleep 1) :end`;
      assertEquals(runtime.print(await runtime.evalAsync(program)), ":end");
      assertEquals(notes.at(-1), "finally");
    });

    it(`is ended by limits, which it cannot catch, on ${tier}`, async () => {
      const { runtime, notes } = prepared(tier);
      const limits = { steps: 50_000 };
      const message = "evaluation exceeded step limit (looks like an infinite loop?)";
      assertEquals(failure(() => runtime.eval("(guarded (fn () (let loop () (loop))))", { limits })).message, message);
      assertEquals(notes, []);
      runtime.eval("(define (forever) (jump forever))");
      assertEquals(failure(() => runtime.eval("(forever)", { limits })).message, message);
      const error = await assertRejects(() => runtime.evalAsync("(forever)", { signal: AbortSignal.timeout(5) }));
      assertEquals((error as SemaError).message, "evaluation was interrupted");
      assertEquals(shown(runtime, "(twice (fn (x) (* x x)) 3)"), "81");
    });

    it(`is left by continuations and entered again, but goes on only once from each call, on ${tier}`, () => {
      const { runtime } = prepared(tier);
      assertEquals(shown(runtime, "(call/cc (fn (return) (plus-one (fn () (return :out)))))"), ":out");
      const program = `(define g (generator (fn (yield) (yield (plus-one (fn () (yield 1) 10))))))
        (let* ((a (g)) (b (g))) (list a b))`;
      assertEquals(shown(runtime, program), "(1 11)");
      runtime.eval("(define k nil)");
      assertEquals(shown(runtime, "(begin (define r (plus-one (fn () (call/cc (fn (c) (set! k c) 1))))) r)"), "2");
      const { message } = failure(() =>
        runtime.eval("(begin (plus-one (fn () (call/cc (fn (c) (set! k c) 1)))) (k 5))")
      );
      assertEquals(message, "plus-one: a function of the host goes on only once from each call that it makes");
    });

    it(`may redefine what its callers rely on, on ${tier}`, () => {
      const { runtime } = prepared(tier);
      runtime.define("redefine", function* (): Steps {
        runtime.eval("(define (helper x) (* 10 x))");
        return yield semaCall("list");
      });
      const program = `(define (helper x) x)
        (define (use n) (let ((a (helper n))) (if (= n 50) (redefine)) (+ a (helper n))))
        (define (all n) (if (= n 0) 0 (+ (use n) (all (- n 1)))))
        (all 100)`;
      // 100 down to 51 count twice, 50 eleven times, the rest twenty times.
      assertEquals(runtime.eval(program), 2 * 3775 + 11 * 50 + 20 * 1225);
    });
  }
});

describe("a function of a program that the host hands back", () => {
  it("is that function", () => {
    const runtime = createRuntime();
    runtime.define("same", (f: unknown) => f);
    assertEquals(runtime.print(runtime.eval("(define (f) 1) (list (eq? f (same f)) (type (same f)))")), "(#t :lambda)");
    assert(runtime.toJS(runtime.get("f")) === runtime.toJS(runtime.get("f")));
    const other = createRuntime();
    other.define("f", runtime.toJS(runtime.get("f")));
    assertEquals(other.eval("(f)"), 1);
  });
});
