/** What is asked of documents in HTML: their normal form, what selectors find in them, and their text. */
import { Matcher } from "./css_matching.ts";
import { parseSelectors } from "./css_selector.ts";
import { elementsIn, type HtmlElement, outerHtml, textsIn } from "./html_nodes.ts";
import { parseHtml } from "./html_tree.ts";

/** Elements whose text nobody sees. */
const UNSEEN: ReadonlySet<string> = new Set([
  "script",
  "style",
  "template",
  "noscript",
  "noframes",
  "iframe",
  "noembed",
  "head",
  "title",
]);

const isSeen = ({ name, namespace }: HtmlElement): boolean => namespace !== "html" || !UNSEEN.has(name);
/** Templates are documents of their own. */
const isContent = (element: HtmlElement): boolean => !element.is("template");

function collapsed(texts: readonly string[]): string {
  return texts.join(" ").replace(/\s+/gu, " ").trim();
}

/** A document with everything that its text leaves out, and without its mistakes. */
export function normalHtml(source: string): string {
  return outerHtml(parseHtml(source));
}

/** The text of a document that people see, its white space collapsed. */
export function htmlText(source: string): string {
  return collapsed(textsIn(parseHtml(source), isSeen));
}

/** The elements that selectors find in a document, in its order. Throws a `SelectorError`. */
function found(source: string, selector: string, spend: (units: number) => void): HtmlElement[] {
  const selectors = parseSelectors(selector);
  const matcher = new Matcher(spend);
  return [...elementsIn(parseHtml(source), isContent)].filter((element) => matcher.matches(element, selectors));
}

/** The elements that a selector of CSS finds in a document, as HTML. Throws a `SelectorError`. `spend` is told of the work. */
export function selectHtml(source: string, selector: string, spend: (units: number) => void): readonly string[] {
  return found(source, selector, spend).map((element) => {
    const html = outerHtml(element);
    spend(html.length);
    return html;
  });
}

/** The same as text, its white space collapsed. */
export function selectHtmlText(source: string, selector: string, spend: (units: number) => void): readonly string[] {
  return found(source, selector, spend).map((element) => {
    const text = collapsed(textsIn(element, () => true));
    spend(text.length);
    return text;
  });
}
