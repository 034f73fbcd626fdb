/** The modes of building a tree of HTML in tables, in lists to select from, and in templates. */
import { endInBody, startInBody } from "./html_body.ts";
import { type Builder, type Mode, start, type StartTag, type Tag } from "./html_builder.ts";
import { inHead } from "./html_head.ts";
import { TABLE_PARTS, TABLE_SCOPE } from "./html_names.ts";
import type { HtmlElement } from "./html_nodes.ts";

const CELLS: ReadonlySet<string> = new Set(["td", "th"]);
const SECTIONS: ReadonlySet<string> = new Set(["tbody", "tfoot", "thead"]);
const ROW_CONTEXT: ReadonlySet<string> = new Set(["tr", "template", "html"]);
const SECTION_CONTEXT: ReadonlySet<string> = new Set(["tbody", "tfoot", "thead", "template", "html"]);
const TABLE_CONTEXT: ReadonlySet<string> = new Set(["table", "template", "html"]);
/** Elements that a template may have, and the modes in which they are read. */
const IN_TEMPLATE: Readonly<Record<string, Mode>> = {
  caption: "in table",
  colgroup: "in table",
  tbody: "in table",
  tfoot: "in table",
  thead: "in table",
  col: "in column group",
  tr: "in table body",
  td: "in row",
  th: "in row",
};

const isCell = ({ name, namespace }: HtmlElement): boolean => namespace === "html" && CELLS.has(name);
const isSection = ({ name, namespace }: HtmlElement): boolean => namespace === "html" && SECTIONS.has(name);

/** What a tag does in the body. */
export function inBody(tree: Builder, tag: Tag): void {
  if (tag.kind === "start") startInBody(tree, tag);
  else endInBody(tree, tag);
}

/** What is misplaced in a table goes in front of it. */
function misplaced(tree: Builder, tag: Tag): void {
  tree.fostering = true;
  inBody(tree, tag);
  tree.fostering = false;
}

/** Begins an element that the document leaves out, in which the tag is then read. */
function beginIn(tree: Builder, context: ReadonlySet<string>, tag: StartTag, mode: Mode): void {
  tree.open.popTo(context);
  tree.insertTag(tag);
  tree.mode = mode;
}

/** Directly in a table. */
export function inTable(tree: Builder, tag: Tag): void {
  const { name } = tag;
  const { open } = tree;
  if (tag.kind === "end") {
    if (name === "template") return tree.endTemplate();
    if (name === "table") {
      if (!open.hasInScope("table", TABLE_SCOPE)) return;
      open.popUntil((element) => element.is("table"));
      return tree.resetMode();
    }
    if (TABLE_PARTS.has(name) || name === "body" || name === "html") return;
    return misplaced(tree, tag);
  }
  switch (name) {
    case "caption":
      beginIn(tree, TABLE_CONTEXT, tag, "in caption");
      return tree.formatting.mark();
    case "colgroup":
      return beginIn(tree, TABLE_CONTEXT, tag, "in column group");
    case "col":
      beginIn(tree, TABLE_CONTEXT, start("colgroup"), "in column group");
      return tree.process(tag);
    case "tbody":
    case "tfoot":
    case "thead":
      return beginIn(tree, TABLE_CONTEXT, tag, "in table body");
    case "td":
    case "th":
    case "tr":
      beginIn(tree, TABLE_CONTEXT, start("tbody"), "in table body");
      return tree.process(tag);
    case "table":
      if (!open.hasInScope("table", TABLE_SCOPE)) return;
      open.popUntil((element) => element.is("table"));
      tree.resetMode();
      return tree.process(tag);
    case "style":
    case "script":
    case "template":
      return inHead(tree, tag);
    case "input":
      if (tag.attributes.get("type")?.toLowerCase() !== "hidden") return misplaced(tree, tag);
      return tree.insertVoid(tag);
    case "form":
      if (tree.templates.length > 0 || tree.form !== null) return;
      tree.form = tree.insertTag(tag);
      return open.pop();
    default:
      return misplaced(tree, tag);
  }
}

/** In the caption of a table. */
export function inCaption(tree: Builder, tag: Tag): void {
  const { name } = tag;
  const isPart = TABLE_PARTS.has(name);
  const ends = tag.kind === "start" ? isPart : name === "caption" || name === "table";
  if (!ends) {
    if (tag.kind === "end" && (isPart || name === "body" || name === "html")) return;
    return inBody(tree, tag);
  }
  if (!tree.open.hasInScope("caption", TABLE_SCOPE)) return;
  tree.open.closeImplied();
  tree.open.popUntil((element) => element.is("caption"));
  tree.formatting.clear();
  tree.mode = "in table";
  if (tag.kind === "start" || name === "table") tree.process(tag);
}

/** In a group of columns. */
export function inColumnGroup(tree: Builder, tag: Tag): void {
  const { name } = tag;
  if (tag.kind === "start" && name === "col") return tree.insertVoid(tag);
  if (name === "template") return inHead(tree, tag);
  if (tag.kind === "end" && name === "col") return;
  if (!tree.open.current.is("colgroup")) return;
  tree.open.pop();
  tree.mode = "in table";
  if (tag.kind === "start" || name !== "colgroup") tree.process(tag);
}

