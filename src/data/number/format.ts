/** The printed form of numbers: exact and positional, never with an exponent. */
import { typeError } from "../condition.ts";
import { typeName } from "../names.ts";
import { Complex, Flonum, Rational, type Value } from "../value.ts";
import { doubleToRatio, quotientHalfEven } from "./double.ts";

/** The text of a number, as every printer writes it. */
export function formatNumber(value: Value): string {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : formatDouble(value);
  if (typeof value === "bigint") return String(value);
  if (value instanceof Flonum) return formatDouble(value.value);
  if (value instanceof Rational) return `${value.numerator}/${value.denominator}`;
  if (value instanceof Complex) {
    const im = formatNumber(value.im);
    return `${formatNumber(value.re)}${im.startsWith("-") ? "" : "+"}${im}i`;
  }
  throw typeError("number", typeName(value));
}

/** The text of a float: `2.0`, `-0.0`, `0.000000001`, `inf`, `NaN`. */
export function formatDouble(value: number): string {
  if (Number.isInteger(value)) return Object.is(value, -0) ? "-0.0" : `${BigInt(value)}.0`;
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "inf";
  return value === -Infinity ? "-inf" : positional(value);
}

/** From here on, two shortest candidates can be equally far from the double. */
const TIES_FROM = 2 ** 44;

function positional(value: number): string {
  const text = String(value);
  const exponentAt = text.indexOf("e");
  if (exponentAt < 0) return Math.abs(value) < TIES_FROM ? text : withTieAwayFromZero(value, text);
  // A non-integral double with an exponent in its text is below 1e-6.
  const sign = value < 0 ? "-" : "";
  const digits = text.slice(sign.length, exponentAt).replace(".", "");
  return `${sign}0.${"0".repeat(-Number(text.slice(exponentAt + 1)) - 1)}${digits}`;
}

/** Between two equally near shortest texts JavaScript takes the even digit; the language takes the larger magnitude. */
function withTieAwayFromZero(value: number, text: string): string {
  const candidate = value.toFixed(text.length - text.indexOf(".") - 1);
  return Number(candidate) === value ? candidate : text;
}

/**
 * `value` with exactly `max(places, 0)` decimals: the exact value of the double, rounded to the nearest, ties to even.
 */
export function formatFixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return formatDouble(value);
  const count = Math.max(places, 0);
  const [numerator, denominator] = doubleToRatio(Math.abs(value));
  const digits = String(quotientHalfEven(numerator * 10n ** BigInt(count), denominator)).padStart(count + 1, "0");
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const whole = digits.slice(0, digits.length - count);
  return count === 0 ? sign + whole : `${sign}${whole}.${digits.slice(digits.length - count)}`;
}
