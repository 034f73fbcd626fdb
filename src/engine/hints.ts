/**
 * Hints for errors that come without one, worked out only when an error leaves the runtime: what was meant by an unbound
 * name, how a function or form is called, and how a value becomes what was expected.
 */
import type { Condition } from "../data/mod.ts";
import type { Documentation } from "./api.ts";
import { suggest } from "./suggestions.ts";

/** What is known of names. */
export interface KnownNames {
  entry(name: string): Documentation | null;
  /** The bound globals: those of the library, then those of programs. */
  names(): readonly string[];
  /** Those of programs alone. */
  programNames(): readonly string[];
}

/** In names so short one letter is much: only names of the program are suggested for them, and for one letter none. */
const SHORT = 2;

/** What makes a value of one type what was expected, by the words of the error: the first row whose words fit. */
const CONVERSIONS: readonly (readonly [expected: RegExp, got: RegExp, hint: string])[] = [
  [/number|^int$|real|integer/, /\bstring\b/, "(string->number s) makes a number of a string"],
  [/./, /\bnil\b/, "nil stands for what is missing: a key that is not in a map, an if without an else"],
  [/^string$/, /^(symbol|keyword|int|float|rational|bool|char)$/, "(str x) makes a string of any value"],
  [/^callable$/, /./, "the function comes first, as in (map f list)"],
  [/^map or hashmap$/, /^(list|vector)$/, "a map goes by keys; (nth list i) is an element of a list or vector"],
];

/** The hint for a condition that has none of its own. */
export function hintFor(condition: Condition, known: KnownNames): string | undefined {
  const { type, trace, extra } = condition;
  const usage = macroUsage(trace.first?.name, known);
  if (usage !== undefined) return usage;
  switch (type) {
    case "unbound":
      return unboundHint(condition, known);
    case "arity":
      return callUsage(condition, known);
    case "type-error": {
      const [expected, got] = [extra?.["expected"], extra?.["got"]].map(String);
      return CONVERSIONS.find((row) => row[0].test(expected ?? "") && row[1].test(got ?? ""))?.[2];
    }
    default:
      return undefined;
  }
}

/** Forms that are checked while macros are expanded; those that are checked later bring their hints along. */
const DEFINITIONS: ReadonlySet<string> = new Set(["defmacro", "define-syntax"]);

/** How a macro is used, where the error is one of its call: the innermost frame is its own then. */
function macroUsage(name: string | undefined, known: KnownNames): string | undefined {
  const entry = name === undefined ? null : known.entry(name);
  if (entry === null || name === undefined) return undefined;
  return entry.kind === "macro" || DEFINITIONS.has(name) ? `usage: ${entry.usage}` : undefined;
}

/** How the function of an arity error is called, if it is the one that its name means everywhere. */
function callUsage({ message, extra }: Condition, known: KnownNames): string | undefined {
  const name = extra?.["function"];
  const entry = typeof name === "string" ? known.entry(name) : null;
  return entry !== null && message.startsWith(`${name} expects ${entry.arity},`) ? `usage: ${entry.usage}` : undefined;
}

/** What may have been meant: a special form, a word of another Lisp, a variable of the function, or a global. */
function unboundHint({ extra, trace }: Condition, known: KnownNames): string | undefined {
  const name = extra?.["name"];
  if (typeof name !== "string") return undefined;
  const entry = known.entry(name);
  if (entry?.kind === "special form") return `${name} is a special form: ${entry.usage}`;
  if (name.length < SHORT) return suggest(name, []);
  const variables = trace.lines().find(({ library }) => !library)?.variables ?? [];
  const own = variables.filter((variable) => !variable.includes("__"));
  return suggest(name, [...own, ...name.length > SHORT ? known.names() : known.programNames()]);
}
