/**
 * What both tiers need to know of a call that is not plainly a closure's: errors, and keywords as functions.
 */
import type { Code } from "../bytecode/mod.ts";
import {
  arityError,
  arityText,
  type Condition,
  evalError,
  HashMap,
  type Keyword,
  repr,
  SortedMap,
  typeError,
  typeName,
  type Value,
} from "../data/mod.ts";

/** The error for a call of a closure with `count` arguments. */
export function callArityError(code: Code, count: number): Condition {
  return arityError(code.name ?? "<lambda>", arityText(code.min, code.max), count);
}

/** The error for a call of something that is no function. */
export function notCallable(value: Value): Condition {
  return evalError(`not callable: ${repr(value)} (${typeName(value)})`, "expected a function, lambda, or keyword");
}

/** `(:key map)`: what the map holds, or nil. */
export function lookUp(key: Keyword, args: readonly Value[]): Value {
  if (args.length !== 1) throw arityError(key.name, arityText(1, 1), args.length);
  const map = args[0] as Value;
  if (map instanceof SortedMap || map instanceof HashMap) return map.get(key) ?? null;
  throw typeError("map or hashmap", typeName(map));
}
