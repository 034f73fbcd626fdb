/**
 * The printed forms. `repr` is what the REPL and containers show, `display` differs for a string on top only, and
 * `layout` is the REPL's: a container longer than 80 bytes of UTF-8 is broken into lines.
 *
 * Containers are printed without recursion: data may nest deeper than the host's stack.
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
  const open = opened(value);
  return open === null ? atom(value) : container(open, Infinity) ?? "";
}

/** {@link repr}, but a string is written as it is. */
export function display(value: Value): string {
  return typeof value === "string" ? value : repr(value);
}

/** A container being printed: its parts, how many of them are written, and what comes behind them. */
interface Open {
  readonly start: string;
  readonly parts: readonly Value[];
  readonly end: string;
  written: number;
}

/** What is to be printed part by part; null for everything else. */
function opened(value: Value): Open | null {
  if (typeof value !== "object") return null;
  if (value instanceof List) return { start: "(", parts: toArray(value), end: ")", written: 0 };
  if (value instanceof Vector) return { start: "[", parts: value.items, end: "]", written: 0 };
  if (value instanceof MapBase) return { start: "{", parts: value.entries().flat(), end: "}", written: 0 };
  if (value instanceof Opaque && value.kind() === "record") {
    const parts = value.parts();
    const start = `#<record ${value.typeName}${parts.length > 0 ? " " : ""}`;
    return { start, parts, end: ">", written: 0 };
  }
  return null;
}

/** Pieces of text are joined when there are so many of them, so that a huge text does not consist of tiny ones. */
const PIECES = 10_000;

/** The text of a container; null when it is longer than `limit` UTF-16 units. */
function container(outermost: Open, limit: number): string | null {
  const around: Open[] = [];
  const text: string[] = [];
  let pieces: string[] = [];
  let length = 0;
  const put = (piece: string): void => {
    length += piece.length;
    if (pieces.push(piece) < PIECES) return;
    text.push(pieces.join(""));
    pieces = [];
  };
  put(outermost.start);
  for (let open: Open | undefined = outermost; open !== undefined;) {
    if (length > limit) return null;
    if (open.written === open.parts.length) {
      put(open.end);
      open = around.pop();
      continue;
    }
    if (open.written > 0) put(" ");
    const part = open.parts[open.written++] as Value;
    const inner = opened(part);
    if (inner === null) {
      put(atom(part));
    } else {
      put(inner.start);
      around.push(open);
      open = inner;
    }
  }
  text.push(pieces.join(""));
  return length > limit ? null : text.join("");
}

/** The text of a value that is no container. */
function atom(value: Value): string {
  switch (typeof value) {
    case "number":
    case "bigint":
      return formatNumber(value);
    case "string":
      return quoted(value);
    case "boolean":
      return value ? "#t" : "#f";
    case "object":
      if (value === null) return "nil";
      if (value instanceof Keyword) return `:${value.name}`;
      if (value instanceof Sym) return value.name;
      if (value instanceof Flonum || value instanceof Rational || value instanceof Complex) return formatNumber(value);
      if (value instanceof Char) return reprChar(value.code);
      if (value instanceof Procedure || value instanceof Opaque) return value.printed();
      if (value instanceof Bytevector) return `#u8(${value.bytes.join(" ")})`;
      return atomless(value);
  }
}

/** Containers have no text of their own. */
function atomless(value: List | Vector | MapBase): never {
  throw new TypeError(`not an atom: ${value.constructor.name}`);
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

/** What is nested deeper stays on one line: its indentation alone would fill the memory. */
const LEVELS = 1100;

/** The REPL's text for `value`: one line when that is short enough, otherwise broken at containers. */
export function layout(value: Value): string {
  return layoutAt(value, 0, 0);
}

/** `value` laid out with its first character in column `indent`. */
function layoutAt(value: Value, indent: number, level: number): string {
  if (!isContainer(value) || level > LEVELS) return repr(value);
  const line = shortLine(value, WIDTH - indent);
  if (line !== null) return line;
  if (value instanceof MapBase) return layoutMap(value, indent, level);
  const [open, items, close] = value instanceof List ? ["(", toArray(value), ")"] : ["[", value.items, "]"];
  const separator = `\n${" ".repeat(indent + 1)}`;
  return open + items.map((item) => layoutAt(item, indent + 1, level + 1)).join(separator) + close;
}

function layoutMap(map: MapBase, indent: number, level: number): string {
  const column = indent + 1;
  const entries = map.entries().map(([key, value]) => {
    const keyText = repr(key);
    const line = isContainer(value) ? shortLine(value, WIDTH - column - utf8Length(keyText) - 1) : repr(value);
    if (line !== null) return `${keyText} ${line}`;
    return `${keyText}\n${" ".repeat(column + 2)}${layoutAt(value, column + 2, level + 1)}`;
  });
  return `{${entries.join(`\n${" ".repeat(column)}`)}}`;
}

function isContainer(value: Value): value is List | Vector | Extract<Value, MapBase> {
  return value instanceof List || value instanceof Vector || value instanceof MapBase;
}

/** The text of a container in one line of so many bytes; null when it is longer. */
function shortLine(value: Value, bytes: number): string | null {
  const open = opened(value);
  const line = open === null ? null : container(open, bytes);
  return line === null || utf8Length(line) > bytes ? null : line;
}
