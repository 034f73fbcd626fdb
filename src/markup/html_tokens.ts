/** HTML as a sequence of tags, texts and comments (HTML Living Standard §13.2.5). Mistakes have no consequence but their own. */
import { decodeHtml } from "./entities.ts";

/** A piece of a document. */
export type HtmlToken =
  | {
    readonly kind: "start";
    readonly name: string;
    readonly attributes: Map<string, string>;
    readonly selfClosing: boolean;
  }
  | { readonly kind: "end"; readonly name: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "comment"; readonly text: string }
  | { readonly kind: "doctype"; readonly name: string; readonly publicId: string; readonly hasSystemId: boolean };

/** How the text of an element is read: with or without character references; to its closing tag, or to the end. */
export type RawMode = "rcdata" | "rawtext" | "script" | "plaintext";

const SPACE = /[\t\n\f ]/;
const NAME = /[^\t\n\f />]*/y;
const ATTRIBUTE_NAME = /=?[^\t\n\f />=]*/y;
const UNQUOTED = /[^\t\n\f >]*/y;

/** An angle bracket that is no text. */
const MARKUP = /<(?=[a-zA-Z!?]|\/.)/gs;

/** What matches a sticky pattern at a place. */
function matched(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? "";
}

/** Names are ASCII where they matter. */
function lower(name: string): string {
  return name.replace(/[A-Z]+/g, (upper) => upper.toLowerCase()).replaceAll("\0", "\ufffd");
}

/** Reads one document, piece by piece. */
export class HtmlTokenizer {
  readonly #source: string;
  #at = 0;
  #raw: { readonly mode: RawMode; readonly name: string } | null = null;
  /** Whether the tree is in SVG or MathML, where there are sections of plain text. */
  foreign = false;

  constructor(source: string) {
    this.#source = source.replace(/\r\n?/g, "\n");
  }

  /** Reads the text of an element that has just begun in another way. */
  readRaw(mode: RawMode, name: string): void {
    this.#raw = { mode, name };
  }

