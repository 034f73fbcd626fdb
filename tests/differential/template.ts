/**
 * The notation of the tables from which programs are made: a form as text, with holes.
 *
 * - `INT`, `STR`, `ANY` …: an expression of that kind. `SAME`: of the kind that is wanted of the whole form.
 *   `STMT`: something done for its effect, `FAIL`: something that raises an error, or may. `BODY`: the forms of a body
 *   that ends with an expression of the kind `SAME`. `KEY`, `LOOPKEY` … see {@link WORDS}.
 * - `$x`: a fresh name, the same wherever it stands in the form. `$x:INT`: that name as a variable of a kind, `$x:INT!`:
 *   one that no hole assigns. `$x:?`: of any kind; `?x` is a hole of that kind.
 * - Behind a hole, in this order: `+` when it sees all variables of the form, `+a,b` when it sees those; `^` when it sees
 *   globals only; `*4` when it is evaluated four times as often as the form; `~` when the value is carried along, and so
 *   must not grow.
 */
import type { Tree } from "./tree.ts";

/** What an expression gives, as far as the generator cares. */
export type Kind = typeof KINDS[number];

/** Every kind. Lists are of small numbers of integers, maps have integers as values; `VALUES` are lists of anything. */
export const KINDS = [
  "INT",
  "FLOAT",
  "RATIO",
  "COMPLEX",
  "BOOL",
  "STR",
  "CHAR",
  "SYMBOL",
  "KEYWORD",
  "LIST",
  "VALUES",
  "STRINGS",
  "VECTOR",
  "MAP",
  "HASH",
  "FN",
  "FN2",
  "TEST",
  "THUNK",
  "RECORD",
  "CELL",
  "ARRAY",
  "BYTES",
] as const;

/** Holes that are no kinds. */
const WORDS = ["SAME", "ANY", "NUMBER", "STMT", "FAIL", "BODY", "KEY", "DIVISOR", "ASSIGN"] as const;

/** What a hole asks for: a kind, a word, or the kind of the variable `?x`. */
export type Wanted = Kind | typeof WORDS[number] | `?${string}`;

/** A hole. */
export interface Hole {
  readonly type: "hole";
  readonly wanted: Wanted;
  /** The variables of the form that it sees: all of them, or these. */
  readonly sees: "all" | readonly string[];
  readonly globalsOnly: boolean;
  readonly times: number;
  readonly carried: boolean;
}

/** The place where a variable of the form is bound. `kind` is null for any kind. */
export interface Binder {
  readonly type: "binder";
  readonly name: string;
  readonly kind: Kind | "SAME" | null;
  readonly assignable: boolean;
}

/** A form with holes. */
export type Template = string | Hole | Binder | readonly Template[];

const HOLE = /^(\?[a-z]+|[A-Z][A-Z0-9]*)(\+([a-z]+(?:,[a-z]+)*)?)?(\^)?(?:\*(\d+))?(~)?$/;
const BINDER = /^\$([a-z]+):(\?|[A-Z][A-Z0-9]*)(!)?$/;
const PREFIXES: Readonly<Record<string, string>> = {
  "'": "quote",
  "`": "quasiquote",
  ",": "unquote",
  ",@": "unquote-splicing",
};
const BRACKETS: Readonly<Record<string, readonly [string | null, string]>> = {
  "(": [null, ")"],
  "[": ["[]", "]"],
  "{": ["{}", "}"],
  "#(": ["#()", ")"],
};
const TOKEN =
  /\s*("(?:\\.|[^"\\])*"|#\\(?:[a-z]+|.)|#u8\([^)]*\)|#\(|,@|[()\[\]{}'`,]|[^\s()\[\]{}'`,"]+(?:,[a-z]+)*[~*0-9]*)/uy;

const kinds: ReadonlySet<string> = new Set(KINDS);
const words: ReadonlySet<string> = new Set([...KINDS, ...WORDS]);

function isKind(name: string): name is Kind {
  return kinds.has(name);
}

function isWanted(name: string): name is Wanted {
  return words.has(name) || name.startsWith("?");
}

/** Reads one form with holes. */
export function template(text: string): Template {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new SyntaxError(`no template: ${text}`);
    tokens.push(token);
  }
  let at = 0;
  const next = (): Template => {
    const token = tokens[at++];
    if (token === undefined) throw new SyntaxError(`unfinished template: ${text}`);
    const prefix = PREFIXES[token];
    if (prefix !== undefined) return [prefix, next()];
    const brackets = BRACKETS[token];
    if (brackets === undefined) return atom(token);
    const [head, close] = brackets;
    const items: Template[] = head === null ? [] : [head];
    while (tokens[at] !== close) items.push(next());
    at++;
    return items;
  };
  const form = next();
  if (at !== tokens.length) throw new SyntaxError(`more than one form: ${text}`);
  return form;
}

function atom(token: string): Template {
  const hole = HOLE.exec(token);
  const wanted = hole?.[1] ?? "";
  if (hole !== null && isWanted(wanted)) {
    const [, , plus, names, globals, times = "1", carried] = hole;
    const sees = plus === undefined ? [] : names === undefined ? "all" : names.split(",");
    const type = "hole";
    return { type, wanted, sees, globalsOnly: globals !== undefined, times: Number(times), carried: carried === "~" };
  }
  const binder = BINDER.exec(token);
  if (binder === null) return token;
  const [, name = "", kind = "", fixed] = binder;
  if (kind !== "?" && kind !== "SAME" && !isKind(kind)) throw new SyntaxError(`no kind: ${token}`);
  return { type: "binder", name, kind: kind === "?" ? null : kind, assignable: fixed === undefined };
}

/** The binders of a form, in order. */
export function binders(form: Template): Binder[] {
  if (typeof form === "string") return [];
  if (isParts(form)) return form.flatMap(binders);
  return form.type === "binder" ? [form] : [];
}

/** Whether a form is a sequence of others. */
export function isParts(form: Template): form is readonly Template[] {
  return Array.isArray(form);
}

/** Reads a table: one form per line; what follows ` ; ` on a line is a comment. */
export function templates(text: string): readonly Template[] {
  return text.split("\n").map((line) => line.replace(/ ; .*/, "").trim()).filter((line) => line !== "").map(template);
}

/** The symbols that stand in a form. */
export function symbols(tree: Tree, into: Set<string> = new Set()): Set<string> {
  if (typeof tree === "string") into.add(tree);
  else for (const part of tree) symbols(part, into);
  return into;
}
