/**
 * The texts between quotes: strings, raw strings and f-strings. Offsets are of UTF-16 units; a scan starts behind the
 * opening quote and ends behind the closing one.
 */
import type { FStringPart } from "./token.ts";
import type { Position } from "../core/mod.ts";

/** A scanned text, or the message (and hint) of what is wrong with it. */
export type Scanned<T> =
  | { readonly value: T; readonly end: number }
  | { readonly problem: string; readonly hint?: string };

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  '"': '"',
  "0": "\0",
  $: "$",
};

const HEX = /[0-9a-fA-F]*/y;

function hexDigits(text: string, offset: number, limit: number): string {
  HEX.lastIndex = offset;
  return (HEX.exec(text)?.[0] ?? "").slice(0, limit);
}

function scalar(digits: string, written: string): string | { readonly problem: string } {
  const code = digits.length > 8 ? Infinity : Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    return { problem: `invalid unicode scalar value \\${written}` };
  }
  return String.fromCodePoint(code);
}

/** What the escape at `offset` (behind the backslash) means. */
function scanEscape(text: string, offset: number): Scanned<string> {
  const letter = text.charAt(offset);
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) return { value: simple, end: offset + 1 };
  let digits: string;
  let written: string;
  let end: number;
  if (letter === "x") {
    digits = hexDigits(text, offset + 1, Infinity);
    if (digits === "") return { problem: "empty hex escape \\x;" };
    end = offset + 1 + digits.length;
    if (text.charAt(end) !== ";") return { problem: "hex escape \\x missing terminating semicolon" };
    end++;
    written = `x${digits};`;
  } else if (letter === "u" || letter === "U") {
    const size = letter === "u" ? 4 : 8;
    digits = hexDigits(text, offset + 1, size);
    if (digits.length < size) return { problem: `\\${letter} escape requires exactly ${size} hex digits` };
    end = offset + 1 + size;
    written = letter + digits;
  } else {
    const point = text.codePointAt(offset);
    const character = point === undefined ? "" : String.fromCodePoint(point);
    return { value: `\\${character}`, end: offset + character.length };
  }
  const value = scalar(digits, written);
  return typeof value === "string" ? { value, end } : value;
}

/** A string; `offset` is behind the opening quote. */
export function scanString(text: string, offset: number): Scanned<string> {
  let value = "";
  let start = offset;
  for (let at = offset; at < text.length;) {
    const character = text.charAt(at);
    if (character === '"') return { value: value + text.slice(start, at), end: at + 1 };
    if (character !== "\\") {
      at++;
      continue;
    }
    if (at + 1 >= text.length) break;
    const escape = scanEscape(text, at + 1);
    if (!("value" in escape)) return escape;
    value += text.slice(start, at) + escape.value;
    at = start = escape.end;
  }
  return { problem: "unterminated string", hint: 'add a closing `"`' };
}

/** A raw string `#"…"`, where only `\"` is an escape; `offset` is behind the opening quote. */
export function scanRawString(text: string, offset: number): Scanned<string> {
  for (let at = offset; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return { value: text.slice(offset, at).replaceAll('\\"', '"'), end: at + 1 };
    if (character === "\\" && text.charAt(at + 1) === '"') at++;
  }
  return { problem: "unterminated regex literal", hint: 'add a closing `"` to end the #"..." regex literal' };
}

/** The offset of the `}` that closes the interpolation whose text starts at `offset`, or -1. Only braces count. */
function closingBrace(text: string, offset: number): number {
  let depth = 1;
  for (let at = offset; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at;
  }
  return -1;
}

/** An f-string; `offset` is behind the opening quote. `place` gives the position of an offset. */
export function scanFString(
  text: string,
  offset: number,
  place: (offset: number) => Position,
): Scanned<readonly FStringPart[]> {
  const parts: FStringPart[] = [];
  let piece = "";
  const flush = () => {
    if (piece !== "") parts.push(piece);
    piece = "";
  };
  for (let at = offset; at < text.length;) {
    const character = text.charAt(at);
    if (character === '"') {
      flush();
      return { value: parts, end: at + 1 };
    }
    if (character === "\\" && at + 1 < text.length) {
      const escape = scanEscape(text, at + 1);
      if (!("value" in escape)) return escape;
      piece += escape.value;
      at = escape.end;
    } else if (character === "$" && text.charAt(at + 1) === "{") {
      const end = closingBrace(text, at + 2);
      if (end < 0) {
        return {
          problem: "unterminated interpolation in f-string",
          hint: "add a closing `}` to end the ${...} interpolation",
        };
      }
      const inner = text.slice(at + 2, end);
      if (inner.trim() === "") {
        return {
          problem: "empty interpolation in f-string",
          hint: "${} must contain an expression, e.g. ${name}",
        };
      }
      flush();
      parts.push({ text: inner, position: place(at + 2) });
      at = end + 1;
    } else {
      piece += character;
      at++;
    }
  }
  return { problem: "unterminated f-string", hint: 'add a closing `"` to end the f-string' };
}
