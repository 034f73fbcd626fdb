/** Bytevectors: the Scheme-style operations and the `bytes/…` family, which takes non-negative indexes only. */
import { Bytevector, evalError, integer, isInt64, joinBytes, type Value } from "../../data/mod.ts";
import { checkSize, count, int64, listArgument, listOf, text, wrongType } from "../check.ts";
import { type Area, many, one, pure, same, three, two } from "../declare.ts";
import { quotedCharacter } from "../text/quoted.ts";
import { decodeUtf8, encodeUtf8 } from "../text/utf8.ts";

function bytesOf(value: Value, hint?: string): Uint8Array {
  if (value instanceof Bytevector) return value.bytes;
  throw wrongType("bytevector", value, hint);
}

/** An integer from 0 to 255; `refusal` makes the error text of one outside. */
function byte(value: Value, refusal: (value: Value) => string): number {
  const number = int64(value);
  if (number < 0 || number > 255) throw evalError(refusal(value));
  return number;
}

function fromArguments(args: Value[]): Value {
  return new Bytevector(
    Uint8Array.from(
      args,
      (arg, index) => byte(arg, (value) => `bytevector: byte value ${value} at index ${index} out of range 0..255`),
    ),
  );
}

function make(args: Value[]): Value {
  const size = int64(args[0] as Value);
  if (size < 0) throw evalError(`make-bytevector: size must be non-negative, got ${args[0]}`);
  checkSize(size, "make-bytevector");
  const fill = args.length < 2
    ? 0
    : byte(args[1] as Value, (value) => `make-bytevector: fill value ${value} out of range 0..255`);
  return new Bytevector(new Uint8Array(size).fill(fill));
}

/** An existing index, for the function `name`. */
function existing(bytes: Uint8Array, index: Value, name: string): number {
  const position = int64(index);
  if (position >= 0 && position < bytes.length) return position;
  throw evalError(`${name}: index ${index} out of range for bytevector of length ${bytes.length}`);
}

function set(target: Value, index: Value, value: Value): Value {
  const bytes = bytesOf(target);
  const position = existing(bytes, index, "bytevector-u8-set!");
  const replacement = byte(value, (wrong) => `bytevector-u8-set!: byte value ${wrong} out of range 0..255`);
  return new Bytevector(bytes.with(position, replacement));
}

/** The bytes between optional bounds `args[1]` and `args[2]`; `outside` makes the error text. */
function slice(
  bytes: Uint8Array,
  args: readonly Value[],
  bound: (value: Value) => number,
  outside: (range: string) => string,
): Uint8Array {
  const start = args.length > 1 ? bound(args[1] as Value) : 0;
  const end = args.length > 2 ? bound(args[2] as Value) : bytes.length;
  if (start < 0 || start > end || end > bytes.length) throw evalError(outside(`range ${start}..${end} out of bounds`));
  return bytes.slice(start, end);
}

/** The range `args` of the `bytes/…` function `name`. */
function range(args: readonly Value[], name: string): Uint8Array {
  const bytes = bytesOf(args[0] as Value, hintOf(name));
  return slice(bytes, args, (value) => count(value, name), (text) => `${name}: ${text} for ${bytes.length} bytes`);
}

function hintOf(name: string): string {
  return `${name}: read one with file/read-bytes or string->utf8`;
}

function concatenated(args: Value[]): Value {
  return new Bytevector(joinBytes(args.map((arg) => bytesOf(arg))));
}

function fromList(list: Value): Value {
  return new Bytevector(
    Uint8Array.from(
      listArgument(list),
      (item) => byte(item, (value) => `list->bytevector: byte value ${value} out of range 0..255`),
    ),
  );
}

/** What `bytes/find` looks for: a byte, a bytevector, or a string's UTF-8. */
function needleBytes(needle: Value): Uint8Array {
  if (needle instanceof Bytevector) return needle.bytes;
  if (typeof needle === "string") return encodeUtf8(needle);
  if (isInt64(needle)) {
    return Uint8Array.of(byte(needle, (value) => `bytes/find: byte value ${value} out of range 0..255`));
  }
  throw wrongType(
    "int, bytevector, or string",
    needle,
    "bytes/find: the needle is a byte (0-255), bytevector, or string",
  );
}

function find(args: Value[]): Value {
  const hay = bytesOf(args[0] as Value, hintOf("bytes/find"));
  const start = args.length > 2 ? count(args[2] as Value, "bytes/find") : 0;
  if (start > hay.length) return null;
  const needle = needleBytes(args[1] as Value);
  for (let i = start; i + needle.length <= hay.length; i++) {
    if (needle.every((part, j) => hay[i + j] === part)) return i;
  }
  return null;
}

/** `-?digits[.digit]` times ten. */
function parseInt10(args: Value[]): Value {
  const fail = (problem: string) => evalError(`bytes/parse-int10: ${problem}`);
  const source = Array.from(range(args, "bytes/parse-int10"), (code) => String.fromCharCode(code)).join("");
  const negative = source.startsWith("-");
  const unsigned = negative ? source.slice(1) : source;
  const point = unsigned.indexOf(".");
  const whole = point < 0 ? unsigned : unsigned.slice(0, point);
  const fraction = point < 0 ? "0" : unsigned.slice(point + 1);
  const wrong = whole.search(/[^0-9]/);
  if (wrong >= 0) throw fail(`invalid digit ${quotedCharacter(whole[wrong] ?? "")} at byte ${wrong}`);
  if (whole === "") throw fail("expected at least one digit");
  if (!/^[0-9]$/.test(fraction)) throw fail("expected exactly one digit after '.'");
  const magnitude = BigInt(whole + fraction);
  if (!isInt64(integer(magnitude))) throw fail("value overflows an int");
  return integer(negative ? -magnitude : magnitude);
}

