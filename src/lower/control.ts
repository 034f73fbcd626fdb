/** Conditionals, loops, sequencing and quoting. */
import { EMPTY, intern, lengthOf, type Sym } from "../data/mod.ts";
import type { FormContext } from "./lowering.ts";
import { bind, conditional, constant, type Named, reference, sequence } from "./named.ts";

const ELSE = intern("else");

/** `(quote datum)` */
export function lowerQuote(context: FormContext): Named {
  return constant(context.argument(0));
}

/** `(if test then [else])` */
export function lowerIf(context: FormContext): Named {
  return conditional(
    context.lower(0),
    context.lower(1),
    lengthOf(context.form) === 4 ? context.lower(2) : constant(null),
  );
}

/** `(when test body…)` */
export function lowerWhen(context: FormContext): Named {
  return conditional(context.lower(0), context.lowering.body(context.rest.rest), constant(null));
}

/** `(unless test body…)` */
export function lowerUnless(context: FormContext): Named {
  return conditional(context.lower(0), constant(null), context.lowering.body(context.rest.rest));
}

/** `(begin form…)` */
export function lowerBegin(context: FormContext): Named {
  return context.lowering.body(context.rest);
}

/** `(and form…)` */
export function lowerAnd(context: FormContext): Named {
  const parts = context.lowering.all(context.rest);
  const last = parts.pop();
  if (last === undefined) return constant(true);
  return parts.reduceRight((rest, part) => {
    const name = context.lowering.temporary();
    // The value of a failing operand is the value of the form: nil stays nil.
    return bind(name, part, conditional(reference(name), rest, reference(name)));
  }, last);
}

/** `(or form…)` */
export function lowerOr(context: FormContext): Named {
  const parts = context.lowering.all(context.rest);
  const last = parts.pop();
  if (last === undefined) return constant(false);
  return parts.reduceRight((rest, part) => {
    const name = context.lowering.temporary();
    return bind(name, part, conditional(reference(name), reference(name), rest));
  }, last);
}

/** `(cond (test body…)…)` */
export function lowerCond(context: FormContext): Named {
  const clauses: { readonly test: Named; readonly body: Named }[] = [];
  let otherwise: Named = constant(null);
  for (const form of context.rest) {
    const clause = context.list(form);
    if (clause === EMPTY) {
      throw context.failure("cond: clause must not be empty", "each clause is (test body...) or (else body...)");
    }
    const body = lengthOf(clause) === 1 ? constant(true) : context.lowering.body(clause.rest);
    if (clause.first === ELSE) {
      otherwise = body;
      break;
    }
    clauses.push({ test: context.lowering.first(clause), body });
  }
  return clauses.reduceRight((rest, { test, body }) => conditional(test, body, rest), otherwise);
}

/** `(case key ((datum…) body…)… [(else body…)])` */
export function lowerCase(context: FormContext): Named {
  const { lowering } = context;
  const key = lowering.temporary();
  const clauses: { readonly test: Named; readonly body: Named }[] = [];
  let otherwise: Named = constant(null);
  for (const form of context.rest.rest) {
    const clause = context.list(form);
    if (clause === EMPTY) throw context.shape("clause must not be empty");
    if (clause.first === ELSE) {
      otherwise = lowering.block(clause.rest);
      break;
    }
    const tests = [...context.list(clause.first, clause)].map((datum): Named => ({
      kind: "intrinsic",
      operation: "equal",
      args: [reference(key), constant(datum)],
      position: context.position,
    }));
    const last = tests.pop() ?? constant(false);
    const test = tests.reduceRight((rest, part) => conditional(part, constant(true), rest), last);
    clauses.push({ test, body: lowering.block(clause.rest) });
  }
  const dispatch = clauses.reduceRight((rest, { test, body }) => conditional(test, body, rest), otherwise);
  return bind(key, context.lower(0), dispatch);
}

/** `(while test body…)` */
export function lowerWhile(context: FormContext): Named {
  return {
    kind: "while",
    test: context.lower(0),
    body: context.lowering.block(context.rest.rest),
    position: context.position,
  };
}

/** `(do ((var init [step])…) (test result…) body…)` */
export function lowerDo(context: FormContext): Named {
  const { lowering } = context;
  const names: Sym[] = [];
  const inits: Named[] = [];
  const steps: { readonly name: Sym; readonly value: Named }[] = [];
  const variables = context.list(context.argument(0));
  for (const form of variables) {
    const binding = context.list(form, variables);
    if (lengthOf(binding) < 2 || lengthOf(binding) > 3) {
      throw context.shape("binding must be (var init) or (var init step)", binding, variables);
    }
    const name = context.symbol(binding.first, binding);
    names.push(name);
    inits.push(lowering.first(binding.rest));
    if (lengthOf(binding) === 3) steps.push({ name, value: lowering.first(binding.rest.rest) });
  }
  const clause = context.list(context.argument(1));
  if (clause === EMPTY) throw context.shape("test clause must not be empty");
  const test = conditional(lowering.first(clause), constant(false), constant(true));
  const body: Named = { kind: "block", body: lowering.body(context.rest.rest.rest) };
  const round = steps.length === 0 ? body : sequence([body, assignTogether(context, steps)]);
  const loop = sequence([{ kind: "while", test, body: round, position: context.position }, lowering.body(clause.rest)]);
  const block: Named = { kind: "block", body: loop };
  return names.length === 0 ? block : { kind: "let", names, inits, body: block };
}

/** Assigns all new values, none of which sees another: all but the last wait in temporaries. */
function assignTogether(
  context: FormContext,
  steps: readonly { readonly name: Sym; readonly value: Named }[],
): Named {
  const waiting = steps.slice(0, -1).map((step) => ({ ...step, temporary: context.lowering.temporary() }));
  const last = steps.at(-1);
  if (last === undefined) return constant(null);
  const assignments: Named[] = [
    { kind: "set", name: last.name, value: last.value },
    ...waiting.map(({ name, temporary }): Named => ({ kind: "set", name, value: reference(temporary) })),
  ];
  if (waiting.length === 0) return sequence(assignments);
  // One variable after the other: the values are evaluated in order, and none of the names hides a program's.
  return waiting.reduceRight((rest, { temporary, value }) => bind(temporary, value, rest), sequence(assignments));
}

/** `(try body… (catch name handler…))` */
export function lowerTry(context: FormContext): Named {
  const { lowering } = context;
  const forms = [...context.rest];
  const clause = context.list(forms.pop() ?? null);
  if (clause === EMPTY) throw context.shape("catch form is empty");
  if (clause.first !== intern("catch")) throw context.shape("last argument must be (catch var handler...)", clause);
  if (lengthOf(clause) < 3) throw context.shape("catch needs (catch var handler...)", clause);
  const name = context.named("try catch").symbol(clause.rest.first, clause);
  const body: Named[] = [];
  for (let cell = context.rest; lengthOf(cell) > 1; cell = cell.rest) body.push(lowering.first(cell));
  return {
    kind: "try",
    body: sequence(body),
    name,
    handler: lowering.block(clause.rest.rest),
    position: context.position,
  };
}
