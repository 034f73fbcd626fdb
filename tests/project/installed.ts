/** The package for npm as it stands in a project that has installed it, on the host that runs the tests. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { writePackage } from "../../scripts/package.ts";
import { assertEquals } from "../../src/compat/assert.ts";

/** Variables of the environment; one that is undefined is not set. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A project with the package in its `node_modules`. */
export class Project {
  /** Where the project is. */
  readonly directory: string = mkdtempSync(join(tmpdir(), "sema-package-"));
  /** Where the package is in it. */
  readonly installed: string = join(this.directory, "node_modules", "@sema-jit", "sema");
  /** The command. */
  readonly command: string = join(this.installed, "sema.js");

  constructor() {
    writePackage(this.installed);
    this.file("package.json", '{ "type": "module" }\n');
  }

  /** Writes a file of the project and gives its path. */
  file(name: string, text: string): string {
    const path = join(this.directory, name);
    writeFileSync(path, text);
    return path;
  }

  /** What a module prints; it may be the command, with arguments. Nothing is kept unless `env` says so. */
  printed(module: string, args: readonly string[] = [], env: Variables = {}): string {
    const options = "Deno" in globalThis ? ["run", "-A", "--no-check"] : [];
    const own = { NO_COLOR: "1", NODE_NO_WARNINGS: "1", NODE_DISABLE_COMPILE_CACHE: "1" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [...options, module, ...args], {
      cwd: this.directory,
      encoding: "utf8",
      env: { ...process.env, ...own, ...env },
      timeout: 60_000,
    });
    assertEquals([stderr, status], ["", 0]);
    return stdout;
  }

  /** Removes it with all that is in it. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
