/** Comma-separated values (RFC 4180, read leniently): all cells are strings, all rows equally long. */
import {
  display,
  evalError,
  keyword,
  List,
  SortedMap,
  toArray,
  utf8Length,
  type Value,
  Vector,
} from "../../data/mod.ts";
import { listArgument, listOf, text, wrongType } from "../check.ts";
import { type Area, one, pure } from "../declare.ts";

/** The rows of a text; `name` is the function's. */
function rows(source: string, name: string): string[][] {
  const result: string[][] = [];
  let at = 0;
  for (;;) {
    // Where the row before ended; empty lines are no rows.
    const start = at;
    while (source[at] === "\n" || source[at] === "\r") at++;
    if (at >= source.length) return result;
    const row: string[] = [];
    do {
      if (row.length > 0) at++;
      const { cell, end } = field(source, at);
      row.push(cell);
      at = end;
    } while (source[at] === ",");
    const [first = row] = result;
    if (row.length !== first.length) {
      const before = source.slice(0, start);
      const place = `record ${result.length} (line: ${before.split("\n").length}, byte: ${utf8Length(before)})`;
      throw evalError(
        `${name}: parse error: CSV error: ${place}: found record with ${row.length} fields, but the previous record ` +
          `has ${first.length} fields`,
        `${name} expects comma-separated values; check delimiters and quoting`,
      );
    }
    result.push(row);
    at++;
  }
}

/** A cell up to the comma or the end of line after it. Quotes count at the beginning only. */
function field(source: string, start: number): { cell: string; end: number } {
  let cell = "";
  let at = start;
  if (source[at] === '"') {
    for (;;) {
      const quote = source.indexOf('"', at + 1);
      cell += source.slice(at + 1, quote < 0 ? undefined : quote);
      at = quote < 0 ? source.length : quote + 1;
      if (source[at] !== '"') break;
      cell += '"';
    }
  }
  const rest = /[,\r\n]/g;
  rest.lastIndex = at;
  const end = rest.exec(source)?.index ?? source.length;
  return { cell: cell + source.slice(at, end), end };
}

function parseMaps(value: Value): Value {
  const [header = [], ...records] = rows(text(value), "csv/parse-maps");
  const keys = header.map((name) => keyword(name));
  return listOf(records.map((record) => SortedMap.from(keys.map((key, i) => [key, record[i] as string]))));
}

function cells(row: Value): readonly Value[] {
  if (row instanceof List) return toArray(row);
  if (row instanceof Vector) return row.items;
  throw wrongType("list", row);
}

function written(cell: string): string {
  return /[,"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function encode(table: Value): Value {
  let result = "";
  let width = -1;
  for (const row of listArgument(table)) {
    const texts = cells(row).map((cell) => display(cell));
    if (width >= 0 && texts.length !== width) {
      throw evalError(
        `csv/encode: CSV error: found record with ${texts.length} fields, but the previous record has ${width} fields`,
      );
    }
    width = texts.length;
    // An empty line would be no row.
    const line = texts.map(written).join(",");
    result += `${line === "" ? '""' : line}\n`;
  }
  return result;
}

/** The CSV builtins. */
export const csv: Area = () =>
  pure([
    one(
      "csv/parse",
      "The rows of a CSV text as lists of strings.",
      (value) => listOf(rows(text(value), "csv/parse").map((row) => listOf(row))),
      ['(csv/parse "sku,qty\\nA1,4")', '(("sku" "qty") ("A1" "4"))'],
    ),
    one("csv/parse-maps", "The rows of a CSV text as maps, with keywords from its first row.", parseMaps, [
      '(csv/parse-maps "sku,qty\\nA1,4")',
      '({:qty "4" :sku "A1"})',
    ]),
    one("csv/encode", "The CSV text of a list of rows.", encode, [
      '(csv/encode (list ["sku" "qty"] ["A, 1" 4]))',
      '"sku,qty\\n\\"A, 1\\",4\\n"',
    ]),
  ]);
