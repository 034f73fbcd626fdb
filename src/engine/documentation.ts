/**
 * What is known of a name: from the declarations of the library, the tables of special forms and prelude macros, and the
 * functions of programs. Nothing here is written down a second time.
 */
import { declaration, declarations, numberConstants, standardStreams } from "../builtins/mod.ts";
import { arityText, repr, usageOf } from "../data/mod.ts";
import { MACRO_DESCRIPTIONS } from "../expand/mod.ts";
import { SPECIAL_FORMS } from "../lower/mod.ts";
import type { Documentation } from "./api.ts";

/** What the arguments of a function are called whose doc line does not name them. */
const ARGUMENTS: readonly string[] = ["x", "y", "z"];

const aliases: Map<string, string[]> = new Map();

/** Fills the table when somebody first asks: most programs never do. */
function load(): void {
  if (aliases.size > 0) return;
  for (const row of declarations()) {
    if (row.kind === "alias" && !row.name.startsWith("__")) {
      aliases.set(row.target, [...aliases.get(row.target) ?? [], row.name]);
    }
  }
}

/** The shape of a call by the number of arguments alone. */
function plainUsage(name: string, min: number, max: number): string {
  const needed = Array.from({ length: min }, (_, i) => ARGUMENTS[i] ?? `x${i + 1}`);
  if (max === Infinity) return `(${[name, ...needed.length > 0 ? needed : ["x"], "..."].join(" ")})`;
  const optional = Array.from({ length: max - min }, (_, i) => `[${ARGUMENTS[min + i] ?? `x${min + i + 1}`}]`);
  return `(${[name, ...needed, ...optional].join(" ")})`;
}

/** Shape and sentence of a doc line. */
function parts(doc: string, name: string, min: number, max: number): { usage: string; text: string } {
  const found = usageOf(doc);
  if (found === null) return { usage: plainUsage(name, min, max), text: doc };
  const { usage, text } = found;
  // The name of an argument stays as it is.
  const [word = ""] = text.split(/\W/, 1);
  const isArgument = usage.split(/[^\w-]/).slice(2).includes(word);
  return { usage, text: isArgument ? text : text.charAt(0).toUpperCase() + text.slice(1) };
}

/** What a name of the library or of the language means; null for others. */
export function libraryDocumentation(name: string): Documentation | null {
  const entry = libraryEntry(name);
  const row = declaration(name);
  if (entry?.kind !== "function" || row === undefined) return entry;
  load();
  const target = row.kind === "alias" ? row.target : name;
  return { ...entry, aliases: [target, ...aliases.get(target) ?? []].filter((other) => other !== name) };
}

/** The same without the other names of functions, for which all of the library has to be looked at. */
export function libraryEntry(name: string): Documentation | null {
  const form = SPECIAL_FORMS.get(name);
  if (form !== undefined) {
    const others = [...SPECIAL_FORMS].filter(([other, { lower }]) => lower === form.lower && other !== name);
    return {
      name,
      kind: "special form",
      ...parts(form.doc, name, form.min, form.max),
      aliases: others.filter(([, { label }]) => label === form.label).map(([other]) => other),
      arity: null,
      examples: form.examples,
    };
  }
  const macro = MACRO_DESCRIPTIONS.get(name);
  if (macro !== undefined) {
    const { doc, min, max, examples } = macro;
    return { name, kind: "macro", ...parts(doc, name, min, max), aliases: [], arity: null, examples };
  }
  const constant = Object.hasOwn(numberConstants, name) ? numberConstants[name] : undefined;
  if (constant !== undefined) {
    const text = `The number ${repr(constant)}.`;
    return { name, kind: "constant", usage: name, text, aliases: [], arity: null, examples: [] };
  }
  const stream = Object.hasOwn(standardStreams, name) ? standardStreams[name] : undefined;
  if (stream !== undefined) {
    return { name, kind: "constant", usage: name, text: stream.doc, aliases: [], arity: null, examples: [] };
  }
  const row = declaration(name);
  const target = row?.kind === "alias" ? declaration(row.target) : row;
  if (target === undefined || target.kind === "alias" || name.startsWith("__")) return null;
  const { doc, min, max, examples = [], capability } = target;
  const { usage, text } = parts(doc, target.name, min, max);
  return {
    name,
    kind: "function",
    usage,
    text: capability === undefined ? text : `${text} Needs the capability ${capability}.`,
    aliases: [],
    arity: arityText(min, max).words,
    examples,
  };
}

/** What a function of a program says of itself. */
export interface FunctionFacts {
  readonly parameters: readonly string[];
  readonly rest: string | null;
  /** The text that its body starts with. */
  readonly doc: string | null;
}

/** What a function of a program means. */
export function functionDocumentation(name: string, { parameters, rest, doc }: FunctionFacts): Documentation {
  const words = [name, ...parameters, ...rest === null ? [] : [".", rest]];
  const { length } = parameters;
  return {
    name,
    kind: "function",
    usage: `(${words.join(" ")})`,
    text: doc ?? "A function of the program.",
    aliases: [],
    arity: arityText(length, rest === null ? length : Infinity).words,
    examples: [],
  };
}

/** The documentation as it is printed. */
export function documentationText(entry: Documentation): string {
  const { usage, kind, arity, text, aliases: others, examples } = entry;
  const lines = [usage, `  ${kind}${arity === null ? "" : `, ${arity}`}`, `  ${text}`];
  if (others.length > 0) lines.push(`  also ${others.join(", ")}`);
  for (const [code, printed] of examples) lines.push(`  ${code}${printed === undefined ? "" : ` → ${printed}`}`);
  return `${lines.join("\n")}\n`;
}
