/**
 * What each mechanism of the baseline tier is worth: `deno task bench:ablation [PROGRAM...] [--rounds N]`, or the same
 * with `bun bench/ablation.ts`. Prints a Markdown table: per program the time with everything on, and per mechanism how
 * many times as long the program takes without it, as ratios of minima and of medians.
 *
 * Every figure comes from fresh processes, because a dispatch loop is one function to the host's compiler and what ran
 * before in a process shapes it. The processes of a program take turns, so that noise falls on all alike. Each checks
 * the program's output in every run, and counts the time of its own thread, which neighbours stretch less than the wall's.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "../src/compat/parse_args.ts";
import { createExperiment } from "../src/engine/runtime.ts";
import { ABLATIONS, CLOSURES, experiment } from "./ablations.ts";
import { definitions, PROGRAMS } from "./programs.ts";

/** Sizes for which a run takes some tens of milliseconds, where the program's own sizes do not. */
const SIZES: Readonly<Record<string, readonly [n: number, output: string]>> = {
  "tak": [20, "140"],
  "even-odd": [1_000_000, "even"],
  "nqueens": [9, "352"],
  "closures": [100_000, "5000050000"],
};

/** Calls that are not counted, and milliseconds of counted ones after that. */
const WARM_UP = 12;
const COUNTED = 800;

const ON = "on";

/** Milliseconds that this thread has had the processor for: the host's compilers and other processes do not count. */
function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What a child prints: milliseconds per run of one program with one thing off. */
async function child(program: string, off: string): Promise<number> {
  const { full } = PROGRAMS[program] ?? {};
  const [n, output] = SIZES[program] ?? [full?.n, full?.output];
  const runtime = createExperiment({ tier: "baseline" }, await experiment(off));
  runtime.eval(program === "closures" ? CLOSURES : definitions(program));
  const run = (): void => {
    const printed = String(runtime.toJS(runtime.call("main", n)));
    if (printed !== output) throw new Error(`${program} without ${off} prints ${printed}`);
  };
  for (let i = 0; i < WARM_UP; i++) run();
  const start = threadTime();
  let calls = 0;
  while (calls < 3 || threadTime() - start < COUNTED) {
    run();
    calls++;
  }
  return (threadTime() - start) / calls;
}

/** The command line of this runtime's host. */
const HOST: readonly string[] = "Deno" in globalThis
  ? [process.execPath, "run", "-A", "--no-check"]
  : "Bun" in globalThis
  ? [process.execPath]
  : [process.execPath, "--no-warnings"];

function once(program: string, off: string): number {
  const [command = "", ...args] = HOST;
  const run = spawnSync(command, [...args, fileURLToPath(import.meta.url), "--child", off, program], {
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return Number(run.stdout.trim().split("\n").at(-1));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** One line of the table: the program with everything on, and without each mechanism it can show. */
function row(program: string, columns: readonly string[], rounds: number): string {
  const runs = new Map<string, number[]>();
  const shown = [ON, ...columns.filter((column) => ABLATIONS[column]?.programs.includes(program))];
  for (let round = 0; round < rounds; round++) {
    for (const off of shown) {
      runs.set(off, [...runs.get(off) ?? [], once(program, off)]);
    }
  }
  const figures = (off: string): [min: number, median: number] => {
    const times = runs.get(off) ?? [];
    return [Math.min(...times), median(times)];
  };
  const [min, middle] = figures(ON);
  const cells = columns.map((column) => {
    if (!runs.has(column)) return "";
    const [withoutMin, withoutMiddle] = figures(column);
    return `${(withoutMin / min).toFixed(2)} / ${(withoutMiddle / middle).toFixed(2)}`;
  });
  return `| ${program} | ${min.toFixed(1)} / ${middle.toFixed(1)} ms | ${cells.join(" | ")} |`;
}

async function main(): Promise<void> {
  const args = parseArgs(process.argv.slice(2), { string: ["_", "child", "rounds", "off"] });
  const programs = [...new Set(Object.values(ABLATIONS).flatMap((ablation) => ablation.programs))];
  if (typeof args["child"] === "string") {
    console.log(await child(String(args._[0]), args["child"]));
    return;
  }
  const rounds = Number(args["rounds"] ?? 3);
  const columns = typeof args["off"] === "string" ? args["off"].split(",") : Object.keys(ABLATIONS);
  console.log(`| program | all on | ${columns.join(" | ")} |`);
  console.log(`|---|---:|${columns.map(() => "---:|").join("")}`);
  const wanted = args._.length === 0 ? programs : programs.filter((program) => args._.includes(program));
  for (const program of wanted) console.log(row(program, columns, rounds));
}

await main();
