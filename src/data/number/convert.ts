/** Conversions between exactness and from text. */
import { evalError, typeError } from "../condition.ts";
import { typeName } from "../names.ts";
import { Complex, float, Flonum, integer, type Value } from "../value.ts";
import { add, negate, subtract } from "./arithmetic.ts";
import { compareNumbers } from "./compare.ts";
import { complex, rational } from "./construct.ts";
import { doubleToRatio } from "./double.ts";
import { denominatorOf, isFloat, isReal, numberLevel, numeratorOf, toDouble } from "./kind.ts";
import { absolute } from "./power.ts";
import { truncate } from "./rounding.ts";

/** `exact`: the value that a float denotes; NaN and infinities unchanged; complex numbers part by part. */
export function toExact(value: Value): Value {
  numberLevel(value);
  if (value instanceof Complex) return complex(toExact(value.re), toExact(value.im));
  if (!isFloat(value)) return value;
  const double = toDouble(value);
  return Number.isFinite(double) ? rational(...doubleToRatio(double)) : value;
}

/** `inexact`: the nearest float; complex numbers part by part. */
export function toInexact(value: Value): Value {
  numberLevel(value);
  if (value instanceof Complex) return complex(toInexact(value.re), toInexact(value.im));
  return isFloat(value) ? value : float(toDouble(value));
}

/**
 * The exact number that a decimal literal denotes after `#e`: an integer as it is written, otherwise the exact value
 * of the double nearest to the text. A literal beyond all doubles stays infinite.
 */
export function exactFromDecimal(text: string): Value {
  return /^[+-]?\d+$/.test(text) ? integer(BigInt(text.replace("+", ""))) : toExact(float(Number(text)));
}

const FLOAT_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const FLOAT_WORD = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;

/** The double that `text` denotes in the syntax of the `float` builtin, or null. */
export function parseDouble(text: string): number | null {
  if (FLOAT_TEXT.test(text)) return Number(text);
  const [word, sign, infinite] = FLOAT_WORD.exec(text) ?? [];
  if (word === undefined) return null;
  return infinite === undefined ? NaN : sign === "-" ? -Infinity : Infinity;
}

const DIGITS: ReadonlyMap<number, readonly [RegExp, string]> = new Map([
  [2, [/^[+-]?[01][01_]*$/, "0b"]],
  [8, [/^[+-]?[0-7][0-7_]*$/, "0o"]],
  [16, [/^[+-]?[0-9a-fA-F][0-9a-fA-F_]*$/, "0x"]],
]);

/** The integer that `text` denotes in radix 2, 8 or 16, or null. Underscores after the first digit are skipped. */
export function parseRadix(text: string, radix: number): Value | null {
  const [syntax, prefix] = DIGITS.get(radix) ?? [];
  if (syntax === undefined || !syntax.test(text)) return null;
  const magnitude = BigInt(prefix + text.replace(/[+\-_]/g, ""));
  return integer(text.startsWith("-") ? -magnitude : magnitude);
}

const INT64_LIMIT = 2 ** 63;

/** `int`: truncates a real, or reads decimal digits within 64 bits. */
export function toInteger(value: Value): Value {
  if (typeof value === "string") return integerText(value);
  if (!isReal(value)) throw typeError("number or string", typeName(value));
  if (!isFloat(value)) return truncate(value);
  const double = toDouble(value);
  if (double >= -INT64_LIMIT && double < INT64_LIMIT) return integer(BigInt(Math.trunc(double)));
  throw evalError(`int: cannot convert ${plainDouble(double)} to an integer (not finite or out of i64 range)`);
}

function integerText(text: string): Value {
  if (/^[+-]?\d+$/.test(text)) {
    const value = BigInt(text.replace("+", ""));
    if (BigInt.asIntN(64, value) === value) return integer(value);
  }
  throw evalError(`cannot convert '${text}' to int`);
}

/** A float of any size as its shortest digits, without a fraction when it has none. */
function plainDouble(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  const [digits = "", exponent] = String(value).split("e+");
  if (exponent === undefined) return digits;
  const point = digits.indexOf(".");
  const fraction = point < 0 ? 0 : digits.length - point - 1;
  return digits.replace(".", "") + "0".repeat(Number(exponent) - fraction);
}

/** `rationalize`: the simplest fraction within `tolerance` of `value`; a float when either is one. */
export function rationalize(value: Value, tolerance: Value): Value {
  requireReal(value);
  requireReal(tolerance);
  const inexact = isFloat(value) || isFloat(tolerance);
  if (inexact) {
    const double = toDouble(value);
    const within = toDouble(tolerance);
    if (!Number.isFinite(double) || Number.isNaN(within)) return value;
    if (!Number.isFinite(within)) return new Flonum(0);
  }
  const center = toExact(value);
  const radius = absolute(toExact(tolerance));
  const result = simplest(subtract(center, radius), add(center, radius));
  return inexact ? toInexact(result) : result;
}

function requireReal(value: Value): void {
  if (isReal(value)) return;
  const hint = "rationalize: complex numbers have no simplest-rational approximation";
  throw typeError("real", typeName(value), value instanceof Complex ? { hint } : {});
}

/** The simplest fraction in the closed interval of two exact reals. */
function simplest(low: Value, high: Value): Value {
  if (compareNumbers(low, 0) <= 0) {
    return compareNumbers(high, 0) >= 0 ? 0 : negate(simplest(negate(high), negate(low)));
  }
  let [a, b, c, d] = [numeratorOf(low), denominatorOf(low), numeratorOf(high), denominatorOf(high)];
  // Continued fractions: the common part of both bounds is the result's; p/q and the one before it build it up.
  let [previousN, previousD, n, d0] = [0n, 1n, 1n, 0n];
  for (;;) {
    const whole = a / b;
    const exact = whole * b === a;
    const digit = exact || whole < c / d ? (exact ? whole : whole + 1n) : whole;
    [previousN, previousD, n, d0] = [n, d0, digit * n + previousN, digit * d0 + previousD];
    if (exact || whole < c / d) return rational(n, d0);
    // Inverting the remainders swaps the bounds.
    [a, b, c, d] = [d, c - whole * d, b, a - whole * b];
  }
}
