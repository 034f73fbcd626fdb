/** Traces: the same lines on every tier and on the walker, repetitions told once, the tasks that waited for the error. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertThrows } from "../../src/compat/assert.ts";
import { Trace } from "../../src/data/mod.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

function lines(error: unknown): string[] {
  assertInstanceOf(error, SemaError);
  return error.trace.map(({ name, line, column }) => line === 0 ? name : `${name} ${line}:${column}`);
}

/** Fails unless the program ends with exactly this trace on the tiers. */
function assertTrace(text: string, expected: readonly string[], tiers: readonly Tier[] = TIERS): void {
  for (const tier of tiers) {
    const runtime = createRuntime({ tier });
    assertEquals(lines(assertThrows(() => runtime.eval(text))), expected, tier);
  }
}

describe("a trace", () => {
  const CASES: Readonly<Record<string, readonly [text: string, trace: readonly string[]]>> = {
    "names functions and places": [
      "(define (f x)\n  (car x))\n(define (g x)\n  (+ 1 (f x)))\n(g 5)",
      ["car 2:3", "f 2:3", "g 4:8", "<lambda> 5:1"],
    ],
    "leaves out what tail calls have replaced": [
      "(define (f x) (car x))\n(define (g x) (f x))\n(list (g 5))",
      ["car 1:15", "f 1:15", "<lambda> 3:7"],
    ],
    "is complete where it is short": [
      "(define (f n) (if (= n 0) (car n) (+ 1 (f (- n 1)))))\n(f 3)",
      ["car 1:27", "f 1:27", "f 1:40", "f 1:40", "f 1:40", "<lambda> 2:1"],
    ],
    "tells what repeats once": [
      "(define (f n) (if (= n 0) (car n) (+ 1 (f (- n 1)))))\n(f 100)",
      ["car 1:27", "f 1:27", "f 1:40", "... 99 more like this", "<lambda> 2:1"],
    ],
    "tells functions that call each other once": [
      "(define (f n) (if (= n 0) (car n) (+ 1 (g (- n 1)))))\n(define (g n)\n  (+ 2 (f n)))\n(f 100)",
      ["car 1:27", "f 1:27", "g 3:8", "f 1:40", "... 99 more like these 2", "<lambda> 4:1"],
    ],
    "goes on after a repetition": [
      "(define (f n) (if (= n 0) (car n) (+ 1 (f (- n 1)))))\n(define (g n)\n  (if (= n 0) (f 200) (+ 1 (g (- n 1)))))\n(g 2)",
      ["car 1:27", "f 1:27", "f 1:40", "... 199 more like this", "g 3:28", "g 3:28", "<lambda> 4:1"],
    ],
  };
  for (const [claim, [text, trace]] of Object.entries(CASES)) {
    it(claim, () => assertTrace(text, trace));
  }

  it("goes through functions that recurse a hundred thousand deep", () => {
    assertTrace(
      "(define (f n) (if (= n 0) (car n) (+ 1 (f (- n 1)))))\n(f 100000)",
      ["car 1:27", "f 1:27", "f 1:40", "... 99999 more like this", "<lambda> 2:1"],
      ["baseline", "jit", "auto"],
    );
  });

  it("in a handler goes on below it", () => {
    const text =
      "(define (f x) (car x))\n(define (g x)\n  (try (f x) (catch e (map (fn (l) (list (:name l) (:line l))) (:stack-trace e)))))\n" +
      "(define (h x)\n  (list (g x)))\n(h 1)";
    for (const tier of TIERS) {
      const runtime = createRuntime({ tier });
      assertEquals(
        runtime.print(runtime.eval(text)).replaceAll(/\n\s*/g, " "),
        '((("car" 1) ("f" 1) ("g" 3) ("h" 5) ("<lambda>" 6)))',
        tier,
      );
    }
  });

  it("of a task says where it was awaited", async () => {
    const text =
      "(define (work n) (car n))\n(define (job) (+ 1 (work 5)))\n(define (wait p)\n  (list (await p)))\n(wait (async (job)))";
    for (const tier of ["baseline", "jit", "auto"] as const) {
      const runtime = createRuntime({ tier });
      let found: string[] = [];
      await runtime.evalAsync(text).catch((error) => found = lines(error));
      assertEquals(found, ["car 1:18", "work 1:18", "job 2:20", "... awaited by", "wait 4:9", "<lambda> 5:1"], tier);
    }
  });
});

describe("the lines of a trace", () => {
  const frame = (name: string) => ({ name, file: null, line: 1, column: 1, library: false, variables: [] });
  const told = (names: readonly string[]): string[] => {
    const trace = new Trace();
    for (const name of names) trace.add(frame(name));
    assertEquals(trace.copy().lines(), trace.lines());
    return trace.lines().map(({ name }) => name);
  };

  it("are bounded where nothing repeats", () => {
    const lines = told(Array.from({ length: 5000 }, (_, i) => `f${i}`));
    assertEquals(lines.length, 1101);
    assertEquals(lines.slice(999, 1002), ["f999", "... 3900 more", "f4900"]);
    assertEquals(lines.at(-1), "f4999");
  });

  it("add up to all frames, whatever repeats", () => {
    for (let period = 1; period <= 10; period++) {
      for (const count of [10, 40, 500]) {
        const names = ["start", ...Array.from({ length: count }, (_, i) => `f${i % period}`), "end"];
        let sum = 0;
        for (const name of told(names)) {
          const more = /^\.\.\. (\d+) more like (?:this|these (\d+))$/.exec(name);
          sum += more === null ? 1 : Number(more[1]) * Number(more[2] ?? 1);
        }
        assertEquals(sum, names.length, `${period} ${count}`);
      }
    }
  });

  it("may repeat in several ways", () => {
    const lines = told([..."a".repeat(100), ..."bc".repeat(100), ..."d".repeat(100)]);
    assertEquals(lines.filter((name) => name.startsWith("...")).length, 3);
    assert(lines.length < 100);
  });
});
