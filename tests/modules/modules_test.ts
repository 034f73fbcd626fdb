/** Files in memory: what `import`, `load` and `module` do, on every tier. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type FileStore, type Runtime, SemaError, type Tier } from "../../src/engine/mod.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

type Texts = Readonly<Record<string, string>>;

/** A store of texts that notes what is read. */
function storeOf(texts: Texts, readings: string[] = []): FileStore {
  return {
    read(path) {
      readings.push(path);
      return Object.hasOwn(texts, path) ? texts[path] ?? null : null;
    },
  };
}

/** The printed value of each unit, or its error; and what was written. */
function results(tier: Tier, texts: Texts, units: readonly string[]): { values: string[]; output: string } {
  let output = "";
  const runtime = createRuntime({ tier, files: storeOf(texts), stdout: (text) => output += text });
  return { values: units.map((unit) => resultOf(runtime, unit)), output };
}

function resultOf(runtime: Runtime, unit: string): string {
  try {
    return runtime.print(runtime.eval(unit));
  } catch (error) {
    if (!(error instanceof SemaError)) throw error;
    return `${error.type}: ${error.message}`;
  }
}

interface Case {
  readonly claim: string;
  readonly files: Texts;
  /** Units and their results. */
  readonly units: readonly (readonly [string, string])[];
  readonly output?: string;
  /** Where it holds; on all of {@link TIERS} when not given. */
  readonly tiers?: readonly Tier[];
}

function check(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const { claim, files, units, output = "", tiers = TIERS } of cases) {
      it(claim, () => {
        for (const tier of tiers) {
          const found = results(tier, files, units.map(([text]) => text));
          assertEquals(found.values, units.map(([, value]) => value), tier);
          assertEquals(found.output, output, tier);
        }
      });
    }
  });
}

