/**
 * JavaScript names for Sema variables: as they are where JavaScript allows it. Names of the generated code itself start
 * with `$`, which no Sema symbol does.
 */

const RESERVED: ReadonlySet<string> = new Set(
  ("arguments await break case catch class const continue debugger default delete do else enum eval export extends false " +
    "finally for function if implements import in instanceof interface let new null package private protected public " +
    "return static super switch this throw true try typeof undefined var void while with yield NaN Infinity Number " +
    "Closure Flonum List").split(" "),
);

const SPELLED: Readonly<Record<string, string>> = {
  "-": "_",
  "?": "P",
  "!": "X",
  "*": "Star",
  "+": "Plus",
  "/": "_",
  "<": "Less",
  ">": "More",
  "=": "Equal",
  "%": "Percent",
  "&": "And",
  "^": "Caret",
  "~": "Tilde",
  ".": "Dot",
  "#": "Hash",
};

/** Whether a character may be in a name as it is. V8 takes 0.3 ms to make the set of all letters: few programs need it. */
function isPart(c: string): boolean {
  return /^\w/.test(c) || /[\p{L}\p{N}]/u.test(c);
}

/** A name in the text: of the program, or of the generated code itself. */
export const NAME: RegExp = /[\w$\x80-\uffff]+/g;

/** Whether an expression is a name or a number, which costs nothing to be evaluated again. */
export function isAtom(text: string): boolean {
  return /^[\w$\x80-\uffff-]+$/.test(text);
}

/** Hands out JavaScript names, each once. */
export class Names {
  readonly #taken: Set<string> = new Set(RESERVED);

  /** A name that reads like `name`. */
  take(name: string): string {
    let text = [...name].map((c) => SPELLED[c] ?? (isPart(c) ? c : "_")).join("");
    if (!/^[A-Za-z_]/.test(text) && !/^\p{L}/u.test(text)) text = `_${text}`;
    let result = text;
    for (let i = 1; this.#taken.has(result); i++) result = `${text}_${i}`;
    this.#taken.add(result);
    return result;
  }
}
