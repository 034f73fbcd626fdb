/** Searching, splitting, trimming, replacing and cutting strings by literal text. */
import { scalarIndex, unitOffset, type Value } from "../../data/mod.ts";
import { count, listOf, text, textArgument } from "../check.ts";
import {
  type Area,
  type Declaration,
  type Example,
  type Function2,
  type Function3,
  many,
  one,
  pure,
  same,
  three,
  two,
} from "../declare.ts";
import { lasting } from "../lasting.ts";

/** Splits at every occurrence; an empty separator matches before, between and after all characters. */
function splitText(value: string, separator: string): string[] {
  return separator === "" ? ["", ...value, ""] : value.split(separator);
}

/** Lines end at `\n`, one `\r` before it goes with it; a final `\n` starts no further line. */
function lines(value: Value): Value {
  const pieces = textArgument(value, "string/lines", 1).split("\n");
  const rest = pieces.pop() ?? "";
  const result = pieces.map((piece) => piece.endsWith("\r") ? piece.slice(0, -1) : piece);
  if (rest !== "") result.push(rest);
  return listOf(result);
}

/** Unicode's `White_Space`. JavaScript's own trimming takes U+FEFF for one, too, and leaves U+0085. */
function isWhiteSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit < 0x2000) return unit === 0x85 || unit === 0xa0 || unit === 0x1680;
  return unit <= 0x200a || unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f || unit === 0x3000;
}

function trimRight(value: string): string {
  let end = value.length;
  while (end > 0 && isWhiteSpace(value.charCodeAt(end - 1))) end--;
  return value.slice(0, end);
}

function trimLeft(value: string): string {
  let start = 0;
  while (start < value.length && isWhiteSpace(value.charCodeAt(start))) start++;
  return value.slice(start);
}

/** Without Unicode white space at both ends. */
export function trim(value: string): string {
  return trimRight(trimLeft(value));
}

function indexOf(args: Value[]): Value {
  const string = text(args[0] as Value);
  const needle = text(args[1] as Value);
  const from = args.length > 2 ? count(args[2] as Value, "string/index-of") : 0;
  const start = unitOffset(string, from);
  if (start > string.length) return null;
  return found(string, string.indexOf(needle, start));
}

/** A UTF-16 offset as a scalar index; nil for -1. */
function found(value: string, offset: number): Value {
  return offset < 0 ? null : scalarIndex(value, offset);
}

function replaceLast(value: string, from: string, to: string): string {
  const offset = value.lastIndexOf(from);
  return offset < 0 ? value : value.slice(0, offset) + to + value.slice(offset + from.length);
}

/** The part of `value` that `cut` makes of a found needle's offset; the whole string when it is absent. */
function part(
  find: (value: string, needle: string) => number,
  cut: (value: string, offset: number, length: number) => string,
): (value: Value, needle: Value) => Value {
  return (value, needle) => {
    const string = text(value);
    const sought = text(needle);
    const offset = find(string, sought);
    return offset < 0 ? string : cut(string, offset, sought.length);
  };
}

const first = (value: string, needle: string): number => value.indexOf(needle);
const last = (value: string, needle: string): number => value.lastIndexOf(needle);
const before = (value: string, offset: number): string => value.slice(0, offset);
const after = (value: string, offset: number, length: number): string => value.slice(offset + length);

function between(value: Value, left: Value, right: Value): Value {
  const [string, opening, closing] = [text(value), text(left), text(right)];
  const start = string.indexOf(opening);
  if (start < 0) return "";
  const rest = string.slice(start + opening.length);
  const end = rest.indexOf(closing);
  return end < 0 ? rest : rest.slice(0, end);
}

function unwrap(args: Value[]): Value {
  const [string, left, right] = wrapArguments(args);
  const fits = string.length >= left.length + right.length && string.startsWith(left) && string.endsWith(right);
  return fits ? string.slice(left.length, string.length - right.length) : string;
}

function wrapArguments(args: readonly Value[]): [string, string, string] {
  const string = text(args[0] as Value);
  const left = text(args[1] as Value);
  return [string, left, args.length > 2 ? text(args[2] as Value) : left];
}

/** A test of a string for another, with the long form of type error. */
function test(
  name: string,
  doc: string,
  holds: (value: string, part: string) => boolean,
  ...examples: Example[]
): Declaration {
  const implementation: Function2 = (value, part) => {
    const string = textArgument(value, name, 1);
    return holds(string, textArgument(part, name, 2));
  };
  return two(name, doc, implementation, ...examples);
}

/** A change of a string by one other string. */
function change(
  name: string,
  doc: string,
  implementation: (value: string, part: string) => string,
  ...examples: Example[]
): Declaration {
  const checked: Function2 = (value, part) => {
    const string = text(value);
    return implementation(string, text(part));
  };
  return two(name, doc, checked, ...examples);
}

/** A change of a string by two other strings. */
function replacement(
  name: string,
  doc: string,
  implementation: (value: string, from: string, to: string) => string,
  ...examples: Example[]
): Declaration {
  const checked: Function3 = (value, from, to) => {
    const string = text(value);
    const sought = text(from);
    return implementation(string, sought, text(to));
  };
  return three(name, doc, checked, ...examples);
}

