/** Compression, which the host does, and `gzip/…` (language reference: 05-host §21). */
import { Bytevector, Condition, evalError, type Value } from "../../data/mod.ts";
import { wrongType } from "../check.ts";
import { type Area, type BuiltinContext, one } from "../declare.ts";
import { encodeUtf8 } from "../text/utf8.ts";

/** What an embedder gives that can compress: a part of `HostAccess`. What cannot be expanded makes it throw an `Error`. */
export interface Compression {
  /** Compresses to a file of gzip. */
  gzip(bytes: Uint8Array): Uint8Array;
  /** Expands a file of gzip to at most `limit` bytes. */
  gunzip(bytes: Uint8Array, limit: number): Uint8Array;
  /** Compresses to a raw stream of deflate, as archives contain it. */
  deflate(bytes: Uint8Array): Uint8Array;
  /** Expands a raw stream of deflate to at most `limit` bytes. */
  inflate(bytes: Uint8Array, limit: number): Uint8Array;
}

/** The most bytes that something small may expand to. */
export const MOST_BYTES: number = 2 ** 28;

/** Does something with the host's compression for the function `name`; `subject` is what it is done to. */
export function compressing<T>(
  name: string,
  subject: string,
  { host }: BuiltinContext,
  act: (compression: Compression) => T,
): T {
  if (host.compression === undefined) throw evalError(`${name}: this runtime was not given compression`);
  try {
    return act(host.compression);
  } catch (error) {
    if (error instanceof Condition || !(error instanceof Error)) throw error;
    throw evalError(`${name}: ${subject}${error.message}`);
  }
}

/** The bytes that a string or bytevector stands for. */
export function bytesOf(value: Value): Uint8Array {
  if (value instanceof Bytevector) return value.bytes;
  if (typeof value === "string") return encodeUtf8(value);
  throw wrongType("bytevector or string", value);
}

/** `gzip/…`. */
export const gzip: Area = () => [
  one(
    "gzip/compress",
    "(gzip/compress bytes): a bytevector or string, compressed to a bytevector.",
    (value, context) => {
      const bytes = bytesOf(value);
      return new Bytevector(compressing("gzip/compress", "", context, (compression) => compression.gzip(bytes)));
    },
    ['(utf8->string (gzip/decompress (gzip/compress "hello")))', '"hello"'],
  ),
  one("gzip/decompress", "(gzip/decompress bytes): what was compressed, as a bytevector.", (value, context) => {
    if (!(value instanceof Bytevector)) throw wrongType("bytevector", value);
    const { bytes } = value;
    return new Bytevector(
      compressing("gzip/decompress", "", context, (compression) => compression.gunzip(bytes, MOST_BYTES)),
    );
  }, ["(gzip/decompress (gzip/compress #u8(1 2 3)))", "#u8(1 2 3)"]),
];
