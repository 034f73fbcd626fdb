/**
 * The building of a tree of HTML: what is known of it at any moment, and the steps that all of its modes consist of. What the
 * modes do about tags and texts is elsewhere: `html_head.ts`, `html_body.ts`, `html_tables.ts`, `html_foreign.ts`.
 */
import { THOROUGHLY_IMPLIED } from "./html_names.ts";
import { HtmlElement, HtmlMark, HtmlText, type Namespace } from "./html_nodes.ts";
import { Formatting, isHtmlIntegration, isMathText, OpenElements } from "./html_stack.ts";
import { type HtmlToken, HtmlTokenizer, type RawMode } from "./html_tokens.ts";

/** Where the building of a tree is. */
export type Mode =
  | "initial"
  | "before html"
  | "before head"
  | "in head"
  | "after head"
  | "in body"
  | "text"
  | "in table"
  | "in caption"
  | "in column group"
  | "in table body"
  | "in row"
  | "in cell"
  | "in select"
  | "in template"
  | "after body"
  | "after root"
  | "in frameset"
  | "after frameset"
  | "after frames";

/** A tag that begins an element. */
export type StartTag = Extract<HtmlToken, { kind: "start" }>;
/** A tag that ends one. */
export type EndTag = Extract<HtmlToken, { kind: "end" }>;
/** Either. */
export type Tag = StartTag | EndTag;

/** What the modes do. */
export interface Rules {
  readonly tags: Readonly<Record<Mode, (tree: Builder, tag: Tag, mode: Mode) => void>>;
  readonly text: (tree: Builder, mode: Mode, text: string) => void;
  readonly doctype: (tree: Builder, doctype: Extract<HtmlToken, { kind: "doctype" }>) => void;
  /** For what is in SVG and MathML. */
  readonly foreign: (tree: Builder, token: HtmlToken) => void;
}

/** None. */
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** A tag that a document leaves out. */
export function start(name: string): StartTag {
  return { kind: "start", name, attributes: new Map(), selfClosing: false };
}

/** The same at the end of an element. */
export function end(name: string): EndTag {
  return { kind: "end", name };
}

/** Elements in which other things than parts of tables are misplaced. */
export const TABLE_TARGETS: ReadonlySet<string> = new Set(["table", "tbody", "tfoot", "thead", "tr"]);

/** The modes in which a comment is not in the root. */
const OUTSIDE: ReadonlySet<Mode> = new Set(["initial", "before html", "after root", "after frames"]);

/** The modes in elements. */
const MODES: Readonly<Record<string, Mode>> = {
  select: "in select",
  td: "in cell",
  th: "in cell",
  tr: "in row",
  tbody: "in table body",
  thead: "in table body",
  tfoot: "in table body",
  caption: "in caption",
  colgroup: "in column group",
  table: "in table",
  head: "in head",
  body: "in body",
  frameset: "in frameset",
};

/** A tree that is being built. */
export class Builder {
  readonly document: HtmlElement = new HtmlElement("", NO_ATTRIBUTES);
  readonly tokens: HtmlTokenizer;
  readonly rules: Rules;
  readonly open: OpenElements = new OpenElements();
  readonly formatting: Formatting = new Formatting();
  /** The modes that templates are in, the innermost last. */
  readonly templates: Mode[] = [];
  mode: Mode = "initial";
  /** Where a raw text leads back to. */
  after: Mode = "in body";
  head: HtmlElement | null = null;
  form: HtmlElement | null = null;
  /** The document is read as old browsers did. */
  quirks = false;
  /** Nothing has come that a frameset must not replace. */
  framesetAllowed = true;
  /** The list to select from lies in a table, whose parts end it. */
  selectInTable = false;
  /** What is misplaced in a table is put in front of it. */
  fostering = false;

  constructor(source: string, rules: Rules) {
    this.tokens = new HtmlTokenizer(source);
    this.rules = rules;
  }

  /** Reads the whole document. */
  build(): HtmlElement {
    for (let token = this.tokens.next(); token !== null; token = this.tokens.next()) {
      this.process(token);
      this.tokens.foreign = this.open.items.length > 0 && this.open.current.namespace !== "html";
    }
    // What is missing comes into being.
    if (this.open.items.length === 0) this.insertRoot(new Map());
    const root = this.open.items[0];
    if (root !== undefined && this.head === null) root.add(new HtmlElement("head", NO_ATTRIBUTES));
    const hasBody = root?.children.some((node) =>
      node instanceof HtmlElement && (node.is("body") || node.is("frameset"))
    );
    if (root !== undefined && hasBody !== true) root.add(new HtmlElement("body", NO_ATTRIBUTES));
    return this.document;
  }

