/**
 * The base of every run: calls a procedure, and whenever the stack comes back unwound, keeps the saved frames, performs
 * the action, and goes on with the innermost frame, until the outermost has returned. A run is a {@link Task}; tasks
 * that wait, or have run for long, let others go on.
 */
import { Passage } from "../builtins/control/passage.ts";
import type { Code, Unwind } from "../bytecode/mod.ts";
import { UNWIND } from "../bytecode/mod.ts";
import type { Condition, Value } from "../data/mod.ts";
import { addTrace, errorMap, stackOverflow, toCondition } from "./errors.ts";
import type { Wait } from "../tasks/mod.ts";
import type { Frames, Step, Task } from "./task.ts";
import type { HeapFrame, HeapFrames } from "./heap_frames.ts";
import type { UnwindAction, Unwinding } from "./unwinding.ts";

/** What the base needs from the machine. */
export interface Stepper {
  readonly unwinding: Unwinding;
  /** Height of the host's stack where a run begins. */
  readonly depth: number;
  /** The height at which nothing may begin any more. */
  readonly depthLimit: number;
  /** Saved frames, innermost first, the same in less memory. */
  pack(frames: readonly HeapFrames[]): readonly HeapFrames[];
  /** Goes on with frames of the heap. */
  resume(frames: Frames, value: Value, depth: number): Value | Unwind;
  /** Goes on with frames of the heap: the pending call of the innermost has failed. */
  fail(frames: Frames, condition: Condition, depth: number): Value | Unwind;
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
/** The same for frames without a handler, a hundred of which take as long. */
const MOST_DROPPED = 100 * MOST_PASSED;

/**
 * Runs a task until it is done, waits or pauses. Throws the condition that it fails with. More than `maxFrames` waiting
 * frames are a stack overflow of the program.
 */
export function run(stepper: Stepper, task: Task, first: Step, maxFrames: number, pace: Pace): Outcome {
  // A run inside a run of the host's has only what is left of the stack; postponed calls would find no more at its base.
  if (stepper.depth > stepper.depthLimit) throw stackOverflow();
  let step = first;
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
    // Where results go from frame to frame, or an error from handler to handler, many frames at once are cheaper.
    const more = Math.min(MOST_TOGETHER, 2 * together);
    if (value !== UNWIND) {
      step = { kind: "resume", value: value as Value };
      together = more;
      if (pace.pausing && !task.isEmpty()) return { kind: "paused", step };
      continue;
    }
    const failure = stepper.unwinding.takeFailure();
    together = failure !== null && step.kind === "fail" ? more : 1;
    if (failure !== null) {
      step = { kind: "raise", condition: failure };
      continue;
    }
    const { action, frames: saved } = stepper.unwinding.take();
    const frames = stepper.pack(saved);
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
    case "fail":
      return stepper.fail(task.popMany(together), step.condition, stepper.depth);
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
 * Drops frames up to the one that handles the condition; or raises it again when it has passed many frames or functions of
 * the host. Throws it when nothing handles it.
 */
function caught(task: Task, raised: Condition): Step {
  let condition = raised;
  let passed = 0;
  let dropped = 0;
  const handler: { code: Code | null; pc: number; height: number } = { code: null, pc: 0, height: 0 };
  const stops = (code: Code, pc: number): boolean => {
    const height = condition.catchable && code.handlers.length > 0 ? handlerHeight(code, pc) : null;
    if (height !== null) {
      handler.code = code;
      handler.pc = pc;
      handler.height = height;
      return true;
    }
    if (dropped === MOST_DROPPED) return true;
    dropped++;
    addTrace(condition.trace, code, pc);
    return false;
  };
  while (task.dropUntil(stops)) {
    const { code, pc, height } = handler;
    if (code === null) return { kind: "raise", condition };
    const passage = condition.reraised ? undefined : task.operand(height - 2);
    if (!(passage instanceof Passage)) return { kind: "fail", condition };
    const failure = passage.pass(Number(task.operand(height - 1)), condition);
    if (failure === null) return { kind: "fail", condition };
    task.drop();
    addTrace(condition.trace, code, pc);
    if (failure !== condition) addTrace(failure.trace, code, pc);
    condition = failure;
    if (++passed === MOST_PASSED) return { kind: "raise", condition };
    handler.code = null;
  }
  throw condition;
}

/** The height of the operands at the handler for a call that returns to `pc`, if there is one. */
function handlerHeight(code: Code, pc: number): number | null {
  return code.handlers.find((handler) => handler.start < pc && pc <= handler.end)?.height ?? null;
}
