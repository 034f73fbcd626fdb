/**
 * Frames that move to the heap many at a time, when the interpreter's stack is full or a program waits far down: what
 * returns, fails, is captured or goes on again among them is as elsewhere.
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Runtime, type Tier } from "../../src/engine/mod.ts";
import { createExperiment } from "../../src/engine/runtime.ts";
import { collector } from "../collector.ts";
import { evaluate } from "../jit/tiers.ts";

/** Slots of the interpreter's stack: with few, each full stack is some twenty frames, and frames lie in many blocks. */
const ROOMS: readonly number[] = [100, 262_144];
const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

/** Claim → a program and what it prints. The recursion is some thousand deep. */
const PROGRAMS: Readonly<Record<string, readonly [program: string, printed: string]>> = {
  "values of every kind come back": [
    "(define (f n) (if (= n 0) '() (let ((a (* n 1.5)) (b (list n)) (c 'name) (d :key) (e #\\a) (g \"text\") (h nil) (i (* n 1000000007 1000000007))) (let ((rest (f (- n 1)))) (if (and (= a (* n 1.5)) (equal? b (list n)) (eq? c 'name) (eq? d :key) (equal? e #\\a) (equal? g \"text\") (nil? h) (= i (* n 1000000007 1000000007))) (cons n rest) (list 'wrong n)))))) (let ((l (f 3000))) (list (length l) (foldl + 0 l)))",
    "(3000 4501500)",
  ],
  "variables that closures share stay shared": [
    "(define ups '()) (define (f n) (let ((x n)) (set! ups (cons (fn () (set! x (+ x 1)) x) ups)) (if (= n 0) 0 (let ((r (f (- n 1)))) (set! x (+ x 10)) (+ r x))))) (define sum (f 2000)) (list sum (map (fn (up) (up)) (take 3 ups)) (length ups))",
    "(2021000 (1 12 13) 2001)",
  ],
  "a handler far out gets the error, those inside what passes them": [
    "(define log '()) (define (f n) (cond ((= n 0) (throw 'deep)) ((= 0 (mod n 1000)) (try (+ 1 (f (- n 1))) (catch e (set! log (cons n log)) (throw (+ n 1))))) (else (+ 1 (f (- n 1)))))) (list (try (f 3500) (catch e (:value e))) log)",
    "(3001 (3000 2000 1000))",
  ],
  "a handler in the middle goes on in its function": [
    "(define (f n) (cond ((= n 0) (car '())) ((= n 1500) (let ((a n) (b 1.5)) (try (f (- n 1)) (catch e (+ a b))))) (else (+ 1 (f (- n 1)))))) (f 4000)",
    "4001.5",
  ],
  "a continuation is entered again and again": [
    "(define saved nil) (define count 0) (define (f n) (if (= n 0) (call/cc (fn (k) (set! saved k) 0)) (+ 1 (f (- n 1))))) (define results (list (f 2500))) (define (again) (set! count (+ count 1)) (if (< count 4) (saved count) count)) (let ((r (f 2500))) (set! results (cons r results)) (if (< count 3) (begin (set! count (+ count 1)) (saved count)) results))",
    "(2503 2502 2501 2500 2500)",
  ],
  "a variable is one in all runs of a frame that is entered again": [
    "(define saved nil) (define (f n) (let ((x 0)) (let ((r (if (= n 0) (call/cc (fn (k) (set! saved k) 0)) (f (- n 1))))) (set! x (+ x 1)) (+ r x)))) (define runs '()) (let ((r (f 1999))) (set! runs (cons r runs)) (if (< (length runs) 3) (saved 0) runs))",
    "(6000 4000 2000)",
  ],
  "a coroutine is left and resumed far down": [
    "(define (f yield n) (if (= n 0) 0 (+ (if (= 0 (mod n 700)) (yield n) 1) (f yield (- n 1))))) (define c (coroutine/create (fn (yield first) (f yield 3000)))) (define (all) (if (coroutine/done? c) '() (let ((v (coroutine/resume c 1))) (cons v (all))))) (all)",
    "(2800 2100 1400 700 3000)",
  ],
  "a task waits far down": [
    "(define p (async (fn () (await (async/spawn (fn () 5)))))) (define (f n) (if (= n 0) (await (async/spawn (fn () 5))) (+ 1 (f (- n 1))))) (f 3000)",
    "3005",
  ],
  "the trace tells all of them": [
    "(define (f n) (if (= n 0) (car 1) (+ 1 (f (- n 1))))) (try (f 2000) (catch e (map :name (:stack-trace e))))",
    '("car" "f" "f" "... 1999 more like this" "<lambda>")',
  ],
  "extents of dynamic-wind are left from the inside": [
    "(define log 0) (define right #t) (define (f n) (if (= n 0) (throw 'out) (+ 1 (dynamic-wind (fn () nil) (fn () (f (- n 1))) (fn () (if (not (= log (- n 1))) (set! right #f)) (set! log (+ log 1))))))) (list (try (f 1500) (catch e (:value e))) log right)",
    "(out 1500 #t)",
  ],
};

