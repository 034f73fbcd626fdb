/**
 * What every tier runs on: tasks and their order, the stacks of those that wait, unwinding and what is done about it,
 * errors and traces, the depth of calls. Comes in: something to run, from the engine; what a task does next, from a tier
 * that has unwound. Goes out: values, conditions, and tasks that wait. It knows code as data; it runs nothing itself
 * and knows no tier.
 *
 * @module
 */
export { callArityError, lookUp, notCallable } from "./calls.ts";
export { CALL_WEIGHT, depthLimit, frameWeight, INTERPRETER_WEIGHT, STACK_SLOTS } from "./depth.ts";
export { addTrace, errorMap, reportedTrace, stackOverflow, toCondition, traceOperation } from "./errors.ts";
export { Evaluation, hostNeeded } from "./evaluation.ts";
export type { Pace } from "./execution.ts";
export { FrameBlock, HeapFrame, type HeapFrames } from "./heap_frames.ts";
export { HostFunction } from "./host_function.ts";
export { Scheduler, type SlicePace } from "./scheduler.ts";
export { Services } from "./services.ts";
export type { Frames, Step } from "./task.ts";
export { Unwinding } from "./unwinding.ts";
export { PROGRAM, type Role, roleOf, weightOf } from "./weights.ts";
