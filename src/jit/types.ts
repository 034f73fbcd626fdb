/**
 * What is known of a value at a place of the code: a set of possible types as a bit mask. The set `FLOAT` alone also
 * decides the representation: such a variable holds a raw double, integral or not; all others hold Sema values.
 */
import { Flonum, List, MutableArray, type Value, Vector } from "../data/mod.ts";

/** An integer of 32 bits. */
export const INT32 = 1;
/** Any other integer that is a `number`. */
export const WIDE = 2;
/** A float. */
export const FLOAT = 4;
/** #t or #f. */
export const BOOLEAN = 8;
/** nil */
export const NIL = 16;
/** A list, the empty one included. */
export const LIST = 32;
/** A vector. */
export const VECTOR = 64;
/** A mutable array. */
export const ARRAY = 128;
/** Everything else. */
export const OTHER = 256;
/** Nothing is known. */
export const ANY = 511;
/** Integers that are `number`s. */
export const INTEGER: number = INT32 | WIDE;
/** Numbers that a double can stand for in arithmetic with a float. */
export const NUMBER: number = INTEGER | FLOAT;
/** A place that no control has reached yet. */
export const NONE = 0;

/**
 * Added to the `FLOAT` of a slot: only its raw variable holds the value. Without it the value was unboxed from the
 * slot's other variable, which still holds it as a Sema value.
 */
export const STALE = 512;

/** Added to the type of a slot that is some number: its raw variable holds the double that it is in float arithmetic. */
export const COPY = 1024;

/**
 * Added to the type of a slot that is a vector: a further variable holds its elements, as doubles or as Sema values. At
 * most one of the two is.
 */
export const FLOATS = 2048;
/** See {@link FLOATS}. */
export const BOXED = 4096;

/** Everything that is held besides the value and has to be there on every way to a place. */
export const HELD: number = COPY | FLOATS | BOXED;

/** Whether every value of the type is one of the set; not so for a place that is not reached. */
export function within(type: number, set: number): boolean {
  const known = type & ANY;
  return known !== NONE && (known & ~set) === 0;
}

/** What is known where two ways meet. */
export function joinTypes(a: number, b: number): number {
  if (a === NONE || b === NONE) return a | b;
  return ((a | b) & ~HELD) | (a & b & HELD);
}

/** Whether a variable of this type holds a raw double. */
export function isRaw(type: number): boolean {
  return (type & ANY) === FLOAT;
}

/** Whether every value of the type counts as true. */
export function isAlwaysTrue(type: number): boolean {
  return (type & (BOOLEAN | NIL)) === 0 && type !== NONE;
}

/** Whether a single test tells that a value is of the type. */
export function isTested(type: number): boolean {
  return type === INT32 || type === LIST || type === VECTOR || type === ARRAY;
}

/** The type of a value. */
export function typeOfValue(value: Value): number {
  if (typeof value === "number") return (value | 0) === value ? INT32 : Number.isInteger(value) ? WIDE : FLOAT;
  if (typeof value === "boolean") return BOOLEAN;
  if (value === null) return NIL;
  if (value instanceof Flonum) return FLOAT;
  if (value instanceof List) return LIST;
  if (value instanceof Vector) return VECTOR;
  return value instanceof MutableArray ? ARRAY : OTHER;
}
