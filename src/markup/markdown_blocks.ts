/**
 * The structure of a document in Markdown (CommonMark 0.31, appendix "A parsing strategy", phase 1): in a text, out the
 * tree of its blocks and the references that it defines. What stands inside of paragraphs and headings is not looked at.
 *
 * Blocks lie in each other at most {@link DEEPEST} deep, so that no document takes quadratic time or a deep stack: further
 * marks are text.
 */
import { CLOSE_TAG, OPEN_TAG } from "./html_syntax.ts";
import { Block, type BlockKind, type ListMarker } from "./markdown_block.ts";
import { CODE_INDENT, isBlankCharacter, Line } from "./markdown_line.ts";
import { definition, type Target, unescaped } from "./markdown_links.ts";

/** How deep blocks lie in each other. */
const DEEPEST = 200;

/** A document that has been taken apart. */
export interface Document {
  readonly root: Block;
  /** By name. */
  readonly references: ReadonlyMap<string, Target>;
}

const HTML_NAMES =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|" +
  "fieldset|figcaption|figure|footer|form|frame|frameset|h[123456]|head|header|hr|html|iframe|legend|li|link|main|menu|" +
  "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul";

/** How blocks of HTML begin and end; the end null: with a blank line. */
const HTML: readonly (readonly [begin: RegExp, end: RegExp | null])[] = [
  [/^<(?:script|pre|textarea|style)(?:\s|>|$)/i, /<\/(?:script|pre|textarea|style)>/i],
  [/^<!--/, /-->/],
  [/^<[?]/, /\?>/],
  [/^<![A-Za-z]/, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [new RegExp(`^</?(?:${HTML_NAMES})(?:\\s|/?>|$)`, "i"), null],
];
/** Any tag, alone on its line; it does not interrupt a paragraph. */
const HTML_TAG = new RegExp(`^(?:${OPEN_TAG}|${CLOSE_TAG})[ \\t]*$`);

const RULE = /^(?:\*[ \t]*){3,}$|^(?:_[ \t]*){3,}$|^(?:-[ \t]*){3,}$/;
const HEADING = /^(#{1,6})(?:[ \t]+|$)/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
const FENCE = /^(?:`{3,}(?!.*`)|~{3,})/;
const CLOSING_FENCE = /^(?:`{3,}|~{3,})(?=[ \t]*$)/;
const BULLET = /^[*+-](?=[ \t]|$)/;
const NUMBER = /^(\d{1,9})([.)])(?=[ \t]|$)/;

/** What a block says of a line: it belongs to it, it does not, or it ends with it. */
type Continuation = "inside" | "outside" | "ended";

/** What a line begins: nothing, a block that contains others, or one that does not. */
type Beginning = "nothing" | "container" | "leaf";

/** Takes one document apart, line by line. */
class BlockParser {
  readonly #root: Block = new Block("document", null, 1);
  readonly #references: Map<string, Target> = new Map();
  readonly #paragraphs: Set<Block> = new Set();
  readonly #spend: (units: number) => void;
  /** The innermost block that is open. */
  #tip: Block = this.#root;
  /** The innermost block that the line belongs to. */
  #matched: Block = this.#root;
  /** The innermost block of those before that are still open: inside of `#matched`, or that. */
  #unmatched: Block = this.#root;

  constructor(spend: (units: number) => void) {
    this.#spend = spend;
  }

  /** Takes the next line. */
  add(line: Line): void {
    let container: Block = this.#root;
    for (let inner = container.last; inner?.open === true; inner = container.last) {
      line.look();
      const continuation = this.#continue(inner, line);
      if (continuation === "ended") return;
      if (continuation === "outside") break;
      container = inner;
    }
    this.#spend(container.depth);
    this.#matched = container;
    this.#unmatched = this.#tip;
    for (let inText = container.takesLines && container.kind !== "paragraph"; !inText;) {
      line.look();
      const beginning = this.#begin(container, line);
      if (beginning === "nothing") {
        line.skipSpace();
        break;
      }
      container = this.#tip;
      inText = beginning === "leaf";
    }
    this.#addText(container, line);
  }

  /** Ends the document. */
  end(lines: number): Document {
    for (let block: Block | null = this.#tip; block !== null; block = block.parent) this.#close(block, lines);
    for (const paragraph of this.#paragraphs) {
      const text = paragraph.lines.join("\n");
      const end = this.#define(text);
      paragraph.text = trimmed(text.slice(end));
      paragraph.dropped = end > 0 && paragraph.text === "";
    }
    return { root: this.#root, references: this.#references };
  }

  /** What is left of the line goes to the block that it belongs to, or begins a paragraph. */
  #addText(container: Block, line: Line): void {
    const goesOn = this.#unmatched !== this.#matched && !line.blank && this.#tip.kind === "paragraph";
    if (goesOn) {
      this.#tip.lines.push(line.remainder());
      return;
    }
    this.#closeUnmatched(line);
    if (container.takesLines) {
      container.lines.push(line.remainder());
      if (container.end?.test(line.text.slice(line.offset)) === true) this.#close(container, line.number);
    } else if (!line.blank && line.offset < line.text.length) {
      const paragraph = this.#open("paragraph", line);
      this.#paragraphs.add(paragraph);
      line.skipSpace();
      paragraph.lines.push(line.remainder());
    }
  }

  /** Whether an open block goes on with this line; reads what marks that. */
  #continue(block: Block, line: Line): Continuation {
    switch (block.kind) {
      case "document":
      case "list":
        return "inside";
      case "heading":
      case "rule":
        return "outside";
      case "paragraph":
        return line.blank ? "outside" : "inside";
      case "html":
        return line.blank && block.end === null ? "outside" : "inside";
      case "quote":
        if (line.indented || line.text.charAt(line.next) !== ">") return "outside";
        readQuoteMark(line);
        return "inside";
      case "item": {
        if (line.blank) {
          if (block.children.length === 0) return "outside";
          line.skipSpace();
          return "inside";
        }
        const columns = (block.marker?.offset ?? 0) + (block.marker?.padding ?? 0);
        if (line.indent < columns) return "outside";
        line.skipColumns(columns);
        return "inside";
      }
      case "code":
        return this.#continueCode(block, line);
    }
    return block.kind satisfies never;
  }

  #continueCode(block: Block, line: Line): Continuation {
    const { fence } = block;
    if (fence === null) {
      if (line.indented) line.skipColumns(CODE_INDENT);
      else if (line.blank) line.skipSpace();
      else return "outside";
      return "inside";
    }
    const closing = line.indented || line.text.charAt(line.next) !== fence.sign ? null : CLOSING_FENCE.exec(line.rest);
    if (closing !== null && closing[0].length >= fence.size) {
      this.#close(block, line.number);
      return "ended";
    }
    for (let i = 0; i < fence.offset && isBlankCharacter(line.character); i++) line.skipColumns(1);
    return "inside";
  }

  /** Begins the block, if any, whose mark comes next. */
  #begin(container: Block, line: Line): Beginning {
    if (container.depth >= DEEPEST) return "nothing";
    if (line.indented) {
      if (container.kind === "list" && this.#beginItem(container, line)) return "container";
      if (this.#tip.kind === "paragraph" || line.blank) return "nothing";
      line.skipColumns(CODE_INDENT);
      this.#closeUnmatched(line);
      this.#open("code", line);
      return "leaf";
    }
    const rest = line.rest;
    if (!/^[#`~*+_=<>0-9-]/.test(rest)) return "nothing";
    if (rest.startsWith(">")) {
      readQuoteMark(line);
      this.#closeUnmatched(line);
      this.#open("quote", line);
      return "container";
    }
    if (this.#beginHeading(rest, line) || this.#beginFence(rest, line) || this.#beginHtml(container, rest, line)) {
      return "leaf";
    }
    if (container.kind === "paragraph" && UNDERLINE.test(rest) && this.#underline(container, rest, line)) return "leaf";
    if (RULE.test(rest)) {
      this.#closeUnmatched(line);
      this.#open("rule", line);
      line.skipAll();
      return "leaf";
    }
    return this.#beginItem(container, line) ? "container" : "nothing";
  }

  #beginHeading(rest: string, line: Line): boolean {
    const found = HEADING.exec(rest);
    if (found === null) return false;
    this.#closeUnmatched(line);
    const heading = this.#open("heading", line);
    heading.level = found[1]?.length ?? 1;
    const text = trimmed(rest.slice(found[0].length));
    // Signs at the end are not of the text, if space is in front of them.
    let end = text.length;
    while (text.charAt(end - 1) === "#") end--;
    heading.text = end === 0 || isBlankCharacter(text.charAt(end - 1)) ? trimmed(text.slice(0, end)) : text;
    line.skipAll();
    return true;
  }

  #beginFence(rest: string, line: Line): boolean {
    const found = FENCE.exec(rest);
    if (found === null) return false;
    this.#closeUnmatched(line);
    const code = this.#open("code", line);
    code.fence = { sign: rest.charAt(0), size: found[0].length, offset: line.indent };
    line.skipSpace();
    line.skip(found[0].length);
    return true;
  }

  #beginHtml(container: Block, rest: string, line: Line): boolean {
    if (!rest.startsWith("<")) return false;
    let kind = HTML.find(([begin]) => begin.test(rest));
    if (kind === undefined) {
      const lazy = this.#unmatched !== this.#matched && !line.blank && this.#tip.kind === "paragraph";
      if (container.kind === "paragraph" || lazy || !HTML_TAG.test(rest)) return false;
      kind = [HTML_TAG, null];
    }
    this.#closeUnmatched(line);
    this.#open("html", line).end = kind[1];
    return true;
  }

  /** Makes a heading of a paragraph, unless there is nothing in it but definitions. */
  #underline(paragraph: Block, rest: string, line: Line): boolean {
    const text = paragraph.lines.join("\n");
    const end = this.#define(text);
    if (end >= text.length) return false;
    this.#closeUnmatched(line);
    this.#paragraphs.delete(paragraph);
    const heading = new Block("heading", paragraph.parent, paragraph.firstLine);
    heading.level = rest.startsWith("=") ? 1 : 2;
    heading.text = trimmed(text.slice(end));
    paragraph.parent?.children.splice(-1, 1, heading);
    this.#tip = heading;
    line.skipAll();
    return true;
  }

  #beginItem(container: Block, line: Line): boolean {
    if (line.indent >= CODE_INDENT) return false;
    const marker = readMarker(line, container.kind === "paragraph");
    if (marker === null) return false;
    this.#closeUnmatched(line);
    const { marker: known } = container;
    const same = known !== null && (known.start === null) === (marker.start === null) && known.sign === marker.sign;
    if (this.#tip.kind !== "list" || !same) this.#open("list", line).marker = marker;
    this.#open("item", line).marker = marker;
    return true;
  }

  /** Notes the references that a text begins with defining; where they end. */
  #define(text: string): number {
    let at = 0;
    while (text.charAt(at) === "[") {
      const end = definition(text, at, this.#references);
      if (end < 0) break;
      at = end;
    }
    return at;
  }

  /** Closes what was open before and does not go on. */
  #closeUnmatched(line: Line): void {
    while (this.#unmatched !== this.#matched && this.#unmatched.parent !== null) {
      this.#close(this.#unmatched, line.number - 1);
      this.#unmatched = this.#unmatched.parent;
    }
  }

  #open(kind: BlockKind, line: Line): Block {
    while (!this.#tip.mayContain(kind)) this.#close(this.#tip, line.number - 1);
    const block = new Block(kind, this.#tip, line.number);
    this.#tip.children.push(block);
    return this.#tip = block;
  }

  #close(block: Block, lastLine: number): void {
    block.open = false;
    block.lastLine = lastLine;
    switch (block.kind) {
      case "code":
        finishCode(block);
        break;
      case "html":
        block.text = block.lines.join("\n");
        break;
      case "list":
        block.tight = isTight(block);
        block.lastLine = block.last?.lastLine ?? lastLine;
        break;
      case "item":
        block.lastLine = block.last?.lastLine ?? block.firstLine;
        break;
      default: // Nothing is left to be done for the others.
    }
    if (block.parent !== null) this.#tip = block.parent;
  }
}

