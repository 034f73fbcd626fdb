/** Elementary functions, rounding, ranges and randomness. */
import {
  absolute,
  angleOf,
  ceiling,
  Complex,
  cons,
  EMPTY,
  evalError,
  expt,
  float,
  floor,
  formatFixed,
  integer,
  integerRoot,
  isExactInteger,
  isInt64,
  numberLevel,
  round,
  roundToPlaces,
  sqrt,
  toBigInt,
  toDouble,
  truncate,
  typeError,
  typeName,
  type Value,
} from "../data/mod.ts";
import { double, wrongType } from "./check.ts";
import { alias, type BuiltinDeclaration, type Declaration, many, one, three, two, zero } from "./declare.ts";

/** A real as a double; `name` is the function that complex numbers are refused by. */
export function realDouble(name: string, value: Value): number {
  numberLevel(value);
  if (value instanceof Complex) {
    throw typeError("real number", "complex", { hint: `${name}: complex has no real projection` });
  }
  return toDouble(value);
}

/** A function of one real that is computed in doubles. */
function inDoubles(name: string, doc: string, compute: (x: number) => number): BuiltinDeclaration {
  return one(name, doc, (a) => float(compute(realDouble(name, a))));
}

/** A number of places: a 64-bit integer, clamped to what a double can notice. */
function places(value: Value): number {
  if (!isInt64(value)) throw wrongType("integer", value);
  return Math.max(-MOST_PLACES, Math.min(MOST_PLACES, Number(value)));
}

/** More decimals than any double has. */
const MOST_PLACES = 65_535;

function exactIntegerRoot(value: Value): Value {
  if (!isExactInteger(value)) {
    throw typeError("exact integer", typeName(value), {
      hint: "exact-integer-sqrt: argument must be an exact integer",
    });
  }
  const square = toBigInt(value);
  if (square < 0n) {
    throw evalError(
      "exact-integer-sqrt: argument must be non-negative",
      "exact-integer-sqrt: √ of a negative integer is not real",
    );
  }
  const root = integerRoot(square);
  return cons(integer(root), cons(integer(square - root * root), EMPTY));
}

/** `math/clamp`: an integer only when all three are; NaN bounds do not bound. */
function clamp(x: Value, low: Value, high: Value): Value {
  const [value, from, to] = [double(x), double(low), double(high)];
  if (isExactInteger(x) && isExactInteger(low) && isExactInteger(high)) {
    const raised = toBigInt(x) < toBigInt(low) ? low : x;
    return toBigInt(raised) > toBigInt(high) ? high : raised;
  }
  const raised = value < from ? from : value;
  return float(raised > to ? to : raised);
}

/** A uniform integer from `low` to `high`, both included. */
function randomInteger(low: Value, high: Value): Value {
  for (const bound of [low, high]) if (!isInt64(bound)) throw wrongType("int", bound);
  const from = toBigInt(low);
  const count = toBigInt(high) - from + 1n;
  if (count <= 0n) throw evalError(`math/random-int: lo (${low}) must be <= hi (${high})`);
  if (count <= 0x20000000000000n) return integer(from + BigInt(Math.floor(Math.random() * Number(count))));
  // 64 random bits, drawn again when they fall past the range: on average less than twice for the widest range.
  for (;;) {
    const bits = (randomWord() << 32n) | randomWord();
    const wanted = bits & ((1n << BigInt((count - 1n).toString(2).length)) - 1n);
    if (wanted < count) return integer(from + wanted);
  }
}

function randomWord(): bigint {
  return BigInt(Math.floor(Math.random() * 2 ** 32));
}

/** Rounding. */
export const roundingBuiltins: readonly Declaration[] = [
  one("floor", "Rounds toward minus infinity.", floor),
  one("ceil", "Rounds toward plus infinity.", ceiling),
  alias("ceiling", "ceil"),
  one("round", "Rounds to the nearest integer, ties to even.", round),
  one("truncate", "Rounds toward zero.", truncate),
  two(
    "math/round-to",
    "Rounds a float to a number of decimal places, ties away from zero.",
    (x, digits) => float(roundToPlaces(double(x), places(digits))),
  ),
  two(
    "math/format-fixed",
    "A number as text with exactly the given number of decimals.",
    (x, digits) => formatFixed(double(x), places(digits)),
  ),
];

/** Powers, logarithms and trigonometry. */
export const elementaryBuiltins: readonly Declaration[] = [
  one("sqrt", "Square root; exact for exact squares, complex for negative numbers.", sqrt),
  one(
    "exact-integer-sqrt",
    "The list (s r) of an integer n with s² + r = n and s as large as possible.",
    exactIntegerRoot,
  ),
  two("pow", "A number raised to a power; exact when both are exact and the power is an integer.", expt),
  alias("expt", "pow"),
  alias("math/pow", "pow"),
  inDoubles("math/exp", "e raised to a power.", Math.exp),
  inDoubles("log", "Natural logarithm.", Math.log),
  inDoubles("math/log10", "Logarithm to base 10.", Math.log10),
  inDoubles("math/log2", "Logarithm to base 2.", Math.log2),
  inDoubles("sin", "Sine of an angle in radians.", Math.sin),
  inDoubles("cos", "Cosine of an angle in radians.", Math.cos),
  inDoubles("math/tan", "Tangent of an angle in radians.", Math.tan),
  inDoubles("math/asin", "Arc sine, in radians.", Math.asin),
  inDoubles("math/acos", "Arc cosine, in radians.", Math.acos),
  inDoubles("math/atan", "Arc tangent, in radians.", Math.atan),
  two(
    "math/atan2",
    "The angle of the point (x, y), given y first, in radians.",
    (y, x) => float(Math.atan2(realDouble("math/atan2", y), realDouble("math/atan2", x))),
  ),
  inDoubles("math/sinh", "Hyperbolic sine.", Math.sinh),
  inDoubles("math/cosh", "Hyperbolic cosine.", Math.cosh),
  inDoubles("math/tanh", "Hyperbolic tangent.", Math.tanh),
  one("math/degrees->radians", "Degrees to radians.", (a) => float(double(a) * (Math.PI / 180))),
  one("math/radians->degrees", "Radians to degrees.", (a) => float(double(a) * (180 / Math.PI))),
  one("magnitude", "Absolute value; the magnitude of a complex number.", absolute),
  one("angle", "The angle of a complex number, in radians.", (a) => {
    numberLevel(a);
    return float(angleOf(a));
  }),
];

/** Ranges and random numbers. */
export const rangeBuiltins: readonly Declaration[] = [
  three("math/clamp", "A number kept between a lower and an upper bound.", clamp),
  three("math/lerp", "The float between a and b at the fraction t.", (a, b, t) => {
    const from = double(a);
    return float(from + (double(b) - from) * double(t));
  }),
  many("math/map-range", 5, 5, "A number mapped linearly from one range to another.", (args) => {
    const [x = NaN, fromLow = NaN, fromHigh = NaN, toLow = NaN, toHigh = NaN] = args.map(double);
    return float(toLow + (x - fromLow) / (fromHigh - fromLow) * (toHigh - toLow));
  }),
  zero("math/random", "A random float from 0, included, to 1, excluded.", () => float(Math.random())),
  two("math/random-int", "A random integer between two bounds, both included.", randomInteger),
];
