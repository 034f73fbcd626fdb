/**
 * Comparison by value, exact across exactness: a float stands for the number it denotes, and is never rounded
 * against. JavaScript compares a bigint with a number exactly, so only fractions need work.
 */
import { evalError, typeError } from "../condition.ts";
import { typeName } from "../names.ts";
import { Complex, Flonum, Rational, type Value } from "../value.ts";
import { doubleToRatio } from "./double.ts";
import { denominatorOf, numberLevel, numeratorOf } from "./kind.ts";

/** -1, 0 or 1 for two reals; NaN when one of them is NaN. Throws for complex numbers and what is no number. */
export function compareNumbers(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return sign(a, b);
  requireReal(a);
  requireReal(b);
  const left = unboxed(a);
  const right = unboxed(b);
  if (left instanceof Rational || right instanceof Rational) return compareFractions(left, right);
  return sign(left, right);
}

function requireReal(value: Value): void {
  numberLevel(value);
  if (value instanceof Complex) {
    throw evalError("cannot order complex numbers", "complex numbers have no ordering; use = or zero? instead");
  }
}

function sign(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : a == b ? 0 : NaN;
}

function unboxed(value: Value): number | bigint | Rational {
  if (value instanceof Flonum) return value.value;
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Rational) return value;
  throw typeError("number", typeName(value));
}

function compareFractions(a: number | bigint | Rational, b: number | bigint | Rational): number {
  if (typeof a === "number" && !Number.isFinite(a)) return sign(a, 0);
  if (typeof b === "number" && !Number.isFinite(b)) return sign(0, b);
  const [an, ad] = typeof a === "number" ? doubleToRatio(a) : [numeratorOf(a), denominatorOf(a)];
  const [bn, bd] = typeof b === "number" ? doubleToRatio(b) : [numeratorOf(b), denominatorOf(b)];
  return sign(an * bd, bn * ad);
}

/** `=` of two numbers. A complex number equals no real one, not even with an imaginary part of 0.0. */
export function numericEqual(a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number") return a === b;
  // A large integer is no `number`, so it equals none.
  if (typeof a === "bigint") {
    if (typeof b === "bigint") return a === b;
    if (typeof b === "number") return false;
  } else if (typeof b === "bigint" && typeof a === "number") return false;
  if (a instanceof Complex && b instanceof Complex) return numericEqual(a.re, b.re) && numericEqual(a.im, b.im);
  if (a instanceof Complex || b instanceof Complex) {
    numberLevel(a);
    numberLevel(b);
    return false;
  }
  return compareNumbers(a, b) === 0;
}

/** `a < b`. */
export function less(a: Value, b: Value): boolean {
  return compareNumbers(a, b) < 0;
}

/** `a > b`. */
export function greater(a: Value, b: Value): boolean {
  return compareNumbers(a, b) > 0;
}

/** `a <= b`; false when one is NaN. */
export function lessOrEqual(a: Value, b: Value): boolean {
  return compareNumbers(a, b) <= 0;
}

/** `a >= b`; false when one is NaN. */
export function greaterOrEqual(a: Value, b: Value): boolean {
  return compareNumbers(a, b) >= 0;
}
