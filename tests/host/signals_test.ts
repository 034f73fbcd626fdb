/** Signals, which programs hear of when they ask. */
import { describe, it } from "node:test";
import { spawn } from "node:child_process";
import process from "node:process";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Signal, type Tier } from "../../src/engine/mod.ts";
import { launch, program } from "./command.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

describe("a signal", () => {
  for (const tier of TIERS) {
    it(`calls all functions that wait for it, when the program asks (${tier})`, async () => {
      const watched = new Map<Signal, () => void>();
      const watch = (signal: Signal, arrived: () => void) => void watched.set(signal, arrived);
      const runtime = createRuntime({ tier, host: { signals: { watch } } });
      runtime.define("send", (signal: Signal) => watched.get(signal)?.());
      const code = `(define log '())
        (define (note x) (fn () (set! log (cons x log))))
        (sys/on-signal :int (note :first))
        (sys/on-signal :int (note :second))
        (sys/on-signal :term (note :term))
        (define (said) (let ((all (reverse log))) (set! log '()) all))
        (sys/check-signals)
        (define none (said))
        (send "int") (send "int")
        (define early (said))
        (sys/check-signals)
        (define ints (said))
        (send "term")
        (sys/check-signals) (sys/check-signals)
        (list none early ints (said))`;
      assertEquals(runtime.print(await runtime.evalAsync(code)), "(() () (:first :second) (:term))");
    });
  }

  it("has a known name, and something to call", () => {
    const runtime = createRuntime();
    const caught = (code: string) => runtime.toJS(runtime.eval(`(try ${code} (catch e (:message e)))`));
    assertEquals(
      caught("(sys/on-signal :hup car)"),
      "sys/on-signal: unknown signal :hup, expected :int, :term or :winch",
    );
    assertEquals(caught('(sys/on-signal "int" car)'), "expected keyword, got string");
    assertEquals(caught("(sys/on-signal :int 5)"), "expected function, got int");
    assertEquals(runtime.eval("(sys/check-signals)"), null);
  });

  it("of the system reaches a program on the command line", async (test) => {
    if (process.platform === "win32") return test.skip("Windows has no such signals");
    const path = program(
      "signals.sema",
      `(sys/on-signal :int (fn () (println "interrupted")))
       (sys/on-signal :term (fn () (println "ends") (exit 3)))
       (println "ready")
       (let loop () (sys/check-signals) (sleep 1) (loop))`,
    );
    let out = "";
    const child = spawn(process.execPath, [...launch(), path], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.on("data", (piece: Uint8Array) => {
      out += new TextDecoder().decode(piece);
      // The child's own method sends one signal at most on Deno.
      if (child.pid !== undefined) process.kill(child.pid, out.endsWith("ready\n") ? "SIGINT" : "SIGTERM");
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    assertEquals([code, out], [3, "ready\ninterrupted\nends\n"]);
  });
});
