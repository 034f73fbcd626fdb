/**
 * The JavaScript of short programs with a stated history, compared with the `.golden` files beside this one. They are
 * the specification of what is generated; a difference is to be read like one of the code.
 */
import { describe, it } from "node:test";
import { Closure } from "../../src/bytecode/mod.ts";
import { assert, assertInstanceOf } from "../../src/compat/assert.ts";
import { float, repr, type Value } from "../../src/data/mod.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { translate } from "../../src/jit/compiler.ts";
import { buildGraph } from "../../src/jit/graph.ts";
import { depthLimit } from "../../src/runtime/mod.ts";
import { assertGolden } from "../golden.ts";

/** Units that define `f`, and what was evaluated before it was compiled. */
interface Snippet {
  readonly units: readonly string[];
  /** Evaluated by the interpreter, so that its feedback is what the function is compiled for. */
  readonly history: readonly string[];
}

/** Lines of JavaScript that a reader can take in. */
const MOST_LINES = 80;

const GOLDEN: Readonly<Record<string, readonly Snippet[]>> = {
  loops: [
    {
      units: ["(define (f n) (let loop ((i 0) (sum 0)) (if (< i n) (loop (+ i 1) (+ sum i)) sum)))"],
      history: ["(f 10)"],
    },
    {
      units: ["(define (f n x) (let loop ((i 0) (sum 0.0)) (if (< i n) (loop (+ i 1) (+ sum (* x 0.5))) sum)))"],
      history: ["(f 10 1.5)"],
    },
    { units: ["(define (f n x) (do ((i 0 (+ i 1)) (x x (+ x i))) ((= i n) x)))"], history: ["(f 5 1)", "(f 5 0.5)"] },
    {
      units: ["(define (f v n) (let loop ((i 0) (sum 0.0)) (if (< i n) (loop (+ i 1) (+ sum (nth v i))) sum)))"],
      history: ["(f (list->vector '(0.5 1.5 2.5 3.5)) 4)"],
    },
    {
      units: [
        "(define (f n) (let outer ((i 0)) (if (< i n) (let inner ((j 0)) (if (< j i) (inner (+ j 1)) (outer (+ i 1)))) i)))",
      ],
      history: ["(f 3)"],
    },
    { units: ["(define (f n) (while (> n 0) (set! n (- n 1))))"], history: ["(f 3)"] },
    { units: ["(define (f n) (if (= n 0) 'done (f (- n 1))))"], history: ["(f 3)"] },
  ],
  arithmetic: [
    { units: ["(define (f a b) (+ a b))"], history: [] },
    { units: ["(define (f a b) (+ a b))"], history: ["(f 1 2)"] },
    { units: ["(define (f a b) (+ a b))"], history: ["(f 2147483647 2)"] },
    { units: ["(define (f a b) (+ a b))"], history: ["(f 0.5 2)"] },
    { units: ["(define (f a b) (+ a b))"], history: ["(f 1/2 2)"] },
    { units: ["(define (f a b) (list (/ a b) (mod a 10) (- a)))"], history: ["(f 6 2)"] },
    { units: ["(define (f seed) (mod (* seed 16807) 2147483647))"], history: ["(f 1000000)"] },
    { units: ["(define (f a b) (if (< a b) a b))"], history: ["(f 1 2)", "(f 0.5 2)"] },
    {
      units: ["(define (f n) (if (= n 0) 1 (+ (quotient n 10) (remainder n 10))))"],
      history: ["(f 100000000000000000000)"],
    },
  ],
  branches: [
    { units: ["(define (f x) (+ 1 (if x 2 3)))"], history: ["(f 1)"] },
    { units: ["(define (f x) (list 'a (cond ((null? x) 1) ((pair? x) (car x)) (else x))))"], history: [] },
    { units: ["(define (f a b) (if (and a (or b (not a))) 1 2))"], history: [] },
    { units: ["(define (f x) (case x ((a b) 1) ((c) 2) (else 3)))"], history: [] },
  ],
  errors: [
    { units: ["(define (f x) (+ 1 (try (car x) (catch e 0))))"], history: ["(f '(1))"] },
    { units: ["(define (f x) (try (car x) (catch e e)))"], history: [] },
    {
      units: ["(define (f n) (let loop ((i 0)) (if (< i n) (begin (try (throw i) (catch e i)) (loop (+ i 1))) i)))"],
      history: ["(f 3)"],
    },
  ],
  closures: [
    { units: ["(define (f x) (fn () x))"], history: [] },
    { units: ["(define (f) (let ((n 0)) (fn () (set! n (+ n 1)) n)))"], history: [] },
    {
      units: ["(define (f n) (define (a n) (if (= n 0) 0 (b (- n 1)))) (define (b n) (a n)) (a n))"],
      history: [],
    },
  ],
  calls: [
    { units: ["(define (f g x) (+ 1 (g x)))"], history: ["(f (fn (x) x) 1)"] },
    { units: ["(define (f g x) (* (g x) x))"], history: ["(f (fn (x) x) 1.5)"] },
    { units: ["(define (f g x) (g x))"], history: [] },
    { units: ["(define (f n) (if (< n 2) n (+ (f (- n 1)) (f (- n 2)))))"], history: ["(f 3)"] },
    {
      units: ["(define (g x y) (try x (catch e y))) (define (f x) (g x 1))", "(define (h x) (f x))"],
      history: ["(f 1)"],
    },
    { units: ["(define (f x) (undefined-so-far x))"], history: [] },
    { units: ["(define (f p) (await p))"], history: [] },
    { units: ["(define (f x) (set! total (g x)) total)"], history: [] },
  ],
  inlining: [
    {
      units: ["(define (f xs k) (foldl (fn (sum x) (+ sum (* k x))) 0 xs))"],
      history: ["(f (list 1 2 3) 2)"],
    },
    {
      units: ["(define (f xs) (let ((count 0)) (for-each (fn (x) (when x (set! count (+ count 1)))) xs) count))"],
      history: ["(f (list 1 2 nil))"],
    },
    {
      units: ["(define (f n) (if (= n 0) #t (g (- n 1)))) (define (g n) (if (= n 0) #f (f (- n 1))))"],
      history: ["(f 10)"],
    },
    { units: ["(define (point-x p) (car p)) (define (f p) (+ (point-x p) 1))"], history: ["(f '(1 2))"] },
    {
      units: [
        "(define (sum-to n) (let loop ((i 0) (sum 0)) (if (= i n) sum (loop (+ i 1) (+ sum i)))))",
        "(define (f n) (list (sum-to n)))",
      ],
      history: ["(f 3)"],
    },
    { units: ["(define (half x) (* x 0.5)) (define (f x) (half (half x)))"], history: ["(f 1.5)"] },
  ],
  fused: [
    { units: ["(define (f n) (foldl + 0 (map (fn (x) (* x x)) (range n))))"], history: ["(f 3)"] },
    { units: ["(define (f xs y) (filter (fn (x) (< x y)) xs))"], history: ["(f '(1 2) 2)"] },
  ],
  maps: [
    { units: ["(define (f x) (let ((m {:a x :b 2})) (+ (:a m) (:b m))))"], history: ["(f 1)"] },
    { units: ["(define (g x) {:n x :f (fn () x)})", "(define (f x) ((:f (g x))))"], history: ["(f 1)"] },
  ],
  expansions: [
    { units: ["(define (f a b) (list a b))"], history: [] },
    { units: ["(define (f x) (if (eq? x 'a) 1 (if (nil? x) 2 3)))"], history: [] },
    { units: ["(define (f a b) (+ (quotient a b) (max a b)))"], history: ["(f 7 2)"] },
    { units: ["(define (f a i) (mutable-array/set! a i (mutable-array/get a 0)))"], history: [] },
    { units: ["(define (f x) (if (even? x) (cadr x) (sqrt x)))"], history: [] },
  ],
};

