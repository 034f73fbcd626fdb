/** Texts and what they read as; bad texts and what is said of them. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { Condition, List, repr, type Value } from "../../src/data/mod.ts";
import { NESTING_LIMIT, read } from "../../src/reader/mod.ts";

function reads(text: string): string {
  return read(text, null).forms.map(repr).join(" ");
}

/** `message @line:column`, and the hint behind a bar. */
function problem(text: string): string {
  try {
    return `read ${reads(text)}`;
  } catch (error) {
    if (!(error instanceof Condition)) throw error;
    const place = error.trace.first;
    return `${error.message} @${place?.line}:${place?.column}${error.hint === null ? "" : ` | ${error.hint}`}`;
  }
}

describe("reading", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["(a . b)", "(a . b)"],
    ["'x `x ,x ,@x @x", "(quote x) (quasiquote x) (unquote x) (unquote-splicing x) (deref x)"],
    ["(1a) (a'b) (a#t) (1#t)", "(1 a) (a (quote b)) (a#t) (1 #t)"],
    ["#(f % %3 %&) #()", "(lambda (%1 %2 %3 . %&) (f %1 %3 %&)) (lambda () ())"],
    ['f"a${b}c" f"${f"${x}"}"', '(__vm-str "a" b "c") (__vm-str (__vm-str x))'],
    ["{:b 1 :a 2} {1 2 1 3}", "{:a 2 :b 1} {1 3}"],
    ["1e3 1e 007 -0 1.5.6", "1000.0 1 e 7 0 1.5 .6"],
    ["3/6 6/3 1/2+3/4i 3-1/2i -3/4i +i 3+0i", "1/2 2 1/2 0+3/4i 3-1/2i -3/4 i 0+1i 3"],
    ["#xFF #e1.5 #i1/2 #e#x-f #I#b101", "255 3/2 0.5 -15 5.0"],
    ["123456789012345678901234567890", "123456789012345678901234567890"],
    ["+7 .5 1_000", "+7 .5 1 _000"],
    ["inf -inf nan true nil", "inf -inf NaN #t nil"],
    ['"a\\x41;\\u0042\\$\\q" #"\\d\\""', '"aAB$\\\\q" "\\\\d\\""'],
    ["#\\a #\\space #\\( #\\12", "#\\a #\\space #\\( #\\1 2"],
    ["#u8(1 255)", "#u8(1 255)"],
    ["#!/bin/sema\n1 ; comment", "1"],
  ];
  for (const [text, expected] of cases) it(text, () => assertEquals(reads(text), expected));
});

describe("bad texts", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["(1 (2", "unterminated list @1:4 | add a closing `)`"],
    [
      "[1)",
      "mismatched bracket: expected `]` to close `[`, found `)` @1:3 | this vector was opened with `[` — close it with `]`",
    ],
    ["\n  )", "unexpected closing `)` @2:3 | no matching opening parenthesis"],
    ['"😀" )', "unexpected closing `)` @1:5 | no matching opening parenthesis"],
    [') "abc', 'unterminated string @1:3 | add a closing `"`'],
    ["(f '(1", "quote (') requires an expression after it @1:4 | e.g. '(1 2 3) or 'foo"],
    ["(a . b c)", "expected `)`, got `symbol` @1:8"],
    ["#q", "unexpected character after #: 'q' @1:1 | # starts a special form: #t, #f, #\\char, #u8(...)"],
    ["1/0", "rational literal has zero denominator @1:1"],
    ["#e1e999999999", "invalid integer: 1e999999999 @1:1"],
    ["(a\n (b\n(c))", "unterminated list @1:1 | add a closing `)`, perhaps before line 3"],
    ["\\n", "unexpected character: '\\' @1:1 | a character is written #\\a, a function (fn (x) ...)"],
    [
      "#\\spce",
      "unknown character name: spce @1:1 | the names are space, newline, tab, return, nul; others are written alone, as #\\a",
    ],
    ["{:a}", "map literal must have even number of forms @1:4 | keys and values in turn, as in {:a 1 :b 2}"],
    ["#(#(%))", "nested short lambdas are not allowed @1:3 | use a regular `lambda` or `fn` for the inner function"],
    ['(list f"${)}")', "unexpected closing `)` @1:11 | no matching opening parenthesis"],
  ];
  for (const [text, expected] of cases) it(text.trim(), () => assertEquals(problem(text), expected));

  it("cannot exhaust the host's stack", () => {
    const limit = `input nested too deeply (limit ${NESTING_LIMIT})`;
    assertEquals(problem("(".repeat(100_000)).startsWith(limit), true);
    assertEquals(problem("'".repeat(100_000)).startsWith("quote (')"), true);
    assertEquals(problem('f"${'.repeat(5_000)).startsWith("unterminated interpolation"), true);
    assertEquals(reads("(".repeat(NESTING_LIMIT) + ")".repeat(NESTING_LIMIT)).length, 2 * NESTING_LIMIT);
  });
});

describe("positions", () => {
  const { forms, positions } = read("(a\n  (b c)) [d]", "f.sema");
  const outer = forms[0] as Value;

  it("of lists and vectors are those of their brackets", () => {
    assertEquals(positions.of(outer), { file: "f.sema", line: 1, column: 1 });
    assertEquals(positions.of(forms[1] as Value), { file: "f.sema", line: 2, column: 10 });
  });

  it("of symbols are kept under their cells", () => {
    const inner = outer instanceof List ? outer.rest.first : null;
    assertEquals(inner instanceof List ? positions.ofFirst(inner.rest) : null, { file: "f.sema", line: 2, column: 6 });
  });
});
