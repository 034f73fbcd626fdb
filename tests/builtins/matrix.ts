/**
 * Every builtin with every kind of argument in every position, and with too few and too many arguments: one program per
 * builtin, made from its declaration and its first example. The program answers a list of texts, one for each call: the
 * value in read form, or the type and message of the error.
 */
import { existsSync, readFileSync } from "node:fs";
import { type Declaration, declarations } from "../../src/builtins/mod.ts";
import { intern, List, repr, toArray, type Value } from "../../src/data/mod.ts";
import { SPECIAL_FORMS } from "../../src/lower/mod.ts";
import { read } from "../../src/reader/mod.ts";

/** A value of every kind and what errors call its type, by the letter that stands for it in the records. */
export const KINDS: Readonly<Record<string, readonly [code: string, type: string]>> = {
  n: ["nil", "nil"],
  t: ["#t", "bool"],
  i: ["5", "int"],
  m: ["-3", "int"],
  b: ["12345678901234567890", "int"],
  f: ["1.5", "float"],
  r: ["1/2", "rational"],
  c: ["1+2i", "complex"],
  s: ['"text"', "string"],
  e: ['""', "string"],
  h: ["#\\a", "char"],
  y: ["'symbol", "symbol"],
  k: [":key", "keyword"],
  l: ["'(1 2)", "list"],
  E: ["'()", "list"],
  v: ["[1 2]", "vector"],
  M: ["{:a 1}", "map"],
  H: ["(hashmap/new :a 1)", "hashmap"],
  B: ["#u8(1 2)", "bytevector"],
  p: ["car", "native-fn"],
  a: ["(fn (x) x)", "native-fn"],
  A: ["(mutable-array/new)", "mutable-array"],
  C: ["(mutable-cell/new 1)", "mutable-cell"],
  d: ["(delay 1)", "promise"],
  F: ["(f64-array 1 2)", "f64-array"],
  I: ["(i64-array 1 2)", "i64-array"],
};

/** The letters of {@link KINDS}. */
export const LETTERS: readonly string[] = Object.keys(KINDS);

/** A call that is varied. */
export interface Probe {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly args: readonly string[];
  /** What it answers is the host's, of which the reference's build for browsers has another one. */
  readonly ofHost: boolean;
  /** No example says what a working call is: the arguments are made up. */
  readonly guessed: boolean;
}

/** The outcomes of one builtin: for each position what came of it → the letters of the values that it came of. */
export interface Row {
  readonly name: string;
  readonly args: readonly string[];
  readonly got: readonly Readonly<Record<string, string>>[];
  /** With one argument less than the least, and one more than the most. */
  readonly arity: readonly string[];
}

/** What was recorded, one row a line. */
export const ROWS: URL = new URL("matrix.jsonl", import.meta.url);

/** The rows by name. */
export function readRows(): Map<string, Row> {
  const lines = existsSync(ROWS) ? readFileSync(ROWS, "utf8").trimEnd().split("\n") : [];
  return new Map(lines.map((line): [string, Row] => {
    const row: Row = JSON.parse(line);
    return [row.name, row];
  }));
}

/** The text of the file of rows. */
export function rowLines(rows: ReadonlyMap<string, Row>): string {
  return [...rows.values()].map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** Builtins that differ from the reference on purpose → why. */
export function readDeviations(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(new URL("matrix_deviations.json", import.meta.url), "utf8"));
}

/** Builtins whose results are random, count, or are all names there are. */
const UNSTEADY: ReadonlySet<string> = new Set(["math/random-int", "list/shuffle", "list/pick", "gensym", "apropos"]);

/** The calls of all builtins that programs can name. */
export function calls(): Probe[] {
  const aliases = new Map<string, string[]>();
  for (const row of declarations()) {
    if (row.kind === "alias") aliases.set(row.target, [...aliases.get(row.target) ?? [], row.name]);
  }
  return declarations().flatMap((row): Probe[] => {
    if (row.kind === "alias" || row.name.startsWith("__") || UNSTEADY.has(row.name)) return [];
    // The direct call is a special form's.
    if (SPECIAL_FORMS.has(row.name)) return [];
    const { name, min, max } = row;
    const args = exampleCall(row, aliases.get(name) ?? []);
    return [{
      name,
      min,
      max,
      args: args ?? new Array<string>(min).fill('"text"'),
      ofHost: row.capability !== undefined,
      guessed: args === null,
    }];
  });
}

/** The arguments of the first call of one of the names in a form, as texts. */
function callIn(form: Value, names: readonly Value[]): string[] | null {
  if (!(form instanceof List)) return null;
  const items = toArray(form);
  if (names.includes(items[0] ?? null)) return items.slice(1).map((item) => repr(item));
  for (const item of items) {
    const found = callIn(item, names);
    if (found !== null) return found;
  }
  return null;
}

/** A call that works, from the examples of a declaration; null when it has none. */
function exampleCall(row: Declaration, aliases: readonly string[]): string[] | null {
  if (row.kind === "alias") return null;
  const names = [row.name, ...aliases].map((name) => intern(name));
  for (const [code] of row.examples ?? []) {
    for (const form of read(code, null).forms) {
      const found = callIn(form, names);
      if (found !== null && found.length >= row.min && found.length <= row.max) return found;
    }
  }
  return null;
}

/** Argument lists with the wrong length. */
function wrongCounts({ min, max }: { min: number; max: number }, args: readonly string[]): string[][] {
  const lists = min > 0 ? [args.slice(0, min - 1)] : [];
  if (max < Infinity) lists.push([...args, ...new Array<string>(max + 1 - args.length).fill("1")]);
  return lists;
}

/** The text of what a call gives, as an expression. */
export function outcome(call: string): string {
  return `(try (format "~s" ${call}) (catch e (format "~a: ~a" (keyword->string (:type e)) (:message e))))`;
}

/** Comes before the programs: a function that makes a value of every kind. */
export const PREPARATION: string = `(define (kinds) (list ${LETTERS.map((letter) => KINDS[letter]?.[0]).join(" ")}))`;

/** The program that makes all calls of a builtin. */
export function matrixProgram({ name, min, max, args }: Probe): string {
  const positions = args.map((_, i) => {
    const call = `(${[name, ...args.map((arg, j) => i === j ? "x" : arg)].join(" ")})`;
    return `(map (fn (x) ${outcome(call)}) (kinds))`;
  });
  const counts = wrongCounts({ min, max }, args).map((list) => outcome(`(${[name, ...list].join(" ")})`));
  return `(list ${positions.join("\n  ")}\n  (list ${counts.join("\n  ")}))`;
}

/** An outcome with $ for the type of the value that it is about, so that it is the same for all of them. */
function withoutType(text: string, letter: string): string {
  const got = `got ${KINDS[letter]?.[1]}`;
  return text.endsWith(got) ? `${text.slice(0, -got.length)}got $` : text.replace(`${got} in `, "got $ in ");
}

/** The outcomes from what the program printed. */
export function rowFrom({ name, args }: Probe, printed: string): Row {
  const lists = items(read(printed, null).forms[0] ?? null).map((list) => items(list).map(String));
  const got = args.map((_, i) => {
    const record: Record<string, string> = {};
    lists[i]?.forEach((text, j) => {
      const letter = LETTERS[j] ?? "";
      const key = withoutType(text, letter);
      record[key] = (record[key] ?? "") + letter;
    });
    return record;
  });
  return { name, args, got, arity: lists[args.length] ?? [] };
}

function items(value: Value): readonly Value[] {
  if (value instanceof List) return toArray(value);
  throw new TypeError(`not a list: ${repr(value)}`);
}
