/**
 * What warming up costs: `deno run -A --no-check bench/warmup.ts [--rounds=N] [--host=deno,bun] [PROGRAM ...]`.
 *
 * For each program two ratios. "short": definitions and so many calls that they take the baseline about 50 ms, first in
 * their process, compiled and warmed up on the way, against the same on the baseline. "300 ms": the calls that begin
 * between 300 and 400 ms after the first, against the median of those after two seconds. Fresh interleaved processes,
 * minimum over the rounds.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createRuntime, type Runtime } from "../mod.ts";
import { parseArgs } from "../src/compat/parse_args.ts";
import { definitions, PROGRAMS } from "./programs.ts";

const SELF: string = fileURLToPath(import.meta.url);
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  deno: [process.execPath, "run", "-A", "--no-check"],
  bun: ["npx", "-y", "bun@1.4.5"],
};
/** Length of a short run on the baseline, in milliseconds. */
const SHORT = 50;
/** Length of one call in a short run, at most and where a program can do so little. */
const CALL = 4;
/** When code has to be warm, how long it is then looked at, and when it has surely settled, in milliseconds. */
const [WARM, WATCHED, SETTLED, END] = [300, 100, 2000, 2500];

/** A runtime with the definitions of a program, and the time before they were evaluated. */
function prepared(name: string, tier: "baseline" | "auto"): { readonly runtime: Runtime; readonly start: number } {
  const runtime = createRuntime({ tier });
  const start = performance.now();
  runtime.eval(definitions(name), { file: `${name}.sema` });
  return { runtime, start };
}

/** Milliseconds of the definitions and so many calls of `main` for the size `n`. */
function shortRun(name: string, tier: "baseline" | "auto", n: number, calls: number): number {
  const { runtime, start } = prepared(name, tier);
  for (let i = 0; i < calls; i++) runtime.call("main", n);
  return performance.now() - start;
}

/** How many calls the baseline makes in the time of a short run. */
function shortCalls(name: string, n: number): number {
  const { runtime, start } = prepared(name, "baseline");
  let calls = 0;
  do {
    runtime.call("main", n);
    calls++;
  } while (performance.now() - start < SHORT);
  return calls;
}

/** The size with which the baseline makes a call of a short run. */
function shortSize(name: string): number {
  const { runtime } = prepared(name, "baseline");
  let best = 1;
  for (let n = 1; n <= (PROGRAMS[name]?.full.n ?? 1); n = Math.ceil(n * 1.25)) {
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      runtime.call("main", n);
      return performance.now() - start;
    });
    if (Math.min(...times) > CALL) break;
    best = n;
  }
  return best;
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
function ask(host: string, ...question: readonly (string | number)[]): number {
  const [program = "", ...args] = [...HOSTS[host] ?? [], SELF, "--one", ...question.map(String)];
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

/** One figure, for the process that asked. */
function answer(name: string, what: string, n: number, calls: number): number {
  switch (what) {
    case "size":
      return shortSize(name);
    case "calls":
      return shortCalls(name, n);
    case "warm":
      return warmRatio(name, n);
    default:
      return shortRun(name, what === "auto" ? "auto" : "baseline", n, calls);
  }
}

/** The two ratios of a program as the cells of a table. */
function row(host: string, name: string, rounds: number): string {
  const n = median([1, 2, 3].map(() => ask(host, name, "size")));
  const calls = median([1, 2, 3].map(() => ask(host, name, "calls", n)));
  let [baseline, auto, warm] = [Infinity, Infinity, Infinity];
  for (let i = 0; i < rounds; i++) {
    baseline = Math.min(baseline, ask(host, name, "baseline", n, calls));
    auto = Math.min(auto, ask(host, name, "auto", n, calls));
    warm = Math.min(warm, ask(host, name, "warm", n));
  }
  const cells = [n, calls, baseline.toFixed(1), auto.toFixed(1), (auto / baseline).toFixed(2), warm.toFixed(2)];
  return `| ${name} | ${cells.join(" | ")} |`;
}

function main(): void {
  const args = parseArgs(process.argv.slice(2), { boolean: ["one"], string: ["_", "host", "rounds"] });
  if (args["one"] === true) {
    const [name = "", what = "", n, calls] = args._.map(String);
    console.log(answer(name, what, Number(n), Number(calls)));
    return;
  }
  const names = args._.length === 0 ? Object.keys(PROGRAMS) : args._.map(String);
  for (const host of String(args["host"] ?? "deno,bun").split(",")) {
    console.log(
      `| ${host} | n | calls | baseline | auto | auto : baseline | at 300 ms : settled |\n` +
        "|---|---:|---:|---:|---:|---:|---:|",
    );
    for (const name of names) console.log(row(host, name, Number(args["rounds"] ?? 5)));
  }
}

main();