/** A loop that is entered in its middle, and the variables of its frame then. */
interface Entered {
  readonly unit: string;
  readonly frame: readonly Value[];
}

const LOOPS: readonly Entered[] = [
  { unit: "(define (f n) (let loop ((i 0) (x 0)) (if (< i n) (loop (+ i 1) (* x 0.5)) x)))", frame: [90, 50, 1.5] },
  {
    unit: "(define (f n) (let loop ((i 0)) (if (< i n) (loop (+ i 1)) i)))",
    frame: [float(1e9), 50],
  },
];

/** Compiles `f` as it would be with this history. */
function generated({ units, history }: Snippet): string {
  const runtime = createRuntime({ tier: "baseline" });
  for (const unit of [...units, ...history]) runtime.eval(unit);
  return shown(runtime.generatedSource("f"), units.join(" "));
}

/** Functions whose calls and rounds are counted: a loop whose rounds stand in the text several times is cut short. */
const COUNTED: readonly string[] = [
  "(define (f n) (let loop ((i 0) (sum 0)) (if (< i n) (loop (+ i 1) (+ sum i)) sum)))",
  "(define (f n) (let outer ((i 0)) (if (< i n) (let inner ((j 0)) (if (< j i) (inner (+ j 1)) (outer (+ i 1)))) i)))",
  "(define (f n g) (if (< n 2) n (+ (g (- n 1)) (g (- n 2)))))",
  "(define (f n g) (let loop ((i 0)) (if (< i n) (begin (g i) (loop (+ i 1))) i)))",
  "(define (f n) (let loop ((i 0) (last nil)) (if (< i n) (loop (+ i 1) (vector i last)) last)))",
];