function readQuoteMark(line: Line): void {
  line.skipSpace();
  line.skip(1);
  if (isBlankCharacter(line.character)) line.skipColumns(1);
}

/** The marker that comes next; it is read, with the space behind it. Null where there is none. */
function readMarker(line: Line, inParagraph: boolean): ListMarker | null {
  const rest = line.rest;
  const bullet = BULLET.exec(rest);
  const number = bullet === null ? NUMBER.exec(rest) : null;
  const found = bullet ?? number;
  if (found === null) return null;
  const size = found[0].length;
  const start = number === null ? null : Number(number[1]);
  // What interrupts a paragraph is not empty and counts from 1.
  if (inParagraph && ((start !== null && start !== 1) || !/[^ \t]/.test(rest.slice(size)))) return null;
  const offset = line.indent;
  line.skipSpace();
  line.skip(size);
  const [at, column, inTab] = [line.offset, line.column, line.inTab];
  do line.skipColumns(1); while (line.column - column < 5 && isBlankCharacter(line.character));
  const space = line.column - column;
  const empty = line.offset >= line.text.length;
  const sign = number?.[2] ?? rest.charAt(0);
  if (space >= 1 && space < 5 && !empty) return { start, sign, offset, padding: size + space };
  [line.offset, line.column, line.inTab] = [at, column, inTab];
  if (isBlankCharacter(line.character)) line.skipColumns(1);
  return { start, sign, offset, padding: size + 1 };
}

