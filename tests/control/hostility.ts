/**
 * Runtimes in which what is rare happens all the time: the host's stack ends after ten frames, the interpreter's after
 * none, every function is compiled at once or after one call, compiled code leaves at every few instructions and unwinds
 * at every few calls, dead slots are cleared at every call. Programs must not notice.
 */
import { definitions } from "../../bench/programs.ts";
import type { Experiment } from "../../src/engine/experiment.ts";
import { createExperiment } from "../../src/engine/runtime.ts";
import { createRuntime, type Runtime, type RuntimeOptions, type Tier } from "../../src/engine/mod.ts";
import { difference, type Expectation } from "../conformance/runner.ts";
import { failureText } from "../jit/tiers.ts";

/** About ten frames of compiled code. */
const TEN_FRAMES = 200;

/** Ways to be hostile, each with the tier that suffers most from it. */
export const HOSTILITIES: Readonly<Record<string, readonly [Tier, Experiment]>> = {
  "no room in the interpreter, which clears at every call": ["baseline", { stackSlots: 0, heat: 0 }],
  "ten frames of compiled code": ["jit", { depthLimit: TEN_FRAMES, stackSlots: 0, forcing: { checkExits: true } }],
  "compiled after one call, into one version": ["auto", { heat: 1, forcing: { recompilations: 0 } }],
  "frames that move to the heap twenty at a time": ["auto", { heat: 3, depthLimit: 400, stackSlots: 100 }],
  "leaving at every third instruction": ["jit", { forcing: { leaveEvery: 3, checkExits: true } }],
  "leaving at every eleventh instruction, compiled after one call": ["auto", {
    heat: 1,
    forcing: { leaveEvery: 11, checkExits: true },
  }],
  "unwinding at every second call": ["jit", { forcing: { unwindEvery: 2, checkExits: true } }],
  "everything at once": ["auto", {
    heat: 1,
    depthLimit: TEN_FRAMES,
    stackSlots: 0,
    forcing: { leaveEvery: 7, unwindEvery: 3, recompilations: 1 },
  }],
};

/** Sizes of the bench programs that take no time. */
export const TINY: Readonly<Record<string, number>> = {
  "tak": 1,
  "fib": 12,
  "ack": 2,
  "even-odd": 1001,
  "nqueens": 5,
  "deriv": 20,
  "mandelbrot": 8,
  "nbody": 20,
  "spectral-norm": 6,
  "fannkuch": 5,
  "binary-trees": 4,
  "upvalue-counter": 500,
  "pipeline": 1,
  "string-pipeline": 10,
  "word-count": 100,
  "throw-catch": 100,
  "bignum": 4,
  "sieve": 500,
  "matmul": 6,
  "quicksort": 100,
};

/** A maker of runtimes that are hostile in one way; the tier asked for counts only when it is given. */
export function hostile(experiment: Experiment): (options: RuntimeOptions) => Runtime {
  return (options) => createExperiment(options, experiment);
}

/** What a tiny bench program gives in a runtime made by `make`. */
export function tinyResult(name: string, make: (options: RuntimeOptions) => Runtime, tier: Tier): string {
  const runtime = make({ tier, stdout: () => {} });
  try {
    runtime.eval(definitions(name));
    return runtime.print(runtime.eval(`(main ${TINY[name] ?? 1})`));
  } catch (error) {
    return failureText(error);
  }
}

/** What it must give. */
export function expectedResult(name: string): string {
  return tinyResult(name, createRuntime, "walker");
}

/**
 * How a case differs in a hostile runtime, or null. With timers of the host a case may come too late on a busy machine:
 * what differs for a reason differs again.
 */
export async function differenceIn(
  each: Expectation,
  tier: Tier,
  make: (options: RuntimeOptions) => Runtime,
): Promise<string | null> {
  let differs = await difference(each, tier, make);
  for (let i = 0; i < 2 && differs !== null && each.mode === "async"; i++) differs = await difference(each, tier, make);
  return differs;
}
