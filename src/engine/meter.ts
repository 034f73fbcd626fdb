/**
 * Limits on what programs use, and the pace of their tasks. Calls and rounds of loops are counted down, by the interpreter
 * in portions in the counters of its functions and by compiled code in {@link Meter.fuel}, which is filled up to the next
 * look at the clock or, if that is nearer, to the last step that is allowed; compiled code counts only once something has
 * to be looked at.
 */
import { Condition } from "../data/mod.ts";
import type { SlicePace } from "../runtime/mod.ts";
import type { Timing } from "../tasks/mod.ts";
import type { Limits } from "./api.ts";

/** Calls and rounds between two charges of the interpreter. */
export const PORTION = 1000;
/**
 * Calls and rounds that an interpreted function counts for itself before they are added to all others: with hundreds of
 * functions that count a whole portion each, nobody would look at the clock for 0.1 s. It costs a hundredth of the time.
 */
export const SMALL_PORTION = 100;
/** Portions between two looks at the clock, at most: they take from some microseconds to many milliseconds. */
const CLOCK_PORTIONS = 16;
/** Milliseconds between two looks that are too many, and so few that the next one may come later. */
const LONG = 0.4;
const SHORT = 0.1;
/** Steps that a task may use while others are ready (host reference §29.5, rule 6). */
const SLICE = 1000 * PORTION;

/**
 * Milliseconds that a compilation may take, so that it does not begin with fewer left of a slice: most take one to
 * three. The first of a process takes nine and more, and has to be late.
 */
const COMPILATION = 4;

/** What the library does in about the time of one portion of steps, in units of its own. */
const UNITS = 16_000;

/** What is left to one evaluation of what it may use. */
export class Account {
  readonly #limits: Limits;
  readonly #signal: AbortSignal | undefined;
  /** Charged as well: the evaluation that this one is part of. */
  readonly #outer: Account | null;
  #stepsLeft: number;
  #outputLeft: number;
  /** When time is up. */
  readonly deadline: number;
  readonly depth: number;
  readonly #heapUsed: (() => number) | undefined;
  readonly #mostHeap: number;

  constructor(limits: Limits, signal: AbortSignal | undefined, { now, heapUsed, depth, outer }: {
    readonly now: number;
    readonly heapUsed: (() => number) | undefined;
    readonly depth: number;
    readonly outer: Account | null;
  }) {
    this.#limits = limits;
    this.#signal = signal;
    this.#outer = outer;
    this.#stepsLeft = limits.steps ?? Infinity;
    this.#outputLeft = limits.output ?? Infinity;
    this.deadline = Math.min(now + (limits.milliseconds ?? Infinity), outer?.deadline ?? Infinity);
    this.depth = Math.min(limits.depth ?? depth, outer?.depth ?? Infinity);
    this.#heapUsed = limits.heap === undefined ? undefined : heapUsed;
    this.#mostHeap = this.#heapUsed === undefined ? Infinity : this.#heapUsed() + (limits.heap ?? 0);
  }

  /** Steps that are left. */
  get stepsLeft(): number {
    return Math.min(this.#stepsLeft, this.#outer?.stepsLeft ?? Infinity);
  }

  /** Counts steps. */
  take(steps: number): void {
    this.#stepsLeft -= steps;
    this.#outer?.take(steps);
  }

  /** Counts steps. Throws a condition that no program can catch when there were fewer left. */
  charge(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) {
      throw limit("evaluation exceeded step limit (looks like an infinite loop?)", `${this.#limits.steps} steps`);
    }
    this.#outer?.charge(steps);
  }

