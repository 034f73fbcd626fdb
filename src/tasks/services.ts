/** What the library asks of who runs the tasks. */
import type { Condition, Value } from "../data/mod.ts";
import type { TaskContext } from "./context.ts";
import type { AsyncPromise } from "./promise.ts";

/**
 * Tasks, for the library. What answers a {@link Value} for `await` may be a wait: the value is then that of
 * `(await …)` in the calling task, which lets other tasks go on.
 */
export interface TaskServices {
  /** The context of the running task. */
  readonly context: TaskContext;
  /** Starts a task that calls `thunk`; for `await`: its promise. */
  spawn(thunk: Value): Value;
  /** A promise that is settled, with a value or a condition. */
  settled(value: Value, condition: Condition | null): AsyncPromise;
  /** Requests the cancellation of a promise's task; for `await`: whether this was the first request. */
  cancel(promise: AsyncPromise): Value;
  /** For `await`: the value, after the tasks that are ready have had their turn. */
  turn(value: Value): Value;
  /** For `await`: the list of all values, or the failure that came first. */
  all(promises: readonly AsyncPromise[]): Value;
  /** For `await`: what the first to settle was settled with. */
  race(promises: readonly AsyncPromise[]): Value;
  /** For `await`: what the promise is settled with if it is in time, `late` otherwise. */
  timeout(milliseconds: number, promise: AsyncPromise, late: Condition): Value;
  /** For `await`: nil, in so many milliseconds. */
  sleep(milliseconds: number): Value;
  /** For `await`: nil, when all other tasks have ended or wait only for each other. */
  barrier(): Value;
  /** Whether the host goes on while the running task waits: not in a call that has to return its value. */
  readonly hostGoesOn: boolean;
  /**
   * For `await`: what the host answers. `start` is called at once, with a signal that is aborted when the task is
   * cancelled or the evaluation ends; a failure is raised as the host's failures are.
   */
  outside(start: (signal: AbortSignal) => PromiseLike<Value>): Value;
  /**
   * Sees to it that `release` is called when the running evaluation ends, however that is, or at once when it has ended, with
   * whether it has failed. The result takes that back.
   */
  atEnd(release: (failed: boolean) => void): () => void;
}
