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
} from "../../data/mod.ts";
import { double, wrongType } from "../check.ts";
import {
  alias,
  type Area,
  type BuiltinContext,
  type BuiltinDeclaration,
  type Example,
  many,
  one,
  requires,
  three,
  two,
  zero,
} from "../declare.ts";
import { randomSource } from "../host/host_access.ts";

/** A real as a double; `name` is the function that complex numbers are refused by. */
export function realDouble(name: string, value: Value): number {
  numberLevel(value);
  if (value instanceof Complex) {
    throw typeError("real number", "complex", { hint: `${name}: complex has no real projection` });
  }
  return toDouble(value);
}

/** A function of one real that is computed in doubles. */
function inDoubles(
  name: string,
  doc: string,
  compute: (x: number) => number,
  ...examples: Example[]
): BuiltinDeclaration {
  return one(name, doc, (a) => float(compute(realDouble(name, a))), ...examples);
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
function randomInteger(low: Value, high: Value, context: BuiltinContext): Value {
  const random = randomSource(context, "math/random-int");
  for (const bound of [low, high]) if (!isInt64(bound)) throw wrongType("int", bound);
  const from = toBigInt(low);
  const count = toBigInt(high) - from + 1n;
  if (count <= 0n) throw evalError(`math/random-int: lo (${low}) must be <= hi (${high})`);
  if (count <= 0x20000000000000n) return integer(from + BigInt(Math.floor(random() * Number(count))));
  // 64 random bits, drawn again when they fall past the range: on average less than twice for the widest range.
  for (;;) {
    const bits = (randomWord(random) << 32n) | randomWord(random);
    const wanted = bits & ((1n << BigInt((count - 1n).toString(2).length)) - 1n);
    if (wanted < count) return integer(from + wanted);
  }
}

function randomWord(random: () => number): bigint {
  return BigInt(Math.floor(random() * 2 ** 32));
}

/** Rounding. */
export const roundingBuiltins: Area = () => [
  one("floor", "Rounds toward minus infinity.", floor, ["(floor -1.5)", "-2.0"]),
  one("ceil", "Rounds toward plus infinity.", ceiling, ["(ceil 1.2)", "2.0"]),
  alias("ceiling", "ceil"),
  one("round", "Rounds to the nearest integer, ties to even.", round, ["(round 2.5)", "2.0"]),
  one("truncate", "Rounds toward zero.", truncate, ["(truncate -1.7)", "-1.0"]),
  two(
    "math/round-to",
    "(math/round-to number places): rounds a float to a number of decimal places, ties away from zero.",
    (x, digits) => float(roundToPlaces(double(x), places(digits))),
    ["(math/round-to 3.14159 2)", "3.14"],
  ),
  two(
    "math/format-fixed",
    "(math/format-fixed number decimals): a number as text with exactly the given number of decimals.",
    (x, digits) => formatFixed(double(x), places(digits)),
    ["(math/format-fixed 2.5 2)", '"2.50"'],
  ),
];

/** Powers, logarithms and trigonometry. */
export const elementaryBuiltins: Area = () => [
  one("sqrt", "Square root; exact for exact squares, complex for negative numbers.", sqrt, ["(sqrt 16)", "4"]),
  one(
    "exact-integer-sqrt",
    "The list (s r) of an integer n with s² + r = n and s as large as possible.",
    exactIntegerRoot,
    ["(exact-integer-sqrt 17)", "(4 1)"],
  ),
  two(
    "pow",
    "(pow base exponent): a number raised to a power; exact when both are exact and the power is an integer.",
    expt,
    [
      "(pow 2 10)",
      "1024",
    ],
  ),
  alias("expt", "pow"),
  alias("math/pow", "pow"),
  inDoubles("math/exp", "e raised to a power.", Math.exp, ["(math/exp 0)", "1.0"]),
  inDoubles("log", "Natural logarithm.", Math.log, ["(log 1)", "0.0"]),
  inDoubles("math/log10", "Logarithm to base 10.", Math.log10, ["(math/log10 1000)", "3.0"]),
  inDoubles("math/log2", "Logarithm to base 2.", Math.log2, ["(math/log2 8)", "3.0"]),
  inDoubles("sin", "Sine of an angle in radians.", Math.sin, ["(sin 0)", "0.0"]),
  inDoubles("cos", "Cosine of an angle in radians.", Math.cos, ["(cos 0)", "1.0"]),
  inDoubles("math/tan", "Tangent of an angle in radians.", Math.tan, ["(math/tan 0)", "0.0"]),
  inDoubles("math/asin", "Arc sine, in radians.", Math.asin, ["(math/asin 0)", "0.0"]),
  inDoubles("math/acos", "Arc cosine, in radians.", Math.acos, ["(math/acos 1)", "0.0"]),
  inDoubles("math/atan", "Arc tangent, in radians.", Math.atan, ["(math/atan 0)", "0.0"]),
  two(
    "math/atan2",
    "(math/atan2 y x): the angle of the point (x, y), in radians.",
    (y, x) => float(Math.atan2(realDouble("math/atan2", y), realDouble("math/atan2", x))),
    ["(math/atan2 0 1)", "0.0"],
  ),
  inDoubles("math/sinh", "Hyperbolic sine.", Math.sinh, ["(math/sinh 0)", "0.0"]),
  inDoubles("math/cosh", "Hyperbolic cosine.", Math.cosh, ["(math/cosh 0)", "1.0"]),
  inDoubles("math/tanh", "Hyperbolic tangent.", Math.tanh, ["(math/tanh 0)", "0.0"]),
  one("math/degrees->radians", "Degrees to radians.", (a) => float(double(a) * (Math.PI / 180)), [
    "(math/degrees->radians 180)",
    "3.141592653589793",
  ]),
  one("math/radians->degrees", "Radians to degrees.", (a) => float(double(a) * (180 / Math.PI)), [
    "(math/radians->degrees pi)",
    "180.0",
  ]),
  one("magnitude", "Absolute value; the magnitude of a complex number.", absolute, ["(magnitude 3+4i)", "5.0"]),
  one("angle", "The angle of a complex number, in radians.", (a) => {
    numberLevel(a);
    return float(angleOf(a));
  }, ["(angle -1)", "3.141592653589793"]),
];

/** Ranges and random numbers. */
export const rangeBuiltins: Area = () => [
  three("math/clamp", "(math/clamp number low high): a number kept between a lower and an upper bound.", clamp, [
    "(math/clamp 15 0 10)",
    "10",
  ]),
  three("math/lerp", "(math/lerp a b t): the float between a and b at the fraction t.", (a, b, t) => {
    const from = double(a);
    return float(from + (double(b) - from) * double(t));
  }, ["(math/lerp 0 10 0.25)", "2.5"]),
  many(
    "math/map-range",
    5,
    5,
    "(math/map-range number from-low from-high to-low to-high): a number mapped linearly from one range to another.",
    (args) => {
      const [x = NaN, fromLow = NaN, fromHigh = NaN, toLow = NaN, toHigh = NaN] = args.map(double);
      return float(toLow + (x - fromLow) / (fromHigh - fromLow) * (toHigh - toLow));
    },
    ["(math/map-range 5 0 10 0 100)", "50.0"],
  ),
  ...requires("random", [
    zero("math/random", "A random float from 0, included, to 1, excluded.", (context) => {
      return float(randomSource(context, "math/random")());
    }, ["(< (math/random) 1)", "#t"]),
    two(
      "math/random-int",
      "(math/random-int low high): a random integer between two bounds, both included.",
      randomInteger,
      [
        "(<= 1 (math/random-int 1 6) 6)",
        "#t",
      ],
    ),
  ]),
];
