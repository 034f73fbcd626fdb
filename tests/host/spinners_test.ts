/** Spinners, on a beat of this test. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertThrows } from "../../src/compat/assert.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";
import { sema } from "./command.ts";
import { hostAccess } from "../../src/host/access.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

/** A clock that stands still: what is to run at each beat, for the test to run. */
function beating() {
  const beats = new Set<() => void>();
  const every = (_milliseconds: number, run: () => void) => {
    beats.add(run);
    return () => void beats.delete(run);
  };
  return { beats, every };
}

describe("a spinner", () => {
  for (const tier of TIERS) {
    it(`turns at each beat until it is stopped (${tier})`, () => {
      const { beats, every } = beating();
      let errors = "";
      const runtime = createRuntime({ tier, host: { every }, stderr: (text) => errors += text });
      runtime.define("beat", () => beats.forEach((run) => run()));
      const said = (code: string) => {
        errors = "";
        runtime.eval(code);
        return errors;
      };
      assertEquals(said('(define s (term/spinner-start "one"))'), "\r\x1b[K⠋ one");
      assertEquals(said("(beat)"), "\r\x1b[K⠙ one");
      assertEquals(said('(term/spinner-update s "two")'), "\r\x1b[K⠹ two");
      assertEquals(said('(define t (term/spinner-start "x")) (term/spinner-stop t)'), "\r\x1b[K⠋ x\r\x1b[K");
      assertEquals(
        said('(beat) (term/spinner-stop s {:symbol "✔" :text "done"}) (beat)'),
        "\r\x1b[K⠸ two\r\x1b[K✔ done\n",
      );
      const caught = "(try (term/spinner-stop s) (catch e (:message e)))";
      assertEquals(runtime.eval(caught), "term/spinner-stop: no such spinner 0");
      assertEquals([runtime.eval("t"), beats.size], [1, 0]);
    });
  }

  for (const tier of TIERS) {
    it(`is gone when the evaluation that has started it fails (${tier})`, () => {
      const { beats, every } = beating();
      let errors = "";
      const runtime = createRuntime({ tier, host: { every }, stderr: (text) => errors += text });
      runtime.eval('(define old (term/spinner-start "old"))');
      errors = "";
      assertThrows(() => runtime.eval('(begin (define s (term/spinner-start "new")) (error "no"))'), SemaError, "no");
      assertEquals([errors, beats.size], ["\r\x1b[K⠋ new\r\x1b[K", 1]);
      assertThrows(() => runtime.eval("(term/spinner-stop s)"), SemaError, "no such spinner 1");
      assertThrows(
        () => runtime.eval('(term/spinner-start "more") (await (async/resolved (throw 5)))'),
        SemaError,
        "5",
      );
      const limits = { steps: 1000 };
      const forever = '(term/spinner-start "on") (let loop () (loop))';
      assertThrows(() => runtime.eval(forever, { limits }), SemaError, "step");
      assertEquals(beats.size, 1);
      runtime.eval("(term/spinner-stop old)");
      assertEquals(beats.size, 0);
    });
  }

  it("does not keep a program from ending", () => {
    const { code, out, err } = sema(["-e", '(term/spinner-start "left") (println "end")']);
    assertEquals([code, out, err], [0, "end\n", "\r\x1b[K⠋ left"]);
  });

  it("turns on the beat of the host", async () => {
    let frames = 0;
    const runtime = createRuntime({ host: hostAccess(), stderr: () => frames++ });
    runtime.define("frames", () => frames);
    await runtime.evalAsync(`(define s (term/spinner-start "one"))
      (let loop ((left 1000)) (if (or (>= (frames) 3) (= left 0)) nil (begin (async/sleep 5) (loop (- left 1)))))
      (term/spinner-stop s)`);
    assert(frames >= 4, `${frames} frames`);
  });
});
