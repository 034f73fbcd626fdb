/**
 * Guards that fail: the rest of the activation runs in the interpreter from the very instruction, with the very values,
 * and nobody can tell.
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { assertEverywhere, evaluate, MODES, prepare } from "./tiers.ts";

/** A function of two numbers, calls of it that warm it up, and calls of other types with what they print. */
interface Site {
  readonly body: string;
  readonly heat: string;
  readonly calls: readonly (readonly [call: string, printed: string])[];
}

const SITES: Readonly<Record<string, Site>> = {
  "+": {
    body: "(+ a b)",
    heat: "(f 1 2)",
    calls: [
      ["(f 3 4)", "7"],
      ["(f 2147483647 1)", "2147483648"],
      ["(f 9007199254740991 1)", "9007199254740992"],
      ["(f -9007199254740991 -2)", "-9007199254740993"],
      ["(f 1.5 2)", "3.5"],
      ["(f 1.5 1.5)", "3.0"],
      ["(f 2 0.5)", "2.5"],
      ["(f 1/2 1)", "3/2"],
      ["(f 123456789012345678901234567890 1)", "123456789012345678901234567891"],
      ['(f "a" 1)', "type-error: expected number or string, got string and int"],
      ["(f 1 nil)", "type-error: expected number or string, got int and nil"],
    ],
  },
  "-": {
    body: "(- a b)",
    heat: "(f 1 2)",
    calls: [
      ["(f -2147483648 1)", "-2147483649"],
      ["(f -9007199254740991 2)", "-9007199254740993"],
      ["(f 1.0 1)", "0.0"],
      ["(f 1 0.25)", "0.75"],
      ["(f 0.0 0)", "0.0"],
    ],
  },
  "*": {
    body: "(* a b)",
    heat: "(f 3 2)",
    calls: [
      ["(f -1 0)", "0"],
      ["(f 65536 65536)", "4294967296"],
      ["(f 94906267 94906267)", "9007199515875289"],
      ["(f 4294967296 4294967296)", "18446744073709551616"],
      ["(f 0 -1.5)", "-0.0"],
      ["(f 0.5 4)", "2.0"],
      ["(f 1/3 3)", "1"],
    ],
  },
  "/": {
    body: "(/ a b)",
    heat: "(f 6 2)",
    calls: [
      ["(f 6 3)", "2"],
      ["(f 1 3)", "1/3"],
      ["(f 1.0 4)", "0.25"],
      ["(f 9007199254740993 3)", "3002399751580331"],
      ["(f 1.0 0)", "inf"],
    ],
  },
  "<": {
    body: "(if (< a b) 'yes 'no)",
    heat: "(f 1 2)",
    calls: [
      ["(f 3 2147483648)", "yes"],
      ["(f 1.5 2)", "yes"],
      ["(f 2 1.5)", "no"],
      ["(f 9007199254740993 9007199254740992.0)", "no"],
      ["(f 1/3 1/2)", "yes"],
      ["(f 123456789012345678901234567890 1)", "no"],
    ],
  },
  "=": {
    body: "(list (= a b))",
    heat: "(f 1 2)",
    calls: [
      ["(f 1 1.0)", "(#t)"],
      ["(f 2147483648 2147483648)", "(#t)"],
      ["(f 123456789012345678901234567890 123456789012345678901234567890)", "(#t)"],
      ["(f 1/2 0.5)", "(#t)"],
      ["(f 'a 'a)", "(#t)"],
      ['(f "x" "y")', "(#f)"],
    ],
  },
  "mod": {
    body: "(mod a b)",
    heat: "(f 7 3)",
    calls: [
      ["(f -7 3)", "2"],
      ["(f 7 -3)", "-2"],
      ["(f 7.5 2)", "1.5"],
      ["(f 9007199254740993 10)", "3"],
    ],
  },
};

describe("a site that sees other types than before", () => {
  for (const [name, { body, heat, calls }] of Object.entries(SITES)) {
    it(name, () => {
      for (const mode of MODES) {
        const runtime = prepare(mode, { units: [`(define (f a b) ${body})`, ""], heat });
        for (const [call, printed] of calls) assertEquals(evaluate(runtime, call), printed, `${call}, ${mode.name}`);
        // And again in the code that has learned from it, in the other direction.
        for (const [call, printed] of calls.toReversed()) {
          assertEquals(evaluate(runtime, call), printed, `${call} again, ${mode.name}`);
        }
      }
    });
  }

  it("with other values waiting on the operand stack", () => {
    for (const [name, { body, heat, calls }] of Object.entries(SITES)) {
      for (const [call, printed] of calls) {
        if (printed.includes("error")) continue;
        assertEverywhere({
          units: [
            `(define (f a b) (let ((c (* 1.0 0.5))) (list 'first c (+ 1 (* 2 (length (list a b)))) ${body} 'last)))`,
            call,
          ],
          heat,
          printed: `(first 0.5 5 ${printed} last)`,
        });
      }
      assert(calls.length > 0, name);
    }
  });

  it("with variables shared with closures", () => {
    assertEverywhere({
      units: [
        `(define (f a b)
           (let ((count 0) (total a))
             (let ((more (fn (x) (set! count (+ count 1)) (set! total (+ total x)) total)))
               (more b)
               (set! total (+ total b))
               (more b)
               (list count total a b))))`,
        `(list (f 1 2) (f 1 2147483647) (f 0.5 2) (f 1 1/2) (f 9007199254740991 1))`,
      ],
      heat: "(f 1 2)",
      printed: "((2 7 1 2) (2 6442450942 1 2147483647) (2 6.5 0.5 2) (2 5/2 1 1/2) " +
        "(2 9007199254740994 9007199254740991 1))",
    });
  });

  it("inside a TRY, without passing its handler", () => {
    assertEverywhere({
      units: [
        "(define (f a b) (let ((kept (* a 2))) (list kept (try (+ a b) (catch e (:type e))) (try (* a b) (catch e e kept)))))",
        '(list (f 1 2) (f 1 0.5) (f 2147483647 2) (f 3 "x"))',
      ],
      heat: "(f 1 2)",
      printed: "((2 3 2) (2 1.5 0.5) (4294967294 2147483649 4294967294) (6 :type-error 6))",
    });
  });

  it("inside a function that is inlined, two deep", () => {
    assertEverywhere({
      units: [
        "(define (add a b) (+ a b)) (define (twice x) (add x x)) (define (f x) (list 'a (twice x) (add (twice x) 1)))",
        '(list (f 1) (f 1.25) (f 2000000000) (f 1/2) (try (f "s") (catch e (:type e))))',
      ],
      heat: "(f 1)",
      printed: "((a 2 3) (a 2.5 3.5) (a 4000000000 4000000001) (a 1 2) :type-error)",
    });
  });
});

