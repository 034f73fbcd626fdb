/**
 * Ways to vary the tiers: for `bench/ablation.ts`, which measures what each mechanism is worth, and for the hostile
 * tests, which make what is rare happen all the time.
 */
import type { Variant } from "../bytecode/mod.ts";
import type { Forcing } from "../jit/mod.ts";
import type { Dispatch } from "../vm/mod.ts";

/** What is not given is as in every other runtime. */
export interface Experiment {
  /** Another dispatch loop. */
  readonly dispatch?: Dispatch;
  /** Groups of variants to overlay. */
  readonly variants?: ReadonlySet<Variant["group"]>;
  /** Whether closures copy variables that are never assigned after capture. */
  readonly copyCaptures?: boolean;
  /** Calls of a function before the second tier is considered, and between two looks at what is dead on the stack. */
  readonly heat?: number;
  /** How much of the host's stack compiled code may use before it unwinds, in the units of `runtime/depth.ts`. */
  readonly depthLimit?: number;
  /** Slots of the interpreter's stack before its frames move to the heap. */
  readonly stackSlots?: number;
  /** What compiled code does without need. */
  readonly forcing?: Forcing;
}
