/**
 * Byte streams in memory. A byte buffer can be read and written: it keeps everything ever written, and a position that
 * only reading moves. A string stream is read only. Operations check their arguments first, then that the stream is open.
 */
import { Bytevector, type Condition, evalError, isInt64, Opaque, type OpaqueKind, type Value } from "../../data/mod.ts";
import { int64, text, wrongType } from "../check.ts";
import { type Declaration, many, one, two, zero } from "../declare.ts";
import { decodeUtf8, encodeUtf8 } from "../text/utf8.ts";

/** The bytes that `stream/read-all` and `stream/copy` take when they are given no limit. */
const DEFAULT_CAP = 2 ** 28;
/** The bytes that `stream/copy` moves at a time; what goes beyond its limit is refused by the chunk. */
const CHUNK = 8192;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** What `stream/type` answers. */
type StreamType = "byte-buffer" | "string";

/** A source of bytes, and a sink too when it is a byte buffer. */
export class Stream extends Opaque {
  override readonly typeName = "stream";
  readonly streamType: StreamType;
  closed = false;
  /** The contents are the first `#size` bytes; what is behind them is room to grow into. */
  #bytes: Uint8Array;
  #size: number;
  #position = 0;

  /** `bytes` becomes the stream's own. */
  constructor(streamType: StreamType, bytes: Uint8Array) {
    super();
    this.streamType = streamType;
    this.#bytes = bytes;
    this.#size = bytes.length;
  }

  override printed(): string {
    return `<stream:${this.streamType}>`;
  }

  override kind(): OpaqueKind {
    return "stream";
  }

  /** Whether bytes are left to be read. */
  get available(): boolean {
    return this.#position < this.#size;
  }

