/** The package for npm, in a node_modules of its own, on the host that runs the tests. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, it } from "node:test";
import { writePackage } from "../../scripts/package.ts";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { VERSION } from "../../src/version.ts";

const directory: string = mkdtempSync(join(tmpdir(), "sema-package-"));
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));

const installed = join(directory, "node_modules", "@sema-jit", "sema");
writePackage(installed);
writeFileSync(join(directory, "package.json"), '{ "type": "module" }\n');
const program = file("one.sema", "(println (+ 1 2))\n(println (sys/args))\n");

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

/** What a module prints; it may be the command, with arguments. */
function printed(module: string, ...args: readonly string[]): string {
  const options = "Deno" in globalThis ? ["run", "-A", "--no-check"] : [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, module, ...args], {
    cwd: directory,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", NODE_NO_WARNINGS: "1" },
    timeout: 60_000,
  });
  assertEquals([stderr, status], ["", 0]);
  return stdout;
}

/** All texts somewhere in a value of JSON. */
function texts(value: unknown): string[] {
  return typeof value === "string"
    ? [value]
    : typeof value !== "object"
    ? []
    : Object.values(value ?? {}).flatMap(texts);
}

describe("the package for npm", () => {
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

  it("is imported by its name", () => {
    const use = file("consumer.ts", readFileSync(new URL("consumer.ts", import.meta.url), "utf8"));
    assertEquals(JSON.parse(printed(use)), [[0, 1, 4, 9], "text 81", "type-error", "fails.sema"]);
  });

  it("is required by its name", () => {
    const use = file("use.cjs", 'console.log(require("@sema-jit/sema").createRuntime().eval("(+ 1 2)"));\n');
    assertEquals(printed(use), "3\n");
  });

  it("has the command", () => {
    const command = join(installed, "sema.js");
    assertEquals(printed(command, program, "a", "--b"), `3\n("sema" ${JSON.stringify(program)} "a" "--b")\n`);
    assertEquals(printed(command, "--version"), `sema-jit ${VERSION}\n`);
    assertEquals(printed(command, "-e", "(exit 0)"), "");
  });
});
