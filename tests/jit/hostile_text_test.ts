/**
 * Text of a program never becomes code of the host: names, strings, keywords and file names made of whatever could end a
 * literal, a comment or a line, on every way into generated JavaScript, change nothing but themselves.
 */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Tier } from "../../src/engine/mod.ts";
import { Random } from "../data/random.ts";

/** What a text is made of. The name that they try to set is looked at in the end. */
const PIECES: readonly string[] = [
  '"',
  "'",
  "`",
  "\\",
  "\n",
  "\r",
  "\u2028",
  "\u2029",
  "\ud800",
  "\udfff",
  "\0",
  "*/",
  "//",
  "/*",
  "${",
  "}",
  ")",
  ";",
  "</script>",
  "-->",
  "\\u0022",
  "globalThis.semaEscaped = 1",
  "=>",
  "constructor",
  "__proto__",
  "prototype",
  "arguments",
  "eval",
  "await",
  "$U",
  "$c",
  "return",
  "ﬀ",
  "\u200d",
  "a",
  " ",
];

function hostile(random: Random): string {
  let text = "";
  for (let left = 1 + random.below(6); left > 0; left--) text += random.pick(PIECES);
  return text;
}

/** A string literal of the language for a text; lone surrogates cannot be written, so they are left as they are. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\0", "\\0")}"`;
}

/** A program in which the text is everything that a program can name or write; its value is a list that contains it. */
function program(text: string): string {
  const literal = quoted(text);
  return `
    (defmacro hostile ()
      (let ((function (string->symbol (string-append "f" ${literal})))
            (parameter (string->symbol (string-append "p" ${literal})))
            (local (string->symbol (string-append "l" ${literal})))
            (key (string->keyword (string-append "k" ${literal}))))
        (list 'begin
          (list 'define (list function parameter)
            (list 'let (list (list local (list 'list parameter ${literal} key (list 'quote function))))
              (list 'let 'loop (list (list parameter 0))
                (list 'if (list '< parameter 3)
                  (list 'begin (list 'set! local (list 'cons parameter local)) (list 'loop (list '+ parameter 1)))
                  (list 'list local (list 'get (list 'assoc (list 'hash-map) key ${literal}) key)
                    (list 'match ${literal} (list ${literal} 1) (list '_ 2))
                    (list 'case (list 'quote function) (list (list function) 3) (list 'else 4)))))))
          (list 'define 'entry function))))
    (hostile)
    (list (map entry (list 1 2 3)) (try (entry 1 2) (catch e (:message e))) (try (throw ${literal}) (catch e (:value e))))`;
}

function outcome(text: string, tier: Tier): unknown {
  const runtime = createRuntime({ tier });
  return runtime.toJS(runtime.eval(program(text), { file: `${text}.sema` }));
}

describe("text of a program in generated code", () => {
  it("stays text, whatever it is made of", () => {
    const random = new Random(20261122);
    for (let round = 0; round < 400; round++) {
      const text = hostile(random);
      const expected = outcome(text, "walker");
      for (const tier of ["baseline", "jit"] as const) {
        assertEquals(outcome(text, tier), expected, JSON.stringify(text));
      }
    }
    assertEquals("semaEscaped" in globalThis, false);
  });

  it("is what the program made it", () => {
    for (const text of ["\u2028*/`${1}\\", '";globalThis.semaEscaped=1;"', "\ud800\n//", "__proto__"]) {
      const [[first]] = outcome(text, "jit") as [[unknown[]]];
      assertEquals(first?.slice(1), [text, 1, 3]);
    }
  });
});
