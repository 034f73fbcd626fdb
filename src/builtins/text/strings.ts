/**
 * Strings: building, measuring, slicing and taking apart. Indexes and lengths count Unicode scalars, never UTF-16
 * units. Searching is in `string_search.ts`, letter case in `string_case.ts`, terminal columns in `string_width.ts`.
 */
import {
  argumentError,
  Char,
  display,
  evalError,
  isInt64,
  isPlain,
  Keyword,
  type List,
  repr,
  scalarAt,
  scalarCount,
  typeName,
  unitOffset,
  utf8Length,
  type Value,
} from "../../data/mod.ts";
import { charCode, isScalar } from "./chars.ts";
import {
  checkSize,
  count,
  int64,
  listArgument,
  listOf,
  listOrVectorItems,
  text,
  textArgument,
  wrongType,
} from "../check.ts";
import { type Area, many, one, pure, same, sema, two } from "../declare.ts";
import { lasting } from "../lasting.ts";
import { quotedText } from "./quoted.ts";

/** The characters of a string. */
function characters(value: string): List {
  const result: Value[] = [];
  for (const character of value) result.push(new Char(character.codePointAt(0) ?? 0));
  return listOf(result);
}

/** The part between two scalar indexes. */
export function scalarSlice(value: string, start: number, end: number = Infinity): string {
  return value.slice(unitOffset(value, start), end === Infinity ? undefined : unitOffset(value, end));
}

function append(args: readonly Value[]): string {
  let result = "";
  for (const arg of args) result += typeof arg === "string" ? arg : display(arg);
  return result;
}

/** The host refuses longer strings with an error of its own. */
const LENGTH_LIMIT = 2 ** 28;

function repeat(value: Value, times: Value): Value {
  const piece = text(value);
  const number = count(times, "string/repeat");
  if (piece.length * number > LENGTH_LIMIT) throw evalError("string/repeat: result is too large");
  return piece.repeat(number);
}

function stringRef(value: Value, index: Value): Value {
  const string = textArgument(value, "string-ref", 1);
  if (!isInt64(index)) throw argumentError("string-ref", 2, "int", typeName(index));
  const position = Number(index);
  if (position < 0) throw evalError(`string-ref: index ${index} must be non-negative`);
  const code = scalarAt(string, position);
  if (code < 0) {
    const length = scalarCount(string);
    throw evalError(`string-ref: index ${index} out of bounds (string length ${length})`, "indices are 0-based");
  }
  return new Char(code);
}

/** A start or end of `substring`; `argument` is its 1-based place. */
function bound(value: Value, argument: number, word: string): number {
  if (!isInt64(value)) throw argumentError("substring", argument, "int", typeName(value));
  const index = Number(value);
  if (index < 0) throw evalError(`substring: ${word} index ${value} must be non-negative`);
  return index;
}

function substring(args: Value[]): Value {
  const [given, from, to] = args;
  if (typeof given === "string" && typeof from === "number" && isPlain(given)) {
    const end = args.length > 2 ? to : given.length;
    // Otherwise an argument is wrong: below it is found out which.
    if (typeof end === "number" && Number.isInteger(from) && Number.isInteger(end)) {
      if (0 <= from && from <= end && end <= given.length) return given.slice(from, end);
    }
  }
  const string = textArgument(args[0] as Value, "substring", 1);
  const start = bound(args[1] as Value, 2, "start");
  const length = scalarCount(string);
  const end = args.length > 2 ? bound(args[2] as Value, 3, "end") : length;
  if (start > end || end > length) {
    const hint = start > end ? "it starts after its end" : `the string has ${length} characters`;
    throw evalError("substring: index out of bounds", hint);
  }
  return scalarSlice(string, start, end);
}

function take(value: Value, size: Value): Value {
  const string = text(value);
  const wanted = int64(size);
  return wanted >= 0 ? scalarSlice(string, 0, wanted) : scalarSlice(string, Math.max(0, scalarCount(string) + wanted));
}

function join(pieces: Value, separator: Value): Value {
  const between = text(separator);
  let result = "";
  let first = true;
  for (const item of listOrVectorItems(pieces)) {
    result += first ? display(item) : between + display(item);
    first = false;
  }
  return result;
}

function listToString(list: Value): Value {
  let result = "";
  for (const item of listArgument(list)) result += String.fromCodePoint(charCode(item));
  return result;
}

function fromCodePoints(list: Value): Value {
  let result = "";
  for (const item of listOrVectorItems(list)) {
    if (!isInt64(item)) throw wrongType("integer", item);
    const code = Number(item);
    if (!isScalar(code)) throw evalError(`string/from-codepoints: invalid codepoint ${item}`);
    result += String.fromCodePoint(code);
  }
  return result;
}

const FORMS: Readonly<Record<string, "NFC" | "NFD" | "NFKC" | "NFKD">> = {
  nfc: "NFC",
  nfd: "NFD",
  nfkc: "NFKC",
  nfkd: "NFKD",
};

function normalize(value: Value, form: Value): Value {
  const string = text(value);
  const name = form instanceof Keyword ? form.name : form;
  if (typeof name !== "string") throw wrongType("string or keyword", form);
  const wanted = name.toLowerCase();
  const known = Object.hasOwn(FORMS, wanted) ? FORMS[wanted] : undefined;
  if (known === undefined) throw evalError(`string/normalize: unknown form ${quotedText(name)}`);
  return string.normalize(known);
}

