/** The package for npm as it stands in a project that has installed it, on the host that runs the tests. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { writePackage } from "../../scripts/package.ts";
import { assertEquals } from "../../src/compat/assert.ts";

/** The project. */
export const project: string = mkdtempSync(join(tmpdir(), "sema-package-"));
process.on("exit", () => rmSync(project, { recursive: true, force: true }));

/** Where the package is in it. */
export const installed: string = join(project, "node_modules", "@sema-jit", "sema");
writePackage(installed);

/** Where the hosts keep compiled code, so that nothing of the tests remains. */
export const caches: string = join(project, "caches");

/** The command. */
export const command: string = join(installed, "sema.js");

/** Writes a file of the project and gives its path. */
export function file(name: string, text: string): string {
  const path = join(project, name);
  writeFileSync(path, text);
  return path;
}

file("package.json", '{ "type": "module" }\n');

/** What a module prints; it may be the command, with arguments. */
export function printed(
  module: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): string {
  const options = "Deno" in globalThis ? ["run", "-A", "--no-check"] : [];
  const own = { NO_COLOR: "1", NODE_NO_WARNINGS: "1", XDG_CACHE_HOME: caches, LOCALAPPDATA: caches };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, module, ...args], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, ...own, NODE_COMPILE_CACHE: join(caches, "node"), ...env },
    timeout: 60_000,
  });
  assertEquals([stderr, status], ["", 0]);
  return stdout;
}
