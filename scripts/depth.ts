/**
 * Recursion and tail calls in full numbers: `depth.ts [--tier TIER] [--calls N] [--tails N] [WORD …]`. Recurses a million
 * deep, makes ten million tail calls, and recurses without end, in every way of `tests/control/deep_programs.ts` whose name
 * contains one of the words; without words also ten million deep with a raised limit. One line each: seconds of the clock
 * and of processors, and the process's memory.
 */
import process from "node:process";
import { createRuntime, SemaError, type Tier } from "../src/engine/mod.ts";
import { type Counting, RECURSIONS, TAIL_CALLS } from "../tests/control/deep_programs.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

/** What recurses ten times as deep, too. */
const TEN_TIMES: ReadonlySet<string> = new Set([
  "a function that calls itself",
  "two functions that call each other",
  "closures",
]);
/** What does not fail without end: every level catches the error of the one inside, or a unit is compiled on each. */
const ENDING: ReadonlySet<string> = new Set(["a body of try", "eval, with a macro"]);

function outcome(tier: Tier, units: readonly string[], depth: number | null): string {
  const runtime = createRuntime({ tier, limits: depth === null ? {} : { depth } });
  try {
    return units.map((unit) => runtime.print(runtime.eval(unit))).at(-1) ?? "";
  } catch (error) {
    if (!(error instanceof SemaError)) throw error;
    return `${error.type}: ${error.message}`;
  }
}

function main(args: string[]): void {
  const option = (name: string, otherwise: string): string => {
    const at = args.indexOf(name);
    return at < 0 ? otherwise : args.splice(at, 2)[1] ?? otherwise;
  };
  const wanted = option("--tier", "auto");
  const tier = TIERS.find((each) => each === wanted) ?? "auto";
  const calls = Number(option("--calls", "1000000"));
  const tails = Number(option("--tails", "10000000"));
  let failed = 0;

  const run = (claim: string, units: readonly string[], expected: string, depth: number | null): void => {
    const start = performance.now();
    const used = process.cpuUsage();
    const actual = outcome(tier, units, depth);
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
    const { user, system } = process.cpuUsage(used);
    const work = ((user + system) / 1e6).toFixed(1).padStart(6);
    const memory = `${(process.memoryUsage().rss / 1e6).toFixed(0).padStart(5)} MB`;
    const good = actual === expected;
    if (!good) failed++;
    console.log(`${good ? "ok    " : "FAILED"} ${seconds} s ${work} s ${memory}  ${claim}${good ? "" : `: ${actual}`}`);
  };
  const each = (table: Readonly<Record<string, Counting>>, title: string, n: number, depth: number | null): void => {
    for (const [claim, program] of Object.entries(table)) {
      if (args.length > 0 && !args.some((word) => claim.includes(word))) continue;
      run(`${title} ${claim}`, program(n), String(n), depth);
    }
  };
  each(RECURSIONS, `${calls} deep through`, calls, null);
  each(TAIL_CALLS, `${tails} tail calls in`, tails, 10_000);
  for (const [claim, program] of Object.entries(RECURSIONS)) {
    if (args.length === 0 && TEN_TIMES.has(claim)) {
      run(`${10 * calls} deep through ${claim}`, program(10 * calls), String(10 * calls), 30 * calls);
    }
    if (!ENDING.has(claim) && (args.length === 0 || args.some((word) => claim.includes(word)))) {
      run(`without end through ${claim}`, program(1e15), "eval: stack overflow: maximum call depth exceeded", null);
    }
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

main(process.argv.slice(2));
