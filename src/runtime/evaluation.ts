/**
 * One program that the host asked to have run: its main task, what its tasks wait for, and how it ended. Tasks that its
 * end leaves behind never run again.
 */
import { Condition, type Value } from "../data/mod.ts";
import { type AsyncPromise, BLOCKED, Queue, type Wait } from "../tasks/mod.ts";

/** An evaluation. */
export class Evaluation {
  /** Whether the host goes on while its tasks wait. */
  readonly hostGoesOn: boolean;
  /** Tasks that are ready to run. */
  ready = 0;
  /** What timers and the host have yet to settle for its tasks. */
  readonly pending: Set<Wait> = new Set();
  /** Tasks that wait until all others have ended or wait for each other. */
  readonly barriers: Queue<Wait> = new Queue();
  /** The main task. */
  main: { readonly promise: AsyncPromise; readonly wait: Wait | null } | null = null;
  /** Why nothing of it may run any more: a limit, an interruption. */
  failure: Condition | null = null;
  /** Nothing of it runs any more. */
  over = false;
  /** What gives back what its tasks hold of the host. */
  readonly releases: Set<(failed: boolean) => void> = new Set();

  constructor(hostGoesOn: boolean = false) {
    this.hostGoesOn = hostGoesOn;
  }

  /** Whether the main task has ended and nothing that it started is ready, or all has been stopped. */
  get finished(): boolean {
    return this.failure !== null || (this.main?.promise.settled === true && this.ready === 0);
  }

  /** Whether it has stopped without a value: by an error, a limit, or because nothing could let it go on. */
  get failed(): boolean {
    return this.failure !== null || this.main?.promise.state !== "resolved";
  }

  /** Stops everything. The first reason counts. */
  stop(failure: Condition): void {
    this.failure ??= failure;
    this.end();
  }

  /** Lets go of timers and of the host. */
  end(): void {
    this.over = true;
    for (const wait of [...this.pending]) wait.abandon();
    for (const release of this.releases) release(this.failed);
    this.releases.clear();
  }

  /** The value of the main task. Throws what it failed with, or why it cannot end. */
  result(): Value {
    if (this.failure !== null) throw this.failure;
    const { promise, wait } = this.main ?? { promise: null, wait: null };
    if (promise === null || !promise.settled) throw endless(wait);
    if (promise.condition !== null) throw promise.condition;
    return promise.value;
  }
}

/** The error of a program whose main task waits for what nothing will settle. */
function endless(wait: Wait | null): Condition {
  const message = wait?.blocked ?? BLOCKED;
  return new Condition("eval", message, {
    hint: "every task waits for another one: nothing that still runs can let this one go on",
    catchable: false,
  });
}

/** The error of a program that has to wait where the host cannot let it. */
export function hostNeeded(): Condition {
  return new Condition("eval", "the program waits for a timer or for the host, which this call cannot do", {
    hint: "use evalAsync, which lets the host go on meanwhile",
    catchable: false,
  });
}
