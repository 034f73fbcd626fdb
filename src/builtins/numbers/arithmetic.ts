/**
 * Arithmetic, comparison and integer operations as function objects: what `apply`, `map` and calls with other argument
 * counts than an intrinsic's reach. They take the whole tower, and numbers only: concatenation and the order of
 * strings belong to direct calls (`intrinsics.ts`).
 */
import {
  absolute,
  add,
  bitAnd,
  bitNot,
  bitOr,
  bitXor,
  compareNumbers,
  Complex,
  divide,
  divisionByZero,
  evalError,
  gcd,
  greater,
  greaterOrEqual,
  isEven,
  isFloat,
  lcm,
  less,
  lessOrEqual,
  modulo,
  multiply,
  negate,
  numberLevel,
  numericEqual,
  quotient,
  remainder,
  shiftLeft,
  shiftRight,
  subtract,
  toInexact,
  type Value,
} from "../../data/mod.ts";
import { alias, type Area, type FunctionN, many, one, two } from "../declare.ts";

/** Left to right from the first argument, which must be a number even when it is alone. */
function accumulate(start: Value, args: readonly Value[], operation: (a: Value, b: Value) => Value): Value {
  let result = args.length === 0 ? start : args[0] ?? null;
  numberLevel(result);
  for (let i = 1; i < args.length; i++) result = operation(result, args[i] ?? null);
  return result;
}

/** Division of the function object, where an exact zero divides no float either. */
function divideStrictly(a: Value, b: Value): Value {
  numberLevel(a);
  if (b === 0) throw divisionByZero(true);
  return divide(a, b);
}

/** The conjunction over neighbours, stopped at the first false pair: later arguments are not even looked at. */
function chain(test: (a: Value, b: Value) => boolean): FunctionN {
  return (args) => {
    for (let i = 1; i < args.length; i++) if (!test(args[i - 1] ?? null, args[i] ?? null)) return false;
    return true;
  };
}

/** `min` or `max`: `prefers(order)` says whether the next argument, compared with the best so far, replaces it. */
function extreme(name: string, prefers: (order: number) => boolean): FunctionN {
  return (args) => {
    let best = args[0] ?? null;
    numberLevel(best);
    let inexact = isFloat(best);
    for (let i = 1; i < args.length; i++) {
      const next = args[i] ?? null;
      numberLevel(next);
      const order = best instanceof Complex || next instanceof Complex ? NaN : compareNumbers(next, best);
      if (Number.isNaN(order)) {
        throw evalError(`${name}: cannot order these numbers`, "complex numbers (and NaN) have no ordering");
      }
      if (prefers(order)) best = next;
      inexact ||= isFloat(next);
    }
    return inexact ? toInexact(best) : best;
  };
}

/** The sign of a number against zero; NaN for NaN and for complex numbers. */
function signOf(value: Value): number {
  numberLevel(value);
  return value instanceof Complex ? NaN : compareNumbers(value, 0);
}

