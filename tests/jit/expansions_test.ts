/** The table of builtins that compiled code performs in place. */
import { describe, it } from "node:test";
import { declaration } from "../../src/builtins/mod.ts";
import { assertEquals } from "../../src/compat/assert.ts";
import { EXPANDED } from "../../src/jit/expansions.ts";
import { createRuntime } from "../../src/engine/mod.ts";

describe("what is performed in place", () => {
  it("are builtins of the library under their own names", () => {
    assertEquals(EXPANDED.filter((name) => declaration(name)?.kind !== "native"), []);
  });

  it("is not a function of the host with the same name", () => {
    for (const tier of ["baseline", "jit", "auto"] as const) {
      const runtime = createRuntime({ tier });
      runtime.define("even?", () => "of the host");
      runtime.eval("(define (f n) (if (= n 0) (even? 2) (f (- n 1))))");
      for (let i = 0; i < 3000; i++) runtime.call("f", 3);
      assertEquals(runtime.call("f", 3), "of the host", tier);
    }
  });
});
