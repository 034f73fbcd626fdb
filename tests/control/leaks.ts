/** Programs and hosts that make much and keep nothing: what is alive afterwards must not depend on how often they did it. */
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createRuntime, type Limits, type Runtime, type Tier } from "../../src/engine/mod.ts";

/** What makes and drops something `count` times. */
export type Dropping = (tier: Tier, count: number) => void | Promise<void>;

/**
 * A host that makes one thing after the other, and now and then lets its event loop turn, as servers do: the language of
 * the host keeps what a weak reference was made to until the turn ends, and with it each runtime in which code was hot.
 */
function host(make: (tier: Tier) => void): Dropping {
  return async (tier, count) => {
    for (let i = 1; i <= count; i++) {
      make(tier);
      if (i % 250 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
}

/** One runtime for each tier. */
function oneRuntime(prepare: string, limits: Limits): (tier: Tier) => Runtime {
  const runtimes = new Map<Tier, Runtime>();
  return (tier) => {
    let runtime = runtimes.get(tier);
    if (runtime === undefined) {
      runtimes.set(tier, runtime = createRuntime({ tier, limits, stdout: () => {} }));
      runtime.eval(prepare);
    }
    return runtime;
  };
}

/** A runtime that runs one text again and again. */
function program(prepare: string, repeated: (n: number) => string, limits: Limits = {}): Dropping {
  const runtime = oneRuntime(prepare, limits);
  return (tier, count) => void runtime(tier).eval(repeated(count));
}

/** The same with a text that waits. */
function waiting(prepare: string, repeated: (n: number) => string): Dropping {
  const runtime = oneRuntime(prepare, {});
  return async (tier, count) => void await runtime(tier).evalAsync(repeated(count));
}

/** What is made and dropped → how, how many times in full, and how many times show a leak. */
export const DROPPED: Readonly<Record<string, readonly [Dropping, full: number, few: number]>> = {
  "runtimes": [
    host((tier) => void createRuntime({ tier }).eval("(define (f x) (+ x 1)) (map f '(1 2))")),
    100_000,
    150,
  ],
  "runtimes that do nothing": [
    host((tier) => void createRuntime({ tier })),
    1_000_000,
    1500,
  ],
  "units": [
    (tier, count) => {
      const runtime = createRuntime({ tier });
      for (let i = 0; i < count; i++) runtime.eval(`(define (f x) (+ x ${i})) (f 1)`);
    },
    100_000,
    500,
  ],
  "redefinitions of a function that others call": [
    program(
      "(define (f x) x) (define (g x) (+ 1 (f x)))",
      (n) => `(do ((i 0 (+ i 1))) ((= i ${n})) (set! f (fn (x) (+ x i))) (g i))`,
    ),
    1_000_000,
    5000,
  ],
  "redefinitions of a builtin": [
    program("(define (g x) (car (list x)))", (n) => `(do ((i 0 (+ i 1))) ((= i ${n})) (set! car (fn (x) i)) (g i))`),
    100_000,
    500,
  ],
  "closures": [
    program("", (n) => `(do ((i 0 (+ i 1))) ((= i ${n})) ((fn (x) (set! x (+ x i)) (fn () x)) i))`),
    1_000_000,
    10000,
  ],
  "functions that eval compiles": [
    program("", (n) => `(do ((i 0 (+ i 1))) ((= i ${n})) ((eval (list 'fn '(x) (list '+ 'x i))) i))`),
    100_000,
    500,
  ],
  "continuations": [
    program("(define k nil)", (n) => `(do ((i 0 (+ i 1))) ((= i ${n})) (+ 1 (call/cc (fn (c) (set! k c) i))))`),
    1_000_000,
    5000,
  ],
  "coroutines that are never finished": [
    program(
      "",
      (n) =>
        `(do ((i 0 (+ i 1))) ((= i ${n})) (coroutine/resume (coroutine/create (fn (yield x) (yield x) (list x))) i))`,
    ),
    1_000_000,
    5000,
  ],
  "values of one generator": [
    program(
      "(define g (generator (fn (yield) (let loop ((i 0)) (yield (list i)) (loop (+ i 1))))))",
      (n) => `(do ((i 0 (+ i 1))) ((= i ${n})) (g))`,
    ),
    1_000_000,
    5000,
  ],
  "tasks that are cancelled": [
    waiting(
      "(define (cancelled i) (let ((p (async (async/sleep 1000000) i))) (async/sleep 0) (async/cancel p) (async/cancelled? p)))",
      (n) => `(do ((i 0 (+ i 1))) ((= i ${n})) (cancelled i))`,
    ),
    1_000_000,
    2000,
  ],
  "errors that are caught": [
    program("", (n) => `(do ((i 0 (+ i 1))) ((= i ${n})) (try (throw (list i)) (catch e (:stack-trace e))))`),
    1_000_000,
    5000,
  ],
  "stacks that overflow": [
    program(
      "(define (down x) (+ 1 (down (list x))))",
      (n) => `(do ((i 0 (+ i 1))) ((= i ${n})) (try (down 1) (catch e nil)))`,
      { depth: 20_000 },
    ),
    1000,
    10,
  ],
};

/** Makes the host collect everything that is unreachable; null where there is no way to. */
type Collect = () => void;

function collector(): Collect | null {
  const host: { readonly Bun?: { gc(force: boolean): void } } = globalThis as typeof host;
  const { Bun } = host;
  if (Bun !== undefined) return () => Bun.gc(true);
  try {
    setFlagsFromString("--expose-gc");
    const collect: unknown = runInNewContext("gc");
    return typeof collect === "function" ? () => void collect() : null;
  } catch {
    return null;
  }
}

const collect: Collect | null = collector();

/** Bytes that are alive; null where the host cannot be made to collect. */
export async function alive(): Promise<number | null> {
  if (collect === null) return null;
  // What was seen through a weak reference lives to the end of its turn, and what it held to the next collection.
  for (let i = 0; i < 2; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

/**
 * By how many bytes memory has grown after making something `count` times again; more than `noise` only if it does so
 * every time, because the host's own tables grow in steps.
 */
export async function growth(drop: Dropping, tier: Tier, count: number, noise: number): Promise<number | null> {
  await drop(tier, count);
  let grown = Infinity;
  for (let round = 0; round < 4 && grown >= noise; round++) {
    const before = await alive();
    await drop(tier, count);
    const after = await alive();
    if (before === null || after === null) return null;
    grown = Math.min(grown, after - before);
  }
  return grown;
}