check("scopes", [
  {
    claim: "a module sees the program's globals, also those that are defined after it was imported",
    files: { "m": "(define (f) (list g later))" },
    units: [["(define g 1)", "nil"], ['(import "m")', "nil"], ["(define later 2)", "nil"], ["(f)", "(1 2)"]],
  },
  {
    claim: "a module assigns the program's globals",
    files: { "m": "(define (f) (set! g (+ g 1)))" },
    units: [["(define g 1)", "nil"], ['(import "m" f)', "nil"], ["(f) g", "2"]],
  },
  {
    claim: "what a module defines is its own",
    files: { "m": "(define secret 1) (define (f) secret) (module m (export f))" },
    units: [['(import "m")', "nil"], ["(f)", "1"], ["secret", "unbound: Unbound variable: secret"]],
  },
  {
    claim: "a module's definition leaves the global of the same name alone",
    files: { "m": "(define x 10) (define (f) x) (define (up) (set! x (+ x 1)))" },
    units: [["(define x 1)", "nil"], ['(import "m" f up)', "nil"], ["(up) (list x (f))", "(1 11)"]],
  },
  {
    claim: "until a module defines a name it means the program's global",
    files: { "m": "(define before x) (define (f) x) (define during (f)) (define x (+ x 1)) (define after (f))" },
    units: [["(define x 1)", "nil"], ['(import "m" before during after)', "nil"], [
      "(list before during after x)",
      "(1 1 2 1)",
    ]],
  },
  {
    claim: "functions see definitions that the module makes later, by macros and inside other forms, too",
    files: {
      "m": `(defmacro make (name value) \`(define ,name ,value))
        (define (f) (list a b c))
        (define early (try (f) (catch e (:type e))))
        (make a 1)
        (when #t (define b 2))
        (begin (define c 3))`,
    },
    units: [['(import "m" f early)', "nil"], ["(list early (f))", "(:unbound (1 2 3))"]],
  },
  {
    claim: "a hot function sees a definition that the module makes later",
    files: {
      "m": `(define (g) 'global-like)
        (define (f n) (if (= n 0) (h) (f (- n 1))))
        (define first (f 5000))
        (define (h) 'own)
        (define second (f 5000))`,
    },
    units: [["(define (h) 'program)", "nil"], ['(import "m" first second)', "nil"], [
      "(list first second (h))",
      "(program own program)",
    ]],
  },
  {
    claim: "a definition that never runs makes no name",
    files: { "m": "(when #f (define x 10)) (define (f) (set! x (+ x 1)))" },
    units: [["(define x 1)", "nil"], ['(import "m")', "nil"], ["(f) x", "2"]],
  },
  {
    claim: "a module's own builtin is its own, for the forms after it",
    files: { "m": "(define (car x) 'mine) (define (f) (car '(1)))" },
    units: [['(import "m" f)', "nil"], ["(list (f) (car '(2)))", "(mine 2)"]],
  },
  {
    claim: "a module's own builtin reaches the functions before it, and the function that it is itself",
    files: {
      "m": `(define (before x) (list (car x) (- 5) (- 5 1) (if (not x) 'no 'yes)))
        (define early (before '(1)))
        (define (length x) (if (null? x) '(end) (cons 'more (length (cdr x)))))
        (define (car x) 'mine)
        (define (- . xs) xs)
        (define (not x) #t)`,
    },
    units: [['(import "m" early before)', "nil"], [
      "(list early (before '(1)) (car '(2)) (- 5 1) (not #t) (length '(1 2)))",
      "((1 -5 4 yes) (mine (5) (5 1) no) 2 4 #f 2)",
    ], ['(import "m" length) (length \'(1 2))', "(more more end)"]],
  },
  {
    claim: "a module's own builtin reaches functions that are hot and those that are inlined in them",
    files: {
      "m": `(define (g x) (car x))
        (define (loop i seen)
          (if (= i 3000) seen (loop (+ i 1) (if (= (mod i 1000) 0) (cons (g '(1)) seen) (begin (g '(1)) seen)))))
        (define cold (loop 0 '()))
        (define (car x) 'mine)
        (define after (loop 0 '()))`,
    },
    units: [['(import "m" cold after g)', "nil"], [
      "(list cold after (g '(1)))",
      "((1 1 1) (mine mine mine) mine)",
    ]],
  },
  {
    claim: "the program's redefinition of a builtin reaches modules but those that have their own",
    files: {
      "a": "(define (fa x) (car x)) (define (ga x) (car x))",
      "b": "(define (fb x) (car x)) (define (car x) 'own) (define (gb x) (car x))",
    },
    units: [
      ['(import "a") (import "b" fb gb)', "nil"],
      ["(list (fa '(1)) (fb '(1)) (gb '(1)))", "(1 own own)"],
      ["(set! car (fn (x) 'program))", "<native-fn <vm-closure>>"],
      ["(list (fa '(1)) (ga '(1)) (fb '(1)) (gb '(1)))", "(program program own own)"],
    ],
  },
  {
    claim: "records and multimethods are a module's own",
    files: {
      "m": `(define-record-type point (make-point x) point? (x point-x))
        (defmulti area :shape) (defmethod area :dot (fn (s) 0))
        (define (f) (list (point-x (make-point 3)) (area {:shape :dot})))
        (module m (export f))`,
    },
    units: [['(import "m")', "nil"], ["(f)", "(3 0)"], ["area", "unbound: Unbound variable: area"]],
  },
  {
    claim: "two modules of the same names do not meet",
    files: { "a": "(define x 'a) (define (fa) x)", "b": "(define x 'b) (define (fb) x)" },
    units: [['(import "a" fa) (import "b" fb) (list (fa) (fb))', "(a b)"]],
  },
  {
    claim: "eval in a module runs in the global scope",
    files: { "m": "(eval '(define made 1))" },
    units: [['(import "m")', "nil"], ["made", "1"]],
  },
]);

