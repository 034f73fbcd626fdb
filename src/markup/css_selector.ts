/** Selectors of CSS as they are read (Selectors Level 4): a text becomes the steps by which elements are found. */

/** A selector that is none; the message says why. */
export class SelectorError extends Error {}

/** What an element is asked. */
export type Test =
  | { readonly kind: "name"; readonly name: string }
  | {
    readonly kind: "attribute";
    readonly name: string;
    readonly relation: Relation;
    readonly value: string;
    readonly folded: boolean;
  }
  | {
    readonly kind: "position";
    readonly step: number;
    readonly offset: number;
    readonly fromEnd: boolean;
    readonly ofType: boolean;
  }
  | { readonly kind: "any"; readonly selectors: readonly Selector[]; readonly negated: boolean }
  | { readonly kind: "has"; readonly selectors: readonly Relative[] }
  | { readonly kind: "state"; readonly state: State };

/** How the value of an attribute is compared; `""`: it only has to be there. */
export type Relation = "" | "=" | "~=" | "|=" | "^=" | "$=" | "*=";
/** Questions without arguments that are no positions. */
export type State = "root" | "empty" | "link" | "checked" | "disabled" | "enabled";
/** How an element lies to the one before it in a selector. */
export type Combinator = " " | ">" | "+" | "~";

/** A selector: the tests of the element itself, and what another one before it has to be. */
export interface Selector {
  readonly tests: readonly Test[];
  readonly before: { readonly combinator: Combinator; readonly selector: Selector } | null;
}

/** A selector of what lies somewhere from another element. */
export interface Relative {
  readonly combinator: Combinator;
  readonly selector: Selector;
}

const STATES: Readonly<Record<string, State>> = {
  "root": "root",
  "empty": "empty",
  "link": "link",
  "any-link": "link",
  "checked": "checked",
  "disabled": "disabled",
  "enabled": "enabled",
};

interface Place {
  readonly fromEnd: boolean;
  readonly ofType: boolean;
}

const first: Place = { fromEnd: false, ofType: false };
const last: Place = { fromEnd: true, ofType: false };
const firstOfType: Place = { fromEnd: false, ofType: true };
const lastOfType: Place = { fromEnd: true, ofType: true };

/** Positions without arguments. */
const FIXED: Readonly<Record<string, readonly Place[]>> = {
  "first-child": [first],
  "last-child": [last],
  "only-child": [first, last],
  "first-of-type": [firstOfType],
  "last-of-type": [lastOfType],
  "only-of-type": [firstOfType, lastOfType],
};

/** Positions by a number or a formula. */
const COUNTED: Readonly<Record<string, Place>> = {
  "nth-child": first,
  "nth-last-child": last,
  "nth-of-type": firstOfType,
  "nth-last-of-type": lastOfType,
};

/** Selectors lie in each other at most so deep. */
const DEEPEST = 32;

const NAME = /(?:--|-?(?:[a-zA-Z_\u0080-\uffff]|\\[^\n]))(?:[\w\u0080-\uffff-]|\\[^\n])*/y;
const HASH = /#((?:[\w\u0080-\uffff-]|\\[^\n])+)/y;
const SPACE = /[ \t\r\n\f]*/y;
const FORMULA = /(?:(even|odd)|([+-]?\d*)n(?:[ \t\r\n\f]*([+-])[ \t\r\n\f]*(\d+))?|([+-]?\d+))/iy;
const STRING = /"((?:[^"\\\n]|\\[^])*)"|'((?:[^'\\\n]|\\[^])*)'/y;
const RELATION = /[~|^$*]?=/y;

/** A name or string without backslashes: what follows one is a number in base 16, or stands for itself. */
function unescaped(text: string): string {
  return text.replace(/\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|([^]))/g, (_, digits, character) => {
    if (digits === undefined) return character === "\n" ? "" : character;
    const code = parseInt(digits, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : "\ufffd";
  });
}

class Parser {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  whole(): readonly Selector[] {
    const selectors = this.#list(() => this.#selector());
    if (this.#at < this.#source.length) this.#fail();
    return selectors;
  }

  #fail(reason?: string): never {
    const found = this.#source.slice(this.#at, this.#at + 20);
    throw new SelectorError(reason ?? (found === "" ? "it ends too early" : `unexpected ${JSON.stringify(found)}`));
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  /** Whether a text comes next, which is read. */
  #sees(text: string): boolean {
    const there = this.#source.startsWith(text, this.#at);
    if (there) this.#at += text.length;
    return there;
  }

  #list<T>(item: () => T): readonly T[] {
    const items: T[] = [];
    do {
      this.#match(SPACE);
      items.push(item());
      this.#match(SPACE);
    } while (this.#sees(","));
    return items;
  }

