/** What builtins keep for one runtime beside what its context holds: made when it is first needed, gone with the runtime. */
import type { BuiltinContext } from "../declare.ts";

/** A function that gives each runtime one thing of its own. */
export function perRuntime<T extends object>(make: (context: BuiltinContext) => T): (context: BuiltinContext) => T {
  const made: WeakMap<BuiltinContext, T> = new WeakMap();
  return (context) => {
    let own = made.get(context);
    if (own === undefined) made.set(context, own = make(context));
    return own;
  };
}
