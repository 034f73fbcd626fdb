/** What an error passes on its way through the frames of a stack, besides handlers of programs. */
import { type Condition, Opaque } from "../../data/mod.ts";

/**
 * Something of the host's that a frame of the library waits for, with a handler around the call that is pending: its
 * operands are the passage and the number of that call. Where the frame is on the heap an error is told it at once, because
 * going to the handler and raising it there again takes ten times as long, for each of many thousand frames.
 */
export abstract class Passage extends Opaque {
  /** Its call number `step` has failed. Returns what comes out of it; null: it goes on when its handler is entered. */
  abstract pass(step: number, failure: Condition): Condition | null;
}
