/**
 * What a start costs on Deno, Bun and Node: a one-line program by `mod.ts` and by the command of the npm package, which
 * keeps compiled code, against an empty script, in fresh interleaved processes; and `createRuntime` after the first time
 * in one process. `deno task startup`; with `--quick` fewer rounds.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { writePackage } from "./package.ts";

const ROUNDS = process.argv.includes("--quick") ? 5 : 15;

/** The hosts by a command that prints where they are, and what a script needs that reads a file. */
const HOSTS: readonly Host[] = [
  { name: "Deno", where: ["deno", "eval", "console.log(Deno.execPath())"], run: ["run", "--no-check"], read: ["-R"] },
  { name: "Bun", where: ["npx", "-y", "bun@1.4.5", "-p", "process.execPath"], run: [], read: [] },
  { name: "Node", where: ["npx", "-y", "node@24", "-p", "process.execPath"], run: ["--no-warnings"], read: [] },
];

interface Host {
  readonly name: string;
  readonly where: readonly string[];
  readonly run: readonly string[];
  readonly read: readonly string[];
}

/** What a command prints; null when it cannot be started or fails. */
function output(command: readonly string[], env: Readonly<Record<string, string>> = {}): string | null {
  const [program = "", ...args] = command;
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8", env: { ...process.env, ...env } });
  return status === 0 ? stdout.trim() : null;
}

/** Makes runtimes as soon as the module is there, and prints the fastest after the first in milliseconds. */
const CREATE = `
import { createRuntime } from ${JSON.stringify(new URL("../mod.ts", import.meta.url).href)};
const times = [];
for (let i = 0; i < 20; i++) {
  const start = performance.now();
  createRuntime().eval("(+ 1 2)");
  times.push(performance.now() - start);
}
console.log(JSON.stringify([times[0], Math.min(...times.slice(1))]));
`;

/** Milliseconds that a process takes. */
function time(command: readonly string[], env: Readonly<Record<string, string>> = {}): number {
  const start = performance.now();
  return output(command, env) === null ? Infinity : performance.now() - start;
}

const HEADS = ["empty script", "by mod.ts", "added", "by sema", "added", "first runtime", "later runtimes"];

const cell = (content: string) => content.padStart(16);

/** Runs the command until what Bun keeps of it is there, which is made after a process has ended. */
async function warm(command: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  output(command, env);
  await setTimeout(3000);
  output(command, env);
}

async function main(directory: string): Promise<void> {
  const file = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  const empty = file("empty.mjs", "");
  const program = file("one.sema", "(println (+ 1 2))\n");
  const create = file("create.mjs", CREATE);
  const mod = fileURLToPath(new URL("../mod.ts", import.meta.url));
  const installed = join(directory, "node_modules", "sema");
  writePackage(installed);
  const kept = { XDG_CACHE_HOME: directory, LOCALAPPDATA: directory, NODE_COMPILE_CACHE: join(directory, "node") };
  console.log(`milliseconds  ${HEADS.map(cell).join("")}`);
  for (const { name, where, run, read } of HOSTS) {
    const executable = output(where);
    if (executable === null) {
      console.log(`${name.padEnd(14)}not to be had`);
      continue;
    }
    const start = [executable, ...run];
    const command = [...start, ...read, join(installed, "sema.js"), program];
    await warm(command, kept);
    let least = Infinity;
    let source = Infinity;
    let packed = Infinity;
    for (let i = 0; i < ROUNDS; i++) {
      least = Math.min(least, time([...start, empty]));
      source = Math.min(source, time([...start, ...read, mod, program]));
      packed = Math.min(packed, time(command, kept));
    }
    const [first, later]: readonly [number, number] = JSON.parse(output([...start, create]) ?? "[null, null]");
    const times = [least, source, source - least, packed, packed - least, first, later];
    console.log(`${name.padEnd(14)}${times.map((each) => cell(each.toFixed(1))).join("")}`);
  }
}

const directory = mkdtempSync(join(tmpdir(), "sema-startup-"));
try {
  await main(directory);
} finally {
  rmSync(directory, { recursive: true });
}