describe("numbers grow in one loop", () => {
  it("from 32 bits to any size and into floats", () => {
    assertEverywhere({
      units: [
        "(define (power x n) (let loop ((i 0) (product 1)) (if (= i n) product (loop (+ i 1) (* product x)))))",
        "(list (power 2 10) (power 2 40) (power 2 70) (power 0.5 3) (power 2.0 3) (power 1/2 3) (power -3 41))",
      ],
      heat: "(power 2 5)",
      printed: "(1024 1099511627776 1180591620717411303424 0.125 8.0 1/8 -36472996377170786403)",
    });
  });

  it("and a loop that ends at once for the large ones is left for them only until it is compiled for that", () => {
    const units = [
      `(define (cross-out! sieve step n)
         (let loop ((i (* step step)))
           (when (<= i n)
             (mutable-array/set! sieve i #f)
             (loop (+ i step)))))
       (define (count-primes sieve n)
         (let loop ((i 2) (count 0))
           (cond ((> i n) count)
                 ((mutable-array/get sieve i) (cross-out! sieve i n) (loop (+ i 1) (+ count 1)))
                 (else (loop (+ i 1) count)))))
       (define (f n) (count-primes (mutable-array/new (+ n 1) #t) n))`,
      "(list (f 48000) (f 30) (f 48000))",
    ];
    assertEverywhere({ units, printed: "(4946 10 4946)" });
    const runtime = createRuntime({ tier: "jit" });
    for (const unit of units) runtime.eval(unit);
    const { exits } = runtime.stats();
    runtime.eval("(f 48000)");
    assertEquals(runtime.stats().exits, exits);
  });

  it("while an accumulator turns from integer to float", () => {
    assertEverywhere({
      units: [
        "(define (f n at) (let loop ((i 0) (sum 0)) (if (= i n) sum (loop (+ i 1) (+ sum (if (= i at) 0.5 i))))))",
        "(list (f 10 100) (f 10 5) (f 3 0) (f 3 2) (f 100000 99999))",
      ],
      heat: "(f 5 10)",
      printed: "(45 40.5 3.5 1.5 4999850001.5)",
    });
  });

  it("while integral floats stay floats", () => {
    assertEverywhere({
      units: [
        "(define (f n x) (do ((i 0 (+ i 1)) (x x (* x 2.0))) ((= i n) (list x (+ x 1) (- x) (* x 0) (= x 8)))))",
        "(list (f 3 1.0) (f 3 1) (f 1 0.25) (f 0 4) (f 2 -0.0))",
      ],
      heat: "(f 3 0.3)",
      printed:
        "((8.0 9.0 -8.0 0.0 #t) (8.0 9.0 -8.0 0.0 #t) (0.5 1.5 -0.5 0.0 #f) (4 5 -4 0 #f) (-0.0 1.0 0.0 -0.0 #f))",
    });
  });
});

describe("compiling again", () => {
  it("comes to an end", () => {
    const runtime = createRuntime({ tier: "auto" });
    runtime.eval("(define (f a b) (+ (* a b) (- a b)))");
    for (const values of ["1 2", "1.5 2", "2147483647 2", "9007199254740991 9", "1/2 3", "2 0.5", "3 4"]) {
      for (let round = 0; round < 4; round++) runtime.eval(`(do ((k 0 (+ k 1))) ((= k 2500)) (f ${values}))`);
    }
    const before = runtime.stats();
    for (const values of ["1 2", "1.5 2", "2147483647 2", "9007199254740991 9", "1/2 3", "2 0.5", "3 4"]) {
      for (let round = 0; round < 4; round++) runtime.eval(`(do ((k 0 (+ k 1))) ((= k 2500)) (f ${values}))`);
    }
    const after = runtime.stats();
    const exits = (stats: typeof before): number => Object.values(stats.exits).reduce((sum, n) => sum + n, 0);
    assert(after.recompiled <= 12, `recompiled ${after.recompiled} times`);
    assertEquals(exits(after) - exits(before) < 100, true, "code goes on being left");
    assertEquals(runtime.eval("(f 5 3)"), 17);
  });
});
