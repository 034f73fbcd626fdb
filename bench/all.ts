/**
 * `deno task bench:all`: every program on every tier on Deno, Bun and Node, each measurement in a fresh process.
 * The processes are interleaved - all hosts and tiers of a program follow each other, round after round - so that a
 * slow spell of the machine touches all of them, and of all rounds the best minimum and median count.
 *
 *     deno task bench:all [--quick] [--rounds=N] [--host=deno,bun,node] [--tier=baseline,jit] [PROGRAM ...]
 *
 * Writes `bench/RESULTS.md`, unless programs, hosts or tiers were picked: then the table goes to the screen only. The
 * walker may be left out (`--tier=baseline,jit,auto,javascript`): it takes longer than all others together.
 */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "../src/compat/parse_args.ts";
import { type Best, better, ledger, resultKey, type Results, table } from "./ledger.ts";
import { PROGRAMS } from "./programs.ts";
import { type Column, COLUMNS, type Measurement } from "./run_one.ts";

const RUN_ONE: string = fileURLToPath(new URL("run_one.ts", import.meta.url));

/** How each host runs a TypeScript file. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  deno: [process.execPath, "run", "-A", "--no-check"],
  bun: ["npx", "-y", "bun@1.4.5"],
  node: ["npx", "-y", "node@24", "--no-warnings"],
};

interface Child {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function runChild(command: readonly string[]): Promise<Child> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => output += String(chunk));
  child.stderr.on("data", (chunk) => errors += String(chunk));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, output, errors: error.message }));
    child.on("close", (code) => resolve({ code, output, errors }));
  });
}

function isMeasurement(value: unknown): value is Measurement {
  if (typeof value !== "object" || value === null) return false;
  return "min" in value && "median" in value && "first" in value && "correct" in value && "engine" in value;
}

/** The hosts as they call themselves. */
const versions: Map<string, string> = new Map();

async function once(host: string, name: string, column: Column, quick: boolean): Promise<Best> {
  const command = [...HOSTS[host] ?? [], RUN_ONE, name, column, ...quick ? ["quick"] : []];
  const child = await runChild(command);
  const line: unknown = child.code === 0 ? JSON.parse(child.output.trim().split("\n").at(-1) ?? "null") : null;
  if (isMeasurement(line)) versions.set(host, line.engine);
  if (isMeasurement(line) && line.correct) return line;
  const reason = isMeasurement(line) ? "wrong output" : child.errors.trim().split("\n")[0] ?? "";
  console.error(`${host} ${name} ${column}: ${reason}`);
  return null;
}

/** The items picked by a comma-separated option, or all. Throws on one that does not exist. */
function pick<T extends string>(given: unknown, all: readonly T[]): readonly T[] {
  if (typeof given !== "string") return all;
  return given.split(",").map((name) => {
    const found = all.find((each) => each === name);
    if (found === undefined) throw new Error(`${name} is none of ${all.join(", ")}`);
    return found;
  });
}

async function main(): Promise<void> {
  const args = parseArgs(process.argv.slice(2), { boolean: ["quick"], string: ["_", "host", "tier", "rounds"] });
  const quick = args["quick"] === true;
  const rounds = Number(args["rounds"] ?? (quick ? 1 : 3));
  const hosts = pick(args["host"], Object.keys(HOSTS));
  const columns = pick(args["tier"], COLUMNS);
  const all = Object.keys(PROGRAMS);
  const names = args._.length === 0 ? all : pick(args._.join(","), all);
  const results: Results = new Map();
  for (const name of names) {
    for (let round = 0; round < rounds; round++) {
      for (const column of columns) {
        for (const host of hosts) {
          const at = resultKey(host, name, column);
          results.set(at, better(results.get(at), await once(host, name, column, quick)));
        }
      }
    }
    for (const host of hosts) console.log(table(host, [name], columns, results).split("\n")[2]);
  }
  const file = new URL("RESULTS.md", import.meta.url);
  const engines = [...versions].map(([host, version]) => `${host} ${version}`).join(", ");
  const text = ledger(readFileSync(file, "utf8"), { hosts, names, columns, results, rounds, engines });
  const whole = names.length === all.length && hosts.length === Object.keys(HOSTS).length;
  const compared = COLUMNS.filter((column) => column !== "walker").every((column) => columns.includes(column));
  if (whole && compared && !quick) writeFileSync(file, text);
  else console.log(`\n${hosts.map((host) => table(host, names, columns, results)).join("\n\n")}`);
}

await main();
