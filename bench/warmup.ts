/**
 * What warming up costs: `deno run -A --no-check bench/warmup.ts [--rounds=N] [--host=deno,bun] [PROGRAM ...]`.
 *
 * For each program two ratios. "short": a run that takes the baseline about 50 ms, first in its process, compiled and
 * warmed up on the way, against the same run on the baseline. "300 ms": the calls that begin between 300 and 400 ms
 * after the first, against the median of those after two seconds. Fresh interleaved processes, minimum over the rounds.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createRuntime } from "../src/engine/mod.ts";
import { parseArgs } from "../src/compat/parse_args.ts";
import { definitions, PROGRAMS } from "./programs.ts";

const SELF: string = fileURLToPath(import.meta.url);
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  deno: [process.execPath, "run", "-A", "--no-check"],
  bun: ["npx", "-y", "bun@1.4.5"],
};
/** Length of a short run on the baseline, in milliseconds. */
const SHORT = 50;
/** When code has to be warm, how long it is then looked at, and when it has surely settled, in milliseconds. */
const [WARM, WATCHED, SETTLED, END] = [300, 100, 2000, 2500];

/** Milliseconds of the first call of `main` for the size `n`, definitions included. */
function shortRun(name: string, tier: "baseline" | "auto", n: number): number {
  const runtime = createRuntime({ tier });
  const start = performance.now();
  runtime.eval(definitions(name), { file: `${name}.sema` });
  runtime.call("main", n);
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** The calls after 300 ms as a multiple of those after two seconds. `n` is small, so that there are many of them. */
function warmRatio(name: string, n: number): number {
  const runtime = createRuntime({ tier: "auto" });
  runtime.eval(definitions(name), { file: `${name}.sema` });
  const begin = performance.now();
  const [early, late]: [number[], number[]] = [[], []];
  for (let at = 0; at < END;) {
    runtime.call("main", n);
    const end = performance.now() - begin;
    if (at >= WARM && at < WARM + WATCHED) early.push(end - at);
    if (at >= SETTLED) late.push(end - at);
    at = end;
  }
  return median(early) / median(late);
}

/** What a fresh process says when it is asked for one figure. */
function ask(host: string, name: string, what: string, n: number): number {
  const [program = "", ...args] = [...HOSTS[host] ?? [], SELF, "--one", name, what, String(n)];
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

/** The size with which the baseline takes about as long as a short run should, and the next smaller one. */
function shortSize(host: string, name: string): number {
  let [low, high] = [1, PROGRAMS[name]?.full.n ?? 1];
  while (high - low > Math.max(1, low / 16)) {
    const middle = Math.round(Math.sqrt(low * high));
    const n = middle === low ? low + 1 : middle;
    const times = [1, 2, 3].map(() => ask(host, name, "baseline", n));
    if (Math.min(...times) > SHORT) high = n;
    else low = n;
  }
  return low;
}

/** One figure, for the process that asked. */
function answer(name: string, what: string, n: number): number {
  if (what === "warm") return warmRatio(name, n);
  return shortRun(name, what === "auto" ? "auto" : "baseline", n);
}

/** The two ratios of a program as the cells of a table. */
function row(host: string, name: string, rounds: number): string {
  const n = shortSize(host, name);
  let [baseline, auto, warm] = [Infinity, Infinity, Infinity];
  for (let i = 0; i < rounds; i++) {
    baseline = Math.min(baseline, ask(host, name, "baseline", n));
    auto = Math.min(auto, ask(host, name, "auto", n));
    warm = Math.min(warm, ask(host, name, "warm", n));
  }
  const cells = [n, baseline.toFixed(1), auto.toFixed(1), (auto / baseline).toFixed(2), warm.toFixed(2)];
  return `| ${name} | ${cells.join(" | ")} |`;
}

function main(): void {
  const args = parseArgs(process.argv.slice(2), { boolean: ["one"], string: ["_", "host", "rounds"] });
  if (args["one"] === true) {
    const [name, what, n] = args._.map(String);
    console.log(answer(name ?? "", what ?? "", Number(n)));
    return;
  }
  const names = args._.length === 0 ? Object.keys(PROGRAMS) : args._.map(String);
  for (const host of String(args["host"] ?? "deno,bun").split(",")) {
    console.log(
      `| ${host} | n | baseline | auto | auto : baseline | at 300 ms : settled |\n|---|---:|---:|---:|---:|---:|`,
    );
    for (const name of names) console.log(row(host, name, Number(args["rounds"] ?? 5)));
  }
}

main();
