/** SVG and MathML in a tree of HTML. */
import type { Builder, StartTag } from "./html_builder.ts";
import { BREAKOUT, SVG_ATTRIBUTES, SVG_ELEMENTS } from "./html_names.ts";
import type { Namespace } from "./html_nodes.ts";
import { isHtmlIntegration, isMathText } from "./html_stack.ts";
import type { HtmlToken } from "./html_tokens.ts";

/** Attributes as their language writes them. */
function adjusted(attributes: ReadonlyMap<string, string>, namespace: Namespace): Map<string, string> {
  const names = namespace === "svg" ? SVG_ATTRIBUTES : new Map([["definitionurl", "definitionURL"]]);
  return new Map([...attributes].map(([name, value]) => [names.get(name) ?? name, value]));
}

/** Begins an element of SVG or MathML. */
export function insertForeign(tree: Builder, { name, attributes, selfClosing }: StartTag, namespace: Namespace): void {
  const known = namespace === "svg" ? SVG_ELEMENTS.get(name) ?? name : name;
  tree.insert(known, adjusted(attributes, namespace), namespace);
  if (selfClosing) tree.open.pop();
}

/** Whether a tag of HTML ends what is foreign. */
function breaksOut({ name, attributes }: StartTag): boolean {
  return BREAKOUT.has(name) || (name === "font" && ["color", "face", "size"].some((each) => attributes.has(each)));
}

function leave({ open }: Builder): void {
  while (open.current.namespace !== "html" && !isMathText(open.current) && !isHtmlIntegration(open.current)) open.pop();
}

/** Does what a token asks for where the innermost element is foreign. */
export function processForeign(tree: Builder, token: HtmlToken): void {
  const { open } = tree;
  switch (token.kind) {
    case "text":
      tree.insertText(token.text.replaceAll("\0", "\ufffd"));
      if (/[^\t\n\f\r ]/.test(token.text)) tree.framesetAllowed = false;
      return;
    case "comment":
      return tree.comment(token.text);
    case "doctype":
      return;
    case "start":
      if (!breaksOut(token)) return insertForeign(tree, token, open.current.namespace);
      leave(tree);
      return tree.process(token);
    case "end":
      return endForeign(tree, token.name);
  }
  token satisfies never;
}

function endForeign(tree: Builder, name: string): void {
  const { open } = tree;
  if (name === "br" || name === "p") {
    leave(tree);
    return tree.dispatch(tree.mode, { kind: "end", name });
  }
  for (let i = open.items.length - 1; i > 0; i--) {
    const item = open.items[i];
    if (item === undefined) return;
    if (item.namespace === "html") return tree.dispatch(tree.mode, { kind: "end", name });
    if (item.name.toLowerCase() === name) {
      open.items.length = i;
      return;
    }
  }
}
