/** The mode of building a tree of HTML in which most of a document is: the body. */
import { type Builder, end, type EndTag, type Mode, start, type StartTag } from "./html_builder.ts";
import { BLOCKS, CLOSING_BLOCKS, FORMATTING, HEAD, HEADINGS, LIST_SCOPE } from "./html_names.ts";
import { insertForeign } from "./html_foreign.ts";
import { inHead } from "./html_head.ts";
import { HtmlElement } from "./html_nodes.ts";
import { isSpecial } from "./html_stack.ts";

/** What a tag does that begins an element. */
export function startInBody(tree: Builder, tag: StartTag): void {
  const { name } = tag;
  const open = tree.open;
  if (HEAD.has(name) && name !== "noframes") return inHead(tree, tag);
  if (BLOCKS.has(name)) {
    tree.closeParagraph();
    tree.insertTag(tag);
    return;
  }
  if (HEADINGS.has(name)) {
    tree.closeParagraph();
    if (HEADINGS.has(open.current.name)) open.pop();
    tree.insertTag(tag);
    return;
  }
  if (FORMATTING.has(name)) return beginFormatting(tree, tag);
  const special = Object.hasOwn(STARTS, name) ? STARTS[name] : undefined;
  if (special !== undefined) return special(tree, tag);
  tree.reconstruct();
  tree.insertTag(tag);
}

function beginFormatting(tree: Builder, tag: StartTag): void {
  const { name } = tag;
  if (name === "a") {
    const earlier = tree.formatting.find("a");
    if (earlier !== null) {
      endFormatting(tree, "a");
      tree.formatting.remove(earlier);
      tree.open.remove(earlier);
    }
  }
  tree.reconstruct();
  if (name === "nobr" && tree.open.hasInScope("nobr")) {
    endFormatting(tree, "nobr");
    tree.reconstruct();
  }
  tree.formatting.push(tree.insertTag(tag));
}

/** The modes in which a list to select from lies in a table. */
const IN_TABLE: ReadonlySet<Mode> = new Set(["in table", "in caption", "in table body", "in row", "in cell"]);

/** The same rule for several tags. */
function each(names: string, rule: (tree: Builder, tag: StartTag) => void): Record<string, typeof rule> {
  return Object.fromEntries(names.split(" ").map((name) => [name, rule]));
}