  /** Passes over the end of a line, if one comes next. */
  skipNewline(): void {
    if (this.#source.charAt(this.#at) === "\n") this.#at++;
  }

  /** The next piece; null at the end. */
  next(): HtmlToken | null {
    const source = this.#source;
    while (this.#at < source.length) {
      if (this.#raw !== null) {
        const text = this.#rawText();
        if (text !== "") return { kind: "text", text };
        continue;
      }
      const start = this.#at;
      MARKUP.lastIndex = start;
      const end = MARKUP.exec(source)?.index ?? source.length;
      if (end === start) {
        const token = this.#markup();
        if (token === "nothing") continue;
        return token;
      }
      this.#at = end;
      return { kind: "text", text: decodeHtml(source.slice(start, this.#at), false) };
    }
    return null;
  }

  /** The text of an element that is not read as HTML; it ends with the element. */
  #rawText(): string {
    const { mode, name } = this.#raw ?? { mode: "plaintext" as const, name: "" };
    const start = this.#at;
    this.#raw = null;
    this.#at = mode === "plaintext" ? this.#source.length : this.#rawEnd(mode, name, start);
    const text = this.#source.slice(start, this.#at).replaceAll("\0", "\ufffd");
    return mode === "rcdata" ? decodeHtml(text, false) : text;
  }

  #rawEnd(mode: RawMode, name: string, start: number): number {
    const tag = new RegExp(
      mode === "script" ? "<!--|-->|<(/?)script(?=[\\t\\n\\f />])" : `<(/)${name}(?=[\\t\\n\\f />])`,
      "gi",
    );
    tag.lastIndex = start;
    // In a comment of a script, a script that begins has to end before the whole does.
    let [comment, inner] = [false, false];
    for (let found = tag.exec(this.#source); found !== null; found = tag.exec(this.#source)) {
      const [text, slash] = found;
      if (text === "<!--") {
        comment = true;
        // Its end may share the signs of its beginning.
        tag.lastIndex -= 2;
      } else if (text === "-->") [comment, inner] = [false, false];
      else if (slash === "") inner = comment;
      else if (!inner) return found.index;
      else inner = false;
    }
    return this.#source.length;
  }

  /** What an angle bracket begins. */
  #markup(): HtmlToken | "nothing" {
    const source = this.#source;
    const start = this.#at;
    const next = source.charAt(start + 1);
    if (next === "/") {
      const first = source.charAt(start + 2);
      if (/[a-zA-Z]/.test(first)) return this.#tag("end", start + 2);
      if (first !== ">") return this.#bogus(start + 2);
      this.#at = start + 3;
      return "nothing";
    }
    if (next === "?") return this.#bogus(start + 1);
    if (next !== "!") return this.#tag("start", start + 1);
    if (source.startsWith("--", start + 2)) return this.#comment(start + 4);
    if (/^doctype$/i.test(source.slice(start + 2, start + 9))) return this.#doctype(start + 9);
    if (this.foreign && source.startsWith("[CDATA[", start + 2)) {
      const end = source.indexOf("]]>", start + 9);
      this.#at = end < 0 ? source.length : end + 3;
      const text = source.slice(start + 9, end < 0 ? source.length : end);
      return text === "" ? "nothing" : { kind: "text", text };
    }
    return this.#bogus(start + 2);
  }

  /** A comment that does not look like one: it ends with the next angle bracket. */
  #bogus(from: number): HtmlToken {
    const end = this.#source.indexOf(">", from);
    this.#at = end < 0 ? this.#source.length : end + 1;
    return { kind: "comment", text: this.#source.slice(from, end < 0 ? undefined : end).replaceAll("\0", "\ufffd") };
  }

  #comment(from: number): HtmlToken {
    const source = this.#source;
    const short = /^-?>/.exec(source.slice(from, from + 2));
    if (short !== null) {
      this.#at = from + short[0].length;
      return { kind: "comment", text: "" };
    }
    const end = /--!?>/g;
    end.lastIndex = from;
    const found = end.exec(source);
    this.#at = found === null ? source.length : end.lastIndex;
    const text = found === null ? source.slice(from).replace(/--?!?$/, "") : source.slice(from, found.index);
    return { kind: "comment", text: text.replaceAll("\0", "\ufffd") };
  }

  #doctype(from: number): HtmlToken {
    const end = this.#source.indexOf(">", from);
    this.#at = end < 0 ? this.#source.length : end + 1;
    const text = this.#source.slice(from, end < 0 ? undefined : end);
    const [, name = "", rest = ""] = /^[\t\n\f ]*([^\t\n\f ]*)(.*)$/s.exec(text) ?? [];
    const known = /^[\t\n\f ]*public[\t\n\f ]*(?:"([^"]*)"|'([^']*)')(.*)$/is.exec(rest);
    const system = known === null ? /^[\t\n\f ]*system/i.test(rest) : /["']/.test(known[3] ?? "");
    return { kind: "doctype", name: lower(name), publicId: known?.[1] ?? known?.[2] ?? "", hasSystemId: system };
  }

  #tag(kind: "start" | "end", from: number): HtmlToken | "nothing" {
    const source = this.#source;
    const name = matched(NAME, source, from);
    const attributes: Map<string, string> = new Map();
    let at = from + name.length;
    let selfClosing = false;
    for (;;) {
      while (SPACE.test(source.charAt(at))) at++;
      const character = source.charAt(at);
      if (character === "") {
        // A tag that does not end is none.
        this.#at = source.length;
        return "nothing";
      }
      if (character === ">") break;
      if (character === "/") {
        selfClosing = source.charAt(at + 1) === ">";
        at++;
        continue;
      }
      const attribute = matched(ATTRIBUTE_NAME, source, at);
      at += attribute.length;
      const [value, end] = this.#value(at);
      if (end < 0) {
        this.#at = source.length;
        return "nothing";
      }
      at = end;
      const key = lower(attribute);
      if (!attributes.has(key)) attributes.set(key, value);
    }
    this.#at = at + 1;
    return kind === "start" ? { kind, name: lower(name), attributes, selfClosing } : { kind, name: lower(name) };
  }

  /** The value of an attribute behind its name, and where it ends; -1 where it does not. */
  #value(from: number): readonly [value: string, end: number] {
    const source = this.#source;
    let at = from;
    while (SPACE.test(source.charAt(at))) at++;
    if (source.charAt(at) !== "=") return ["", from];
    at++;
    while (SPACE.test(source.charAt(at))) at++;
    const quote = source.charAt(at);
    const decoded = (text: string) => decodeHtml(text.replaceAll("\0", "\ufffd"), true);
    if (quote === '"' || quote === "'") {
      const end = source.indexOf(quote, at + 1);
      return end < 0 ? ["", -1] : [decoded(source.slice(at + 1, end)), end + 1];
    }
    const text = matched(UNQUOTED, source, at);
    return [decoded(text), at + text.length];
  }
}
