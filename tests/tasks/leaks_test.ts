/** What tasks leave behind when they are done, cancelled or out of reach: nothing. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { collector } from "../collector.ts";
import { TIERS } from "./tiers.ts";

const collect = collector();

/** Objects of the host that a program made and nothing but it refers to. */
function counted(): { make: () => object; alive: () => Promise<number> } {
  const made: WeakRef<object>[] = [];
  return {
    make: () => {
      // Of a class of its own, so that it stays the same object in the program.
      const object = new (class Token {})();
      made.push(new WeakRef(object));
      return object;
    },
    alive: async () => {
      for (let i = 0; i < 3; i++) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        collect?.();
      }
      return made.filter((reference) => reference.deref() !== undefined).length;
    },
  };
}

const TASKS = 100;

/** Each makes tasks that hold a token, which nothing shall keep when they are done with. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "have ended": "(let ((x (token))) (async x))",
  "have failed": "(let ((x (token))) (async (throw x)))",
  "were cancelled before they began": "(let ((x (token))) (async/cancel (async x)))",
  "were cancelled in their sleep":
    "(let* ((x (token)) (p (async (async/sleep 1000000) x))) (async/pending? p) (async/cancel p))",
  "were cancelled while they received":
    "(let* ((x (token)) (p (async (channel/recv shared) x))) (async/pending? p) (async/cancel p))",
  "were cancelled while they sent":
    "(let* ((x (token)) (p (async (channel/send full x) x))) (async/pending? p) (async/cancel p))",
  "were cancelled while they awaited":
    "(let* ((x (token)) (p (async (await never) x))) (async/pending? p) (async/cancel p))",
  "lost a race": "(let ((x (token))) (async/race-owned (list (fn () 1) (fn () (async/sleep 1000000) x))))",
  "were in time": "(let ((x (token))) (async/with-timeout 1000000 (fn () x)))",
  "wait on what nobody can reach": "(let ((x (token)) (c (channel/new))) (async (channel/recv c) x))",
};

describe("nothing is kept of tasks that", { skip: collect === null }, () => {
  for (const [claim, program] of Object.entries(PROGRAMS)) {
    it(claim, async () => {
      for (const tier of TIERS) {
        const { make, alive } = counted();
        const runtime = createRuntime({ tier });
        runtime.define("token", make);
        // The evaluation goes on while the tokens are counted.
        let survivors = -1;
        runtime.define("count", async () => {
          survivors = await alive();
        });
        await runtime.evalAsync(
          `(define shared (channel/new)) (define full (channel/new)) (channel/send full 0)
           (define never (async (channel/recv (channel/new))))
           (define (one) ${program} nil)
           (let loop ((i 0)) (if (= i ${TASKS}) nil (begin (one) (loop (+ i 1)))))
           (async/resolved 1) (async/resolved 1)
           (count)`,
        );
        assert(survivors >= 0 && survivors < TASKS / 2, `${survivors} of ${TASKS} are alive on ${tier}`);
      }
    });
  }
});

describe("twenty thousand tasks", () => {
  it("may sleep at once and be cancelled", async () => {
    const runtime = createRuntime();
    const value = await runtime.evalAsync(
      `(define ps (map (fn (i) (async (async/sleep (+ 100000 i)))) (range 20000)))
       (async/sleep 0) (for-each async/cancel ps) (async/sleep 0) (every async/cancelled? ps)`,
    );
    assertEquals(value, true);
  });
});
