/** `text/*`: prose cleaned, measured, clipped, quoted from and cut into chunks. White space is Unicode's throughout. */
import {
  isInt64,
  keyword,
  scalarCount,
  scalarIndex,
  SortedMap,
  unitOffset,
  utf8Length,
  type Value,
} from "../../data/mod.ts";
import { listOf, text, wrongType } from "../check.ts";
import { type Area, type Declaration, type Example, many, one, pure, two } from "../declare.ts";
import { trim } from "./string_search.ts";
import { scalarSlice } from "./strings.ts";

/** An integer option of a `{}` map; anything else, and any other kind of options, counts as absent. */
function integerOption(options: Value | undefined, name: string, fallback: number): number {
  const value = options instanceof SortedMap ? options.get(keyword(name)) : undefined;
  return value !== undefined && isInt64(value) ? Number(value) : fallback;
}

/** A string option; see {@link integerOption}. */
function stringOption(options: Value | undefined, name: string, fallback: string): string {
  const value = options instanceof SortedMap ? options.get(keyword(name)) : undefined;
  return typeof value === "string" ? value : fallback;
}

/** Where a text is cut, the first that occurs in it. */
const SEPARATORS = ["\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " "] as const;

/** The pieces of `value` for `options`: at most `:size` bytes each, all but the first after `:overlap` characters. */
export function chunks(value: string, options: Value | undefined): string[] {
  if (value === "") return [];
  const size = Math.max(1, integerOption(options, "size", 1000));
  const overlap = Math.max(0, integerOption(options, "overlap", 200));
  return chunked(value, size, overlap < size ? overlap : 0);
}

/** The recursion is shallow: every level separates at something further down in the table. */
function chunked(value: string, size: number, overlap: number): string[] {
  if (utf8Length(value) <= size) return [value];
  const separator = SEPARATORS.find((each) => value.includes(each));
  if (separator === undefined) return cut(value, size, overlap);
  const pieces: string[] = [];
  let current = "";
  let used = 0;
  for (const piece of value.split(separator)) {
    const bytes = utf8Length(piece);
    // The separators are ASCII.
    const longer = current === "" ? bytes : used + separator.length + bytes;
    if (longer <= size) {
      current = current === "" ? piece : current + separator + piece;
      used = longer;
      continue;
    }
    if (current !== "") pieces.push(current);
    [current, used] = [piece, bytes];
    if (bytes <= size) continue;
    for (const part of chunked(piece, size, overlap)) pieces.push(part);
    current = "";
  }
  if (current !== "") pieces.push(current);
  return overlap === 0
    ? pieces
    : pieces.map((piece, i) => i === 0 ? piece : ending(pieces[i - 1] ?? "", overlap) + piece);
}

/** Pieces of `size` characters, each starting `overlap` before the end of the last. */
function cut(value: string, size: number, overlap: number): string[] {
  const characters = [...value];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += size - overlap) {
    pieces.push(characters.slice(start, start + size).join(""));
  }
  return pieces;
}

/** The last `count` characters. */
function ending(value: string, count: number): string {
  return scalarSlice(value, Math.max(0, scalarCount(value) - count));
}

const SPACE = /\p{White_Space}+/u;

function words(value: string): string[] {
  return value.split(SPACE).filter((word) => word !== "");
}

const SENTENCE_END = /(?<=[.!?])(?=\p{White_Space})/u;

const ENTITIES: readonly (readonly [string, string])[] = [
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#39;", "'"],
  ["&apos;", "'"],
  ["&nbsp;", " "],
];

function stripHtml(value: string): string {
  let kept = "";
  let from = 0;
  let inside = false;
  for (const { 0: mark, index } of value.matchAll(/[<>]/g)) {
    if (!inside) kept += value.slice(from, index);
    inside = mark === "<";
    from = index + 1;
  }
  if (!inside) kept += value.slice(from);
  // One entity after the other, so that what one makes may be part of the next.
  return ENTITIES.reduce((result, [entity, character]) => result.replaceAll(entity, character), kept);
}

function truncate(args: Value[]): Value {
  const value = text(args[0] as Value);
  const limit = args[1] as Value;
  if (!isInt64(limit)) throw wrongType("integer", limit);
  const suffix = typeof args[2] === "string" ? args[2] : "...";
  const size = Number(limit);
  if (size < 0 || scalarCount(value) <= size) return value;
  const room = size - scalarCount(suffix);
  return room <= 0 ? suffix : scalarSlice(value, 0, room) + suffix;
}

const INDENT = /^\p{White_Space}*/u;

/** The characters of white space that a line starts with; none of them takes two units. */
function indentOf(line: string): number {
  return INDENT.exec(line)?.[0].length ?? 0;
}

