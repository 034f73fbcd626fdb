/**
 * Text measured in terminal columns: width, padding, wrapping and clipping. A grapheme cluster is the unit that is
 * never cut; its width follows from the Unicode properties of its code points.
 */
import { evalError, type Value } from "../../data/mod.ts";
import { count, listOf, text } from "../check.ts";
import { type Area, many, one, pure, two } from "../declare.ts";

/** CSI and OSC sequences and two-character escapes. */
// deno-lint-ignore no-control-regex -- escape sequences start with a control character
const ESCAPES = /\x1b(?:\[[0-?]*[ -\/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]]?)/gu;

/** What tells the width of characters that are not ASCII; made at the first of them, since a start need not wait for it. */
class Widths {
  /** Characters of no width: what extends others, what is ignorable, vowels and finals of conjoining Hangul. */
  readonly zero =
    /^[\p{Grapheme_Extend}\p{Default_Ignorable_Code_Point}\n\u0605\u070f\u0890\u0891\u08e2\u1160-\u11ff\ud7b0-\ud7fb]$/u;
  /** Characters of two columns: East Asian wide and full-width ones, and those shown as emoji by default. */
  readonly wide = new RegExp(
    "^[[\\p{Emoji_Presentation}--\\p{Regional_Indicator}]" +
      "\\u1100-\\u115f\\u2329\\u232a\\u2e80-\\u303e\\u3041-\\u3247\\u3250-\\u4dbf\\u4e00-\\ua4c6\\ua960-\\ua97c\\uac00-\\ud7a3" +
      "\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6b\\uff01-\\uff60\\uffe0-\\uffe6" +
      "\\u{16fe0}-\\u{18d08}\\u{1aff0}-\\u{1b2fb}\\u{1f200}-\\u{1f265}\\u{20000}-\\u{3fffd}]$",
    "v",
  );
  /** Clusters that take two columns whatever their parts: emoji variation, joined emoji, skin tones. */
  readonly emoji = /\p{Emoji}\ufe0f|\p{Extended_Pictographic}.*(?:\u200d|\p{Emoji_Modifier})/su;
  readonly segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
}

let made: Widths | undefined;

function widths(): Widths {
  return made ??= new Widths();
}

const PRINTABLE = /^[ -~]*$/;

function characterWidth(character: string): number {
  if (character >= " " && character <= "~") return 1;
  if (character === "\u115f") return 2;
  if (widths().zero.test(character)) return 0;
  return widths().wide.test(character) ? 2 : 1;
}

function clusterWidth(cluster: string): number {
  if (cluster === "\r\n") return 0;
  if (cluster.length > 1 && widths().emoji.test(cluster)) return 2;
  let width = 0;
  for (const character of cluster) width += characterWidth(character);
  return width;
}

/** The grapheme clusters of a string. */
function clusters(value: string): string[] {
  if (PRINTABLE.test(value)) return value.split("");
  return Array.from(widths().segmenter.segment(value), (part) => part.segment);
}

/** The width, escape sequences taken as ordinary characters. */
function rawWidth(value: string): number {
  if (PRINTABLE.test(value)) return value.length;
  return clusters(value).reduce((width, cluster) => width + clusterWidth(cluster), 0);
}

function width(value: string): number {
  return rawWidth(value.includes("\x1b") ? value.replace(ESCAPES, "") : value);
}

/** The host refuses much longer strings with an error of its own. */
const WIDTH_LIMIT = 2 ** 28;

/** The padding that brings `args[0]` to the width `args[1]`. */
function padding(args: readonly Value[]): string {
  const string = text(args[0] as Value);
  const columns = count(args[1] as Value, "string/pad");
  const [pad = " "] = args.length > 2 ? text(args[2] as Value) : " ";
  if (columns > WIDTH_LIMIT) throw evalError("string/pad: result is too large");
  return pad.repeat(Math.floor(Math.max(0, columns - width(string)) / Math.max(1, width(pad))));
}

/** The longest run of clusters within `columns`. */
function fitting(value: string, columns: number): string {
  let used = 0;
  let result = "";
  for (const cluster of clusters(value)) {
    used += clusterWidth(cluster);
    if (used > columns) break;
    result += cluster;
  }
  return result;
}

function truncateWidth(args: Value[]): Value {
  const string = text(args[0] as Value);
  const columns = count(args[1] as Value, "string/truncate-width");
  const ellipsis = args.length > 2 ? text(args[2] as Value) : "";
  if (width(string) <= columns) return string;
  const space = columns - rawWidth(ellipsis);
  return space < 0 ? fitting(ellipsis, columns) : fitting(string, space) + ellipsis;
}

/** The lines of one paragraph, filled greedily; a word wider than a line is cut and its last piece goes on. */
function wrapParagraph(paragraph: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const flush = (): void => {
    lines.push(line);
    line = "";
    used = 0;
  };
  for (const word of paragraph.split(" ").filter((piece) => piece !== "")) {
    const size = width(word);
    if (line !== "" && used + 1 + size <= columns) {
      line += ` ${word}`;
      used += 1 + size;
      continue;
    }
    if (line !== "") flush();
    if (size <= columns) {
      line = word;
      used = size;
      continue;
    }
    for (const cluster of clusters(word)) {
      const extent = clusterWidth(cluster);
      if (line !== "" && used + extent > columns) flush();
      line += cluster;
      used += extent;
    }
  }
  if (line !== "" || lines.length === 0) flush();
  return lines;
}

function wordWrap(value: Value, size: Value): Value {
  const string = text(value);
  const columns = Math.max(1, count(size, "string/word-wrap"));
  return listOf(string.split("\n").flatMap((paragraph) => wrapParagraph(paragraph, columns)));
}

/** The builtins about terminal columns. */
export const stringWidth: Area = () =>
  pure([
    one("string/width", "The number of terminal columns.", (value) => width(text(value)), [
      '(string/width "日本")',
      "4",
    ]),
    many("string/pad-left", 2, 3, "(string/pad-left s columns [pad]): padded at the left.", (args) => {
      const pad = padding(args);
      return pad + text(args[0] as Value);
    }, ['(string/pad-left "7" 3 "0")', '"007"']),
    many("string/pad-right", 2, 3, "(string/pad-right s columns [pad]): padded at the right.", (args) => {
      const pad = padding(args);
      return text(args[0] as Value) + pad;
    }, ['(string/pad-right "a" 3)', '"a  "']),
    two("string/word-wrap", "(string/word-wrap s columns): a list of lines.", wordWrap, [
      '(string/word-wrap "one two three" 8)',
      '("one two" "three")',
    ]),
    many("string/truncate-width", 2, 3, "(string/truncate-width s columns [ellipsis]): clipped.", truncateWidth, [
      '(string/truncate-width "hello world" 8)',
      '"hello wo"',
    ]),
  ]);
