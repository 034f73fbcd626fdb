/** Strict UTF-8 decoding, with the reference's words for what is wrong and where. */
import { evalError } from "../../data/mod.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The UTF-8 bytes of a string. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, or an error under the given function name. */
export function decodeUtf8(bytes: Uint8Array, name: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw evalError(`${name}: invalid UTF-8: ${defect(bytes)}`);
  }
}

/** Lead bytes up to `last` start a sequence of `length` bytes whose second is from `low` to `high`. */
interface Lead {
  readonly last: number;
  readonly length: number;
  readonly low: number;
  readonly high: number;
}

const LEADS: readonly Lead[] = [
  { last: 0x7f, length: 1, low: 0, high: 0 },
  { last: 0xc1, length: 0, low: 0, high: 0 },
  { last: 0xdf, length: 2, low: 0x80, high: 0xbf },
  { last: 0xe0, length: 3, low: 0xa0, high: 0xbf },
  { last: 0xec, length: 3, low: 0x80, high: 0xbf },
  { last: 0xed, length: 3, low: 0x80, high: 0x9f },
  { last: 0xef, length: 3, low: 0x80, high: 0xbf },
  { last: 0xf0, length: 4, low: 0x90, high: 0xbf },
  { last: 0xf3, length: 4, low: 0x80, high: 0xbf },
  { last: 0xf4, length: 4, low: 0x80, high: 0x8f },
  { last: 0xff, length: 0, low: 0, high: 0 },
];

/** Where the first malformed sequence is and how long its valid beginning. */
function defect(bytes: Uint8Array): string {
  let index = 0;
  while (index < bytes.length) {
    const first = bytes[index] as number;
    const lead = LEADS.find((candidate) => first <= candidate.last) as Lead;
    const invalid = (length: number) => `invalid utf-8 sequence of ${length} bytes from index ${index}`;
    if (lead.length === 0) return invalid(1);
    for (let i = 1; i < lead.length; i++) {
      const next = bytes[index + i];
      if (next === undefined) return `incomplete utf-8 byte sequence from index ${index}`;
      const [low, high] = i === 1 ? [lead.low, lead.high] : [0x80, 0xbf];
      if (next < low || next > high) return invalid(i);
    }
    index += lead.length;
  }
  return "malformed text";
}
