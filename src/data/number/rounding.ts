/** Rounding to integers and to decimal places. A float stays a float and keeps the sign of its zero. */
import { typeError } from "../condition.ts";
import { float, Flonum, integer, Rational, type Value } from "../value.ts";
import { quotientHalfEven } from "./double.ts";
import { numberLevel } from "./kind.ts";

/** A rounding of a real: `double` for floats, `fraction` for numerator and denominator. */
function rounding(double: (value: number) => number, fraction: (n: bigint, d: bigint) => bigint) {
  return (value: Value): Value => {
    if (typeof value === "number") return Number.isInteger(value) ? value : float(double(value));
    if (value instanceof Flonum || typeof value === "bigint") return value;
    if (value instanceof Rational) return integer(fraction(value.numerator, value.denominator));
    numberLevel(value);
    throw typeError("real number", "complex");
  };
}

function floorQuotient(n: bigint, d: bigint): bigint {
  return n < 0n ? (n - d + 1n) / d : n / d;
}

/** `floor`. */
export const floor: (value: Value) => Value = rounding(Math.floor, floorQuotient);

/** `ceil`. */
export const ceiling: (value: Value) => Value = rounding(Math.ceil, (n, d) => -floorQuotient(-n, d));

/** `truncate`. */
export const truncate: (value: Value) => Value = rounding(Math.trunc, (n, d) => n / d);

/** `round`: to the nearest, ties to even. */
export const round: (value: Value) => Value = rounding(
  (value) => Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value),
  (n, d) => n < 0n ? -quotientHalfEven(-n, d) : quotientHalfEven(n, d),
);

/** `math/round-to`: ties away from zero, computed in doubles; unchanged when the scale overflows. */
export function roundToPlaces(value: number, places: number): number {
  const scale = Number(`1e${places}`);
  const scaled = value * scale;
  if (!Number.isFinite(scaled)) return value;
  if (scale === 0) return value < 0 || Object.is(value, -0) ? -0 : 0;
  const size = Math.abs(scaled);
  const whole = Math.trunc(size);
  const rounded = size - whole >= 0.5 ? whole + 1 : whole;
  return (scaled < 0 || Object.is(scaled, -0) ? -rounded : rounded) / scale;
}
