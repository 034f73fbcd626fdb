/**
 * Runs the tasks of one runtime. One task runs at a time, until it ends, waits or has used its slice of time; a task that
 * waits has its frames on the heap, so any number can wait at any depth of calls.
 *
 * The order, which programs rely on: one queue, first in first out. An operation that takes a *turn* moves its task to
 * the end of the queue; where nobody else is ready that changes nothing and costs nothing.
 */
import type { Unwind } from "../bytecode/mod.ts";
import { Condition, type Value } from "../data/mod.ts";
import { AsyncPromise, Queue, type State, TaskContext, Timers, type Timing, Wait } from "../tasks/mod.ts";
import { toCondition } from "./errors.ts";
import { Evaluation } from "./evaluation.ts";
import { type Pace, run, type Stepper } from "./execution.ts";
import { cancellation, ScheduledTask } from "./scheduled_task.ts";
import type { Step } from "./task.ts";

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

/** The tasks of one runtime; limits are kept account of by an `Account`. */
export class Scheduler<Account> {
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

  /** Begins an evaluation; `hostGoesOn`: while its tasks wait. */
  open(hostGoesOn: boolean): Evaluation {
    const evaluation = new Evaluation(hostGoesOn);
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

  /** Whether the host goes on while the running task waits. Below a task that is inside a function of the host, it does not. */
  get hostGoesOn(): boolean {
    return this.#running === 1 && this.current.evaluation.hostGoesOn;
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
    const step = task.takeStep();
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
    if (task.cancelled) this.settle(task.promise, "cancelled", null, cancellation());
    else this.settle(task.promise, state, value, condition);
  }

  /** Settles a promise of this runtime. */
  settle(promise: AsyncPromise, state: Exclude<State, "pending">, value: Value, condition: Condition | null): void {
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
      throw task.interruption();
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
    if (value.settled) return Wait.turn(value.value, value.failure());
    const wait = new Wait();
    const entry = value.watch(() => wait.settle(value.value, value.failure()));
    wait.release = () => value.unwatch(entry);
    return wait;
  }

  // --- Beginning and cancelling ------------------------------------------------------------------------------------------

  /** Starts a task that calls `thunk`; for `await`: its promise. */
  spawn(thunk: Value): Value {
    const parent = this.current;
    if (parent.cancelled) throw parent.interruption();
    this.#host.spawned();
    const { evaluation, account } = parent;
    // The main task ends with the evaluation: nobody has to know its children.
    const owner = parent.promise.owner === null ? null : parent;
    const from = { evaluation, account, context: parent.context.snapshot() };
    const task = new ScheduledTask(this.#host.call(thunk), from, owner, (cancelled) => this.#cancel(cancelled));
    task.promise.owner = task;
    if (owner !== null) (owner.children ??= new Set()).add(task);
    return Wait.turn(task.promise, null, () => this.#enqueue(task));
  }

  /** Requests the cancellation of a promise's task; for `await`: whether this was the first request. */
  cancel(promise: AsyncPromise): Value {
    const { owner } = promise;
    if (owner === null) return Wait.turn(false);
    // Tasks that clean up run after the one that cancels them has gone to the end of the queue.
    const first = owner.cancel();
    const later = this.#interrupted.splice(0);
    return Wait.turn(first, null, () => {
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
    task.step = { kind: "raise", condition: task.interruption() };
    this.#interrupted.push(task);
  }

  /** A promise that the host settles, whoever waits for it. */
  adopt(outside: PromiseLike<Value>): AsyncPromise {
    const promise = new AsyncPromise();
    this.#outside++;
    const settle = (value: Value, condition: Condition | null): void => {
      this.#outside--;
      this.settle(promise, condition === null ? "resolved" : "rejected", value, condition);
      if (this.#running === 0) this.#host.wake();
    };
    outside.then(
      (value) => settle(value, null),
      (reason: unknown) => settle(null, this.#host.failure(reason)),
    );
    return promise;
  }
}
