/** Reader errors: a condition of type `reader` whose first trace frame, without a name, is the place in the text. */
import type { Position } from "../core/mod.ts";
import { Condition } from "../data/mod.ts";

/** The condition for bad text at `position`. */
export function readerError(message: string, position: Position, hint?: string): Condition {
  const condition = new Condition("reader", message, { hint });
  condition.trace.push({ name: "", file: position.file, line: position.line, column: position.column, library: false });
  return condition;
}
