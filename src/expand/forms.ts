/**
 * The binding structure of special forms: which parts are code, in which scope, and which are names or data. A form
 * that is not listed is code in all its parts.
 */
import { EMPTY, intern, lengthOf, List, SortedMap, Sym, toArray, type Value, Vector } from "../data/mod.ts";
import type { Expander } from "./expander.ts";
import { definedNames, patternNames, type Scope } from "./scope.ts";

/** Expands a special form. */
type Walker = (form: List, scope: Scope, expander: Expander) => Value;

const ELSE = intern("else");
const CATCH = intern("catch");
const SPLICE = intern("unquote-splicing");

/** Expands `items` from index `from` on as a body that sees `names`. */
function body(
  items: readonly Value[],
  from: number,
  names: readonly Sym[],
  scope: Scope,
  expander: Expander,
): readonly Value[] {
  return expander.each(items, scope.with([...names, ...definedNames(items.slice(from))]), from);
}

/** A form whose first `skip` parts (the head among them) are not code. */
function skipping(skip: number): Walker {
  return (form, scope, expander) => expander.rebuild(form, expander.each(toArray(form), scope, skip));
}

const unchanged: Walker = (form) => form;

const lambda: Walker = (form, scope, expander) =>
  expander.rebuild(form, body(toArray(form), 2, patternNames(form.rest.first), scope, expander));

const define: Walker = (form, scope, expander) => {
  const target = form.rest.first;
  const items = toArray(form);
  return target instanceof List
    ? expander.rebuild(form, body(items, 2, patternNames(target.rest), scope, expander))
    : expander.rebuild(form, expander.each(items, scope, 2));
};

const defineFunction: Walker = (form, scope, expander) =>
  expander.rebuild(form, body(toArray(form), 3, patternNames(form.rest.rest.first), scope, expander));

/** Expands the init of each `(name init …)` in `scope`; `bound` is told the names of each when its init is done. */
function bindings(form: Value, scope: Scope, expander: Expander, bound: (names: readonly Sym[]) => void): Value {
  if (!(form instanceof List)) return form;
  const made = [...form].map((entry) => {
    if (!(entry instanceof List) || lengthOf(entry) < 2) return entry;
    const items = toArray(entry);
    items[1] = expander.expand(items[1] ?? null, scope);
    bound(patternNames(entry.first));
    return expander.rebuild(entry, items);
  });
  return expander.rebuild(form, made);
}

const letParallel: Walker = (form, scope, expander) => {
  const items = toArray(form);
  const named = items[1] instanceof Sym;
  const at = named ? 2 : 1;
  const names: Sym[] = named ? patternNames(items[1] ?? null) : [];
  if (items.length > at) {
    items[at] = bindings(items[at] ?? null, scope, expander, (bound) => void names.push(...bound));
  }
  return expander.rebuild(form, body(items, at + 1, names, scope, expander));
};

const letSequential: Walker = (form, scope, expander) => {
  const items = toArray(form);
  const inner = scope.inner();
  if (items.length > 1) items[1] = bindings(items[1] ?? null, inner, expander, (bound) => inner.add(bound));
  return expander.rebuild(form, body(items, 2, [], inner, expander));
};

const letRecursive: Walker = (form, scope, expander) => {
  const items = toArray(form);
  const inner = scope.inner();
  if (items[1] instanceof List) inner.add(patternNames(listOfFirsts(items[1])));
  if (items.length > 1) items[1] = bindings(items[1] ?? null, inner, expander, () => {});
  return expander.rebuild(form, body(items, 2, [], inner, expander));
};

function listOfFirsts(form: List): Vector {
  return new Vector([...form].flatMap((entry) => entry instanceof List ? [entry.first] : []));
}

const doLoop: Walker = (form, scope, expander) => {
  const items = toArray(form);
  const names = items[1] instanceof List ? patternNames(listOfFirsts(items[1])) : [];
  const inner = scope.with([...names, ...definedNames(items.slice(3))]);
  if (items[1] instanceof List) {
    const entries = [...items[1]].map((entry) => {
      if (!(entry instanceof List)) return entry;
      const parts = toArray(entry);
      if (parts.length > 1) parts[1] = expander.expand(parts[1] ?? null, scope);
      return expander.rebuild(entry, expander.each(parts, inner, 2));
    });
    items[1] = expander.rebuild(items[1], entries);
  }
  if (items[2] instanceof List) items[2] = expander.parts(items[2], inner);
  return expander.rebuild(form, expander.each(items, inner, 3));
};

