/** Memory stays flat, measured in this process after forced collections; `scripts/leaks.ts` does it in full numbers. */
import { describe, it } from "node:test";
import { assert } from "../../src/compat/assert.ts";
import type { Tier } from "../../src/engine/mod.ts";
import { DROPPED, growth } from "./leaks.ts";

const TIERS: readonly Tier[] = ["baseline", "auto"];

/** What the host's own bookkeeping may vary by. */
const NOISE = 400_000;

describe("nothing is kept of", () => {
  for (const [what, [drop, , few]] of Object.entries(DROPPED)) {
    it(what, async (t) => {
      for (const tier of TIERS) {
        const grown = await growth(drop, tier, few, NOISE);
        if (grown === null) return t.skip("this host cannot be made to collect");
        assert(grown < NOISE, `${tier}: ${grown} bytes more`);
      }
    });
  }
});

describe("the measurement", () => {
  it("sees what is kept", async (t) => {
    const kept: unknown[] = [];
    const grown = await growth(
      (_, count) => {
        for (let i = 0; i < count; i++) kept.push({ i });
      },
      "auto",
      100_000,
      NOISE,
    );
    if (grown === null) return t.skip("this host cannot be made to collect");
    assert(grown > NOISE, `${grown} bytes of ${kept.length}`);
  });
});
