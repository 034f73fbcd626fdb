/**
 * What limits cost while none is reached: `deno run -A bench/limits.ts [PROGRAM …]`, or the same with `bun`. Prints a
 * Markdown table: per program the milliseconds of a run without and with limits, and their ratio. Every figure is the
 * best of some processes, which take turns: what ran before in a process, and luck, decide what the host inlines.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createRuntime, type Limits } from "../src/engine/mod.ts";
import { definitions } from "./programs.ts";

const ROUNDS = 3;

const LIMITS: Limits = { steps: 1e15, milliseconds: 1e9, depth: 3_000_000, output: 1e9 };

/** Programs of some ten milliseconds: the definition of `main`, its argument and what it gives. */
const PROGRAMS: Readonly<Record<string, readonly [definitions: string, n: number]>> = {
  "fib": [definitions("fib"), 30],
  "tak": [definitions("tak"), 60],
  "ack": [definitions("ack"), 8],
  "even-odd": [definitions("even-odd"), 3_000_000],
  "nqueens": [definitions("nqueens"), 9],
  "sieve": [definitions("sieve"), 300_000],
  "matmul": [definitions("matmul"), 80],
  "mandelbrot": [definitions("mandelbrot"), 120],
  "fannkuch": [definitions("fannkuch"), 8],
  "pipeline": [definitions("pipeline"), 20],
  "quicksort": [definitions("quicksort"), 20_000],
  "upvalue-counter": [definitions("upvalue-counter"), 600_000],
  "sum of integers": ["(define (main n) (let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (+ s i)))))", 10_000_000],
  "sum of floats": [
    "(define (main n) (let loop ((i 0) (s 0.5)) (if (= i n) s (loop (+ i 1) (+ s 0.25)))))",
    10_000_000,
  ],
  "empty do": ["(define (main n) (do ((i 0 (+ i 1))) ((= i n) i)))", 10_000_000],
  "while": ["(define (main n) (let ((i 0)) (while (< i n) (set! i (+ i 1))) i))", 10_000_000],
  "loops in a loop": [
    "(define (main n) (let outer ((i 0) (s 0)) (if (= i n) s (outer (+ i 1) (let inner ((j 0) (s s)) (if (= j 5) s (inner (+ j 1) (+ s j))))))))",
    2_000_000,
  ],
  "self tail call": [
    "(define (down n i) (if (= n 0) i (down (- n 1) (+ i 1)))) (define (main n) (down n 0))",
    10_000_000,
  ],
  "walk a list": [
    "(define big (range 100000)) (define (walk l s) (if (null? l) s (walk (cdr l) (+ s (car l))))) (define (main n) (let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (walk big 0)))))",
    30,
  ],
  "foldl": [
    "(define big (range 100000)) (define (main n) (let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (foldl (fn (a x) (+ a x)) 0 big)))))",
    30,
  ],
  "three functions": [
    "(define (a n i) (if (= n 0) i (b (- n 1) (+ i 1)))) (define (b n i) (if (= n 0) i (c (- n 1) (+ i 1)))) (define (c n i) (if (= n 0) i (a (- n 1) (+ i 1)))) (define (main n) (a n 0))",
    3_000_000,
  ],
};

/** Measures one program in this process. Returns the milliseconds that a fifth of the runs do not exceed. */
function time([text, n]: readonly [definitions: string, n: number], limits: Limits): number {
  const runtime = createRuntime({ tier: "jit", stdout: () => {}, limits });
  runtime.eval(text);
  const run = (): number => {
    const start = performance.now();
    runtime.call("main", n);
    return performance.now() - start;
  };
  for (let i = 0; i < 10; i++) run();
  const times: number[] = [];
  const end = performance.now() + 500;
  while (times.length < 11 || performance.now() < end) times.push(run());
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 5)] ?? 0;
}

/** Measures one program in a process of its own. */
function timeApart(name: string, kind: string): number {
  const flags = "Deno" in globalThis ? ["run", "-A", "--no-check"] : [];
  const script = fileURLToPath(import.meta.url);
  return Number(spawnSync(process.execPath, [...flags, script, kind, name], { encoding: "utf8" }).stdout);
}

function main(names: readonly string[]): void {
  console.log("| program | off | on | ratio |\n|---|---:|---:|---:|");
  const logs: number[] = [];
  for (const name of names.length > 0 ? names : Object.keys(PROGRAMS)) {
    const best = { off: Infinity, on: Infinity };
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of ["off", "on"] as const) best[kind] = Math.min(best[kind], timeApart(name, `--${kind}`));
    }
    const ratio = best.on / best.off;
    logs.push(Math.log(ratio));
    console.log(`| ${name} | ${best.off.toFixed(2)} | ${best.on.toFixed(2)} | ${ratio.toFixed(2)} |`);
  }
  const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  console.log(`| *geometric mean* | | | ${mean.toFixed(2)} |`);
}

const [kind, name = ""] = process.argv.slice(2);
const program = PROGRAMS[name];
if (kind !== "--off" && kind !== "--on") main(process.argv.slice(2));
else if (program !== undefined) console.log(time(program, kind === "--on" ? LIMITS : {}));
