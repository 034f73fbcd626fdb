/**
 * The values that tasks share and wait for: promises, channels, waits, timers, the context of a task. Imports nothing but
 * `data`: who runs the tasks is `runtime/scheduler.ts`; the library reaches it through {@link TaskServices}.
 */
export { Channel } from "./channel.ts";
export { hostTiming, Timers, type Timing } from "./timers.ts";
export { TaskContext } from "./context.ts";
export { AsyncPromise, type Owner, type State } from "./promise.ts";
export { type Entry, Queue } from "./queue.ts";
export type { TaskServices } from "./services.ts";
export { BLOCKED, Wait } from "./wait.ts";
