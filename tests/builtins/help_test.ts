import { describe, it } from "node:test";
import { assertEquals, assertInstanceOf, assertThrows } from "../../src/compat/assert.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto", "walker"];

const PROGRAM = `
(define (area width height) "The area of a rectangle." (* width height))
(define (plain . all) (length all))
(define (text) "only a value")
(define names map)
(define limit 5)
(define-syntax swap (syntax-rules () ((_ a b) (list b a))))
(defmulti kind type)`;

/** What \`(doc subject)\` prints → for what. */
const PRINTED: Readonly<Record<string, string>> = {
  "area": "(area width height)\n  function, 2 arguments\n  The area of a rectangle.\n",
  "'area": "(area width height)\n  function, 2 arguments\n  The area of a rectangle.\n",
  "plain": "(plain . all)\n  function, 0 or more arguments\n  A function of the program.\n",
  "text": "(text)\n  function, no arguments\n  A function of the program.\n",
  "(fn (x) x)": "(<lambda> x)\n  function, 1 argument\n  A function of the program.\n",
  "'names":
    "(map f coll ...)\n  function, 2 or more arguments\n  The results of f on corresponding elements.\n  also mapcar\n  (map + '(1 2) '(10 20)) → (11 22)\n",
  "first":
    "(car x)\n  function, 1 argument\n  The first element of a list or vector, nil when it is empty.\n  also first\n  (car '(1 2 3)) → 1\n",
  "'limit": "limit\n  variable\n  A variable that holds a value of type int.\n",
  "'swap": "(swap a b)\n  macro\n  A macro of the program.\n",
  "kind": "(<lambda> ...)\n  function\n  A value that can be called, of type multimethod.\n",
  '"defn"':
    "(defun name (parameter ...) body ...)\n  special form\n  Binds a variable to a function.\n  also defun\n  (begin (defun twice (x) (* 2 x)) (twice 4)) → 8\n",
  "'if-let":
    "(if-let (name value) then else)\n  macro\n  then with name bound, or else when value is nil.\n  (if-let (x (get {:a 1} :b)) x :none) → :none\n",
  "'pi": "pi\n  constant\n  The number 3.141592653589793.\n",
};

describe("help in a program", () => {
  for (const tier of TIERS) {
    it(`says what functions, macros and special forms are for, on ${tier}`, () => {
      let output = "";
      const runtime = createRuntime({ tier, stdout: (text) => output += text });
      runtime.eval(PROGRAM);
      for (const [subject, expected] of Object.entries(PRINTED)) {
        output = "";
        assertEquals(runtime.eval(`(doc ${subject})`), null);
        assertEquals(output, expected, subject);
      }
    });
  }

  it("knows nothing of names that nothing has, and of other values", () => {
    const failure = (code: string): string => {
      const error = assertThrows(() => createRuntime().eval(code));
      assertInstanceOf(error, SemaError);
      return `${error.message}; ${error.hint}`;
    };
    assertEquals(failure("(doc 'printlm)"), "doc: nothing is called printlm; Did you mean 'println'?");
    assertEquals(failure("(doc 5)"), "expected function, symbol, or string, got int; doc: quote the name: (doc 'if)");
  });

  it("finds names", () => {
    const runtime = createRuntime();
    runtime.eval("(define my-string->stuff 1)");
    assertEquals(runtime.print(runtime.eval('(apropos "string->s")')), "(my-string->stuff string->symbol)");
  });
});

describe("help for the host", () => {
  it("describes a name", () => {
    const runtime = createRuntime();
    assertEquals(runtime.doc("take"), {
      name: "take",
      kind: "function",
      usage: "(take n coll)",
      text: "The first n elements.",
      arity: "2 arguments",
      aliases: [],
      examples: [["(take 2 '(1 2 3))", "(1 2)"]],
    });
    assertEquals(runtime.doc("nothing-like-this"), null);
    assertEquals(runtime.doc("__vm-sequence"), null);
  });

  it("completes names of the library, of programs and of special forms, hidden ones excluded", () => {
    const runtime = createRuntime();
    assertEquals(runtime.complete("let"), ["let", "let*", "let*-values", "let-values", "letrec"]);
    runtime.eval("(define letter 1)");
    assertEquals(runtime.complete("lett"), ["letter"]);
    assertEquals(runtime.complete("__"), []);
  });
});

