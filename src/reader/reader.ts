/**
 * Tokens to forms. Recursive descent: brackets and prefixes are each limited to {@link NESTING_LIMIT} levels, so bad
 * input cannot exhaust the host's stack.
 *
 * Prefixes and f-strings read as lists with an ordinary head, and a dot reads as the symbol `.`: there are no pairs.
 */
import { atOnce, type Gradual, type Position } from "../core/mod.ts";
import { Bytevector, Condition, EMPTY, intern, listFrom, SortedMap, Sym, type Value, Vector } from "../data/mod.ts";
import { readerError } from "./errors.ts";
import { tokenizing } from "./lexer.ts";
import { Positions } from "./positions.ts";
import type { Punctuation, Token } from "./token.ts";

/** How deep brackets may nest, and how deep prefixes. */
export const NESTING_LIMIT = 1024;

const PLACEHOLDER_LIMIT = 255;

/** A text that was read. */
export interface Source {
  readonly forms: readonly Value[];
  readonly positions: Positions;
  /** Where each of the forms begins: a symbol on its own has no place in `positions`. */
  readonly places: readonly (Position | null)[];
}

interface Bracket {
  readonly close: ")" | "]" | "}";
  readonly what: string;
}

const BRACKETS: Readonly<Record<"(" | "[" | "{", Bracket>> = {
  "(": { close: ")", what: "list" },
  "[": { close: "]", what: "vector" },
  "{": { close: "}", what: "map" },
};

interface Prefix {
  readonly name: string;
  readonly hint: string;
}

const PREFIXES: Readonly<Record<"'" | "`" | "," | ",@" | "@", Prefix>> = {
  "'": { name: "quote", hint: "e.g. '(1 2 3) or 'foo" },
  "`": { name: "quasiquote", hint: "e.g. `(list ,x)" },
  ",": { name: "unquote", hint: "use inside quasiquote, e.g. `(list ,x)" },
  ",@": { name: "unquote-splicing", hint: "use inside quasiquote, e.g. `(list ,@xs)" },
  "@": { name: "deref", hint: "e.g. @x or @(atom)" },
};

const CLOSERS: Readonly<Record<")" | "]" | "}", string>> = {
  ")": "no matching opening parenthesis",
  "]": "no matching opening bracket",
  "}": "no matching opening brace",
};

const DOT = intern(".");
const LAMBDA = intern("lambda");
const MAKE_STRING = intern("__vm-str");

/** The placeholders met in the short lambda being read. */
interface Placeholders {
  highest: number;
  rest: boolean;
}

/** How deep the place being read is nested; shared with the texts of interpolations. */
interface Depth {
  brackets: number;
  prefixes: number;
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #file: string | null;
  readonly #positions: Positions;
  readonly #depth: Depth;
  readonly #end: Position;
  #placeholders: Placeholders | null;
  #next = 0;

  constructor(
    tokens: readonly Token[],
    file: string | null,
    positions: Positions,
    depth: Depth,
    placeholders: Placeholders | null,
  ) {
    this.#tokens = tokens;
    this.#file = file;
    this.#positions = positions;
    this.#depth = depth;
    this.#placeholders = placeholders;
    this.#end = tokens.at(-1)?.position ?? { file, line: 1, column: 1 };
  }

  /** Where the next form begins; null at the end. */
  get place(): Position | null {
    return this.#peek()?.position ?? null;
  }

  get done(): boolean {
    return this.#next >= this.#tokens.length;
  }

