/**
 * Recursion and tail calls of every kind, in numbers that fit in a test run; `scripts/depth.ts` runs the full ones.
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Tier } from "../../src/engine/mod.ts";
import { evaluate, MODES } from "../jit/tiers.ts";
import { RECURSIONS, TAIL_CALLS } from "./deep_programs.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];
const OVERFLOW = "eval: stack overflow: maximum call depth exceeded";

function value(tier: Tier, units: readonly string[], limits: { depth?: number } = {}): string {
  const runtime = createRuntime({ tier, limits });
  let text = "";
  for (const unit of units) text = evaluate(runtime, unit);
  return text;
}

describe("recursion goes deep through", () => {
  for (const [claim, program] of Object.entries(RECURSIONS)) {
    it(claim, () => {
      for (const tier of TIERS) assertEquals(value(tier, program(20_000)), "20000", tier);
    });
  }
});

describe("recursion without end through", () => {
  for (const [claim, program] of Object.entries(RECURSIONS)) {
    // Every level catches the error of the one inside.
    if (claim === "a body of try") continue;
    it(`${claim} is an error that a program can catch`, () => {
      for (const tier of TIERS) {
        const runtime = createRuntime({ tier, limits: { depth: 5000 } });
        const units = program(1e9);
        for (const unit of units.slice(0, -1)) runtime.eval(unit);
        const last = units.at(-1) ?? "";
        assertEquals(evaluate(runtime, last), OVERFLOW, tier);
        // What a macro does while it is expanded is done before the program runs.
        if (!claim.startsWith("a macro")) {
          assertEquals(
            evaluate(runtime, `(try ${last} (catch e (list (:type e) (:message e))))`),
            `(:eval "${OVERFLOW.slice(6)}")`,
            tier,
          );
        }
        assertEquals(evaluate(runtime, "(map (fn (x) (* x x)) '(1 2 3))"), "(1 4 9)", tier);
      }
    });
  }

  it("a function of the host is an error where the host's stack ends", () => {
    for (const tier of TIERS) {
      const runtime = createRuntime({ tier });
      runtime.define("call", (f: () => unknown) => f());
      runtime.eval("(define (down n) (+ 1 (call (fn () (down n)))))");
      assertEquals(evaluate(runtime, "(down 1)"), OVERFLOW, tier);
      assertEquals(evaluate(runtime, "(try (down 1) (catch e (:type e)))"), ":eval", tier);
      assertEquals(evaluate(runtime, "(+ 1 (call (fn () 2)))"), "3", tier);
    }
  });
});

describe("inside a callback of the host", () => {
  it("recursion goes as deep as elsewhere", () => {
    for (const tier of TIERS) {
      const runtime = createRuntime({ tier });
      runtime.define("call", (f: () => unknown) => f());
      runtime.eval("(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))");
      const nested = "(call (fn () (+ (count 50000) (call (fn () (count 50000))))))";
      assertEquals(evaluate(runtime, nested), "100000", tier);
    }
  });
});

describe("a million calls deep", () => {
  it("is nothing special", () => {
    const count = RECURSIONS["a function that calls itself"];
    assert(count !== undefined);
    for (const tier of TIERS) assertEquals(value(tier, count(1_000_000)), "1000000", tier);
  });
});

describe("units inside each other", () => {
  it("go thousands deep, also where each is compiled for the second tier before it runs", () => {
    const evaluated = RECURSIONS["eval, with a macro"];
    assert(evaluated !== undefined);
    // A hundredth of them are units.
    for (const tier of TIERS) assertEquals(value(tier, evaluated(300_000)), "300000", tier);
  });
});

describe("a tail call takes no space in", () => {
  for (const [claim, program] of Object.entries(TAIL_CALLS)) {
    it(claim, () => {
      for (const mode of MODES) assertEquals(value(mode.tier, program(40_000), { depth: 6000 }), "40000", mode.name);
    });
  }
});

describe("the limit of depth", () => {
  it("holds on every tier for what is deeper than it by half", () => {
    for (const tier of TIERS) {
      for (const depth of [10, 100, 1000, 30_000]) {
        const program = RECURSIONS["a function that calls itself"];
        assert(program !== undefined);
        assertEquals(
          value(tier, program(Math.floor(depth / 2)), { depth }),
          String(Math.floor(depth / 2)),
          `${tier} ${depth}`,
        );
      }
    }
  });
});
