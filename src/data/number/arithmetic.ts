/**
 * The four operations and their relatives on the whole tower. Two plain numbers come first everywhere: they are two
 * integers, whose result is checked for safety, or a float is among them, whose integral results must be boxed.
 *
 * An operand that is no number throws `expected number, got T`.
 */
import { evalError } from "../condition.ts";
import { float, integer, type Value } from "../value.ts";
import { complex, rational } from "./construct.ts";
import {
  areIntegers,
  COMPLEX,
  denominatorOf,
  FLOAT,
  imaginaryPart,
  INTEGER,
  level,
  numberLevel,
  numeratorOf,
  RATIONAL,
  realPart,
  toBigInt,
  toDouble,
} from "./kind.ts";
import { product } from "./product.ts";

type Operation = (a: Value, b: Value) => Value;

/** An operation by level; both operands are at or below it. */
type Levels = readonly [integer: Operation, rational: Operation, float: Operation, complex: Operation];

function general(levels: Levels, a: Value, b: Value): Value {
  const left = numberLevel(a);
  const right = numberLevel(b);
  const operation = levels[left > right ? left : right] ?? levels[COMPLEX];
  return operation(a, b);
}

const addition: Levels = [
  (a, b) => integer(toBigInt(a) + toBigInt(b)),
  (a, b) =>
    rational(
      product(numeratorOf(a), denominatorOf(b)) + product(numeratorOf(b), denominatorOf(a)),
      product(denominatorOf(a), denominatorOf(b)),
    ),
  (a, b) => float(toDouble(a) + toDouble(b)),
  (a, b) => complex(add(realPart(a), realPart(b)), add(imaginaryPart(a), imaginaryPart(b))),
];

/** `a + b`. */
export function add(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (!Number.isInteger(sum)) return sum;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return float(sum);
    return Number.isSafeInteger(sum) ? sum : BigInt(a) + BigInt(b);
  }
  return areIntegers(a, b) ? integer(toBigInt(a) + toBigInt(b)) : general(addition, a, b);
}

const subtraction: Levels = [
  (a, b) => integer(toBigInt(a) - toBigInt(b)),
  (a, b) =>
    rational(
      product(numeratorOf(a), denominatorOf(b)) - product(numeratorOf(b), denominatorOf(a)),
      product(denominatorOf(a), denominatorOf(b)),
    ),
  (a, b) => float(toDouble(a) - toDouble(b)),
  (a, b) => complex(subtract(realPart(a), realPart(b)), subtract(imaginaryPart(a), imaginaryPart(b))),
];

/** `a - b`. */
export function subtract(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (!Number.isInteger(difference)) return difference;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return float(difference);
    return Number.isSafeInteger(difference) ? difference : BigInt(a) - BigInt(b);
  }
  return areIntegers(a, b) ? integer(toBigInt(a) - toBigInt(b)) : general(subtraction, a, b);
}

const multiplication: Levels = [
  (a, b) => integer(product(toBigInt(a), toBigInt(b))),
  (a, b) => rational(product(numeratorOf(a), numeratorOf(b)), product(denominatorOf(a), denominatorOf(b))),
  (a, b) => float(toDouble(a) * toDouble(b)),
  multiplyComplex,
];

function multiplyComplex(a: Value, b: Value): Value {
  const [ar, ai, br, bi] = [realPart(a), imaginaryPart(a), realPart(b), imaginaryPart(b)];
  return complex(subtract(multiply(ar, br), multiply(ai, bi)), add(multiply(ar, bi), multiply(ai, br)));
}

/** `a · b`. */
export function multiply(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const result = a * b;
    if (!Number.isInteger(result)) return result;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return float(result);
    // Adding 0 turns the -0 of 0 · -1 into 0.
    return Number.isSafeInteger(result) ? result + 0 : BigInt(a) * BigInt(b);
  }
  return areIntegers(a, b) ? integer(product(toBigInt(a), toBigInt(b))) : general(multiplication, a, b);
}

const division: Levels = [
  (a, b) => rational(toBigInt(a), toBigInt(b)),
  (a, b) => rational(product(numeratorOf(a), denominatorOf(b)), product(denominatorOf(a), numeratorOf(b))),
  (a, b) => float(toDouble(a) / toDouble(b)),
  divideComplex,
];

function divideComplex(a: Value, b: Value): Value {
  const [ar, ai, br, bi] = [realPart(a), imaginaryPart(a), realPart(b), imaginaryPart(b)];
  const norm = add(multiply(br, br), multiply(bi, bi));
  const re = add(multiply(ar, br), multiply(ai, bi));
  const im = subtract(multiply(ai, br), multiply(ar, bi));
  return complex(quotientOf(re, norm), quotientOf(im, norm));
}

/** Division inside a complex one, where an exact part may meet a zero that rounding made. */
function quotientOf(a: Value, b: Value): Value {
  return b === 0 ? float(toDouble(a) / 0) : divide(a, b);
}

/**
 * `a / b`. A zero divisor that is exact is an error unless the dividend is a float; `named` says whether the message
 * begins with the operator even for two small integers.
 */
export function divide(a: Value, b: Value, named = false): Value {
  if (typeof a === "number" && typeof b === "number" && b !== 0) {
    const quotient = a / b;
    if (Number.isInteger(a) && Number.isInteger(b)) {
      // Exact when integral: a fraction is at least 1/b away from an integer, more than rounding moves it below 2^53.
      return Number.isInteger(quotient) ? quotient + 0 : rational(BigInt(a), BigInt(b));
    }
    return float(quotient);
  }
  const dividend = numberLevel(a);
  if (numberLevel(b) === INTEGER && b === 0 && dividend !== FLOAT) {
    throw divisionByZero(named || dividend !== INTEGER || !isWord(a));
  }
  return general(division, a, b);
}

function isWord(value: Value): boolean {
  return typeof value === "number" || (typeof value === "bigint" && BigInt.asIntN(64, value) === value);
}

/** The error of a division by an exact zero. */
export function divisionByZero(named: boolean): ReturnType<typeof evalError> {
  return evalError(`${named ? "/: " : ""}division by zero`, "/: guard with (if (zero? d) ... (/ n d))");
}

const negations: readonly ((a: Value) => Value)[] = [
  (a) => integer(-toBigInt(a)),
  (a) => rational(-numeratorOf(a), denominatorOf(a)),
  (a) => float(-toDouble(a)),
  (a) => complex(negate(realPart(a)), negate(imaginaryPart(a))),
];

/** `-a`. */
export function negate(a: Value): Value {
  if (typeof a === "number") return a === 0 ? 0 : -a;
  const operation = negations[numberLevel(a)];
  return operation === undefined ? a : operation(a);
}

/** Whether a number is exact in all its parts. */
export function isExact(value: Value): boolean {
  const rank = level(value);
  return rank === INTEGER || rank === RATIONAL ||
    (rank === COMPLEX && isExact(realPart(value)) && isExact(imaginaryPart(value)));
}
