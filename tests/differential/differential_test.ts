/** Generated programs do the same on every tier. `scripts/fuzz.ts` runs any number of them and cuts down what differs. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { declarations } from "../../src/builtins/mod.ts";
import { preludeMacros } from "../../src/expand/mod.ts";
import { SPECIAL_FORMS } from "../../src/lower/mod.ts";
import { able, behaviour, disagreement } from "./compare.ts";
import { generate } from "./generate.ts";
import { brokenLaw } from "./laws.ts";
import { symbols } from "./template.ts";
import { type Program, programText, shrink, write } from "./tree.ts";

const SEEDS = 60;
/** Programs that are only made, to see what they contain. */
const MADE = 400;
/** Special forms and macros that no generated program has → why. */
const NEVER: Readonly<Record<string, string>> = {
  "[template]": "no program can write it",
  "import": "needs files",
  "load": "needs files",
  "message": "for language models, which need a host",
  "prompt": "for language models, which need a host",
  "deftool": "for language models, which need a host",
  "defagent": "for language models, which need a host",
  "workflow/approval": "for workflows, which need a host",
  "term/with-alt-screen": "would spoil the terminal of who reads a difference",
  "term/with-mouse": "as the one before",
  "term/with-bracketed-paste": "as the one before",
  "term/with-focus-events": "as the one before",
  "term/with-kitty-keys": "as the one before",
  "io/with-raw-mode": "as the one before",
};

describe("the tiers", () => {
  it(`agree on the programs of seeds 1 to ${SEEDS}`, { timeout: 120_000 }, () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const generated = generate(seed);
      const { program } = generated;
      const found = disagreement(program, able(generated));
      assert(found === null, `seed ${seed} (scripts/fuzz.ts --seeds ${seed}):\n${programText(program)}\n${found}`);
    }
  });
});

describe("the tiers, all with limits,", () => {
  it(`agree on the programs of seeds ${SEEDS + 1} to ${SEEDS + 60}`, { timeout: 120_000 }, () => {
    for (let seed = SEEDS + 1; seed <= SEEDS + 60; seed++) {
      const generated = generate(seed);
      const { program } = generated;
      const found = disagreement(program, able(generated).filter((tier) => tier !== "walker"), true);
      assert(
        found === null,
        `seed ${seed} (scripts/fuzz.ts --limits --seeds ${seed}):\n${programText(program)}\n${found}`,
      );
    }
  });
});

describe("the laws", () => {
  it(`hold for the programs of seeds 1 to ${SEEDS}`, { timeout: 120_000 }, () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { program } = generate(seed);
      const found = brokenLaw(program);
      assert(
        found === null,
        `seed ${seed} (scripts/fuzz.ts --laws --seeds ${seed}):\n${programText(program)}\n${found}`,
      );
    }
  });
});

describe("the generator", () => {
  const used = new Set<string>();
  for (let seed = 1; seed <= MADE; seed++) symbols(generate(seed).program, used);

  it("makes every special form and every macro", () => {
    const forms = [...SPECIAL_FORMS.keys(), ...preludeMacros().map(({ name }) => name)];
    assertEquals(forms.filter((name) => used.has(name) === (NEVER[name] !== undefined)), []);
  });

  it("uses most of the library that stays inside of a program", () => {
    const inside = declarations().filter((row) => row.kind !== "alias" && row.capability === undefined);
    const names = inside.map(({ name }) => name).filter((name) => !name.startsWith("__"));
    const share = names.filter((name) => used.has(name)).length / names.length;
    assert(share > 0.4, `${Math.round(share * 100)} % of ${names.length} builtins`);
  });

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
