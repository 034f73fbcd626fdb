/**
 * What stands inside of paragraphs and headings in Markdown (CommonMark 0.31, appendix "A parsing strategy", phase 2): in a
 * text, out a flat list of pieces, in which emphasis and links are pairs of marks. Takes time linear in the text.
 */
import { strictReference } from "./entities.ts";
import { HtmlScanner } from "./html_syntax.ts";
import {
  destination,
  encodedAddress,
  isEscapable,
  label,
  labelName,
  skipSpace,
  type Target,
  title,
} from "./markdown_links.ts";

/** A piece of a text. */
export interface Piece {
  kind: "text" | "code" | "html" | "softbreak" | "linebreak" | "link" | "image" | "end";
  /** What it says, where it says something. */
  text: string;
  /** Of links and images. */
  readonly target: Target | null;
  /** Emphasis that ends in front of it, innermost first. */
  readonly ends: Emphasis[];
  /** Emphasis that begins behind it, outermost first. */
  readonly begins: Emphasis[];
}

/** The elements of emphasis. */
export type Emphasis = "em" | "strong";

/** What is asked of the document. */
export interface References {
  /** What a name leads to. */
  get(name: string): Target | undefined;
}

/** A run of signs that may begin or end emphasis. */
interface Run {
  readonly sign: "*" | "_";
  readonly piece: Piece;
  readonly size: number;
  readonly opens: boolean;
  readonly closes: boolean;
  previous: Run | null;
  next: Run | null;
}

/** A bracket that may begin a link or an image. */
interface Bracket {
  /** The index of its piece. */
  readonly index: number;
  /** Where its text begins. */
  readonly from: number;
  readonly image: boolean;
  /** The runs in front of it. */
  readonly before: Run | null;
  /** Whether a bracket follows inside of it. */
  hasInner: boolean;
  /** A link may not lie in a link. */
  active: boolean;
}

