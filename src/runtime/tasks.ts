/**
 * Tasks of one runtime and the promises they settle. One task runs at a time, until it ends or waits; a task that waits
 * has its frames on the heap, so any number can wait at any depth of calls.
 */
import { Condition, Opaque, type Value } from "../data/mod.ts";
import type { Closure, Unwind } from "../bytecode/mod.ts";
import { toCondition } from "./errors.ts";
import { caught, run, type Stepper } from "./execution.ts";
import { type Step, Task } from "./task.ts";

/** The value of `(async …)`: settled once, with a value or a condition. */
export class AsyncPromise extends Opaque {
  override readonly typeName = "async-promise";
  value: Value = null;
  condition: Condition | null = null;
  settled = false;
  /** What to do when it is settled. */
  waiting: (() => void)[] = [];

  override printed(): string {
    return "<async-promise>";
  }

  /** Settles it. The first time counts. */
  settle(value: Value, condition: Condition | null): void {
    if (this.settled) return;
    this.value = value;
    this.condition = condition;
    this.settled = true;
    for (const wake of this.waiting) wake();
    this.waiting = [];
  }
}

interface Ready {
  readonly task: Task;
  /** The first step of the task, or the value of one that is run by other means. */
  readonly step: () => Step | { readonly kind: "done"; readonly value: Value };
  readonly promise: AsyncPromise;
}

/** The tasks of one runtime. */
export class TaskQueue {
  readonly #stepper: Stepper;
  readonly #maxFrames: number;
  readonly #ready: Ready[] = [];
  /** Promises that the host has yet to settle. */
  #outside = 0;
  #wake: (ready: boolean) => void = () => {};
  /** Tasks that are running, one called back from inside of the other. */
  #running = 0;
  /** The task that is running. */
  current: Task = new Task();

  constructor(stepper: Stepper, maxFrames: number) {
    this.#stepper = stepper;
    this.#maxFrames = maxFrames;
  }

  /** Makes a task that calls a closure, to be run when its turn comes. */
  spawn(closure: Closure, args: readonly Value[] = []): AsyncPromise {
    const promise = new AsyncPromise();
    this.#ready.push({ task: new Task(), step: () => ({ kind: "call", closure, args }), promise });
    return promise;
  }

  /** Makes a task that is run by calling `run`, when its turn comes or `first` of all. It cannot wait. */
  defer(run: () => Value, first = false): AsyncPromise {
    const promise = new AsyncPromise();
    const ready: Ready = { task: new Task(), step: () => ({ kind: "done", value: run() }), promise };
    if (first) this.#ready.unshift(ready);
    else this.#ready.push(ready);
    return promise;
  }

  /** The value of a promise; starts unwinding the current task when there is none yet. Anything else is its own value. */
  await(value: Value): Value | Unwind {
    if (!(value instanceof AsyncPromise)) return value;
    if (!value.settled) return this.#stepper.unwinding.start({ kind: "await", promise: value });
    if (value.condition !== null) throw again(value.condition);
    return value.value;
  }

  /** Calls a closure at once as a task of its own. The promise is settled unless it waits. */
  start(closure: Closure, args: readonly Value[]): AsyncPromise {
    const promise = new AsyncPromise();
    this.#run({ task: new Task(this.#running > 0), step: () => ({ kind: "call", closure, args }), promise });
    return promise;
  }

  /** Runs ready tasks until the promise is settled or none is ready. Without a promise: all of them. */
  drive(promise: AsyncPromise | null): void {
    while (promise === null || !promise.settled) {
      const next = this.#ready.shift();
      if (next === undefined) return;
      this.#run(next);
    }
  }

  /** Waits for the host until a task is ready. False: none ever will be. */
  wakened(): Promise<boolean> {
    if (this.#ready.length > 0) return Promise.resolve(true);
    if (this.#outside === 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** A promise that the host settles; `failure` says what its rejection raises. */
  adopt(outside: PromiseLike<Value>, failure: (reason: unknown) => Condition): AsyncPromise {
    const promise = new AsyncPromise();
    this.#outside++;
    const settle = (value: Value, condition: Condition | null): void => {
      this.#outside--;
      promise.settle(value, condition);
      this.#wake(true);
    };
    outside.then((value) => settle(value, null), (reason: unknown) => settle(null, failure(reason)));
    return promise;
  }

  #run({ task, step, promise }: Ready): void {
    const outer = this.current;
    this.current = task;
    this.#running++;
    try {
      const next = step();
      const outcome = next.kind === "done" ? next : run(this.#stepper, task, next, this.#maxFrames);
      if ("value" in outcome) promise.settle(outcome.value, null);
      else this.#park(task, outcome.waitsFor, promise);
    } catch (thrown) {
      promise.settle(null, toCondition(thrown));
    } finally {
      this.#running--;
      this.current = outer;
    }
  }

  #park(task: Task, waitsFor: Value, promise: AsyncPromise): void {
    if (!(waitsFor instanceof AsyncPromise)) throw new TypeError("a task waits for something that is no promise");
    waitsFor.waiting.push(() => {
      const { condition, value } = waitsFor;
      const step = (): Step => condition === null ? { kind: "resume", value } : caught(task, again(condition));
      this.#ready.push({ task, step, promise });
    });
  }
}

/** The condition of a failed promise as raised in a task that waits for it: same error, trace of its own. */
function again(condition: Condition): Condition {
  const { type, message, hint, extra, value, catchable, reraised } = condition;
  const copy = new Condition(type, message, {
    hint: hint ?? undefined,
    extra: extra ?? undefined,
    value,
    catchable,
    reraised,
  });
  return copy;
}
