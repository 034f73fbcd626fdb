/**
 * The mechanisms of the baseline tier that can be turned off, and the programs that can show what each is worth: what
 * `ablation.ts` measures and a test runs once.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ALL_ON, generate, type Switches } from "../scripts/dispatch/generate.ts";
import type { Variant } from "../src/bytecode/mod.ts";
import type { Experiment } from "../src/engine/experiment.ts";
import type { Dispatch } from "../src/vm/mod.ts";

/** One mechanism turned off, and the programs that can show it. */
export interface Ablation {
  readonly off: Partial<Switches>;
  readonly variants?: readonly Variant["group"][];
  readonly copyCaptures?: boolean;
  readonly programs: readonly string[];
}

const LOOPS = ["sieve", "mandelbrot", "nqueens"];
const CALLS = ["tak", "fib", "nqueens", "even-odd"];

/** Column → what is off there. */
export const ABLATIONS: Readonly<Record<string, Ablation>> = {
  "frame caching": { off: { frameCaching: false }, programs: [...CALLS, ...LOOPS] },
  "lazy upvalues": {
    off: { lazyUpvalues: false },
    copyCaptures: false,
    programs: ["closures", "upvalue-counter", "pipeline"],
  },
  "tag dispatch in calls": { off: { tagDispatch: false }, programs: [...CALLS, "pipeline", "upvalue-counter"] },
  "integer paths": { off: { integerPaths: false }, programs: [...CALLS, ...LOOPS, "pipeline"] },
  "local 0-3": { off: {}, variants: ["fused"], programs: [...CALLS, ...LOOPS, "pipeline"] },
  "fused forms": { off: {}, variants: ["slots"], programs: [...CALLS, ...LOOPS, "pipeline"] },
  "both": { off: {}, variants: [], programs: [...CALLS, ...LOOPS, "pipeline"] },
  "global cells": { off: { globalCells: false }, programs: ["tak", "fib", "even-odd", "sieve"] },
};

/** Closures over variables that are never assigned, and one that is hardly ever made: what lazy upvalues are for. */
export const CLOSURES = `
  (define (adder n) (fn (x) (+ x n)))
  (define (guarded a b) (let ((c (- b 1))) (if (= b 0) (fn () (+ a b c)) (+ a c))))
  (define (main n)
    (let loop ((i 0) (sum 0))
      (if (= i n) sum (loop (+ i 1) (+ ((adder i) 1) (guarded sum 1))))))`;

/** The dispatch loop without what is off, from a module that lasts no longer than its import. */
async function dispatchLoop(off: Partial<Switches>): Promise<Dispatch> {
  const source = new URL("../src/vm/", import.meta.url);
  const text = generate({ ...ALL_ON, ...off })
    .replaceAll(/from "(\.[^"]+)"/g, (_, path: string) => `from "${new URL(path, source).href}"`);
  const directory = mkdtempSync(join(tmpdir(), "ablation-"));
  const file = join(directory, "dispatch.ts");
  try {
    writeFileSync(file, text);
    const module: { readonly dispatch: Dispatch } = await import(pathToFileURL(file).href);
    return module.dispatch;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The baseline tier without a mechanism; with all of them for any other name. */
export async function experiment(name: string): Promise<Experiment> {
  const ablation = ABLATIONS[name];
  if (ablation === undefined) return { dispatch: await dispatchLoop({}) };
  const { off, variants, copyCaptures = true } = ablation;
  const dispatch = await dispatchLoop(off);
  return { dispatch, copyCaptures, ...variants === undefined ? {} : { variants: new Set(variants) } };
}
