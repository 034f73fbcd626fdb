/** The modes of building a tree of HTML outside of the body, and what all modes do about text. */
import { type Builder, type Mode, start, type StartTag, TABLE_TARGETS, type Tag } from "./html_builder.ts";
import { HEAD } from "./html_names.ts";
import { HtmlMark } from "./html_nodes.ts";
import type { HtmlToken } from "./html_tokens.ts";

const BLANK = /^[\t\n\f\r ]*/;
/** Documents of these kinds are read as old browsers did, as far as tables in paragraphs go. */
const QUIRKS =
  /^(?:-\/\/(?:W3C\/\/DTD (?:HTML 3|W3 HTML)|W3O|IETF|Netscape|Microsoft|Sun|SoftQuad|WebTechs|AS|Advasoft|O'Reilly|SQ|Spyglass|Metrius|W3C\/\/DTD HTML (?:4\.0 (?:Frameset|Transitional)|Experimental))|HTML$|\+\/\/Silmaril)/i;

/** What says which HTML a document is. */
export function doctype(tree: Builder, { name, publicId, hasSystemId }: Extract<HtmlToken, { kind: "doctype" }>): void {
  tree.document.add(new HtmlMark(`<!DOCTYPE ${name}>`));
  tree.quirks = name !== "html" || QUIRKS.test(publicId) ||
    (!hasSystemId && /^-\/\/W3C\/\/DTD HTML 4\.01 (?:Frameset|Transitional)\/\//i.test(publicId));
  tree.mode = "before html";
}

/** What a text does in some mode. */
export function addText(tree: Builder, mode: Mode, text: string): void {
  const blank = BLANK.exec(text)?.[0] ?? "";
  const rest = text.slice(blank.length);
  switch (mode) {
    case "initial":
    case "before html":
    case "before head":
      if (rest === "") return;
      if (mode === "initial") {
        tree.quirks = true;
        tree.mode = "before html";
      } else if (mode === "before html") tree.insertRoot(new Map());
      else tree.beginHead(start("head"));
      return addText(tree, tree.mode, rest);
    case "in head":
    case "after head":
      tree.insertText(blank);
      if (rest === "") return;
      if (mode === "in head") {
        tree.open.pop();
        tree.mode = "after head";
      } else beginBody(tree, start("body"));
      return addText(tree, tree.mode, rest);
    case "text":
      return tree.insertText(text);
    case "in table":
    case "in table body":
    case "in row":
      if (!TABLE_TARGETS.has(tree.open.current.name)) return bodyText(tree, text);
      if (rest === "") return tree.insertText(text);
      tree.fostering = true;
      bodyText(tree, text);
      tree.fostering = false;
      return;
    case "in column group":
      if (!tree.open.current.is("colgroup")) return tree.insertText(text.replaceAll(/[^\t\n\f\r ]+/g, ""));
      tree.insertText(blank);
      if (rest === "") return;
      tree.open.pop();
      tree.mode = "in table";
      return addText(tree, tree.mode, rest);
    case "in select":
      return tree.insertText(text.replaceAll("\0", ""));
    case "after body":
    case "after root":
      if (rest !== "") tree.mode = "in body";
      return bodyText(tree, text);
    case "in frameset":
    case "after frameset":
    case "after frames":
      return tree.insertText(text.replaceAll(/[^\t\n\f\r ]+/g, ""));
    case "in body":
    case "in caption":
    case "in cell":
    case "in template":
      return bodyText(tree, text);
  }
  mode satisfies never;
}

function bodyText(tree: Builder, text: string): void {
  const kept = text.replaceAll("\0", "");
  if (kept === "") return;
  tree.reconstruct();
  tree.insertText(kept);
  if (/[^\t\n\f\r ]/.test(kept)) tree.framesetAllowed = false;
}

/** In front of the root. */
export function beforeHtml(tree: Builder, tag: Tag): void {
  if (tag.kind === "end" && !["head", "body", "html", "br"].includes(tag.name)) return;
  if (tag.kind === "start" && tag.name === "html") return tree.insertRoot(tag.attributes);
  tree.insertRoot(new Map());
  tree.process(tag);
}

/** In front of the head. */
export function beforeHead(tree: Builder, tag: Tag): void {
  if (tag.kind === "end" && !["head", "body", "html", "br"].includes(tag.name)) return;
  if (tag.kind === "start" && tag.name === "head") return tree.beginHead(tag);
  tree.beginHead(start("head"));
  tree.process(tag);
}

/** In the head. */
export function inHead(tree: Builder, tag: Tag): void {
  const { name } = tag;
  if (tag.kind === "end") {
    if (name === "template") return tree.endTemplate();
    if (name !== "head" && name !== "body" && name !== "html" && name !== "br") return;
  } else {
    if (name === "head") return;
    if (name === "title") return tree.rawText(tag, "rcdata");
    if (name === "noscript" || name === "noframes" || name === "style") return tree.rawText(tag, "rawtext");
    if (name === "script") return tree.rawText(tag, "script");
    if (name === "template") {
      tree.insertTag(tag);
      tree.formatting.mark();
      tree.framesetAllowed = false;
      tree.mode = "in template";
      tree.templates.push("in template");
      return;
    }
    if (HEAD.has(name)) return tree.insertVoid(tag);
  }
  tree.open.pop();
  tree.mode = "after head";
  if (tag.kind === "start" || name !== "head") tree.process(tag);
}

/** Behind the head. */
export function afterHead(tree: Builder, tag: Tag): void {
  const { name } = tag;
  if (tag.kind === "end") {
    if (name === "template") return tree.endTemplate();
    if (!["body", "html", "br"].includes(name)) return;
  } else {
    if (name === "head") return;
    if (name === "body") return beginBody(tree, tag);
    if (name === "frameset") {
      tree.insertTag(tag);
      tree.mode = "in frameset";
      return;
    }
    if (HEAD.has(name) && tree.head !== null) {
      const head = tree.head;
      tree.open.push(head);
      inHead(tree, tag);
      tree.open.remove(head);
      return;
    }
  }
  beginBody(tree, start("body"));
  tree.process(tag);
}

function beginBody(tree: Builder, tag: StartTag): void {
  tree.insertTag(tag);
  if (tag.attributes.size > 0) tree.framesetAllowed = false;
  tree.mode = "in body";
}

/** Behind the body. */
export function afterBody(tree: Builder, tag: Tag): void {
  if (tag.kind === "end" && tag.name === "html" && tree.mode === "after body") {
    tree.mode = "after root";
    return;
  }
  tree.mode = "in body";
  tree.process(tag);
}

/** In a set of frames, or behind it. */
export function inFrameset(tree: Builder, tag: Tag, mode: Mode): void {
  const { name } = tag;
  if (tag.kind === "start") {
    if (name === "noframes") return inHead(tree, tag);
    if (mode !== "in frameset") return;
    if (name === "frameset") tree.insertTag(tag);
    else if (name === "frame") tree.insertVoid(tag);
  } else if (name === "html" && mode === "after frameset") tree.mode = "after frames";
  else if (name === "frameset" && mode === "in frameset" && tree.open.items.length > 1) {
    tree.open.pop();
    if (!tree.open.current.is("frameset")) tree.mode = "after frameset";
  }
}
