/** `hash/*` of strings, `base64/*` and `uuid/v4`. */
import { Bytevector, type Condition, evalError, type Value } from "../../data/mod.ts";
import { text, wrongType } from "../check.ts";
import { type Area, one, pure, requires, two, zero } from "../declare.ts";
import { hmacSha256, md5, sha256 } from "./digests.ts";
import { randomSource } from "../host/host_access.ts";
import { decodeUtf8, encodeUtf8 } from "../text/utf8.ts";

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The value of each character of the alphabet, by its code. */
const SIXES: ReadonlyMap<number, number> = new Map(Array.from(ALPHABET, (letter, i) => [letter.charCodeAt(0), i]));

function encode(bytes: Uint8Array): string {
  let result = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const word = (a << 16) | (b << 8) | c;
    const letters = [18, 12, 6, 0].map((shift) => ALPHABET[(word >> shift) & 63]).join("");
    result += letters.slice(0, Math.min(4, bytes.length - i + 1)).padEnd(4, "=");
  }
  return result;
}

const PAD = 0x3d;

/** The bytes that `source` stands for, strictly: all padding, no spaces, no bits left over. */
function decode(source: string, name: string): Uint8Array {
  const input = encodeUtf8(source);
  const symbol = (at: number): Condition => evalError(`${name}: Invalid symbol ${input[at]}, offset ${at}.`);
  const end = input.length - 1;
  // A line end after the last quad is reported before anything else.
  if (input.length % 4 === 1 && input[end] !== PAD && !SIXES.has(input[end] as number)) throw symbol(end);
  const last = Math.max(0, Math.ceil(input.length / 4) * 4 - 4);
  const tail = endOf(input, last, symbol);
  const letters = input.subarray(0, tail);
  const wrong = letters.findIndex((code) => !SIXES.has(code));
  if (wrong >= 0) throw symbol(wrong);
  if (input.length > 0 && tail - last < 2) throw evalError(`${name}: Invalid input length: ${tail}`);
  if (input.length % 4 !== 0) throw evalError(`${name}: Invalid padding`);
  const bytes = new Uint8Array(Math.floor(tail * 6 / 8));
  let bits = 0;
  let held = 0;
  let size = 0;
  for (const code of letters) {
    bits = (bits << 6) | (SIXES.get(code) as number);
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[size++] = bits >> held;
      bits &= (1 << held) - 1;
    }
  }
  if (bits !== 0) throw evalError(`${name}: Invalid last symbol ${input[tail - 1]}, offset ${tail - 1}.`);
  return bytes;
}

/** Where the letters end and the padding begins; padding is wrong anywhere but after two letters of the last quad. */
function endOf(input: Uint8Array, last: number, symbol: (at: number) => Condition): number {
  const letters = input.subarray(0, last);
  const wrong = letters.findIndex((code) => !SIXES.has(code));
  if (wrong >= 0) throw symbol(wrong);
  for (let at = last; at < input.length; at++) {
    if (input[at] !== PAD) {
      if (!SIXES.has(input[at] as number)) throw symbol(at);
      continue;
    }
    if (at - last < 2 || input.subarray(at).some((code) => code !== PAD)) throw symbol(at);
    return at;
  }
  return input.length;
}

/** Version 4: random but for six bits. */
function uuid(random: () => number): string {
  const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256));
  bytes[6] = (bytes[6] as number) & 0x0f | 0x40;
  bytes[8] = (bytes[8] as number) & 0x3f | 0x80;
  const digits = hex(bytes);
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20]].map(([from, to]) => digits.slice(from, to)).join("-");
}

function bytesArgument(value: Value): Uint8Array {
  if (value instanceof Bytevector) return value.bytes;
  throw wrongType("bytevector", value);
}

/** The hash, base64 and uuid builtins. */
export const hashes: Area = () => [
  ...pure([
    one("hash/sha256", "The SHA-256 of a string, in hex.", (value) => hex(sha256(encodeUtf8(text(value)))), [
      '(hash/sha256 "sema")',
      '"9c9e592f19dbce9183c07b1bc1f0696c901ca16dac362d27788c6554e5a1221b"',
    ]),
    one("hash/md5", "The MD5 of a string, in hex.", (value) => hex(md5(encodeUtf8(text(value)))), [
      '(hash/md5 "sema")',
      '"089ac4682a780fd36a19a6279c977758"',
    ]),
    two("hash/hmac-sha256", "(hash/hmac-sha256 key message): the HMAC with SHA-256, in hex.", (key, message) => {
      const bytes = encodeUtf8(text(key));
      return hex(hmacSha256(bytes, encodeUtf8(text(message))));
    }, [
      '(hash/hmac-sha256 "secret" "payload")',
      '"b82fcb791acec57859b989b430a826488ce2e479fdf92326bd0a2e8375a42ba4"',
    ]),
    one(
      "hash/digest",
      "The digest of a string, in hex: its SHA-256.",
      (value) => hex(sha256(encodeUtf8(text(value)))),
      [
        '(= (hash/digest "a") (hash/sha256 "a"))',
        "#t",
      ],
    ),
    one("base64/encode", "The base64 of a string's UTF-8.", (value) => encode(encodeUtf8(text(value))), [
      '(base64/encode "xy")',
      '"eHk="',
    ]),
    one(
      "base64/decode",
      "The string of its base64.",
      (value) => decodeUtf8(decode(text(value), "base64/decode"), "base64/decode"),
      ['(base64/decode "eHk=")', '"xy"'],
    ),
    one("base64/encode-bytes", "The base64 of bytes.", (value) => encode(bytesArgument(value)), [
      "(base64/encode-bytes (bytevector 0 255))",
      '"AP8="',
    ]),
    one(
      "base64/decode-bytes",
      "The bytes of their base64.",
      (value) => new Bytevector(decode(text(value), "base64/decode-bytes")),
      ['(base64/decode-bytes "AP8=")', "#u8(0 255)"],
    ),
  ]),
  ...requires("random", [
    zero("uuid/v4", "A random UUID.", (context) => uuid(randomSource(context, "uuid/v4")), [
      "(string-length (uuid/v4))",
      "36",
    ]),
  ]),
];
