/** The numeric builtins: kinds, exactness, complex parts and text here, the rest gathered from their own tables. */
import {
  complex,
  Condition,
  denominatorOf,
  evalError,
  float,
  formatNumber,
  imaginaryPart,
  integer,
  isExact,
  isExactInteger,
  isFloat,
  isInt64,
  isNumber,
  isReal,
  numberLevel,
  numeratorOf,
  parseDouble,
  parseRadix,
  Rational,
  rationalize,
  realPart,
  toBigInt,
  toDouble,
  toExact,
  toInexact,
  toInteger,
  type Value,
} from "../../data/mod.ts";
import { read } from "../../reader/mod.ts";
import { arithmeticBuiltins, bitBuiltins, comparisonBuiltins } from "./arithmetic.ts";
import { isDouble, text, wrongType } from "../check.ts";
import { alias, type Area, many, one, pure, two } from "../declare.ts";
import { elementaryBuiltins, rangeBuiltins, realDouble, roundingBuiltins } from "./elementary.ts";

const predicates: Area = () => [
  one("number?", "Whether a value is a number of any kind.", isNumber, ["(number? 1/2)", "#t"]),
  one(
    "integer?",
    "Whether a value is an integer, or a float with an integral value.",
    (a) => isExactInteger(a) || (isFloat(a) && Number.isInteger(toDouble(a))),
    ["(integer? 2.0)", "#t"],
  ),
  one("exact-integer?", "Whether a value is an exact integer.", isExactInteger, ["(exact-integer? 2.0)", "#f"]),
  one(
    "rational?",
    "Whether a value is an exact integer or fraction.",
    (a) => isExactInteger(a) || a instanceof Rational,
    ["(rational? 1/2)", "#t"],
  ),
  one("real?", "Whether a value is a number other than a complex one.", isReal, ["(real? 1.5)", "#t"]),
  one("complex?", "Whether a value is a number of any kind.", isNumber, ["(complex? 1.5)", "#t"]),
  one("float?", "Whether a value is a float.", isFloat, ["(float? 1.5)", "#t"]),
  one("exact?", "Whether a value is an exact number.", isExact, ["(exact? 1/2)", "#t"]),
  one("inexact?", "Whether a value is a number with a float in it.", (a) => isNumber(a) && !isExact(a), [
    "(inexact? 1.5)",
    "#t",
  ]),
  one("math/nan?", "Whether a value is the float NaN.", (a) => Number.isNaN(a), ["(math/nan? (sqrt 2))", "#f"]),
  one("math/infinite?", "Whether a value is an infinite float.", (a) => a === Infinity || a === -Infinity, [
    "(math/infinite? math/infinity)",
    "#t",
  ]),
];

function fraction(value: Value): Value {
  if (isExactInteger(value) || value instanceof Rational) return value;
  throw wrongType("rational", value);
}

function real(value: Value): Value {
  if (isReal(value)) return value;
  throw wrongType("real", value);
}

function toFloat(value: Value): Value {
  if (isNumber(value)) return float(realDouble("float", value));
  if (typeof value !== "string") throw wrongType("number or string", value);
  const parsed = parseDouble(value);
  if (parsed === null) throw evalError(`cannot convert '${value}' to float`);
  return float(parsed);
}

const conversions: Area = () => [
  one("exact", "The exact number that a float denotes.", toExact, ["(exact 0.5)", "1/2"]),
  alias("inexact->exact", "exact"),
  one("inexact", "The float nearest to a number.", toInexact, ["(inexact 1/4)", "0.25"]),
  alias("exact->inexact", "inexact"),
  one("numerator", "The numerator of a fraction in lowest terms.", (a) => integer(numeratorOf(fraction(a))), [
    "(numerator 6/4)",
    "3",
  ]),
  one("denominator", "The denominator of a fraction in lowest terms.", (a) => integer(denominatorOf(fraction(a))), [
    "(denominator 6/4)",
    "2",
  ]),
  two(
    "rationalize",
    "(rationalize number tolerance): the simplest fraction within a tolerance of a number.",
    rationalize,
    [
      "(rationalize 3/10 1/10)",
      "1/3",
    ],
  ),
  one("int", "An integer from a number, truncated, or from a string of digits.", toInteger, ['(int "42")', "42"]),
  one("float", "A float from a real number or from a string.", toFloat, ["(float 3)", "3.0"]),
];

