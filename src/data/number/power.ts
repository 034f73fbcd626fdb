/** Powers, roots and magnitudes: exact where the operands are exact and the result is. */
import { evalError } from "../condition.ts";
import { Complex, float, integer, Rational, type Value } from "../value.ts";
import { add, divide, isExact, multiply, negate } from "./arithmetic.ts";
import { compareNumbers } from "./compare.ts";
import { complex, rational } from "./construct.ts";
import { bitLength } from "./double.ts";
import { integerRoot } from "./integer.ts";
import { MAX_BITS } from "./product.ts";
import {
  denominatorOf,
  imaginaryPart,
  isExactInteger,
  numberLevel,
  numeratorOf,
  realPart,
  toBigInt,
  toDouble,
} from "./kind.ts";

/** `sqrt`: exact for exact squares, with an exact zero real part for negative reals. */
export function sqrt(value: Value): Value {
  numberLevel(value);
  if (value instanceof Complex) return complexRoot(value);
  if (compareNumbers(value, 0) < 0) return complex(0, sqrt(negate(value)));
  if (isExactInteger(value) || value instanceof Rational) {
    const root = exactRoot(value);
    if (root !== null) return root;
  }
  return float(Math.sqrt(toDouble(value)));
}

function exactRoot(value: Value): Value | null {
  const numerator = numeratorOf(value);
  const denominator = denominatorOf(value);
  const top = integerRoot(numerator);
  if (top * top !== numerator) return null;
  const bottom = integerRoot(denominator);
  return bottom * bottom === denominator ? rational(top, bottom) : null;
}

function complexRoot(value: Complex): Value {
  const size = Math.sqrt(magnitudeOf(value));
  const half = angleOf(value) / 2;
  return complex(float(size * Math.cos(half)), float(size * Math.sin(half)));
}

/** `abs`: exact for exact reals, a float for complex numbers. */
export function absolute(value: Value): Value {
  if (typeof value === "number") return value < 0 ? -value : value;
  numberLevel(value);
  if (value instanceof Complex) return float(magnitudeOf(value));
  if (isExactInteger(value) || value instanceof Rational) return compareNumbers(value, 0) < 0 ? negate(value) : value;
  return float(Math.abs(toDouble(value)));
}

/** The argument of a number, in radians; 0 for NaN and for both zeros. */
export function angleOf(value: Value): number {
  if (value instanceof Complex) return Math.atan2(toDouble(value.im), toDouble(value.re));
  return toDouble(value) < 0 ? Math.PI : 0;
}

function magnitudeOf(value: Complex): number {
  return hypotenuse(toDouble(value.re), toDouble(value.im));
}

/**
 * √(x² + y²) with the squares in twice the precision (the method of musl's `hypot`): `Math.hypot` is often one unit
 * off in the last place on V8.
 */
function hypotenuse(x: number, y: number): number {
  let large = Math.max(Math.abs(x), Math.abs(y));
  let small = Math.min(Math.abs(x), Math.abs(y));
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return Infinity;
  if (small === 0 || Number.isNaN(large)) return large;
  let scale = 1;
  if (large > 2 ** 510) scale = 2 ** 700;
  else if (small < 2 ** -450) scale = 2 ** -700;
  large /= scale;
  small /= scale;
  const [largeHigh, largeLow] = exactSquare(large);
  const [smallHigh, smallLow] = exactSquare(small);
  return scale * Math.sqrt(smallLow + largeLow + smallHigh + largeHigh);
}

/** x² as a sum of two doubles (Dekker 1971). */
function exactSquare(x: number): readonly [number, number] {
  const split = x * 134217729;
  const high = x - split + split;
  const low = x - high;
  const square = x * x;
  return [square, high * high - square + 2 * high * low + low * low];
}

/** `expt`: exact for an exact base and an exact integer exponent, otherwise the power of two doubles. */
export function expt(base: Value, exponent: Value): Value {
  numberLevel(base);
  numberLevel(exponent);
  if (isExactInteger(exponent) && isExact(base)) return exactPower(base, toBigInt(exponent));
  if (base instanceof Complex || exponent instanceof Complex) return NaN;
  return float(power(toDouble(base), toDouble(exponent)));
}

/** C's `pow`: unlike JavaScript's, 1 to any power is 1, and so is -1 to an infinite one. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return base ** exponent;
}

function exactPower(base: Value, exponent: bigint): Value {
  if (exponent < 0n) {
    if (base === 0) throw evalError("expt: 0 raised to a negative power");
    return divide(1, exactPower(base, -exponent));
  }
  checkSize(base, exponent);
  if (base instanceof Complex) return powerBySquaring(base, exponent);
  if (base instanceof Rational) return rational(base.numerator ** exponent, base.denominator ** exponent);
  return integer(toBigInt(base) ** exponent);
}

function powerBySquaring(base: Value, exponent: bigint): Value {
  let result: Value = 1;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = multiply(result, square);
    if (rest > 1n) square = multiply(square, square);
  }
  return result;
}

/** Refuses a power that would exhaust the host's memory. */
function checkSize(base: Value, exponent: bigint): void {
  const norm = add(multiply(realPart(base), realPart(base)), multiply(imaginaryPart(base), imaginaryPart(base)));
  if (norm === 0 || norm === 1) return;
  const bits = Math.max(bitLength(numeratorOf(norm)), bitLength(denominatorOf(norm)));
  if (BigInt(bits >> 1) * exponent > MAX_BITS) throw evalError("expt: result too large");
}