function finishCode(block: Block): void {
  if (block.fence !== null) {
    const [info = "", ...lines] = block.lines;
    block.info = unescaped(trimmed(info));
    block.text = lines.map((line) => `${line}\n`).join("");
    return;
  }
  let count = block.lines.length;
  while (count > 0 && !/[^ \t]/.test(block.lines[count - 1] ?? "")) count--;
  block.text = block.lines.slice(0, count).map((line) => `${line}\n`).join("");
  block.lastLine = block.firstLine + count - 1;
}

/** Whether a blank line is behind a block and in front of the next. */
function isSpaced(block: Block, next: Block | undefined): boolean {
  return next !== undefined && block.lastLine !== next.firstLine - 1;
}

function isTight({ children: items }: Block): boolean {
  return !items.some((item, i) =>
    isSpaced(item, items[i + 1]) || item.children.some((child, k) => isSpaced(child, item.children[k + 1]))
  );
}

/** A text without spaces and tabs at its ends. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && " \t\n".includes(text.charAt(start))) start++;
  while (end > start && " \t\n".includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** The blocks of a document. `spend` is told of work beyond reading each line once. */
export function parseBlocks(source: string, spend: (units: number) => void): Document {
  const lines = source.replaceAll("\0", "\ufffd").split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  const parser = new BlockParser(spend);
  lines.forEach((text, i) => parser.add(new Line(text, i + 1)));
  return parser.end(lines.length);
}
