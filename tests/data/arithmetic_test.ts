/** Arithmetic against bigint arithmetic and against exact fractions, on operands around the edges of the fast paths. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertThrows } from "../../src/compat/assert.ts";
import {
  add,
  bitAnd,
  bitOr,
  bitXor,
  compareNumbers,
  Complex,
  complex,
  Condition,
  divide,
  doubleToRatio,
  equal,
  expt,
  float,
  Flonum,
  floor,
  integer,
  isExactInteger,
  isFloat,
  modulo,
  multiply,
  negate,
  numericEqual,
  quotient,
  Rational,
  rational,
  ratioToDouble,
  remainder,
  round,
  shiftLeft,
  shiftRight,
  sqrt,
  subtract,
  toBigInt,
  toDouble,
  toExact,
  type Value,
} from "../../src/data/mod.ts";
import { Random } from "./random.ts";

const ROUNDS = 4000;

/** The invariants that the head of `value.ts` promises for numbers. */
function assertNormal(value: Value): void {
  if (typeof value === "number") {
    assert(!Number.isInteger(value) || (Number.isSafeInteger(value) && !Object.is(value, -0)));
  }
  if (typeof value === "bigint") assert(!Number.isSafeInteger(Number(value)), `${value} belongs in a number`);
  if (value instanceof Flonum) assert(Number.isInteger(value.value));
  if (value instanceof Rational) {
    assert(value.denominator > 1n);
    assert(equal(rational(value.numerator, value.denominator), value), "lowest terms");
  }
  if (value instanceof Complex) assert(value.im !== 0);
}

function failure(run: () => Value): string {
  const error = assertThrows(run);
  return error instanceof Condition ? error.message : `not a condition: ${error}`;
}

const integerOperations: readonly [string, (a: Value, b: Value) => Value, (a: bigint, b: bigint) => bigint][] = [
  ["add", add, (a, b) => a + b],
  ["subtract", subtract, (a, b) => a - b],
  ["multiply", multiply, (a, b) => a * b],
  ["quotient", quotient, (a, b) => a / (b || 1n)],
  ["remainder", remainder, (a, b) => a % (b || 1n)],
  ["modulo", modulo, (a, b) => ((a % (b || 1n)) + (b || 1n)) % (b || 1n)],
  ["bitAnd", bitAnd, (a, b) => a & b],
  ["bitOr", bitOr, (a, b) => a | b],
  ["bitXor", bitXor, (a, b) => a ^ b],
];

describe("integers", () => {
  for (const [name, operation, model] of integerOperations) {
    it(`${name} agrees with bigint arithmetic across 2^31 and 2^53`, () => {
      const random = new Random(name.length * 7919);
      const divides = ["quotient", "remainder", "modulo"].includes(name);
      for (let i = 0; i < ROUNDS; i++) {
        const a = random.bigint();
        const b = random.bigint();
        const divisor = divides && b === 0n ? 1n : b;
        const result = operation(integer(a), integer(divisor));
        assertNormal(result);
        assertEquals(toBigInt(result), model(a, b), `${name} ${a} ${b}`);
      }
    });
  }

  it("shifts like bigints", () => {
    const random = new Random(5);
    for (let i = 0; i < ROUNDS; i++) {
      const a = random.bigint();
      const count = random.below(70);
      assertEquals(shiftLeft(integer(a), count), integer(a << BigInt(count)));
      assertEquals(shiftRight(integer(a), count), integer(a >> BigInt(count)));
    }
  });

  it("has no negative zero", () => {
    for (const zero of [multiply(0, -5), subtract(0, 0), negate(0), quotient(-1, 2), remainder(-4, 2), modulo(-4, 2)]) {
      assert(Object.is(zero, 0));
    }
    assert(Object.is(divide(0, -3), 0));
  });

  it("divides exactly", () => {
    const random = new Random(11);
    for (let i = 0; i < ROUNDS; i++) {
      const a = random.integer();
      const b = random.integer();
      if (b === 0) continue;
      const result = divide(a, b);
      assertNormal(result);
      assert(equal(multiply(result, b), a), `${a} / ${b}`);
    }
  });

  it("refuses to divide by zero and to add what is no number", () => {
    assertEquals(failure(() => divide(1, 0)), "division by zero");
    assertEquals(failure(() => add(1, "a")), "expected number, got string");
    assertEquals(failure(() => expt(2, 10 ** 15)), "expt: result too large");
  });
});

