/** Functions, definitions, assignment and the `let` family. */
import { EMPTY, intern, lengthOf, List, SortedMap, Sym, type Value, Vector } from "../data/mod.ts";
import { elements, type FormContext } from "./lowering.ts";
import { bind, constant, type Named, type NamedLambda, primitive, reference, sequence } from "./named.ts";
import { bindAll, destructure, isPattern } from "./destructuring.ts";

const DOT = intern(".");

/** A parsed parameter list; patterns are parameters of their own name that the body takes apart. */
interface Parameters {
  readonly names: readonly Sym[];
  readonly rest: Sym | null;
  readonly patterns: readonly { readonly name: Sym; readonly pattern: Value }[];
}

/**
 * Parses the parameters in `forms`, which are in the form `around`; `patterns` allows vectors and maps. A dot can only be
 * the last but one: the reader sees to it.
 */
export function parameters(
  context: FormContext,
  forms: readonly Value[],
  patterns: boolean,
  around: Value,
): Parameters {
  const names: Sym[] = [];
  const found: { name: Sym; pattern: Value }[] = [];
  for (let i = 0; i < forms.length; i++) {
    const form = forms[i] ?? null;
    if (form === DOT && i === forms.length - 2) {
      const rest = forms[i + 1] ?? null;
      // A pattern behind the dot is one more positional parameter.
      if (patterns && isPattern(rest) && !(rest instanceof Sym)) continue;
      return { names, rest: context.symbol(rest, around), patterns: found };
    }
    if (patterns && isPattern(form) && !(form instanceof Sym)) {
      const name = context.lowering.temporary();
      found.push({ name, pattern: form });
      names.push(name);
    } else names.push(context.symbol(form, around));
  }
  return { names, rest: null, patterns: found };
}

/** A function from its parsed parameters and the list of its body forms. */
export function lambda(context: FormContext, params: Parameters, body: List, name: Sym | null): NamedLambda {
  const { lowering } = context;
  const steps = params.patterns.flatMap(({ name, pattern }) => destructure(lowering, pattern, name));
  const block: Named = { kind: "block", body: bindAll(steps, lowering.body(body)) };
  return {
    kind: "lambda",
    name: name?.name ?? null,
    named: name !== null,
    parameters: params.names,
    rest: params.rest,
    body: block,
    position: context.position,
  };
}

/** `(lambda params body…)` */
export function lowerLambda(context: FormContext): Named {
  const form = context.argument(0);
  const params = elements(form);
  if (params === null) throw context.wrongType("list or vector", form);
  return lambda(context, parameters(context, params, true, form), context.rest.rest, null);
}

/** `(define …)` in all its shapes. */
export function lowerDefine(context: FormContext): Named {
  const target = lengthOf(context.form) > 1 ? context.argument(0) : null;
  if (lengthOf(context.form) === 1) context.checkCount(2, Infinity);
  if (target instanceof List) {
    if (target === EMPTY) throw context.shape("empty function signature");
    if (lengthOf(context.form) === 2) throw context.shape("function body cannot be empty");
    const name = context.symbol(target.first, target);
    const params = parameters(context, [...target.rest], false, target);
    return { kind: "define", name, value: lambda(context, params, context.rest.rest, name), early: true };
  }
  if (!(target instanceof Sym || target instanceof Vector || target instanceof SortedMap)) {
    throw context.wrongType("symbol, list, vector, or map", target);
  }
  context.checkCount(2, 2);
  if (target instanceof Sym) return { kind: "define", name: target, value: context.lower(1), early: true };
  const whole = context.lowering.temporary();
  const steps = destructure(context.lowering, target, whole, true);
  return bind(whole, context.lower(1), bindAll(steps, reference(whole)));
}

/** `(defn name (params) body…)` */
export function lowerDefineFunction(context: FormContext): Named {
  const name = context.symbol(context.argument(0));
  const list = context.list(context.argument(1));
  const params = parameters(context, [...list], false, list);
  return { kind: "define", name, value: lambda(context, params, context.rest.rest.rest, name), early: true };
}

/** `(set! name value)` */
export function lowerSet(context: FormContext): Named {
  return { kind: "set", name: context.symbol(context.argument(0)), value: context.lower(1) };
}

/** The two-element bindings of a `let`. */
function bindings(context: FormContext): { readonly target: Value; readonly cell: List }[] {
  const list = context.list(context.argument(0));
  return [...list].map((entry) => {
    const pair = context.list(entry, list);
    if (lengthOf(pair) !== 2) throw context.shape("each binding must have 2 elements", pair, list);
    if (!isPattern(pair.first)) throw context.notPattern(pair.first, pair);
    return { target: pair.first, cell: pair.rest };
  });
}

/** `(let ((x e)…) body…)` and `(let name …)` */
export function lowerLet(context: FormContext): Named {
  if (context.argument(0) instanceof Sym) return lowerNamedLet(context.named("named let"));
  const { lowering } = context;
  const parsed = bindings(context);
  const body = context.rest.rest;
  const simple = parsed.every(({ target }) => target instanceof Sym);
  const names: Sym[] = [];
  const inits: Named[] = [];
  const targets: { readonly target: Value; readonly name: Sym }[] = [];
  for (const { target, cell } of parsed) {
    const name = simple && target instanceof Sym ? target : lowering.temporary();
    names.push(name);
    inits.push(lowering.first(cell));
    targets.push({ target, name });
  }
  const steps = simple ? [] : targets.flatMap(({ target, name }) => destructure(lowering, target, name));
  const inner = bindAll(steps, lowering.block(body));
  return names.length === 0 ? inner : { kind: "let", names, inits, body: inner };
}

