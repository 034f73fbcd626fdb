/** Characters: conversions, Unicode properties and comparisons. */
import { Char, evalError, isInt64, type Value } from "../../data/mod.ts";
import { text, wrongType } from "../check.ts";
import { type Area, type Declaration, type Example, one, pure, same, two } from "../declare.ts";

/** The code of a character argument. */
export function charCode(value: Value): number {
  if (value instanceof Char) return value.code;
  throw wrongType("char", value);
}

function charText(value: Value): string {
  return String.fromCodePoint(charCode(value));
}

/** Whether `code` is a Unicode scalar value. */
export function isScalar(code: number): boolean {
  return code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
}

/** A character whose case is changed: the first character of the full mapping. */
function changed(value: Value, mapping: (text: string) => string): Char {
  return new Char(mapping(charText(value)).codePointAt(0) ?? charCode(value));
}

function downcase(value: Value): Char {
  return changed(value, (character) => character.toLowerCase());
}

/** `name` and its twin `char/…`. */
function withTwin(
  name: string,
  doc: string,
  implementation: (value: Value) => Value,
  ...examples: Example[]
): readonly Declaration[] {
  const builtin = one(name, doc, (value) => implementation(value), ...examples);
  return [builtin, same(name.replace("char-", "char/"), name)];
}

/** `pattern` is made when it is asked, because V8 takes a while to make those of Unicode properties. */
function property(
  name: string,
  doc: string,
  pattern: () => RegExp,
  ...examples: Example[]
): readonly Declaration[] {
  return withTwin(name, doc, (value) => pattern().test(charText(value)), ...examples);
}

/** Suffix, words of the doc line, the test, and what it answers for a and b. */
const COMPARISONS: readonly (readonly [string, string, (a: number, b: number) => boolean, "#t" | "#f"])[] = [
  ["=?", "equal", (a, b) => a === b, "#f"],
  ["<?", "less", (a, b) => a < b, "#t"],
  [">?", "greater", (a, b) => a > b, "#f"],
  ["<=?", "less or equal", (a, b) => a <= b, "#t"],
  [">=?", "greater or equal", (a, b) => a >= b, "#f"],
];

/** The character builtins. */
export const chars: Area = () =>
  pure([
    one("char->integer", "The code point of a character.", charCode, ["(char->integer #\\A)", "65"]),
    same("char/to-integer", "char->integer"),
    one("integer->char", "The character of a code point.", (value) => {
      if (!isInt64(value)) throw wrongType("int", value);
      const code = Number(value);
      if (!isScalar(code)) throw evalError(`integer->char: invalid codepoint ${value}`);
      return new Char(code);
    }, ["(integer->char 97)", "#\\a"]),
    same("integer/to-char", "integer->char"),
    one("char->string", "A string of one character.", charText, ["(char->string #\\a)", '"a"']),
    same("char/to-string", "char->string"),
    one("string->char", "The character of a string of one.", (value) => {
      const characters = [...text(value)];
      if (characters.length === 0) throw evalError("string->char: empty string");
      if (characters.length > 1) throw evalError("string->char: string must have exactly one character");
      return new Char(characters[0]?.codePointAt(0) ?? 0);
    }, ['(string->char "a")', "#\\a"]),
    same("string/to-char", "string->char"),
    ...property("char-alphabetic?", "Whether the character is a letter.", () => /^\p{Alphabetic}$/u, [
      "(char-alphabetic? #\\a)",
      "#t",
    ]),
    ...property("char-numeric?", "Whether the character is a number.", () => /^\p{N}$/u, [
      "(char-numeric? #\\7)",
      "#t",
    ]),
    ...property("char-whitespace?", "Whether the character is white space.", () => /^\p{White_Space}$/u, [
      "(char-whitespace? #\\space)",
      "#t",
    ]),
    ...property("char-upper-case?", "Whether the character is upper case.", () => /^\p{Uppercase}$/u, [
      "(char-upper-case? #\\A)",
      "#t",
    ]),
    ...property("char-lower-case?", "Whether the character is lower case.", () => /^\p{Lowercase}$/u, [
      "(char-lower-case? #\\A)",
      "#f",
    ]),
    ...withTwin(
      "char-upcase",
      "The character in upper case.",
      (value) => changed(value, (character) => character.toUpperCase()),
      ["(char-upcase #\\a)", "#\\A"],
    ),
    ...withTwin("char-downcase", "The character in lower case.", downcase, ["(char-downcase #\\A)", "#\\a"]),
    ...COMPARISONS.map(([suffix, words, holds, answer]) =>
      two(`char${suffix}`, `Whether the first character is ${words}.`, (a, b) => holds(charCode(a), charCode(b)), [
        `(char${suffix} #\\a #\\b)`,
        answer,
      ])
    ),
    ...COMPARISONS.map(([suffix, words, holds, answer]) =>
      two(
        `char-ci${suffix}`,
        `Whether the first character, in lower case, is ${words}.`,
        (a, b) => holds(downcase(a).code, downcase(b).code),
        [`(char-ci${suffix} #\\a #\\B)`, answer],
      )
    ),
  ]);
