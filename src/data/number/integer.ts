/** Operations of exact integers: division, divisors, roots, and bits in infinite two's complement. */
import { MAX_BITS } from "./product.ts";
import { evalError, typeError } from "../condition.ts";
import { typeName } from "../names.ts";
import { float, integer, type Value } from "../value.ts";
import { gcdOf } from "./construct.ts";
import { bitLength } from "./double.ts";
import { isExactInteger, isFloat, isInt64, toBigInt, toDouble } from "./kind.ts";

/** `a / b` truncated. Throws `expected integer, got T` and `quotient: division by zero`. */
export function quotient(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && Number.isInteger(a) && Number.isInteger(b) && b !== 0) {
    return Math.trunc(a / b) + 0;
  }
  const dividend = toBigInt(a);
  return integer(dividend / divisor("quotient", b));
}

/** What truncated division leaves; its sign is the dividend's. */
export function remainder(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && Number.isInteger(a) && Number.isInteger(b) && b !== 0) {
    return (a % b) + 0;
  }
  const dividend = toBigInt(a);
  const rest = dividend % divisor("remainder", b);
  // No more than the divisor, so no larger than it.
  return typeof b === "number" ? Number(rest) : integer(rest);
}

function divisor(name: string, value: Value): bigint {
  const result = toBigInt(value);
  if (result === 0n) throw evalError(`${name}: division by zero`, `${name}: ensure the divisor is non-zero`);
  return result;
}

/**
 * What floored division leaves, with the divisor's sign; next to a float, the IEEE remainder with the dividend's.
 * `named` says whether the message for a zero divisor begins with the name.
 */
export function modulo(a: Value, b: Value, named = false): Value {
  if (typeof a === "number" && typeof b === "number" && Number.isInteger(a) && Number.isInteger(b) && b !== 0) {
    const rest = a % b;
    return rest !== 0 && (rest < 0) !== (b < 0) ? rest + b : rest + 0;
  }
  if ((isFloat(a) && (isFloat(b) || isInt64(b))) || (isFloat(b) && isInt64(a))) {
    return float(toDouble(a) % toDouble(b));
  }
  const dividend = toBigInt(a);
  const by = toBigInt(b);
  if (by === 0n) {
    throw named ? evalError("mod: modulo by zero", "mod: ensure the divisor is non-zero") : evalError("modulo by zero");
  }
  const rest = dividend % by;
  return integer(rest !== 0n && (rest < 0n) !== (by < 0n) ? rest + by : rest);
}

/** The greatest common divisor of two integers, not negative. */
export function gcd(a: Value, b: Value): Value {
  return integer(gcdOf(toBigInt(a), toBigInt(b)));
}

/** The least common multiple of two integers, not negative. */
export function lcm(a: Value, b: Value): Value {
  const x = toBigInt(a);
  const y = toBigInt(b);
  if (x === 0n || y === 0n) return 0;
  const multiple = (x / gcdOf(x, y)) * y;
  return integer(multiple < 0n ? -multiple : multiple);
}

/** Whether an exact integer is even. Throws `expected integer, got T`. */
export function isEven(value: Value): boolean {
  return typeof value === "number" && Number.isInteger(value) ? value % 2 === 0 : (toBigInt(value) & 1n) === 0n;
}

/** The greatest integer whose square is at most `value` ≥ 0 (Newton's method from above). */
export function integerRoot(value: bigint): bigint {
  if (value < 1n) return 0n;
  let root = 1n << BigInt((bitLength(value) + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/**
 * A bitwise operation of two integers; `name` is the hint of its type errors. `words` works on 32 bits at a time: a
 * safe integer is a signed high word and an unsigned low one.
 */
function bitwise(name: string, words: (a: number, b: number) => number, big: (a: bigint, b: bigint) => bigint) {
  return (a: Value, b: Value): Value => {
    if (typeof a === "number" && typeof b === "number" && Number.isInteger(a) && Number.isInteger(b)) {
      if ((a | 0) === a && (b | 0) === b) return words(a, b);
      const high = words(Math.floor(a / WORD), Math.floor(b / WORD));
      const result = high * WORD + (words(a >>> 0, b >>> 0) >>> 0);
      if (Number.isSafeInteger(result)) return result;
    }
    return integer(big(bitsOf(name, a), bitsOf(name, b)));
  };
}

const WORD = 2 ** 32;

function bitsOf(name: string, value: Value): bigint {
  if (!isExactInteger(value)) throw typeError("int", typeName(value), { hint: name });
  return toBigInt(value);
}

/** `bit/and`. */
export const bitAnd: (a: Value, b: Value) => Value = bitwise("bit/and", (a, b) => a & b, (a, b) => a & b);

/** `bit/or`. */
export const bitOr: (a: Value, b: Value) => Value = bitwise("bit/or", (a, b) => a | b, (a, b) => a | b);

/** `bit/xor`. */
export const bitXor: (a: Value, b: Value) => Value = bitwise("bit/xor", (a, b) => a ^ b, (a, b) => a ^ b);

/** `bit/not`: -a-1. */
export function bitNot(value: Value): Value {
  return typeof value === "number" && (value | 0) === value ? ~value : integer(~bitsOf("bit/not", value));
}

/** `bit/shift-left`. */
export function shiftLeft(value: Value, count: Value): Value {
  if (typeof value === "number" && (value | 0) === value && isBetween(count, 0, 21)) {
    // Below 2^31 · 2^21, so safe.
    return value * 2 ** count;
  }
  const bits = bitsOf("bit/shift-left", value);
  const places = shiftCount("bit/shift-left", count);
  if (bits === 0n) return 0;
  if (places > MAX_BITS) throw evalError("bit/shift-left: result too large");
  return integer(bits << places);
}

/** `bit/shift-right`, rounding toward minus infinity. */
export function shiftRight(value: Value, count: Value): Value {
  if (typeof value === "number" && (value | 0) === value && isBetween(count, 0, 31)) return value >> count;
  const bits = bitsOf("bit/shift-right", value);
  const places = shiftCount("bit/shift-right", count);
  if (places > MAX_BITS) return bits < 0n ? -1 : 0;
  return integer(bits >> places);
}

function isBetween(value: Value, low: number, high: number): value is number {
  return typeof value === "number" && value >= low && value <= high && Number.isInteger(value);
}

function shiftCount(name: string, count: Value): bigint {
  if (!isInt64(count)) throw typeError("int", typeName(count), { hint: `${name}: argument must be an integer` });
  const places = toBigInt(count);
  if (places < 0n) {
    throw evalError(`${name}: expected a non-negative integer, got ${places}`, "pass 0 or a positive integer");
  }
  return places;
}
