/** Doubles taken apart and put together exactly. */

const bits: DataView = new DataView(new ArrayBuffer(8));

/** Number of bits of a positive bigint. */
export function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}

/** The exact value of a finite double as a fraction, not in lowest terms; the denominator is a power of two. */
export function doubleToRatio(value: number): readonly [bigint, bigint] {
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const magnitude = biased === 0 ? fraction : fraction | (1n << 52n);
  const mantissa = value < 0 ? -magnitude : magnitude;
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  return exponent >= 0 ? [mantissa << BigInt(exponent), 1n] : [mantissa, 1n << BigInt(-exponent)];
}

/** The double nearest to `numerator / denominator` (denominator > 0), ties to even. */
export function ratioToDouble(numerator: bigint, denominator: bigint): number {
  if (numerator < 0n) return -ratioToDouble(-numerator, denominator);
  if (numerator === 0n) return 0;
  if (numerator <= 0x1fffffffffffffn && denominator <= 0x1fffffffffffffn) {
    return Number(numerator) / Number(denominator);
  }
  const exponent = bitLength(numerator) - bitLength(denominator);
  if (exponent > 1025) return Infinity;
  if (exponent < -1076) return 0;
  if (exponent <= -1021) return Number(quotientHalfEven(numerator << 1074n, denominator)) * Number.MIN_VALUE;
  // Some 66 bits of quotient, the last one standing for all that follow: rounding to 53 then sees every tie right.
  const shift = 66 - exponent;
  const scaled = shift >= 0 ? numerator << BigInt(shift) : numerator;
  const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const quotient = scaled / divisor;
  const sticky = quotient * divisor === scaled ? quotient : quotient | 1n;
  const half = Math.trunc(-shift / 2);
  return Number(sticky) * 2 ** half * 2 ** (-shift - half);
}

/** `numerator / denominator` (both ≥ 0) rounded to the nearest integer, ties to even. */
export function quotientHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  const up = twice > denominator || (twice === denominator && (quotient & 1n) === 1n);
  return up ? quotient + 1n : quotient;
}
