/** Reader errors: a condition of type `reader` whose first trace frame, without a name, is the place in the text. */
import { placed, type Position } from "../core/mod.ts";
import { Condition } from "../data/mod.ts";

/** The condition for bad text at `position`. */
export function readerError(message: string, position: Position, hint?: string): Condition {
  return placed(new Condition("reader", message, { hint }), "", position);
}