  /** Looks at the clock, the signal and the heap. Throws like {@link charge}. */
  look(now: number): void {
    if (this.#signal?.aborted === true) throw interruption();
    if (now > this.deadline) throw limit("evaluation exceeded time limit", `${this.#limits.milliseconds} ms`);
    if (this.#heapUsed !== undefined && this.#heapUsed() > this.#mostHeap) {
      throw limit("evaluation exceeded memory limit", `${this.#limits.heap} bytes`);
    }
    this.#outer?.look(now);
  }

  /** Charges bytes of output. Throws like {@link charge}. */
  print(bytes: number): void {
    this.#outputLeft -= bytes;
    if (this.#outputLeft < 0) throw limit("output limit exceeded", `${this.#limits.output} bytes`);
    this.#outer?.print(bytes);
  }

  /** Whether steps have to be counted for it, or for what it is part of. */
  get counts(): boolean {
    const { steps, milliseconds, heap } = this.#limits;
    const own = steps !== undefined || milliseconds !== undefined || heap !== undefined || this.#signal !== undefined;
    return own || this.#outer?.counts === true;
  }

  /** Whether output has to be counted. */
  get limitsOutput(): boolean {
    return this.#limits.output !== undefined || this.#outer?.limitsOutput === true;
  }
}

/** Counts for one runtime. */
export class Meter implements SlicePace<Account> {
  readonly #clock: Timing;
  readonly #others: () => boolean;
  readonly #activated: () => void;
  readonly #depth: (depth: number | null) => void;
  readonly #interrupted: () => void;
  #account: Account | null = null;
  active = false;
  pausing = false;
  /** Steps until {@link tick}. In an object of its own: compiled code writes it all the time. */
  readonly fuel: { left: number } = { left: PORTION };
  /** What was there when they were charged last. */
  #filled = PORTION;
  /** When the host wants its thread back, */
  deadline: number = Infinity;
  /** or now. */
  over = false;
  /** Portions from one look at the clock to the next, */
  #interval = 1;
  #untilClock = PORTION;
  /** and when the last one was. */
  #looked = 0;
  #untilPause = SLICE;
  /** Steps that have been counted and not charged. */
  #counted = 0;
  #work = 0;
  #untilReturned = PORTION;

  /**
   * `others`: whether other tasks are ready; `activated` is called when counting begins, `depth` when another limit of
   * active calls holds (null: none of an account's), `interrupted` when the task is to pause while the library works, which
   * the interpreter would notice only at the end of a portion.
   */
  constructor(clock: Timing, { others, activated, depth, interrupted }: {
    readonly others: () => boolean;
    readonly activated: () => void;
    readonly depth: (depth: number | null) => void;
    readonly interrupted: () => void;
  }) {
    this.#clock = clock;
    this.#others = others;
    this.#activated = activated;
    this.#depth = depth;
    this.#interrupted = interrupted;
  }

  /** What is charged to at present. */
  get account(): Account | null {
    return this.#account;
  }

  set account(account: Account | null) {
    const depth = account?.depth ?? null;
    if (depth !== (this.#account?.depth ?? null)) this.#depth(depth);
    this.#account?.take(this.#used());
    this.#account = account;
    this.#fill();
  }

  /** Begins to count; from then on it always does. */
  activate(): void {
    if (this.active) return;
    this.active = true;
    this.#activated();
  }

  begin(): void {
    this.#untilPause = SLICE;
    if (!this.pausing) return;
    this.pausing = false;
    this.#fill();
  }

  /** Counts less than a portion. */
  count(steps: number): void {
    this.#counted += steps;
    if (this.#counted < PORTION) return;
    this.#counted -= PORTION;
    this.charge();
  }

  /** Counts one step. */
  step(): void {
    if (this.active && --this.fuel.left < 0) this.tick();
  }

  /** Compiled code has used up its fuel. Throws a condition that no program can catch when a limit is exceeded. True: pause. */
  tick(): boolean {
    return this.#charge(this.#used());
  }

  /** The interpreter has used a portion. The same as {@link tick} otherwise. */
  charge(): boolean {
    return this.#charge(PORTION + this.#used());
  }

  #charge(steps: number): boolean {
    try {
      this.#account?.charge(steps);
      if ((this.#untilClock -= steps) <= 0) this.look();
      if ((this.#untilPause -= steps) < 0) {
        this.#untilPause = SLICE;
        if (this.#others()) this.pausing = true;
      }
    } finally {
      this.#fill();
    }
    return this.pausing;
  }

  /** Takes what has been used of the fuel. */
  #used(): number {
    const used = this.#filled - this.fuel.left;
    this.#filled = this.fuel.left;
    return used;
  }

  /** Fills up the fuel. */
  #fill(): void {
    const used = this.#filled - this.fuel.left;
    const left = this.#account?.stepsLeft ?? Infinity;
    // To pause stays due until somebody does; cleanup after a limit was exceeded goes on for a while.
    this.fuel.left = this.pausing ? 0 : Math.min(this.#untilClock, left < 0 ? PORTION : left);
    this.#filled = this.fuel.left + used;
  }

  /** The task is to let others go on. */
  #pause(): void {
    this.pausing = true;
    this.#fill();
  }

  /** Looks at the clock as often as for so many steps. */
  returned(frames: number): void {
    if (!this.active || (this.#untilReturned -= frames) > 0) return;
    this.#untilReturned = PORTION;
    this.look();
  }

  /** Charges work inside of the library, which counts no steps of its own. Throws like {@link charge}. */
  spend(units: number): void {
    if (!this.active) return;
    this.#work += units;
    if (this.#work < UNITS) return;
    this.#account?.charge(PORTION * Math.floor(this.#work / UNITS));
    this.#work %= UNITS;
    this.look();
    if (this.pausing) this.#interrupted();
  }

  /** Looks at what does not depend on steps. Throws like {@link charge}. */
  look(): void {
    const now = this.#clock.now();
    const passed = now - this.#looked;
    this.#looked = now;
    if (passed > LONG) this.#interval = Math.max(1, this.#interval >> 1);
    else if (passed < SHORT) this.#interval = Math.min(CLOCK_PORTIONS, 2 * this.#interval);
    this.#untilClock = PORTION * this.#interval;
    this.#account?.look(now);
    if (now > this.deadline) this.#pause();
  }

  /** Whether the host wants its thread back before something can be compiled: then it gets it. */
  leavesNoTimeToCompile(): boolean {
    if (this.deadline === Infinity || this.#clock.now() <= this.deadline - COMPILATION) return false;
    this.#pause();
    this.over = true;
    return true;
  }

  /** Charges output. Throws like {@link charge}. */
  print(text: string): void {
    if (this.account?.limitsOutput === true) this.account.print(byteLength(text));
  }

  /** Charges so many bytes of output. Throws like {@link charge}. */
  printed(bytes: number): void {
    if (this.account?.limitsOutput === true) this.account.print(bytes);
  }
}

/** The length of a text in UTF-8. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit >= 0x80) bytes++;
  }
  return bytes;
}

function limit(message: string, amount: string): Condition {
  return new Condition("eval", message, { hint: `the limit of this runtime is ${amount}`, catchable: false });
}

/** What an aborted signal raises. */
export function interruption(): Condition {
  return new Condition("eval", "evaluation was interrupted", { hint: "its signal was aborted", catchable: false });
}
