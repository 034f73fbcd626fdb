/**
 * The functions of byte streams. A byte buffer can be read and written: it keeps everything ever written, and a position
 * that only reading moves. A string stream is read only. Operations check their arguments first, then that the stream is
 * open, then that it goes in their direction.
 */
import { Bytevector, type Condition, evalError, isInt64, type Value } from "../../data/mod.ts";
import { int64, text, wrongType } from "../check.ts";
import { type Area, many, one, two, zero } from "../declare.ts";
import { decodeUtf8, encodeUtf8 } from "../text/utf8.ts";
import { MemoryBytes, Stream, upTo } from "./stream.ts";

/** The bytes that `stream/read-all` and `stream/copy` take when they are given no limit. */
const DEFAULT_CAP = 2 ** 28;
/** The bytes that `stream/copy` moves at a time; what goes beyond its limit is refused by the chunk. */
const CHUNK = 8192;
const CARRIAGE_RETURN = 13;

/** Argument `position` of `name`, a stream. */
function stream(value: Value, name: string, position = 1): Stream {
  if (value instanceof Stream) return value;
  throw wrongType("stream", value, `${name} expects a stream as argument ${position}`);
}

/** A stream that is read and written in memory. */
function byteBuffer(bytes: Uint8Array): Stream {
  const buffer = new MemoryBytes(bytes);
  return new Stream("byte-buffer", buffer, buffer);
}

/** An optional limit on bytes. */
function cap(value: Value | undefined, name: string): number {
  if (value === undefined) return DEFAULT_CAP;
  if (!isInt64(value)) throw wrongType("non-negative integer", value);
  const limit = Number(value);
  if (limit >= 0) return limit;
  throw evalError(`${name}: max-bytes must be a non-negative integer representable on this platform, got ${value}`);
}

function tooMuch(name: string, limit: number): Condition {
  return evalError(
    `${name}: input exceeds the configured ${limit}-byte cap`,
    "process the stream with stream/read and stream/write in bounded chunks, or raise max-bytes",
  );
}

function readAll(args: Value[]): Value {
  const source = stream(args[0] as Value, "stream/read-all");
  const limit = cap(args[1], "stream/read-all");
  const bytes = upTo(limit + 1, source.reading());
  if (bytes.length > limit) throw tooMuch("stream/read-all", limit);
  return new Bytevector(bytes);
}

function copy(args: Value[]): Value {
  const source = stream(args[0] as Value, "stream/copy");
  const target = stream(args[1] as Value, "stream/copy", 2);
  const limit = cap(args[2], "stream/copy");
  for (let copied = 0;;) {
    const bytes = source.reading().take(Math.min(CHUNK, limit + 1 - copied));
    if (bytes.length === 0) return copied;
    copied += bytes.length;
    if (copied > limit) throw tooMuch("stream/copy", limit);
    target.writing().put(bytes);
  }
}

function read(source: Value, size: Value): Value {
  const from = stream(source, "stream/read");
  const wanted = int64(size);
  if (wanted < 0) throw evalError(`stream/read: count must be non-negative, got ${size}`);
  return new Bytevector(from.reading().take(wanted));
}

function readLine(source: Value): Value {
  const line = stream(source, "stream/read-line").reading().takeLine();
  if (line === null) return null;
  return decodeUtf8(line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line, "stream/read-line");
}

function writeBytes(target: Value, bytes: Value): Value {
  const to = stream(target, "stream/write");
  if (!(bytes instanceof Bytevector)) throw wrongType("bytevector", bytes);
  to.writing().put(bytes.bytes);
  return bytes.bytes.length;
}

function writeByte(target: Value, value: Value): Value {
  const to = stream(target, "stream/write-byte");
  const byte = int64(value);
  if (byte < 0 || byte > 255) throw evalError(`stream/write-byte: value ${value} out of range 0..255`);
  to.writing().put(Uint8Array.of(byte));
  return null;
}

function writeString(target: Value, value: Value): Value {
  const to = stream(target, "stream/write-string");
  const bytes = encodeUtf8(text(value));
  to.writing().put(bytes);
  return bytes.length;
}

/** Everything ever in the byte buffer that `name` was given. */
function contents(value: Value, name: string): Uint8Array {
  const source = stream(value, name);
  if (source.sink instanceof MemoryBytes) return source.sink.contents();
  throw evalError(`${name}: expected byte-buffer stream, got ${source.streamType} stream`);
}

