/** Every kind of value through every place that the baseline tier keeps one in comes back as it was. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";

/** Expressions by the text their values print as. */
const VALUES: readonly (readonly [source: string, printed: string])[] = [
  ["0", "0"],
  ["-1", "-1"],
  ["2147483647", "2147483647"],
  ["2147483648", "2147483648"],
  ["-2147483648", "-2147483648"],
  ["-2147483649", "-2147483649"],
  ["4294967295", "4294967295"],
  ["9007199254740991", "9007199254740991"],
  ["9007199254740992", "9007199254740992"],
  ["-9007199254740993", "-9007199254740993"],
  ["(* 9007199254740991 1000)", "9007199254740991000"],
  ["(- (* 9007199254740991 1000) (* 9007199254740991 999))", "9007199254740991"],
  ["1/3", "1/3"],
  ["2.0", "2.0"],
  ["-0.0", "-0.0"],
  ["1.5", "1.5"],
  ["1e20", "100000000000000000000.0"],
  ["(- 1e20)", "-100000000000000000000.0"],
  ["(/ 1.0 0.0)", "inf"],
  ["(/ 1.0 3.0)", "0.3333333333333333"],
  ["#\\a", "#\\a"],
  ["#\\λ", "#\\λ"],
  ["'symbol", "symbol"],
  [":keyword", ":keyword"],
  ["nil", "nil"],
  ["#t", "#t"],
  ["#f", "#f"],
  ["'()", "()"],
  ['"text"', '"text"'],
  ["'(1 2.0 nil)", "(1 2.0 nil)"],
  ["[1 #t]", "[1 #t]"],
  ["{:a 1}", "{:a 1}"],
];

/** Ways to get `V` back through a place. */
const PLACES: Readonly<Record<string, string>> = {
  "a constant": "V",
  "a local": "(let ((x V)) x)",
  "a local that moves": "(let* ((x V) (y x) (z y)) (begin x y z))",
  "a parameter": "((fn (a x b) x) 1 V 2)",
  "the fifth parameter": "((fn (a b c d x) x) 1 2 3 4 V)",
  "a rest parameter": "((fn (a . more) (car more)) 1 V)",
  "a tail call": "((fn (x) ((fn (a b) b) 1 x)) V)",
  "a capture": "(((fn (x) (fn () x)) V))",
  "an assigned variable": "(let ((x 1)) (set! x V) x)",
  "a shared variable": "(let ((x 1)) (let ((get (fn () x))) (set! x V) (get)))",
  "a shared variable after its frame": "((let ((x 1)) (let ((get (fn () x))) (set! x V) get)))",
  "a shared variable set from inside": "(let ((x 1)) ((fn () (set! x V))) x)",
  "a loop variable": "(let loop ((i 0) (x V)) (if (< i 3) (loop (+ i 1) x) x))",
  "a do variable": "(do ((i 0 (+ i 1)) (x V x)) ((= i 3) x))",
  "a list": "(car (cdr (list 1 V)))",
  "a vector": "(nth [1 V] 1)",
  "a map": "(get {:a V} :a)",
  "a mutable array": "(mutable-array/get (mutable-array/new 3 V) 1)",
  "a global": "(begin (define g V) g)",
  "a global that is set": "(begin (define g 1) (set! g V) g)",
  "a callback": "(car (map (fn (x) x) (list V)))",
  "a fold": "(foldl (fn (seen x) x) 0 (list 1 V))",
  "apply": "(apply (fn (a x) x) (list 1 V))",
  "a thrown value": "(try (throw [V]) (catch e (nth (:value e) 0)))",
  "a variable seen by a handler": "(let ((x V)) (try (throw 1) (catch e x)))",
  "what is below a try": "((fn (a b) a) V (try (throw 1) (catch e e)))",
  "either branch": "(if #f 1 (let ((x V)) (if #t x 2)))",
  "a promise": "(force (delay V))",
  "eval": "(eval '(let ((x V)) x))",
};

describe("values", () => {
  for (const [place, template] of Object.entries(PLACES)) {
    it(`come back from ${place}`, () => {
      for (const [source, printed] of VALUES) {
        const runtime = createRuntime({ tier: "baseline" });
        const text = template.replaceAll("V", () => source);
        assertEquals(runtime.print(runtime.eval(`(list ${text})`)), `(${printed})`, text);
      }
    });
  }
});

