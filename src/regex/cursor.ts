/** A place in a pattern that moves on, over white space and comments too where the pattern ignores them (`(?x)`). */
import { type RegexError, type Span, syntaxError } from "./errors.ts";

const SPACE = /^\p{White_Space}$/u;

/** Whether `character` is white space. */
export function isSpace(character: string): boolean {
  return SPACE.test(character);
}

/** Reads the characters of a pattern. Past the end the character is the empty string. */
export class Cursor {
  readonly pattern: readonly string[];
  /** The index of the current character. */
  index = 0;
  /** Whether white space and comments mean nothing here. */
  spaced = false;
  /** The first of the errors that count only where the syntax is right. */
  refusal: RegexError | null = null;

  constructor(pattern: string) {
    this.pattern = [...pattern];
  }

  /** The current character. */
  get char(): string {
    return this.pattern[this.index] ?? "";
  }

  /** Whether the current character is this one. */
  is(character: string): boolean {
    return this.char === character;
  }

  /** Whether the pattern is at its end. */
  get atEnd(): boolean {
    return this.index >= this.pattern.length;
  }

  /** The character after the current one. */
  get next(): string {
    return this.pattern[this.index + 1] ?? "";
  }

  /** The character after the current one and what may be ignored; the first of a comment, as in the reference. */
  get nextSolid(): string {
    if (!this.spaced) return this.next;
    let index = this.index + 1;
    for (let marks = 0; index < this.pattern.length; index++) {
      const character = this.pattern[index] as string;
      if (!isSpace(character) && (character !== "#" || ++marks > 1)) break;
    }
    return this.pattern[index] ?? "";
  }

  /** Goes on by one character; false at the end. */
  bump(): boolean {
    if (!this.atEnd) this.index++;
    return !this.atEnd;
  }

  /** Goes on by one character and what may be ignored; false at the end. */
  bumpSolid(): boolean {
    if (!this.atEnd) this.index = this.#skip(this.index + 1);
    return !this.atEnd;
  }

  /** Goes on over what may be ignored. */
  skip(): void {
    this.index = this.#skip(this.index);
  }

  /** Goes on over `text` if it is here. */
  accept(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.pattern[this.index + i] !== text[i]) return false;
    this.index += text.length;
    return true;
  }

  /** What is between `start` and here. */
  textFrom(start: number): string {
    return this.pattern.slice(start, this.index).join("");
  }

  /** An error from `start` up to here. */
  since(start: number, what: string): RegexError {
    return this.error(what, { start, end: this.index });
  }

  /** An error between two characters. */
  here(what: string): RegexError {
    return this.since(this.index, what);
  }

  /** An error that underlines the current character. */
  at(what: string): RegexError {
    return this.error(what, { start: this.index, end: this.index + 1 });
  }

  /** An error at the given places. */
  error(what: string, ...spans: readonly Span[]): RegexError {
    return syntaxError(this.pattern, what, ...spans);
  }

  /** Notes what is wrong with a part of the pattern whose syntax is right. */
  refuse(what: string, span: Span): void {
    this.refusal ??= this.error(what, span);
  }

  #skip(from: number): number {
    let index = from;
    if (!this.spaced) return index;
    for (; index < this.pattern.length; index++) {
      const character = this.pattern[index] as string;
      if (character === "#") {
        const end = this.pattern.indexOf("\n", index);
        index = end < 0 ? this.pattern.length : end;
      } else if (!isSpace(character)) return index;
    }
    return Math.min(index, this.pattern.length);
  }
}
