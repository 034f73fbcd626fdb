/**
 * What the library asks of the scheduler: tasks, and waits for promises, for time and for the host. Each wait that a timer
 * or the host has to settle is noted with the evaluation whose task waits, and given up when that ends.
 */
import { type Condition, listFrom, type Value } from "../data/mod.ts";
import { AsyncPromise, type Entry, type TaskContext, type TaskServices, Wait } from "../tasks/mod.ts";
import type { Scheduler } from "./scheduler.ts";

/** The scheduler, for the library. */
export class Services<Account> implements TaskServices {
  readonly #scheduler: Scheduler<Account>;

  constructor(scheduler: Scheduler<Account>) {
    this.#scheduler = scheduler;
  }

  get context(): TaskContext {
    return this.#scheduler.current.context;
  }

  get hostGoesOn(): boolean {
    return this.#scheduler.hostGoesOn;
  }

  spawn(thunk: Value): Value {
    return this.#scheduler.spawn(thunk);
  }

  cancel(promise: AsyncPromise): Value {
    return this.#scheduler.cancel(promise);
  }

  turn(value: Value): Value {
    return Wait.turn(value);
  }

  settled(value: Value, condition: Condition | null): AsyncPromise {
    const promise = new AsyncPromise();
    this.#scheduler.settle(promise, condition === null ? "resolved" : "rejected", value, condition);
    return promise;
  }

  all(promises: readonly AsyncPromise[]): Value {
    const failed = earliest(promises.filter(({ condition }) => condition !== null));
    if (failed !== null) return Wait.turn(null, failed.failure());
    const values = (): Value => listFrom(promises.map(({ value }) => value));
    const open = [...new Set(promises.filter(({ settled }) => !settled))];
    if (open.length === 0) return Wait.turn(values());
    let left = open.length;
    return this.#watching(open, (wait, promise) => {
      if (promise.condition !== null) wait.settle(null, promise.failure());
      else if (--left === 0) wait.settle(values());
    });
  }

  race(promises: readonly AsyncPromise[]): Value {
    const first = earliest(promises.filter(({ settled }) => settled));
    if (first !== null) return Wait.turn(first.value, first.failure());
    return this.#watching(promises, (wait, promise) => wait.settle(promise.value, promise.failure()));
  }

  timeout(milliseconds: number, promise: AsyncPromise, late: Condition): Value {
    if (promise.settled) return Wait.turn(promise.value, promise.failure());
    const wait = this.#watching([promise], (wait) => wait.settle(promise.value, promise.failure()));
    return this.#timed(wait, milliseconds, () => wait.settle(null, late));
  }

  sleep(milliseconds: number): Value {
    const wait = new Wait();
    return this.#timed(wait, milliseconds, () => wait.settle(null));
  }

  barrier(): Value {
    const { evaluation } = this.#scheduler.current;
    const wait = new Wait();
    const entry = evaluation.barriers.push(wait);
    wait.release = () => evaluation.barriers.remove(entry);
    return wait;
  }

  outside(start: (signal: AbortSignal) => PromiseLike<Value>): Value {
    const controller = new AbortController();
    const wait = new Wait();
    const promise = this.#scheduler.adopt(start(controller.signal));
    const entry = promise.watch(() => wait.settle(promise.value, promise.failure()));
    wait.release = () => {
      promise.unwatch(entry);
      if (!promise.settled) controller.abort();
    };
    return this.#pending(wait);
  }

  atEnd(release: (failed: boolean) => void): () => void {
    const { releases, over, failed } = this.#scheduler.current.evaluation;
    if (over) release(failed);
    else releases.add(release);
    return () => void releases.delete(release);
  }

  /** A promise that the host settles. */
  adopt(outside: PromiseLike<Value>): AsyncPromise {
    const promise = this.#scheduler.adopt(outside);
    if (this.#scheduler.idle) return promise;
    const wait = new Wait();
    const entry = promise.watch(() => wait.settle(null));
    wait.release = () => promise.unwatch(entry);
    this.#pending(wait);
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
    const timer = this.#scheduler.timers.start(milliseconds, late);
    const { release } = wait;
    wait.release = () => {
      this.#scheduler.timers.stop(timer);
      release?.();
    };
    return this.#pending(wait);
  }

  /** Notes that a timer or the host will settle a wait of the task that is running. */
  #pending(wait: Wait): Wait {
    const { pending } = this.#scheduler.current.evaluation;
    const { release } = wait;
    pending.add(wait);
    wait.release = () => {
      pending.delete(wait);
      release?.();
    };
    return wait;
  }
}

function earliest(promises: readonly AsyncPromise[]): AsyncPromise | null {
  return promises.reduce<AsyncPromise | null>(
    (first, promise) => first === null || promise.order < first.order ? promise : first,
    null,
  );
}
