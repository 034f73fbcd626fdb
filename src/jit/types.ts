/**
 * What is known of a value at a place of the code: a set of possible types as a bit mask. The set `FLOAT` alone also
 * decides the representation: such a variable holds a raw double, integral or not; all others hold Sema values.
 */

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
/** Everything else. */
export const OTHER = 32;
/** Nothing is known. */
export const ANY = 63;
/** Integers that are `number`s. */
export const INTEGER: number = INT32 | WIDE;
/** A place that no control has reached yet. */
export const NONE = 0;

/**
 * Added to the `FLOAT` of a slot: only its raw variable holds the value. Without it the value was unboxed from the
 * slot's other variable, which still holds it as a Sema value.
 */
export const STALE = 64;

/** Whether a variable of this type holds a raw double. */
export function isRaw(type: number): boolean {
  return (type & ANY) === FLOAT;
}

/** Whether every value of the type counts as true. */
export function isAlwaysTrue(type: number): boolean {
  return (type & (BOOLEAN | NIL | OTHER)) === 0 && type !== NONE;
}
