/**
 * Nothing dead is kept alive: not by the stack of values, the stack of frames or the registers of a machine that rests.
 * Needs a host that lets itself be told to collect garbage.
 */
import { describe, it } from "node:test";
import { assert } from "../../src/compat/assert.ts";
import { createRuntime, type Runtime } from "../../src/engine/mod.ts";
import { collector } from "../collector.ts";

const collect = collector();

/** Programs that use `(fresh)`, a new host object, and keep none. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "a temporary": "(begin (list (fresh)) nil)",
  "a local": "(let ((x (fresh))) (list x x) nil)",
  "arguments": "((fn (a b c) nil) (fresh) (fresh) (fresh))",
  "deep frames": "(define (f n x) (if (= n 0) 0 (+ 1 (f (- n 1) (fresh))))) (f 1000 nil)",
  "closures": "(map (fn (x) (let ((y (fresh))) (fn () (set! y x) y))) (range 10)) nil",
  "closures that ran": "((let ((y (fresh))) (fn () (list y) nil)))",
  "shared variables": "(let ((x 1)) ((fn () (set! x (fresh)))) nil)",
  "loops": "(let loop ((i 0) (x nil)) (if (< i 100) (loop (+ i 1) (fresh)) nil))",
  "thrown values": "(try (throw (fresh)) (catch e nil))",
  "errors in deep frames":
    "(define (f n x) (if (= n 0) (throw x) (+ 1 (f (- n 1) (fresh))))) (try (f 1000 nil) (catch e nil))",
  "builtins": "(length (append (list (fresh)) (list (fresh))))",
  "applied arguments": "(apply list (list (fresh) (fresh))) nil",
};

/** Keeps the event loop turning, since some hosts forget a weak reference's target only between turns. */
async function settle(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    collect?.();
  }
}

function run(runtime: Runtime, program: string): WeakRef<object>[] {
  const made: WeakRef<object>[] = [];
  runtime.define("fresh", () => {
    const object = () => null;
    made.push(new WeakRef(object));
    return object;
  });
  runtime.eval(program);
  return made;
}

describe("nothing dead is kept alive by", { skip: collect === null }, () => {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    it(name, async () => {
      const runtime = createRuntime({ tier: "baseline" });
      const made = run(runtime, program);
      assert(made.length > 0);
      await settle();
      const alive = made.filter((reference) => reference.deref() !== undefined).length;
      // A collector that looks at the host's stack conservatively may take one number there for a pointer.
      assert(
        alive <= ("Bun" in globalThis ? Math.max(1, made.length >> 1) : 0),
        `${alive} of ${made.length} are alive`,
      );
      runtime.eval("nil");
    });
  }
});