  #peek(): Token | null {
    return this.#tokens[this.#next] ?? null;
  }

  /** Reads one form. */
  read(): Value {
    const token = this.#peek();
    if (token === null) throw readerError("unexpected end of input", this.#end);
    this.#next++;
    switch (token.kind) {
      case "(":
      case "[":
      case "{":
      case "#(":
        return this.#nested(token.kind, token.position);
      case ")":
      case "]":
      case "}":
        throw readerError(`unexpected closing \`${token.kind}\``, token.position, CLOSERS[token.kind]);
      case "'":
      case "`":
      case ",":
      case ",@":
      case "@":
        return this.#prefixed(token.position, PREFIXES[token.kind], token.kind);
      case "#u8(":
        return this.#bytes(token.position);
      case ".":
        throw readerError("unexpected `.`", token.position, "dots are used in pair notation, e.g. (a . b)");
      case "f-string":
        return this.#fString(token);
      case "symbol":
        return token.value instanceof Sym ? this.#symbol(token.value) : token.value;
      default:
        return token.value;
    }
  }

  #nested(kind: "(" | "[" | "{" | "#(", position: Position): Value {
    if (++this.#depth.brackets > NESTING_LIMIT) {
      throw readerError(
        `input nested too deeply (limit ${NESTING_LIMIT})`,
        position,
        "reduce nesting depth",
      );
    }
    const form = kind === "#(" ? this.#shortLambda(position) : this.#bracketed(kind, position);
    this.#depth.brackets--;
    return form;
  }

  /** Where the bracket at `position` was to be closed, by the look of the text: before what begins a line. */
  #suspicion({ line }: Position): string {
    const next = this.#tokens.find(({ kind, position }) =>
      kind === "(" && position.column === 1 && position.line > line
    );
    return next === undefined ? "" : `, perhaps before line ${next.position.line}`;
  }

  /** Reads to the bracket that closes the one at `position`. */
  #bracketed(open: "(" | "[" | "{", position: Position): Value {
    const bracket = BRACKETS[open];
    const items: Value[] = [];
    const symbols: (Position | null)[] = [];
    for (;;) {
      const token = this.#peek();
      if (token === null) {
        if (open === "{" && items.length % 2 === 1) throw readerError(ODD_MAP, position, IN_TURN);
        const hint = `add a closing \`${bracket.close}\`${this.#suspicion(position)}`;
        throw readerError(`unterminated ${bracket.what}`, position, hint);
      }
      if (token.kind === bracket.close) {
        this.#next++;
        return this.#build(open, items, symbols, position, token.position);
      }
      if ((token.kind === ")" || token.kind === "]" || token.kind === "}") && !(open === "{" && items.length % 2)) {
        throw readerError(
          `mismatched bracket: expected \`${bracket.close}\` to close \`${open}\`, found \`${token.kind}\``,
          token.position,
          `this ${bracket.what} was opened with \`${open}\` — close it with \`${bracket.close}\``,
        );
      }
      symbols.push(token.kind === "symbol" ? token.position : null);
      if (token.kind === "." && open === "(") {
        this.#next++;
        symbols.push(this.#peek()?.kind === "symbol" ? this.#peek()?.position ?? null : null);
        items.push(DOT, this.read());
        this.#expectClose();
        return this.#build(open, items, symbols, position, position);
      }
      items.push(this.read());
    }
  }

  /** The `)` behind the datum that follows a dot. */
  #expectClose(): void {
    const token = this.#peek();
    if (token === null) throw readerError("expected `)`, got end of input", this.#end);
    if (token.kind !== ")") {
      throw readerError(`expected \`)\`, got \`${token.kind}\``, token.position);
    }
    this.#next++;
  }

  #build(
    open: "(" | "[" | "{",
    items: readonly Value[],
    symbols: readonly (Position | null)[],
    position: Position,
    end: Position,
  ): Value {
    let form: Value;
    if (open === "(") {
      const list = listFrom(items);
      let cell = list;
      for (const place of symbols) {
        if (place !== null) this.#positions.setFirst(cell, place);
        cell = cell.rest;
      }
      form = list;
    } else if (open === "[") {
      form = new Vector(items);
    } else {
      if (items.length % 2 === 1) throw readerError(ODD_MAP, end, IN_TURN);
      let map = SortedMap.EMPTY;
      for (let i = 0; i < items.length; i += 2) map = map.with(items[i] ?? null, items[i + 1] ?? null);
      form = map;
    }
    // The one empty map is shared, so it has no place of its own.
    if (items.length > 0) this.#positions.set(form, position);
    return form;
  }

  #prefixed(position: Position, prefix: Prefix, kind: Punctuation): Value {
    const fail = () => readerError(`${prefix.name} (${kind}) requires an expression after it`, position, prefix.hint);
    if (++this.#depth.prefixes > NESTING_LIMIT) throw fail();
    const token = this.#peek();
    let operand: Value;
    try {
      operand = this.read();
    } catch (error) {
      // Whatever is wrong with the operand, the prefix is what is reported.
      if (error instanceof Condition) throw fail();
      throw error;
    }
    this.#depth.prefixes--;
    const form = listFrom([intern(prefix.name), operand]);
    if (token?.kind === "symbol") this.#positions.setFirst(form.rest, token.position);
    this.#positions.set(form, position);
    return form;
  }

  #bytes(position: Position): Value {
    const bytes: number[] = [];
    for (;;) {
      const token = this.#peek();
      if (token === null) throw readerError("unterminated bytevector", position, "add a closing `)`");
      this.#next++;
      if (token.kind === ")") return new Bytevector(Uint8Array.from(bytes));
      if (token.kind !== "integer") throw readerError("#u8(...): expected integer byte value", token.position);
      const value = token.value;
      if (typeof value !== "number" || value < 0 || value > 255) {
        throw readerError(`#u8(...): byte value ${String(value)} out of range 0..255`, token.position);
      }
      bytes.push(value);
    }
  }

  #shortLambda(position: Position): Value {
    if (this.#placeholders !== null) {
      throw readerError(
        "nested short lambdas are not allowed",
        position,
        "use a regular `lambda` or `fn` for the inner function",
      );
    }
    const placeholders: Placeholders = this.#placeholders = { highest: 0, rest: false };
    const body: Value[] = [];
    const symbols: (Position | null)[] = [];
    for (;;) {
      const token = this.#peek();
      if (token === null) throw readerError("unterminated short lambda #(...)", position, "add a closing `)`");
      if (token.kind === ")") break;
      symbols.push(token.kind === "symbol" ? token.position : null);
      body.push(this.read());
    }
    this.#next++;
    this.#placeholders = null;
    if (placeholders.highest > PLACEHOLDER_LIMIT) {
      throw readerError(
        `short lambda placeholder %${placeholders.highest} exceeds the maximum of ${PLACEHOLDER_LIMIT}`,
        position,
        "use a regular `lambda` with named parameters instead",
      );
    }
    const parameters: Value[] = [];
    for (let i = 1; i <= placeholders.highest; i++) parameters.push(intern(`%${i}`));
    if (placeholders.rest) parameters.push(DOT, intern("%&"));
    const call = this.#build("(", body, symbols, position, position);
    const form = listFrom([LAMBDA, parameters.length === 0 ? EMPTY : listFrom(parameters), call]);
    this.#positions.set(form, position);
    return form;
  }

  /** A symbol; inside a short lambda, perhaps a placeholder. */
  #symbol(symbol: Sym): Sym {
    const placeholders = this.#placeholders;
    if (placeholders === null || !symbol.name.startsWith("%")) return symbol;
    if (symbol.name === "%&") {
      placeholders.rest = true;
      return symbol;
    }
    const number = symbol.name === "%" ? 1 : /^%[1-9][0-9]*$/.test(symbol.name) ? Number(symbol.name.slice(1)) : 0;
    if (number === 0) return symbol;
    placeholders.highest = Math.max(placeholders.highest, number);
    return intern(`%${number}`);
  }

  #fString(token: Token & { readonly kind: "f-string" }): Value {
    if (++this.#depth.brackets > NESTING_LIMIT) {
      throw readerError(
        `input nested too deeply (limit ${NESTING_LIMIT})`,
        token.position,
        "reduce nesting depth",
      );
    }
    const items: Value[] = [MAKE_STRING];
    const symbols: (Position | null)[] = [null];
    for (const part of token.parts) {
      if (typeof part === "string") {
        items.push(part);
        symbols.push(null);
        continue;
      }
      const tokens = atOnce(tokenizing(part.text, this.#file, part.position.line, part.position.column));
      const reader = new Reader(tokens, this.#file, this.#positions, this.#depth, this.#placeholders);
      symbols.push(tokens[0]?.kind === "symbol" ? tokens[0].position : null);
      items.push(reader.done ? null : reader.read());
      if (!reader.done || tokens.length === 0) {
        throw readerError(
          "f-string interpolation must contain exactly one expression",
          token.position,
          "wrap multiple forms, e.g. ${(do a b)}",
        );
      }
    }
    this.#depth.brackets--;
    return this.#build("(", items, symbols, token.position, token.position);
  }
}

const ODD_MAP = "map literal must have even number of forms";
const IN_TURN = "keys and values in turn, as in {:a 1 :b 2}";

/** Reads all forms of `text`; `positions` receives where they stand. Throws a condition of type `reader`. */
export function read(text: string, file: string | null, positions: Positions = new Positions()): Source {
  return atOnce(reading(text, file, positions));
}

/** The same in steps. */
export function* reading(text: string, file: string | null, positions: Positions = new Positions()): Gradual<Source> {
  const tokens = yield* tokenizing(text, file);
  const reader = new Reader(tokens, file, positions, { brackets: 0, prefixes: 0 }, null);
  const forms: Value[] = [];
  const places: (Position | null)[] = [];
  while (!reader.done) {
    places.push(reader.place);
    forms.push(reader.read());
    yield;
  }
  return { forms, positions, places };
}

/** The first form of `text`; nil when there is none. What follows it must consist of tokens, but need not fit. */
export function readFirst(text: string): Value {
  const reader = new Reader(atOnce(tokenizing(text, null)), null, new Positions(), { brackets: 0, prefixes: 0 }, null);
  return reader.done ? null : reader.read();
}
