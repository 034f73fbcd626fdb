/** The limit of depth counts levels of a program, whatever way it recurses in and wherever its frames lie. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import type { Tier } from "../../src/engine/mod.ts";
import { createExperiment } from "../../src/engine/runtime.ts";
import { evaluate } from "../jit/tiers.ts";
import { type Counting, RECURSIONS } from "./deep_programs.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];
const OVERFLOW = "eval: stack overflow: maximum call depth exceeded";
const LIMIT = 4000;
/** Calls around the recursion. */
const AROUND = 10;
/** What the interpreter may be late by, with a stack full of frames that are not on the heap; and compiled code. */
const LATE = 100;
const COMPILED_LATE = 8000;
/** Slots of the interpreter's stack: with few, almost all frames are on the heap. */
const ROOMS: readonly number[] = [100, 262_144];

function calling(body: string, before: string = ""): Counting {
  return (n) => [`${before} (define (f n) (if (= n 0) 0 ${body}))`, `(f ${n})`];
}

/** Ways whose levels are three or four calls each. */
const LAYERED: Readonly<Record<string, Counting>> = {
  "an extent of dynamic-wind in which there is more to do": calling(
    "(+ 0 (dynamic-wind (fn () nil) (fn () (+ 1 (f (- n 1)))) (fn () nil)))",
  ),
  "parameterize": calling("(+ 1 (parameterize ((p n)) (+ 0 (f (- n 1)))))", "(define p (make-parameter 1))"),
  "context/with": calling("(+ 1 (context/with {:a n} (fn () (+ 0 (f (- n 1))))))"),
  "for-each": calling(
    "(begin (for-each (fn (x) (set! k (+ 1 (f x)))) (list (- n 1))) k)",
    "(define k 0)",
  ),
  "reduce": calling("(reduce (fn (a b) (+ a (f b))) (list 1 (- n 1)))"),
  "map over two lists": calling("(+ 1 (car (map (fn (x y) (+ 0 (f x))) (list (- n 1)) (list 1))))"),
  "a comparison of sort": calling("(begin (sort (list n (- n 1)) (fn (a b) (begin (f (- n 1)) #t))) n)"),
};

/** Ways whose levels count as more (a unit), or whose every level catches the error of the one inside. */
const OTHERS: ReadonlySet<string> = new Set(["eval, with a macro", "a body of try"]);

function value(tier: Tier, units: readonly string[], depth: number, stackSlots: number): string {
  const runtime = createExperiment({ tier, limits: { depth } }, { stackSlots });
  let text = "";
  for (const unit of units) text = evaluate(runtime, unit);
  return text;
}

describe("a level counts one through", () => {
  for (const [claim, program] of Object.entries({ ...RECURSIONS, ...LAYERED })) {
    if (OTHERS.has(claim)) continue;
    it(claim, () => {
      for (const tier of TIERS) {
        for (const slots of ROOMS) {
          const fits = LIMIT - AROUND;
          assertEquals(value(tier, program(fits), LIMIT, slots), String(fits), `${tier}, ${slots} slots`);
          const late = LIMIT + (tier === "baseline" ? LATE : COMPILED_LATE);
          assertEquals(value(tier, program(late), LIMIT, slots), OVERFLOW, `${tier}, ${slots} slots`);
        }
      }
    });
  }
});
