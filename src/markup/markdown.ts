/**
 * Markdown as HTML, by CommonMark 0.31 without extensions. HTML in the text stays as it is, and links lead wherever they say:
 * what comes from strangers is not safe to be shown.
 */
import { escapeText } from "./entities.ts";
import type { Block } from "./markdown_block.ts";
import { type Document, parseBlocks } from "./markdown_blocks.ts";
import { parseInlines, type Piece, type References } from "./markdown_inlines.ts";
import type { Target } from "./markdown_links.ts";

/** Characters that references may add to a document which is shorter than that. */
const LEAST_EXPANSION = 100_000;

/** The references of a document, as long as what they add is not out of proportion. */
function limited({ references }: Document, length: number): References {
  let left = Math.max(length, LEAST_EXPANSION);
  return {
    get: (name): Target | undefined => {
      const target = references.get(name);
      if (target === undefined) return undefined;
      left -= target.destination.length + target.title.length;
      return left < 0 ? undefined : target;
    },
  };
}

/** The start of a link or image. */
function opened(tag: "a href" | "img src", { destination }: Target): string {
  return `<${tag}="${escapeText(destination)}"`;
}

function titleOf({ title }: Target): string {
  return title === "" ? "" : ` title="${escapeText(title)}"`;
}

/** Pieces as HTML. */
function inlineHtml(pieces: readonly Piece[]): string {
  let html = "";
  /** The links and images that are open. In an image, there is text alone. */
  const open: Piece[] = [];
  let images = 0;
  for (const piece of pieces) {
    if (images === 0) html += piece.ends.map((name) => `</${name}>`).join("");
    switch (piece.kind) {
      case "text":
        html += escapeText(piece.text);
        break;
      case "code":
        html += images > 0 ? escapeText(piece.text) : `<code>${escapeText(piece.text)}</code>`;
        break;
      case "html":
        if (images === 0) html += piece.text;
        break;
      case "softbreak":
        html += "\n";
        break;
      case "linebreak":
        html += images > 0 ? "\n" : "<br />\n";
        break;
      case "link":
        open.push(piece);
        if (images === 0 && piece.target !== null) html += `${opened("a href", piece.target)}${titleOf(piece.target)}>`;
        break;
      case "image":
        open.push(piece);
        if (images++ === 0 && piece.target !== null) html += `${opened("img src", piece.target)} alt="`;
        break;
      case "end": {
        const start = open.pop();
        if (start?.kind === "image") {
          if (--images === 0 && start.target !== null) html += `"${titleOf(start.target)} />`;
        } else if (images === 0) html += "</a>";
        break;
      }
      default:
        piece.kind satisfies never;
    }
    if (images === 0) html += piece.begins.map((name) => `<${name}>`).join("");
  }
  return html;
}

/** Writes blocks, each on lines of its own. */
class Writer {
  readonly #references: References;
  readonly #parts: string[] = [];
  #last = "\n";

  constructor(references: References) {
    this.#references = references;
  }

  get html(): string {
    return this.#parts.join("");
  }

  #write(text: string): void {
    if (text === "") return;
    this.#parts.push(text);
    this.#last = text.charAt(text.length - 1);
  }

  /** Begins a line, if it is not begun. */
  #line(text = ""): void {
    if (this.#last !== "\n") this.#write("\n");
    this.#write(text);
  }

  #inlines({ text }: Block): string {
    return inlineHtml(parseInlines(text, this.#references));
  }

  write(block: Block): void {
    switch (block.kind) {
      case "document":
        return this.#inside(block);
      case "quote":
        this.#line("<blockquote>\n");
        this.#inside(block);
        return this.#line("</blockquote>\n");
      case "list": {
        const start = block.marker?.start ?? null;
        const tag = start === null ? "ul" : "ol";
        this.#line(start === null || start === 1 ? `<${tag}>\n` : `<${tag} start="${start}">\n`);
        this.#inside(block);
        return this.#line(`</${tag}>\n`);
      }
      case "item":
        this.#write("<li>");
        this.#inside(block);
        return this.#write("</li>\n");
      case "heading":
        return this.#line(`<h${block.level}>${this.#inlines(block)}</h${block.level}>\n`);
      case "rule":
        return this.#line("<hr />\n");
      case "code": {
        const [language = ""] = block.info.split(/\s/);
        const known = language === "" ? "" : ` class="language-${escapeText(language)}"`;
        return this.#line(`<pre><code${known}>${escapeText(block.text)}</code></pre>\n`);
      }
      case "html":
        return this.#line(`${block.text}\n`);
      case "paragraph": {
        if (block.dropped) return;
        const list = block.parent?.parent;
        if (list?.kind === "list" && list.tight) return this.#write(this.#inlines(block));
        return this.#line(`<p>${this.#inlines(block)}</p>\n`);
      }
    }
    return block.kind satisfies never;
  }

  #inside(block: Block): void {
    for (const child of block.children) this.write(child);
  }
}

/** A document in Markdown as HTML. `spend` is told of work beyond what the length of the text accounts for. */
export function markdownToHtml(source: string, spend: (units: number) => void): string {
  const document = parseBlocks(source, spend);
  const writer = new Writer(limited(document, source.length));
  writer.write(document.root);
  return writer.html;
}

/** A heading of a document. */
export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  /** Its words. */
  readonly text: string;
}

/** The headings of a document in Markdown, in order. */
export function markdownHeadings(source: string, spend: (units: number) => void): readonly Heading[] {
  const document = parseBlocks(source, spend);
  const references = limited(document, source.length);
  const found: Heading[] = [];
  const visit = (block: Block): void => {
    if (block.kind === "heading") {
      const words = parseInlines(block.text, references).map(({ kind, text }) => {
        if (kind === "softbreak" || kind === "linebreak") return " ";
        return kind === "text" || kind === "code" ? text : "";
      });
      found.push({ level: block.level, text: words.join("").trim().replace(/\s+/g, " ") });
    }
    block.children.forEach(visit);
  };
  visit(document.root);
  return found;
}
