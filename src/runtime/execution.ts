/**
 * The base of every run: calls a procedure, and whenever the stack comes back unwound, keeps the saved frames, performs
 * the action, and goes on with the innermost frame, until the outermost has returned. A run is a {@link Task}; tasks
 * that wait, or have run for long, let others go on.
 */
import { Passage } from "../builtins/control/passage.ts";
import type { Code, Handler, Unwind } from "../bytecode/mod.ts";
import { UNWIND } from "../bytecode/mod.ts";
import type { Condition, Value } from "../data/mod.ts";
import { addTrace, errorMap, stackOverflow, toCondition } from "./errors.ts";
import type { Wait } from "../tasks/mod.ts";
import type { Frames, Step, Task } from "./task.ts";
import { HeapFrame, type HeapFrames } from "./heap_frames.ts";
import type { UnwindAction, Unwinding } from "./unwinding.ts";

/** What the base needs from the machine. */
export interface Stepper {
  readonly unwinding: Unwinding;
  /** Height of the host's stack where a run begins. */
  readonly depth: number;
  /** The height at which nothing may begin any more. */
  readonly depthLimit: number;
  /** Goes on with frames of the heap. */
  resume(frames: Frames, value: Value, depth: number): Value | Unwind;
  /** Goes on with a heap frame at its pc. */
  leave(frame: HeapFrame, depth: number): Value | Unwind;
}

/** How a task stopped for now. */
export type Outcome =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "waits"; readonly wait: Wait }
  /** It could go on at once, with this step. */
  | { readonly kind: "paused"; readonly step: Step };

/** Whether a task that could go on shall let others go on first. */
export interface Pace {
  readonly pausing: boolean;
  /** So many frames of the heap have returned, which count no steps but take their time. */
  returned(frames: number): void;
  /** Whether calls and rounds are counted. */
  readonly active: boolean;
}

/** Frames that go on together at most. */
const MOST_TOGETHER = 64;
/** Functions of the host that an error passes, each in some microseconds, before others may run. */
const MOST_PASSED = 256;

/**
 * Runs a task until it is done, waits or pauses. Throws the condition that it fails with. More than `maxFrames` waiting
 * frames are a stack overflow of the program.
 */
export function run(stepper: Stepper, task: Task, first: Step, maxFrames: number, pace: Pace): Outcome {
  // A run inside a run of the host's has only what is left of the stack; postponed calls would find no more at its base.
  if (stepper.depth > stepper.depthLimit) throw stackOverflow();
  let step = first;
  // While results go from frame to frame it is cheaper to have several of them on the stack at once.
  let together = 1;
  for (;;) {
    if (step.kind === "raise") {
      step = caught(task, step.condition);
      if (step.kind !== "raise") continue;
      try {
        pace.returned(MOST_PASSED);
      } catch (thrown) {
        step = { kind: "raise", condition: toCondition(thrown) };
      }
      if (pace.pausing) return { kind: "paused", step };
      continue;
    }
    // Nothing is left but to return the value of a tail call.
    if (step.kind === "resume" && task.isEmpty()) return { kind: "done", value: step.value };
    let value: Value | Unwind;
    try {
      value = perform(stepper, task, step, together);
      if (value !== UNWIND) pace.returned(together);
    } catch (thrown) {
      step = { kind: "raise", condition: toCondition(thrown) };
      together = 1;
      continue;
    }
    if (value !== UNWIND) {
      step = { kind: "resume", value: value as Value };
      together = Math.min(MOST_TOGETHER, 2 * together);
      if (pace.pausing && !task.isEmpty()) return { kind: "paused", step };
      continue;
    }
    together = 1;
    const failure = stepper.unwinding.takeFailure();
    if (failure !== null) {
      step = caught(task, failure);
      continue;
    }
    const { action, frames } = stepper.unwinding.take();
    for (let i = frames.length - 1; i >= 0; i--) task.push(frames[i] as HeapFrames);
    if (task.height > maxFrames) step = { kind: "raise", condition: stackOverflow() };
    else if (action.kind === "await") return { kind: "waits", wait: action.wait };
    else step = afterUnwinding(task, action);
    if (pace.pausing) return { kind: "paused", step };
  }
}

function perform(
  stepper: Stepper,
  task: Task,
  step: Exclude<Step, { kind: "raise" }>,
  together: number,
): Value | Unwind {
  switch (step.kind) {
    case "call":
      return step.closure.code.entry(step.closure, stepper.depth, ...step.args);
    case "resume":
      return stepper.resume(task.popMany(together), step.value, stepper.depth);
    case "continue":
      return stepper.leave(task.pop() as HeapFrame, stepper.depth);
    case "run":
      return step.run();
    default:
      return step satisfies never;
  }
}

function afterUnwinding(task: Task, action: Exclude<UnwindAction, { kind: "await" }>): Step {
  switch (action.kind) {
    case "call":
    case "resume":
      return action;
    case "catch":
      // The innermost frame is the handler's own, which the condition has passed already.
      return { kind: "resume", value: errorMap(action.condition, (trace) => task.addTrace(trace, task.code, 1)) };
    case "control":
      try {
        return task.change(action.request);
      } catch (thrown) {
        return { kind: "raise", condition: toCondition(thrown) };
      }
    case "pause":
      return { kind: "continue" };
    default:
      return action satisfies never;
  }
}

/**
 * Drops frames up to the one that handles the condition, and goes on at its handler; or raises it again when it has passed
 * many functions of the host. Throws it when nothing handles it.
 */
function caught(task: Task, raised: Condition): Step {
  let condition = raised;
  let passed = 0;
  let found: Handler | undefined;
  const handles = (code: Code, pc: number): boolean => {
    addTrace(condition.trace, code, pc);
    found = undefined;
    if (condition.catchable && code.handlers.length > 0) {
      found = code.handlers.find((handler) => handler.start < pc && pc <= handler.end);
    }
    return found !== undefined;
  };
  for (let frame = task.popUntil(handles); frame !== undefined; frame = task.popUntil(handles)) {
    if (found === undefined) throw new Error("the frame has no handler");
    const { closure: { code }, pc } = frame;
    const top = code.slots + found.height;
    const passage = frame.slots[top - 2];
    if (passage instanceof Passage && !condition.reraised) {
      try {
        passage.pass(Number(frame.slots[top - 1]), condition);
      } catch (thrown) {
        const out = toCondition(thrown);
        if (out !== condition) addTrace(out.trace, code, pc);
        condition = out;
        if (++passed < MOST_PASSED) continue;
        return { kind: "raise", condition };
      }
    }
    const map = errorMap(condition, found.trace ? (trace) => task.addTrace(trace, code) : null, code.library);
    task.push(new HeapFrame(frame.closure, found.target, frame.slots.slice(0, top)));
    return { kind: "resume", value: map };
  }
  throw condition;
}
