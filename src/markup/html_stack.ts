/** What is open while a tree of HTML is built: elements, and formatting that begins again where it was not closed. */
import { BUTTON_SCOPE, IMPLIED, SCOPE, SPECIAL, TABLE_SCOPE } from "./html_names.ts";
import type { HtmlElement } from "./html_nodes.ts";

/** How deep elements lie in each other: further ones are put beside the deepest, as browsers do. */
const DEEPEST = 512;
/** So much formatting begins again at a time: more would make documents of a quadratic size. */
const MOST_FORMATTING = 64;

/** MathML and SVG elements in which HTML goes on. */
const MATH_TEXT: ReadonlySet<string> = new Set(["mi", "mo", "mn", "ms", "mtext"]);
const SVG_HTML: ReadonlySet<string> = new Set(["foreignObject", "desc", "title"]);

/** Whether the text of an element of MathML is HTML. */
export function isMathText({ name, namespace }: HtmlElement): boolean {
  return namespace === "math" && MATH_TEXT.has(name);
}

/** Whether what is in an element of SVG or MathML is HTML. */
export function isHtmlIntegration({ name, namespace, attributes }: HtmlElement): boolean {
  if (namespace === "svg") return SVG_HTML.has(name);
  const encoding = attributes.get("encoding")?.toLowerCase();
  return name === "annotation-xml" && namespace === "math" &&
    (encoding === "text/html" || encoding === "application/xhtml+xml");
}

/** Whether formatting does not reach through an element. */
export function isSpecial(element: HtmlElement): boolean {
  if (element.namespace === "html") return SPECIAL.has(element.name);
  return isMathText(element) || (element.namespace === "svg" && SVG_HTML.has(element.name)) ||
    (element.namespace === "math" && element.name === "annotation-xml");
}

/** The elements that are open, the outermost first. */
export class OpenElements {
  readonly items: HtmlElement[] = [];

  /** The innermost. */
  get current(): HtmlElement {
    const last = this.items.at(-1);
    if (last === undefined) throw new Error("no element is open");
    return last;
  }

  push(element: HtmlElement): void {
    this.items.push(element);
  }

  pop(): void {
    this.items.pop();
  }

  /** Whether there is no room for another one. */
  get full(): boolean {
    return this.items.length >= DEEPEST;
  }

  /** Takes one out, wherever it is. */
  remove(element: HtmlElement): void {
    const at = this.items.lastIndexOf(element);
    if (at >= 0) this.items.splice(at, 1);
  }

  has(element: HtmlElement): boolean {
    return this.items.includes(element);
  }

  /** Whether an element of one of some names is open, and nothing lies between that bounds what is looked for. */
  inScope(wanted: (element: HtmlElement) => boolean, bounds: ReadonlySet<string> = SCOPE): boolean {
    for (let i = this.items.length - 1; i >= 0; i--) {
      const element = this.items[i];
      if (element === undefined) return false;
      if (wanted(element)) return true;
      const { name, namespace } = element;
      if (namespace === "html") {
        if (bounds.has(name)) return false;
      } else if (bounds !== TABLE_SCOPE) {
        const isAnnotation = name === "annotation-xml" && namespace === "math";
        if (isMathText(element) || isHtmlIntegration(element) || isAnnotation) return false;
      }
    }
    return false;
  }

  /** The same for one name of HTML. */
  hasInScope(name: string, bounds: ReadonlySet<string> = SCOPE): boolean {
    return this.inScope((element) => element.is(name), bounds);
  }

  /** Whether a paragraph is open that a block ends. */
  get inParagraph(): boolean {
    return this.hasInScope("p", BUTTON_SCOPE);
  }

  /** Closes elements until one has been closed that is wanted. */
  popUntil(wanted: (element: HtmlElement) => boolean): void {
    while (this.items.length > 1) {
      const element = this.items.pop();
      if (element === undefined || wanted(element)) return;
    }
  }

  /** Closes elements until one of some names of HTML is the innermost. */
  popTo(names: ReadonlySet<string>): void {
    while (this.items.length > 1) {
      const { name, namespace } = this.current;
      if (namespace === "html" && names.has(name)) return;
      this.items.pop();
    }
  }

  /** Closes elements that end without being told, but one of a name. */
  closeImplied(except = "", implied: ReadonlySet<string> = IMPLIED): void {
    for (let { current } = this; this.items.length > 1; current = this.current) {
      if (current.namespace !== "html" || current.name === except || !implied.has(current.name)) return;
      this.items.pop();
    }
  }
}

/** Formatting that has not been closed; null where what comes does not see what is in front. */
export class Formatting {
  items: (HtmlElement | null)[] = [];

  /** Adds an element; of several that are the same, only the last three count. */
  push(element: HtmlElement): void {
    const same: number[] = [];
    for (let i = this.items.length - 1; i >= 0; i--) {
      const item = this.items[i] ?? null;
      if (item === null) break;
      if (isSame(item, element)) same.push(i);
    }
    const oldest = same[2];
    if (oldest !== undefined) this.items.splice(oldest, 1);
    const first = this.items.lastIndexOf(null) + 1;
    if (this.items.length - first >= MOST_FORMATTING) this.items.splice(first, 1);
    this.items.push(element);
  }

  /** What comes does not see what is here. */
  mark(): void {
    this.items.push(null);
  }

  /** What comes sees again what was in front of the last mark. */
  clear(): void {
    this.items.length = Math.max(0, this.items.lastIndexOf(null));
  }

  /** The innermost of a name, behind the last mark. */
  find(name: string): HtmlElement | null {
    for (let i = this.items.length - 1; i >= 0; i--) {
      const item = this.items[i] ?? null;
      if (item === null) return null;
      if (item.name === name) return item;
    }
    return null;
  }

  remove(element: HtmlElement): void {
    const at = this.items.lastIndexOf(element);
    if (at >= 0) this.items.splice(at, 1);
  }
}

function isSame(a: HtmlElement, b: HtmlElement): boolean {
  return a.name === b.name && a.namespace === b.namespace && a.attributes.size === b.attributes.size &&
    [...a.attributes].every(([name, value]) => b.attributes.get(name) === value);
}