/** What tags do that have rules of their own in the body. */
const STARTS: Readonly<Record<string, (tree: Builder, tag: StartTag) => void>> = {
  ...each("caption col colgroup frame head tbody td tfoot th thead tr", () => {}),
  ...each("area br embed img keygen wbr", (tree, tag) => {
    tree.reconstruct();
    tree.insertVoid(tag);
    tree.framesetAllowed = false;
  }),
  ...each("param source track", (tree, tag) => tree.insertVoid(tag)),
  ...each("applet marquee object", (tree, tag) => {
    tree.reconstruct();
    tree.insertTag(tag);
    tree.formatting.mark();
    tree.framesetAllowed = false;
  }),
  ...each("pre listing", (tree, tag) => {
    tree.closeParagraph();
    tree.insertTag(tag);
    tree.tokens.skipNewline();
    tree.framesetAllowed = false;
  }),
  ...each("li", (tree, tag) => beginItem(tree, tag, ["li"])),
  ...each("dd dt", (tree, tag) => beginItem(tree, tag, ["dd", "dt"])),
  ...each("optgroup option", (tree, tag) => {
    if (tree.open.current.is("option")) tree.open.pop();
    tree.reconstruct();
    tree.insertTag(tag);
  }),
  ...each("rb rtc", (tree, tag) => {
    if (tree.open.hasInScope("ruby")) tree.open.closeImplied();
    tree.insertTag(tag);
  }),
  ...each("rp rt", (tree, tag) => {
    if (tree.open.hasInScope("ruby")) tree.open.closeImplied("rtc");
    tree.insertTag(tag);
  }),
  ...each("iframe noembed noframes noscript", (tree, tag) => {
    if (tag.name === "iframe") tree.framesetAllowed = false;
    tree.rawText(tag, "rawtext");
  }),
  ...each("math svg", (tree, tag) => {
    tree.reconstruct();
    insertForeign(tree, tag, tag.name === "svg" ? "svg" : "math");
  }),
  body: (tree, { attributes }) => {
    const body = tree.open.items[1];
    if (body?.is("body") !== true || tree.templates.length > 0) return;
    tree.framesetAllowed = false;
    tree.addAttributes(body, attributes);
  },
  frameset: (tree, tag) => {
    const body = tree.open.items[1];
    if (body?.is("body") !== true || !tree.framesetAllowed) return;
    body.detach();
    tree.open.items.length = 1;
    tree.insertTag(tag);
    tree.mode = "in frameset";
  },
  form: (tree, tag) => {
    const inTemplate = tree.templates.length > 0;
    if (tree.form !== null && !inTemplate) return;
    tree.closeParagraph();
    const form = tree.insertTag(tag);
    if (!inTemplate) tree.form = form;
  },
  plaintext: (tree, tag) => {
    tree.closeParagraph();
    tree.insertTag(tag);
    tree.tokens.readRaw("plaintext", tag.name);
  },
  button: (tree, tag) => {
    if (tree.open.hasInScope("button")) {
      tree.open.closeImplied();
      tree.open.popUntil((element) => element.is("button"));
    }
    tree.reconstruct();
    tree.insertTag(tag);
    tree.framesetAllowed = false;
  },
  table: (tree, tag) => {
    if (!tree.quirks) tree.closeParagraph();
    tree.insertTag(tag);
    tree.framesetAllowed = false;
    tree.mode = "in table";
  },
  input: (tree, tag) => {
    tree.reconstruct();
    tree.insertVoid(tag);
    if (tag.attributes.get("type")?.toLowerCase() !== "hidden") tree.framesetAllowed = false;
  },
  hr: (tree, tag) => {
    tree.closeParagraph();
    tree.insertVoid(tag);
    tree.framesetAllowed = false;
  },
  image: (tree, tag) => tree.process({ ...tag, name: "img" }),
  textarea: (tree, tag) => {
    tree.rawText(tag, "rcdata");
    tree.tokens.skipNewline();
    tree.framesetAllowed = false;
  },
  xmp: (tree, tag) => {
    tree.closeParagraph();
    tree.reconstruct();
    tree.framesetAllowed = false;
    tree.rawText(tag, "rawtext");
  },
  select: (tree, tag) => {
    tree.reconstruct();
    tree.insertTag(tag);
    tree.framesetAllowed = false;
    tree.selectInTable = IN_TABLE.has(tree.mode);
    tree.mode = "in select";
  },
};

function beginItem(tree: Builder, tag: StartTag, names: readonly string[]): void {
  tree.framesetAllowed = false;
  const { items } = tree.open;
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i];
    if (item === undefined) break;
    const { name } = item;
    if (item.namespace === "html" && names.includes(name)) {
      tree.open.closeImplied(name);
      tree.open.popUntil((element) => element.is(name));
      break;
    }
    if (isSpecial(item) && !["address", "div", "p"].includes(name)) break;
  }
  tree.closeParagraph();
  tree.insertTag(tag);
}