/** In a section of a table. */
export function inTableBody(tree: Builder, tag: Tag): void {
  const { name } = tag;
  const { open } = tree;
  if (tag.kind === "start") {
    if (name === "tr") return beginIn(tree, SECTION_CONTEXT, tag, "in row");
    if (CELLS.has(name)) {
      beginIn(tree, SECTION_CONTEXT, start("tr"), "in row");
      return tree.process(tag);
    }
  } else if (SECTIONS.has(name)) {
    if (!open.hasInScope(name, TABLE_SCOPE)) return;
    open.popTo(SECTION_CONTEXT);
    open.pop();
    tree.mode = "in table";
    return;
  }
  const ends = tag.kind === "start" ? TABLE_PARTS.has(name) : name === "table";
  if (!ends) return inTable(tree, tag);
  if (!open.inScope(isSection, TABLE_SCOPE)) return;
  open.popTo(SECTION_CONTEXT);
  open.pop();
  tree.mode = "in table";
  tree.process(tag);
}

/** In a row of a table. */
export function inRow(tree: Builder, tag: Tag): void {
  const { name } = tag;
  const { open } = tree;
  if (tag.kind === "start" && CELLS.has(name)) {
    beginIn(tree, ROW_CONTEXT, tag, "in cell");
    return tree.formatting.mark();
  }
  const isRowEnd = tag.kind === "end" && name === "tr";
  const ends = tag.kind === "start" ? TABLE_PARTS.has(name) : isRowEnd || name === "table" || SECTIONS.has(name);
  if (!ends) {
    if (tag.kind === "end" && CELLS.has(name)) return;
    return inTable(tree, tag);
  }
  if (tag.kind === "end" && SECTIONS.has(name) && !open.hasInScope(name, TABLE_SCOPE)) return;
  if (!open.hasInScope("tr", TABLE_SCOPE)) return;
  open.popTo(ROW_CONTEXT);
  open.pop();
  tree.mode = "in table body";
  if (!isRowEnd) tree.process(tag);
}

function closeCell(tree: Builder): void {
  tree.open.closeImplied();
  tree.open.popUntil(isCell);
  tree.formatting.clear();
  tree.mode = "in row";
}

/** In a cell of a table. */
export function inCell(tree: Builder, tag: Tag): void {
  const { name } = tag;
  const { open } = tree;
  if (tag.kind === "start") {
    if (!TABLE_PARTS.has(name)) return startInBody(tree, tag);
    if (!open.inScope(isCell, TABLE_SCOPE)) return;
    closeCell(tree);
    return tree.process(tag);
  }
  if (CELLS.has(name)) {
    if (!open.hasInScope(name, TABLE_SCOPE)) return;
    open.closeImplied();
    open.popUntil((element) => element.is(name));
    tree.formatting.clear();
    tree.mode = "in row";
    return;
  }
  if (["body", "caption", "col", "colgroup", "html"].includes(name)) return;
  if (name !== "table" && name !== "tr" && !SECTIONS.has(name)) return endInBody(tree, tag);
  if (!open.hasInScope(name, TABLE_SCOPE)) return;
  closeCell(tree);
  tree.process(tag);
}

/** Whether a list to select from is open around the innermost element, and nothing but its parts between. */
function inSelectScope({ open }: Builder): boolean {
  for (const element of open.items.toReversed()) {
    if (element.is("select")) return true;
    if (!element.is("optgroup") && !element.is("option")) return false;
  }
  return false;
}

function closeSelect(tree: Builder): void {
  tree.open.popUntil((element) => element.is("select"));
  tree.resetMode();
}

/** In a list to select from. */
export function inSelect(tree: Builder, tag: Tag): void {
  const { name } = tag;
  const { open } = tree;
  if (
    tree.selectInTable &&
    (name === "caption" || name === "table" || name === "tr" || CELLS.has(name) || SECTIONS.has(name))
  ) {
    if (tag.kind === "end" && !open.hasInScope(name, TABLE_SCOPE)) return;
    closeSelect(tree);
    return tree.process(tag);
  }
  if (name === "template" || (tag.kind === "start" && name === "script")) return inHead(tree, tag);
  if (tag.kind === "end") {
    if (name === "optgroup" && open.current.is("option") && open.items.at(-2)?.is("optgroup") === true) open.pop();
    if ((name === "optgroup" || name === "option") && open.current.is(name)) open.pop();
    if (name === "select" && inSelectScope(tree)) closeSelect(tree);
    return;
  }
  switch (name) {
    case "option":
    case "optgroup":
    case "hr":
      if (open.current.is("option")) open.pop();
      if (name !== "option" && open.current.is("optgroup")) open.pop();
      if (name === "hr") return tree.insertVoid(tag);
      return void tree.insertTag(tag);
    case "select":
      if (inSelectScope(tree)) closeSelect(tree);
      return;
    case "input":
    case "keygen":
    case "textarea":
      if (!inSelectScope(tree)) return;
      closeSelect(tree);
      return tree.process(tag);
    default: // Nothing else may be in there.
  }
}

/** Directly in a template. */
export function inTemplate(tree: Builder, tag: Tag): void {
  if (tag.kind === "end") return tag.name === "template" ? tree.endTemplate() : undefined;
  const head = ["base", "basefont", "bgsound", "link", "meta", "noframes", "script", "style", "template", "title"];
  if (head.includes(tag.name)) return inHead(tree, tag);
  const mode = (Object.hasOwn(IN_TEMPLATE, tag.name) ? IN_TEMPLATE[tag.name] : undefined) ?? "in body";
  tree.templates.pop();
  tree.templates.push(mode);
  tree.mode = mode;
  tree.process(tag);
}
