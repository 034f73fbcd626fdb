/**
 * Reads TOML as the reference does: version 1.1. Tables become maps with keywords for keys, arrays lists, dates and times
 * strings in their normal form.
 */
import { evalError, float, integer, isInt64, keyword, listFrom, SortedMap, type Value } from "../../data/mod.ts";

/** How a table came about, which decides who may add to it. */
type Origin =
  /** Named on the way to another one, by a header. */
  | "implied"
  /** By a header of its own. */
  | "header"
  /** By a key with dots. */
  | "dotted"
  /** Between braces; nothing may be added. */
  | "inline";

class Table {
  readonly entries = new Map<string, Entry>();
  origin: Origin;

  constructor(origin: Origin) {
    this.origin = origin;
  }
}

/** An array of tables, made by headers with double brackets. */
class Tables {
  readonly items: Table[] = [];
}

/** An array between brackets. */
class Items {
  readonly items: Entry[] = [];
}

/** A string, number, boolean, date or time. */
class Scalar {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

type Entry = Table | Tables | Items | Scalar;

/** A key with its place. */
interface Key {
  readonly name: string;
  readonly at: number;
}

/** How deep arrays and inline tables may nest, so that reading them may recurse. */
const DEPTH = 80;

const DATE = String.raw`\d{4}-\d\d-\d\d`;
const TIME = String.raw`\d\d:\d\d(?::\d\d(?:\.\d+)?)?`;
const MOMENT = new RegExp(`^(?:(${DATE})(?:([Tt ])(${TIME})(Z|z|[+-]\\d\\d:\\d\\d)?)?|(${TIME}))`);

/** What may be a number or name; spaces in it are part of what is wrong then. */
const WORD = /[^\n\r,\]}#]*/y;

const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  e: "\x1b",
  '"': '"',
  "\\": "\\",
};

