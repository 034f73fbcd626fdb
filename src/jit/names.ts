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

/** Hands out JavaScript names, each once. */
export class Names {
  readonly #taken: Set<string> = new Set(RESERVED);

  /** A name that reads like `name`. */
  take(name: string): string {
    let text = [...name].map((c) => SPELLED[c] ?? (/[\p{L}\p{N}_]/u.test(c) ? c : "_")).join("");
    if (!/^[\p{L}_]/u.test(text)) text = `_${text}`;
    let result = text;
    for (let i = 1; this.#taken.has(result); i++) result = `${text}_${i}`;
    this.#taken.add(result);
    return result;
  }
}
