/** What a person reads when a wrong program fails: small programs and their reports, the same on every tier. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";
import { failureReport, PLAIN } from "../../src/host/report.ts";
import { assertGolden } from "../golden.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto", "walker"];

/** Files that the programs load. */
const FILES: ReadonlyMap<string, string> = new Map([
  ["geometry.sema", "(module geometry (export area)\n  (define (area shape)\n    (* (car shape) (cadr shape))))\n"],
  ["broken.sema", "(define (half x)\n  (/ x 2)\n"],
  ["late.sema", "(define ready #t)\n(undefined-thing 1)\n"],
]);

/** What is wrong → the program. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "too few arguments": "(define (area width height)\n  (* width height))\n(println (area 3))",
  "too many arguments of a builtin": '(define (f x)\n  (string/upper x 1))\n(f "a")',
  "too many arguments of an operator": "(define (f x)\n  (list (car x 2)))\n(f '(1))",
  "wrong type of an operator": '(define (total price)\n  (+ 1 (* price 2)))\n(total "5")',
  "wrong type of a builtin": "(define (shout text)\n  (string/upper text))\n(list (shout 'hey))",
  "in a span": '(define (work x)\n  (with-span "work" {:x x}\n    (+ 1 (car x))))\n(list (work 5))',
  "a span that is none": "(define (work f)\n  (list (otel/span :work f)))\n(work 5)",
  "a closed stream":
    '(define (lines s)\n  (stream/close s)\n  (list (stream/read-line s)))\n(lines (stream/from-string "a"))',
  "a source of events that is not there": "(define (wait)\n  (event/select (list {:type :flag})))\n(list (wait))",
  "an unknown style": '(define (shout text)\n  (list (term/style text :loud)))\n(shout "hey")',
  "in a callback of map":
    '(define (prices items)\n  (map (fn (item)\n         (+ 1 item))\n       items))\n(prices \'(1 2 "3"))',
  "in a named callback of map":
    "(define (price item)\n  (* 2 (get item :price)))\n(define (prices items)\n  (map price items))\n(list (prices (list {:price 1} 5)))",
  "in a callback of filter, inside another":
    "(define (rows table)\n  (map (fn (row)\n         (filter (fn (x) (< x 3)) row))\n       table))\n(rows '((1 2) (3 nil)))",
  "in a comparator of sort": "(define (sorted xs)\n  (sort xs (fn (a b)\n             (< a b))))\n(sorted '(1 x))",
  "in a key function of sort-by":
    '(define (by-age people)\n  (sort-by (fn (p)\n             (+ 0 (get p :age)))\n           people))\n(by-age (list {:age 1} {:name "x"}))',
  "keys that cannot be compared": '(sort-by (fn (x) x)\n         (list 1 "a"))',
  "in a function of fold":
    "(define (sum xs)\n  (foldl (fn (acc x)\n           (+ acc x))\n         0 xs))\n(sum '(1 a))",
  "in a function of for-each": '(for-each (fn (x)\n            (println (string-length x)))\n          (list "ab" 5))',
  "in a function that apply calls":
    "(define (pair a b)\n  (list a b))\n(define (f args)\n  (list (apply pair args)))\n(f '(1))",
  "in a function of map/update": '(map/update {:a "x"} :a (fn (v)\n  (+ v 1)))',
  "not a sequence": "(define (f xs)\n  (list (map car xs)))\n(f 5)",
  "not a function": "(define limit 10)\n(define (f x)\n  (+ 1 (limit x)))\n(f 1)",
  "the value of a call is no function": "(define (make) 5)\n(list ((make) 1))",
  "a list called by mistake": "(let ((x 1))\n  ((+ x 1)))",
  "an unbound name that is nearly one of the library": "(define (f xs)\n  (list (lenght xs)))\n(f '(1))",
  "an unbound name that is nearly a local one": '(define (f message)\n  (string/upper mesage))\n(f "a")',
  "an unbound name that is nearly one of a function around":
    "(define (scale factor xs)\n  (map (fn (x)\n         (* fcator x))\n       xs))\n(scale 2 '(1))",
  "an unbound name that is nearly a global one": "(define threshold 5)\n(define (f x)\n  (> x treshold))\n(f 1)",
  "a name of another Lisp": "(define (f x)\n  (setq 1 x))\n(f 1)",
  "set! of what is not defined": "(define counter 0)\n(define (next)\n  (set! conter (+ counter 1)))\n(list (next))",
  "in a nested loop":
    "(define (table n)\n  (let rows ((i 0))\n    (when (< i n)\n      (let columns ((j 0))\n        (when (< j n)\n          (println (nth '(1 2) (+ i j)))\n          (columns (+ j 1))))\n      (rows (+ i 1)))))\n(table 2)",
  "in a loop of do": "(do ((i 0 (+ i 1)))\n    ((= i 3))\n  (vector-ref i))",
  "in the expansion of a macro": "(defmacro twice (x)\n  `(+ ,x ,x))\n(define (f y)\n  (list (twice y)))\n(f 'a)",
  "in an argument of a macro": "(defmacro twice (x)\n  `(list ,x ,x))\n(define (f y)\n  (twice\n    (car y)))\n(f 5)",
  "in a macro itself": "(defmacro first-of (xs)\n  (car (car xs)))\n(define (f)\n  (first-of (1 2)))\n(f)",
  "in an argument of a syntax-rules macro":
    "(define-syntax unless-zero\n  (syntax-rules ()\n    ((_ n body) (if (= n 0) nil body))))\n(define (f n)\n  (unless-zero n\n    (string-length n)))\n(list (f 3))",
  "in a threaded call": '(define (f xs)\n  (-> xs\n      (get :a)\n      (+ 1)))\n(list (f {:a "x"}))',
  "in an imported module":
    '(import "geometry.sema")\n(define (volume shape height)\n  (* height (area shape)))\n(volume \'(2) 3)',
  "a loaded file that does not end": '(define x 1)\n(load "broken.sema")',
  "in the text of a loaded file": '(println "start")\n(load "late.sema")',
  "a missing file": '(define (f)\n  (load "nowhere.sema"))\n(f)',
  "a thrown value":
    "(define (check age)\n  (if (< age 0)\n    (throw {:kind :negative :age age})\n    age))\n(list (check -5))",
  "an error with a message":
    '(define (check age)\n  (if (< age 0)\n    (error "age must not be negative" age)\n    age))\n(list (check -5))',
  "an error raised again":
    '(define (read-age text)\n  (try (string->float text)\n    (catch e\n      (throw e))))\n(list (read-age "old"))',
  "an error raised by a handler":
    "(define (f)\n  (try (car 5)\n    (catch e\n      (string/upper (:type e)))))\n(list (f))",
  "nested handlers":
    "(define (f x)\n  (try\n    (try (throw x)\n      (catch inner\n        (throw (list :inner (:value inner)))))\n    (catch outer\n      (throw (list :outer (:value outer))))))\n(list (f 1))",
  "an unbound name in a macro's binding": "(define (f m)\n  (when-let (x missing)\n    (list x m)))\n(list (f 1))",
  "an unbound name in a vector": "(define (f m)\n  (list 1\n        [m missing]))\n(list (f 1))",
  "a guard without a clause that fits":
    "(define (f x)\n  (guard (e ((string? e) :text))\n    (throw x)))\n(list (f 5))",
  "an assertion": '(define (f x)\n  (assert (> x 0) "x must be positive")\n  x)\n(list (f -1))',
  "no clause of match fits": "(define (kind x)\n  (match x\n    ([a] :one)\n    ([a b] :two)))\n(list (kind '(1 2 3)))",
  "destructuring of the wrong length": "(define (f pair)\n  (let (([a b] pair))\n    (+ a b)))\n(list (f [1 2 3]))",
  "division by zero": "(define (ratio a b)\n  (/ a b))\n(list (ratio 1 0))",
  "infinite recursion": "(define (count n)\n  (+ 1 (count (+ n 1))))\n(define (start)\n  (list (count 0)))\n(start)",
  "an error deep in a recursion":
    "(define (sum xs)\n  (if (null? xs)\n    'none\n    (+ (car xs) (sum (cdr xs)))))\n(sum '(1 2 3 4 5 6))",
  "an error deep in a mutual recursion":
    "(define (even n)\n  (not (odd (- n 1))))\n(define (odd n)\n  (if (= n 1)\n    (car n)\n    (not (even (- n 1)))))\n(even 12)",
  "a malformed special form": "(define (f x)\n  (if))\n(f 1)",
  "a malformed let": "(define (f x)\n  (let ((a 1 2)) a))\n(f 1)",
  "a binding that is no list": "(define (f x)\n  (let ((a 1)\n        b)\n    a))\n(f 1)",
  "a clause of case without a list": "(define (f x)\n  (case x\n    ((1) :one)\n    (2 :two)))\n(f 1)",
  "a parameter that is no name": "(define (f x)\n  (map (fn (1)\n         x)\n       '(1)))\n(f 1)",
  "a macro of the program called with too little":
    "(defmacro twice (x)\n  `(+ ,x ,x))\n(define (f y)\n  (list\n    (twice)))\n(f 1)",
  "a macro of the library used wrongly": "(define (f y)\n  (list\n    (dotimes 5)))\n(f 1)",
  "a malformed macro": "(define x 1)\n(defmacro twice\n  x)",
  "no pattern of syntax-rules fits":
    "(define-syntax swap\n  (syntax-rules ()\n    ((_ a b) (list b a))))\n(define (f y)\n  (swap y))\n(f 1)",
  "nil where a number is meant": "(define (total item)\n  (* 2 (get item :prize)))\n(list (total {:price 5}))",
  "a word of another language": "(define (f x)\n  (return x))\n(f 1)",
  "an unbalanced parenthesis": "(define (f x)\n  (+ x 1)\n(f 1)",
  "a stray parenthesis": "(define (f x)\n  (+ x 1)))\n(f 1)",
  "a string without an end": '(println "hello)\n(println 1)',
  "in a promise": "(define later\n  (delay (car 5)))\n(list (force later))",
  "in a task": "(define (work x)\n  (string/upper x))\n(list (await (async (work 5))))",
  "in a form made by eval": '(define code \'(+ 1 "a"))\n(define (f)\n  (list (eval code)))\n(f)',
  "in a method":
    "(defmulti area :shape)\n(defmethod area :square\n  (fn (s)\n    (* (:side s) 2)))\n(list (area {:shape :square}))",
  "no method": "(defmulti area :shape)\n(list\n  (area {:shape :circle}))",
  "a keyword called with what is no map": "(define (f m)\n  (list (:name m)))\n(f 5)",
  "a record of another type":
    "(define-record-type point (make-point x) point? (x point-x))\n(define (f p)\n  (list (point-x p)))\n(f 5)",
};

/** The report of a program, as the command line prints it; its value where it does not fail. */
async function reported(text: string, tier: Tier): Promise<string> {
  const files = { read: (path: string): string | null => FILES.get(path) ?? null };
  const runtime = createRuntime({ tier, files, stdout: () => {}, limits: { depth: 5000 } });
  try {
    return runtime.print(await runtime.evalAsync(text, { file: "p.sema" }));
  } catch (error) {
    if (!(error instanceof SemaError)) throw error;
    const sources = new Map<string | null, string>([["p.sema", text], ...FILES]);
    // Tiers reach the limit of depth after different numbers of calls.
    return failureReport(error, "p.sema", sources, PLAIN).replace(/\.\.\. \d{3,} more/, "... many more");
  }
}

describe("reports of wrong programs", () => {
  it("are those on record, on every tier", async () => {
    const sections: string[] = [];
    for (const [title, text] of Object.entries(PROGRAMS)) {
      const reports = new Map<Tier, string>();
      for (const tier of TIERS) {
        // The walker's depth is that of the host's stack.
        if (tier !== "walker" || title !== "infinite recursion") reports.set(tier, await reported(text, tier));
      }
      const [first = ""] = reports.values();
      for (const [tier, report] of reports) assertEquals(report, first, `${title}, on ${tier}`);
      sections.push(`;; ${title}\n${text}\n\n${first}`);
    }
    assertGolden(new URL("reports.golden", import.meta.url), sections.join("\n"));
  });
});