/** Compiles `f` as where there are limits. */
function generatedCounted(unit: string): string {
  const runtime = createRuntime({ tier: "baseline", limits: { steps: 1e6 } });
  runtime.eval(unit);
  return shown(oneRound(runtime.generatedSource("f")), unit);
}

/** The text with one of the rounds that follow each other, and how many there are. */
function oneRound(source: string): string {
  return source.replaceAll(/^( *)\$L\w+: \{\n(?:\1 (?! *\$L\w+: ).*\n)*\1\}\n/gm, (round, _indent, at: number) => {
    if (source.slice(0, at).endsWith(round)) return "";
    let rounds = 1;
    while (source.startsWith(round, at + rounds * round.length)) rounds++;
    return rounds === 1 ? round : `// ${rounds} times\n${round}`;
  });
}

/** Compiles the loop of `f` for an entry with these values. */
function generatedLoop({ unit, frame }: Entered): string {
  const runtime = createRuntime({ tier: "baseline" });
  runtime.eval(unit);
  const value = runtime.get("f");
  assertInstanceOf(value, Closure);
  const header = buildGraph(value.code, 0, () => false).find((block) => block.isLoop);
  assert(header !== undefined);
  return shown(translate(value.code, { pc: header.start, frame }, false, () => new Set()).source, unit);
}

function shown(source: string, name: string): string {
  const lines = source.split("\n").filter((line) => !line.startsWith("//# sourceURL="));
  assert(lines.length <= MOST_LINES, `${lines.length} lines: ${name}`);
  // How high the stack may grow is the host's affair.
  return lines.join("\n").replace(`$d > ${depthLimit(Infinity)}`, "$d > LIMIT");
}

describe("generated code", () => {
  for (const [name, snippets] of Object.entries(GOLDEN)) {
    it(`for ${name}`, () => {
      const texts = snippets.map((snippet) => {
        const after = snippet.history.length === 0 ? "" : `\n// after ${snippet.history.join(" ")}`;
        return `// ${snippet.units.join("\n// ")}${after}\n\n${generated(snippet)}\n`;
      });
      assertGolden(new URL(`${name}.golden`, import.meta.url), texts.join("\n"));
    });
  }

  it("where calls and rounds are counted", () => {
    const texts = COUNTED.map((unit) => `// ${unit}\n\n${generatedCounted(unit)}\n`);
    assertGolden(new URL("counted.golden", import.meta.url), texts.join("\n"));
  });

  it("for loops that are entered in their middle", () => {
    const texts = LOOPS.map((entered) => {
      const frame = entered.frame.map((value) => repr(value)).join(" ");
      return `// ${entered.unit}\n// entered with ${frame}\n\n${generatedLoop(entered)}\n`;
    });
    assertGolden(new URL("entered.golden", import.meta.url), texts.join("\n"));
  });
});
