/** The engine in one file, from which `mod.ts` runs: what is evaluated later works there as in its modules. */
import { describe, it } from "node:test";
import { createRuntime, type Tier } from "../../mod.ts";
import { NAMES } from "../../src/builtins/names.generated.ts";
import { assertEquals } from "../../src/compat/assert.ts";

describe("the engine in one file", () => {
  it("has every name of the library", () => {
    const sema = createRuntime();
    const missing = NAMES.flatMap((area) => area.split(" ")).filter((name) => {
      try {
        sema.eval(name);
        return false;
      } catch {
        return true;
      }
    });
    assertEquals(missing, []);
  });

  it("has every tier", () => {
    // Not deep: the walker has the host's stack, which has been seen to end before 1000 here.
    const program = "(define (f n) (if (= n 0) 0 (+ 1 (f (- n 1))))) (f 100) (f 300) (f 300) (list (f 100) (f 300))";
    for (const tier of ["walker", "baseline", "jit", "auto"] satisfies readonly Tier[]) {
      const sema = createRuntime({ tier });
      assertEquals(sema.toJS(sema.eval(program)), [100, 300], tier);
    }
  });
});
