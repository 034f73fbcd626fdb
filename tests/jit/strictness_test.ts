/**
 * A failure inside the compiler is a failure of the runtime, not of the program: here it may not hide behind the other
 * tier. Every function of the library and of the bench programs becomes JavaScript that the host accepts, and no operation
 * on any operands ends with an error of type `internal` (`evaluate` refuses those).
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { declarations } from "../../src/builtins/mod.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { definitions, PROGRAMS } from "../../bench/programs.ts";
import { Random } from "../data/random.ts";
import { quietHost } from "../quiet_host.ts";
import { evaluate, MODES, prepare } from "./tiers.ts";

/** Fails unless the host accepts the text. */
function assertAccepted(text: string, name: string): void {
  try {
    new Function("$", "$F", "$K", text);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}\n${text}`);
  }
}

describe("generated code is accepted by the host", () => {
  it("for every function of the library", () => {
    const runtime = createRuntime({ tier: "baseline", host: quietHost() });
    let compiled = 0;
    for (const { kind, name } of declarations()) {
      if (kind !== "sema" || name.startsWith("__")) continue;
      assertAccepted(runtime.generatedSource(name), name);
      compiled++;
    }
    assert(compiled > 30, `only ${compiled} functions`);
  });

  it("for every function of the bench programs", async () => {
    for (const name of Object.keys(PROGRAMS)) {
      const listings = await createRuntime({ tier: "baseline" }).inspect(definitions(name));
      for (const listing of listings) assertAccepted(listing.javascript(), `${name}: ${listing.name}`);
    }
  });
});

/** Values of every type that a program can write down. */
const VALUES: readonly string[] = [
  "1",
  "-7",
  "2147483648",
  "123456789012345678901",
  "0.5",
  "2.0",
  "-0.0",
  "1/2",
  "#t",
  "#f",
  "nil",
  "'()",
  "'(1 2)",
  "[1 2]",
  "{:a 1}",
  '"text"',
  "#\\a",
  ":key",
  "'name",
  "car",
  "(fn (x) x)",
  "(mutable-array/new 2 1)",
];

/** Operations with an instruction or an expansion of their own, and how many arguments they take. */
const OPERATIONS: readonly (readonly [name: string, count: number])[] = [
  ["+", 2],
  ["-", 2],
  ["*", 2],
  ["/", 2],
  ["=", 2],
  ["<", 2],
  [">", 2],
  ["<=", 2],
  [">=", 2],
  ["-", 1],
  ["not", 1],
  ["cons", 2],
  ["car", 1],
  ["cdr", 1],
  ["first", 1],
  ["rest", 1],
  ["null?", 1],
  ["pair?", 1],
  ["list?", 1],
  ["number?", 1],
  ["string?", 1],
  ["symbol?", 1],
  ["length", 1],
  ["string-length", 1],
  ["append", 2],
  ["get", 2],
  ["contains?", 2],
  ["mod", 2],
  ["modulo", 2],
  ["nth", 2],
  ["string-ref", 2],
  ["string-append", 2],
  ["mutable-array/get", 2],
  ["eq?", 2],
  ["equal?", 2],
  ["nil?", 1],
  ["zero?", 1],
  ["even?", 1],
  ["odd?", 1],
  ["quotient", 2],
  ["remainder", 2],
  ["max", 2],
  ["min", 2],
  ["cadr", 1],
  ["cddr", 1],
  ["caddr", 1],
  ["list", 2],
  ["sqrt", 1],
  ["mutable-array/set!", 3],
  ["mutable-array/length", 1],
  ["+", 3],
  ["-", 3],
  ["*", 3],
  ["get", 3],
  ["assoc", 3],
  ["string-append", 3],
  [":key", 1],
  ["vector", 2],
  // As values: the builtins themselves are called.
  ...["+", "-", "*", "=", "<", ">", "<=", ">=", "mod"].map((name) => [`(begin ${name})`, 2] as const),
  ...["car", "cdr", "first", "rest"].map((name) => [`(begin ${name})`, 1] as const),
];

describe("no operation fails internally", () => {
  for (const mode of MODES.filter(({ tier }) => tier === "jit")) {
    it(`on operands of any type, and all do what the baseline does, ${mode.name}`, () => {
      const random = new Random(7);
      for (const [name, count] of OPERATIONS) {
        const parameters = ["a", "b", "c"].slice(0, count);
        const definition = `(define (f ${parameters.join(" ")}) (list 'value (${name} ${parameters.join(" ")})))`;
        const some = parameters.map(() => random.pick(["1", "2", "0.5"])).join(" ");
        const runtime = prepare(mode, { units: [definition, ""], heat: `(try (f ${some}) (catch e e))` });
        const baseline = createRuntime({ tier: "baseline" });
        baseline.eval(definition);
        for (let i = 0; i < 60; i++) {
          const call = `(f ${parameters.map(() => random.pick(VALUES)).join(" ")})`;
          assertEquals(evaluate(runtime, call), evaluate(baseline, call), `${name}: ${call}`);
        }
      }
    });

    it(`on numbers that are written out, whether they are instructions or calls, ${mode.name}`, () => {
      for (const [name, count] of OPERATIONS) {
        for (const number of ["0", "-1", "0.5", "2.0"]) {
          const operation = (position: number): string => {
            const operands = ["'(1)", '"a"', "3"].slice(0, count);
            return `(${name} ${operands.with(position, number).join(" ")})`;
          };
          const tries = Array.from({ length: count }, (_, i) => `(try ${operation(i)} (catch e (:message e)))`).join(
            " ",
          );
          const definition = `(define (f) (list ${tries}))`;
          const calls = /^[(:]/.test(name) ? definition : `(set! ${name} ${name}) ${definition}`;
          for (const text of [definition, calls]) {
            const runtime = prepare(mode, { units: [text, ""], heat: "(f)" });
            const baseline = createRuntime({ tier: "baseline" });
            baseline.eval(text);
            assertEquals(evaluate(runtime, "(f)"), evaluate(baseline, "(f)"), text);
          }
        }
      }
    });
  }
});
