/** Ways to vary the baseline tier, for `bench/ablation.ts` alone. */
import type { Variant } from "../bytecode/mod.ts";
import type { Dispatch } from "../vm/mod.ts";

/** What is not given is as in every other runtime. */
export interface Experiment {
  /** Another dispatch loop. */
  readonly dispatch?: Dispatch;
  /** Groups of variants to overlay. */
  readonly variants?: ReadonlySet<Variant["group"]>;
  /** Whether closures copy variables that are never assigned after capture. */
  readonly copyCaptures?: boolean;
}
