/**
 * What programs do with deeply nested data ends in a value or in an error of the language. The operations are the
 * library's, so one kind of nest is tried on every tier and the others on one.
 */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];
/** More than the stack of any host holds. */
const DEPTH = 40_000;

const NESTS: Readonly<Record<string, string>> = {
  lists: "(list x)",
  vectors: "[x]",
  maps: "{:a x}",
  hashmaps: "(hashmap/new :a x)",
  keys: "{x 1}",
  records: "(box x)",
};

/** Expressions over two nests of the same contents, `a` and `b`, and one of others, `c`. */
const OPERATIONS: Readonly<Record<string, string>> = {
  "(equal? a b)": "#t",
  "(equal? a c)": "#f",
  "(= a b)": "#t",
  "(> (string-length (str a)) 79000)": "#t",
  '(= (str a) (format "~a" b))': "#t",
  "(length (sort-by (fn (x) x) (list a b c)))": "3",
  "(get (hashmap/new a 1) b)": "1",
  "(count (hash-map a 1 c 2))": "2",
  "(length (list/unique (list a b)))": "1",
  "(length (member b (list 0 a)))": "1",
  "(count (frequencies (list a b)))": "1",
  "(list/index-of (list c a) b)": "1",
  "(length (flatten (list (list a) (list b))))": "2",
  "(> (length (flatten-deep (list a 2))) 0)": "#t",
  "(type (deep-merge {:x a} {:x b}))": ":map",
  "(assert= a b)": "#t",
  "(type (eval (list 'quote a)))": "(type a)",
  "(try (throw a) (catch e (equal? (:value e) b)))": "#t",
  "(> (string-length (format/form a)) 79000)": "#t",
};

const slow = { timeout: 60_000 };

describe("deeply nested", () => {
  for (const [name, wrap] of Object.entries(NESTS)) {
    for (const tier of name === "lists" ? TIERS : ["auto"] as const) {
      it(`${name}, on ${tier}`, slow, () => {
        const sema = createRuntime({ tier, stdout: () => {} });
        sema.eval(`(define-record-type box (box x) box? (x unbox))
          (define (nest n x) (if (= n 0) x (nest (- n 1) ${wrap})))
          (define a (nest ${DEPTH} 1)) (define b (nest ${DEPTH} 1)) (define c (nest ${DEPTH} 2))`);
        for (const [operation, expected] of Object.entries(OPERATIONS)) {
          assertEquals(sema.print(sema.eval(operation)), sema.print(sema.eval(expected)), operation);
        }
      });
    }
  }

  const programs: readonly (readonly [program: string, error: string])[] = [
    ['(read (string/repeat "(" 100000))', "reader"],
    ['(read (string/repeat "[" 100000))', "reader"],
    ['(read (string/repeat "\'" 100000))', "reader"],
    ["(read (str (nest 100000 1)))", "reader"],
    ["(eval (nest 100000 1))", "eval"],
    ["(eval (list 'quasiquote (nest 100000 1)))", "eval"],
    ["(eval (list 'fn (list (nest 100000 1)) 1))", "eval"],
  ];
  for (const tier of TIERS) {
    it(`forms and texts are errors of the language, on ${tier}`, slow, () => {
      const sema = createRuntime({ tier, stdout: () => {} });
      sema.eval("(define (nest n x) (if (= n 0) x (nest (- n 1) (list 'list x))))");
      for (const [program, error] of programs) {
        let type = "";
        try {
          sema.eval(program);
        } catch (failure) {
          type = failure instanceof SemaError ? failure.type : String(failure);
        }
        assertEquals(type, error, program);
      }
    });
  }
});