const ESCAPE_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Integers by their prefix. */
const RADIXES: Readonly<Record<string, RegExp>> = {
  "0x": /^0x[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*$/,
  "0o": /^0o[0-7]+(?:_[0-7]+)*$/,
  "0b": /^0b[01]+(?:_[01]+)*$/,
};
const DECIMAL = /^[+-]?(?:0|[1-9]\d*(?:_\d+)*)$/;
const FLOAT = /^[+-]?(?:0|[1-9]\d*(?:_\d+)*)(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const SPECIAL = /^[+-]?(?:inf|nan)$/;

/** The value of a TOML text. */
export function decodeToml(text: string): Value {
  return valueOf(new Reader(text).read());
}

function valueOf(entry: Entry): Value {
  if (entry instanceof Scalar) return entry.value;
  if (entry instanceof Table) {
    return SortedMap.from(Array.from(entry.entries, ([name, each]): [Value, Value] => [keyword(name), valueOf(each)]));
  }
  return listFrom(entry.items.map(valueOf));
}

class Reader {
  readonly #text: string;
  #at = 0;
  readonly #root = new Table("header");
  /** The table that keys are added to. */
  #current: Table = this.#root;

  constructor(text: string) {
    // Lines end alike.
    this.#text = text.replace(/^\ufeff/, "");
  }

  read(): Table {
    for (;;) {
      this.#blank();
      if (this.#at >= this.#text.length) return this.#root;
      if (this.#is("[")) this.#header();
      else this.#pair(this.#current);
      this.#space();
      this.#lineEnd();
    }
  }

  /** An error at a place, shown with its line. */
  #fail(what: string, at: number = this.#at, length = 1): Error {
    const before = this.#text.slice(0, at).split("\n");
    const row = String(before.length);
    const column = [...before.at(-1) ?? ""].length + 1;
    const line = (this.#text.split("\n")[before.length - 1] ?? "").replace(/\r$/, "");
    const margin = " ".repeat(row.length);
    const carets = " ".repeat(column - 1) + "^".repeat(Math.max(1, length));
    const shown = `${margin} |\n${row} | ${line}\n${margin} | ${carets}\n${what}\n`;
    throw evalError(
      `toml/decode: parse error: TOML parse error at line ${row}, column ${column}\n${shown}`,
      "toml/decode expects a TOML document as a string",
    );
  }

  #is(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at += text.length;
    return true;
  }

  /** Goes on over spaces and tabs. */
  #space(): void {
    while (this.#is(" ") || this.#is("\t")) this.#at++;
  }

  /** Goes on over white space, line ends and comments. */
  #blank(): void {
    for (;;) {
      this.#space();
      if (this.#is("#")) this.#comment();
      if (!this.#accept("\n") && !this.#accept("\r\n")) return;
    }
  }

  #comment(): void {
    const end = this.#text.indexOf("\n", this.#at);
    const comment = this.#text.slice(this.#at, end < 0 ? undefined : end).replace(/\r$/, "");
    // deno-lint-ignore no-control-regex
    const control = comment.search(/[\0-\x08\x0a-\x1f\x7f]/);
    if (control >= 0) throw this.#fail("invalid comment character", this.#at + control);
    this.#at += comment.length;
  }

  #lineEnd(): void {
    if (this.#is("#")) this.#comment();
    if (this.#at >= this.#text.length || this.#accept("\n") || this.#accept("\r\n")) return;
    throw this.#fail("unexpected key or value, expected newline, `#`");
  }

  // --- Tables ----------------------------------------------------------------------------------------------------------

  #header(): void {
    const many = this.#accept("[[");
    if (!many) this.#at++;
    const keys = this.#keys();
    this.#space();
    if (!this.#accept(many ? "]]" : "]")) throw this.#fail(`unclosed table, expected \`${many ? "]]" : "]"}\``);
    const last = keys.pop() as Key;
    let table = this.#root;
    for (const key of keys) table = this.#stepInto(table, key, "implied");
    const known = table.entries.get(last.name);
    const made = new Table("header");
    if (many) {
      const tables = known ?? new Tables();
      if (!(tables instanceof Tables)) throw this.#duplicate(last);
      tables.items.push(made);
      table.entries.set(last.name, tables);
      this.#current = made;
    } else if (known instanceof Table && known.origin === "implied") {
      known.origin = "header";
      this.#current = known;
    } else if (known === undefined) {
      table.entries.set(last.name, made);
      this.#current = made;
    } else throw this.#duplicate(last);
  }

  #duplicate(key: Key): Error {
    return this.#fail("duplicate key", key.at, key.name.length);
  }

  /** The table that a key on the way to another one leads to. */
  #stepInto(table: Table, key: Key, origin: "implied" | "dotted"): Table {
    const known = table.entries.get(key.name);
    if (known === undefined) {
      const made = new Table(origin);
      table.entries.set(key.name, made);
      return made;
    }
    const next = known instanceof Tables && origin === "implied" ? known.items.at(-1) : known;
    if (!(next instanceof Table) || next.origin === "inline") {
      const what = next instanceof Table ? "inline table" : next instanceof Scalar ? "value" : "array";
      throw this.#fail(`cannot extend value of type ${what} with a dotted key`, key.at, key.name.length);
    }
    // Keys with dots extend only what such keys have made.
    if (origin === "dotted" && next.origin !== "dotted") throw this.#duplicate(key);
    return next;
  }

  /** `key = value`. */
  #pair(table: Table): void {
    const keys = this.#keys();
    this.#space();
    if (!this.#accept("=")) throw this.#fail("key with no value, expected `=`");
    this.#space();
    const value = this.#value(0);
    this.#put(table, keys, value);
  }

  #put(table: Table, keys: Key[], value: Entry): void {
    const last = keys.pop() as Key;
    let target = table;
    for (const key of keys) target = this.#stepInto(target, key, "dotted");
    if (target.entries.has(last.name)) throw this.#duplicate(last);
    target.entries.set(last.name, value);
  }

  #keys(): Key[] {
    const keys: Key[] = [];
    do {
      this.#space();
      const at = this.#at;
      keys.push({ name: this.#key(), at });
      this.#space();
    } while (this.#accept("."));
    return keys;
  }

  #key(): string {
    if (this.#is('"') || this.#is("'")) return this.#string(false);
    const bare = /[A-Za-z0-9_-]+/y;
    bare.lastIndex = this.#at;
    const [name] = bare.exec(this.#text) ?? [];
    if (name === undefined) throw this.#fail("invalid unquoted key, expected letters, numbers, `-`, `_`");
    this.#at += name.length;
    return name;
  }

  // --- Values ----------------------------------------------------------------------------------------------------------

  #value(depth: number): Entry {
    if (this.#is('"') || this.#is("'")) return new Scalar(this.#string(true));
    if (this.#is("[") || this.#is("{")) {
      if (depth === DEPTH) throw this.#fail("recursion limit exceeded");
      return this.#is("[") ? this.#array(depth + 1) : this.#inlineTable(depth + 1);
    }
    return new Scalar(this.#moment() ?? this.#plain());
  }

  /** The items between brackets or braces, which have been opened, with commas between. */
  #items(close: string, item: () => void): void {
    for (;;) {
      this.#blank();
      if (this.#accept(close)) return;
      item();
      this.#blank();
      if (this.#accept(",")) continue;
      if (this.#accept(close)) return;
      throw this.#fail(`missing comma between items, expected \`,\` or \`${close}\``);
    }
  }

  #array(depth: number): Entry {
    this.#at++;
    const array = new Items();
    this.#items("]", () => array.items.push(this.#value(depth)));
    return array;
  }

  #inlineTable(depth: number): Entry {
    this.#at++;
    const table = new Table("dotted");
    this.#items("}", () => {
      const keys = this.#keys();
      if (!this.#accept("=")) throw this.#fail("key with no value, expected `=`");
      this.#blank();
      this.#put(table, keys, this.#value(depth));
    });
    seal(table);
    return table;
  }

  /** A date, a time or both, in their normal form; null where there is something else. */
  #moment(): string | null {
    const [whole, date, separator, time, offset, alone] = MOMENT.exec(this.#text.slice(this.#at, this.#at + 64)) ?? [];
    if (whole === undefined) return null;
    if (!plausible(date, time ?? alone, offset)) throw this.#fail("invalid datetime", this.#at, whole.length);
    this.#at += whole.length;
    const clock = time ?? alone;
    const shown = clock === undefined ? "" : normalTime(clock);
    return `${date ?? ""}${separator === undefined ? "" : "T"}${shown}${(offset ?? "").toUpperCase()}`;
  }

  /** A number or boolean. */
  #plain(): Value {
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0].trimEnd() ?? "";
    const value = plainValue(word);
    if (value === undefined) {
      const what = word === "" || /^[A-Za-z]/.test(word)
        ? "string values must be quoted, expected literal string"
        : "invalid number";
      throw this.#fail(what, this.#at, word.length);
    }
    if (typeof value === "string") throw this.#fail(value, this.#at, word.length);
    this.#at += word.length;
    return value;
  }

  /** A string of any kind; those of several lines where they are allowed. */
  #string(multiline: boolean): string {
    const quote = this.#text[this.#at] as string;
    const long = quote.repeat(3);
    if (multiline && this.#accept(long)) {
      if (!this.#accept("\n")) this.#accept("\r\n");
      return this.#content(long, quote);
    }
    this.#at++;
    return this.#content(quote, quote);
  }

  #content(close: string, quote: string): string {
    let result = "";
    const long = close.length > 1;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) throw this.#fail(`unclosed string, expected \`${close}\``);
      if (this.#accept(close)) {
        // Up to two quotation marks may stand before those that close it.
        for (let i = 0; long && i < 2 && this.#accept(quote); i++) result += quote;
        return result;
      }
      if (character === "\\" && quote === '"') result += this.#escape(long);
      else if (character === "\n" || this.#is("\r\n")) {
        if (!long) throw this.#fail(`invalid string, expected \`${close}\``);
        result += character === "\n" ? "\n" : "\r\n";
        this.#at += character === "\n" ? 1 : 2;
      } else {
        // deno-lint-ignore no-control-regex
        if (/[\0-\x08\x0b-\x1f\x7f]/.test(character)) throw this.#fail("invalid string character");
        result += character;
        this.#at++;
      }
    }
  }

  #escape(long: boolean): string {
    const at = this.#at;
    this.#at++;
    const letter = this.#text[this.#at] ?? "";
    const character = ESCAPES[letter];
    if (character !== undefined) {
      this.#at++;
      return character;
    }
    const digits = ESCAPE_DIGITS[letter];
    if (digits !== undefined) {
      const hex = this.#text.slice(this.#at + 1, this.#at + 1 + digits);
      const code = Number.parseInt(hex, 16);
      const valid = new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(hex);
      if (!valid || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw this.#fail("invalid escape", at);
      this.#at += 1 + digits;
      return String.fromCodePoint(code);
    }
    const blank = /[ \t]*\r?\n[ \t\r\n]*/y;
    blank.lastIndex = this.#at;
    const [skipped] = long ? blank.exec(this.#text) ?? [] : [];
    if (skipped === undefined) throw this.#fail("missing escaped value", this.#at);
    this.#at += skipped.length;
    return "";
  }
}

/** Lets nothing be added to a table between braces and to those in it. */
function seal(table: Table): void {
  table.origin = "inline";
  for (const each of table.entries.values()) if (each instanceof Table && each.origin === "dotted") seal(each);
}

/** A number or boolean; undefined where a word is neither, a string that tells why it is refused. */
function plainValue(word: string): Value | undefined {
  if (word === "true" || word === "false") return word === "true";
  const bare = word.replaceAll("_", "");
  const radix = RADIXES[word.slice(0, 2)];
  if (radix !== undefined ? radix.test(word) : DECIMAL.test(word)) {
    const value = integer(BigInt(bare.replace("+", "")));
    return isInt64(value) ? value : `invalid type: integer \`${value}\` as i128, expected any valid TOML value`;
  }
  if (FLOAT.test(word)) {
    const value = Number(bare);
    return Number.isFinite(value) ? float(value) : "floating-point number overflowed";
  }
  if (!SPECIAL.test(word)) return undefined;
  return word.endsWith("nan") ? NaN : word.startsWith("-") ? -Infinity : Infinity;
}

/** Whether the numbers of a date and a time are in their ranges. */
function plausible(date: string | undefined, time: string | undefined, offset: string | undefined): boolean {
  if (date !== undefined) {
    const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
    const days = month < 1 || month > 12 ? 0 : new Date(Date.UTC(2000 + year % 400, month, 0)).getUTCDate();
    if (day < 1 || day > days) return false;
  }
  const [hour = 0, minute = 0, second = 0] = (time ?? "").split(":").map(Number);
  const [hours = 0, minutes = 0] = (offset ?? "").slice(1).split(":").map(Number);
  return hour < 24 && minute < 60 && second < 61 && hours < 24 && minutes < 60;
}

/** A time with at most nine digits after its seconds, and no zeros at their end. */
function normalTime(time: string): string {
  const [whole = "", fraction = ""] = time.split(".");
  const digits = fraction.slice(0, 9).replace(/0+$/, "");
  return digits === "" ? whole : `${whole}.${digits}`;
}
