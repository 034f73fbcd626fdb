/**
 * Runs the tasks of one runtime. One task runs at a time, until it ends, waits or has used its slice of time; a task that
 * waits has its frames on the heap, so any number can wait at any depth of calls.
 *
 * The order (host reference §29.5): one queue, first in first out. An operation that takes a *turn* moves its task to the
 * end of the queue; where nobody else is ready that changes nothing and costs nothing.
 */
import type { Unwind } from "../bytecode/mod.ts";
import { Condition, keyword, listFrom, type Value } from "../data/mod.ts";
import {
  AsyncPromise,
  type Entry,
  type Owner,
  Queue,
  type State,
  TaskContext,
  type TaskServices,
  Timers,
  type Timing,
  Wait,
} from "../tasks/mod.ts";
import { toCondition } from "./errors.ts";
import { Evaluation } from "./evaluation.ts";
import { type Pace, run, type Stepper } from "./execution.ts";
import { type Step, Task } from "./task.ts";

/** What the scheduler needs from the runtime. */
export interface SchedulerHost<Account> {
  readonly clock: Timing;
  /** The machine that runs tasks. */
  stepper(): Stepper;
  readonly pace: SlicePace<Account>;
  /** Frames that a task may have waiting. */
  maxFrames(): number;
  /** The first step of a task that calls a function without arguments. */
  call(thunk: Value): Step;
  /** What a failure of the host raises. */
  failure(reason: unknown): Condition;
  /** There is more than one task from now on. */
  spawned(): void;
  /** A task became ready while none was running. */
  wake(): void;
}

/** The pace of tasks, and who is charged for them. */
export interface SlicePace<Account> extends Pace {
  /** What the task that is running is charged to; null: nobody limits it. */
  account: Account | null;
  /** A task begins or goes on: it has a whole slice. */
  begin(): void;
}

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
  attempts = 0;
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
}

/** The tasks of one runtime; limits are kept account of by an `Account`. */
export class Scheduler<Account> implements TaskServices {
  readonly timers: Timers;
  readonly #host: SchedulerHost<Account>;
  readonly #ready: Queue<ScheduledTask<Account>> = new Queue();
  readonly #evaluations: Set<Evaluation> = new Set();
  /** The context of main tasks: it outlives evaluations. */
  readonly #mainContext: TaskContext = new TaskContext();
  /** Promises that the host has yet to settle, whoever waits for them. */
  #outside = 0;
  #settlements = 0;
  /** Tasks that have to clean up after a cancellation, on their way to the queue. */
  readonly #interrupted: ScheduledTask<Account>[] = [];
  #running = 0;
  /** The task that is running; while {@link idle} it stands for none. */
  current: ScheduledTask<Account>;

  constructor(host: SchedulerHost<Account>) {
    this.#host = host;
    this.timers = new Timers(host.clock);
    const nobody = { evaluation: new Evaluation(), context: new TaskContext(), account: null };
    this.current = new ScheduledTask<Account>({ kind: "continue" }, nobody, null, () => {});
  }

  // --- Running -----------------------------------------------------------------------------------------------------------

