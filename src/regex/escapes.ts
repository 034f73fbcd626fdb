/** What a backslash starts. */
import { ANY, ASCII_CLASSES, type CharSet, complement, ranges, UNICODE_CLASSES } from "./charset.ts";
import type { Cursor } from "./cursor.ts";
import type { Span } from "./errors.ts";
import { type Flags, letterCase } from "./flags.ts";
import type { Look } from "./syntax.ts";
import { propertySet } from "./unicode.ts";

/** What stands for itself, a class or an assertion, with its place. */
export type Atom =
  /** `byte`: written so that, without Unicode, it means a byte and not a character. */
  | { readonly kind: "literal"; readonly code: number; readonly byte: boolean; readonly span: Span }
  | { readonly kind: "class"; readonly set: CharSet; readonly span: Span }
  | { readonly kind: "look"; readonly look: Look; readonly span: Span };

/** Escapes that stand for one control character. */
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

/** Escapes that are assertions, with Unicode and without. */
const LOOKS: Readonly<Record<string, readonly [Look, Look]>> = {
  A: ["text start", "text start"],
  z: ["text end", "text end"],
  b: ["word boundary", "ascii word boundary"],
  B: ["no word boundary", "no ascii word boundary"],
  "<": ["word start", "ascii word start"],
  ">": ["word end", "ascii word end"],
};

/** What may stand in braces after `\b`. */
const BOUNDARIES: Readonly<Record<string, readonly [Look, Look]>> = {
  start: ["word start", "ascii word start"],
  end: ["word end", "ascii word end"],
  "start-half": ["word start half", "ascii word start half"],
  "end-half": ["word end half", "ascii word end half"],
};

const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const EOF = "incomplete escape sequence, reached end of pattern prematurely";