describe("mixed arithmetic", () => {
  it("keeps the representation invariants", () => {
    const random = new Random(17);
    for (let i = 0; i < ROUNDS; i++) {
      const a = random.real();
      const b = random.real();
      for (const operation of [add, subtract, multiply]) assertNormal(operation(a, b));
      if (b !== 0) assertNormal(divide(a, b));
    }
  });

  it("is exact on exact operands and a float beside a float", () => {
    const random = new Random(19);
    for (let i = 0; i < ROUNDS; i++) {
      const a = random.real();
      const b = random.real();
      const sum = add(a, b);
      assertEquals(isFloat(sum), isFloat(a) || isFloat(b));
      assert(isFloat(sum) ? equal(sum, float(toDouble(a) + toDouble(b))) : equal(subtract(sum, b), a));
    }
  });

  it("boxes a float exactly when it is integral", () => {
    assertEquals(add(0.5, 0.5), new Flonum(1));
    assertEquals(add(9007199254740991, 0.5), new Flonum(9007199254740992));
    assertEquals(multiply(0, 1.5), new Flonum(0));
    assertEquals(add(0.25, 0.5), 0.75);
    assertEquals(divide(1.5, 0), Infinity);
  });

  it("multiplies and divides complex numbers part by part", () => {
    assertEquals(multiply(complex(0, 1), complex(0, 1)), -1);
    assertEquals(divide(complex(1, 2), complex(3, 4)), complex(rational(11n, 25n), rational(2n, 25n)));
    assertEquals(sqrt(-25), complex(0, 5));
  });
});

describe("comparison", () => {
  it("compares the exact values", () => {
    const random = new Random(23);
    for (let i = 0; i < ROUNDS; i++) {
      const a = random.real();
      const b = random.real();
      const difference = subtract(toExact(a), toExact(b));
      assertEquals(compareNumbers(a, b), compareNumbers(difference, 0), "sign of the exact difference");
      assertEquals(numericEqual(a, b), difference === 0);
    }
  });

  it("does not round an integer to meet a float", () => {
    assert(!numericEqual(9007199254740993n, new Flonum(9007199254740992)));
    assertEquals(compareNumbers(rational(1n, 3n), 1 / 3), 1);
    assert(Number.isNaN(compareNumbers(NaN, 1)));
  });
});

describe("doubles", () => {
  it("come apart and together again", () => {
    const random = new Random(29);
    for (let i = 0; i < ROUNDS; i++) {
      const value = random.double();
      assertEquals(Math.abs(ratioToDouble(...doubleToRatio(value))), Math.abs(value));
    }
  });

  it("round a fraction to the nearest double, ties to even", () => {
    const odd = (1n << 53n) + 1n;
    assertEquals(ratioToDouble(odd * 3n, 3n), 9007199254740992);
    assertEquals(ratioToDouble(odd * 10n ** 30n + 1n, 10n ** 30n), 9007199254740994);
    assertEquals(ratioToDouble(3n, 1n << 1075n), 2 * Number.MIN_VALUE);
    assertEquals(ratioToDouble(1n, 1n << 1075n), 0);
    assertEquals(ratioToDouble(10n ** 400n, 10n ** 399n), 10);
    assertEquals(ratioToDouble(-(10n ** 400n), 1n), -Infinity);
  });

  it("round half to even and floor downward, as fractions and as floats", () => {
    const random = new Random(31);
    for (let i = 0; i < ROUNDS; i++) {
      const half = random.below(2000) - 1000;
      assertEquals(toDouble(round(rational(BigInt(half), 2n))) + 0, toDouble(round(float(half / 2))) + 0);
      assertEquals(toDouble(floor(rational(BigInt(half), 4n))), toDouble(floor(float(half / 4))));
    }
  });
});

describe("roots and powers", () => {
  it("finds the exact root of a square and of nothing else", () => {
    const random = new Random(37);
    for (let i = 0; i < 500; i++) {
      const base = random.bigint();
      const size = base < 0n ? -base : base;
      assertEquals(sqrt(integer(size * size)), integer(size));
      assertEquals(isExactInteger(sqrt(integer(size * size + 1n))), size === 0n);
    }
  });

  it("raises fractions to negative powers", () => {
    assertEquals(expt(rational(2n, 3n), -2), rational(9n, 4n));
    assertEquals(expt(2, 100), 1n << 100n);
    assertEquals(expt(1, NaN), new Flonum(1));
  });
});
