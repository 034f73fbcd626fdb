/** The language's own corpus and all bench programs in hostile runtimes; `scripts/hostile.ts` runs everything there is. */
import { describe, it } from "node:test";
import { PROGRAMS } from "../../bench/programs.ts";
import { assertEquals } from "../../src/compat/assert.ts";
import { cases, difference } from "../conformance/runner.ts";
import { expectedResult, hostile, HOSTILITIES, TINY, tinyResult } from "./hostility.ts";

/** Every so many cases of the corpus, another share for every hostility. */
const SHARE = 4;

describe("hostile runtimes", () => {
  it("have a size for every program", () => {
    assertEquals(Object.keys(TINY).sort(), Object.keys(PROGRAMS).sort());
  });

  const core = cases("core");
  Object.entries(HOSTILITIES).forEach(([name, [tier, experiment]], which) => {
    it(`do not change the corpus: ${name}`, async () => {
      const found: string[] = [];
      for (let i = which % SHARE; i < core.length; i += SHARE) {
        const each = core[i];
        const differs = each === undefined ? null : await difference(each, tier, hostile(experiment));
        if (differs !== null) found.push(differs);
      }
      assertEquals(found, []);
    });

    it(`do not change programs: ${name}`, () => {
      for (const program of Object.keys(PROGRAMS)) {
        assertEquals(tinyResult(program, hostile(experiment), tier), expectedResult(program), program);
      }
    });
  });
});