/** What each directive of `format` writes; an absent argument writes nothing. */
const DIRECTIVES: Readonly<Record<string, (next: () => Value | undefined) => string>> = {
  a: (next) => present(next(), display),
  s: (next) => present(next(), repr),
  "%": () => "\n",
  "~": () => "~",
};

function present(value: Value | undefined, print: (value: Value) => string): string {
  return value === undefined ? "" : print(value);
}

function format(args: Value[]): Value {
  let used = 1;
  const next = () => args[used++];
  return text(args[0] as Value).replace(
    /~([\s\S])/gu,
    (whole, directive: string) => DIRECTIVES[directive.toLowerCase()]?.(next) ?? whole,
  );
}

const MAP = `(fn (f s)
  (let ((characters (__vm-characters s)))
    (if (null? characters) ""
      (begin (__vm-callable f)
        (let loop ((characters characters) (out '()))
          (if (null? characters) (__vm-join (__vm-reverse out))
            (loop (cdr characters) (cons (__vm-piece (f (car characters))) out))))))))`;

/** The result of a callback of `string/map`. */
function piece(value: Value): string {
  if (typeof value === "string") return value;
  if (value instanceof Char) return String.fromCodePoint(value.code);
  throw wrongType("char or string", value);
}

/** Building, measuring and slicing of strings. */
export const strings: Area = () =>
  pure([
    many("string-append", 0, Infinity, "The display forms of the arguments as one string.", append, [
      '(string-append "a" 1 :b)',
      '"a1:b"',
    ]),
    same("string/append", "string-append"),
    same("str", "string-append"),
    same("__vm-str", "string-append"),
    two("string/join", "(string/join coll separator): the display forms of the elements as one string.", join, [
      '(string/join \'("a" "b") ", ")',
      '"a, b"',
    ]),
    same("string-join", "string/join"),
    two("string/repeat", "(string/repeat s n): n copies of s.", repeat, ['(string/repeat "ab" 3)', '"ababab"']),
    same("make-string", "string/repeat"),
    many(
      "format",
      1,
      Infinity,
      "(format template arg ...): ~a display form, ~s read form, ~% newline, ~~ tilde.",
      format,
      ['(format "~a and ~s" "x" "y")', '"x and \\"y\\""'],
    ),
    one("string-length", "The number of characters.", (value) => scalarCount(textArgument(value, "string-length", 1)), [
      '(string-length "héllo")',
      "5",
    ]),
    same("string/length", "string-length"),
    two("string-ref", "(string-ref s index): the character at an index.", stringRef, ['(string-ref "abc" 1)', "#\\b"]),
    same("string/ref", "string-ref"),
    many(
      "substring",
      2,
      3,
      "(substring s start [end]): the characters from start up to, not including, end.",
      substring,
      ['(substring "hello" 1 3)', '"el"'],
    ),
    same("string/slice", "substring"),
    two("string/take", "(string/take s n): the first n characters, or the last -n.", take, [
      '(string/take "hello" 2)',
      '"he"',
    ]),
    lasting(
      30,
      one("string/chars", "The characters of a string.", (value) => characters(text(value)), [
        '(string/chars "abc")',
        "(#\\a #\\b #\\c)",
      ]),
    ),
    lasting(
      30,
      one("string->list", "The characters of a string.", (value) => characters(text(value)), [
        '(string->list "abc")',
        "(#\\a #\\b #\\c)",
      ]),
    ),
    same("string/to-list", "string->list"),
    lasting(
      50,
      one("list->string", "A string of a list of characters.", listToString, ["(list->string '(#\\a #\\b))", '"ab"']),
    ),
    one("string/byte-length", "The length in UTF-8.", (value) => utf8Length(text(value)), [
      '(string/byte-length "é")',
      "2",
    ]),
    one("string/empty?", "Whether a string has no characters.", (value) => text(value) === "", [
      '(string/empty? "")',
      "#t",
    ]),
    one("string/reverse", "The characters in reverse order.", (value) => [...text(value)].reverse().join(""), [
      '(string/reverse "abc")',
      '"cba"',
    ]),
    one("string/intern", "An equal string.", (value) => text(value), ['(string/intern "abc")', '"abc"']),
    one("string/codepoints", "The code points of a string.", (value) => {
      const codes: number[] = [];
      for (const character of text(value)) codes.push(character.codePointAt(0) ?? 0);
      return listOf(codes);
    }, ['(string/codepoints "ab")', "(97 98)"]),
    one("string/from-codepoints", "A string of code points.", fromCodePoints, [
      "(string/from-codepoints '(97 98))",
      '"ab"',
    ]),
    two("string/normalize", "(string/normalize s form): Unicode normal form :nfc, :nfd, :nfkc or :nfkd.", normalize, [
      '(string-length (string/normalize "é" :nfd))',
      "2",
    ]),
    sema("string/map", 2, 2, "(string/map f s): the characters or strings that f makes of the characters.", MAP, [
      '(string/map char-upcase "abc")',
      '"ABC"',
    ]),
    one("__vm-characters", "The characters of a string.", (value) => characters(text(value))),
    one("__vm-piece", "Checks a result of a callback on characters.", piece),
    one("__vm-join", "Concatenates strings.", (pieces) => {
      const items = listOrVectorItems(pieces);
      checkSize(items.length, "string/map");
      return items.map((item) => text(item)).join("");
    }),
  ]);
