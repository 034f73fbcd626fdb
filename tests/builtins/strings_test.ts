import { describe, test } from "node:test";
import { decodeUtf8, encodeUtf8 } from "../../src/builtins/text/utf8.ts";
import { assertEquals } from "../../src/compat/assert.ts";
import { Condition, repr } from "../../src/data/mod.ts";
import { callWith, cases } from "./call.ts";

describe("strings", () => {
  cases("count Unicode scalars", {
    '(string-length "a😀é")': "3",
    '(string-ref "a😀é" 1)': "#\\😀",
    '(substring "a😀é" 1 2)': '"😀"',
    '(substring "straw" 6)': "eval: substring: index out of bounds",
    '(string/take "a😀é" -2)': '"😀é"',
    '(string/index-of "😀b😀" "😀" 1)': "2",
    '(string/last-index-of "😀b😀" "😀")': "2",
    '(string/reverse "a😀")': '"😀a"',
    '(string-ref "abc" 3)': "eval: string-ref: index 3 out of bounds (string length 3)",
  });

  cases("split and join", {
    '(string/split ";x;" ";")': '("" "x" "")',
    '(string/split "x😀" "")': '("" "x" "😀" "")',
    '(string/lines "a\r\nb\n\nc\r")': '("a" "b" "" "c\\r")',
    '(string/lines "\n")': '("")',
    '(string/join (1 "two" #\\3) ", ")': '"1, two, #\\\\3"',
    '(str "a" #\\b (1 "c"))': '"a#\\\\b(1 \\"c\\")"',
    '(string/words "decodeJSONNow v2.x")': '("decode" "JSON" "Now" "v2" "x")',
  });

  cases("replace and cut literally", {
    '(string/replace "abc" "" "_")': '"_a_b_c_"',
    '(string/replace "a.c$" "." "$&")': '"a$&c$"',
    '(string/replace-first "aa" "a" "$$")': '"$$a"',
    '(string/after "a=b=c" "=")': '"b=c"',
    '(string/before-last "a=b=c" "=")': '"a=b"',
    '(string/between "<x" "<" ">")': '"x"',
    '(string/unwrap "_" "_")': '"_"',
    '(string/trim "\u00a0 x\ufeff \u0085")': '"x\ufeff"',
  });

  cases("change case and style", {
    '(string/capitalize "ßA")': '"SSa"',
    '(string-ci=? "GROSS" "groß")': "#t",
    '(string/snake-case "maxRetryCount")': '"max_retry_count"',
    '(string/pascal-case "max_retry-count")': '"MaxRetryCount"',
    '(string/title-case " it\'s\ta-b ")': '"It\'s A-b"',
  });

  cases("measure terminal columns", {
    '(string/width "a漢\u0301")': "3",
    '(string/width "👩‍👩‍👧🇳🇴❤️")': "6",
    '(string/width "\x1b[31mred\x1b[0m")': "3",
    '(string/pad-left "漢字" 6 "ab")': '"aa漢字"',
    '(string/word-wrap "one two  abcdefgh i" 4)': '("one" "two" "abcd" "efgh" "i")',
    '(string/truncate-width "漢字xyz" 4 "…")': '"漢…"',
  });

  cases("format with four directives", {
    '(format "~a ~s ~d~%~~ ~a" "x" "y")': '"x \\"y\\" ~d\\n~ "',
    '(format "~A~")': '"~"',
  });

  cases("name the function and the argument in the long error form", {
    "(string/upper 5)": "type-error: string/upper argument 1 expected string, got int",
    '(string/contains? "abc" #\\a)': "type-error: string/contains? argument 2 expected string, got char",
    "(string/reverse 5)": "type-error: expected string, got int",
  });

  test("are printed in display or read form", () => {
    assertEquals(callWith("println", ["a", 1]).output, "a 1\n");
    assertEquals(callWith("print", ["a", 1]).output, '"a" 1');
    assertEquals(callWith("newline", []).output, "\n");
  });
});

describe("characters and symbols", () => {
  cases("convert", {
    "(char-upcase #\\ß)": "#\\S",
    "(char->integer #\\K)": "75",
    "(integer->char 55296)": "eval: integer->char: invalid codepoint 55296",
    '(string->char "KK")': "eval: string->char: string must have exactly one character",
    '(string->keyword ":a")': "::a",
    "(symbol->string nil)": "type-error: expected symbol, got nil",
    "(gensym)": "g__1",
    "(char-ci=? #\\K #\\k)": "#t",
    "(char-numeric? #\\½)": "#t",
  });
});

describe("UTF-8", () => {
  test("decodes what it encoded, and agrees with the host on what is malformed", () => {
    const host = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    let seed = 12345;
    const next = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
    const edges = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5];
    for (let i = 0; i < 2000; i++) {
      const bytes = Uint8Array.from({ length: 1 + next(5) }, () => edges[next(edges.length)] ?? 0);
      let expected: string | null = null;
      try {
        expected = host.decode(bytes);
      } catch {
        expected = null;
      }
      let actual: string | null = null;
      let problem = "";
      try {
        actual = decodeUtf8(bytes, "f");
      } catch (error) {
        if (!(error instanceof Condition)) throw error;
        problem = error.message;
      }
      assertEquals(actual, expected, `${bytes}`);
      if (actual !== null) assertEquals(encodeUtf8(actual), bytes);
      else assertEquals(/(invalid|incomplete) utf-8 .*from index \d+$/.test(problem), true, problem);
    }
  });
});

describe("control", () => {
  cases("raises with the display form of the message", {
    '(error "msg" 1)': "eval: msg",
    "(error)": "eval: error called with no message",
    "(assert nil :why)": "eval: :why",
    '(assert= "a" a)': 'eval: assertion failed: expected "a", got a',
  });

  test("bundles zero or several values, and one value not at all", () => {
    assertEquals(repr(callWith("values", [1]).value), "1");
    const pair = callWith("values", [1, "x"]).value;
    assertEquals(repr(pair), '#<record %multiple-values% 1 "x">');
    assertEquals(repr(callWith("__vm-values-list", [pair]).value), '(1 "x")');
    assertEquals(repr(callWith("type", [pair]).value), ":%multiple-values%");
    assertEquals(callWith("equal?", [pair, callWith("values", [1, "x"]).value]).value, true);
  });
});
