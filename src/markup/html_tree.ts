/**
 * Trees of documents in HTML, built as browsers do it (HTML Living Standard §13.2.6): every text is a document, whatever is
 * wrong with it. Scripts count as enabled, so that the content of `noscript` is text.
 */
import { Builder, type Rules } from "./html_builder.ts";
import { processForeign } from "./html_foreign.ts";
import { addText, afterBody, afterHead, beforeHead, beforeHtml, doctype, inFrameset, inHead } from "./html_head.ts";
import type { HtmlElement } from "./html_nodes.ts";
import {
  inBody,
  inCaption,
  inCell,
  inColumnGroup,
  inRow,
  inSelect,
  inTable,
  inTableBody,
  inTemplate,
} from "./html_tables.ts";

const TAGS: Rules["tags"] = {
  "initial": (tree, tag) => {
    tree.quirks = true;
    tree.mode = "before html";
    tree.process(tag);
  },
  "before html": beforeHtml,
  "before head": beforeHead,
  "in head": inHead,
  "after head": afterHead,
  "in body": inBody,
  "text": (tree) => {
    tree.open.pop();
    tree.mode = tree.after;
  },
  "in table": inTable,
  "in caption": inCaption,
  "in column group": inColumnGroup,
  "in table body": inTableBody,
  "in row": inRow,
  "in cell": inCell,
  "in select": inSelect,
  "in template": inTemplate,
  "after body": afterBody,
  "after root": afterBody,
  "in frameset": inFrameset,
  "after frameset": inFrameset,
  "after frames": inFrameset,
};

const RULES: Rules = { tags: TAGS, text: addText, doctype, foreign: processForeign };

/** The document that a text in HTML is. */
export function parseHtml(source: string): HtmlElement {
  return new Builder(source, RULES).build();
}
