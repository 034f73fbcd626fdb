/**
 * Every bench program prints its pinned line on every tier, and so does the same program written in JavaScript.
 * The small size stands in for the full one where a tier is too slow to run it in a test.
 */
import { readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { definitions, handWritten, PROGRAMS, programText } from "../../bench/programs.ts";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type RuntimeOptions } from "../../src/engine/mod.ts";

type Tier = NonNullable<RuntimeOptions["tier"]>;

/** The tiers, and whether one runs the full size of a program that has a small one. */
const TIERS: readonly (readonly [Tier, "full" | "small"])[] = [
  ["walker", "small"],
  ["baseline", "small"],
  ["jit", "full"],
  ["auto", "full"],
];

/** Where code may not be generated, `jit` and `auto` run as the baseline does. */
function mayGenerateCode(): boolean {
  try {
    new Function("");
    return true;
  } catch {
    return false;
  }
}

const generates = mayGenerateCode();

describe("programs", () => {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    for (const [tier, wanted] of TIERS) {
      const small = wanted === "small" || !generates ? program.small : undefined;
      it(`${name} on ${tier}`, { timeout: 120_000 }, () => {
        let output = "";
        const runtime = createRuntime({ tier, stdout: (text) => output += text });
        const text = small === undefined ? programText(name) : `${definitions(name)}(println (main ${small.n}))\n`;
        runtime.eval(text, { file: `${name}.sema` });
        assertEquals(output, `${(small ?? program.full).output}\n`);
      });
    }
    it(`${name} in JavaScript`, async () => {
      const { N, main } = await handWritten(name);
      assertEquals(N, program.full.n);
      assertEquals(String(main(N)), program.full.output);
    });
    it(`${name} prints (main ${program.full.n})`, () => {
      assertEquals(programText(name).trimEnd().split("\n").at(-1), `(println (main ${program.full.n}))`);
    });
  }

  it("are all listed", () => {
    const files = readdirSync(new URL("../../bench/programs/", import.meta.url)).sort();
    assertEquals(files, Object.keys(PROGRAMS).flatMap((name) => [`${name}.js`, `${name}.sema`]).sort());
  });
});