/** The searching, splitting, trimming and cutting builtins. */
export const stringSearch: Area = () =>
  pure([
    lasting(
      5,
      two("string/split", "(string/split s separator): all pieces, empty ones too.", (value, separator) => {
        const string = textArgument(value, "string/split", 1);
        return listOf(splitText(string, textArgument(separator, "string/split", 2)));
      }, ['(string/split "a,b,c" ",")', '("a" "b" "c")']),
    ),
    same("string-split", "string/split"),
    lasting(5, one("string/lines", "The lines of a string.", lines, ['(string/lines "a\\nb")', '("a" "b")'])),
    one(
      "string/trim",
      "Without white space at both ends.",
      (value) => trim(textArgument(value, "string/trim", 1)),
      ['(string/trim "  a ")', '"a"'],
    ),
    same("string-trim", "string/trim"),
    one("string/trim-left", "Without white space at the start.", (value) => trimLeft(text(value)), [
      '(string/trim-left "  a ")',
      '"a "',
    ]),
    one("string/trim-right", "Without white space at the end.", (value) => trimRight(text(value)), [
      '(string/trim-right "  a ")',
      '"  a"',
    ]),
    test("string/contains?", "(string/contains? s part): whether part occurs in s.", (s, part) => s.includes(part), [
      '(string/contains? "hello" "ell")',
      "#t",
    ]),
    test(
      "string/starts-with?",
      "(string/starts-with? s part): whether s starts with part.",
      (s, part) => s.startsWith(part),
      ['(string/starts-with? "hello" "he")', "#t"],
    ),
    test("string/ends-with?", "(string/ends-with? s part): whether s ends with part.", (s, part) => s.endsWith(part), [
      '(string/ends-with? "hello" "lo")',
      "#t",
    ]),
    many("string/index-of", 2, 3, "(string/index-of s part [from]): index of the first occurrence, or nil.", indexOf, [
      '(string/index-of "hello" "l")',
      "2",
    ]),
    two(
      "string/last-index-of",
      "(string/last-index-of s part): index of the last occurrence, or nil.",
      (value, part) => {
        const string = text(value);
        return found(string, string.lastIndexOf(text(part)));
      },
      ['(string/last-index-of "hello" "l")', "3"],
    ),
    replacement(
      "string/replace",
      "(string/replace s from to): every occurrence replaced.",
      (s, from, to) =>
        from === "" ? to + [...s].map((character) => character + to).join("") : s.replaceAll(from, () => to),
      ['(string/replace "aXbX" "X" "-")', '"a-b-"'],
    ),
    replacement(
      "string/replace-first",
      "(string/replace-first s from to): the first occurrence replaced.",
      (s, from, to) => s.replace(from, () => to),
      ['(string/replace-first "aXbX" "X" "-")', '"a-bX"'],
    ),
    replacement("string/replace-last", "(string/replace-last s from to): the last occurrence replaced.", replaceLast, [
      '(string/replace-last "aXbX" "X" "-")',
      '"aXb-"',
    ]),
    change(
      "string/remove",
      "(string/remove s part): without any occurrence of part.",
      (s, part) => part === "" ? s : s.replaceAll(part, ""),
      ['(string/remove "aXbX" "X")', '"ab"'],
    ),
    two("string/after", "(string/after s part): what follows the first occurrence.", part(first, after), [
      '(string/after "a.b.c" ".")',
      '"b.c"',
    ]),
    two("string/after-last", "(string/after-last s part): what follows the last occurrence.", part(last, after), [
      '(string/after-last "a.b.c" ".")',
      '"c"',
    ]),
    two("string/before", "(string/before s part): what precedes the first occurrence.", part(first, before), [
      '(string/before "a.b.c" ".")',
      '"a"',
    ]),
    two("string/before-last", "(string/before-last s part): what precedes the last occurrence.", part(last, before), [
      '(string/before-last "a.b.c" ".")',
      '"a.b"',
    ]),
    three("string/between", "(string/between s left right): what is between left and right.", between, [
      '(string/between "a(b)c" "(" ")")',
      '"b"',
    ]),
    change(
      "string/chop-start",
      "(string/chop-start s part): without the prefix.",
      (s, part) => s.startsWith(part) ? s.slice(part.length) : s,
      ['(string/chop-start "prefix-a" "prefix-")', '"a"'],
    ),
    change(
      "string/chop-end",
      "(string/chop-end s part): without the suffix.",
      (s, part) => s.endsWith(part) ? s.slice(0, s.length - part.length) : s,
      ['(string/chop-end "a.txt" ".txt")', '"a"'],
    ),
    change(
      "string/ensure-start",
      "(string/ensure-start s part): with the prefix.",
      (s, part) => s.startsWith(part) ? s : part + s,
      ['(string/ensure-start "a" "/")', '"/a"'],
    ),
    change(
      "string/ensure-end",
      "(string/ensure-end s part): with the suffix.",
      (s, part) => s.endsWith(part) ? s : s + part,
      ['(string/ensure-end "a" "/")', '"a/"'],
    ),
    many("string/wrap", 2, 3, "(string/wrap s left [right]): between left and right.", (args) => {
      const [string, left, right] = wrapArguments(args);
      return left + string + right;
    }, ['(string/wrap "a" "<" ">")', '"<a>"']),
    many("string/unwrap", 2, 3, "(string/unwrap s left [right]): without left and right around it.", unwrap, [
      '(string/unwrap "<a>" "<" ">")',
      '"a"',
    ]),
  ]);
