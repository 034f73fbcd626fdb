/** The syntax of HTML as CommonMark recognizes it in a text: tags, comments and whatever else stands between angle brackets. */

const NAME = "[A-Za-z][A-Za-z0-9-]*";
const VALUE = "(?:[^\"'=<>`\\x00-\\x20]+|'[^']*'|\"[^\"]*\")";
const ATTRIBUTE = `(?:\\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\\s*=\\s*${VALUE})?)`;

/** An opening tag, as a pattern. */
export const OPEN_TAG: string = `<${NAME}${ATTRIBUTE}*\\s*/?>`;
/** A closing tag, as a pattern. */
export const CLOSE_TAG: string = `</${NAME}\\s*>`;

const TAG = new RegExp(`${OPEN_TAG}|${CLOSE_TAG}`, "y");
const DECLARATION = /<![A-Za-z]/y;

/** Finds the ends of what is in angle brackets; what was not found once is not looked for again. */
export class HtmlScanner {
  readonly #source: string;
  /** End marks that do not occur any more. */
  readonly #absent: Set<string> = new Set();

  constructor(source: string) {
    this.#source = source;
  }

  /** Where the piece of HTML ends that begins at `at`; -1 where there is none. */
  end(at: number): number {
    const source = this.#source;
    TAG.lastIndex = at;
    if (TAG.test(source)) return TAG.lastIndex;
    if (source.startsWith("<!-->", at)) return at + 5;
    if (source.startsWith("<!--->", at)) return at + 6;
    if (source.startsWith("<!--", at)) return this.#after("-->", at + 4);
    if (source.startsWith("<?", at)) return this.#after("?>", at + 2);
    if (source.startsWith("<![CDATA[", at)) return this.#after("]]>", at + 9);
    DECLARATION.lastIndex = at;
    return DECLARATION.test(source) ? this.#after(">", at + 3) : -1;
  }

  #after(mark: string, from: number): number {
    if (this.#absent.has(mark)) return -1;
    const found = this.#source.indexOf(mark, from);
    if (found < 0) this.#absent.add(mark);
    return found < 0 ? -1 : found + mark.length;
  }
}