/** Arithmetic on numbers of every kind. */
export const arithmeticBuiltins: Area = () => [
  many(
    "+",
    0,
    Infinity,
    "Adds numbers; two strings, in a direct call, are concatenated.",
    (args) => accumulate(0, args, add),
    ["(+ 1 2 3)", "6"],
  ),
  many(
    "-",
    1,
    Infinity,
    "Subtracts from left to right; negates a single number.",
    (args) => args.length === 1 ? negate(args[0] ?? null) : accumulate(0, args, subtract),
    ["(- 10 2 3)", "5"],
  ),
  many("*", 0, Infinity, "Multiplies numbers.", (args) => accumulate(1, args, multiply), ["(* 2 3 4)", "24"]),
  many(
    "/",
    2,
    Infinity,
    "Divides from left to right; exact numbers give an exact result.",
    (args) => accumulate(1, args, divideStrictly),
    ["(/ 1 2)", "1/2"],
  ),
  two(
    "mod",
    "(mod n divisor): remainder of floored division; next to a float, of truncated division.",
    (a, b) => modulo(a, b, true),
    [
      "(mod -7 3)",
      "2",
    ],
  ),
  alias("modulo", "mod"),
  two("quotient", "(quotient n divisor): quotient of two integers, truncated toward zero.", quotient, [
    "(quotient -7 2)",
    "-3",
  ]),
  alias("math/quotient", "quotient"),
  two(
    "remainder",
    "(remainder n divisor): remainder of truncated division, with the sign of the dividend.",
    remainder,
    [
      "(remainder -7 2)",
      "-1",
    ],
  ),
  alias("math/remainder", "remainder"),
  many(
    "gcd",
    0,
    Infinity,
    "Greatest common divisor of integers; 0 without arguments.",
    (args) => args.reduce<Value>(gcd, 0),
    ["(gcd 12 18)", "6"],
  ),
  alias("math/gcd", "gcd"),
  many(
    "lcm",
    0,
    Infinity,
    "Least common multiple of integers; 1 without arguments.",
    (args) => args.reduce<Value>(lcm, 1),
    ["(lcm 4 6)", "12"],
  ),
  alias("math/lcm", "lcm"),
  one("abs", "Absolute value; the magnitude of a complex number.", absolute, ["(abs -5)", "5"]),
  many(
    "min",
    1,
    Infinity,
    "The smallest number; a float when any argument is one.",
    extreme("min", (order) => order < 0),
    ["(min 3 1 2)", "1"],
  ),
  many(
    "max",
    1,
    Infinity,
    "The largest number; a float when any argument is one.",
    extreme("max", (order) => order > 0),
    ["(max 3 1.5)", "3.0"],
  ),
  one("math/sign", "-1, 0 or 1 by the sign of a number; 0 for NaN and complex numbers.", (a) => signOf(a) || 0, [
    "(math/sign -2.5)",
    "-1",
  ]),
];

/** Comparison and the tests against zero and two. */
export const comparisonBuiltins: Area = () => [
  many("<", 2, Infinity, "Whether the arguments are strictly increasing.", chain(less), ["(< 1 2 3)", "#t"]),
  many(">", 2, Infinity, "Whether the arguments are strictly decreasing.", chain(greater), ["(> 3 2 2)", "#f"]),
  many("<=", 2, Infinity, "Whether no argument is less than the one before it.", chain(lessOrEqual), [
    "(<= 1 1 2)",
    "#t",
  ]),
  many(">=", 2, Infinity, "Whether no argument is greater than the one before it.", chain(greaterOrEqual), [
    "(>= 1 2)",
    "#f",
  ]),
  many("=", 2, Infinity, "Whether all numbers have the same value.", chain(numericEqual), ["(= 1 1.0)", "#t"]),
  one("zero?", "Whether a number is zero; false for complex numbers.", (a) => signOf(a) === 0, ["(zero? 0.0)", "#t"]),
  one("positive?", "Whether a number is greater than zero.", (a) => signOf(a) > 0, ["(positive? 3)", "#t"]),
  one("negative?", "Whether a number is less than zero.", (a) => signOf(a) < 0, ["(negative? 3)", "#f"]),
  one("even?", "Whether an exact integer is even.", isEven, ["(even? 4)", "#t"]),
  one("odd?", "Whether an exact integer is odd.", (a) => !isEven(a), ["(odd? 4)", "#f"]),
];

/** Bits of integers of any size, in two's complement. */
export const bitBuiltins: Area = () => [
  two("bit/and", "Bitwise and of two integers.", bitAnd, ["(bit/and 12 10)", "8"]),
  two("bit/or", "Bitwise inclusive or of two integers.", bitOr, ["(bit/or 12 10)", "14"]),
  two("bit/xor", "Bitwise exclusive or of two integers.", bitXor, ["(bit/xor 12 10)", "6"]),
  one("bit/not", "Bitwise complement of an integer.", bitNot, ["(bit/not 5)", "-6"]),
  two("bit/shift-left", "(bit/shift-left integer count): an integer times 2 to the given count.", shiftLeft, [
    "(bit/shift-left 1 10)",
    "1024",
  ]),
  two(
    "bit/shift-right",
    "(bit/shift-right integer count): an integer divided by 2 to the given count, rounded down.",
    shiftRight,
    [
      "(bit/shift-right 1024 3)",
      "128",
    ],
  ),
];
