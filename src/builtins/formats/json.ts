/** JSON. Integers of any size stay exact, floats always look like floats, and objects have keywords for keys. */
import {
  compareText,
  Complex,
  type Condition,
  evalError,
  float,
  Flonum,
  integer,
  isExactInteger,
  isFloat,
  Keyword,
  keyword,
  List,
  listFrom,
  MapBase,
  Rational,
  repr,
  SortedMap,
  Sym,
  toArray,
  typeName,
  utf8Length,
  type Value,
  Vector,
} from "../../data/mod.ts";
import { wrongArgument } from "../check.ts";
import { type Area, one, pure } from "../declare.ts";
import { lasting } from "../lasting.ts";

// --- Writing -----------------------------------------------------------------------------------------------------------

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

// deno-lint-ignore no-control-regex
const ESCAPED = /["\\\0-\x1f]/g;

function quoted(text: string): string {
  const escape = (character: string): string =>
    ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `"${text.replace(ESCAPED, escape)}"`;
}

/** A float with its shortest digits, always with a point or an exponent. */
function floatText(value: number): string {
  const [, sign = "", first = "", rest = "", power] = /^(-?)(\d)(?:\.(\d+))?e(.+)$/.exec(value.toExponential()) ?? [];
  if (Object.is(value, -0)) return "-0.0";
  const exponent = Number(power);
  const digits = first + rest;
  if (exponent < -5 || exponent > 15) {
    const mantissa = rest === "" ? first : `${first}.${rest}`;
    return `${sign}${mantissa}e${exponent > 0 ? "+" : ""}${exponent}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-1 - exponent)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

/** The text of a value without parts; null for a collection. `name` null: what JSON cannot say is written as it is printed. */
function scalarText(value: Value, name: string | null): string | null {
  if (value === null) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean" || isExactInteger(value)) return String(value);
  if (isFloat(value)) {
    const double = value instanceof Flonum ? value.value : Number(value);
    if (Number.isFinite(double)) return floatText(double);
    if (name === null) return "null";
    throw evalError(`${name}: Eval error: cannot encode NaN/Infinity as JSON`);
  }
  if (value instanceof Rational || value instanceof Complex) return quoted(repr(value));
  if (value instanceof Keyword || value instanceof Sym) return quoted(value.name);
  if (value instanceof List || value instanceof Vector || value instanceof MapBase) return null;
  if (name === null) return quoted(repr(value));
  throw evalError(`${name}: Eval error: cannot encode ${typeName(value)} as JSON`);
}

/** Elements of an array as they are, entries of an object by the text of their keys; of equal ones the last stays. */
function parts(value: Value): readonly (readonly [prefix: string, value: Value])[] {
  if (value instanceof List) return toArray(value).map((item) => ["", item]);
  if (value instanceof Vector) return value.items.map((item) => ["", item]);
  const entries = new Map<string, Value>();
  if (value instanceof MapBase) {
    for (const [key, item] of value) {
      entries.set(
        typeof key === "string" ? key : key instanceof Keyword || key instanceof Sym ? key.name : repr(key),
        item,
      );
    }
  }
  return [...entries].sort(([a], [b]) => compareText(a, b)).map(([key, item]) => [`${quoted(key)}:`, item]);
}

/** The text of a value; with a stack of its own, because data may be deep. `indent`: what a level is indented by. */
function encode(whole: Value, name: string | null, indent: string): string {
  let text = "";
  /** What is still to be written, the next on top. */
  const stack: (string | { readonly value: Value; readonly depth: number })[] = [{ value: whole, depth: 0 }];
  const lineBreak = (depth: number): string => indent === "" ? "" : `\n${indent.repeat(depth)}`;
  const space = indent === "" ? "" : " ";
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === "string") {
      text += next;
      continue;
    }
    const { value, depth } = next;
    const scalar = scalarText(value, name);
    if (scalar !== null) {
      text += scalar;
      continue;
    }
    const [open, close] = value instanceof MapBase ? ["{", "}"] : ["[", "]"];
    const items = parts(value);
    text += open;
    stack.push(items.length === 0 ? close : lineBreak(depth) + close);
    for (let i = items.length - 1; i >= 0; i--) {
      const [prefix, item] = items[i] as typeof items[number];
      stack.push({ value: item, depth: depth + 1 });
      stack.push((i > 0 ? "," : "") + lineBreak(depth + 1) + (prefix === "" ? "" : prefix + space));
    }
  }
  return text;
}

/** A JSON text for any value: what JSON cannot say is null, where it is no number, or else a string of the printed form. */
export function lossyJson(value: Value, indent: string = ""): string {
  return encode(value, null, indent);
}

// --- Reading -----------------------------------------------------------------------------------------------------------

/** How deep a text may nest; the reference's bound, which lets the reader recurse. */
const DEPTH = 127;

const HINT = "json/decode expects a JSON string (note: single quotes and trailing commas are not valid JSON)";

const NAMES: Readonly<Record<string, readonly [name: string, value: Value]>> = {
  n: ["null", null],
  t: ["true", true],
  f: ["false", false],
};

const UNESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** What ends a run of plain characters in a string. */
// deno-lint-ignore no-control-regex
const SPECIAL = /["\\\0-\x1f]/g;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Value {
    const value = this.#value(0);
    if (this.#solid() !== "") throw this.#failHere("trailing characters");
    return value;
  }

  /** An error after what has been read. */
  #fail(what: string): Condition {
    const line = this.#text.lastIndexOf("\n", this.#at - 1) + 1;
    return this.#failAt(what, this.#lineNumber(), utf8Length(this.#text.slice(line, this.#at)));
  }

  /** An error at the next character. */
  #failHere(what: string): Condition {
    const character = this.#text[this.#at];
    if (character === "\n") return this.#failAt(what, this.#lineNumber() + 1, 0);
    const line = this.#text.lastIndexOf("\n", this.#at - 1) + 1;
    const column = utf8Length(this.#text.slice(line, this.#at)) + (character === undefined ? 0 : 1);
    return this.#failAt(what, this.#lineNumber(), column);
  }

  #failAt(what: string, line: number, column: number): Condition {
    const place = `line ${line} column ${column}`;
    return evalError(`json/decode: parse error at ${place}: ${what} at ${place}`, HINT);
  }

  #lineNumber(): number {
    return this.#text.slice(0, this.#at).split("\n").length;
  }

  /** The next character, not yet read; `atEnd` is what it means that there is none. */
  #peek(atEnd: string): string {
    const character = this.#text[this.#at];
    if (character === undefined) throw this.#failHere(atEnd);
    return character;
  }

  /** The next character that is not white space, not yet read; empty at the end. */
  #solid(): string {
    for (;; this.#at++) {
      const character = this.#text[this.#at];
      if (character !== " " && character !== "\n" && character !== "\t" && character !== "\r") return character ?? "";
    }
  }

  #value(depth: number): Value {
    const first = this.#solid();
    if (first === "") throw this.#failHere("EOF while parsing a value");
    if (first === "[" || first === "{") {
      if (depth === DEPTH) throw this.#failHere("recursion limit exceeded");
      this.#at++;
      return first === "[" ? this.#array(depth + 1) : this.#object(depth + 1);
    }
    if (first === '"') {
      this.#at++;
      return this.#string();
    }
    if (first === "-" || isDigit(first)) return this.#number();
    const named = NAMES[first];
    if (named === undefined) throw this.#failHere("expected value");
    for (const expected of named[0]) {
      if (this.#peek("EOF while parsing a value") !== expected) throw this.#failHere("expected ident");
      this.#at++;
    }
    return named[1];
  }

  /** Goes on to the next item of an array or object; false at its end. */
  #item(first: boolean, close: string, kind: string): boolean {
    const character = this.#solid();
    if (character === "") throw this.#failHere(`EOF while parsing ${kind}`);
    if (character === close) {
      this.#at++;
      return false;
    }
    if (first) return true;
    if (character !== ",") throw this.#failHere(`expected \`,\` or \`${close}\``);
    this.#at++;
    const next = this.#solid();
    if (next === close) throw this.#failHere("trailing comma");
    return true;
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    while (this.#item(items.length === 0, "]", "a list")) items.push(this.#value(depth));
    return listFrom(items);
  }

  #object(depth: number): Value {
    const entries: [Value, Value][] = [];
    while (this.#item(entries.length === 0, "}", "an object")) {
      const quote = this.#solid();
      if (quote === "") throw this.#failHere("EOF while parsing a value");
      if (quote !== '"') throw this.#failHere("key must be a string");
      this.#at++;
      const key = keyword(this.#string());
      const colon = this.#solid();
      if (colon === "") throw this.#failHere("EOF while parsing an object");
      if (colon !== ":") throw this.#failHere("expected `:`");
      this.#at++;
      entries.push([key, this.#value(depth)]);
    }
    return SortedMap.from(entries);
  }

  /** A string whose opening quote has been read. */
  #string(): string {
    let result = "";
    for (;;) {
      SPECIAL.lastIndex = this.#at;
      const end = SPECIAL.exec(this.#text)?.index ?? this.#text.length;
      result += this.#text.slice(this.#at, end);
      this.#at = end;
      const character = this.#peek("EOF while parsing a string");
      if (character !== '"' && character !== "\\") {
        throw this.#failHere("control character (\\u0000-\\u001F) found while parsing a string");
      }
      this.#at++;
      if (character === '"') return result;
      result += this.#escape();
    }
  }

  #escape(): string {
    const letter = this.#peek("EOF while parsing a string");
    const character = letter === "u" ? "" : UNESCAPES[letter];
    if (character === undefined) throw this.#failHere("invalid escape");
    this.#at++;
    return letter === "u" ? this.#unicode() : character;
  }

  /** One or two escapes of UTF-16 units; `\u` has been read. */
  #unicode(): string {
    const unit = this.#hex();
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    if (unit >= 0xdc00) throw this.#fail("lone leading surrogate in hex escape");
    for (const expected of "\\u") {
      const character = this.#peek("EOF while parsing a string");
      if (character !== expected) throw this.#failHere("unexpected end of hex escape");
      this.#at++;
    }
    const second = this.#hex();
    if (second < 0xdc00 || second > 0xdfff) throw this.#fail("lone leading surrogate in hex escape");
    return String.fromCharCode(unit, second);
  }

  #hex(): number {
    const digits = this.#text.slice(this.#at, this.#at + 4);
    this.#at += digits.length;
    if (digits.length < 4) throw this.#fail("EOF while parsing a string");
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#fail("invalid escape");
    return Number.parseInt(digits, 16);
  }

  #number(): Value {
    const start = this.#at;
    if (this.#text[start] === "-") this.#at++;
    const first = this.#digit();
    if (first !== "0") this.#digits();
    else if (isDigit(this.#text[this.#at])) throw this.#failHere("invalid number");
    const whole = this.#at;
    if (this.#text[this.#at] === ".") {
      this.#at++;
      const from = this.#at;
      this.#digits();
      if (this.#at === from) {
        throw this.#failHere(this.#at < this.#text.length ? "invalid number" : "EOF while parsing a value");
      }
    }
    if (/^[eE]$/.test(this.#text[this.#at] ?? "")) {
      this.#at++;
      if (/^[-+]$/.test(this.#text[this.#at] ?? "")) this.#at++;
      this.#digit();
      this.#digits();
    }
    const text = this.#text.slice(start, this.#at);
    if (this.#at === whole) return integer(BigInt(text));
    // There is no infinity in JSON: what is beyond all floats is no number.
    const value = Number(text);
    return Number.isFinite(value) ? float(value) : null;
  }

  /** A digit, which there must be. */
  #digit(): string {
    const character = this.#peek("EOF while parsing a value");
    if (!isDigit(character)) throw this.#failHere("invalid number");
    this.#at++;
    return character;
  }

  #digits(): void {
    while (isDigit(this.#text[this.#at])) this.#at++;
  }
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

/** The value of a JSON text. */
export function decodeJson(text: string): Value {
  return new Reader(text).read();
}

/** The JSON builtins. */
export const json: Area = () =>
  pure([
    lasting(
      20,
      one("json/encode", "The JSON text of a value, keys in order.", (value) => encode(value, "json/encode", ""), [
        '(json/encode {:title "Dune" :pages 412})',
        '"{\\"pages\\":412,\\"title\\":\\"Dune\\"}"',
      ]),
    ),
    lasting(
      20,
      one(
        "json/encode-pretty",
        "The JSON text of a value on several lines.",
        (value) => encode(value, "json/encode-pretty", "  "),
        ["(json/encode-pretty [1 2])", '"[\\n  1,\\n  2\\n]"'],
      ),
    ),
    lasting(
      40,
      one("json/decode", "The value of a JSON text: lists, and maps with keywords for keys.", (text) => {
        if (typeof text === "string") return decodeJson(text);
        throw wrongArgument("json/decode", 1, "string", text, "json/decode: argument 1 must be a JSON-encoded string");
      }, [
        '(json/decode "[1, {\\"a\\": 2.0}]")',
        "(1 {:a 2.0})",
      ]),
    ),
  ]);
