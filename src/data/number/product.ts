/**
 * The product of two integers, unless it is so large that the next one would stop the host for seconds: no limit of time
 * can end a multiplication that has begun. (V8 takes 0.5 s for two factors of 16 million bits; JavaScriptCore has a bound
 * of its own at a million.)
 */
import { evalError } from "../condition.ts";

/** The size of an integer result, in bits, beyond which the operation is refused instead of exhausting the host. */
export const MAX_BITS: bigint = 1n << 25n;

/** No product below this is too large: most are compared with nothing else. */
const LARGE = 1n << 65_536n;
/** Not written as an operation where it is needed: `-LARGE` would copy 8 KB for each product. */
const MINUS_LARGE = -LARGE;

/** The least integer that is too large; null where the host refuses smaller ones, undefined until it is needed. */
let tooLarge: bigint | null | undefined;

function bound(): bigint | null {
  try {
    return 1n << MAX_BITS;
  } catch {
    return null;
  }
}

/** `a · b`. */
export function product(a: bigint, b: bigint): bigint {
  const result = a * b;
  if (result < LARGE && result > MINUS_LARGE) return result;
  tooLarge ??= bound();
  if (tooLarge !== null && (result >= tooLarge || result <= -tooLarge)) throw evalError("integer too large");
  return result;
}
