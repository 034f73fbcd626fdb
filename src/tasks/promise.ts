/** Promises of tasks. They do not flatten, run nothing of the host, and a rejection that nobody awaits is nobody's. */
import { Condition, Opaque, remark, type Value } from "../data/mod.ts";
import { type Entry, Queue } from "./queue.ts";

/** Where a promise stands. Once settled it stays so. */
export type State = "pending" | "resolved" | "rejected" | "cancelled";

/** The task that settles a promise, as far as a promise knows it. */
export interface Owner {
  /** Requests its cancellation. False when that has been done before. */
  cancel(): boolean;
}

/** Lines of a trace that go on with a condition that is raised again; whole traces of deep recursions are long. */
const MOST_LINES = 1000;

/** The value of `(async …)`. */
export class AsyncPromise extends Opaque {
  override readonly typeName = "async-promise";
  state: State = "pending";
  value: Value = null;
  /** What it failed with, when rejected or cancelled. */
  condition: Condition | null = null;
  /** Promises settled earlier in the same runtime have smaller numbers. */
  order = 0;
  /** The task that settles it, while there is one that can be cancelled. */
  owner: Owner | null = null;
  /** Null while nobody has ever watched: most promises are not awaited by many. */
  #watchers: Queue<() => void> | null = null;

  override printed(): string {
    return "<async-promise>";
  }

  /** Whether it is settled. */
  get settled(): boolean {
    return this.state !== "pending";
  }

  /** Calls `changed` when it is settled, in the order of these calls. */
  watch(changed: () => void): Entry<() => void> {
    return (this.#watchers ??= new Queue()).push(changed);
  }

  /** Takes back a {@link watch}. */
  unwatch(entry: Entry<() => void>): void {
    this.#watchers?.remove(entry);
  }

  /** Settles it as the `order`-th one. The first time counts. */
  settle(state: Exclude<State, "pending">, value: Value, condition: Condition | null, order: number): void {
    if (this.settled) return;
    this.state = state;
    this.value = value;
    this.condition = condition;
    this.order = order;
    this.owner = null;
    const watchers = this.#watchers;
    if (watchers === null) return;
    for (let changed = watchers.shift(); changed !== undefined; changed = watchers.shift()) changed();
  }

  /** What awaiting it raises; null for one that is resolved. Each time a condition of its own with the same error map. */
  failure(): Condition | null {
    if (this.condition === null) return null;
    const { type, message, hint, extra, value, catchable, reraised, trace } = this.condition;
    const copy = new Condition(type, message, {
      hint: hint ?? undefined,
      extra: extra ?? undefined,
      value,
      catchable,
      reraised,
      original: this.condition.original ?? this.condition,
    });
    const lines = trace.lines().slice(0, MOST_LINES);
    for (const line of lines) copy.trace.add(line);
    // What the host has failed to do has no place of its own: who awaits it is all that there is to tell.
    if (lines.length > 0) copy.trace.add(remark("awaited by", false));
    return copy;
  }
}