check("exports", [
  {
    claim: "the last module form lists them",
    files: { "m": "(module m (export a) (define a 1)) (module m (export b c) (define b 2) (define c 3))" },
    units: [['(import "m") (list b c)', "(2 3)"], ["a", "unbound: Unbound variable: a"]],
  },
  {
    claim: "without a module form all names are exported, imported ones among them",
    files: { "m": '(import "n") (define a 1)', "n": "(define b 2)" },
    units: [['(import "m") (list a b)', "(1 2)"]],
  },
  {
    claim: "listed names that were never defined are dropped",
    files: { "m": "(module m (export a ghost car) (define a 1))" },
    units: [['(import "m") (list a (car (list 2)))', "(1 2)"], [
      '(import "m" ghost)',
      "eval: import: module does not export 'ghost'",
    ]],
  },
  {
    claim: "are copies: later assignments on either side stay there",
    files: { "m": "(define n 0) (define (up) (set! n (+ n 1))) (define (now) n)" },
    units: [['(import "m")', "nil"], ["(up) (list n (now))", "(0 1)"], ["(set! n 7) (now)", "1"]],
  },
  {
    claim: "are copied to globals from inside a function, over those that exist",
    files: { "m": "(define x 1)" },
    units: [['(define x 0) (define (go) (import "m") x)', "nil"], ["(list (go) x)", "(1 1)"]],
  },
  {
    claim: "code that is running sees what an import defines",
    files: { "m": "(define (g) 'new)" },
    units: [
      ['(define (g) \'old) (define (f n) (if (= n 0) (import "m") (f (- n 1))) (g))', "nil"],
      ["(list (g) (f 3) (g))", "(old new new)"],
    ],
  },
  {
    claim: "selectors copy those alone",
    files: { "m": "(define a 1) (define b 2)" },
    units: [['(import "m" a) a', "1"], ["b", "unbound: Unbound variable: b"]],
  },
  {
    claim: "a selector that is not exported is an error, and nothing is copied",
    files: { "m": "(define x 1)" },
    units: [['(import "m" x y)', "eval: import: module does not export 'y'"], [
      "x",
      "unbound: Unbound variable: x",
    ]],
  },
  {
    claim: "selectors are symbols",
    files: {},
    units: [['(import "m" "x")', "eval: import: expected a symbol"], [
      '(import "m" :only)',
      "eval: import: expected a symbol",
    ]],
  },
  {
    claim: "an import in a module copies into that module",
    files: { "m": '(import "n") (define (f) (list x (g))) (module m (export f))', "n": "(define x 1) (define (g) x)" },
    units: [['(import "m") (f)', "(1 1)"], ["x", "unbound: Unbound variable: x"]],
  },
  {
    claim: "an import in a function of a module copies into that module, too",
    files: { "m": '(define (f) (import "n") x) (module m (export f))', "n": "(define x 1)" },
    units: [['(import "m") (f)', "1"], ["x", "unbound: Unbound variable: x"]],
  },
  {
    claim: "the path is an expression",
    files: { "m.sema": "(define x 1)" },
    units: [['(import (string-append "m" ".sema")) x', "1"]],
  },
]);

check("evaluation", [
  {
    claim: "a module is evaluated once, whatever its path is called",
    files: { "lib/m": '(println "once") (define x 1)' },
    units: [['(import "lib/m")', "nil"], ['(import "./lib/m") (import "lib/../lib/./m") x', "1"]],
    output: "once\n",
  },
  {
    claim: "a second import copies the exports again",
    files: { "m": "(define x 1)" },
    units: [['(import "m") (set! x 5) (import "m") x', "1"]],
  },
  {
    claim: "a module that failed is tried again",
    files: { "m": '(println "try") (define x (if ready 1 (throw "not yet")))' },
    units: [
      ["(define ready #f)", "nil"],
      ['(import "m")', 'user: User exception: "not yet"'],
      ['(try (import "m") (catch e (:message e)))', '"\\"not yet\\""'],
      ["(set! ready #t)", "#t"],
      ['(import "m") x', "1"],
    ],
    output: "try\ntry\ntry\n",
  },
  {
    claim: "errors pass through an import as they are",
    files: { "m": "(try (throw 1) (catch e (throw e)))", "n": '(throw {:type :io :message "mine"})' },
    units: [
      ['(import "m")', "user: 1"],
      ['(import "n")', "io: mine"],
      ['(try (import "n") (catch e (:message e)))', '"mine"'],
    ],
  },
  {
    claim: "a failed selection does not make a module fail",
    files: { "m": '(println "once") (define x 1)' },
    units: [['(import "m" y)', "eval: import: module does not export 'y'"], ['(import "m" x) x', "1"]],
    output: "once\n",
  },
  {
    claim: "form by form: what ran before an error stays",
    files: { "m": '(println "ran") (if)' },
    units: [['(import "m")', "arity: if expects 2 or 3 arguments, got 0"]],
    output: "ran\n",
  },
  {
    claim: "nothing runs of a file that cannot be read as forms",
    files: { "m": '(println "ran") (' },
    units: [['(import "m")', "reader: unterminated list"]],
  },
  {
    claim: "a line #! at the start is skipped",
    files: { "m": "#!/usr/bin/env sema\n(define x 1)" },
    units: [['(import "m") x', "1"]],
  },
  {
    claim: "load runs a file in the global scope every time, and gives its last value",
    files: { "m": '(println "again") (define x 1) (+ x 1)', "empty": "" },
    units: [['(load "m")', "2"], ['(set! x 7) (list (load "m") x)', "(2 1)"], ['(load "empty")', "nil"]],
    output: "again\nagain\n",
  },
  {
    claim: "load inside a module is global, too",
    files: { "m": '(load "n") (define (f) x)', "n": "(define x 1)" },
    units: [['(import "m" f) (list (f) x)', "(1 1)"]],
  },
  {
    claim: "load is a function",
    files: { "a": "1", "b": "2" },
    units: [['(map load \'("a" "b"))', "(1 2)"]],
  },
  {
    claim: "an import recurses as deeply as any code",
    files: { "m": "(define (sum n) (if (= n 0) 0 (+ n (sum (- n 1))))) (define total (sum 100000))" },
    units: [['(import "m" total) total', "5000050000"]],
    // The walker is as deep as the host's stack: some 1,000 calls on Node.
    tiers: TIERS.filter((tier) => tier !== "walker"),
  },
  {
    claim: "an import recurses on the walker, too",
    files: { "m": "(define (sum n) (if (= n 0) 0 (+ n (sum (- n 1))))) (define total (sum 500))" },
    units: [['(import "m" total) total', "125250"]],
  },
]);