  /** Does what a token asks for. */
  process(token: HtmlToken): void {
    if (this.#isForeign(token)) return this.rules.foreign(this, token);
    this.dispatch(this.mode, token);
  }

  /** Does what a token asks for in some mode. */
  dispatch(mode: Mode, token: HtmlToken): void {
    switch (token.kind) {
      case "comment": {
        const root = this.open.items[0] ?? null;
        const outside = OUTSIDE.has(mode) ? this.document : null;
        return this.comment(token.text, mode === "after body" ? root : outside);
      }
      case "doctype":
        return mode === "initial" ? this.rules.doctype(this, token) : undefined;
      case "text":
        return this.rules.text(this, mode, token.text);
      case "start":
        if (token.name === "html" && this.open.items.length > 0 && mode !== "in template") {
          if (this.templates.length === 0) this.addAttributes(this.open.items[0], token.attributes);
          return;
        }
        return this.rules.tags[mode](this, token, mode);
      case "end":
        return this.rules.tags[mode](this, token, mode);
    }
    token satisfies never;
  }

  #isForeign(token: HtmlToken): boolean {
    if (this.open.items.length === 0) return false;
    const { current } = this.open;
    if (current.namespace === "html") return false;
    const isTag = token.kind === "start";
    if (isMathText(current) && (token.kind === "text" || (isTag && !["mglyph", "malignmark"].includes(token.name)))) {
      return false;
    }
    if (current.name === "annotation-xml" && isTag && token.name === "svg") return false;
    return !(isHtmlIntegration(current) && (token.kind === "text" || isTag));
  }

  /** Where the next node goes: its parent, and what it is put in front of. */
  place(target: HtmlElement = this.open.current): readonly [parent: HtmlElement, before: HtmlElement | null] {
    if (!this.fostering || !(target.namespace === "html" && TABLE_TARGETS.has(target.name))) return [target, null];
    const { items } = this.open;
    for (let i = items.length - 1; i > 0; i--) {
      const item = items[i];
      if (item?.is("template") === true) return [item, null];
      if (item?.is("table") !== true) continue;
      if (item.parent !== null) return [item.parent, item];
      return [items[i - 1] ?? this.document, null];
    }
    return [items[0] ?? this.document, null];
  }

  insertText(text: string): void {
    if (text === "") return;
    const [parent, before] = this.place();
    const at = before === null ? parent.children.length : parent.children.lastIndexOf(before);
    const last = parent.children[at - 1];
    if (last instanceof HtmlText) last.text += text;
    else parent.add(new HtmlText(text), before);
  }

  comment(text: string, parent: HtmlElement | null = null): void {
    const mark = new HtmlMark(`<!--${text}-->`);
    if (parent !== null) return parent.add(mark);
    const [target, before] = this.place();
    target.add(mark, before);
  }

  /** Begins an element. */
  insert(name: string, attributes: ReadonlyMap<string, string>, namespace: Namespace = "html"): HtmlElement {
    if (this.open.full) this.open.pop();
    const element = new HtmlElement(name, attributes, namespace);
    const [parent, before] = this.place();
    parent.add(element, before);
    this.open.push(element);
    return element;
  }

  insertTag({ name, attributes }: StartTag): HtmlElement {
    return this.insert(name, attributes);
  }

  insertVoid(tag: StartTag): void {
    this.insertTag(tag);
    this.open.pop();
  }

  insertRoot(attributes: ReadonlyMap<string, string>): void {
    const root = new HtmlElement("html", attributes);
    this.document.add(root);
    this.open.push(root);
    this.mode = "before head";
  }

  beginHead(tag: StartTag): void {
    this.head = this.insertTag(tag);
    this.mode = "in head";
  }

  /** Ends a template, and everything in it. */
  endTemplate(): void {
    if (this.templates.length === 0) return;
    this.open.closeImplied("", THOROUGHLY_IMPLIED);
    this.open.popUntil((element) => element.is("template"));
    this.formatting.clear();
    this.templates.pop();
    this.resetMode();
  }

  /** Finds the mode again by what is open. */
  resetMode(): void {
    const { items } = this.open;
    for (let i = items.length - 1; i >= 0; i--) {
      const element = items[i];
      const mode = element === undefined ? null : this.#modeIn(element);
      if (mode === null) continue;
      this.mode = mode;
      const bound = items.slice(0, i).findLast((outer) => outer.is("table") || outer.is("template"));
      if (mode === "in select") this.selectInTable = bound?.is("table") === true;
      return;
    }
    this.mode = "in body";
  }

  #modeIn({ name, namespace }: HtmlElement): Mode | null {
    if (namespace !== "html") return null;
    if (name === "template") return this.templates.at(-1) ?? "in body";
    if (name === "html") return this.head === null ? "before head" : "after head";
    return Object.hasOwn(MODES, name) ? MODES[name] ?? null : null;
  }

  /** Adds attributes that an element does not have. */
  addAttributes(element: HtmlElement | undefined, attributes: ReadonlyMap<string, string>): void {
    if (element === undefined) return;
    const own = element.attributes as Map<string, string>;
    for (const [name, value] of attributes) if (!own.has(name)) own.set(name, value);
  }

  rawText(tag: StartTag, mode: RawMode): void {
    this.insertTag(tag);
    this.tokens.readRaw(mode, tag.name);
    this.after = this.mode;
    this.mode = "text";
  }

  closeParagraph(): void {
    if (!this.open.inParagraph) return;
    this.open.closeImplied("p");
    this.open.popUntil((element) => element.is("p"));
  }

  /** Begins formatting again that was not closed. */
  reconstruct(): void {
    const { items } = this.formatting;
    let from = items.length;
    for (; from > 0; from--) {
      const item = items[from - 1] ?? null;
      if (item === null || this.open.has(item)) break;
    }
    for (; from < items.length; from++) {
      const item = items[from] ?? null;
      if (item !== null) items[from] = this.insert(item.name, new Map(item.attributes));
    }
  }
}
