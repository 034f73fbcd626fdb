/**
 * How long polite evaluations keep the host waiting: `deno run -A --no-check bench/polite.ts [PROGRAM…]`, or the same with
 * bun or node. Prints a Markdown table: per program how often the host waited for more than 2 ms, the median, the 99th
 * percentile and the longest of these waits, how many were longer than 10 ms, and how many times as long the program takes
 * as when it is not polite. What else the machine does, and the host's collector, count as waiting.
 */
import process from "node:process";
import { createRuntime } from "../src/engine/mod.ts";

const FUNCTIONS = 300;

/** As many functions as a large program has, of which each is soon hot. */
function manyFunctions(): string {
  const definitions = Array.from(
    { length: FUNCTIONS },
    (_, i) =>
      `(define (f${i} n) (let loop ((i 0) (s ${i}.5) (l '())) (cond ((= i n) (+ s (length l))) ((= 0 (mod i ${
        i % 7 + 2
      })) (loop (+ i 1) (* s 1.0001) (cons i l))) (else (loop (+ i 1) (+ s (sqrt i)) (if (> (length l) 5) '() l))))))`,
  );
  const calls = definitions.map((_, i) => `(f${i} 500)`);
  return `${definitions.join("\n")}\n(do ((k 0 (+ k 1))) ((= k 6)) ${calls.join(" ")})`;
}

/** Programs that keep a host waiting in different ways. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "calls": "(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) (fib 34)",
  "a loop": "(do ((i 0 (+ i 1))) ((= i 150000000) i))",
  "maps": "(foldl (fn (m i) (assoc m (mod i 5000) i)) {} (range 400000)) 1",
  "deep recursion":
    "(define (deep n) (if (= n 0) 0 (+ 1 (deep (- n 1))))) (do ((i 0 (+ i 1))) ((= i 6)) (deep 300000))",
  "lists": "(do ((i 0 (+ i 1))) ((= i 400)) (sort-by - (map (fn (x) (mod (* x 7919) 10007)) (range 2000))))",
  "strings":
    '(do ((i 0 (+ i 1))) ((= i 3000)) (string/join (map (fn (x) (string/upper (str x "-" i))) (range 200)) ","))',
  "many functions": manyFunctions(),
};

/** Milliseconds that are no wait: the host looks around that often. */
const NOTHING = 2;
const MOST = 10;

/** Notes how long the host's event loop does not turn, until it is told to stop. */
class Watch {
  readonly waits: number[] = [];
  #last: number = performance.now();
  readonly #channel: MessageChannel = new MessageChannel();

  constructor() {
    const { port1, port2 } = this.#channel;
    port1.onmessage = () => {
      const now = performance.now();
      this.waits.push(now - this.#last);
      this.#last = now;
      port2.postMessage(null);
    };
    port2.postMessage(null);
  }

  stop(): void {
    this.#channel.port1.close();
  }
}

async function time(program: string, polite: boolean): Promise<number> {
  const runtime = createRuntime({ stdout: () => {} });
  const start = performance.now();
  await runtime.evalAsync(program, { polite });
  return performance.now() - start;
}

async function row(name: string, program: string): Promise<string> {
  const plain = await time(program, false);
  const unwatched = await time(program, true);
  const watch = new Watch();
  await time(program, true);
  // The last wait ends with the next turn.
  await new Promise((resolve) => setTimeout(resolve, 5));
  watch.stop();
  const waits = watch.waits.filter((wait) => wait > NOTHING).sort((a, b) => a - b);
  const at = (part: number) => (waits[Math.min(waits.length - 1, Math.floor(part * waits.length))] ?? 0).toFixed(1);
  const long = waits.filter((wait) => wait > MOST).length;
  return `| ${name} | ${waits.length} | ${at(0.5)} | ${at(0.99)} | ${at(1)} | ${long} | ${
    (unwatched / plain).toFixed(2)
  } |`;
}

const wanted = process.argv.slice(2);
console.log(
  "| program | waits | median | 99 % | longest | over 10 ms | polite : not |\n|---|---:|---:|---:|---:|---:|---:|",
);
for (const [name, program] of Object.entries(PROGRAMS)) {
  if (wanted.length === 0 || wanted.some((word) => name.includes(word))) console.log(await row(name, program));
}
