/**
 * Reads a pattern in the syntax of Rust's regex crate. Groups are kept on a stack, so that nothing here recurses; what is
 * read may be walked by recursion, because {@link NEST_LIMIT} bounds it.
 *
 * An error that the reference finds only in a second pass (unknown properties, bytes that are no characters) is reported
 * after those of the syntax.
 */
import { ANY, type CharSet, complement, ranges, single } from "./charset.ts";
import { readClass } from "./classes.ts";
import { Cursor, isSpace } from "./cursor.ts";
import type { Span } from "./errors.ts";
import { type Atom, literalSet, readEscape } from "./escapes.ts";
import { type Flags, INITIAL, readFlags } from "./flags.ts";
import {
  alternatives,
  capture,
  grouped,
  lookFor,
  NEST_LIMIT,
  type Node,
  oneOf,
  type Pattern,
  repeat,
  sequence,
} from "./syntax.ts";

/** A group that has been opened, or the whole pattern. */
interface Open {
  readonly start: number;
  /** The number of a capturing group, 0 for the whole pattern, -1 for groups that capture nothing. */
  readonly index: number;
  /** What holds again after the group. */
  readonly outside: Flags;
  readonly branches: Node[];
  /** The parts of the branch being read; null where flags were set, which cannot be repeated. */
  parts: (Node | null)[];
}

/** Reads a pattern; throws a `RegexError`. */
export function parse(pattern: string): Pattern {
  return new Parser(pattern).run();
}

class Parser {
  readonly #cursor: Cursor;
  #flags: Flags = INITIAL;
  readonly #stack: Open[] = [];
  #open: Open;
  #groups = 0;
  readonly #names = new Map<string, number>();
  readonly #nameSpans = new Map<string, Span>();
  readonly #sets: CharSet[] = [];
  /** The indexes of the sets of one character. */
  readonly #singles = new Map<number, number>();

  constructor(pattern: string) {
    this.#cursor = new Cursor(pattern);
    this.#open = this.#opened(0, 0);
  }

  run(): Pattern {
    const cursor = this.#cursor;
    for (cursor.skip(); !cursor.atEnd; cursor.skip()) this.#step();
    if (this.#stack.length > 0) {
      throw cursor.error("unclosed group", { start: this.#open.start, end: this.#open.start + 1 });
    }
    const node = this.#body();
    if (node.depth > NEST_LIMIT) {
      throw cursor.error(`exceed the maximum number of nested parentheses/brackets (${NEST_LIMIT})`, {
        start: 0,
        end: cursor.pattern.length,
      });
    }
    if (cursor.refusal !== null) throw cursor.refusal;
    return { node, sets: this.#sets, names: this.#names };
  }

  /** Reads one item, which starts here. */
  #step(): void {
    const cursor = this.#cursor;
    switch (cursor.char) {
      case "(":
        return this.#group();
      case ")":
        return this.#close();
      case "|":
        cursor.bump();
        this.#open.branches.push(sequence(this.#taken()));
        return;
      case "[": {
        const { set, depth } = readClass(cursor, this.#flags);
        this.#push({ ...this.#set(set), depth });
        return;
      }
      case "?":
        return this.#repetition(0, 1);
      case "*":
        return this.#repetition(0, Infinity);
      case "+":
        return this.#repetition(1, Infinity);
      case "{":
        return this.#counted();
      case "\\":
        return this.#push(this.#atom(readEscape(cursor, this.#flags)));
      default:
        this.#push(this.#plain());
    }
  }

  #push(node: Node): void {
    this.#open.parts.push(node);
  }

  #set(set: CharSet): Node {
    const code = single(set);
    let index = code < 0 ? undefined : this.#singles.get(code);
    if (index === undefined) {
      index = this.#sets.push(set) - 1;
      if (code >= 0) this.#singles.set(code, index);
    }
    return oneOf(index);
  }

  #atom(atom: Atom): Node {
    switch (atom.kind) {
      case "literal":
        return this.#set(literalSet(this.#cursor, atom, this.#flags));
      case "class":
        return this.#set(atom.set);
      case "look":
        return lookFor(atom.look);
      default:
        return atom satisfies never;
    }
  }

