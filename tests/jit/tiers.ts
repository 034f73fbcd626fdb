/**
 * Runs small programs on both tiers and on the mix of them: interpreted, compiled before the first call with no
 * feedback at all, compiled with feedback, and compiled while they run. What they must print is written down; nothing
 * is compared between tiers, so an error that all of them share is seen, too.
 */
import { assertEquals, assertNotEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Runtime, type RuntimeOptions, SemaError, type Tier } from "../../src/engine/mod.ts";

/** How often a heated program is run beforehand: the coldest function is compiled after 2000 calls. */
const REPETITIONS = 2100;

/** One way to run a program. */
export interface Mode {
  readonly name: string;
  readonly tier: Tier;
  /** What warms up is run beforehand. */
  readonly heated: boolean;
}

/** All ways that results must be the same in. */
export const MODES: readonly Mode[] = [
  { name: "baseline", tier: "baseline", heated: false },
  { name: "jit without feedback", tier: "jit", heated: false },
  { name: "jit with feedback", tier: "jit", heated: true },
  { name: "auto", tier: "auto", heated: true },
];

/** A program. Each text of `units` is evaluated by itself; the last one's value counts. */
export interface Program {
  /** Evaluated again and again after the units but the last. It should leave no traces but heat. */
  readonly heat?: string;
  readonly units: readonly string[];
  /** The text of the last value; for an error `type: message`. */
  readonly printed: string;
}

/** What a program that fails prints. A failure of the runtime itself is never what a test expects. */
export function failureText(error: unknown): string {
  if (!(error instanceof SemaError)) throw error;
  assertNotEquals(error.type, "internal", error.message);
  return `${error.type}: ${error.message}`;
}

/** Evaluates a text; the text of its value on one line, or of the error it ends with. */
export function evaluate(runtime: Runtime, text: string): string {
  try {
    return runtime.print(runtime.eval(text)).replaceAll(/\n\s*/g, " ");
  } catch (error) {
    return failureText(error);
  }
}

/** A runtime after all units but the last, heated if the mode is so. */
export function prepare(mode: Mode, { units, heat }: Omit<Program, "printed">, options: RuntimeOptions = {}): Runtime {
  const runtime = createRuntime({ stdout: () => {}, ...options, tier: mode.tier });
  for (const unit of units.slice(0, -1)) runtime.eval(unit);
  if (heat !== undefined && mode.heated) {
    runtime.eval(`(let ((warm (fn () ${heat}))) (do ((k 0 (+ k 1))) ((= k ${REPETITIONS})) (warm)))`);
  }
  return runtime;
}

/** Fails unless the program prints what it must, in every mode. */
export function assertEverywhere(program: Program, options: RuntimeOptions = {}): void {
  for (const mode of MODES) {
    const runtime = prepare(mode, program, options);
    assertEquals(evaluate(runtime, program.units.at(-1) ?? ""), program.printed, mode.name);
  }
}
