/**
 * `match`: every clause becomes a test that looks at parts of the value without binding anything, and, when it
 * holds, the bindings. So a clause that fails half-way leaves nothing behind, and no clause's code occurs twice.
 */
import { intern, keyword, lengthOf, List, listFrom, SortedMap, Sym, toArray, type Value, Vector } from "../data/mod.ts";
import { bindAll, KEYS, keysEntry, sequencePattern, type Step, WILDCARD } from "./destructuring.ts";
import { elements, type FormContext } from "./lowering.ts";
import { bind, conditional, constant, type Named, primitive, reference } from "./named.ts";

const QUOTE = intern("quote");
const WHEN = intern("when");

/** Code for the part of the value that a pattern stands for; new nodes on every call. */
type Part = () => Named;

/** What a pattern asks of a value, and what it binds. */
interface Pattern {
  /** New nodes on every call; null where any value will do. */
  readonly test: (() => Named) | null;
  readonly steps: () => Step[];
}

function both(patterns: readonly Pattern[]): Pattern {
  const tests = patterns.flatMap(({ test }) => test ?? []);
  return {
    test: tests.length === 0 ? null : () => {
      const made = tests.map((test) => test());
      const last = made.pop() ?? constant(true);
      return made.reduceRight((rest, test) => conditional(test, rest, constant(false)), last);
    },
    steps: () => patterns.flatMap(({ steps }) => steps()),
  };
}

const nothing = (): Step[] => [];

function literal(value: Value, part: Part): Pattern {
  return { test: () => primitive("equal", [part(), constant(value)]), steps: nothing };
}

function problem(message: string): Pattern {
  return { test: () => primitive("fail", [constant(`match: ${message}`), constant(null)]), steps: nothing };
}

function parse(form: Value, part: Part): Pattern {
  if (form === WILDCARD) return { test: null, steps: nothing };
  if (form instanceof Sym) {
    return { test: null, steps: () => [{ kind: "bind", name: form, value: part() }] };
  }
  if (form instanceof Vector) return parseSequence(form.items, part);
  if (form instanceof SortedMap) return parseMap(form, part);
  if (form instanceof List && lengthOf(form) === 2 && form.first === QUOTE) return literal(form.rest.first, part);
  return literal(form, part);
}

function parseSequence(items: readonly Value[], part: Part): Pattern {
  const { fixed, rest, problem: wrong } = sequencePattern(items, false);
  const test = rest === undefined && wrong === null ? "hasLength" : "hasMinimum";
  const shape: Pattern = { test: () => primitive(test, [part(), constant(fixed.length)]), steps: nothing };
  if (wrong !== null) return both([shape, problem(wrong)]);
  const parts = fixed.map((form, index) => parse(form, () => primitive("element", [part(), constant(index)])));
  if (rest !== undefined) {
    parts.push(parse(rest, () => primitive("elementsFrom", [part(), constant(fixed.length)])));
  }
  return both([shape, ...parts]);
}

function parseMap(form: SortedMap, part: Part): Pattern {
  const patterns: Pattern[] = [{ test: () => primitive("isMap", [part()]), steps: nothing }];
  for (const [key, pattern] of form) {
    const value = (of: Value): Part => () => primitive("lookup", [part(), constant(of)]);
    if (key !== KEYS) {
      patterns.push({ test: () => primitive("hasKey", [part(), constant(key)]), steps: nothing });
      patterns.push(parse(pattern, value(key)));
      continue;
    }
    const names = keysEntry(pattern);
    if (typeof names === "string") patterns.push(problem(names));
    else for (const name of names) patterns.push(parse(name, value(keyword(name.name))));
  }
  return both(patterns);
}

/** `(match value clause…)`; `otherwise` is the code for a value that no clause matches. */
function lowerMatching(context: FormContext, otherwise: (value: Sym) => Named): Named {
  const { lowering } = context;
  const whole = lowering.temporary();
  const clauses = toArray(context.rest.rest).map((form) => {
    const parts = elements(form);
    if (parts === null) {
      throw context.failure(
        `${context.label}: each clause must be a list or vector`,
        'e.g. (match x (1 "one") (_ "other"))',
      );
    }
    if (parts.length === 0) throw context.shape("clause must not be empty");
    const { test, steps } = parse(parts[0] ?? null, () => reference(whole));
    const guarded = parts.length >= 3 && parts[1] === WHEN;
    const guard = guarded ? bindAll(steps(), lowering.lower(parts[2] ?? null)) : null;
    const body = bindAll(steps(), lowering.block(tailOf(form, parts, guarded ? 3 : 1)));
    const holds = test?.() ?? null;
    if (holds === null) return { test: guard, body };
    return { test: guard === null ? holds : conditional(holds, guard, constant(false)), body };
  });
  const dispatch = clauses.reduceRight(
    (rest, { test, body }) => test === null ? body : conditional(test, body, rest),
    otherwise(whole),
  );
  return bind(whole, context.lower(0), dispatch);
}

/** The forms of a clause from `start` on, in their own cells where it is a list: those have positions. */
function tailOf(form: Value, parts: readonly Value[], start: number): List {
  if (!(form instanceof List)) return listFrom(parts, start);
  let cell = form;
  for (let i = 0; i < start; i++) cell = cell.rest;
  return cell;
}

/** `(match value clause…)` */
export function lowerMatch(context: FormContext): Named {
  return lowerMatching(context, (value) => primitive("matchFailure", [reference(value)], context.position));
}

/** `(match* value clause…)` */
export function lowerMatchOrNil(context: FormContext): Named {
  return lowerMatching(context.named("match"), () => constant(null));
}
