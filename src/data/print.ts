/**
 * The printed forms. `repr` is what the REPL and containers show, `display` differs for a string on top only, and
 * `layout` is the REPL's: a container longer than 80 bytes of UTF-8 is broken into lines.
 */
import { List, toArray } from "./list.ts";
import { formatNumber } from "./number/format.ts";
import { utf8Length } from "./text.ts";
import { MapBase } from "./tree.ts";
import {
  Bytevector,
  Char,
  Complex,
  Flonum,
  Keyword,
  Opaque,
  Procedure,
  Rational,
  Sym,
  type Value,
  Vector,
} from "./value.ts";

/** One line of text for `value`, strings quoted. */
export function repr(value: Value): string {
  switch (typeof value) {
    case "number":
    case "bigint":
      return formatNumber(value);
    case "string":
      return quoted(value);
    case "boolean":
      return value ? "#t" : "#f";
    case "object":
      return value === null ? "nil" : reprObject(value);
  }
}

/** {@link repr}, but a string is written as it is. */
export function display(value: Value): string {
  return typeof value === "string" ? value : repr(value);
}

function reprObject(value: Extract<Value, object>): string {
  if (value instanceof Keyword) return `:${value.name}`;
  if (value instanceof Sym) return value.name;
  if (value instanceof List) return `(${toArray(value).map(repr).join(" ")})`;
  if (value instanceof Vector) return `[${value.items.map(repr).join(" ")}]`;
  if (value instanceof MapBase) return `{${value.entries().map(reprEntry).join(" ")}}`;
  if (value instanceof Flonum || value instanceof Rational || value instanceof Complex) return formatNumber(value);
  if (value instanceof Char) return reprChar(value.code);
  if (value instanceof Procedure) return value.printed();
  if (value instanceof Opaque) return value.printed(repr);
  if (value instanceof Bytevector) return `#u8(${value.bytes.join(" ")})`;
  return value satisfies never;
}

function reprEntry(entry: readonly [Value, Value]): string {
  return `${repr(entry[0])} ${repr(entry[1])}`;
}

const escapes: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" };

/** A string literal that reads back as `text`. */
function quoted(text: string): string {
  return `"${text.replace(/["\\\n\t\r]/g, (character) => escapes[character] ?? character)}"`;
}

const charNames: ReadonlyMap<number, string> = new Map([
  [0, "nul"],
  [9, "tab"],
  [10, "newline"],
  [13, "return"],
  [32, "space"],
]);

function reprChar(code: number): string {
  return `#\\${charNames.get(code) ?? String.fromCodePoint(code)}`;
}

/** The bytes of UTF-8 that a line of the REPL's layout may take. */
const WIDTH = 80;

/** The REPL's text for `value`: one line when that is short enough, otherwise broken at containers. */
export function layout(value: Value): string {
  return layoutAt(value, 0);
}

/** `value` laid out with its first character in column `indent`. */
function layoutAt(value: Value, indent: number): string {
  const line = repr(value);
  if (!isContainer(value) || fits(line, indent)) return line;
  if (value instanceof MapBase) return layoutMap(value, indent);
  const [open, items, close] = value instanceof List ? ["(", toArray(value), ")"] : ["[", value.items, "]"];
  const separator = `\n${" ".repeat(indent + 1)}`;
  return open + items.map((item) => layoutAt(item, indent + 1)).join(separator) + close;
}

function layoutMap(map: MapBase, indent: number): string {
  const column = indent + 1;
  const entries = map.entries().map(([key, value]) => {
    const keyText = repr(key);
    const valueText = repr(value);
    if (!isContainer(value) || fits(valueText, column + utf8Length(keyText) + 1)) return `${keyText} ${valueText}`;
    return `${keyText}\n${" ".repeat(column + 2)}${layoutAt(value, column + 2)}`;
  });
  return `{${entries.join(`\n${" ".repeat(column)}`)}}`;
}

function isContainer(value: Value): value is List | Vector | Extract<Value, MapBase> {
  return value instanceof List || value instanceof Vector || value instanceof MapBase;
}

function fits(text: string, indent: number): boolean {
  return utf8Length(text) <= WIDTH - indent;
}
