/** What goes wrong, on its way between programs and their host: conditions become errors of the host and come back. */
import { Condition, evalError } from "../data/mod.ts";
import { reportedTrace, toCondition } from "../runtime/mod.ts";
import { SemaError } from "./api.ts";
import type { Help } from "./help.ts";

/** What `run` raises; null when it raises nothing. */
export function conditionOf(run: () => void): Condition | null {
  try {
    run();
    return null;
  } catch (error) {
    return toCondition(error);
  }
}

/** The conditions that errors given to the host were made from, for errors that come back. */
const conditions: WeakMap<SemaError, Condition> = new WeakMap();

/** The errors that were thrown into functions of the host. */
const passing: WeakMap<Condition, SemaError> = new WeakMap();

/** A condition as an error for functions of the host that it passes: the same for all of them. */
export function passingError(condition: Condition, help: Help): SemaError {
  let error = passing.get(condition);
  if (error === undefined) passing.set(condition, error = semaError(condition, help));
  return error;
}

/** What a failed function or promise of the host raises: an error of this runtime is raised again, others are `:eval`. */
export function hostFailure(reason: unknown): Condition {
  if (reason instanceof Condition) return reason;
  const condition = reason instanceof SemaError ? conditions.get(reason) : undefined;
  if (condition !== undefined) return condition;
  // Among them the overflow of the host's stack, when a program recurses through functions of the host.
  if (reason instanceof RangeError) return toCondition(reason);
  return evalError(reason instanceof Error ? reason.message : String(reason));
}

/** The first line of a report (language reference §12.4), with all that goes with it. */
export function semaError(condition: Condition, help: Help): SemaError {
  const { type, message, value, trace, reraised } = condition;
  const prefix = reraised ? "" : type === "user" ? "User exception: " : type === "io" ? "I/O error: " : "";
  const error = new SemaError(type, prefix + message, help.hint(condition), reportedTrace(trace), value);
  conditions.set(error, condition);
  return error;
}