const PLAIN = /[^\n`[\]\\!<&*_]+/y;
const AUTOLINK = /<([A-Za-z][A-Za-z0-9.+-]{1,31}:[!-;=?-\uffff]*)>/y;
const DOMAIN = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const EMAIL = new RegExp(`<([a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@${DOMAIN}(?:\\.${DOMAIN})*)>`, "y");
const PUNCTUATION = /[!-/:-@[-`{-~\p{P}\p{S}]/u;
const SPACE = /\s/;

function makePiece(kind: Piece["kind"], text: string, target: Target | null = null): Piece {
  return { kind, text, target, ends: [], begins: [] };
}

/** Where the character begins that ends at `at`. */
function characterBefore(source: string, at: number): string {
  const low = source.charCodeAt(at - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && at > 1;
  return isPair ? source.slice(at - 2, at) : source.charAt(at - 1);
}

function characterAt(source: string, at: number): string {
  return String.fromCodePoint(source.codePointAt(at) ?? 10);
}

class InlineParser {
  readonly pieces: Piece[] = [];
  readonly #source: string;
  readonly #references: References;
  readonly #html: HtmlScanner;
  /** Where runs of backticks begin, by their sizes, and how many of these lie behind; filled at the first. */
  #ticks: Map<number, { readonly starts: number[]; passed: number }> | null = null;
  /** The last run that may still begin or end emphasis. */
  #runs: Run | null = null;
  readonly #brackets: Bracket[] = [];
  #at = 0;

  constructor(source: string, references: References) {
    this.#source = source;
    this.#references = references;
    this.#html = new HtmlScanner(source);
  }

  parse(): readonly Piece[] {
    while (this.#at < this.#source.length) this.#step(this.#source.charAt(this.#at));
    this.#emphasize(null);
    return this.pieces;
  }

  #add(kind: Piece["kind"], text: string, end: number, target: Target | null = null): Piece {
    const piece = makePiece(kind, text, target);
    this.pieces.push(piece);
    this.#at = end;
    return piece;
  }

  #step(character: string): void {
    const at = this.#at;
    switch (character) {
      case "\n":
        return this.#newline();
      case "\\":
        return this.#backslash();
      case "`":
        return this.#code();
      case "*":
      case "_":
        return this.#run(character);
      case "!":
        if (this.#source.charAt(at + 1) !== "[") return void this.#add("text", "!", at + 1);
        return this.#bracket("![");
      case "[":
        return this.#bracket("[");
      case "]":
        return this.#closeBracket();
      case "<":
        return this.#angle();
      case "&": {
        const [value, end] = strictReference(this.#source, at) ?? ["&", at + 1];
        return void this.#add("text", value, end);
      }
      default: {
        PLAIN.lastIndex = at;
        PLAIN.test(this.#source);
        this.#add("text", this.#source.slice(at, PLAIN.lastIndex), PLAIN.lastIndex);
      }
    }
  }

  /** Two spaces in front of it make it a break. */
  #newline(): void {
    let start = this.#at;
    while (this.#source.charAt(start - 1) === " ") start--;
    const spaces = this.#at - start;
    const last = this.pieces.at(-1);
    if (spaces > 0 && last?.kind === "text") last.text = last.text.slice(0, -Math.min(spaces, last.text.length));
    let end = this.#at + 1;
    while (this.#source.charAt(end) === " " || this.#source.charAt(end) === "\t") end++;
    this.#add(spaces >= 2 && last?.kind === "text" ? "linebreak" : "softbreak", "", end);
  }

  #backslash(): void {
    const next = this.#source.charAt(this.#at + 1);
    if (next === "\n") {
      let end = this.#at + 2;
      while (this.#source.charAt(end) === " " || this.#source.charAt(end) === "\t") end++;
      this.#add("linebreak", "", end);
    } else if (next !== "" && isEscapable(next)) this.#add("text", next, this.#at + 2);
    else this.#add("text", "\\", this.#at + 1);
  }

  #code(): void {
    if (this.#ticks === null) {
      this.#ticks = new Map();
      for (const { 0: { length }, index } of this.#source.matchAll(/`+/g)) {
        const known = this.#ticks.get(length);
        if (known === undefined) this.#ticks.set(length, { starts: [index], passed: 0 });
        else known.starts.push(index);
      }
    }
    let start = this.#at;
    while (this.#source.charAt(start) === "`") start++;
    const size = start - this.#at;
    const known = this.#ticks.get(size);
    let end: number | undefined;
    if (known !== undefined) {
      while ((known.starts[known.passed] ?? start) < start) known.passed++;
      end = known.starts[known.passed];
    }
    if (end === undefined) return void this.#add("text", "`".repeat(size), start);
    const text = this.#source.slice(start, end).replaceAll("\n", " ");
    const padded = text.startsWith(" ") && text.endsWith(" ") && /[^ ]/.test(text);
    this.#add("code", padded ? text.slice(1, -1) : text, end + size);
  }

  #angle(): void {
    const at = this.#at;
    EMAIL.lastIndex = AUTOLINK.lastIndex = at;
    const email = EMAIL.exec(this.#source);
    const found = email ?? AUTOLINK.exec(this.#source);
    if (found !== null) {
      const text = found[1] ?? "";
      const address = encodedAddress(email === null ? text : `mailto:${text}`);
      const end = at + found[0].length;
      this.#add("link", "", end, { destination: address, title: "" });
      this.#add("text", text, end);
      return void this.#add("end", "", end);
    }
    const end = this.#html.end(at);
    if (end < 0) this.#add("text", "<", at + 1);
    else this.#add("html", this.#source.slice(at, end), end);
  }

  #run(sign: "*" | "_"): void {
    const start = this.#at;
    let end = start;
    while (this.#source.charAt(end) === sign) end++;
    const [before, after] = [start === 0 ? "\n" : characterBefore(this.#source, start), characterAt(this.#source, end)];
    const [spaceBefore, spaceAfter] = [SPACE.test(before), SPACE.test(after)];
    const [markBefore, markAfter] = [PUNCTUATION.test(before), PUNCTUATION.test(after)];
    const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
    const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
    const opens = sign === "*" ? left : left && (!right || markBefore);
    const closes = sign === "*" ? right : right && (!left || markAfter);
    const piece = this.#add("text", this.#source.slice(start, end), end);
    if (!opens && !closes) return;
    const run: Run = { sign, piece, size: end - start, opens, closes, previous: this.#runs, next: null };
    if (this.#runs !== null) this.#runs.next = run;
    this.#runs = run;
  }

  #remove(run: Run): void {
    if (run.previous !== null) run.previous.next = run.next;
    if (run.next === null) this.#runs = run.previous;
    else run.next.previous = run.previous;
  }

  /** Finds the pairs among the runs behind `bottom`, and forgets these. */
  #emphasize(bottom: Run | null): void {
    /** What no beginning was found above of, by the kind of the end. */
    const bottoms: Map<string, Run | null> = new Map();
    let closer = this.#runs;
    while (closer !== null && closer.previous !== bottom) closer = closer.previous;
    while (closer !== null) {
      if (!closer.closes) {
        closer = closer.next;
        continue;
      }
      const kind: string = `${closer.sign}${closer.opens}${closer.size % 3}`;
      const opener = opening(closer, bottom, bottoms.get(kind));
      const current: Run = closer;
      if (opener === null) {
        bottoms.set(kind, current.previous);
        closer = current.next;
        if (!current.opens) this.#remove(current);
        continue;
      }
      const count = opener.piece.text.length >= 2 && current.piece.text.length >= 2 ? 2 : 1;
      opener.piece.text = opener.piece.text.slice(count);
      current.piece.text = current.piece.text.slice(count);
      opener.piece.begins.unshift(count === 2 ? "strong" : "em");
      current.piece.ends.push(count === 2 ? "strong" : "em");
      opener.next = current;
      current.previous = opener;
      if (opener.piece.text === "") this.#remove(opener);
      if (current.piece.text === "") {
        closer = current.next;
        this.#remove(current);
      }
    }
    this.#runs = bottom;
    if (bottom !== null) bottom.next = null;
  }

  #bracket(text: "[" | "!["): void {
    const last = this.#brackets.at(-1);
    if (last !== undefined) last.hasInner = true;
    const end = this.#at + text.length;
    const [index, image] = [this.pieces.length, text === "!["];
    this.#add("text", text, end);
    this.#brackets.push({ index, from: end, image, before: this.#runs, hasInner: false, active: true });
  }

  #closeBracket(): void {
    const at = this.#at;
    const opener = this.#brackets.pop();
    const found = opener?.active === true ? this.#target(opener, at) : null;
    if (opener === undefined || found === null) return void this.#add("text", "]", at + 1);
    const { image, index, before } = opener;
    this.pieces[index] = makePiece(image ? "image" : "link", "", found.target);
    this.#emphasize(before);
    this.#add("end", "", found.end);
    if (image) return;
    // Those in front of one that is not active are not, either.
    for (let i = this.#brackets.length - 1; i >= 0; i--) {
      const bracket = this.#brackets[i];
      if (bracket === undefined || bracket.image) continue;
      if (!bracket.active) break;
      bracket.active = false;
    }
  }

  /** What the brackets that end at `at` lead to, and where that ends; null where they are text. */
  #target(opener: Bracket, at: number): { readonly target: Target; readonly end: number } | null {
    const inline = this.#source.charAt(at + 1) === "(" ? inlineTarget(this.#source, at + 2) : null;
    if (inline !== null) return inline;
    const named = label(this.#source, at + 1);
    const own = this.#source.slice(opener.from, at);
    const isNamed = named !== null && named.value !== "";
    if (!isNamed && opener.hasInner) return null;
    const target = this.#references.get(labelName(isNamed ? named.value : own));
    return target === undefined ? null : { target, end: named === null ? at + 1 : named.end };
  }
}

/** The run that begins what `closer` ends. */
function opening(closer: Run, bottom: Run | null, lower: Run | null | undefined): Run | null {
  for (let run = closer.previous; run !== null && run !== bottom && run !== lower; run = run.previous) {
    const odd = (closer.opens || run.closes) && closer.size % 3 !== 0 && (run.size + closer.size) % 3 === 0;
    if (run.sign === closer.sign && run.opens && !odd) return run;
  }
  return null;
}

/** The destination and title in parentheses, from behind the first on. */
function inlineTarget(source: string, at: number): { readonly target: Target; readonly end: number } | null {
  const found = destination(source, skipSpace(source, at));
  if (found === null) return null;
  const after = skipSpace(source, found.end);
  const titled = after > found.end ? title(source, after) : null;
  const end = titled === null ? after : skipSpace(source, titled.end);
  if (source.charAt(end) !== ")") return null;
  return { target: { destination: found.value, title: titled?.value ?? "" }, end: end + 1 };
}

/** The pieces of the text of a paragraph or heading. */
export function parseInlines(text: string, references: References): readonly Piece[] {
  return new InlineParser(text, references).parse();
}