check("the main program", [
  {
    claim: "module runs its body in place; everything is global",
    files: {},
    units: [["(module m (export f) (define (f) (g)) (define (g) 1) (f))", "1"], ["(g)", "1"]],
  },
]);

check("errors", [
  {
    claim: "a missing file",
    files: {},
    units: [
      ['(import "nope.sema")', "io: I/O error: import nope.sema: no such file"],
      ['(try (import "nope.sema") (catch e (list (:type e) (:message e))))', '(:io "import nope.sema: no such file")'],
      ['(load "nope.sema")', "io: I/O error: load nope.sema: no such file"],
    ],
  },
  {
    claim: "a path that is no string",
    files: {},
    units: [["(import 5)", "type-error: expected string, got int"], [
      "(load :a)",
      "type-error: expected string, got keyword",
    ]],
  },
  {
    claim: "a package that is not there",
    files: {},
    units: [['(import "github.com/u/r")', "eval: package not found: github.com/u/r"]],
  },
  {
    claim: "a cycle of imports",
    files: { "a.sema": '(import "b.sema")', "b.sema": '(import "a.sema")' },
    units: [
      ['(import "a.sema")', "eval: cyclic import detected: a.sema -> b.sema -> a.sema"],
      ['(import "b.sema")', "eval: cyclic import detected: b.sema -> a.sema -> b.sema"],
    ],
  },
  {
    claim: "a cycle of loads and imports that starts further in",
    files: { "a": '(import "b")', "b": '(load "c")', "c": '(load "b")' },
    units: [['(import "a")', "eval: cyclic import detected: b -> c -> b"]],
  },
]);

check("paths", [
  {
    claim: "from the root first, then from the directory of the file",
    files: {
      "lib/m": '(import "n") (import "p")',
      "lib/n": "(define x 'beside)",
      "lib/p": "(define y 'beside)",
      "n": "(define x 'root)",
    },
    units: [['(import "lib/m") (list x y)', "(root beside)"]],
  },
  {
    claim: "relative to the file in which the form stands, not to the one that calls it",
    files: { "lib/m": '(define (f) (import "./n") x)', "lib/n": "(define x 1)" },
    units: [['(import "lib/m") (f)', "1"]],
  },
  {
    claim: "parts . and .. are resolved; above the root there is nothing",
    files: { "a/b/m": '(import "../n")', "a/n": "(define x 1)" },
    units: [['(import "./a/./b/../b/m") x', "1"], ['(import "../n")', "io: I/O error: import ../n: no such file"]],
  },
  {
    claim: "no extension is added",
    files: { "m.sema": "1" },
    units: [['(import "m")', "io: I/O error: import m: no such file"]],
  },
  {
    claim: "an entry of a package's name is its main file, and the directory of its files",
    files: { "github.com/u/r": '(import "util.sema")', "github.com/u/r/util.sema": "(define x 1)" },
    units: [['(import "github.com/u/r") x', "1"]],
  },
]);

check("macros", [
  {
    claim: "work inside their file and may use its functions",
    files: { "m": "(define (twice x) (list 'begin x x)) (defmacro two (x) (twice x)) (define (f) (two 1))" },
    units: [['(import "m" f) (f)', "1"], ["two", "unbound: Unbound variable: two"]],
  },
  {
    claim: "arrive too late for the unit that imports them, and are there for later ones",
    files: { "m": "(define (make x) (list '* x 2)) (defmacro tw (x) (make x)) (module m (export tw))" },
    units: [
      ['(import "m") (tw 4)', "eval: not callable: <macro tw> (macro)"],
      ["(tw 4)", "8"],
      ["(eval '(tw 5))", "10"],
    ],
  },
  {
    claim: "by syntax-rules are exported, too",
    files: { "m": "(define-syntax swap (syntax-rules () ((_ a b) (list b a))))" },
    units: [['(import "m")', "nil"], ["(swap 1 2)", "(2 1)"]],
  },
  {
    claim: "of a module form are global and no exports",
    files: { "m": "(module m (export) (defmacro tw (x) `(* 2 ,x)))" },
    units: [['(import "m")', "nil"], ["(tw 4)", "8"]],
  },
  {
    claim: "of a loaded file are the program's",
    files: { "m": "(defmacro tw (x) `(* 2 ,x)) (tw 1)" },
    units: [['(load "m")', "2"], ["(tw 4)", "8"]],
  },
]);

