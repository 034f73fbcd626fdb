/** Markdown and HTML: the areas of this folder, each a table of declarations. */
export { markdown } from "./markdown.ts";
