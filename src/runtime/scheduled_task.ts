/**
 * A task among others: what it does next or waits for, who is charged for it, what it has spawned, and what it meets once
 * it is cancelled. When it runs is up to the scheduler.
 */
import { Condition, keyword } from "../data/mod.ts";
import { AsyncPromise, type Entry, type Owner, type TaskContext, type Wait } from "../tasks/mod.ts";
import type { Evaluation } from "./evaluation.ts";
import { type Step, Task } from "./task.ts";

/** Cleanup that goes on waiting after a cancellation is ended for good after so many attempts. */
const MOST_ATTEMPTS = 100;

/** A task among others. */
export class ScheduledTask<Account> extends Task implements Owner {
  readonly promise: AsyncPromise = new AsyncPromise();
  readonly evaluation: Evaluation;
  readonly context: TaskContext;
  /** What its work is charged to. */
  readonly account: Account | null;
  /** Tasks that it has spawned and that have not ended; null while there are none. */
  children: Set<ScheduledTask<Account>> | null = null;
  readonly parent: ScheduledTask<Account> | null;
  /** A function of the host waits for it. */
  readonly calledBack: boolean;
  /** What it does next; null when it waits. */
  step: Step | null;
  wait: Wait | null = null;
  /** Its place among the tasks that are ready. */
  entry: Entry<ScheduledTask<Account>> | null = null;
  cancelled = false;
  /** It is on the host's stack; below another one, where a function of the host lies between them. */
  running = false;
  /** Suspension points that it has met since it was cancelled. */
  #attempts = 0;
  readonly #cancel: (task: ScheduledTask<Account>) => void;

  constructor(
    step: Step,
    from: Pick<ScheduledTask<Account>, "evaluation" | "context" | "account">,
    parent: ScheduledTask<Account> | null,
    cancel: (task: ScheduledTask<Account>) => void,
    calledBack = false,
  ) {
    super(calledBack);
    this.calledBack = calledBack;
    this.step = step;
    this.evaluation = from.evaluation;
    this.context = from.context;
    this.account = from.account;
    this.parent = parent;
    this.#cancel = cancel;
  }

  /** Requests its cancellation. False when that has been done before. */
  cancel(): boolean {
    if (this.cancelled) return false;
    this.#cancel(this);
    return true;
  }

  /** Takes what it does next. */
  takeStep(): Step {
    const { step, wait } = this;
    this.step = this.wait = null;
    if (step !== null) return step;
    if (wait === null) throw new Error("a task runs that nothing has made ready");
    return wait.condition === null
      ? { kind: "resume", value: wait.value }
      : { kind: "raise", condition: wait.condition };
  }

  /** What it meets at a suspension point since it was cancelled; cleanup that goes on waiting is ended for good. */
  interruption(): Condition {
    return cancellation(++this.#attempts < MOST_ATTEMPTS);
  }
}

/** What awaiting a cancelled task raises, and what a cancelled task meets where it waits. */
export function cancellation(catchable: boolean = true): Condition {
  const extra = { reason: keyword("explicit") };
  return new Condition("cancelled", "async/await: awaited task was cancelled", { extra, catchable });
}