/** A clause, list or vector, whose part 0 is a pattern or data and whose rest is a body. */
function clause(form: Value, names: readonly Sym[], scope: Scope, expander: Expander): Value {
  if (form instanceof List) return expander.rebuild(form, body(toArray(form), 1, names, scope, expander));
  if (!(form instanceof Vector)) return form;
  const items = body(form.items, 1, names, scope, expander);
  return items === form.items ? form : new Vector(items);
}

const match: Walker = (form, scope, expander) => {
  const items = toArray(form).map((item, index) => {
    if (index === 0) return item;
    if (index === 1) return expander.expand(item, scope);
    const pattern = item instanceof List ? item.first : item instanceof Vector ? item.items[0] ?? null : null;
    return clause(item, pattern instanceof List ? [] : patternNames(pattern), scope, expander);
  });
  return expander.rebuild(form, items);
};

const cases: Walker = (form, scope, expander) => {
  const items = toArray(form).map((item, index) => {
    if (index === 0) return item;
    return index === 1 ? expander.expand(item, scope) : clause(item, [], scope, expander);
  });
  return expander.rebuild(form, items);
};

/** A clause of `cond` is code in all its parts, though it looks like a call. */
const cond: Walker = (form, scope, expander) => {
  const items = toArray(form).map((item, index) =>
    index === 0 || !(item instanceof List)
      ? item
      : expander.rebuild(item, expander.each(toArray(item), scope, item.first === ELSE ? 1 : 0))
  );
  return expander.rebuild(form, items);
};

const attempt: Walker = (form, scope, expander) => {
  const items = toArray(form);
  const last = items.at(-1) ?? null;
  if (!(last instanceof List) || last.first !== CATCH) return expander.parts(form, scope);
  const made = [...expander.each(items.slice(0, -1), scope, 1)];
  const handler = toArray(last);
  made.push(expander.rebuild(last, body(handler, 2, patternNames(handler[1] ?? null), scope, expander)));
  return expander.rebuild(form, made);
};

const QUASIQUOTE = intern("quasiquote");
/** Heads a quasiquote whose template is not to be searched for macro calls again. No program can write it. */
const TEMPLATE = intern("[template]");
const UNQUOTE = intern("unquote");

const quasiquote: Walker = (form, scope, expander) =>
  expander.templates ? expander.parts(form, scope) : expander.rebuild(form, [
    TEMPLATE,
    ...toArray(form.rest).map((part) => template(part, 1, scope, expander)),
  ]);

/** A template of which only the unquoted parts are code. */
function template(form: Value, level: number, scope: Scope, expander: Expander): Value {
  if (form instanceof Vector) {
    const items = form.items.map((item) => template(item, level, scope, expander));
    return items.every((item, index) => item === form.items[index]) ? form : new Vector(items);
  }
  if (form instanceof SortedMap) {
    const entries = [...form].map(([key, value]): [Value, Value] => [
      template(key, level, scope, expander),
      template(value, level, scope, expander),
    ]);
    return entries.reduce((map, [key, value]) => map.with(key, value), SortedMap.EMPTY);
  }
  if (!(form instanceof List) || form === EMPTY) return form;
  const unquoted = form.first === UNQUOTE || (form.first === SPLICE && level === 1);
  if (unquoted && level === 1) return expander.rebuild(form, expander.each(toArray(form), scope, 1));
  const inner = unquoted ? level - 1 : form.first === QUASIQUOTE ? level + 1 : level;
  return expander.rebuild(form, toArray(form).map((part) => template(part, inner, scope, expander)));
}

/** The special forms that bind names or hold data. */
export const WALKERS: ReadonlyMap<string, Walker> = new Map<string, Walker>([
  ["quote", unchanged],
  ["quasiquote", quasiquote],
  [TEMPLATE.name, unchanged],
  ["defmacro", unchanged],
  ["define-syntax", unchanged],
  ["define-record-type", unchanged],
  ["lambda", lambda],
  ["fn", lambda],
  ["define", define],
  ["def", define],
  ["defn", defineFunction],
  ["defun", defineFunction],
  ["define-values", skipping(2)],
  ["set!", skipping(2)],
  ["module", skipping(3)],
  ["let", letParallel],
  ["let*", letSequential],
  ["letrec", letRecursive],
  ["let-values", letParallel],
  ["let*-values", letSequential],
  ["do", doLoop],
  ["match", match],
  ["match*", match],
  ["case", cases],
  ["cond", cond],
  ["try", attempt],
]);
