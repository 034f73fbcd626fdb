/** What is wrong with patterns, in the words of the reference. */
import { describe, it } from "node:test";
import { assertEquals, assertThrows } from "../../src/compat/assert.ts";
import { Regex, RegexError } from "../../src/regex/mod.ts";

/** Patterns with carets below, and what is wrong there. */
const ERRORS: readonly (readonly [pattern: string, carets: string, what: string])[] = [
  ["a(b", " ^", "unclosed group"],
  ["a)", " ^", "unopened group"],
  ["[a", "^", "unclosed character class"],
  ["[^]a", "^^^", "unclosed character class"],
  ["*a", "^", "repetition operator missing expression"],
  ["(?i)*", "    ^", "repetition operator missing expression"],
  ["a{3,1}", " ^^^^^", "invalid repetition count range, the start must be <= the end"],
  ["a{,3}", "  ^", "repetition quantifier expects a valid decimal"],
  ["a{2", " ^^", "unclosed counted repetition"],
  ["[z-a]", " ^^^", "invalid character class range, the start must be <= the end"],
  ["[\\d-z]", " ^^", "invalid range boundary, must be a literal"],
  ["[\\b]", " ^^", "invalid escape sequence found in character class"],
  ["é\\q", " ^^", "unrecognized escape sequence"],
  ["(a)\\1", "   ^^", "backreferences are not supported"],
  ["(?<!a)", "^^^^", "look-around, including look-ahead and look-behind, is not supported"],
  ["(?<a>x)(?<a>y)", "   ^      ^", "duplicate capture group name"],
  ["(?<9>x)", "   ^", "invalid capture group character"],
  ["(?i-i)", "  ^ ^", "duplicate flag"],
  ["(?z)", "  ^", "unrecognized flag"],
  ["\\x{110000}", "   ^^^^^^", "hexadecimal literal is not a Unicode scalar value"],
  ["\\xG", "  ^", "invalid hexadecimal digit"],
  ["\\p{Nope}", "^^^^^^^^", "Unicode property not found"],
  ["\\p{sc=Nope}", "^^^^^^^^^^^", "Unicode property value not found"],
  ["(?-u)\\xFF.", "     ^^^^", "pattern can match invalid UTF-8"],
  ["(?-u)[é]", "      ^", "Unicode not allowed here"],
  ["\\p{Nope}(", "        ^", "unclosed group"],
  [
    "\\b{foo}",
    "   ^^^",
    "unrecognized special word boundary assertion, valid choices are: start, end, start-half or end-half",
  ],
];

function message(pattern: string): string {
  return assertThrows(() => new Regex(pattern), RegexError).message;
}

describe("a pattern with an error", () => {
  for (const [pattern, carets, what] of ERRORS) {
    it(`is shown with it: ${pattern}`, () => {
      assertEquals(message(pattern), `regex parse error:\n    ${pattern}\n    ${carets}\nerror: ${what}`);
    });
  }

  it("of several lines is shown with their numbers", () => {
    const divider = "~".repeat(79);
    assertEquals(
      message("(?<a>x)\n(?<a>y)"),
      `regex parse error:\n${divider}\n1: (?<a>x)\n      ^\n2: (?<a>y)\n      ^\n${divider}\n` +
        "error: duplicate capture group name",
    );
    assertEquals(
      message("\\x{\n"),
      `regex parse error:\n${divider}\n1: \\x{\n${divider}\non line 1 (column 4) through line 2 (column 0)\n` +
        "error: invalid hexadecimal digit",
    );
  });

  it("of size is refused", () => {
    const what = "Compiled regex exceeds size limit of 10485760 bytes.";
    assertEquals(message("(?:a{1000}){1000}"), what);
    assertEquals(message("(?:(?:(?:a{1000}){1000}){1000}){1000}"), what);
  });

  it("of depth is refused", () => {
    const nested = (depth: number): string => "(".repeat(depth) + "a" + ")".repeat(depth);
    assertEquals(
      message(nested(251)).split("\n").at(-1),
      "error: exceed the maximum number of nested parentheses/brackets (250)",
    );
    assertEquals(new Regex(nested(250)).groups, 250);
    assertThrows(() => new Regex("[".repeat(300) + "a" + "]".repeat(300)), RegexError);
    assertThrows(() => new Regex(`[${"a--".repeat(300)}a]`), RegexError);
    assertThrows(() => new Regex(`a${"*".repeat(300)}`), RegexError);
  });
});
