/** Whether elements are what selectors of CSS say. */
import type { Combinator, Selector, State, Test } from "./css_selector.ts";
import { elementsIn, HtmlElement, HtmlText } from "./html_nodes.ts";

const FORM_ELEMENTS: ReadonlySet<string> = new Set([
  "button",
  "fieldset",
  "input",
  "optgroup",
  "option",
  "select",
  "textarea",
]);

const CHECKED: ReadonlySet<string> = new Set(["checkbox", "radio"]);

/** Where elements are among those around them, from both ends. */
interface Positions {
  readonly index: number;
  readonly count: number;
}

/** Answers for one document, which does not change meanwhile. */
export class Matcher {
  readonly #spend: (units: number) => void;
  readonly #elements: Map<HtmlElement, readonly HtmlElement[]> = new Map();
  readonly #among: Map<HtmlElement, Positions> = new Map();
  readonly #amongType: Map<HtmlElement, Positions> = new Map();

  /** `spend` is told of every look at an element. */
  constructor(spend: (units: number) => void) {
    this.#spend = spend;
  }

  /** Whether one of some selectors is true of an element. */
  matches(element: HtmlElement, selectors: readonly Selector[]): boolean {
    return selectors.some((selector) => this.#is(element, selector));
  }

  #is(element: HtmlElement, { tests, before }: Selector): boolean {
    this.#spend(1);
    if (!tests.every((test) => this.#test(element, test))) return false;
    if (before === null) return true;
    for (const other of this.#candidates(element, before.combinator)) if (this.#is(other, before.selector)) return true;
    return false;
  }

  /** Elements that lie before another as a combinator says. */
  *#candidates(element: HtmlElement, combinator: Combinator): Generator<HtmlElement> {
    if (combinator === ">" || combinator === " ") {
      for (let parent = element.parent; parent !== null && parent.name !== ""; parent = parent.parent) {
        yield parent;
        if (combinator === ">") return;
      }
      return;
    }
    const { siblings, index } = this.#place(element);
    for (let i = index - 1; i >= 0; i--) {
      const sibling = siblings[i];
      if (sibling !== undefined) yield sibling;
      if (combinator === "+") return;
    }
  }

  /** The elements that have the same parent. */
  #place(element: HtmlElement): { readonly siblings: readonly HtmlElement[]; readonly index: number } {
    const { parent } = element;
    if (parent === null) return { siblings: [element], index: 0 };
    return { siblings: this.#children(parent), index: this.#position(element, false).index };
  }

  #children(parent: HtmlElement): readonly HtmlElement[] {
    let children = this.#elements.get(parent);
    if (children !== undefined) return children;
    children = parent.children.filter((node) => node instanceof HtmlElement);
    this.#elements.set(parent, children);
    const counts: Map<string, number> = new Map();
    for (const { name } of children) counts.set(name, (counts.get(name) ?? 0) + 1);
    const seen: Map<string, number> = new Map();
    for (const [index, child] of children.entries()) {
      const earlier = seen.get(child.name) ?? 0;
      seen.set(child.name, earlier + 1);
      this.#among.set(child, { index, count: children.length });
      this.#amongType.set(child, { index: earlier, count: counts.get(child.name) ?? 1 });
    }
    return children;
  }

  #position(element: HtmlElement, ofType: boolean): Positions {
    if (element.parent !== null) this.#children(element.parent);
    return (ofType ? this.#amongType : this.#among).get(element) ?? { index: 0, count: 1 };
  }

  #test(element: HtmlElement, test: Test): boolean {
    switch (test.kind) {
      case "name":
        return element.name === test.name || element.name.toLowerCase() === test.name.toLowerCase();
      case "attribute":
        return hasAttribute(element, test);
      case "position": {
        const { index, count } = this.#position(element, test.ofType);
        const distance = (test.fromEnd ? count - index : index + 1) - test.offset;
        return test.step === 0 ? distance === 0 : distance % test.step === 0 && distance / test.step >= 0;
      }
      case "any":
        return this.matches(element, test.selectors) !== test.negated;
      case "has":
        return test.selectors.some(({ combinator, selector }) => this.#has(element, combinator, selector));
      case "state":
        return hasState(element, test.state);
    }
    return test satisfies never;
  }

  #has(element: HtmlElement, combinator: Combinator, selector: Selector): boolean {
    const found = (other: HtmlElement) => this.#is(other, selector);
    if (combinator === " ") {
      for (const inner of elementsIn(element)) if (found(inner)) return true;
      return false;
    }
    if (combinator === ">") return this.#children(element).some(found);
    const { siblings, index } = this.#place(element);
    const next = siblings[index + 1];
    return combinator === "+" ? next !== undefined && found(next) : siblings.slice(index + 1).some(found);
  }
}

function hasAttribute(element: HtmlElement, test: Extract<Test, { kind: "attribute" }>): boolean {
  // HTML's own are in lower case, those of SVG are not.
  const given = element.attributes.get(test.name) ?? element.attributes.get(test.name.toLowerCase());
  if (given === undefined) return false;
  const [own, value] = test.folded ? [given.toLowerCase(), test.value.toLowerCase()] : [given, test.value];
  switch (test.relation) {
    case "":
      return true;
    case "=":
      return own === value;
    case "~=":
      return value !== "" && own.split(/[ \t\r\n\f]+/).includes(value);
    case "|=":
      return own === value || own.startsWith(`${value}-`);
    case "^=":
      return value !== "" && own.startsWith(value);
    case "$=":
      return value !== "" && own.endsWith(value);
    case "*=":
      return value !== "" && own.includes(value);
  }
  return test.relation satisfies never;
}

function hasState(element: HtmlElement, state: State): boolean {
  const { name, attributes, parent, children } = element;
  switch (state) {
    case "root":
      return parent?.name === "";
    case "empty":
      return children.every((node) =>
        !(node instanceof HtmlElement) && !(node instanceof HtmlText && node.text !== "")
      );
    case "link":
      return (name === "a" || name === "area") && attributes.has("href");
    case "checked":
      return (name === "input" && CHECKED.has(attributes.get("type") ?? "") && attributes.has("checked")) ||
        (name === "option" && attributes.has("selected"));
    case "disabled":
      return FORM_ELEMENTS.has(name) && attributes.has("disabled");
    case "enabled":
      return FORM_ELEMENTS.has(name) && !attributes.has("disabled");
  }
  return state satisfies never;
}