/** Programs with an unbound name → the hint. */
const HINTS: Readonly<Record<string, string | undefined>> = {
  "(printlm 1)": "Did you mean 'println'?",
  "(define (f width) (list widht)) (f 1)": "Did you mean 'width'?",
  "(define (f width) (map (fn (x) (+ x widht)) '(1))) (f 1)": "Did you mean 'width'?",
  "(define (f n) (let loop ((index 0)) (if (< idnex n) (loop (+ index 1)) n))) (f 1)": "Did you mean 'index'?",
  "(define (f apple) (let ((maple 1)) (list aple))) (f 1)": "Did you mean 'apple'?",
  "(setq 1 2)": "Sema uses 'set!' for variable assignment",
  "(let ((a 1)) b)": undefined,
  "(let ((xs 1)) sx)": "Did you mean 'xs'?",
  "(let ((a 1)) (== a 1))": "Sema uses '=' to compare",
  "(vector-ref [1] 0)": "Sema uses 'nth' for an element, and 'drop' for what follows",
  "(+ 1 0xFF)": "hexadecimal numbers are written #xff",
  "(list if)": "if is a special form: (if test then [else])",
  "(something-quite-different)": undefined,
};

/** Programs with another mistake → the hint. */
const OTHER_HINTS: Readonly<Record<string, string | undefined>> = {
  "(define (add a b) (+ a b)) (add 1)": "usage: (add a b)",
  "(define (add a . rest) a) (add)": "usage: (add a . rest)",
  "(define (add a) a) (let ((add (fn (x y) x))) (add 1))": undefined,
  '(string/split "a")': "usage: (string/split s separator)",
  "(if)": "usage: (if test then [else])",
  "(let loop ((i 0)))": "usage: (let [loop] ((name value) ...) body ...)",
  "(let ((a 1) (b)) a)": "usage: (let [loop] ((name value) ...) body ...)",
  "(lambda (1) 2)": "found 1, an int; usage: (lambda (parameter ... [. rest]) body ...)",
  "(when-let x 5)": "usage: (when-let (name value) body ...)",
  "(defmacro twice (x) x) (twice)": "usage: (twice x)",
  "(define-syntax swap (syntax-rules () ((_ a b) (list b a)) ((_ a) a))) (swap)": "usage: (swap a b) or (swap a)",
  '(* 2 "5")': "(string->number s) makes a number of a string",
  "(+ 1 (get {} :a))": "nil stands for what is missing: a key that is not in a map, an if without an else",
  "(string/upper 5)": "(str x) makes a string of any value",
  "(map 5 (list 1))": "the function comes first, as in (map f list)",
  "(let (([a b] [1])) a)": "& takes what is left, however much that is: [first & rest]",
  "(let (({:keys [a]} [1])) a)": "a pattern in {} takes a map apart, one in [] a list",
  '(substring "abc" 1 5)': "the string has 3 characters",
  "(throw 5)": undefined,
};

describe("the hint for another mistake", () => {
  for (const tier of TIERS) {
    it(`is how it is meant to be, on ${tier}`, () => {
      for (const [code, hint] of Object.entries(OTHER_HINTS)) {
        const error = assertThrows(() => createRuntime({ tier }).eval(code));
        assertInstanceOf(error, SemaError);
        assertEquals(error.hint, hint, code);
      }
    });
  }
});

describe("the hint for an unbound name", () => {
  for (const tier of TIERS) {
    it(`is the nearest variable in sight or global, on ${tier}`, () => {
      for (const [code, hint] of Object.entries(HINTS)) {
        const error = assertThrows(() => createRuntime({ tier }).eval(code));
        assertInstanceOf(error, SemaError);
        assertEquals(error.hint, hint, code);
      }
    });
  }
});
