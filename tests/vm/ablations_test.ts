/**
 * The baseline tier without each mechanism that `bench/ablation.ts` measures runs every program as with it: nothing but
 * the measurement would notice otherwise.
 */
import { describe, it } from "node:test";
import { ABLATIONS, CLOSURES, experiment } from "../../bench/ablations.ts";
import { PROGRAMS } from "../../bench/programs.ts";
import { ALL_ON, generate } from "../../scripts/dispatch/generate.ts";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createExperiment } from "../../src/engine/runtime.ts";
import { expectedResult, hostile, tinyResult } from "../control/hostility.ts";

describe("the baseline tier without", () => {
  for (const [name, { off, programs }] of Object.entries(ABLATIONS)) {
    it(`${name} runs all programs`, async () => {
      const without = await experiment(name);
      for (const program of Object.keys(PROGRAMS)) {
        assertEquals(tinyResult(program, hostile(without), "baseline"), expectedResult(program), program);
      }
      const runtime = createExperiment({ tier: "baseline" }, without);
      runtime.eval(CLOSURES);
      assertEquals(runtime.eval("(main 100)"), 5050);
    });

    it(`${name} has programs that can show it, and a loop of its own`, () => {
      for (const program of programs) assert(program === "closures" || Object.hasOwn(PROGRAMS, program), program);
      const changes = Object.keys(off).length > 0;
      assertEquals(generate({ ...ALL_ON, ...off }) !== generate(ALL_ON), changes);
    });
  }
});
