/** Generated programs do the same on every tier. `scripts/fuzz.ts` runs any number of them and cuts down what differs. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { ALL_TIERS, behaviour, disagreement } from "./compare.ts";
import { generate } from "./generate.ts";
import { type Program, programText, shrink, write } from "./tree.ts";

const SEEDS = 60;

describe("the tiers", () => {
  it(`agree on the programs of seeds 1 to ${SEEDS}`, { timeout: 120_000 }, () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { program, deep } = generate(seed);
      const found = disagreement(program, deep ? ALL_TIERS.filter((tier) => tier !== "walker") : ALL_TIERS);
      assert(found === null, `seed ${seed} (scripts/fuzz.ts --seeds ${seed}):\n${programText(program)}\n${found}`);
    }
  });
});

describe("the generator", () => {
  it("makes the same program of a seed every time", () => {
    assertEquals(programText(generate(7).program), programText(generate(7).program));
  });

  it("makes programs of which most run to their end", () => {
    const endings = Array.from({ length: 30 }, (_, i) => behaviour(generate(i + 1).program, "baseline") ?? "");
    const errors = endings.filter((text) => /^(?:.*=> )?[a-z-]+: /m.test(text)).length;
    assert(errors < 24, `${errors} of 30 programs fail`);
  });
});

describe("cutting a program down", () => {
  it("leaves what the failure needs", () => {
    const program: Program = [["define", "a", "1"], ["list", ["+", "1", ["car", "x"]], ["[]", "2"]], ["f", "a"]];
    const least = shrink(program, (candidate) => programText(candidate).includes("(car"), 5000);
    assertEquals(programText(least), "(car)\n");
  });

  it("writes vectors and maps in their brackets", () => {
    assertEquals(write(["f", ["[]", "1"], ["{}", ":a", ["g"]]]), "(f [1] {:a (g)})");
  });
});
