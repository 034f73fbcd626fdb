/**
 * Destructuring: a pattern becomes a list of steps that check a value and bind its parts. Whatever is wrong with a
 * pattern is found at run time, because the reference checks patterns when it uses them.
 */
import { intern, type Keyword, keyword, SortedMap, Sym, typeName, type Value, Vector } from "../data/mod.ts";
import { elements, type Lowering } from "./lowering.ts";
import { bind, constant, type Named, primitive, reference, sequence } from "./named.ts";

/** One step of taking a value apart. */
export type Step =
  | { readonly kind: "bind" | "set" | "define"; readonly name: Sym; readonly value: Named }
  | { readonly kind: "check"; readonly value: Named };

/** `&` in a sequence pattern, `_` and `:keys`. */
const AMPERSAND: Sym = intern("&");
export const WILDCARD: Sym = intern("_");
export const KEYS: Keyword = keyword("keys");

/** Whether `form` can stand where a pattern is expected. */
export function isPattern(form: Value): boolean {
  return form instanceof Sym || form instanceof Vector || form instanceof SortedMap;
}

/** `body` behind the steps. */
export function bindAll(steps: readonly Step[], body: Named): Named {
  let result = body;
  // Runs of steps that bind nothing make one sequence.
  let pending: Named[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i] as Step;
    switch (step.kind) {
      case "bind":
        result = bind(step.name, step.value, sequence([...pending, result]));
        pending = [];
        break;
      case "set":
        pending.unshift({ kind: "set", name: step.name, value: step.value });
        break;
      case "define":
        pending.unshift({ kind: "define", name: step.name, value: step.value, early: false });
        break;
      case "check":
        pending.unshift(step.value);
        break;
    }
  }
  return sequence([...pending, result]);
}

function failure(message: string, hint?: string): Step {
  return { kind: "check", value: primitive("fail", [constant(message), constant(hint ?? null)]) };
}

/** A sequence pattern's parts: the patterns before `&`, and the one behind it (`undefined`: no `&`). */
export interface SequencePattern {
  readonly fixed: readonly Value[];
  readonly rest: Value | undefined;
  readonly problem: string | null;
}

/** Splits `[p1 p2 & rest]`; `strict` rejects more than one pattern behind the `&`. */
export function sequencePattern(items: readonly Value[], strict: boolean): SequencePattern {
  const at = items.indexOf(AMPERSAND);
  if (at < 0) return { fixed: items, rest: undefined, problem: null };
  const fixed = items.slice(0, at);
  const rest = items[at + 1];
  if (rest === undefined) return { fixed, rest, problem: "`&` must be followed by a rest pattern" };
  if (strict && items.length > at + 2) return { fixed, rest, problem: "only one pattern allowed after `&`" };
  return { fixed, rest, problem: null };
}

/** The symbols of a `:keys` entry, or what is wrong with it. */
export function keysEntry(form: Value): readonly Sym[] | string {
  const names = elements(form);
  if (names === null) return ":keys must be followed by a vector or list of symbols";
  const symbols = names.filter((name) => name instanceof Sym);
  return symbols.length === names.length ? symbols : ":keys entries must be symbols";
}

/**
 * The steps that take apart the variable `whole`. `define`: the names become definitions instead of variables of an
 * inner scope.
 */
export function destructure(lowering: Lowering, pattern: Value, whole: Sym, define = false): Step[] {
  const steps: Step[] = [];
  const part = (form: Value, value: Named): void => {
    if (form === WILDCARD) return;
    if (form instanceof Sym) {
      steps.push({ kind: define ? "define" : "bind", name: form, value });
      return;
    }
    const name = lowering.temporary();
    steps.push({ kind: "bind", name, value }, ...destructure(lowering, form, name, define));
  };
  if (pattern instanceof Sym) part(pattern, reference(whole));
  else if (pattern instanceof Vector) {
    const { fixed, rest, problem } = sequencePattern(pattern.items, true);
    if (problem !== null) return [failure(`destructure: ${problem}`)];
    const check = rest === undefined ? "checkLength" : "checkMinimum";
    const value = primitive(check, [reference(whole), constant(fixed.length)], lowering.positions.of(pattern));
    steps.push({ kind: "check", value });
    fixed.forEach((form, index) => part(form, primitive("element", [reference(whole), constant(index)])));
    if (rest !== undefined) part(rest, primitive("elementsFrom", [reference(whole), constant(fixed.length)]));
  } else if (pattern instanceof SortedMap) {
    steps.push({
      kind: "check",
      value: primitive("checkMap", [reference(whole)], lowering.positions.of(pattern)),
    });
    for (const [key, form] of pattern) {
      if (key !== KEYS) {
        part(form, primitive("lookup", [reference(whole), constant(key)]));
        continue;
      }
      const names = keysEntry(form);
      if (typeof names === "string") {
        steps.push(failure(`destructure: ${names}`));
        continue;
      }
      for (const name of names) part(name, primitive("lookup", [reference(whole), constant(keyword(name.name))]));
    }
  } else {
    steps.push(
      failure(
        `destructure: invalid pattern, expected symbol, vector, or map, got ${typeName(pattern)}`,
        "use [a b c] for sequential destructuring or {:keys [a b]} for map destructuring",
      ),
    );
  }
  return steps;
}
