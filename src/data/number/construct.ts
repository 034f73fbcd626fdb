/** The constructors that keep the invariants of the tower: lowest terms, no denominator 1, no exact zero imaginary. */
import { evalError } from "../condition.ts";
import { Complex, integer, Rational, type Value } from "../value.ts";

/**
 * Euclid's algorithm takes time by the square of the length: a second for numbers of this size. No limit of time can end
 * it, so it does not begin with longer ones, unless one is nearly a multiple of the other.
 */
const LONGEST = 1n << 131_072n;

/** The greatest common divisor, not negative. */
export function gcdOf(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  let rounds = 0;
  while (y !== 0n) {
    if (x <= 0x1fffffffffffffn && y <= 0x1fffffffffffffn) return BigInt(smallGcd(Number(x), Number(y)));
    [x, y] = [y, x % y];
    if (++rounds === 2 && y > LONGEST) throw evalError("fraction too large");
  }
  return x;
}

function smallGcd(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** `numerator / denominator` in lowest terms, an integer when it is one. */
export function rational(numerator: bigint, denominator: bigint): Value {
  if (denominator === 0n) throw evalError("division by zero");
  const divisor = gcdOf(numerator, denominator);
  const sign = denominator < 0n ? -1n : 1n;
  const n = (numerator / divisor) * sign;
  const d = (denominator / divisor) * sign;
  return d === 1n ? integer(n) : new Rational(n, d);
}

/** `re + im·i`; its real part when `im` is an exact zero. Both parts are reals. */
export function complex(re: Value, im: Value): Value {
  return im === 0 ? re : new Complex(re, im);
}