  /** A character that is no operator, or one of `.`, `^` and `$`. */
  #plain(): Node {
    const cursor = this.#cursor;
    const { lines, crlf } = this.#flags;
    const start = cursor.index;
    const character = cursor.char;
    cursor.bump();
    switch (character) {
      case ".":
        return this.#set(this.#dot(start));
      case "^":
        return lookFor(lines ? crlf ? "crlf line start" : "line start" : "text start");
      case "$":
        return lookFor(lines ? crlf ? "crlf line end" : "line end" : "text end");
      default: {
        const code = character.codePointAt(0) ?? 0;
        return this.#atom({ kind: "literal", code, byte: false, span: { start, end: cursor.index } });
      }
    }
  }

  #dot(start: number): CharSet {
    const { unicode, dotAll, crlf } = this.#flags;
    if (!unicode) this.#cursor.refuse("pattern can match invalid UTF-8", { start, end: start + 1 });
    if (dotAll) return ANY;
    return complement(ranges(crlf ? [10, 10, 13, 13] : [10, 10], "exact"));
  }

  // --- Groups ----------------------------------------------------------------------------------------------------------

  #opened(start: number, index: number): Open {
    return { start, index, outside: this.#flags, branches: [], parts: [] };
  }

  /** What stands at an opening parenthesis: a group, or flags for the rest of the one that it is in. */
  #group(): void {
    const cursor = this.#cursor;
    const start = cursor.index;
    cursor.bumpSolid();
    for (const prefix of ["?=", "?!", "?<=", "?<!"]) {
      if (cursor.accept(prefix)) {
        throw cursor.since(start, "look-around, including look-ahead and look-behind, is not supported");
      }
    }
    const inner = cursor.index;
    if (cursor.accept("?P<") || cursor.accept("?<")) {
      const index = ++this.#groups;
      this.#name(index);
      return this.#enter(start, index);
    }
    if (!cursor.accept("?")) return this.#enter(start, ++this.#groups);
    if (cursor.atEnd) throw cursor.error("unclosed group", { start, end: start + 1 });
    const changes = readFlags(cursor);
    const closes = cursor.char === ")";
    cursor.bump();
    if (!closes) {
      this.#enter(start, -1);
      this.#change(changes ?? {});
      return;
    }
    if (changes === null) {
      throw cursor.error("repetition operator missing expression", { start: inner, end: inner });
    }
    this.#change(changes);
    this.#open.parts.push(null);
  }

  #change(changes: Partial<Flags>): void {
    this.#flags = { ...this.#flags, ...changes };
    this.#cursor.spaced = this.#flags.spaced;
  }

  #enter(start: number, index: number): void {
    this.#stack.push(this.#open);
    this.#open = this.#opened(start, index);
  }

  #name(index: number): void {
    const cursor = this.#cursor;
    const start = cursor.index;
    if (cursor.atEnd) throw cursor.here("unclosed capture group name");
    for (; cursor.char !== ">"; cursor.bump()) {
      if (cursor.atEnd) throw cursor.here("unclosed capture group name");
      const first = cursor.index === start;
      if (!(first ? /^[_\p{Alphabetic}]$/u : /^[_.[\]\p{Alphabetic}\p{N}]$/u).test(cursor.char)) {
        throw cursor.at("invalid capture group character");
      }
    }
    const name = cursor.textFrom(start);
    const span = { start, end: cursor.index };
    cursor.bump();
    if (name === "") throw cursor.error("empty capture group name", { start, end: start });
    const before = this.#nameSpans.get(name);
    if (before !== undefined) throw cursor.error("duplicate capture group name", before, span);
    this.#nameSpans.set(name, span);
    this.#names.set(name, index);
  }

  #close(): void {
    const cursor = this.#cursor;
    const group = this.#open;
    const outer = this.#stack.pop();
    if (outer === undefined) throw cursor.at("unopened group");
    cursor.bump();
    const body = this.#body();
    this.#open = outer;
    this.#flags = group.outside;
    cursor.spaced = group.outside.spaced;
    this.#push(group.index > 0 ? capture(group.index, body) : grouped(body));
  }

  /** All the branches of the group being read. */
  #body(): Node {
    const { branches } = this.#open;
    branches.push(sequence(this.#taken()));
    return alternatives(branches);
  }

  /** The parts of the branch being read; the next one begins. */
  #taken(): Node[] {
    const { parts } = this.#open;
    this.#open.parts = [];
    return parts.filter((part) => part !== null);
  }

  // --- Repetition ------------------------------------------------------------------------------------------------------

  /** What is repeated by the operator here. */
  #repeated(): Node {
    const node = this.#open.parts.pop();
    if (node === undefined || node === null) throw this.#cursor.here("repetition operator missing expression");
    return node;
  }

  #repetition(min: number, max: number): void {
    const node = this.#repeated();
    this.#cursor.bump();
    this.#push(repeat(node, min, max, this.#greedy()));
  }

  /** Whether the repetition before is greedy; goes on over a `?`. */
  #greedy(): boolean {
    const lazy = this.#cursor.char === "?";
    if (lazy) this.#cursor.bump();
    return lazy === this.#flags.swapGreed;
  }

  /** `{n}`, `{n,}` or `{n,m}`. */
  #counted(): void {
    const cursor = this.#cursor;
    const start = cursor.index;
    const node = this.#repeated();
    const unclosed = (): Error => cursor.since(start, "unclosed counted repetition");
    if (!cursor.bumpSolid()) throw unclosed();
    const least = this.#decimal();
    if (cursor.atEnd) throw unclosed();
    const bounded = cursor.char === ",";
    if (bounded && !cursor.bumpSolid()) throw unclosed();
    if (typeof least !== "number") throw least;
    let most = bounded ? Infinity : least;
    if (bounded && !cursor.is("}")) {
      const last = this.#decimal();
      if (typeof last !== "number") throw last;
      most = last;
    }
    if (!cursor.is("}")) throw unclosed();
    cursor.bumpSolid();
    const greedy = this.#greedy();
    if (least > most) throw cursor.since(start, "invalid repetition count range, the start must be <= the end");
    this.#push(repeat(node, least, most, greedy));
  }

  /** A number of a repetition, or what is wrong with it. */
  #decimal(): number | Error {
    const cursor = this.#cursor;
    while (isSpace(cursor.char)) cursor.bump();
    const start = cursor.index;
    let digits = "";
    while (/^[0-9]$/.test(cursor.char)) {
      digits += cursor.char;
      cursor.bumpSolid();
    }
    const span = { start, end: cursor.index };
    while (isSpace(cursor.char)) cursor.bumpSolid();
    if (digits === "") return cursor.error("repetition quantifier expects a valid decimal", span);
    const value = Number(digits);
    return value < 2 ** 32 ? value : cursor.error("decimal literal invalid", span);
  }
}
