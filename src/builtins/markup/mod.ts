/** Markdown and HTML: the areas of this folder, each a table of declarations. */
export { html } from "./html.ts";
export { markdown } from "./markdown.ts";