/** The bytevector builtins. */
export const bytes: Area = () =>
  pure([
    many("bytevector", 0, Infinity, "A bytevector of the arguments, integers from 0 to 255.", fromArguments, [
      "(bytevector 1 2 255)",
      "#u8(1 2 255)",
    ]),
    many("make-bytevector", 1, 2, "(make-bytevector n [fill]): n bytes.", make, [
      "(make-bytevector 3 7)",
      "#u8(7 7 7)",
    ]),
    same("bytevector/new", "make-bytevector"),
    same("bytevector/make", "make-bytevector"),
    one("bytevector-length", "The number of bytes.", (value) => bytesOf(value).length, [
      "(bytevector-length #u8(1 2 3))",
      "3",
    ]),
    same("bytevector/length", "bytevector-length"),
    two("bytevector-u8-ref", "(bytevector-u8-ref b index): the byte at an index.", (value, index) => {
      const source = bytesOf(value);
      return source[existing(source, index, "bytevector-u8-ref")] as number;
    }, ["(bytevector-u8-ref #u8(1 2 3) 1)", "2"]),
    same("bytevector/ref", "bytevector-u8-ref"),
    same("bytevector/u8-ref", "bytevector-u8-ref"),
    three("bytevector-u8-set!", "(bytevector-u8-set! b index byte): a copy with one byte replaced.", set, [
      "(bytevector-u8-set! #u8(1 2 3) 1 9)",
      "#u8(1 9 3)",
    ]),
    same("bytevector/set!", "bytevector-u8-set!"),
    same("bytevector/u8-set!", "bytevector-u8-set!"),
    many("bytevector-copy", 1, 3, "(bytevector-copy b [start [end]]): the bytes of a range.", (args) => {
      const source = bytesOf(args[0] as Value);
      const outside = (range: string) => `bytevector-copy: ${range} for bytevector of length ${source.length}`;
      return new Bytevector(slice(source, args, int64, outside));
    }, ["(bytevector-copy #u8(1 2 3) 1)", "#u8(2 3)"]),
    same("bytevector/copy", "bytevector-copy"),
    many("bytevector-append", 0, Infinity, "The bytes of all arguments in one bytevector.", concatenated, [
      "(bytevector-append #u8(1) #u8(2 3))",
      "#u8(1 2 3)",
    ]),
    same("bytevector/append", "bytevector-append"),
    one("bytevector->list", "A list of the bytes.", (value) => listOf([...bytesOf(value)]), [
      "(bytevector->list #u8(1 2))",
      "(1 2)",
    ]),
    same("bytevector/to-list", "bytevector->list"),
    one("list->bytevector", "A bytevector of a list of integers from 0 to 255.", fromList, [
      "(list->bytevector '(1 2))",
      "#u8(1 2)",
    ]),
    same("list/to-bytevector", "list->bytevector"),
    same("bytevector/from-list", "list->bytevector"),
    one("string->utf8", "The UTF-8 bytes of a string.", (value) => new Bytevector(encodeUtf8(text(value))), [
      '(string->utf8 "é")',
      "#u8(195 169)",
    ]),
    same("string/to-utf8", "string->utf8"),
    same("string->bytevector", "string->utf8"),
    one("utf8->string", "The text of UTF-8 bytes.", (value) => decodeUtf8(bytesOf(value), "utf8->string"), [
      "(utf8->string #u8(97 98))",
      '"ab"',
    ]),
    same("utf8/to-string", "utf8->string"),
    same("bytevector->string", "utf8->string"),
    one("bytes/length", "The number of bytes.", (value) => bytesOf(value, hintOf("bytes/length")).length, [
      "(bytes/length #u8(1 2 3))",
      "3",
    ]),
    two("bytes/ref", "(bytes/ref b index): the byte at an index.", (value, index) => {
      const source = bytesOf(value, hintOf("bytes/ref"));
      const found = source[count(index, "bytes/ref")];
      if (found === undefined) throw evalError(`bytes/ref: index ${index} out of bounds (length ${source.length})`);
      return found;
    }, ["(bytes/ref #u8(1 2 3) 1)", "2"]),
    many("bytes/find", 2, 3, "(bytes/find b needle [start]): index of a byte, bytevector or string, or nil.", find, [
      '(bytes/find #u8(97 98 99) "c")',
      "2",
    ]),
    many(
      "bytes/slice",
      2,
      3,
      "(bytes/slice b start [end]): the bytes of a range.",
      (args) => new Bytevector(range(args, "bytes/slice")),
      ["(bytes/slice #u8(1 2 3) 1 3)", "#u8(2 3)"],
    ),
    many(
      "bytes/->string",
      1,
      3,
      "(bytes/->string b [start [end]]): the text of a range of UTF-8 bytes.",
      (args) => decodeUtf8(range(args, "bytes/->string"), "bytes/->string"),
      ["(bytes/->string #u8(97 98))", '"ab"'],
    ),
    many("bytes/parse-int10", 1, 3, "(bytes/parse-int10 b [start [end]]): a decimal number times ten.", parseInt10, [
      "(bytes/parse-int10 #u8(52 50))",
      "420",
    ]),
  ]);
