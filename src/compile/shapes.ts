/** Shapes of core forms for which the compiler has better code than for what they are made of. */
import type { Core, Variable } from "../core/mod.ts";
import { Keyword } from "../data/mod.ts";
import { children, mentions } from "./mentions.ts";

/** `(or a b)` as the lowering writes it: a variable that holds `a` and is looked at twice. */
export function disjunction(core: Core): { first: Core; second: Core } | null {
  if (core.kind !== "let" || core.variables.length !== 1 || core.body.kind !== "if") return null;
  const variable = core.variables[0] as Variable;
  const { test, then, else: second } = core.body;
  const first = core.inits[0];
  if (first === undefined || test.kind !== "local" || test.variable !== variable) return null;
  if (then.kind !== "local" || then.variable !== variable || mentions(second, variable)) return null;
  return { first, second };
}

/** Whether it is that truth value. */
export function isConstant(core: Core, value: boolean): boolean {
  return core.kind === "const" && core.value === value;
}

const STACK_TRACE = "stack-trace";

/** Functions of the library that take an error map for the condition behind it, and do not look at it. */
const CONDITION_TAKERS: ReadonlySet<string> = new Set(["__vm-rethrow", "__vm-fail-routine"]);

/**
 * Whether a handler may look at the trace of its error: it does anything but fetch other entries from the map, or raise
 * the error again as if it had not been caught.
 */
export function usesTrace(core: Core, variable: Variable): boolean {
  if (core.kind === "local") return core.variable === variable;
  if (core.kind === "call" && core.callee.kind === "global" && CONDITION_TAKERS.has(core.callee.name.name)) {
    return core.args.some((arg) => !isLocal(arg, variable) && usesTrace(arg, variable));
  }
  if (core.kind === "lambda" || core.kind === "fix") return mentions(core, variable);
  const entry = core.kind === "call" && core.callee.kind === "const" && core.callee.value instanceof Keyword
    ? core.callee.value
    : core.kind === "intrinsic" && core.operation === "get" && core.args[1]?.kind === "const"
    ? core.args[1].value
    : null;
  if (entry instanceof Keyword && entry.name !== STACK_TRACE && children(core).some((c) => isLocal(c, variable))) {
    return children(core).some((child) => !isLocal(child, variable) && usesTrace(child, variable));
  }
  return children(core).some((child) => usesTrace(child, variable));
}

function isLocal(core: Core, variable: Variable): boolean {
  return core.kind === "local" && core.variable === variable;
}