/** Expressions whose value is NaN, however the host's bits of it look. */
const NOT_NUMBERS: readonly string[] = [
  "math/nan",
  "(- math/infinity math/infinity)",
  "(* 0.0 math/infinity)",
  "(/ 0.0 0.0)",
  "(sqrt math/nan)",
  "(log -1.0)",
  "(sin math/infinity)",
  "(math/pow math/nan 1.5)",
  '(string->number "nan")',
  "(- math/nan)",
  "(abs math/nan)",
  "(max math/nan)",
  "(math/clamp math/nan 1 9)",
  "(f64-array/ref (f64-array (- math/infinity math/infinity)) 0)",
];

describe("NaN", () => {
  for (const source of NOT_NUMBERS) {
    it(`of ${source} is like any other`, () => {
      const runtime = createRuntime({ tier: "baseline" });
      const program = `(define (try-it x)
        (let ((y x) (seen '()))
          (list x (= x y) (< x 1) (<= x 1.5) (>= 1.5 x) (+ x 1) (* y 1.5) ((fn () y)) (if (> x 1.5) 1 2))))
      (try-it ${source})`;
      assertEquals(runtime.print(runtime.eval(program)), "(NaN #f #f #f #f NaN NaN NaN 2)");
    });
  }

  it("from the host has one form", () => {
    const runtime = createRuntime({ tier: "baseline" });
    const bits = new BigUint64Array(1);
    const doubles = new Float64Array(bits.buffer);
    for (const pattern of [0xfff9000000000007n, 0xfffa000000000002n, 0xfffd000000000000n, 0x7ff4000000000000n]) {
      bits[0] = pattern;
      runtime.define("forged", doubles[0]);
      assertEquals(
        runtime.print(runtime.eval("(let ((x forged)) (list x (+ x 1) (not x) (if x 1 2)))")),
        "(NaN NaN #f 1)",
      );
    }
  });
});

describe("integers", () => {
  const EDGES: readonly (readonly [source: string, printed: string])[] = [
    ["(+ 2147483647 1)", "2147483648"],
    ["(- -2147483648 1)", "-2147483649"],
    ["(* 65536 65536)", "4294967296"],
    ["(* 94906267 94906267)", "9007199515875289"],
    ["(* -3037000500 3037000500)", "-9223372037000250000"],
    ["(+ 9007199254740991 1)", "9007199254740992"],
    ["(- (+ 9007199254740991 9) 9)", "9007199254740991"],
    ["(- -2147483648)", "2147483648"],
    ["(* 0 -5)", "0"],
    ["(- 0)", "0"],
    ["(* -1 0)", "0"],
    ["(mod -7 7)", "0"],
    ["(mod 2147483648 7)", "2"],
    ["(/ 6 3)", "2"],
    ["(/ 0 -3)", "0"],
    ["(= 2147483648 2147483648)", "#t"],
    ["(< 2147483647 2147483648)", "#t"],
    ["(= 2 2.0)", "#t"],
    ["(eq? 2 2.0)", "#f"],
    ["(+ 1.5 0.5)", "2.0"],
    ["(- 2.0 2)", "0.0"],
    ["(* -1.0 0)", "-0.0"],
    ["(+ 1 2.0)", "3.0"],
  ];
  for (const [source, printed] of EDGES) {
    it(`${source} is ${printed}, of literals and of variables`, () => {
      const runtime = createRuntime({ tier: "baseline" });
      assertEquals(runtime.print(runtime.eval(source)), printed);
      const [, operator, ...operands] = /^\((\S+) (\S+)(?: (\S+))?\)$/.exec(source) ?? [];
      const given = operands.filter((operand) => operand !== undefined);
      if (given.length === 0) return;
      const names = given.map((_, i) => `x${i}`).join(" ");
      const call = `((fn (${names}) (${operator} ${names})) ${given.join(" ")})`;
      assertEquals(runtime.print(runtime.eval(call)), printed);
    });
  }

  it("count past every edge in a loop", () => {
    const runtime = createRuntime({ tier: "baseline" });
    const count = (from: string, step: string): string =>
      runtime.print(runtime.eval(`(let loop ((i 0) (n ${from})) (if (= i 4) n (loop (+ i 1) (${step} n 1))))`));
    assertEquals(count("2147483646", "+"), "2147483650");
    assertEquals(count("-2147483646", "-"), "-2147483650");
    assertEquals(count("9007199254740990", "+"), "9007199254740994");
    assertEquals(count("-2147483650", "+"), "-2147483646");
  });
});
