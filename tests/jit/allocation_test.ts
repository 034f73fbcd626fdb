/**
 * Programs on integers and floats allocate nothing once they are compiled. Counted by the heap's own size between
 * pieces of the run: garbage would show as growth, or as shrinking when it is collected.
 */
import { describe, it } from "node:test";
import process from "node:process";
import { assert } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";

/** Programs whose `(run)` makes about a million calls. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "recursion on integers": "(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) (define (run) (fib 29))",
  "calls in a loop on integers": "(define (next x i) (mod (+ (* x 31) i) 65537)) " +
    "(define (run) (let loop ((i 0) (x 1)) (if (= i 1000000) x (loop (+ i 1) (next x i)))))",
  "calls in a loop on floats": "(define (next x y) (+ (* x 0.5) (/ y 3.0))) " +
    "(define (run) (let loop ((i 0) (x 1.5)) (if (= i 1000000) x (loop (+ i 1) (next x 0.25)))))",
  "floats in an array":
    "(define a (let ((a (mutable-array/new))) (mutable-array/push! a 0.5) (mutable-array/push! a 1.0) " +
    "(mutable-array/push! a 2.5) (mutable-array/push! a 0.25) a)) " +
    "(define (step a i) (mutable-array/set! a i (+ (* 0.5 (mutable-array/get a i)) (mutable-array/get a 3)))) " +
    "(define (run) (let loop ((i 0)) (if (= i 1000000) 0 (begin (step a (mod i 3)) (loop (+ i 1))))))",
};

const PIECES = 10;
/** Bytes that a piece may allocate; at one small object for each call it would be sixteen times that. */
const MOST = 1_000_000;
/** Pieces that may be disturbed by what the host does at the same time: compiling, collecting. */
const DISTURBED = 3;

describe("compiled code allocates nothing", {
  skip: "Bun" in globalThis && "its heap counter moves only on collection",
}, () => {
  for (const [name, text] of Object.entries(PROGRAMS)) {
    it(`for ${name}`, () => {
      const runtime = createRuntime({ tier: "auto" });
      runtime.eval(text);
      for (let i = 0; i < PIECES; i++) runtime.call("run");
      const growth: number[] = [];
      for (let i = 0; i < PIECES; i++) {
        const before = process.memoryUsage().heapUsed;
        runtime.call("run");
        growth.push(process.memoryUsage().heapUsed - before);
      }
      const quiet = growth.filter((bytes) => Math.abs(bytes) < MOST);
      assert(quiet.length >= PIECES - DISTURBED, `bytes for each million calls: ${growth.join(" ")}`);
    });
  }
});
