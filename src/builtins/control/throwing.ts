/** What `throw` raises. */
import { Condition, type ConditionType, Keyword, keyword, repr, SortedMap, type Value } from "../../data/mod.ts";

/** The types that an error map may carry to be raised again as itself; their message must be a string. */
const CONDITION_TYPES: ReadonlySet<string> = new Set<ConditionType>([
  "eval",
  "type-error",
  "arity",
  "unbound",
  "user",
  "io",
  "llm",
  "reader",
  "permission-denied",
  "policy-denied",
  "cancelled",
  "timeout",
  "internal",
]);

const TYPE = keyword("type");
const MESSAGE = keyword("message");

function isConditionType(name: string): name is ConditionType {
  return CONDITION_TYPES.has(name);
}

/** The condition that `(throw value)` raises: the value as it is, or the error that an error map stands for. */
export function thrown(value: Value): Condition {
  if (value instanceof SortedMap) {
    const type = value.get(TYPE);
    const message = value.get(MESSAGE);
    if (type instanceof Keyword && typeof message === "string" && isConditionType(type.name)) {
      return new Condition(type.name, message, { value, reraised: true });
    }
  }
  return new Condition("user", isConstant(value) ? () => repr(value) : repr(value), { value });
}

/** A value that prints the same later: most errors are caught by handlers that do not look at the message. */
function isConstant(value: Value): boolean {
  if (value instanceof SortedMap && value.size <= 4) {
    for (const [key, item] of value) if (!isAtom(key) || !isAtom(item)) return false;
    return true;
  }
  return isAtom(value);
}

function isAtom(value: Value): boolean {
  return value === null || typeof value !== "object" || value instanceof Keyword;
}
