/**
 * The host's way in: each call by the host is one evaluation, or part of the one that is running, with an account of
 * what it may use; conditions leave as errors of the host.
 *
 * Invariant: whatever the host calls, and however that ends, the meter and the machine are afterwards as they were.
 */
import type { Gradual } from "../core/mod.ts";
import { forgetTexts, type Value } from "../data/mod.ts";
import { hostNeeded, type Scheduler, type Step, toCondition } from "../runtime/mod.ts";
import type { AsyncPromise, Timing } from "../tasks/mod.ts";
import type { Machine } from "../vm/mod.ts";
import { type AsyncOptions, type EvalOptions, type Limits, SemaError } from "./api.ts";
import { semaError } from "./failures.ts";
import type { Help } from "./help.ts";
import { HostLoop } from "./host_loop.ts";
import { Account, interruption, type Meter } from "./meter.ts";

/** Milliseconds between two looks at timers while tasks are busy and the host is not asked. */
const TIMER_INTERVAL = 100;

/** What evaluations need from the runtime. */
export interface EvaluationsHost {
  readonly clock: Timing;
  readonly tasks: Scheduler<Account>;
  readonly meter: Meter;
  /** What the runtime allows each evaluation that is not part of another one. */
  readonly limits: Limits;
  readonly heapUsed: (() => number) | undefined;
  /** Frames where no limit says otherwise. */
  readonly depth: number;
  readonly machine: () => Machine;
  readonly help: () => Help;
  /** An error leaves the outermost evaluation. */
  readonly failed: () => void;
  /** What was printed is to arrive. */
  readonly flush: () => void;
}

/** The evaluations of one runtime. */
export class Evaluations {
  readonly #host: EvaluationsHost;
  readonly #loop: HostLoop;
  /** Evaluations that are running, one inside the other. */
  #nesting = 0;

  constructor(host: EvaluationsHost) {
    this.#host = host;
    const { clock, tasks, meter, flush } = host;
    this.#loop = new HostLoop({ clock, scheduler: tasks, meter, outermost: (run) => this.outermost(run), flush });
  }

  /** Runs something for the host: conditions become errors of the host. */
  outermost<T>(run: () => T, options: EvalOptions = {}): T {
    const { meter } = this.#host;
    const payer = meter.account;
    const { deadline } = meter;
    if (this.#nesting > 0) meter.deadline = Infinity;
    this.#nesting++;
    const machine = this.#host.machine();
    const { level } = machine;
    machine.level = 0;
    try {
      if (payer === null || options.limits !== undefined || options.signal !== undefined) {
        meter.account = this.#account(options);
      }
      return run();
    } catch (error) {
      if (this.#nesting === 1) this.#host.failed();
      throw error instanceof SemaError ? error : semaError(toCondition(error), this.#host.help());
    } finally {
      machine.level = level;
      machine.rest();
      meter.deadline = deadline;
      meter.account = payer;
      if (--this.#nesting === 0) forgetTexts();
    }
  }

  /** Runs a step as a task: inside of the one that is running, or as an evaluation of its own. */
  perform(step: Step): Value {
    const { tasks, meter } = this.#host;
    if (!tasks.idle) {
      const promise = tasks.startInside(step);
      this.#drive(() => promise.settled);
      return this.#result(promise);
    }
    const evaluation = tasks.open(false);
    try {
      tasks.start(step, evaluation, meter.account);
      this.#drive(() => evaluation.finished);
      if (!evaluation.finished && tasks.expecting) throw hostNeeded();
      return evaluation.result();
    } finally {
      tasks.close(evaluation);
    }
  }

  /** Runs tasks until `done` says so or the host would be needed. */
  #drive(done: () => boolean): void {
    const { tasks, clock } = this.#host;
    while (tasks.drive(done, clock.now() + TIMER_INTERVAL) === "slice");
  }

  /** How a task that runs inside of another one has ended. */
  #result(promise: AsyncPromise): Value {
    if (promise.condition !== null) throw promise.condition;
    if (promise.settled) return promise.value;
    throw hostNeeded();
  }

  /** Prepares and runs a main task on the host's event loop. */
  async carryOn(preparing: Gradual<Step>, options: AsyncOptions): Promise<Value> {
    const { signal, polite = signal !== undefined } = options;
    const account = this.outermost(() => this.#account(options, null));
    const { tasks, meter } = this.#host;
    const evaluation = tasks.open(true);
    if (polite) meter.activate();
    try {
      await this.#loop.run({ evaluation, account, polite, signal, preparing });
      return this.outermost(() => evaluation.result());
    } finally {
      tasks.close(evaluation);
    }
  }

  /** A task is ready, or an evaluation has been stopped. */
  wake(): void {
    this.#loop.wake();
  }

  /** What an evaluation may use: what the runtime allows and, where it is part of another one, what that has left. */
  #account({ limits = {}, signal }: EvalOptions, outer: Account | null = this.#host.meter.account): Account {
    const { clock, heapUsed, depth, meter } = this.#host;
    const account = new Account(outer === null ? stricter(this.#host.limits, limits) : limits, signal, {
      now: clock.now(),
      heapUsed,
      depth,
      outer,
    });
    if (signal?.aborted === true) throw interruption();
    if (account.counts) meter.activate();
    return account;
  }
}

/** The smaller of each limit. */
function stricter(a: Limits, b: Limits): Limits {
  const result: { -readonly [K in keyof Limits]: Limits[K] } = { ...a };
  for (const key of Object.keys(b) as (keyof Limits)[]) {
    const limit = b[key];
    if (limit !== undefined) result[key] = Math.min(limit, a[key] ?? Infinity);
  }
  return result;
}