/** What a tag does that ends an element. */
export function endInBody(tree: Builder, { name }: EndTag): void {
  const open = tree.open;
  if (FORMATTING.has(name)) return endFormatting(tree, name);
  if (name === "template") return tree.endTemplate();
  if (name === "body" || name === "html") {
    if (!open.hasInScope("body")) return;
    tree.mode = "after body";
    if (name === "html") tree.process(end(name));
    return;
  }
  if (name === "p") {
    if (!open.inParagraph) tree.insertTag(start("p"));
    return tree.closeParagraph();
  }
  if (name === "br") return startInBody(tree, start("br"));
  if (name === "form") return endForm(tree);
  if (HEADINGS.has(name)) {
    const heading = (element: HtmlElement) => element.namespace === "html" && HEADINGS.has(element.name);
    if (!open.inScope(heading)) return;
    open.closeImplied();
    return open.popUntil(heading);
  }
  const isObject = name === "applet" || name === "marquee" || name === "object";
  if (CLOSING_BLOCKS.has(name) || isObject || name === "li" || name === "dd" || name === "dt") {
    if (!open.hasInScope(name, name === "li" ? LIST_SCOPE : undefined)) return;
    open.closeImplied(name === "li" || name === "dd" || name === "dt" ? name : "");
    open.popUntil((element) => element.is(name));
    if (isObject) tree.formatting.clear();
    return;
  }
  endOther(tree, name);
}

function endOther(tree: Builder, name: string): void {
  const { items } = tree.open;
  for (let i = items.length - 1; i > 0; i--) {
    const item = items[i];
    if (item === undefined) return;
    if (item.is(name)) {
      tree.open.closeImplied(name);
      items.length = Math.min(items.length, i);
      return;
    }
    if (isSpecial(item)) return;
  }
}

function endForm(tree: Builder): void {
  const open = tree.open;
  if (tree.templates.length > 0) {
    if (!open.hasInScope("form")) return;
    open.closeImplied();
    return open.popUntil((element) => element.is("form"));
  }
  const form = tree.form;
  tree.form = null;
  if (form === null || !open.inScope((element) => element === form)) return;
  open.closeImplied();
  open.remove(form);
}

/** Ends formatting that other elements may lie across ("adoption agency algorithm"). */
function endFormatting(tree: Builder, name: string): void {
  const { current } = tree.open;
  if (current.is(name) && !tree.formatting.items.includes(current)) return tree.open.pop();
  for (let i = 0; i < 8; i++) {
    const element = tree.formatting.find(name);
    if (element === null) return endOther(tree, name);
    const { items } = tree.open;
    const at = items.lastIndexOf(element);
    if (at < 0) return tree.formatting.remove(element);
    if (!tree.open.inScope((each) => each === element)) return;
    const block = items.find((each, k) => k > at && isSpecial(each));
    if (block === undefined) {
      items.length = at;
      return tree.formatting.remove(element);
    }
    adopt(tree, element, block, at);
  }
}

/** Puts an element of formatting into a block that lies in it, and around what is in front of that. */
function adopt(tree: Builder, element: HtmlElement, block: HtmlElement, at: number): void {
  const { items } = tree.open;
  const formatting = tree.formatting;
  const ancestor = items[at - 1] ?? tree.document;
  let bookmark = formatting.items.lastIndexOf(element);
  let last = block;
  let index = items.lastIndexOf(block);
  for (let count = 1; --index > at; count++) {
    let node = items[index];
    if (node === undefined) break;
    const listed = formatting.items.lastIndexOf(node);
    if (listed < 0 || count > 3) {
      if (listed >= 0) {
        formatting.items.splice(listed, 1);
        if (listed < bookmark) bookmark--;
      }
      items.splice(index, 1);
      continue;
    }
    const copy = new HtmlElement(node.name, new Map(node.attributes));
    formatting.items[listed] = items[index] = node = copy;
    if (last === block) bookmark = listed + 1;
    last.detach();
    node.add(last);
    last = node;
  }
  last.detach();
  tree.fostering = true;
  const [parent, before] = tree.place(ancestor);
  tree.fostering = false;
  parent.add(last, before);
  const copy = new HtmlElement(element.name, new Map(element.attributes));
  for (const child of block.children) copy.add(child);
  block.children = [];
  block.add(copy);
  const old = formatting.items.lastIndexOf(element);
  formatting.items.splice(bookmark, 0, copy);
  formatting.items.splice(old < bookmark ? old : old + 1, 1);
  tree.open.remove(element);
  items.splice(items.lastIndexOf(block) + 1, 0, copy);
}