describe("traces", () => {
  it("name the file of each frame", () => {
    for (const tier of TIERS) {
      const files = storeOf({ "lib/m": "(define (f x)\n  (car x))\n", "n": "\n(car 5)" });
      const runtime = createRuntime({ tier, files });
      runtime.eval('(import "lib/m")', { file: "main.sema" });
      const trace = (text: string): string[] => {
        try {
          runtime.eval(text, { file: "main.sema" });
        } catch (error) {
          if (!(error instanceof SemaError)) throw error;
          return error.trace.map(({ name, file, line, column }) => `${name} ${file}:${line}:${column}`);
        }
        return [];
      };
      assertEquals(trace("(+ 1 (f 5))"), ["car lib/m:2:3", "f lib/m:2:3", "<lambda> main.sema:1:6"], tier);
      assertEquals(trace('(import "n")').slice(0, 2), ["car n:2:1", "<lambda> n:2:1"], tier);
      assertEquals(resultOf(runtime, "(try (f 5) (catch e (:file (first (:stack-trace e)))))"), '"lib/m"', tier);
    }
  });
});

describe("the store", () => {
  it("is asked for a module once", () => {
    const readings: string[] = [];
    const runtime = createRuntime({ files: storeOf({ m: "(define x 1)" }, readings) });
    runtime.eval('(import "m") (import "./m")');
    assertEquals(readings, ["m"]);
  });

  it("may resolve paths itself, and say why it cannot read", () => {
    const files: FileStore = {
      resolve: (path, from) => `${from ?? "none"}>${path}`,
      read(path) {
        if (path === "none>locked") throw new Error("permission denied");
        return path === "main>m" ? "(define x 1)" : null;
      },
    };
    const runtime = createRuntime({ files });
    assertEquals(runtime.eval('(import "m") x', { file: "main" }), 1);
    assertEquals(resultOf(runtime, '(import "m")'), "io: I/O error: import m: no such file");
    assertEquals(resultOf(runtime, '(import "locked")'), "io: I/O error: import locked: permission denied");
  });

  it("is asked what may have been meant by a path that leads nowhere", () => {
    const runtime = createRuntime({ files: storeOf({ "m.sema": "1", "lib/a": '(import "n")' }) });
    const hint = (unit: string): string | undefined => {
      try {
        runtime.eval(unit);
      } catch (error) {
        if (error instanceof SemaError) return error.hint;
        throw error;
      }
      return undefined;
    };
    assertEquals(hint('(import "m")'), 'a path is taken as it is: did you mean "m.sema"?');
    assertEquals(hint('(import "lib/a")'), "looked for n and lib/n");
    assertEquals(hint('(load "../m.sema")'), "the path leads out of the root");
  });

  it("is not there unless it is given", () => {
    const runtime = createRuntime();
    assertEquals(resultOf(runtime, '(import "m")'), "io: I/O error: import m: this runtime has no access to files");
    assertEquals(resultOf(runtime, '(import "github.com/u/r")'), "eval: package not found: github.com/u/r");
  });

  it("is that of one runtime", () => {
    const texts = { m: "(define x 1) (define (up) (set! x (+ x 1)) x)" };
    const [one, two] = [createRuntime({ files: storeOf(texts) }), createRuntime({ files: storeOf(texts) })];
    assertEquals(one?.eval('(import "m") (up) (up)'), 3);
    assertEquals(two?.eval('(import "m") (up)'), 2);
  });
});

describe("waiting", () => {
  it("a module may wait for a task while it is imported", () => {
    for (const tier of TIERS.filter((each) => each !== "walker")) {
      const runtime = createRuntime({ tier, files: storeOf({ m: "(define x (await (async (+ 1 2))))" }) });
      assertEquals(runtime.eval('(import "m") x'), 3, tier);
    }
  });

  it("an import that a limit has stopped can be tried again", () => {
    const texts = { m: "(let loop () (when forever (loop))) (define x 1)" };
    const runtime = createRuntime({ files: storeOf(texts), limits: { steps: 5000 } });
    assert(resultOf(runtime, '(define forever #t) (import "m")').includes("step limit"));
    assertEquals(resultOf(runtime, '(set! forever #f) (import "m") x'), "1");
  });
});