  #selector(): Selector {
    let selector: Selector = { tests: this.#compound(), before: null };
    for (;;) {
      const combinator = this.#combinator();
      if (combinator === null) return selector;
      selector = { tests: this.#compound(), before: { combinator, selector } };
    }
  }

  /** The sign between two elements; null where the selector ends. */
  #combinator(): Combinator | null {
    const spaced = (this.#match(SPACE)?.[0] ?? "") !== "";
    for (const sign of [">", "+", "~"] as const) {
      if (!this.#sees(sign)) continue;
      this.#match(SPACE);
      return sign;
    }
    const next = this.#source.charAt(this.#at);
    return spaced && next !== "" && next !== "," && next !== ")" ? " " : null;
  }

  #compound(): readonly Test[] {
    const start = this.#at;
    const tests: Test[] = [];
    const name = this.#sees("*") ? null : this.#match(NAME)?.[0] ?? null;
    if (name !== null) tests.push({ kind: "name", name: unescaped(name) });
    for (let test = this.#test(); test !== null; test = this.#test()) tests.push(...test);
    if (this.#at === start) this.#fail();
    return tests;
  }

  #test(): readonly Test[] | null {
    const id = this.#match(HASH)?.[1];
    if (id !== undefined) {
      return [{ kind: "attribute", name: "id", relation: "=", value: unescaped(id), folded: false }];
    }
    if (this.#sees(".")) {
      const name = this.#match(NAME)?.[0] ?? this.#fail();
      return [{ kind: "attribute", name: "class", relation: "~=", value: unescaped(name), folded: false }];
    }
    if (this.#sees("[")) return [this.#attribute()];
    return this.#sees(":") ? this.#pseudo() : null;
  }

  #attribute(): Test {
    this.#match(SPACE);
    const name = unescaped(this.#match(NAME)?.[0] ?? this.#fail());
    this.#match(SPACE);
    const relation = (this.#match(RELATION)?.[0] ?? "") as Relation;
    if (relation === "") {
      if (!this.#sees("]")) this.#fail();
      return { kind: "attribute", name, relation, value: "", folded: false };
    }
    this.#match(SPACE);
    const string = this.#match(STRING);
    const value = unescaped(string === null ? this.#match(NAME)?.[0] ?? this.#fail() : string[1] ?? string[2] ?? "");
    this.#match(SPACE);
    const folded = this.#sees("i") || this.#sees("I");
    if (!folded && !this.#sees("s")) this.#sees("S");
    this.#match(SPACE);
    if (!this.#sees("]")) this.#fail();
    return { kind: "attribute", name, relation, value, folded };
  }

  #pseudo(): readonly Test[] {
    const name = (this.#match(NAME)?.[0] ?? this.#fail()).toLowerCase();
    const state = Object.hasOwn(STATES, name) ? STATES[name] : undefined;
    if (state !== undefined) return [{ kind: "state", state }];
    const fixed = Object.hasOwn(FIXED, name) ? FIXED[name] : undefined;
    if (fixed !== undefined) return fixed.map((place) => ({ kind: "position", step: 0, offset: 1, ...place }));
    if (!this.#sees("(")) this.#fail(`:${name} is not known`);
    if (++this.#depth > DEEPEST) this.#fail("it is too deep");
    const test = this.#called(name);
    this.#match(SPACE);
    if (!this.#sees(")")) this.#fail();
    this.#depth--;
    return [test];
  }

  #called(name: string): Test {
    const place = Object.hasOwn(COUNTED, name) ? COUNTED[name] : undefined;
    if (place !== undefined) return { kind: "position", ...this.#formula(), ...place };
    switch (name) {
      case "not":
      case "is":
      case "where":
        return { kind: "any", selectors: this.#list(() => this.#selector()), negated: name === "not" };
      case "has":
        return {
          kind: "has",
          selectors: this.#list((): Relative => {
            const combinator = this.#combinator() ?? " ";
            return { combinator, selector: this.#selector() };
          }),
        };
      default:
        return this.#fail(`:${name}() is not known`);
    }
  }

  #formula(): { readonly step: number; readonly offset: number } {
    this.#match(SPACE);
    const [, word, factor, sign = "", constant = "0", fixed] = this.#match(FORMULA) ?? this.#fail();
    if (word !== undefined) return { step: 2, offset: word.toLowerCase() === "odd" ? 1 : 0 };
    if (fixed !== undefined) return { step: 0, offset: Number(fixed) };
    const step = factor === "" || factor === "+" ? 1 : factor === "-" ? -1 : Number(factor);
    return { step, offset: Number(`${sign}${constant}`) };
  }
}

/** The selectors of a text, separated by commas. Throws a {@link SelectorError}. */
export function parseSelectors(source: string): readonly Selector[] {
  return new Parser(source).whole();
}
