/** The nodes of documents in HTML, and how they are written. */
import { escapeText } from "./entities.ts";

/** The languages that elements belong to. */
export type Namespace = "html" | "svg" | "math";

/** An element, or the document itself, whose name is empty. */
export class HtmlElement {
  readonly name: string;
  readonly namespace: Namespace;
  readonly attributes: ReadonlyMap<string, string>;
  children: HtmlNode[] = [];
  parent: HtmlElement | null = null;

  constructor(name: string, attributes: ReadonlyMap<string, string>, namespace: Namespace = "html") {
    this.name = name;
    this.attributes = attributes;
    this.namespace = namespace;
  }

  /** Whether it is that element of HTML itself. */
  is(name: string): boolean {
    return this.name === name && this.namespace === "html";
  }

  /** Adds a node at the end, or in front of a child. */
  add(node: HtmlNode, before: HtmlNode | null = null): void {
    if (node instanceof HtmlElement) node.parent = this;
    if (before === null) this.children.push(node);
    else this.children.splice(this.children.lastIndexOf(before), 0, node);
  }

  /** Takes it out of its parent. */
  detach(): void {
    const { parent } = this;
    if (parent === null) return;
    parent.children.splice(parent.children.lastIndexOf(this), 1);
    this.parent = null;
  }
}

/** A text. */
export class HtmlText {
  text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What is neither: a comment, or what says which HTML this is; as it is written. */
export class HtmlMark {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** Anything in a document. */
export type HtmlNode = HtmlElement | HtmlText | HtmlMark;

/** Elements that have no content and no closing tag. */
const VOID: ReadonlySet<string> = new Set(
  "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split(" "),
);

/** Elements whose text is no HTML. */
const RAW: ReadonlySet<string> = new Set("style script xmp iframe noembed noframes plaintext noscript".split(" "));

/** A text between tags. */
function escapedContent(text: string): string {
  return text.replace(/[&\u00a0<>]/g, (special) => special === "\u00a0" ? "&nbsp;" : escapeText(special));
}

/** A text in quotes. */
function escapedAttribute(text: string): string {
  return text.replace(/[&\u00a0"<>]/g, (special) => special === "\u00a0" ? "&nbsp;" : escapeText(special));
}

function openingTag({ name, attributes }: HtmlElement): string {
  const written = [...attributes].map(([name, value]) => ` ${name}="${escapedAttribute(value)}"`).join("");
  return `<${name}${written}>`;
}

/** A node and everything in it as HTML. Documents may be deep: there is no recursion. */
export function outerHtml(top: HtmlNode): string {
  const parts: string[] = [];
  /** What is to be written, the next last; strings as they are. */
  const left: (HtmlNode | string)[] = [top];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (typeof node === "string") parts.push(node);
    else if (node instanceof HtmlMark) parts.push(node.source);
    else if (node instanceof HtmlText) parts.push(escapedContent(node.text));
    else {
      if (node.name !== "") parts.push(openingTag(node));
      if (node.namespace === "html" && VOID.has(node.name)) continue;
      if (node.name !== "") left.push(`</${node.name}>`);
      const raw = node.namespace === "html" && RAW.has(node.name);
      for (const child of node.children.toReversed()) {
        left.push(raw && child instanceof HtmlText ? child.text : child);
      }
    }
  }
  return parts.join("");
}

/** The elements below one, in the order of the document; those that `enter` is false of are left out with what is in them. */
export function* elementsIn(
  top: HtmlElement,
  enter: (element: HtmlElement) => boolean = () => true,
): Generator<HtmlElement> {
  const left: HtmlElement[] = [top];
  for (let element = left.pop(); element !== undefined; element = left.pop()) {
    if (element !== top) yield element;
    if (!enter(element)) continue;
    for (const child of element.children.toReversed()) if (child instanceof HtmlElement) left.push(child);
  }
}

/** The texts in an element, in order; those in elements that `enter` is false of are left out. */
export function textsIn(top: HtmlElement, enter: (element: HtmlElement) => boolean): string[] {
  const texts: string[] = [];
  const left: HtmlNode[] = [top];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node instanceof HtmlText) texts.push(node.text);
    else if (node instanceof HtmlElement && (node === top || enter(node))) {
      for (const child of node.children.toReversed()) left.push(child);
    }
  }
  return texts;
}
