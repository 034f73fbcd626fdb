/**
 * Forms that are very long or very deep: each gives a value or an error of the language with a place, in time that
 * grows with the text (with a quadratic step these tests would not end).
 */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, SemaError } from "../../src/engine/mod.ts";

const slow = { timeout: 240_000 };
const MANY = 50_000;

function times(make: (index: number) => string): string {
  return Array.from({ length: MANY }, (_, index) => make(index)).join(" ");
}

/** What the text ends with, on one line; an error must have a place. */
function ending(text: string): string {
  const runtime = createRuntime({ tier: "baseline", stdout: () => {}, stderr: () => {} });
  try {
    return runtime.print(runtime.eval(text));
  } catch (error) {
    assert(error instanceof SemaError, String(error));
    assert(error.trace.some(({ line }) => line >= 1), `${error.message} has no place`);
    return error.message;
  }
}

/** Long forms → a value, or null for an error that the nesting is too deep. */
const LONG: Readonly<Record<string, readonly [text: string, value: string | null]>> = {
  "->": [`(-> 5 ${times(() => "(+ 1)")})`, null],
  "->>": [`(->> 5 ${times(() => "(+ 1)")})`, null],
  "as->": [`(as-> 5 x ${times(() => "(+ x 1)")})`, null],
  "some->": [`(some-> 5 ${times(() => "(+ 1)")})`, null],
  "let": [`(let (${times((i) => `(a${i} ${i})`)}) a77)`, "77"],
  "let*": [`(let* (${times((i) => `(a${i} ${i})`)}) a77)`, null],
  "letrec": [`(letrec (${times((i) => `(a${i} ${i})`)}) a77)`, null],
  "let*-values": [`(let*-values (${times((i) => `((a${i}) ${i})`)}) a77)`, null],
  "begin": [`(begin ${times(String)})`, String(MANY - 1)],
  "a call": [`(+ ${times(() => "1")})`, String(MANY)],
  "a vector": [`(length [${times(String)}])`, String(MANY)],
  "a map": [`(count {${times((i) => `${i} 0`)}})`, String(MANY)],
  "a quasiquote": [`(length \`(${times((i) => `,(+ ${i} 1)`)}))`, String(MANY)],
  "definitions": [`${times((i) => `(define a${i} ${i})`)} a77`, "77"],
};

describe("a long form", () => {
  for (const [name, [text, value]] of Object.entries(LONG)) {
    it(name, slow, () => {
      const found = ending(text);
      if (value !== null) assertEquals(found, value);
      else assert(/^maximum (?:expansion|lowering|resolution) depth exceeded$|^\d+$/.test(found), found.slice(0, 200));
    });
  }
});

const NEST = "(define (nest n make x) (if (= n 0) x (nest (- n 1) make (make x))))\n";
const DEEP = 100_000;

/** Programs that make data deeper than the host's stack → how they end. */
const NESTED: Readonly<Record<string, readonly [text: string, start: string]>> = {
  "a list": [`(nest ${DEEP} list 1)`, "(((("],
  "a vector": [`(nest ${DEEP} (fn (x) [x]) 1)`, "[[[["],
  "a map": [`(nest ${DEEP} (fn (x) {:a x}) 1)`, "{:a{:a"],
  "a record": [`(define-record-type box (box x) box?) (nest ${DEEP} box 1)`, "#<recordbox#<recordbox#<"],
  "text of a list": [`(string-length (str (nest ${DEEP} list 1)))`, String(2 * DEEP + 1)],
  "a quoted list": [`(eval (list 'quote (nest ${DEEP} list 1)))`, "(((("],
  "a call": [`(eval (nest ${DEEP} (fn (x) (list '+ x 1)) 1))`, "maximumexpansiondepth"],
  "a form that is not expanded": [`(macroexpand (nest ${DEEP} (fn (x) (list 'list x)) 1))`, "(list"],
  "text": [`(read (string/repeat "(" ${DEEP}))`, "inputnestedtoodeeply"],
  "what is thrown": [`(throw (nest ${DEEP} list 1))`, "Userexception:(((("],
};

describe("data deeper than the host's stack", () => {
  for (const [name, [text, start]] of Object.entries(NESTED)) {
    it(name, slow, () => assertEquals(ending(NEST + text).replace(/\s+/g, "").slice(0, start.length), start));
  }

  it("is compared, or overflows the stack of the language", slow, () => {
    const found = ending(`${NEST}(equal? (nest ${DEEP} list 1) (nest ${DEEP} list 1))`);
    assert(found === "#t" || found === "stack overflow: maximum call depth exceeded", found);
  });
});
