/**
 * `deno task bench:all`: every program on every tier on Deno, Bun and Node, each measurement in a fresh process.
 * The processes are interleaved - all hosts and tiers of a program follow each other, round after round - so that a
 * slow spell of the machine touches all of them, and of all rounds the best minimum and median count.
 *
 *     deno task bench:all [--quick] [--rounds=N] [--host=deno,bun,node] [--tier=baseline,jit] [PROGRAM ...]
 *
 * Writes `bench/results.md`, unless programs, hosts or tiers were picked: then the table goes to the screen only.
 */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "../src/compat/parse_args.ts";
import { PROGRAMS } from "./programs.ts";
import { type Column, COLUMNS, type Measurement } from "./run_one.ts";

const RUN_ONE: string = fileURLToPath(new URL("run_one.ts", import.meta.url));

/** How each host runs a TypeScript file. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  deno: [process.execPath, "run", "-A", "--no-check"],
  bun: ["npx", "-y", "bun@1.4.5"],
  node: ["npx", "-y", "node@24", "--no-warnings"],
};

/** Best figures so far of one program on one host and column; null when it failed. */
type Best = { readonly min: number; readonly median: number; readonly first: number } | null;

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
  return "min" in value && "median" in value && "first" in value && "correct" in value;
}

async function once(host: string, name: string, column: Column, quick: boolean): Promise<Best> {
  const command = [...HOSTS[host] ?? [], RUN_ONE, name, column, ...quick ? ["quick"] : []];
  const child = await runChild(command);
  const line: unknown = child.code === 0 ? JSON.parse(child.output.trim().split("\n").at(-1) ?? "null") : null;
  if (isMeasurement(line) && line.correct) return line;
  const reason = isMeasurement(line) ? "wrong output" : child.errors.trim().split("\n")[0] ?? "";
  console.error(`${host} ${name} ${column}: ${reason}`);
  return null;
}

function better(a: Best | undefined, b: Best): Best {
  if (a === undefined || a === null || b === null) return b;
  return { min: Math.min(a.min, b.min), median: Math.min(a.median, b.median), first: Math.min(a.first, b.first) };
}

function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

type Results = Map<string, Best>;

function key(host: string, name: string, column: Column): string {
  return `${host} ${name} ${column}`;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** The table of one host: minimum and median per column, and the ratio of the medians to JavaScript's. */
function table(host: string, names: readonly string[], columns: readonly Column[], results: Results): string {
  const header = `| ${host} | ${columns.join(" | ")} |`;
  const ratios = new Map<Column, number[]>();
  const lines = names.map((name) => {
    const javascript = results.get(key(host, name, "javascript"));
    const cells = columns.map((column) => {
      const best = results.get(key(host, name, column));
      if (best === undefined || best === null) return "failed";
      const times = `${milliseconds(best.min)} / ${milliseconds(best.median)}`;
      if (column === "javascript" || !javascript) return times;
      const ratio = best.median / javascript.median;
      ratios.set(column, [...ratios.get(column) ?? [], ratio]);
      return `${times} (${ratio.toFixed(ratio < 10 ? 1 : 0)}x)`;
    });
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  const means = columns.map((column) => {
    const all = ratios.get(column);
    return all === undefined ? "" : `${geometricMean(all).toFixed(1)}x`;
  });
  return [
    header,
    `|---|${columns.map(() => "---:|").join("")}`,
    ...lines,
    `| *geometric mean* | ${means.join(" | ")} |`,
  ].join("\n");
}

function report(tables: readonly string[], rounds: number): string {
  const cpu = cpus()[0]?.model ?? "unknown processor";
  return `# Measurements

Milliseconds per run of a program: minimum / median, and in brackets the median as a multiple of the hand-written
JavaScript's on the same host. Best of ${rounds} rounds of fresh processes. Written by \`deno task bench:all\`.

${cpu}, ${availableParallelism()} cores, ${new Date().toISOString().slice(0, 10)}.

${tables.join("\n\n")}
`;
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
          const at = key(host, name, column);
          results.set(at, better(results.get(at), await once(host, name, column, quick)));
        }
      }
    }
    for (const host of hosts) console.log(table(host, [name], columns, results).split("\n")[2]);
  }
  const text = report(hosts.map((host) => table(host, names, columns, results)), rounds);
  const whole = names.length === all.length && hosts.length === Object.keys(HOSTS).length;
  if (whole && columns.length === COLUMNS.length && !quick) {
    writeFileSync(new URL("results.md", import.meta.url), text);
  } else {
    console.log(`\n${text}`);
  }
}

await main();
