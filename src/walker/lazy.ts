/** The way to the evaluator, which the bundle evaluates for the runtimes whose programs it is to run. */
import { Walker, type WalkerHost } from "./walker.ts";

/** The evaluator of a runtime. */
export function makeWalker(host: WalkerHost): Walker {
  return new Walker(host);
}