function trimIndent(value: string): string {
  const lines = value.split("\n");
  const indents = lines.filter((line) => indentOf(line) < line.length).map(indentOf);
  if (indents.length === 0) return value;
  const indent = indents.reduce((least, each) => Math.min(least, each));
  return lines.map((line) => line.slice(Math.min(indent, indentOf(line)))).join("\n");
}

function excerpt(args: Value[]): Value {
  const value = text(args[0] as Value);
  const query = text(args[1] as Value).toLowerCase();
  const radius = Math.max(0, integerOption(args[2], "radius", 100));
  const omission = stringOption(args[2], "omission", "...");
  const { lowered, origins } = lowerCase(value);
  const at = lowered.indexOf(query);
  if (at < 0) return null;
  const start = origins[at] ?? value.length;
  const last = query === "" ? start : origins[at + query.length - 1] ?? value.length;
  const end = query === "" ? start : last + ((value.codePointAt(last) ?? 0) > 0xffff ? 2 : 1);
  const from = unitOffset(value, Math.max(0, scalarIndex(value, start) - radius));
  const to = Math.min(value.length, unitOffset(value, scalarIndex(value, end) + radius));
  return (from > 0 ? omission : "") + value.slice(from, to) + (to < value.length ? omission : "");
}

/**
 * In lower case, and for every unit of that the offset of the character in `value` that it comes from, since lower
 * case may be longer. A final sigma takes as many units as another one.
 */
function lowerCase(value: string): { lowered: string; origins: number[] } {
  const origins: number[] = [];
  let offset = 0;
  for (const character of value) {
    for (let i = character.toLowerCase().length; i > 0; i--) origins.push(offset);
    offset += character.length;
  }
  return { lowered: value.toLowerCase(), origins };
}

/** A builtin of one string. */
function ofText(
  name: string,
  doc: string,
  implementation: (value: string) => Value,
  example: Example,
): Declaration {
  return one(name, doc, (value) => implementation(text(value)), example);
}

/** The `text/*` builtins. */
export const texts: Area = () =>
  pure([
    many(
      "text/chunk",
      1,
      2,
      "(text/chunk s [{:size 1000 :overlap 200}]): pieces of at most size bytes, cut where the text allows.",
      (args) => listOf(chunks(text(args[0] as Value), args[1])),
      ['(text/chunk "one two three four" {:size 9 :overlap 0})', '("one two" "three" "four")'],
    ),
    two(
      "text/chunk-by-separator",
      "(text/chunk-by-separator s separator): the pieces that are not empty.",
      (value, separator) => {
        const string = text(value);
        const between = text(separator);
        return listOf((between === "" ? [...string] : string.split(between)).filter((piece) => piece !== ""));
      },
      ['(text/chunk-by-separator "a--b--" "--")', '("a" "b")'],
    ),
    ofText(
      "text/split-sentences",
      "The sentences: they end at . ! ? before white space.",
      (value) => listOf(value.split(SENTENCE_END).map(trim).filter((sentence) => sentence !== "")),
      ['(text/split-sentences "It rained. Did it stop?")', '("It rained." "Did it stop?")'],
    ),
    ofText("text/clean-whitespace", "With single spaces between words.", (value) => words(value).join(" "), [
      '(text/clean-whitespace "  too   many ")',
      '"too many"',
    ]),
    ofText("text/strip-html", "Without tags, and with the common entities replaced.", stripHtml, [
      '(text/strip-html "<p>fish &amp; chips</p>")',
      '"fish & chips"',
    ]),
    many(
      "text/truncate",
      2,
      3,
      '(text/truncate s max [suffix "..."]): at most max characters, the suffix included.',
      truncate,
      ['(text/truncate "a rather long line" 10)', '"a rathe..."'],
    ),
    ofText("text/word-count", "The number of words.", (value) => words(value).length, [
      '(text/word-count "three little words")',
      "3",
    ]),
    ofText("text/trim-indent", "Without the indentation that all lines share.", trimIndent, [
      '(text/trim-indent "  x\\n    y")',
      '"x\\n  y"',
    ]),
    many(
      "text/excerpt",
      2,
      3,
      '(text/excerpt s query [{:radius 100 :omission "..."}]): the first occurrence with its surroundings, or nil.',
      excerpt,
      ['(text/excerpt "we sailed across the bay at dawn" "bay" {:radius 6})', '"...s the bay at da..."'],
    ),
    ofText(
      "text/normalize-newlines",
      "With every line end as one newline.",
      (value) => value.replaceAll(/\r\n?/g, "\n"),
      ['(text/normalize-newlines "p\\r\\nq")', '"p\\nq"'],
    ),
  ]);