/** The builtins of byte streams. */
export const streams: Area = () => [
  one("stream?", "Whether the value is a byte stream.", (value) => value instanceof Stream, [
    "(stream? (stream/byte-buffer))",
    "#t",
  ]),
  zero(
    "stream/byte-buffer",
    "An empty stream to write to and read from.",
    () => byteBuffer(new Uint8Array(0)),
    ['(let ((s (stream/byte-buffer))) (stream/write-string s "ab") (stream/to-string s))', '"ab"'],
  ),
  one(
    "stream/from-string",
    "A stream that reads the UTF-8 bytes of a string.",
    (value) => new Stream("string", new MemoryBytes(encodeUtf8(text(value))), null),
    ['(stream/read-line (stream/from-string "abc"))', '"abc"'],
  ),
  one("stream/from-bytes", "A byte buffer that holds the bytes of a bytevector.", (value) => {
    if (value instanceof Bytevector) return byteBuffer(value.bytes.slice());
    throw wrongType("bytevector", value);
  }, ["(stream/read-byte (stream/from-bytes #u8(7 8)))", "7"]),
  two("stream/read", "(stream/read stream n): the next bytes, at most n; none at the end.", read, [
    "(stream/read (stream/from-bytes #u8(1 2 3)) 2)",
    "#u8(1 2)",
  ]),
  one(
    "stream/read-byte",
    "The next byte, nil at the end.",
    (source) => stream(source, "stream/read-byte").reading().takeByte(),
    ["(stream/read-byte (stream/from-bytes #u8(7 8)))", "7"],
  ),
  one("stream/read-line", "The next line as text without its line end, nil at the end.", readLine, [
    '(stream/read-line (stream/from-string "one\\ntwo"))',
    '"one"',
  ]),
  many("stream/read-all", 1, 2, "(stream/read-all stream [max]): all bytes left, at most max.", readAll, [
    "(stream/read-all (stream/from-bytes #u8(1 2 3)))",
    "#u8(1 2 3)",
  ]),
  two("stream/write", "(stream/write stream bytes): appends a bytevector; its length.", writeBytes, [
    "(stream/write (stream/byte-buffer) #u8(1 2 3))",
    "3",
  ]),
  two("stream/write-byte", "(stream/write-byte stream byte): appends a byte.", writeByte, [
    "(let ((s (stream/byte-buffer))) (stream/write-byte s 7) (stream/to-bytes s))",
    "#u8(7)",
  ]),
  two("stream/write-string", "(stream/write-string stream text): appends UTF-8; the number of bytes.", writeString, [
    '(stream/write-string (stream/byte-buffer) "é")',
    "2",
  ]),
  one("stream/available?", "Whether bytes are left that can be read without waiting.", (source) => {
    const from = stream(source, "stream/available?");
    return !from.closed && from.source?.available === true;
  }, ['(stream/available? (stream/from-string ""))', "#f"]),
  one(
    "stream/readable?",
    "Whether the stream can be read; a closed one cannot.",
    (source) => {
      const from = stream(source, "stream/readable?");
      return !from.closed && from.source !== null;
    },
    ["(stream/readable? (stream/byte-buffer))", "#t"],
  ),
  one("stream/writable?", "Whether the stream can be written; a closed one cannot.", (target) => {
    const to = stream(target, "stream/writable?");
    return !to.closed && to.sink !== null;
  }, ['(stream/writable? (stream/from-string "a"))', "#f"]),
  one(
    "stream/type",
    "The kind of stream: byte-buffer, string, file-input, file-output, stdin, stdout, stderr or websocket.",
    (value) => stream(value, "stream/type").streamType,
    [
      "(stream/type (stream/byte-buffer))",
      '"byte-buffer"',
    ],
  ),
  one(
    "stream/to-bytes",
    "All that was ever in a byte buffer, read or not.",
    (value) => new Bytevector(contents(value, "stream/to-bytes")),
    ["(stream/to-bytes (stream/from-bytes #u8(1 2)))", "#u8(1 2)"],
  ),
  one(
    "stream/to-string",
    "All that was ever in a byte buffer, as text.",
    (value) => decodeUtf8(contents(value, "stream/to-string"), "stream/to-string"),
    ["(stream/to-string (stream/from-bytes #u8(97 98)))", '"ab"'],
  ),
  many("stream/copy", 2, 3, "(stream/copy from to [max]): copies all bytes left, at most max; their number.", copy, [
    '(stream/copy (stream/from-string "abc") (stream/byte-buffer))',
    "3",
  ]),
  one("stream/flush", "Sees to it that what was written has arrived.", (target) => {
    const to = stream(target, "stream/flush");
    to.checkOpen("flush");
    to.sink?.flush();
    return null;
  }, ["(stream/flush (stream/byte-buffer))", "nil"]),
  one("stream/close", "Closes a stream, which may be closed already.", (target) => {
    stream(target, "stream/close").close();
    return null;
  }, ["(stream/close (stream/byte-buffer))", "nil"]),
];