function lowerNamedLet(context: FormContext): Named {
  context.checkCount(3, Infinity);
  const { lowering } = context;
  const names: Sym[] = [];
  const inits: Named[] = [];
  const list = context.list(context.argument(1));
  for (const entry of list) {
    const pair = context.list(entry, list);
    if (lengthOf(pair) !== 2) throw context.shape("each binding must have 2 elements", pair, list);
    names.push(context.symbol(pair.first, pair));
    inits.push(lowering.first(pair.rest));
  }
  return {
    kind: "loop",
    name: context.symbol(context.argument(0)),
    names,
    inits,
    body: lowering.block(context.cell(2)),
    position: context.position,
  };
}

/** `(let* ((x e)…) body…)` */
export function lowerLetSequential(context: FormContext): Named {
  const { lowering } = context;
  const steps = bindings(context).flatMap(({ target, cell }) => {
    const value = lowering.first(cell);
    if (target instanceof Sym) return [{ kind: "bind" as const, name: target, value }];
    const name = lowering.temporary();
    return [{ kind: "bind" as const, name, value }, ...destructure(lowering, target, name)];
  });
  return bindAll(steps, lowering.block(context.rest.rest));
}

/** `(letrec ((x e)…) body…)` */
export function lowerLetRecursive(context: FormContext): Named {
  const { lowering } = context;
  const names: Sym[] = [];
  const inits: Named[] = [];
  for (const { target, cell } of bindings(context)) {
    const value = lowering.first(cell);
    if (target instanceof Sym) {
      names.push(target);
      inits.push(value);
      continue;
    }
    // The pattern's names are variables of the letrec, assigned when the whole value is there.
    const whole = lowering.temporary();
    const steps = destructure(lowering, target, whole);
    const bound = steps.filter((step) => step.kind === "bind" && !step.name.name.startsWith(" "));
    names.push(...bound.flatMap((step) => step.kind === "bind" ? [step.name] : []), lowering.temporary());
    inits.push(...bound.map(() => constant(null)));
    const assignments = steps.map((step) =>
      step.kind === "bind" && !step.name.name.startsWith(" ") ? { ...step, kind: "set" as const } : step
    );
    inits.push(bind(whole, value, bindAll(assignments, constant(null))));
  }
  return { kind: "letrec", names, inits, body: lowering.body(context.rest.rest) };
}

/** Formals of a multiple-value binding, and the primitive that makes a list of as many values. */
function formals(context: FormContext, form: Value): { readonly names: readonly Sym[]; readonly rest: Sym | null } {
  if (form instanceof Sym) return { names: [], rest: form };
  return parameters(context, [...context.list(form)], false, form);
}

interface Spread {
  readonly names: readonly Sym[];
  readonly rest: Sym | null;
  readonly list: Sym;
  readonly value: Named;
}

function spread(context: FormContext, formalsForm: Value, producer: Named): Spread {
  const { names, rest } = formals(context, formalsForm);
  const args = [producer, constant(names.length), constant(rest !== null)];
  return { names, rest, list: context.lowering.temporary(), value: primitive("spread", args, context.position) };
}

/** The values of a spread list, by name. */
function spreadValues({ names, rest, list }: Spread): { readonly name: Sym; readonly value: Named }[] {
  const result = names.map((name, index) => ({
    name,
    value: primitive("element", [reference(list), constant(index)]),
  }));
  if (rest !== null) {
    result.push({ name: rest, value: primitive("elementsFrom", [reference(list), constant(names.length)]) });
  }
  return result;
}

function valueClauses(context: FormContext): Spread[] {
  return [...context.list(context.argument(0))].map((entry) => {
    if (!(entry instanceof List) || lengthOf(entry) !== 2) {
      throw context.shape("each clause must be (formals producer)", entry, context.argument(0));
    }
    return spread(context, entry.first, context.lowering.first(entry.rest));
  });
}

/** `(let-values ((formals producer)…) body…)`: producers see the outer scope. */
export function lowerLetValues(context: FormContext): Named {
  const clauses = valueClauses(context);
  const body = context.lowering.block(context.rest.rest);
  const named = clauses.flatMap(spreadValues);
  const inner: Named = named.length === 0
    ? body
    : { kind: "let", names: named.map(({ name }) => name), inits: named.map(({ value }) => value), body };
  if (clauses.length === 0) return inner;
  return { kind: "let", names: clauses.map(({ list }) => list), inits: clauses.map(({ value }) => value), body: inner };
}

/** `(let*-values ((formals producer)…) body…)` */
export function lowerLetValuesSequential(context: FormContext): Named {
  const clauses = valueClauses(context);
  const steps = clauses.flatMap((clause) => [
    { kind: "bind" as const, name: clause.list, value: clause.value },
    ...spreadValues(clause).map((step) => ({ kind: "bind" as const, ...step })),
  ]);
  return bindAll(steps, context.lowering.block(context.rest.rest));
}

/** `(define-values formals expression)` */
export function lowerDefineValues(context: FormContext): Named {
  const clause = spread(context, context.argument(0), context.lower(1));
  const defines = spreadValues(clause).map(({ name, value }): Named => ({ kind: "define", name, value, early: false }));
  return bind(clause.list, clause.value, sequence(defines));
}
