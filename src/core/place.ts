/** Conditions that arise before a program runs: their trace is the one place in the text that is to blame. */
import type { Condition } from "../data/mod.ts";
import type { Position } from "./core.ts";

/** `condition` with a trace line for the form `name` at `position`. */
export function placed(condition: Condition, name: string, position: Position | null): Condition {
  const { file = null, line = 0, column = 0 } = position ?? {};
  condition.trace.add({ name, file, line, column, library: false, variables: [] });
  return condition;
}
