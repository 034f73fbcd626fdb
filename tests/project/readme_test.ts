/** What the README shows of the command line is what it prints. */
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertStringIncludes } from "../../src/compat/assert.ts";
import { sema } from "../host/command.ts";

const ROOT = new URL("../../", import.meta.url);

/** A command and lines that stand together in what it prints. */
interface Shown {
  readonly command: string;
  readonly lines: string;
}

/** The commands of `sema` in the README with what follows each, up to a line with an ellipsis. */
function shown(): Shown[] {
  const text = readFileSync(new URL("README.md", ROOT), "utf8");
  const blocks = [...text.matchAll(/```console\n([^]*?)```/g)].map((match) => match[1] ?? "");
  return blocks.filter((block) => block.startsWith("$ sema ")).map((block) => {
    const [command = "", ...rest] = block.trimEnd().split("\n");
    const end = rest.findIndex((line) => line.trim() === "…");
    return { command: command.slice("$ sema ".length), lines: rest.slice(0, end < 0 ? rest.length : end).join("\n") };
  });
}

describe("the README", () => {
  const all = shown();

  it("shows bytecode and JavaScript", () => {
    for (const kind of ["dis ", "js "]) assert(all.some(({ command }) => command.startsWith(kind)), kind);
  });

  for (const { command, lines } of all) {
    it(`shows what it prints: ${command}`, { timeout: 120_000 }, () => {
      const { code, out } = sema(command.split(" "), "", {}, fileURLToPath(ROOT));
      assertEquals(code, 0);
      assertStringIncludes(out, lines);
    });
  }
});
