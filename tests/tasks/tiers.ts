/** Runs programs with tasks on every tier that can suspend, against a clock that moves only when all tasks wait. */
import { assertEquals } from "../../src/compat/assert.ts";
import {
  createRuntime,
  type Runtime,
  type RuntimeOptions,
  SemaError,
  type Tier,
  type Timing,
} from "../../src/engine/mod.ts";

/** The tiers whose tasks wait on the heap. */
export const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

/** A clock whose time passes only while nobody has anything to do: so fast, and always in the same order. */
export function virtualTiming(): Timing {
  let now = 0;
  return {
    now: () => now,
    after(milliseconds, run) {
      let valid = true;
      setTimeout(() => {
        if (!valid) return;
        now += milliseconds;
        run();
      }, 0);
      return () => {
        valid = false;
      };
    },
    soon: (run) => void setTimeout(run, 0),
  };
}

/** A runtime and what it has printed, line by line. */
export interface Recorded {
  readonly runtime: Runtime;
  readonly lines: () => string[];
}

/** A runtime on a virtual clock. */
export function recorded(tier: Tier, options: RuntimeOptions = {}): Recorded {
  let output = "";
  const runtime = createRuntime({ timing: virtualTiming(), stdout: (text) => output += text, ...options, tier });
  return { runtime, lines: () => output.split("\n").slice(0, -1) };
}

/** The text of a value on one line, or of the error that ended the program. */
export async function outcome(runtime: Runtime, program: string): Promise<string> {
  try {
    return runtime.print(await runtime.evalAsync(program)).replaceAll(/\n\s*/g, " ");
  } catch (error) {
    if (error instanceof SemaError) return `${error.type}: ${error.message}`;
    throw error;
  }
}

/** Fails unless the program comes to this on every tier, and prints these lines. */
export async function assertEverywhere(program: string, wanted: string, lines: readonly string[] = []): Promise<void> {
  for (const tier of TIERS) {
    const { runtime, lines: printed } = recorded(tier);
    assertEquals(await outcome(runtime, program), wanted, tier);
    assertEquals(printed(), [...lines], tier);
  }
}
