/**
 * The general path of every intrinsic: what a direct call of `+`, `car`, `nth` … with the right argument count does
 * when the tier's own fast path does not apply. One implementation per key of INTRINSICS. Messages are those of direct
 * calls, which name both operands; the function objects in the builtin tables have messages of their own.
 */
import type { Intrinsic } from "../core/mod.ts";
import {
  add,
  Bytevector,
  Char,
  compareNumbers,
  compareText,
  type Condition,
  cons,
  display,
  divide,
  EMPTY,
  equal,
  evalError,
  HashMap,
  isInt64,
  isNumber,
  lengthOf,
  List,
  listFrom,
  MapBase,
  modulo,
  multiply,
  MutableArray,
  negate,
  numericEqual,
  Opaque,
  scalarAt,
  scalarCount,
  SortedMap,
  subtract,
  Sym,
  tail,
  typeError,
  typeName,
  type Value,
  Vector,
} from "../data/mod.ts";
import { joined } from "./check.ts";

type UnaryName =
  | "negate"
  | "car"
  | "cdr"
  | "first"
  | "rest"
  | "length"
  | "stringLength";
type UnaryPredicateName = "not" | "isNull" | "isPair" | "isList" | "isNumber" | "isString" | "isSymbol";
type BinaryPredicateName = "equal" | "less" | "greater" | "lessOrEqual" | "greaterOrEqual" | "contains";

/** An implementation per intrinsic; comparisons and predicates answer a boolean. */
export type Intrinsics = {
  readonly [Name in Intrinsic]: Name extends UnaryName ? (a: Value) => Value
    : Name extends UnaryPredicateName ? (a: Value) => boolean
    : Name extends BinaryPredicateName ? (a: Value, b: Value) => boolean
    : (a: Value, b: Value) => Value;
};

const NO_MIXING = "+: cannot mix strings with other types; use (str a b ...) to build a string";

function sum(a: Value, b: Value): Value {
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (isNumber(a) && isNumber(b)) return add(a, b);
  const got = `${typeName(a)} and ${typeName(b)}`;
  const mixed = typeof a === "string" || typeof b === "string";
  throw typeError("number or string", got, mixed ? { hint: NO_MIXING } : {});
}

/** The error of a direct call, which names the types of both operands. */
function noNumbers(a: Value, b: Value): Condition {
  return typeError("number", `${typeName(a)} and ${typeName(b)}`);
}

/**
 * A comparison of two numbers or two strings by the sign of `a` against `b`; `test` must be false for NaN. `swapped`:
 * the error names the operands in reverse, as the reference does where it compares `b` with `a`.
 */
function comparison(test: (order: number) => boolean, swapped: boolean): (a: Value, b: Value) => boolean {
  return (a, b) => {
    if (isNumber(a) && isNumber(b)) return test(compareNumbers(a, b));
    if (typeof a === "string" && typeof b === "string") return test(compareText(a, b));
    const [left, right] = swapped ? [b, a] : [a, b];
    throw typeError("comparable values", `${typeName(left)} and ${typeName(right)}`);
  };
}

function listOrVector(value: Value): Condition {
  return typeError("list or vector", typeName(value));
}

function first(sequence: Value): Value {
  if (sequence instanceof List) return sequence.first;
  if (sequence instanceof Vector) return sequence.items[0] ?? null;
  throw listOrVector(sequence);
}

function rest(sequence: Value): Value {
  if (sequence instanceof List) return sequence.rest;
  if (sequence instanceof Vector) return new Vector(sequence.items.slice(1));
  throw listOrVector(sequence);
}

function prepend(item: Value, tail: Value): Value {
  if (tail instanceof List) return cons(item, tail);
  return tail === null ? cons(item, EMPTY) : cons(item, cons(tail, EMPTY));
}

function append(a: Value, b: Value): Value {
  if (!(a instanceof List || a instanceof Vector)) throw listOrVector(a);
  if (!(b instanceof List || b instanceof Vector)) throw listOrVector(b);
  return joined(a, b instanceof List ? b : listFrom(b.items), "append");
}

/** What `length` accepts, as its type error lists it. */
const LENGTH_TYPES: string = "list, vector, string, map, hashmap, bytevector, typed array, or mutable-array";

function length(value: Value): Value {
  if (value instanceof List) return lengthOf(value);
  if (value instanceof Vector) return value.items.length;
  if (typeof value === "string") return scalarCount(value);
  if (value instanceof MapBase) return value.size;
  if (value instanceof Bytevector) return value.bytes.length;
  const size = value instanceof Opaque ? value.size() : null;
  if (size === null) throw typeError(LENGTH_TYPES, typeName(value));
  return size;
}