/** Reads an escape; the cursor is at its backslash. */
export function readEscape(cursor: Cursor, flags: Flags): Atom {
  const start = cursor.index;
  if (!cursor.bump()) throw cursor.since(start, EOF);
  const letter = cursor.char;
  if (/^[0-9]$/.test(letter)) {
    cursor.bump();
    throw cursor.since(start, "backreferences are not supported");
  }
  if (HEX_DIGITS[letter] !== undefined) return readHex(cursor, start);
  if (letter === "p" || letter === "P") return readProperty(cursor, start, flags);
  cursor.bump();
  const span = { start, end: cursor.index };
  if (/^[dswDSW]$/.test(letter)) return { kind: "class", set: perlClass(cursor, letter, flags, span), span };
  if (/^[!-/:;=?@[-`{-~\0- \x7f]$/.test(letter)) return literal(letter.codePointAt(0) ?? 0, false, span);
  const control = CONTROLS[letter];
  if (control !== undefined) return literal(control, false, span);
  const looks = LOOKS[letter];
  if (looks === undefined) throw cursor.error("unrecognized escape sequence", span);
  const special = letter === "b" && cursor.char === "{" ? readBoundary(cursor, start) : null;
  return { kind: "look", look: (special ?? looks)[flags.unicode ? 0 : 1], span: { start, end: cursor.index } };
}

function literal(code: number, byte: boolean, span: Span): Atom {
  return { kind: "literal", code, byte, span };
}

/** `\d` and the like. Without Unicode the complements hold bytes that are no characters. */
function perlClass(cursor: Cursor, letter: string, flags: Flags, span: Span): CharSet {
  const lower = letter.toLowerCase();
  const set = (flags.unicode ? UNICODE_CLASSES : ASCII_CLASSES)[lower] as CharSet;
  if (letter === lower) return set;
  if (!flags.unicode) cursor.refuse("pattern can match invalid UTF-8", span);
  return complement(set);
}

/** `{start}` and the like after `\b`; null, having gone nowhere, where the brace can only start a repetition. */
function readBoundary(cursor: Cursor, start: number): readonly [Look, Look] | null {
  const brace = cursor.index;
  if (!cursor.bumpSolid()) {
    throw cursor.since(
      start,
      "found either the beginning of a special word boundary or a bounded repetition on a \\b with an opening brace, " +
        "but no closing brace",
    );
  }
  const content = cursor.index;
  let name = "";
  while (/^[-A-Za-z]$/.test(cursor.char)) {
    name += cursor.char;
    cursor.bumpSolid();
  }
  if (name === "") {
    cursor.index = brace;
    return null;
  }
  if (cursor.char !== "}") {
    throw cursor.since(
      brace,
      "special word boundary assertion is either unclosed or contains an invalid character",
    );
  }
  const looks = Object.hasOwn(BOUNDARIES, name) ? BOUNDARIES[name] : undefined;
  if (looks === undefined) {
    throw cursor.since(
      content,
      "unrecognized special word boundary assertion, valid choices are: start, end, start-half or end-half",
    );
  }
  cursor.bump();
  return looks;
}

function isHex(character: string): boolean {
  return /^[0-9a-fA-F]$/.test(character);
}

/** `\x41`, `\u0041`, `\U00000041`, or any of them with braces. */
function readHex(cursor: Cursor, start: number): Atom {
  const letter = cursor.char;
  if (!cursor.bumpSolid()) throw cursor.here(EOF);
  if (cursor.char === "{") return readBracedHex(cursor, start);
  const first = cursor.index;
  let digits = "";
  for (let i = 0; i < (HEX_DIGITS[letter] ?? 0); i++) {
    if (i > 0 && !cursor.bumpSolid()) throw cursor.here(EOF);
    if (!isHex(cursor.char)) {
      throw cursor.at("invalid hexadecimal digit");
    }
    digits += cursor.char;
  }
  cursor.bumpSolid();
  return literal(scalar(cursor, digits, { start: first, end: cursor.index }), letter === "x", {
    start,
    end: cursor.index,
  });
}

function readBracedHex(cursor: Cursor, start: number): Atom {
  const brace = cursor.index;
  let digits = "";
  while (cursor.bumpSolid() && !cursor.is("}")) {
    if (!isHex(cursor.char)) {
      throw cursor.at("invalid hexadecimal digit");
    }
    digits += cursor.char;
  }
  if (cursor.atEnd) throw cursor.since(brace, EOF);
  const end = cursor.index;
  cursor.bumpSolid();
  if (digits === "") throw cursor.since(brace, "hexadecimal literal empty");
  return literal(scalar(cursor, digits, { start: brace + 1, end }), false, { start, end: cursor.index });
}

function scalar(cursor: Cursor, digits: string, span: Span): number {
  const code = Number.parseInt(digits, 16);
  if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return code;
  throw cursor.error("hexadecimal literal is not a Unicode scalar value", span);
}

/** `\pL`, `\p{…}` and their complements. */
function readProperty(cursor: Cursor, start: number, flags: Flags): Atom {
  const negated = cursor.char === "P";
  if (!cursor.bumpSolid()) throw cursor.here(EOF);
  let name = "";
  if (cursor.char === "{") {
    while (cursor.bumpSolid() && !cursor.is("}")) name += cursor.char;
    if (cursor.atEnd) throw cursor.here(EOF);
    cursor.bump();
  } else {
    name = cursor.char;
    if (name === "\\") throw cursor.at("invalid Unicode character class");
    cursor.bumpSolid();
  }
  const span = { start, end: cursor.index };
  if (!flags.unicode) cursor.refuse("Unicode not allowed here", span);
  const known = propertySet(name, letterCase(flags));
  if (typeof known === "string") cursor.refuse(known, span);
  const set = typeof known === "string" ? ANY : known;
  return { kind: "class", set: negated ? complement(set) : set, span };
}

/** A literal as a set. */
export function literalSet(cursor: Cursor, { code, byte, span }: Atom & { kind: "literal" }, flags: Flags): CharSet {
  if (!flags.unicode && byte && code > 0x7f) cursor.refuse("pattern can match invalid UTF-8", span);
  return ranges([code, code], letterCase(flags));
}
