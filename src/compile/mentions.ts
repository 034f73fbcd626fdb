/** Whether an expression uses a variable: reads it, or closes over it. */
import type { Core, Variable } from "../core/mod.ts";

/** True when evaluating `core` may look at `variable` of the same function (assignments count, too). */
export function mentions(core: Core, variable: Variable): boolean {
  if (core.kind === "local") return core.variable === variable;
  if (core.kind === "setLocal" && core.variable === variable) return true;
  if (core.kind === "lambda") return core.lambda.captures.some((capture) => capture.variable === variable);
  if (core.kind === "fix" && core.lambdas.some((l) => l.captures.some((c) => c.variable === variable))) return true;
  return children(core).some((child) => mentions(child, variable));
}

/** The expressions directly inside `core`, those of inner functions excluded. */
export function children(core: Core): readonly Core[] {
  switch (core.kind) {
    case "const":
    case "local":
    case "captured":
    case "self":
    case "global":
    case "lambda":
      return [];
    case "setLocal":
    case "setCaptured":
    case "setGlobal":
    case "defineGlobal":
      return [core.value];
    case "if":
      return [core.test, core.then, core.else];
    case "seq":
      return core.body;
    case "let":
    case "loop":
      return [...core.inits, core.body];
    case "fix":
      return [core.body];
    case "call":
      return [core.callee, ...core.args];
    case "apply":
      return [core.callee, core.list];
    case "intrinsic":
    case "primitive":
    case "continue":
      return core.args;
    case "while":
      return [core.test, core.body];
    case "try":
      return [core.body, core.handler];
    default:
      return core satisfies never;
  }
}
