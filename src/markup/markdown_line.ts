/** A line of Markdown as it is taken apart: by characters, and by columns, of which a tab has up to four. */

/** Columns that make a line indented code. */
export const CODE_INDENT = 4;

/** Whether a character is a space or a tab. */
export function isBlankCharacter(character: string): boolean {
  return character === " " || character === "\t";
}

/** How far a line has been read. */
export class Line {
  readonly text: string;
  readonly number: number;
  offset = 0;
  column = 0;
  /** Some columns of the tab at `offset` have been read. */
  inTab = false;
  /** Where the first character is that is no space, from `offset` on. */
  next = 0;
  nextColumn = 0;
  /** Columns in front of that. */
  indent = 0;
  /** Whether there is none. */
  blank = false;

  constructor(text: string, number: number) {
    this.text = text;
    this.number = number;
  }

  /** Whether what comes is indented as code is. */
  get indented(): boolean {
    return this.indent >= CODE_INDENT;
  }

  /** The character at `offset`; none at the end. */
  get character(): string {
    return this.text.charAt(this.offset);
  }

  /** What comes, without the space in front of it. */
  get rest(): string {
    return this.text.slice(this.next);
  }

  /** Looks for the next character that is no space. */
  look(): void {
    let [at, column] = [this.offset, this.column];
    for (;; at++) {
      const character = this.text.charAt(at);
      if (character === " ") column++;
      else if (character === "\t") column += 4 - column % 4;
      else break;
    }
    this.next = at;
    this.nextColumn = column;
    this.indent = column - this.column;
    this.blank = at === this.text.length;
  }

  /** Goes on by so many characters. */
  skip(count: number): void {
    for (let i = 0; i < count && this.offset < this.text.length; i++) {
      this.column += this.character === "\t" ? 4 - this.column % 4 : 1;
      this.offset++;
      this.inTab = false;
    }
  }

  /** Goes on by so many columns, perhaps into a tab. */
  skipColumns(count: number): void {
    for (let left = count; left > 0 && this.offset < this.text.length;) {
      const width = this.character === "\t" ? 4 - this.column % 4 : 1;
      const used = Math.min(width, left);
      this.inTab = used < width;
      this.column += used;
      if (!this.inTab) this.offset++;
      left -= used;
    }
  }

  /** Goes to the next character that is no space. */
  skipSpace(): void {
    this.offset = this.next;
    this.column = this.nextColumn;
    this.inTab = false;
  }

  /** Goes to the end. */
  skipAll(): void {
    this.skip(this.text.length - this.offset);
  }

  /** What has not been read; columns of a tab are spaces. */
  remainder(): string {
    if (!this.inTab) return this.text.slice(this.offset);
    return " ".repeat(4 - this.column % 4) + this.text.slice(this.offset + 1);
  }
}
