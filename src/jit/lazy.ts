/** The way to this room, which the bundle evaluates when the first function is hot. */
import { Jit } from "./mod.ts";

/** The second tier of a runtime. */
export function makeJit(...parts: ConstructorParameters<typeof Jit>): Jit {
  return new Jit(...parts);
}
