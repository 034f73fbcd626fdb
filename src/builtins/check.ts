/**
 * Argument checks shared by the builtin tables. Each returns the argument in the TypeScript type it was checked for,
 * or throws the condition whose text the language reference gives.
 *
 * The reference's native integer is 64 bits wide: where a function takes a count or an index, a larger integer is
 * refused with the odd text `expected int, got int`.
 */
import {
  appended,
  argumentError,
  Condition,
  EMPTY,
  evalError,
  Flonum,
  HashMap,
  isInt64,
  Keyword,
  lengthOf,
  List,
  listFrom,
  MutableArray,
  Procedure,
  SortedMap,
  toArray,
  typeError,
  typeName,
  type Value,
  Vector,
} from "../data/mod.ts";

/** Either kind of immutable map. */
export type AnyMap = SortedMap | HashMap;

/** The most elements or characters a single call may make; beyond it the host would run out of memory. */
const SIZE_LIMIT = 2 ** 24;

/** The error for an argument of the wrong type, in the short form `expected E, got G`. */
export function wrongType(expected: string, value: Value, hint?: string): Condition {
  return typeError(expected, typeName(value), hint === undefined ? {} : { hint });
}

/** The error for argument `argument` of `name`, in the long form, with a hint. */
export function wrongArgument(name: string, argument: number, expected: string, value: Value, hint: string): Condition {
  const { type, message, extra } = argumentError(name, argument, expected, typeName(value));
  return new Condition(type, message, { hint, extra: extra ?? undefined });
}

/** The refusal of the sequence functions; `name` is the function's canonical name. */
export function notSequence(value: Value, name: string): Condition {
  return typeError("list, vector, or mutable-array", `${typeName(value)} in ${name}`, {
    hint: `${name}: expected a list, vector, or mutable-array to iterate over`,
  });
}

/** A list, vector or mutable array as a list of its present elements. */
export function sequenceList(value: Value, name: string): List {
  if (value instanceof List) return value;
  if (value instanceof Vector || value instanceof MutableArray) return listFrom(value.items);
  throw notSequence(value, name);
}

/** A list, vector or mutable array as an array that the caller must not change nor keep. */
export function sequenceItems(value: Value, name: string): readonly Value[] {
  if (value instanceof List) return toArray(value);
  if (value instanceof Vector || value instanceof MutableArray) return value.items;
  throw notSequence(value, name);
}

/** A list or vector as an array that the caller must not change. */
export function listOrVectorItems(value: Value, hint?: string): readonly Value[] {
  if (value instanceof List) return toArray(value);
  if (value instanceof Vector) return value.items;
  throw wrongType("list or vector", value, hint);
}

/** A list; `hint` names the argument. */
export function listArgument(value: Value, hint?: string): List {
  if (value instanceof List) return value;
  throw wrongType("list", value, hint);
}

/** A list of the items, or the empty list. */
export function listOf(items: readonly Value[]): List {
  return items.length === 0 ? EMPTY : listFrom(items);
}

/** A 64-bit integer, as a host number (exact up to 2^53, which bounds every real size). */
export function int64(value: Value, hint?: string): number {
  if (isInt64(value)) return Number(value);
  throw wrongType("int", value, hint);
}

/** A count: a non-negative 64-bit integer. `name` is the function's. */
export function count(value: Value, name: string, hint: string = `${name}: argument must be an integer`): number {
  const result = int64(value, hint);
  if (result < 0) {
    throw evalError(`${name}: expected a non-negative integer, got ${value}`, "pass 0 or a positive integer");
  }
  return result;
}

/** Refuses results that would exhaust the host's memory. */
export function checkSize(size: number, name: string): void {
  if (size > SIZE_LIMIT) throw evalError(`${name}: result of ${size} elements is too large`);
}

/** Elements that are joined without a look at how many they are with what follows. */
const FEW = 2 ** 16;

/** The elements followed by a list, for the function `name`. */
export function joined(front: List | Vector, back: List, name: string): List {
  const list = front instanceof List ? appended(front, back, FEW) : null;
  if (list !== null) return list;
  const items = front instanceof List ? toArray(front) : front.items;
  checkSize(items.length + lengthOf(back), name);
  return listFrom(items, 0, back);
}

/** A string, short error form. */
export function text(value: Value): string {
  if (typeof value === "string") return value;
  throw wrongType("string", value);
}

/** A string, long error form: `NAME argument N expected string, got T`. */
export function textArgument(value: Value, name: string, argument: number): string {
  if (typeof value === "string") return value;
  throw argumentError(name, argument, "string", typeName(value));
}

/** Whether `value` is a map of either kind. */
export function isMap(value: Value): value is AnyMap {
  return value instanceof SortedMap || value instanceof HashMap;
}

/** A map of either kind. */
export function anyMap(value: Value, hint: string): AnyMap {
  if (value instanceof SortedMap || value instanceof HashMap) return value;
  throw wrongType("map or hashmap", value, hint);
}

/** Whether `value` may be called. */
export function isCallable(value: Value): boolean {
  return value instanceof Procedure || value instanceof Keyword;
}

/** An integer that fits 64 bits or a float, as a double; the library's numeric helpers take no other numbers. */
export function double(value: Value): number {
  if (typeof value === "number") return value;
  if (value instanceof Flonum) return value.value;
  if (typeof value === "bigint" && isInt64(value)) return Number(value);
  throw wrongType("number", value);
}

/** Whether {@link double} accepts `value`. */
export function isDouble(value: Value): boolean {
  return typeof value === "number" || value instanceof Flonum || (typeof value === "bigint" && isInt64(value));
}
