/** The package for npm: what it has of files, and that it is imported and run. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { VERSION } from "../../src/version.ts";
import { Project } from "./installed.ts";

/** All texts somewhere in a value of JSON. */
function texts(value: unknown): string[] {
  return typeof value === "string"
    ? [value]
    : typeof value !== "object"
    ? []
    : Object.values(value ?? {}).flatMap(texts);
}

describe("the package for npm", () => {
  const project = new Project();
  const { installed, command } = project;
  after(() => project.remove());

  const manifest: Record<string, unknown> = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

  it("has the version of the project", () => assertEquals(manifest["version"], VERSION));

  it("has the files that it names, and those that its modules import", () => {
    // The declarations are made by Deno alone: scripts/package_check.ts looks at them.
    const named = [manifest["exports"], manifest["main"], manifest["bin"]].flatMap(texts);
    for (const path of named.filter((name) => !name.endsWith(".d.ts"))) assert(existsSync(join(installed, path)), path);
    for (const path of named.filter((name) => name.endsWith(".js"))) {
      const imported = readFileSync(join(installed, path), "utf8").matchAll(/(?:\bfrom |\bimport\()"(\.[^"]*)"/g);
      for (const [, name = ""] of imported) assert(existsSync(join(installed, name)), `${path} imports ${name}`);
    }
  });

  it("has a README that tells of nothing that is not in it", () => {
    const text = readFileSync(join(installed, "README.md"), "utf8");
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)]*)\)/g)].map(([, path = ""]) => path);
    assertEquals(links.filter((path) => !existsSync(join(installed, path))), []);
    assertEquals(/deno task(?! startup)/.exec(text), null);
  });

  it("is imported by its name", () => {
    const use = project.file("consumer.ts", readFileSync(new URL("consumer.ts", import.meta.url), "utf8"));
    assertEquals(JSON.parse(project.printed(use)), [[0, 1, 4, 9], "text 81", "type-error", "fails.sema"]);
  });

  it("is required by its name", () => {
    const use = project.file("use.cjs", 'console.log(require("@sema-jit/sema").createRuntime().eval("(+ 1 2)"));\n');
    assertEquals(project.printed(use), "3\n");
  });

  it("has the command", () => {
    const program = project.file("one.sema", "(println (+ 1 2))\n(println (sys/args))\n");
    assertEquals(project.printed(command, [program, "a", "--b"]), `3\n("sema" ${JSON.stringify(program)} "a" "--b")\n`);
    assertEquals(project.printed(command, ["--version"]), `sema-jit ${VERSION}\n`);
    assertEquals(project.printed(command, ["-e", "(exit 0)"]), "");
  });
});
