/**
 * Which functions of a bundle V8 compiles when it loads it. It takes a function in parentheses for one that is called at
 * once, compiles it with what is around it, and keeps it in the code cache of Deno; any other it only skims, and compiles
 * from its text in each process that calls it (12 µs for a small one, against 1.5 for one from the cache). So those that a
 * program surely needs get parentheses: found by running one. Methods can have none.
 *
 * Load and run on Deno: one line 27 -> 25 ms; tak with its first compilation, when the program below was tak alone, 59 ->
 * 46; five short benchmarks, with all of the program instead of tak alone, 36-83 -> 34-67. Node without its compile cache
 * compiles in vain what one line does not need: 72 -> 78.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A program whose start and first compilation are like those of most. */
const PROGRAM = `
(define (tak x y z)
  (if (not (< y x)) z (tak (tak (- x 1) y z) (tak (- y 1) z x) (tak (- z 1) x y))))
(define (norm v)
  (let loop ((i 0) (sum 0.0))
    (if (< i (length v)) (loop (+ i 1) (+ sum (* 1.5 (nth v i)))) (sqrt sum))))
(define (sum-of-squares xs) (foldl + 0 (map (lambda (x) (* x x)) (filter even? xs))))
(define (sort xs)
  (if (null? xs)
    '()
    (let ((pivot (car xs)))
      (append (sort (filter (lambda (x) (< x pivot)) (cdr xs)))
        (cons pivot (sort (filter (lambda (x) (>= x pivot)) (cdr xs))))))))
(define (swap! items i j)
  (let ((item (mutable-array/get items i)))
    (mutable-array/set! items i (mutable-array/get items j))
    (mutable-array/set! items j item)))
(define (turn! items)
  (for-each (fn (i) (swap! items i (- 2 i))) '(0 1)))
(define (label n) (str "n" (if (> n 1) (* n 0.5) n)))
(define items (mutable-array/new 3))
(for-each (fn (i) (mutable-array/push! items i)) '(1 2 3))
(define (main n)
  (do ((i 0 (+ i 1))) ((= i n))
    (turn! items)
    (label i)
    (norm [1.0 2.5 3.0])
    (sum-of-squares (range 10))
    (sort '(3 1 2))))
(main 3000)
(println (tak 12 8 4))
`;

/** A function of a script that has run: where its text begins and ends. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** As V8 writes it, the outermost range of a function first. */
interface Coverage {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
  }[];
}

/** Path → text of the files that a program is run from, with parentheses around what runs. `deno` runs a command. */
export function withEagerFunctions(
  files: ReadonlyMap<string, string>,
  deno: (...args: string[]) => string,
): Map<string, string> {
  const root = mkdtempSync(join(tmpdir(), "sema-bundle-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    writeFileSync(join(root, "program.sema"), PROGRAM);
    deno(
      "run",
      "-A",
      "--quiet",
      `--coverage=${join(root, "coverage")}`,
      join(root, "mod.ts"),
      join(root, "program.sema"),
    );
    const found = new Map<string, Range[]>();
    for (const name of readdirSync(join(root, "coverage"))) {
      const { url, functions } = JSON.parse(readFileSync(join(root, "coverage", name), "utf8")) as Coverage;
      found.set(
        url,
        functions.flatMap(({ ranges: [whole] }) =>
          whole === undefined || whole.count === 0 ? [] : [{ start: whole.startOffset, end: whole.endOffset }]
        ),
      );
    }
    return new Map([...files].map(([path, text]) => {
      const ran = [...found].find(([url]) => url.endsWith(`/${path}`))?.[1] ?? [];
      return [path, parenthesized(text, ran)];
    }));
  } finally {
    rmSync(root, { recursive: true });
  }
}

const DECLARATION = /^((?:async )?function\*?) (\w+)/;
const EXPRESSION = /^(?:async )?(?:function\b|\w+ =>|\([^]*?\) =>)/;
/** Around what was a declaration, while the text is rewritten. */
const [BEGIN, END] = ["\u0001", "\u0002"];

/** The text with parentheses around functions; a declaration becomes a variable, set where its scope begins. */
function parenthesized(text: string, functions: readonly Range[]): string {
  const insertions = functions.flatMap(({ start, end }): [at: number, replaced: number, text: string][] => {
    const isStatement = start === 0 || text[start - 1] === "\n";
    const [head = "", kind, name] = DECLARATION.exec(text.slice(start, end)) ?? [];
    if (isStatement && head !== "") {
      return [[start, head.length, `${BEGIN}var ${name} = (${kind}`], [end, 0, `);\n${END}`]];
    }
    const isExpression = head === "" && EXPRESSION.test(text.slice(start, end)) && text[start - 1] !== "(";
    return isExpression ? [[start, 0, "("], [end, 0, ")"]] : [];
  });
  let at = 0;
  let result = "";
  for (const [start, replaced, inserted] of insertions.sort(([a], [b]) => a - b)) {
    result += text.slice(at, start) + inserted;
    at = start + replaced;
  }
  const [head = ""] = /^(?:\/[/*].*\n)*/.exec(text) ?? [];
  return head + hoisted((result + text.slice(at)).slice(head.length));
}

/** A scope with what was declared in it in front, as the host has it with declarations. */
function hoisted(scope: string): string {
  let declared = "";
  let rest = "";
  let at = 0;
  for (let begin = scope.indexOf(BEGIN); begin >= 0; begin = scope.indexOf(BEGIN, at)) {
    const end = matching(scope, begin);
    const inner = scope.slice(begin + 1, end);
    // Of all declarations only a folder that is evaluated later contains others.
    const body = inner.indexOf("\n") + 1;
    declared += inner.includes(BEGIN) ? inner.slice(0, body) + hoisted(inner.slice(body)) : inner;
    rest += scope.slice(at, begin);
    at = end + 1;
  }
  return declared + rest + scope.slice(at);
}

/** Where what begins at `begin` ends. */
function matching(scope: string, begin: number): number {
  for (let at = begin + 1, depth = 1;; at++) {
    if (scope[at] === BEGIN) depth++;
    else if (scope[at] === END && --depth === 0) return at;
  }
}
