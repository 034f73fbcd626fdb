/** Errors in compiled code say where they arose, through frames of every kind, exactly as interpreted ones do. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertThrows } from "../../src/compat/assert.ts";
import { SemaError } from "../../src/engine/mod.ts";
import { assertEverywhere, MODES, prepare, type Program } from "./tiers.ts";

/** A program that fails, and the lines of its trace as `name file:line:column`. */
interface Failing {
  /** One form a line; the last line is the call that fails. */
  readonly text: string;
  readonly heat: string;
  readonly message: string;
  readonly trace: readonly string[];
}

const FAILING: Readonly<Record<string, Failing>> = {
  "an operation": {
    text: '(define (f x)\n  (+ 1 (* x 2)))\n(f "a")',
    heat: "(f 1)",
    message: "expected number, got string and int",
    trace: ["* p.sema:2:8", "f p.sema:2:8", "<lambda> p.sema:1:1"],
  },
};

/** The lines of a trace. The call itself stands in a text of its own, whose lines are counted anew. */
function lines(error: SemaError): string[] {
  return error.trace.map(({ name, file, line, column }) => `${name} ${file}:${line}:${column}`);
}

describe("the trace of", () => {
  for (const [claim, { text, heat, message, trace }] of Object.entries(FAILING)) {
    it(claim, () => {
      const at = text.lastIndexOf("\n");
      for (const mode of MODES) {
        const runtime = prepare(mode, { units: [""] });
        runtime.eval(text.slice(0, at), { file: "p.sema" });
        if (mode.heated) runtime.eval(`(do ((k 0 (+ k 1))) ((= k 2500)) ${heat})`);
        const error = assertThrows(() => runtime.eval(text.slice(at + 1), { file: "main" }));
        assertInstanceOf(error, SemaError);
        assertEquals([error.message, ...lines(error)], [message, ...trace], mode.name);
      }
    });
  }
});