function stringLength(value: Value): Value {
  if (typeof value !== "string") throw typeError("string", typeName(value));
  return scalarCount(value);
}

function asMap(name: string, value: Value): SortedMap | HashMap {
  if (value instanceof SortedMap || value instanceof HashMap) return value;
  const hint = value instanceof List || value instanceof Vector
    ? `${name} works on maps; use (nth coll i) to index a list or vector`
    : `${name}: expected a map as the first argument`;
  throw typeError("map or hashmap", typeName(value), { hint });
}

function element(sequence: Value, index: Value): Value {
  if (!isInt64(index)) {
    const swapped = index instanceof List || index instanceof Vector || index instanceof MutableArray;
    const complaint = swapped ? " — looks like the arguments are swapped" : "; the index must be an integer";
    throw typeError("int", typeName(index), { hint: `nth: argument order is (nth collection index)${complaint}` });
  }
  const at = Number(index);
  if (at < 0) throw evalError(`nth: index must be non-negative, got ${index}`);
  if (sequence instanceof List) {
    const cell = tail(sequence, at);
    if (cell !== EMPTY) return cell.first;
    throw outOfBounds(index, lengthOf(sequence));
  }
  if (sequence instanceof Vector || sequence instanceof MutableArray) {
    const item = sequence.at(at);
    if (item === undefined) throw outOfBounds(index, sequence.length);
    return item;
  }
  throw listOrVector(sequence);
}

function outOfBounds(index: Value, count: number): Condition {
  return evalError(`index ${index} out of bounds (length ${count})`);
}

function character(text: Value, index: Value): Value {
  if (typeof text !== "string") throw typeError("string", typeName(text));
  if (!isInt64(index)) throw typeError("int", typeName(index));
  const at = Number(index);
  if (at < 0) throw evalError(`string-ref: index ${index} must be non-negative`);
  const code = scalarAt(text, at);
  if (code >= 0) return new Char(code);
  const count = scalarCount(text);
  throw evalError(`string-ref: index ${index} out of bounds (string length ${count})`, "indices are 0-based");
}

function arrayElement(array: Value, index: Value): Value {
  const name = "mutable-array/get";
  if (!(array instanceof MutableArray)) {
    throw typeError("mutable-array", typeName(array), { hint: `${name}: create one with (mutable-array/new)` });
  }
  if (!isInt64(index)) throw typeError("int", typeName(index), { hint: `${name}: argument must be an integer` });
  const at = Number(index);
  if (at < 0) throw evalError(`${name}: expected a non-negative integer, got ${index}`, "pass 0 or a positive integer");
  const item = array.at(at);
  if (item === undefined) throw evalError(`${name}: index ${index} out of bounds (length ${array.length})`);
  return item;
}

/** The general path of each intrinsic. */
export const intrinsics: Intrinsics = {
  add: sum,
  // Each is a function of its own: hosts that share what they learn among closures of one text would call any of three.
  subtract(a, b) {
    if (isNumber(a) && isNumber(b)) return subtract(a, b);
    throw noNumbers(a, b);
  },
  multiply(a, b) {
    if (isNumber(a) && isNumber(b)) return multiply(a, b);
    throw noNumbers(a, b);
  },
  divide(a, b) {
    if (isNumber(a) && isNumber(b)) return divide(a, b);
    throw noNumbers(a, b);
  },
  equal: (a, b) => isNumber(a) && isNumber(b) ? numericEqual(a, b) : equal(a, b),
  less: comparison((order) => order < 0, false),
  greater: comparison((order) => order > 0, true),
  lessOrEqual: comparison((order) => order <= 0, true),
  greaterOrEqual: comparison((order) => order >= 0, false),
  negate,
  not: (a) => a === null || a === false,
  cons: prepend,
  car: first,
  cdr: rest,
  first,
  rest,
  isNull: (a) => a === null || a === EMPTY,
  isPair: (a) => a instanceof List && a !== EMPTY,
  isList: (a) => a instanceof List,
  isNumber,
  isString: (a) => typeof a === "string",
  isSymbol: (a) => a instanceof Sym,
  length,
  stringLength,
  append,
  get: (map, key) => asMap("get", map).get(key) ?? null,
  contains: (map, key) => asMap("contains?", map).has(key),
  mod: (a, b) => modulo(a, b),
  modulo: (a, b) => modulo(a, b),
  nth: element,
  stringRef: character,
  stringAppend: (a, b) => display(a) + display(b),
  arrayGet: arrayElement,
};
