/**
 * Text to tokens. The whole text is tokenised before any of it is parsed, so a bad token anywhere is reported before
 * a missing bracket. Columns count Unicode scalars.
 */
import type { Gradual, Position } from "../core/mod.ts";
import { Char, float, intern, keyword, type Value } from "../data/mod.ts";
import { readerError } from "./errors.ts";
import { scanNumber, scanPrefixedNumber } from "./numbers.ts";
import { scanFString, type Scanned, scanRawString, scanString } from "./strings.ts";
import type { AtomKind, Punctuation, Token } from "./token.ts";

const WHITE = /(?:[ \t\r\n]+|;[^\n]*)+/y;
const SYMBOL = /[\p{Alphabetic}+\-*\/!?<>=_&%^~.][\p{Alphabetic}+\-*\/!?<>=_&%^~.0-9#]*/uy;
const KEYWORD = /[\p{Alphabetic}+\-*\/!?<>=_&%^~.0-9#]+/uy;
const NUMBER_START = /^[+-]?[0-9]|^[+-]i/;
const LETTER = /^\p{Alphabetic}/u;

const SINGLE: Readonly<Record<string, Punctuation>> = {
  "(": "(",
  ")": ")",
  "[": "[",
  "]": "]",
  "{": "{",
  "}": "}",
  "'": "'",
  "`": "`",
  "@": "@",
};

const CHARACTER_NAMES: Readonly<Record<string, number>> = {
  space: 32,
  newline: 10,
  tab: 9,
  return: 13,
  nul: 0,
};

/** What those may mean who write a character that begins nothing. */
const STRANGE: Readonly<Record<string, string>> = {
  "\\": "a character is written #\\a, a function (fn (x) ...)",
  "|": "a comment goes from ; to the end of its line; the logical or is (or a b)",
};
/** The same for what comes after `#`. */
const STRANGE_AFTER_HASH: Readonly<Record<string, string>> = {
  "|": "a comment goes from ; to the end of its line",
  "{": "a map is written {key value ...}",
  ":": "a keyword is written :name",
  "'": "functions are values: write the name alone",
};
const HASH = "# starts a special form: #t, #f, #\\char, #u8(...)";

/** Symbols that read as something else. */
const WORDS: ReadonlyMap<string, { readonly kind: AtomKind; readonly value: Value }> = new Map([
  ["true", { kind: "boolean" as const, value: true }],
  ["false", { kind: "boolean" as const, value: false }],
  ["nil", { kind: "symbol" as const, value: null }],
  ...["inf", "+inf", "Inf", "Infinity", "+Infinity"].map((word) => floatWord(word, Infinity)),
  ...["-inf", "-Infinity"].map((word) => floatWord(word, -Infinity)),
  ...["nan", "NaN", "NAN", "+nan", "-nan"].map((word) => floatWord(word, NaN)),
]);

function floatWord(word: string, value: number): [string, { readonly kind: AtomKind; readonly value: Value }] {
  return [word, { kind: "float", value: float(value) }];
}

/** Tokenises one text; `next` answers null at its end. */
class Lexer {
  readonly #text: string;
  readonly #file: string | null;
  #at = 0;
  /** The last offset whose position was asked for, and that position: positions are asked for in rising order. */
  #placed = 0;
  #line: number;
  #column: number;

  constructor(text: string, file: string | null, line: number, column: number) {
    this.#text = text;
    this.#file = file;
    this.#line = line;
    this.#column = column;
    if (line === 1 && column === 1 && text.startsWith("#!")) this.#at = /[^\n]*/y.exec(text)?.[0].length ?? 0;
  }

  /** The position of `offset`, which is not before an earlier one. */
  #place(offset: number): Position {
    for (; this.#placed < offset; this.#placed++) {
      const code = this.#text.charCodeAt(this.#placed);
      if (code === 10) {
        this.#line++;
        this.#column = 1;
      } else if (code < 0xdc00 || code > 0xdfff) this.#column++;
    }
    return { file: this.#file, line: this.#line, column: this.#column };
  }

  #match(pattern: RegExp, offset: number): string {
    pattern.lastIndex = offset;
    return pattern.exec(this.#text)?.[0] ?? "";
  }

  #atom(kind: AtomKind, value: Value, position: Position, end: number): Token {
    this.#at = end;
    return { kind, value, position };
  }

  #mark(kind: Punctuation, position: Position, end: number): Token {
    this.#at = end;
    return { kind, position };
  }

  #quoted<T>(scanned: Scanned<T>, position: Position): { readonly value: T; readonly end: number } {
    if ("value" in scanned) return scanned;
    throw readerError(scanned.problem, position, scanned.hint);
  }

  next(): Token | null {
    this.#at += this.#match(WHITE, this.#at).length;
    const at = this.#at;
    if (at >= this.#text.length) return null;
    const text = this.#text;
    const position = this.#place(at);
    const character = text.charAt(at);
    const single = SINGLE[character];
    if (single !== undefined) return this.#mark(single, position, at + 1);
    switch (character) {
      case ",":
        return text.charAt(at + 1) === "@" ? this.#mark(",@", position, at + 2) : this.#mark(",", position, at + 1);
      case '"': {
        const { value, end } = this.#quoted(scanString(text, at + 1), position);
        return this.#atom("string", value, position, end);
      }
      case ":": {
        const name = this.#match(KEYWORD, at + 1);
        if (name === "") throw readerError("expected keyword name after ':'", position, "a keyword is written :name");
        return this.#atom("keyword", keyword(name), position, at + 1 + name.length);
      }
      case "#":
        return this.#hash(at, position);
      case "f":
        if (text.charAt(at + 1) === '"') {
          const { value, end } = this.#quoted(scanFString(text, at + 2, (offset) => this.#place(offset)), position);
          this.#at = end;
          return { kind: "f-string", parts: value, position };
        }
        break;
    }
    const number = NUMBER_START.test(text.slice(at, at + 2)) ? scanNumber(text, at) : null;
    if (number !== null) {
      if (number.problem !== null) throw readerError(number.problem, position);
      return this.#atom(number.kind, number.value, position, number.end);
    }
    const name = this.#match(SYMBOL, at);
    if (name === "") {
      const point = String.fromCodePoint(text.codePointAt(at) ?? 0);
      throw readerError(`unexpected character: '${point}'`, position, STRANGE[point]);
    }
    const end = at + name.length;
    if (name === ".") return this.#mark(".", position, end);
    const word = WORDS.get(name);
    return word === undefined
      ? this.#atom("symbol", intern(name), position, end)
      : this.#atom(word.kind, word.value, position, end);
  }

  /** What starts with `#`. */
  #hash(at: number, position: Position): Token {
    const text = this.#text;
    if (at + 1 >= text.length) {
      throw readerError("unexpected end of input after `#`", position, HASH);
    }
    const character = text.charAt(at + 1);
    switch (character) {
      case "t":
      case "f":
        return this.#atom("boolean", character === "t", position, at + 2);
      case "(":
        return this.#mark("#(", position, at + 2);
      case "\\":
        return this.#character(at + 2, position);
      case '"': {
        const { value, end } = this.#quoted(scanRawString(text, at + 2), position);
        return this.#atom("regex", value, position, end);
      }
      case "u":
        if (text.startsWith("8(", at + 2)) return this.#mark("#u8(", position, at + 4);
        break;
    }
    const number = scanPrefixedNumber(text, at);
    if (number === null) {
      const point = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
      throw readerError(`unexpected character after #: '${point}'`, position, STRANGE_AFTER_HASH[point] ?? HASH);
    }
    if (number.problem !== null) throw readerError(number.problem, position);
    return this.#atom(number.kind, number.value, position, number.end);
  }

  /** A character literal; `at` is behind the backslash. */
  #character(at: number, position: Position): Token {
    const point = this.#text.codePointAt(at);
    if (point === undefined) throw readerError("unexpected end of input after #\\", position);
    const character = String.fromCodePoint(point);
    if (!LETTER.test(character)) {
      return this.#atom("character", new Char(point), position, at + character.length);
    }
    const name = this.#match(SYMBOL, at);
    const code = name === character ? point : Object.hasOwn(CHARACTER_NAMES, name) ? CHARACTER_NAMES[name] : undefined;
    if (code === undefined) {
      const names = Object.keys(CHARACTER_NAMES).join(", ");
      throw readerError(
        `unknown character name: ${name}`,
        position,
        `the names are ${names}; others are written alone, as #\\a`,
      );
    }
    return this.#atom("character", new Char(code), position, at + name.length);
  }
}

/** Tokens between two interruptions: they take some tenths of a millisecond. */
const TOGETHER = 256;

/** The tokens of `text`, whose first character stands at `line`:`column` of `file`. */
export function* tokenizing(text: string, file: string | null, line = 1, column = 1): Gradual<Token[]> {
  const lexer = new Lexer(text, file, line, column);
  const tokens: Token[] = [];
  for (let token = lexer.next(); token !== null; token = lexer.next()) {
    if (tokens.push(token) % TOGETHER === 0) yield;
  }
  return tokens;
}