  /** Begins an evaluation. */
  open(): Evaluation {
    const evaluation = new Evaluation();
    if (this.#evaluations.size === 0) this.#mainContext.close(1);
    this.#evaluations.add(evaluation);
    return evaluation;
  }

  /** Ends an evaluation. */
  close(evaluation: Evaluation): void {
    evaluation.end();
    this.#evaluations.delete(evaluation);
  }

  /** Runs a main task until it ends or waits; it goes before all others. */
  start(step: Step, evaluation: Evaluation, account: Account | null): AsyncPromise {
    const task = new ScheduledTask(step, { evaluation, context: this.#mainContext, account }, null, () => {});
    evaluation.main = task;
    this.#run(task);
    return task.promise;
  }

  /** Runs a step as a task of the evaluation that is running, before all others, until it ends or waits. */
  startInside(step: Step): AsyncPromise {
    const evaluation = this.idle ? new Evaluation() : this.current.evaluation;
    const { context } = this.current;
    const { account } = this.#host.pace;
    const task = new ScheduledTask(step, { evaluation, context, account }, null, () => {}, !this.idle);
    this.#run(task);
    return task.promise;
  }

  /** Runs tasks until `done` says so, none is ready, or the host wants its thread back: at the deadline, or when `over`. */
  drive(
    done: () => boolean,
    deadline: number = Infinity,
    over: () => boolean = () => false,
  ): "done" | "idle" | "slice" {
    for (;;) {
      if (done()) return "done";
      if (over()) return "slice";
      const task = this.#next();
      if (task === undefined) return "idle";
      this.#run(task);
      if (deadline !== Infinity && this.#host.clock.now() >= deadline) {
        this.timers.fireDue();
        return done() ? "done" : "slice";
      }
    }
  }

  /** Whether a timer or the host may make a task ready. */
  get expecting(): boolean {
    return this.#outside > 0 || this.timers.next !== Infinity;
  }

  /** Whether no task is running. */
  get idle(): boolean {
    return this.#running === 0;
  }

  /** Whether a task is ready. */
  get busy(): boolean {
    return this.#ready.size > 0;
  }

  #next(): ScheduledTask<Account> | undefined {
    let task = this.#ready.shift();
    if (task === undefined) {
      this.timers.fireDue();
      if (this.#ready.size === 0) { for (const evaluation of this.#evaluations) this.#releaseBarriers(evaluation); }
      task = this.#ready.shift();
    }
    if (task === undefined) return undefined;
    task.entry = null;
    task.evaluation.ready--;
    return task;
  }

  #releaseBarriers({ barriers, ready, pending }: Evaluation): void {
    if (barriers.size === 0 || ready > 0 || pending.size > 0) return;
    for (let wait = barriers.shift(); wait !== undefined; wait = barriers.shift()) wait.settle(null);
  }

  #run(task: ScheduledTask<Account>): void {
    const { evaluation } = task;
    if (evaluation.over) return;
    const { pace } = this.#host;
    const outer = this.current;
    const step = nextStep(task);
    const payer = pace.account;
    this.current = task;
    this.#running++;
    task.running = true;
    pace.account = task.account;
    pace.begin();
    try {
      const outcome = run(this.#host.stepper(), task, step, this.#host.maxFrames(), pace);
      task.running = false;
      switch (outcome.kind) {
        case "done":
          this.#end(task, "resolved", outcome.value, null);
          break;
        case "waits":
          this.#park(task, outcome.wait);
          break;
        case "paused":
          task.step = outcome.step;
          this.#enqueue(task);
          break;
        default:
          outcome satisfies never;
      }
    } catch (thrown) {
      this.#failed(task, toCondition(thrown));
    } finally {
      this.current = outer;
      this.#running--;
      task.running = false;
      pace.account = payer;
    }
    this.#releaseBarriers(evaluation);
  }

  #failed(task: ScheduledTask<Account>, condition: Condition): void {
    this.#end(task, "rejected", null, condition);
    // A limit or an interruption: whatever the program does about it, it ends. Where a function of the host has called
    // back, that is told first; if the limit is one of the program's, it will meet it again.
    if (!condition.catchable && condition.type !== "cancelled" && !task.calledBack) task.evaluation.stop(condition);
  }

  #end(task: ScheduledTask<Account>, state: "resolved" | "rejected", value: Value, condition: Condition | null): void {
    task.parent?.children?.delete(task);
    task.children = null;
    if (task.cancelled) this.#settle(task.promise, "cancelled", null, cancellation());
    else this.#settle(task.promise, state, value, condition);
  }

  #settle(promise: AsyncPromise, state: Exclude<State, "pending">, value: Value, condition: Condition | null): void {
    promise.settle(state, value, condition, ++this.#settlements);
  }