describe("far down", () => {
  for (const [claim, [program, printed]] of Object.entries(PROGRAMS)) {
    it(claim, () => {
      for (const tier of TIERS) {
        for (const stackSlots of ROOMS) {
          const runtime = createExperiment({ tier }, { stackSlots });
          assertEquals(evaluate(runtime, program), printed, `${tier}, ${stackSlots} slots`);
        }
      }
    });
  }
});

const collect = collector();

/** Defines `(fresh)`, whose value is a new object each time. Returns references to all of them, which keep none alive. */
function freshObjects(runtime: Runtime): readonly WeakRef<object>[] {
  const made: WeakRef<object>[] = [];
  runtime.define("fresh", () => {
    const object = () => null;
    made.push(new WeakRef(object));
    return object;
  });
  return made;
}

/** How many are left after garbage has been collected. */
async function countAlive(made: readonly WeakRef<object>[]): Promise<number> {
  for (let i = 0; i < 2; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    collect?.();
  }
  return made.filter((reference) => reference.deref() !== undefined).length;
}

describe("a coroutine that waits far out", { skip: collect === null }, () => {
  it("keeps nothing that frames inside it referred to, which have returned", async () => {
    const runtime = createRuntime({ tier: "baseline" });
    const made = freshObjects(runtime);
    runtime.eval(`
      (define (f yield n x) (if (= n 0) (yield n) (begin (f yield (- n 1) (fresh)) (if (= n 400) (yield n)) (list x) 1)))
      (define c (coroutine/create (fn (yield first) (f yield 500 nil))))
      (list (coroutine/resume c) (coroutine/resume c))`);
    const alive = await countAlive(made);
    assertEquals(made.length, 500);
    // The hundred frames that still wait have one each; a conservative collector may keep some more.
    assert(alive >= 99 && alive <= ("Bun" in globalThis ? 300 : 101), `${alive} are alive`);
    assertEquals(runtime.print(runtime.eval("(coroutine/resume c)")), "1");
  });

  it("keeps nothing for variables that waiting frames do not read any more, or that have no value yet", async () => {
    const runtime = createRuntime({ tier: "baseline" });
    const made = freshObjects(runtime);
    runtime.eval(`
      (define (f yield n x) (if (= n 0) (yield n) (begin (list x (fresh)) (let ((r (f yield (- n 1) (fresh)))) (+ r 1)))))
      (define c (coroutine/create (fn (yield first) (f yield 500 nil))))
      (coroutine/resume c)`);
    const alive = await countAlive(made);
    assertEquals(made.length, 1000);
    // A conservative collector may keep some.
    assert(alive <= ("Bun" in globalThis ? 300 : 2), `${alive} are alive`);
    assertEquals(runtime.print(runtime.eval("(coroutine/resume c 7)")), "507");
  });
});
