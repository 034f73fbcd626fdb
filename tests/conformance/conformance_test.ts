/**
 * The cases recorded from the reference implementation, on each tier. What fails for now stands in `failing.json`, which
 * may only shrink: a case outside of it must pass, and a case inside of it that passes has to be removed.
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import type { Tier } from "../../src/engine/mod.ts";
import { cases, CORPORA, type Corpus, deviations, readLedger, runCorpus } from "./runner.ts";

/** The core language counts on every tier; on other hosts than the first one tier tells enough. */
const TIERS: Readonly<Record<Corpus, readonly Tier[]>> = {
  core: ["walker", "baseline", "jit", "auto"],
  numbers: ["baseline", "jit", "auto"],
  collections: ["baseline", "jit", "auto"],
  strings: ["walker", "baseline", "jit", "auto"],
  host: ["auto"],
};

const onDeno = "Deno" in globalThis;
const ledger = readLedger();

describe("conformance", () => {
  for (const corpus of CORPORA) {
    for (const tier of onDeno ? TIERS[corpus] : ["auto"] as const) {
      it(`${corpus} on ${tier}`, { timeout: 120_000 }, async () => {
        const { total, failing } = await runCorpus(corpus, tier);
        const known = new Set(ledger[corpus]);
        const broken = [...failing].filter(([id]) => !known.has(id)).map(([, found]) => found);
        const fixed = ledger[corpus].filter((id) => !failing.has(id));
        const parts = [`${total - failing.size} of ${total} cases pass`];
        if (broken.length > 0) parts.push(`${broken.length} fail:`, ...broken.slice(0, 20));
        if (fixed.length > 0) {
          parts.push("pass now, remove them from the ledger (scripts/conformance.ts --shrink):", ...fixed);
        }
        assert(broken.length === 0 && fixed.length === 0, parts.join("\n"));
      });
    }
  }

  it("has a case for every row of the ledger and of the deviations", () => {
    const ids = new Set(CORPORA.flatMap((corpus) => cases(corpus).map(({ id }) => id)));
    const rows = [...deviations().keys(), ...CORPORA.flatMap((corpus) => ledger[corpus])];
    assertEquals(rows.filter((id) => !ids.has(id)), []);
  });
});
