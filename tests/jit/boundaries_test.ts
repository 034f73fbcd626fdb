/**
 * The integer fast paths are exact at the edges of what hosts compute fast: 2^31, 2^47, 2^53 and their negatives, two
 * steps to either side. Each operator is given all pairs of such numbers as two variables, as a variable and a literal
 * on either side, and from loops that walk over the edge, on every tier; the results are those of exact arithmetic.
 */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Tier } from "../../src/engine/mod.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

const EDGES: readonly bigint[] = [31n, 47n, 53n].flatMap((bits) => [2n ** bits, -(2n ** bits)]);
const NEAR: readonly bigint[] = EDGES.flatMap((edge) => [-2n, -1n, 0n, 1n, 2n].map((step) => edge + step));
const NUMBERS: readonly bigint[] = [...NEAR, 0n, 1n, -1n, 2n, -2n, 3n, -7n, 46341n, 94906267n];

type Binary = (a: bigint, b: bigint) => string;

function floored(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && (rest < 0n) !== (b < 0n) ? rest + b : rest;
}

function ratio(a: bigint, b: bigint): string {
  const gcd = (x: bigint, y: bigint): bigint => y === 0n ? (x < 0n ? -x : x) : gcd(y, x % y);
  const size = gcd(a, b) * (b < 0n ? -1n : 1n);
  return b / size === 1n ? String(a / size) : `${a / size}/${b / size}`;
}

const dividing = (f: (a: bigint, b: bigint) => unknown): Binary => (a, b) => b === 0n ? "nil" : String(f(a, b));
const comparing = (f: (a: bigint, b: bigint) => boolean): Binary => (a, b) => f(a, b) ? "#t" : "#f";
const computing = (f: (a: bigint, b: bigint) => bigint): Binary => (a, b) => String(f(a, b));

/** Operator → what it gives. A division by zero is asked for nowhere. */
const BINARY: Readonly<Record<string, Binary>> = {
  "+": computing((a, b) => a + b),
  "-": computing((a, b) => a - b),
  "*": computing((a, b) => a * b),
  "/": dividing(ratio),
  "quotient": dividing((a, b) => a / b),
  "remainder": dividing((a, b) => a % b),
  "mod": dividing(floored),
  "modulo": dividing(floored),
  "=": comparing((a, b) => a === b),
  "<": comparing((a, b) => a < b),
  ">": comparing((a, b) => a > b),
  "<=": comparing((a, b) => a <= b),
  ">=": comparing((a, b) => a >= b),
  "equal?": comparing((a, b) => a === b),
  "max": computing((a, b) => a > b ? a : b),
  "min": computing((a, b) => a < b ? a : b),
};

const UNARY: Readonly<Record<string, (a: bigint) => string>> = {
  "-": (a) => String(-a),
  "abs": (a) => String(a < 0n ? -a : a),
  "zero?": (a) => a === 0n ? "#t" : "#f",
  "positive?": (a) => a > 0n ? "#t" : "#f",
  "negative?": (a) => a < 0n ? "#t" : "#f",
  "even?": (a) => a % 2n === 0n ? "#t" : "#f",
  "odd?": (a) => a % 2n !== 0n ? "#t" : "#f",
  "float": (a) => `${BigInt(Number(a))}.0`,
};

const ALL = `(define all '(${NUMBERS.join(" ")}))\n`;

/** What a program prints, line by line. */
function lines(tier: Tier, program: string): string[] {
  let output = "";
  createRuntime({ tier, stdout: (text) => output += text }).eval(ALL + program);
  return output.trimEnd().split("\n");
}

/** `f` of every number, as the program prints a list. */
function row(f: (a: bigint) => string): string {
  return `(${NUMBERS.map(f).join(" ")})`;
}

const isDivision = (name: string): boolean => ["/", "quotient", "remainder", "mod", "modulo"].includes(name);
/** A call whose divisor may be zero. */
const call = (name: string, a: string, b: string): string =>
  isDivision(name) ? `(if (= ${b} 0) nil (${name} ${a} ${b}))` : `(${name} ${a} ${b})`;

for (const tier of TIERS) {
  describe(`at 2^31, 2^47 and 2^53, on ${tier}`, () => {
    for (const [name, result] of Object.entries(BINARY)) {
      it(`${name} of two variables`, () => {
        const program = `(define (f a b) ${call(name, "a", "b")})
          (for-each (fn (a) (println (map (fn (b) (f a b)) all))) all)`;
        assertEquals(lines(tier, program), NUMBERS.map((a) => row((b) => result(a, b))));
      });

      it(`${name} of a variable and a literal`, () => {
        const program = NUMBERS.map((n, i) => `
          (define (left${i} x) ${call(name, String(n), "x")}) (println (map left${i} all))
          (define (right${i} x) ${call(name, "x", String(n))}) (println (map right${i} all))`).join("");
        const expected = NUMBERS.flatMap((n) => [row((x) => result(n, x)), row((x) => result(x, n))]);
        assertEquals(lines(tier, program), expected);
      });
    }

    for (const [name, result] of Object.entries(UNARY)) {
      it(`${name} of one`, () => {
        assertEquals(lines(tier, `(define (f a) (${name} a)) (println (map f all))`), [row(result)]);
      });
    }

    it("a loop walks over each edge in steps of one and two", () => {
      const walks = EDGES.flatMap((edge) => [1n, -1n, 2n, -2n].map((step) => ({ from: edge - 40n * step, step })));
      const program = `(define (walk from step) (let loop ((i 0) (n from) (all '()))
          (if (< i 80) (loop (+ i 1) (+ n step) (cons n all)) all)))
        (define (count from step) (do ((i 0 (+ i 1)) (n from (- n step)) (all '() (cons n all))) ((= i 80) all)))
        ${
        walks.map(({ from, step }) => `(println (walk ${from} ${step})) (println (count ${from} ${-step}))`).join("\n")
      }`;
      const expected = walks.flatMap(({ from, step }) => {
        const numbers = Array.from({ length: 80 }, (_, i) => from + BigInt(i) * step).reverse();
        return [`(${numbers.join(" ")})`, `(${numbers.join(" ")})`];
      });
      assertEquals(lines(tier, program), expected);
    });

    it("a hot loop over small numbers goes on over an edge", () => {
      const program = EDGES.map((edge, i) => {
        const step = edge / 1000n;
        return `(define (sum${i} n step) (let loop ((k 0) (s 0)) (if (< k n) (loop (+ k 1) (+ s step)) s)))
          (println (sum${i} 3000 1)) (println (sum${i} 1003 ${step}))
          (define (double${i} n) (let loop ((k 0) (s 1)) (if (< k n) (loop (+ k 1) (* s 2)) s)))
          (println (map double${i} (range 70)))`;
      }).join("\n");
      const powers = `(${Array.from({ length: 70 }, (_, k) => 2n ** BigInt(k)).join(" ")})`;
      assertEquals(lines(tier, program), EDGES.flatMap((edge) => ["3000", String(1003n * (edge / 1000n)), powers]));
    });
  });
}
