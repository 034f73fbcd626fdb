/**
 * Limits on what a program uses. Steps are charged in portions, when a function's counter runs out, so that they cost
 * nothing where there is no limit.
 */
import { Condition } from "../data/mod.ts";
import type { Limits } from "./api.ts";

/** Calls and back-edges of one function between two looks at the meter. */
export const PORTION = 1000;

/** What the library does in about the time of one portion of steps, in units of its own. */
const UNITS = 16_000;

/** Keeps account of one runtime's limits. */
export class Meter {
  readonly #limits: Limits;
  #stepsLeft = Infinity;
  #deadline = Infinity;
  #outputLeft: number;
  #untilCharge = PORTION;
  #work = 0;
  /** Whether steps or time are limited, so that loops have to report at all. */
  readonly active: boolean;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.active = limits.steps !== undefined || limits.milliseconds !== undefined;
    this.#outputLeft = limits.output ?? Infinity;
  }

  /** An evaluation begins. */
  start(): void {
    this.#stepsLeft = this.#limits.steps ?? Infinity;
    this.#deadline = this.#limits.milliseconds === undefined ? Infinity : performance.now() + this.#limits.milliseconds;
  }

  /** Counts one step, for a tier that reports every single one. */
  tick(): void {
    if (!this.active || --this.#untilCharge > 0) return;
    this.#untilCharge = PORTION;
    this.charge();
  }

  /** Charges one portion. Throws a condition that no program can catch when a limit is exceeded. */
  charge(): void {
    this.#stepsLeft -= PORTION;
    if (this.#stepsLeft < 0) {
      throw limit("evaluation exceeded step limit (looks like an infinite loop?)", `${this.#limits.steps} steps`);
    }
    if (this.#deadline !== Infinity && performance.now() > this.#deadline) {
      throw limit("evaluation exceeded time limit", `${this.#limits.milliseconds} ms`);
    }
  }

  /** Charges work inside of the library, which counts no steps of its own. Throws like {@link charge}. */
  spend(units: number): void {
    if (!this.active) return;
    this.#work += units;
    if (this.#work < UNITS) return;
    this.#stepsLeft -= Math.floor(this.#work / UNITS) * PORTION - PORTION;
    this.#work %= UNITS;
    this.charge();
  }

  /** Charges output. Throws like {@link charge}. */
  print(text: string): void {
    this.#outputLeft -= text.length;
    if (this.#outputLeft < 0) throw limit("output limit exceeded", `${this.#limits.output} characters`);
  }
}

function limit(message: string, amount: string): Condition {
  return new Condition("eval", message, { hint: `the limit of this runtime is ${amount}`, catchable: false });
}