  /** The next bytes, at most `count`. */
  take(count: number): Uint8Array {
    const end = Math.min(this.#position + count, this.#size);
    const taken = this.#bytes.slice(this.#position, end);
    this.#position = end;
    return taken;
  }

  /** The next byte, or null at the end. */
  takeByte(): number | null {
    return this.available ? this.#bytes[this.#position++] as number : null;
  }

  /** The bytes up to the next line feed, which is passed over; null at the end. */
  takeLine(): Uint8Array | null {
    if (!this.available) return null;
    const found = this.#bytes.subarray(0, this.#size).indexOf(LINE_FEED, this.#position);
    const line = this.take((found < 0 ? this.#size : found) - this.#position);
    if (found >= 0) this.#position++;
    return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
  }

  /** Appends bytes. */
  put(bytes: Uint8Array): void {
    const size = this.#size + bytes.length;
    if (size > this.#bytes.length) {
      // Doubling keeps the cost of a byte constant, however small the pieces are.
      const grown = new Uint8Array(Math.max(size, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#size);
    this.#size = size;
  }

  /** A copy of everything that was ever in it. */
  contents(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}

/** Argument `position` of `name`, a stream. */
function stream(value: Value, name: string, position = 1): Stream {
  if (value instanceof Stream) return value;
  throw wrongType("stream", value, `${name} expects a stream as argument ${position}`);
}

/** The stream, unless it is closed. */
function open(target: Stream, operation: "read" | "write" | "flush"): Stream {
  if (!target.closed) return target;
  throw evalError(`stream/${operation}: stream is closed`);
}

function write(target: Stream, bytes: Uint8Array): void {
  open(target, "write");
  if (target.streamType === "string") throw evalError("stream/write: stream is read-only (string stream)");
  target.put(bytes);
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
  const bytes = open(source, "read").take(limit + 1);
  if (bytes.length > limit) throw tooMuch("stream/read-all", limit);
  return new Bytevector(bytes);
}

function copy(args: Value[]): Value {
  const source = stream(args[0] as Value, "stream/copy");
  const target = stream(args[1] as Value, "stream/copy", 2);
  const limit = cap(args[2], "stream/copy");
  for (let copied = 0;;) {
    const bytes = open(source, "read").take(Math.min(CHUNK, limit + 1 - copied));
    if (bytes.length === 0) return copied;
    copied += bytes.length;
    if (copied > limit) throw tooMuch("stream/copy", limit);
    write(target, bytes);
  }
}

function read(source: Value, size: Value): Value {
  const from = stream(source, "stream/read");
  const wanted = int64(size);
  if (wanted < 0) throw evalError(`stream/read: count must be non-negative, got ${size}`);
  return new Bytevector(open(from, "read").take(wanted));
}

function readLine(source: Value): Value {
  const line = open(stream(source, "stream/read-line"), "read").takeLine();
  return line === null ? null : decodeUtf8(line, "stream/read-line");
}

function writeBytes(target: Value, bytes: Value): Value {
  const to = stream(target, "stream/write");
  if (!(bytes instanceof Bytevector)) throw wrongType("bytevector", bytes);
  write(to, bytes.bytes);
  return bytes.bytes.length;
}

function writeByte(target: Value, value: Value): Value {
  const to = stream(target, "stream/write-byte");
  const byte = int64(value);
  if (byte < 0 || byte > 255) throw evalError(`stream/write-byte: value ${value} out of range 0..255`);
  write(to, Uint8Array.of(byte));
  return null;
}

function writeString(target: Value, value: Value): Value {
  const to = stream(target, "stream/write-string");
  const bytes = encodeUtf8(text(value));
  write(to, bytes);
  return bytes.length;
}

/** Everything ever in the byte buffer that `name` was given. */
function contents(value: Value, name: string): Uint8Array {
  const source = stream(value, name);
  if (source.streamType === "byte-buffer") return source.contents();
  throw evalError(`${name}: expected byte-buffer stream, got ${source.streamType} stream`);
}

/** The builtins of byte streams. */
export const streams: readonly Declaration[] = [
  one("stream?", "Whether the value is a byte stream.", (value) => value instanceof Stream, [
    "(stream? (stream/byte-buffer))",
    "#t",
  ]),
  zero(
    "stream/byte-buffer",
    "An empty stream to write to and read from.",
    () => new Stream("byte-buffer", new Uint8Array(0)),
    ['(let ((s (stream/byte-buffer))) (stream/write-string s "ab") (stream/to-string s))', '"ab"'],
  ),
  one(
    "stream/from-string",
    "A stream that reads the UTF-8 bytes of a string.",
    (value) => new Stream("string", encodeUtf8(text(value))),
    ['(stream/read-line (stream/from-string "abc"))', '"abc"'],
  ),
  one("stream/from-bytes", "A byte buffer that holds the bytes of a bytevector.", (value) => {
    if (value instanceof Bytevector) return new Stream("byte-buffer", value.bytes.slice());
    throw wrongType("bytevector", value);
  }, ["(stream/read-byte (stream/from-bytes #u8(7 8)))", "7"]),
  two("stream/read", "(stream/read stream n): the next n bytes or what is left of them.", read, [
    "(stream/read (stream/from-bytes #u8(1 2 3)) 2)",
    "#u8(1 2)",
  ]),
  one(
    "stream/read-byte",
    "The next byte, nil at the end.",
    (source) => open(stream(source, "stream/read-byte"), "read").takeByte(),
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
  one("stream/available?", "Whether bytes are left to be read.", (source) => {
    const from = stream(source, "stream/available?");
    return !from.closed && from.available;
  }, ['(stream/available? (stream/from-string ""))', "#f"]),
  one(
    "stream/readable?",
    "Whether the stream can be read: it is not closed.",
    (source) => !stream(source, "stream/readable?").closed,
    ["(stream/readable? (stream/byte-buffer))", "#t"],
  ),
  one("stream/writable?", "Whether the stream can be written.", (target) => {
    const to = stream(target, "stream/writable?");
    return !to.closed && to.streamType === "byte-buffer";
  }, ['(stream/writable? (stream/from-string "a"))', "#f"]),
  one("stream/type", "The kind of stream: byte-buffer or string.", (value) => stream(value, "stream/type").streamType, [
    "(stream/type (stream/byte-buffer))",
    '"byte-buffer"',
  ]),
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
    open(stream(target, "stream/flush"), "flush");
    return null;
  }, ["(stream/flush (stream/byte-buffer))", "nil"]),
  one("stream/close", "Closes a stream, which may be closed already.", (target) => {
    stream(target, "stream/close").closed = true;
    return null;
  }, ["(stream/close (stream/byte-buffer))", "nil"]),
];