  #park(task: ScheduledTask<Account>, wait: Wait): void {
    task.wait = wait;
    if (wait.settled) {
      this.#enqueue(task);
      // What the turn lets run comes after its task.
      wait.wake?.();
    } else wait.wake = () => this.#enqueue(task);
  }

  #enqueue(task: ScheduledTask<Account>): void {
    if (task.evaluation.over || task.entry !== null) return;
    task.entry = this.#ready.push(task);
    task.evaluation.ready++;
    if (this.#running === 0) this.#host.wake();
  }

  /** The value of `(await value)`; starts unwinding when it is not there yet; throws what the wait failed with. */
  await(value: Value): Value | Unwind {
    const wait = this.#wait(value);
    if (wait === null) return value;
    const task = this.current;
    if (wait.settled && !wait.turn) {
      if (wait.condition !== null) throw wait.condition;
      return wait.value;
    }
    if (task.cancelled) {
      wait.abandon();
      if (wait.settled) wait.wake?.();
      throw cancellation(++task.attempts < MOST_ATTEMPTS);
    }
    if (!wait.settled || this.busy) return this.#host.stepper().unwinding.start({ kind: "await", wait });
    wait.wake?.();
    if (wait.condition !== null) throw wait.condition;
    return wait.value;
  }

  /** The same where nothing can be unwound: others run inside of this call. */
  awaitHere(value: Value): Value {
    const wait = this.#wait(value);
    if (wait === null) return value;
    if (wait.settled) wait.wake?.();
    this.drive(() => wait.settled);
    if (!wait.settled) {
      wait.abandon();
      throw new Condition("eval", wait.blocked, { catchable: false });
    }
    if (wait.condition !== null) throw wait.condition;
    return wait.value;
  }

  #wait(value: Value): Wait | null {
    if (value instanceof Wait) return value;
    if (!(value instanceof AsyncPromise)) return null;
    if (value.settled) return this.#turn(value.value, value.failure());
    const wait = new Wait();
    const entry = value.watch(() => wait.settle(value.value, value.failure()));
    wait.release = () => value.unwatch(entry);
    return wait;
  }

  // --- What the library asks for -----------------------------------------------------------------------------------------

  get context(): TaskContext {
    return this.current.context;
  }

  #turn(value: Value, condition: Condition | null = null, then: (() => void) | null = null): Wait {
    const wait = Wait.over(value, condition);
    wait.turn = true;
    wait.wake = then;
    return wait;
  }

  turn(value: Value): Value {
    return this.#turn(value);
  }

  spawn(thunk: Value): Value {
    const parent = this.current;
    if (parent.cancelled) throw cancellation(++parent.attempts < MOST_ATTEMPTS);
    this.#host.spawned();
    const { evaluation, account } = parent;
    // The main task ends with the evaluation: nobody has to know its children.
    const owner = parent.promise.owner === null ? null : parent;
    const from = { evaluation, account, context: parent.context.snapshot() };
    const task = new ScheduledTask(this.#host.call(thunk), from, owner, (cancelled) => this.#cancel(cancelled));
    task.promise.owner = task;
    if (owner !== null) (owner.children ??= new Set()).add(task);
    return this.#turn(task.promise, null, () => this.#enqueue(task));
  }

  settled(value: Value, condition: Condition | null): AsyncPromise {
    const promise = new AsyncPromise();
    this.#settle(promise, condition === null ? "resolved" : "rejected", value, condition);
    return promise;
  }

  cancel(promise: AsyncPromise): Value {
    const { owner } = promise;
    if (owner === null) return this.#turn(false);
    // Tasks that clean up run after the one that cancels them has gone to the end of the queue.
    const first = owner.cancel();
    const later = this.#interrupted.splice(0);
    return this.#turn(first, null, () => {
      for (const task of later) this.#enqueue(task);
    });
  }

  /** Cancels a task and, since they are its own, the tasks that it has spawned. */
  #cancel(task: ScheduledTask<Account>): void {
    const all = [task];
    for (let i = 0; i < all.length; i++) {
      const next = all[i] as ScheduledTask<Account>;
      if (next.cancelled) continue;
      next.cancelled = true;
      for (const child of next.children ?? []) all.push(child);
      if (!next.running) this.#interrupt(next);
    }
  }

  #interrupt(task: ScheduledTask<Account>): void {
    if (task.entry !== null) {
      this.#ready.remove(task.entry);
      task.entry = null;
      task.evaluation.ready--;
    }
    if (task.wait !== null) {
      task.wait.wake = null;
      task.wait.abandon();
      task.wait = null;
    }
    if (task.isEmpty()) return this.#end(task, "rejected", null, null);
    task.attempts++;
    task.step = { kind: "raise", condition: cancellation() };
    this.#interrupted.push(task);
  }

  all(promises: readonly AsyncPromise[]): Value {
    const failed = earliest(promises.filter(({ condition }) => condition !== null));
    if (failed !== null) return this.#turn(null, failed.failure());
    const values = (): Value => listFrom(promises.map(({ value }) => value));
    const open = [...new Set(promises.filter(({ settled }) => !settled))];
    if (open.length === 0) return this.#turn(values());
    let left = open.length;
    return this.#watching(open, (wait, promise) => {
      if (promise.condition !== null) wait.settle(null, promise.failure());
      else if (--left === 0) wait.settle(values());
    });
  }

  race(promises: readonly AsyncPromise[]): Value {
    const first = earliest(promises.filter(({ settled }) => settled));
    if (first !== null) return this.#turn(first.value, first.failure());
    return this.#watching(promises, (wait, promise) => wait.settle(promise.value, promise.failure()));
  }

  timeout(milliseconds: number, promise: AsyncPromise, late: Condition): Value {
    if (promise.settled) return this.#turn(promise.value, promise.failure());
    const wait = this.#watching([promise], (wait) => wait.settle(promise.value, promise.failure()));
    return this.#timed(wait, milliseconds, () => wait.settle(null, late));
  }

  sleep(milliseconds: number): Value {
    const wait = new Wait();
    return this.#timed(wait, milliseconds, () => wait.settle(null));
  }

  barrier(): Value {
    const { evaluation } = this.current;
    const wait = new Wait();
    const entry = evaluation.barriers.push(wait);
    wait.release = () => evaluation.barriers.remove(entry);
    return wait;
  }

  outside(start: (signal: AbortSignal) => PromiseLike<Value>): Value {
    const controller = new AbortController();
    const wait = new Wait();
    const promise = this.#adopt(start(controller.signal));
    const entry = promise.watch(() => wait.settle(promise.value, promise.failure()));
    wait.release = () => {
      promise.unwatch(entry);
      if (!promise.settled) controller.abort();
    };
    return this.#pending(wait);
  }

  atEnd(release: () => void): () => void {
    const { releases, over } = this.current.evaluation;
    if (over) release();
    else releases.add(release);
    return () => void releases.delete(release);
  }

  /** A promise that the host settles. */
  adopt(outside: PromiseLike<Value>): AsyncPromise {
    const promise = this.#adopt(outside);
    if (this.#running === 0) return promise;
    const wait = new Wait();
    const entry = promise.watch(() => wait.settle(null));
    wait.release = () => promise.unwatch(entry);
    this.#pending(wait);
    return promise;
  }

  #adopt(outside: PromiseLike<Value>): AsyncPromise {
    const promise = new AsyncPromise();
    this.#outside++;
    const settle = (value: Value, condition: Condition | null): void => {
      this.#outside--;
      this.#settle(promise, condition === null ? "resolved" : "rejected", value, condition);
      if (this.#running === 0) this.#host.wake();
    };
    outside.then(
      (value) => settle(value, null),
      (reason: unknown) => settle(null, this.#host.failure(reason)),
    );
    return promise;
  }

  /** A wait that each of some promises tells when it is settled. */
  #watching(promises: readonly AsyncPromise[], settled: (wait: Wait, promise: AsyncPromise) => void): Wait {
    const wait = new Wait();
    const entries = promises.map((promise) => promise.watch(() => settled(wait, promise)));
    wait.release = () => promises.forEach((promise, i) => promise.unwatch(entries[i] as Entry<() => void>));
    return wait;
  }

  #timed(wait: Wait, milliseconds: number, late: () => void): Wait {
    const timer = this.timers.start(milliseconds, late);
    const { release } = wait;
    wait.release = () => {
      this.timers.stop(timer);
      release?.();
    };
    return this.#pending(wait);
  }

  /** Notes that a timer or the host will settle a wait of the task that is running. */
  #pending(wait: Wait): Wait {
    const { pending } = this.current.evaluation;
    const { release } = wait;
    pending.add(wait);
    wait.release = () => {
      pending.delete(wait);
      release?.();
    };
    return wait;
  }
}

function nextStep<Account>(task: ScheduledTask<Account>): Step {
  const { step, wait } = task;
  task.step = task.wait = null;
  if (step !== null) return step;
  if (wait === null) throw new Error("a task runs that nothing has made ready");
  return wait.condition === null ? { kind: "resume", value: wait.value } : { kind: "raise", condition: wait.condition };
}

function earliest(promises: readonly AsyncPromise[]): AsyncPromise | null {
  return promises.reduce<AsyncPromise | null>(
    (first, promise) => first === null || promise.order < first.order ? promise : first,
    null,
  );
}

/** What awaiting a cancelled task raises, and what a cancelled task meets where it waits. */
function cancellation(catchable: boolean = true): Condition {
  const extra = { reason: keyword("explicit") };
  return new Condition("cancelled", "async/await: awaited task was cancelled", { extra, catchable });
}
