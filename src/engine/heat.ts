/**
 * When the second tier is considered. Each code counts down its calls and rounds (`code.heat`); where it arrives at zero
 * the machine asks here, and here it is given its next portion. Compilation itself is the tier's, and so is what is
 * refused.
 */
import type { Code } from "../bytecode/mod.ts";
import type { Machine } from "../vm/mod.ts";
import type { Tier } from "./api.ts";
import type { JitOnDemand } from "./jit_on_demand.ts";
import { type Meter, PORTION, SMALL_PORTION } from "./meter.ts";

/** Calls and back-edges of a function that stays in the interpreter between two looks at what is dead on its stack. */
const INTERVAL = 100_000;

/**
 * Rounds that hot loops of a function still make in the interpreter, should it be called meanwhile and be compiled as a
 * whole: short programs of twelve compilations have six then.
 */
export const PATIENCE = 500;

/** Calls and back-edges before a function of this size is compiled: 10^4 to 10^5 dispatches pay for a compilation. */
function warmth(words: number): number {
  return Math.min(2000, Math.max(50, Math.floor(30_000 / words)));
}

/** Calls and back-edges of new code, by its words, before it is looked at. */
export function firstPortion(tier: Tier, meter: Meter, words: number): number {
  if (tier === "jit") return 0;
  if (meter.active) return SMALL_PORTION;
  return tier === "baseline" ? PORTION : warmth(words);
}

/** What is hot in one runtime. */
export class Heat {
  readonly #meter: Meter;
  readonly #machine: Machine;
  readonly #jit: JitOnDemand;
  readonly #interval: number;
  /** Calls and back-edges, where they are counted, before the second tier is considered. */
  readonly #warmth: number;
  /** Code whose next compilation a polite evaluation has put off. */
  readonly #putOff: WeakSet<Code> = new WeakSet();

  /** `fixed`: for experiments, calls and back-edges in place of all others. */
  constructor(meter: Meter, machine: Machine, jit: JitOnDemand, fixed: number | undefined) {
    this.#meter = meter;
    this.#machine = machine;
    this.#jit = jit;
    this.#interval = fixed ?? INTERVAL;
    this.#warmth = fixed ?? PORTION;
  }

  /** A code has used up its portion. Returns false at the end of a round whose loop is not to be entered. */
  hot(code: Code, looping: boolean): boolean {
    if (code.second !== null && code.second.active) {
      // The interpreter comes here for every call of compiled code, and every round of a loop that has no entry.
      this.#meter.step();
      code.heat = 0;
      return true;
    }
    const { portion } = code;
    if (this.#meter.active) {
      this.#meter.count(portion);
      code.counted += portion;
      code.heat = code.portion = SMALL_PORTION;
      if (portion > 0 && code.counted < this.#warmth) return true;
    }
    if (looping && !this.#jit.expect(code)) {
      // The next call or round comes here again.
      code.heat = 0;
      code.portion = 1;
      return false;
    }
    if (!looping && this.putsOff(code)) return true;
    code.counted = 0;
    this.#machine.clearAbove(this.#machine.sp);
    if (!looping) this.#jit.consider(code);
    if (this.#meter.deadline !== Infinity) this.#meter.look();
    code.heat = code.portion = code.second !== null && code.second.active
      ? 0
      : this.#meter.active
      ? SMALL_PORTION
      : this.#interval;
    return true;
  }

  /** Whether a compilation waits until the host has had its turn; once, or what is hot at the end of slices never would be. */
  putsOff(code: Code): boolean {
    if (!this.#jit.compiles(code) || this.#putOff.delete(code) || !this.#meter.leavesNoTimeToCompile()) return false;
    this.#putOff.add(code);
    code.ask();
    return true;
  }
}
