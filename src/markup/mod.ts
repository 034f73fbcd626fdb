/**
 * Markdown and HTML. In: a document as text. Out: HTML, or what is asked of it. Imports nothing and knows nothing of values.
 * No document takes much more than linear time, nor a deep stack of the host.
 */
export { SelectorError } from "./css_selector.ts";
export { htmlText, normalHtml, selectHtml, selectHtmlText } from "./html.ts";
export { markdownHeadings, markdownToHtml } from "./markdown.ts";
