/**
 * The printed forms. `repr` is what the REPL and containers show, `display` differs for a string on top only, and
 * `layout` is the REPL's: a container longer than 80 bytes of UTF-8 is broken into lines. Values are printed however
 * deep they are.
 */
import { EMPTY, List, toArray } from "./list.ts";
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
  return typeof value === "object" ? lineWithin(value, Infinity) as string : leaf(value);
}

/** {@link repr}, but a string is written as it is. */
export function display(value: Value): string {
  return typeof value === "string" ? value : repr(value);
}

/** The text of a value that is not printed part by part. */
function leaf(value: Value): string {
  switch (typeof value) {
    case "number":
    case "bigint":
      return formatNumber(value);
    case "string":
      return quoted(value);
    case "boolean":
      return value ? "#t" : "#f";
    case "object":
      return value === null ? "nil" : leafObject(value);
  }
}

function leafObject(value: Extract<Value, object>): string {
  if (value instanceof Keyword) return `:${value.name}`;
  if (value instanceof Sym) return value.name;
  if (value instanceof Flonum || value instanceof Rational || value instanceof Complex) return formatNumber(value);
  if (value instanceof Char) return reprChar(value.code);
  if (value instanceof Procedure || value instanceof Opaque) return value.printed();
  if (value instanceof Bytevector) return `#u8(${value.bytes.join(" ")})`;
  const container: List | Vector | MapBase = value;
  throw new TypeError(`printed part by part: ${container.constructor.name}`);
}

/** A value with parts that is being printed. */
interface Opened {
  readonly open: string;
  readonly close: string;
  /** Written in front of the next part. */
  separator: "" | " ";
  /** The parts that are left: those of a list, or of anything else from `index` on. */
  cell: List;
  readonly items: readonly Value[];
  index: number;
}

const NO_ITEMS: readonly Value[] = [];

/** What is to be printed part by part; null for everything else. */
function opened(value: Value): Opened | null {
  if (typeof value !== "object" || value === null) return null;
  if (value instanceof List) return { open: "(", close: ")", separator: "", cell: value, items: NO_ITEMS, index: 0 };
  if (value instanceof Vector) return of("[", value.items, "]");
  if (value instanceof MapBase) return of("{", value.entries().flat(), "}");
  if (!(value instanceof Opaque) || value.kind() !== "record") return null;
  const parts = value.parts();
  return of(`#<record ${value.typeName}${parts.length > 0 ? " " : ""}`, parts, ">");
}

function of(open: string, items: readonly Value[], close: string): Opened {
  return { open, close, separator: "", cell: EMPTY, items, index: 0 };
}

/**
 * `value` on one line, or null where that takes more than `limit` bytes of UTF-8; about that many parts are looked at
 * then. What is open stands on a stack of its own, so depth is no matter.
 */
export function lineWithin(value: Value, limit: number): string | null {
  const bounded = limit !== Infinity;
  const stack: Opened[] = [];
  let text = "";
  let next = value;
  for (;;) {
    const container = opened(next);
    if (container === null) text += leaf(next);
    else {
      stack.push(container);
      text += container.open;
    }
    let top = stack.at(-1);
    while (top !== undefined && top.cell === EMPTY && top.index >= top.items.length) {
      text += top.close;
      stack.pop();
      top = stack.at(-1);
    }
    if (bounded && (text.length > limit || (top === undefined && utf8Length(text) > limit))) return null;
    if (top === undefined) return text;
    text += top.separator;
    top.separator = " ";
    if (top.cell !== EMPTY) {
      next = top.cell.first;
      top.cell = top.cell.rest;
    } else next = top.items[top.index++] ?? null;
  }
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
/** The column from which on a value stays on one line, because deeper ones would be mostly margin. */
const LAST_COLUMN = 1024;

/** The REPL's text for `value`: one line when that is short enough, otherwise broken at containers. */
export function layout(value: Value): string {
  const pieces: string[] = [];
  layoutAt(value, 0, pieces);
  return pieces.join("");
}

/** Lays out `value` with its first character in column `indent`. */
function layoutAt(value: Value, indent: number, pieces: string[]): void {
  const short = fitting(value, indent);
  if (short !== null) pieces.push(short);
  else if (value instanceof MapBase) layoutMap(value, indent, pieces);
  else if (value instanceof List) layoutItems("(", toArray(value), ")", indent, pieces);
  else if (value instanceof Vector) layoutItems("[", value.items, "]", indent, pieces);
}

function layoutItems(open: string, items: readonly Value[], close: string, indent: number, pieces: string[]): void {
  pieces.push(open);
  items.forEach((item, index) => {
    if (index > 0) pieces.push(margin(indent + 1));
    layoutAt(item, indent + 1, pieces);
  });
  pieces.push(close);
}

function layoutMap(map: MapBase, indent: number, pieces: string[]): void {
  const column = indent + 1;
  pieces.push("{");
  map.entries().forEach(([key, value], index) => {
    const keyText = repr(key);
    if (index > 0) pieces.push(margin(column));
    pieces.push(keyText);
    const short = fitting(value, column + utf8Length(keyText) + 1);
    if (short !== null) {
      pieces.push(" ", short);
      return;
    }
    pieces.push(margin(column + 2));
    layoutAt(value, column + 2, pieces);
  });
  pieces.push("}");
}

/** The beginning of a line, up to column `indent`. */
function margin(indent: number): string {
  return `\n${" ".repeat(indent)}`;
}

/** The line that `value` takes in column `indent`; null when it is to be broken. */
function fitting(value: Value, indent: number): string | null {
  if (!isContainer(value) || indent >= LAST_COLUMN) return repr(value);
  return lineWithin(value, WIDTH - indent);
}

function isContainer(value: Value): value is List | Vector | Extract<Value, MapBase> {
  return value instanceof List || value instanceof Vector || value instanceof MapBase;
}
