/**
 * Number literals. A literal splits off at the first character that cannot continue it (`1a` is `1` then `a`), so
 * scanning finds the longest number at an offset; only the imaginary unit must be followed by a delimiter.
 */
import { float, integer, type Value } from "../data/mod.ts";
import { complex, rational, toDouble } from "../data/number/mod.ts";
import type { AtomKind } from "./token.ts";

/** Whether a literal keeps its own exactness, or `#e` or `#i` changes it. */
export type Exactness = "own" | "exact" | "inexact";

/** A number found in a text; `problem` is the message when it is malformed. */
export interface ScannedNumber {
  readonly kind: AtomKind;
  readonly value: Value;
  readonly end: number;
  readonly problem: string | null;
}

const SYMBOL_CHARACTER = "[\\p{Alphabetic}+\\-*\\/!?<>=_&%^~.0-9#]";
const REAL = "\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?";
const RATIO = "\\d+\\/\\d+";
const IMAGINARY_UNIT = `i(?!${SYMBOL_CHARACTER})`;
/** `a±bi` */
const RECTANGULAR = new RegExp(`(-?${REAL})([+-])((?:${RATIO}|${REAL})?)${IMAGINARY_UNIT}`, "uy");
/** `bi`, `±bi`, `±i`; a ratio needs the `+`, since after a `-` it is a number of its own */
const IMAGINARY = new RegExp(`(?:(\\+)(${RATIO})|([+-]?)(${REAL})|([+-]))${IMAGINARY_UNIT}`, "uy");
const PLAIN = new RegExp(`(-?)(?:(${RATIO})|(${REAL}))`, "uy");
const PREFIXES = /(?:#[xXoObBdDeEiI])+/y;
const DIGIT_RUN = /[+-]?[0-9A-Za-z]*/y;
const DIGITS: Readonly<Record<number, RegExp>> = { 2: /^[+-]?[01]+$/, 8: /^[+-]?[0-7]+$/, 16: /^[+-]?[0-9a-fA-F]+$/ };
const RADIX: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2, d: 10 };
const LITERAL_PREFIX: Readonly<Record<number, string>> = { 2: "0b", 8: "0o", 16: "0x" };

/** Decimal exponents beyond this make no exact number: it would only fill the memory. */
const EXPONENT_LIMIT = 100_000;

function match(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}

/** The exact value of `12.5e-3`, or null when its exponent is beyond all bounds. */
function exactDecimal(text: string): Value | null {
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] =
    /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const exponent = Number(exponentText) - fraction.length;
  if (Math.abs(exponent) > EXPONENT_LIMIT) return null;
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  return exponent >= 0 ? integer(digits * 10n ** BigInt(exponent)) : rational(digits, 10n ** BigInt(-exponent));
}

const smallInteger = /^[+-]?\d{1,15}$/;

/** A real literal: integer, `n/d` or decimal. */
function real(text: string, exactness: Exactness): { kind: AtomKind; value: Value; problem: string | null } {
  if (smallInteger.test(text)) {
    const value = Number(text) + 0;
    return exactness === "inexact"
      ? { kind: "float", value: float(value), problem: null }
      : { kind: "integer", value: value === 0 ? 0 : value, problem: null };
  }
  const slash = text.indexOf("/");
  if (slash >= 0) {
    const denominator = BigInt(text.slice(slash + 1));
    if (denominator === 0n) return { kind: "rational", value: null, problem: "rational literal has zero denominator" };
    const value = rational(BigInt(text.slice(0, slash)), denominator);
    return exactness === "inexact"
      ? { kind: "float", value: float(toDouble(value)), problem: null }
      : { kind: "rational", value, problem: null };
  }
  if (/^[+-]?\d+$/.test(text) && exactness !== "inexact") {
    return { kind: "integer", value: integer(BigInt(text.replace("+", ""))), problem: null };
  }
  if (exactness !== "exact") return { kind: "float", value: float(Number(text)), problem: null };
  const value = exactDecimal(text);
  return value === null
    ? { kind: "integer", value, problem: `invalid integer: ${text}` }
    : { kind: "integer", value, problem: null };
}

/** The number literal at `offset`, or null when there is none. */
export function scanNumber(text: string, offset: number, exactness: Exactness = "own"): ScannedNumber | null {
  const rectangular = match(RECTANGULAR, text, offset);
  if (rectangular !== null) {
    const [all, re = "", sign = "", size = ""] = rectangular;
    const first = real(re, exactness);
    const second = real(sign + (size === "" ? "1" : size), exactness);
    return {
      kind: "complex",
      value: first.problem === null && second.problem === null ? complex(first.value, second.value) : null,
      end: offset + all.length,
      problem: first.problem ?? second.problem,
    };
  }
  const imaginary = match(IMAGINARY, text, offset);
  if (imaginary !== null) {
    const [all] = imaginary;
    const size = all.slice(0, -1);
    const part = real(size === "+" || size === "-" ? `${size}1` : size, exactness);
    return {
      kind: "complex",
      value: part.problem === null ? complex(0, part.value) : null,
      end: offset + all.length,
      problem: part.problem,
    };
  }
  const plain = match(PLAIN, text, offset);
  return plain === null ? null : { ...real(plain[0], exactness), end: offset + plain[0].length };
}

/** The literal with radix or exactness prefixes at `offset`, where `#` stands; null when no prefix follows. */
export function scanPrefixedNumber(text: string, offset: number): ScannedNumber | null {
  const prefixes = match(PREFIXES, text, offset);
  if (prefixes === null) return null;
  let radix = 0;
  let exactness: Exactness = "own";
  let end = offset + prefixes[0].length;
  const fail = (problem: string): ScannedNumber => ({ kind: "integer", value: null, end, problem });
  for (const letter of prefixes[0].toLowerCase().replaceAll("#", "")) {
    const base = RADIX[letter];
    if (base !== undefined) {
      if (radix !== 0) return fail("duplicate radix prefix");
      radix = base;
    } else {
      if (exactness !== "own") return fail("duplicate exactness prefix");
      exactness = letter === "e" ? "exact" : "inexact";
    }
  }
  const literalPrefix = LITERAL_PREFIX[radix];
  if (literalPrefix === undefined) {
    if (end >= text.length || /[\s()\[\]{}";]/.test(text.charAt(end))) {
      return fail("expected a number after the `#` prefix");
    }
    return scanNumber(text, end, exactness) ?? fail("invalid integer: ");
  }
  const run = match(DIGIT_RUN, text, end)?.[0] ?? "";
  if (run === "") return fail("expected a number after the `#` prefix");
  end += run.length;
  if (DIGITS[radix]?.test(run) !== true) return fail(`invalid radix-${radix} literal: ${run}`);
  const magnitude = BigInt(literalPrefix + run.replace(/^[+-]/, ""));
  const value = integer(run.startsWith("-") ? -magnitude : magnitude);
  return exactness === "inexact"
    ? { kind: "float", value: float(toDouble(value)), end, problem: null }
    : { kind: "integer", value, end, problem: null };
}
