/** The command line in a process of its own, on the host that runs the tests. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { assertEquals, assertFalse } from "../../src/compat/assert.ts";

const MOD = fileURLToPath(new URL("../../mod.ts", import.meta.url));
const onDeno = "Deno" in globalThis;
const LAUNCH: readonly string[] = onDeno ? ["run", "-R", "--no-check", MOD] : [MOD];

/** The arguments that run the command line where Deno gives it these permissions, too. */
export function launch(...permissions: readonly string[]): readonly string[] {
  return onDeno ? ["run", "-R", ...permissions, "--no-check", MOD] : [MOD];
}

/** A directory for the files of this test. */
export const directory: string = mkdtempSync(join(tmpdir(), "sema-cli-"));
// Not when the tests of one file end: Bun runs all files in one process.
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));

/** Writes a program and gives its path. */
export function program(name: string, text: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a process of its own, in `cwd`. Fails when it shows a JavaScript stack, or hangs. */
export function sema(
  args: readonly string[],
  input = "",
  env: Readonly<Record<string, string>> = {},
  cwd: string = process.cwd(),
): Ended {
  const result = spawnSync(process.execPath, [...LAUNCH, ...args], {
    cwd,
    input,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", NODE_NO_WARNINGS: "1", ...env },
    timeout: 60_000,
  });
  assertEquals(result.signal, null, `no end within a minute: ${args.join(" ")}`);
  assertFalse(/^\s+at .*(?:\.ts|\.js|node:|ext:)/m.test(result.stderr), `a JavaScript stack:\n${result.stderr}`);
  return { code: result.status, out: result.stdout, err: result.stderr };
}

/** Answers the first thing that the command line says with a line of input; all that it printed by its end. */
export function answering(args: readonly string[], answer: string): Promise<string> {
  const child = spawn(process.execPath, [...LAUNCH, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (piece: Uint8Array) => {
    if (out === "") child.stdin.end(`${answer}\n`);
    out += new TextDecoder().decode(piece);
  });
  return new Promise((resolve) => child.on("close", () => resolve(out)));
}
