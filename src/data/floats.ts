/**
 * Sequences of floats keep them as doubles in a `Float64Array`: an integral float needs no object there, a store
 * allocates nothing, and no host turns the array into one of references, as V8 does with an array of doubles at any
 * place that has seen both kinds (matmul 5.6 → 3.7, nbody 13 → 2.8 times JavaScript on V8; 15 → 1.9 on JSC). They are seen as Sema values
 * from outside; only the tiers look at the doubles. The field of what a sequence has not got is undefined, as it is in
 * objects of other classes, so that one test is enough for both.
 */
import { float, Flonum, type Value } from "./value.ts";

/** Shorter sequences stay as they are: a typed array is dear to make. */
const FEWEST = 4;

/** Whether a value is a float, integral or not. */
export function isFloat(value: Value): value is number | Flonum {
  return value instanceof Flonum || (typeof value === "number" && !Number.isInteger(value));
}

/** The double that a float is. */
export function doubleOf(value: number | Flonum): number {
  return typeof value === "number" ? value : value.value;
}

/** Whether there are enough: a sequence that is not one of floats is mostly none from its first element on. */
export function isWorthDoubles(count: number, first: Value): boolean {
  return count >= FEWEST && isFloat(first);
}

/** The values as doubles; undefined when they are too few or not all of them are floats. */
export function floatsOf(values: readonly Value[]): Float64Array | undefined {
  if (!isWorthDoubles(values.length, values[0] ?? null)) return undefined;
  const floats = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as Value;
    if (!isFloat(value)) return undefined;
    floats[i] = doubleOf(value);
  }
  return floats;
}

/** Doubles as Sema values. */
export function valuesOf(floats: Float64Array): Value[] {
  const values: Value[] = [];
  for (const double of floats) values.push(float(double));
  return values;
}
