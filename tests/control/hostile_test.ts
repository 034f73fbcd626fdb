/** All corpora and bench programs in hostile runtimes. */
import process from "node:process";
import { describe, it } from "node:test";
import { PROGRAMS } from "../../bench/programs.ts";
import { assertEquals } from "../../src/compat/assert.ts";
import { cases, CORPORA, readLedger } from "../conformance/runner.ts";
import { differenceIn, expectedResult, hostile, HOSTILITIES, TINY, tinyResult } from "./hostility.ts";

/** Deno runs every case in every way; the other hosts run each in one way, and not in the same. */
const HOST = ["deno", "bun"].findIndex((name) => name in process.versions);

describe("hostile runtimes", () => {
  it("have a size for every program", () => {
    assertEquals(Object.keys(TINY).sort(), Object.keys(PROGRAMS).sort());
  });

  const ledger = readLedger();
  const ways = Object.entries(HOSTILITIES);
  ways.forEach(([name, [tier, experiment]], which) => {
    it(`do not change the corpora: ${name}`, async () => {
      const found: string[] = [];
      for (const corpus of CORPORA) {
        const known = new Set<string>(ledger[corpus]);
        for (const [i, each] of cases(corpus).entries()) {
          if (known.has(each.id) || HOST !== 0 && (i + 2 + HOST) % ways.length !== which) continue;
          const differs = await differenceIn(each, tier, hostile(experiment));
          if (differs !== null) found.push(differs);
        }
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