const complexParts: Area = () => [
  two(
    "make-rectangular",
    "(make-rectangular real imaginary): the complex number with the given real and imaginary part.",
    (re, im) => complex(real(re), real(im)),
    ["(make-rectangular 1 2)", "1+2i"],
  ),
  two(
    "make-polar",
    "(make-polar magnitude angle): the complex number with the given magnitude and angle.",
    (size, angle) => {
      const [radius, phi] = [toDouble(real(size)), toDouble(real(angle))];
      return complex(float(radius * Math.cos(phi)), float(radius * Math.sin(phi)));
    },
    ["(make-polar 2 0)", "2.0+0.0i"],
  ),
  one("real-part", "The real part of a number.", (a) => {
    numberLevel(a);
    return realPart(a);
  }, ["(real-part 1+2i)", "1"]),
  one("imag-part", "The imaginary part of a number, 0 for every real.", (a) => {
    numberLevel(a);
    return imaginaryPart(a);
  }, ["(imag-part 1+2i)", "2"]),
];

const RADIXES: readonly Value[] = [2, 8, 10, 16];

/** The radix argument of `name`, 10 when it is left out. */
function radixArgument(name: string, value: Value | undefined): number {
  if (value === undefined) return 10;
  if (!isInt64(value)) throw wrongType("integer", value);
  if (!RADIXES.includes(value)) {
    throw evalError(`${name}: unsupported radix ${value} (expected 2, 8, 10, or 16)`);
  }
  return Number(value);
}

function numberToString(args: readonly Value[]): Value {
  const value = args[0] ?? null;
  const radix = radixArgument("number->string", args[1]);
  if (radix === 10) {
    numberLevel(value);
    return formatNumber(value);
  }
  if (!isExactInteger(value)) throw wrongType("exact integer", value);
  return toBigInt(value).toString(radix);
}

/** The number that `source` reads as, when it is the text of exactly one datum and that is a number; otherwise #f. */
function readNumber(source: string): Value {
  try {
    const { forms } = read(source, null);
    const form = forms[0] ?? null;
    return forms.length === 1 && isNumber(form) ? form : false;
  } catch (error) {
    if (error instanceof Condition) return false;
    throw error;
  }
}

function stringToFloat(value: Value): Value {
  if (typeof value !== "string") {
    if (!isDouble(value)) throw wrongType("string or number", value);
    return toInexact(value);
  }
  const parsed = parseDouble(value);
  if (parsed === null) throw evalError(`cannot parse '${value}' as float`);
  return float(parsed);
}

const textConversions: Area = () => [
  many(
    "number->string",
    1,
    2,
    "(number->string number [radix]): a number as text, in radix 2, 8, 10 or 16.",
    numberToString,
    [
      "(number->string 255 16)",
      '"ff"',
    ],
  ),
  alias("number/to-string", "number->string"),
  many("string->number", 1, 2, "(string->number text [radix]): the number that a text denotes, or #f.", (args) => {
    const source = text(args[0] ?? null);
    const radix = radixArgument("string->number", args[1]);
    return radix === 10 ? readNumber(source) : parseRadix(source, radix) ?? false;
  }, ['(string->number "1e3")', "1000.0"]),
  alias("string/to-number", "string->number"),
  one("string->float", "The float that a text or a number denotes.", stringToFloat, ['(string->float "2.5")', "2.5"]),
  alias("string/to-float", "string->float"),
  one("string/number?", "Whether a text denotes a number.", (a) => readNumber(text(a)) !== false, [
    '(string/number? "12a")',
    "#f",
  ]),
];

/** Every builtin about numbers. */
export const numberBuiltins: Area = () =>
  pure([
    ...arithmeticBuiltins(),
    ...comparisonBuiltins(),
    ...predicates(),
    ...roundingBuiltins(),
    ...elementaryBuiltins(),
    ...conversions(),
    ...complexParts(),
    ...rangeBuiltins(),
    ...bitBuiltins(),
    ...textConversions(),
  ]);
