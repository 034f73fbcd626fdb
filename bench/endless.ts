/**
 * Recursion without end, in every way of `tests/control/deep_programs.ts` and through generator functions of the host, on
 * every host and tier, each in a fresh process:
 *
 *     deno run -A --no-check bench/endless.ts [--host=deno,bun,node] [--tier=baseline,jit,auto] [--calls=N] [WORD …]
 *
 * One line each: seconds of the clock until the program has caught the error, seconds of processors meanwhile (other
 * threads collect garbage and compile), and the most memory that the process has had. With `--calls` the recursion ends
 * so deep, and its value is looked at instead. Only ways whose name contains one of the words. `SLOW`, `LARGE`: beyond
 * what is allowed; `FAILED`: not the right outcome, or the runtime did not go on working.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "../src/compat/parse_args.ts";
import { createRuntime, type Runtime, semaCall, SemaError, type Tier } from "../src/engine/mod.ts";
import { type Counting, RECURSIONS } from "../tests/control/deep_programs.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

/** How each host runs a TypeScript file. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  deno: [process.execPath, "run", "-A", "--no-check"],
  bun: ["npx", "-y", "bun@1.4.5"],
  node: ["npx", "-y", "node@24", "--no-warnings"],
};

const MOST_SECONDS = 2;
const MOST_BYTES = 1.5e9;

const OVERFLOW = "stack overflow: maximum call depth exceeded";

const ROUTINE = "a generator function of the host";
const WAYS: Readonly<Record<string, Counting>> = {
  ...RECURSIONS,
  [ROUTINE]: (n) => ["(define (routine n) (if (= n 0) 0 (call-plus-one routine (- n 1))))", `(routine ${n})`],
};

/** Ways whose every level catches the error of the one inside: they end with a number. */
const CATCHING: ReadonlySet<string> = new Set(["a body of try"]);
/** Ways that recurse before the program runs, which cannot catch the error then. */
const BEFORE: ReadonlySet<string> = new Set(["a macro while it is expanded"]);

/** What a child prints. */
interface Measurement {
  readonly seconds: number;
  readonly work: number;
  readonly bytes: number;
  /** What was wrong; null: nothing. */
  readonly wrong: string | null;
}

function prepared(tier: Tier): Runtime {
  const runtime = createRuntime({ tier });
  runtime.define("call-plus-one", function* (f: (n: unknown) => unknown, n: unknown): Generator<unknown, number> {
    return Number(yield semaCall(f, n)) + 1;
  });
  return runtime;
}

function shown(runtime: Runtime, unit: string): string {
  try {
    return runtime.print(runtime.eval(unit));
  } catch (error) {
    if (!(error instanceof SemaError)) throw error;
    return error.message;
  }
}

/** Measures one way in this process. `calls`: how deep it goes; null: without end. */
function measure(way: string, program: Counting, tier: Tier, calls: number | null): Measurement {
  const runtime = prepared(tier);
  const units = program(calls ?? 1e9);
  for (const unit of units.slice(0, -1)) runtime.eval(unit);
  const last = units.at(-1) ?? "";
  const catches = calls === null && !BEFORE.has(way);
  const start = performance.now();
  const used = process.cpuUsage();
  const outcome = shown(runtime, catches ? `(try ${last} (catch e (:message e)))` : last);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  const right = calls !== null
    ? outcome === String(calls)
    : CATCHING.has(way)
    ? Number(outcome) > 0
    : outcome === (catches ? `"${OVERFLOW}"` : OVERFLOW);
  const after = [shown(runtime, "(map (fn (x) (* x x)) '(1 2 3))"), ...program(50).map((unit) => shown(runtime, unit))];
  const usable = after[0] === "(1 4 9)" && after.at(-1) === "50";
  const wrong = !right ? outcome : usable ? null : `afterwards ${after.join(", ")}`;
  // Kilobytes on all hosts.
  const bytes = 1024 * process.resourceUsage().maxRSS;
  return { seconds, work: (user + system) / 1e6, bytes, wrong };
}

/** Measures in a process of its own. */
function measureApart(host: string, args: readonly string[]): Measurement {
  const [command = "", ...flags] = HOSTS[host] ?? [];
  const child = spawnSync(command, [...flags, fileURLToPath(import.meta.url), "--one", ...args], { encoding: "utf8" });
  if (child.status === 0) return JSON.parse(child.stdout) as Measurement;
  const wrong = child.stderr.trim().split("\n")[0] ?? "";
  return { seconds: NaN, work: NaN, bytes: NaN, wrong: `${child.status ?? child.signal}: ${wrong}` };
}

function verdict({ seconds, bytes, wrong }: Measurement): string {
  if (wrong !== null) return "FAILED";
  return bytes > MOST_BYTES ? "LARGE" : seconds > MOST_SECONDS ? "SLOW" : "ok";
}

function line(measurement: Measurement): string {
  const { seconds, work, bytes, wrong } = measurement;
  const times = `${seconds.toFixed(2).padStart(6)} s ${work.toFixed(2).padStart(6)} s`;
  const memory = `${(bytes / 1e6).toFixed(0).padStart(5)} MB`;
  return `${verdict(measurement).padEnd(6)} ${times} ${memory}${wrong === null ? "" : `  ${wrong}`}`;
}

function pick<T extends string>(given: unknown, all: readonly T[]): readonly T[] {
  return typeof given === "string" ? all.filter((each) => given.split(",").includes(each)) : all;
}

function main(): void {
  const args = parseArgs(process.argv.slice(2), { string: ["_", "host", "tier", "calls"], boolean: ["one"] });
  const calls = typeof args["calls"] === "string" ? Number(args["calls"]) : null;
  const tiers = pick(args["tier"], TIERS);
  const words = args._.map(String);
  const tier = tiers[0];
  if (args["one"] === true) {
    const way = words.join(" ");
    const program = WAYS[way];
    if (program === undefined || tier === undefined) throw new Error(`no way ${way}`);
    console.log(JSON.stringify(measure(way, program, tier, calls)));
    return;
  }
  const given = process.argv.slice(2).filter((arg) => arg.startsWith("--calls"));
  for (const way of Object.keys(WAYS)) {
    if (words.length > 0 && !words.some((word) => way.includes(word))) continue;
    for (const host of pick(args["host"], Object.keys(HOSTS))) {
      for (const each of tiers) {
        const measurement = measureApart(host, [...given, `--tier=${each}`, way]);
        if (verdict(measurement) !== "ok") process.exitCode = 1;
        console.log(`${line(measurement)}  ${host} ${each}, ${way}`);
      }
    }
  }
}

main();
