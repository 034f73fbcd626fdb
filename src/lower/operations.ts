/** Forms that lower to a primitive: raising, promises, evaluation, records, multimethods, macros as values, modules. */
import { intern, lengthOf, type List, listFrom, type Sym } from "../data/mod.ts";
import type { FormContext } from "./lowering.ts";
import { constant, type Named, primitive, reference, sequence } from "./named.ts";

const FORCE = intern("__vm-force");
/** Calls a unit with a frame of the library below it: a trace inside `eval` ends there. */
const CALL_UNIT = intern("__vm-call-unit");
const EXPORT = intern("export");

/** A function without parameters around `body`. */
function thunk(context: FormContext, body: List): Named {
  return {
    kind: "lambda",
    name: null,
    named: false,
    parameters: [],
    rest: null,
    body: context.lowering.block(body),
    position: context.position,
  };
}

/** `(throw value)` */
export function lowerThrow(context: FormContext): Named {
  return primitive("throw", [context.lower(0)], context.position);
}

/** `(delay expression)` */
export function lowerDelay(context: FormContext): Named {
  return primitive("makePromise", [thunk(context, context.rest)], context.position);
}

/** `(force promise)` */
export function lowerForce(context: FormContext): Named {
  return { kind: "call", callee: reference(FORCE), args: [context.lower(0)], position: context.position };
}

/** `(async body…)`: the new task is ready when the one that makes it has had its turn. */
export function lowerAsync(context: FormContext): Named {
  const promise = primitive("spawn", [thunk(context, context.rest)], context.position);
  return primitive("await", [promise], context.position);
}

/** `(await promise)` */
export function lowerAwait(context: FormContext): Named {
  return primitive("await", [context.lower(0)], context.position);
}

/** `(eval datum)`: the datum becomes a function of its own, which is called. */
export function lowerEval(context: FormContext): Named {
  const unit = primitive("unit", [context.lower(0)], context.position);
  return { kind: "call", callee: reference(CALL_UNIT), args: [unit], position: context.position };
}

/** `(macroexpand datum)` */
export function lowerMacroexpand(context: FormContext): Named {
  return primitive("macroexpand", [context.lower(0)], context.position);
}

/** A macro definition that is not at top level: it makes the macro when it runs. */
export function lowerMacroDefinition(context: FormContext): Named {
  return primitive("defineMacro", [constant(context.form)], context.position);
}

/** `(define-record-type type (constructor field…) predicate (field accessor)…)`; all names are global. */
export function lowerRecord(context: FormContext): Named {
  if (lengthOf(context.form) < 4) throw context.shape("requires at least type name, constructor, and predicate");
  const type = context.symbol(context.argument(0));
  const signature = context.list(context.argument(1));
  const [constructor, ...fieldNames] = [...signature];
  if (constructor === undefined) throw context.shape("constructor spec must have a name");
  const make = context.symbol(constructor, signature);
  const fields = fieldNames.map((field) => context.symbol(field, signature));
  const predicate = context.symbol(context.argument(2));
  const typeText = constant(type.name);
  const define = (name: Sym, value: Named): Named => ({ kind: "defineGlobal", name, value });
  const steps: Named[] = [
    define(make, primitive("recordConstructor", [typeText, constant(make.name), constant(fields.length)])),
    define(predicate, primitive("recordPredicate", [typeText, constant(predicate.name)])),
  ];
  for (const form of context.cell(3)) {
    const spec = context.list(form);
    if (lengthOf(spec) < 2) throw context.shape("field spec must have at least (field accessor)", spec);
    const field = context.symbol(spec.first, spec);
    const accessor = context.symbol(spec.rest.first, spec);
    const index = fields.indexOf(field);
    steps.push(
      index < 0
        ? fail(context, `define-record-type: field '${field.name}' not in constructor`)
        : define(accessor, primitive("recordAccessor", [typeText, constant(accessor.name), constant(index)])),
    );
  }
  return sequence([...steps, constant(null)]);
}

function fail(context: FormContext, message: string): Named {
  return primitive("fail", [constant(message), constant(null)], context.position);
}

/** `(defmulti name dispatch)` */
export function lowerMultimethod(context: FormContext): Named {
  const name = context.symbol(context.argument(0));
  const value = primitive("makeMultimethod", [constant(name.name), context.lower(1)], context.position);
  return { kind: "define", name, value, early: true };
}

/** `(defmethod name value function)` */
export function lowerMethod(context: FormContext): Named {
  return primitive("addMethod", [context.lower(0), context.lower(1), context.lower(2)], context.position);
}

/** `(module name (export name…) body…)`: the body in place. */
export function lowerModule(context: FormContext): Named {
  context.symbol(context.argument(0));
  const clause = context.list(context.argument(1));
  if (clause.first !== EXPORT) throw context.shape("second argument must start with 'export'");
  const exporting = context.named("module export");
  const names = [...clause.rest].map((name) => exporting.symbol(name, clause));
  const exports = primitive("moduleExports", [constant(listFrom(names))], context.position);
  return sequence([exports, ...context.lowering.all(context.cell(2))]);
}

/** A call of the library function behind `load` or `import`. */
function call(name: string, args: readonly Named[], context: FormContext): Named {
  return { kind: "call", callee: reference(intern(name)), args, position: context.position };
}

/** `(load path)` */
export function lowerLoad(context: FormContext): Named {
  return call("__vm-load", [context.lower(0), importer(context)], context);
}

/** The file that the form stands in: paths are relative to it. */
function importer(context: FormContext): Named {
  return constant(context.position?.file ?? null);
}

/** `(import path [name…])` */
export function lowerImport(context: FormContext): Named {
  const names = [...context.rest.rest].map((name) => context.symbol(name));
  return call("__vm-import", [context.lower(0), constant(listFrom(names)), importer(context)], context);
}

/** A form whose library is not there: an error when it runs. */
export function lowerUnavailable(context: FormContext): Named {
  return fail(context, `${context.label} is not available in this version`);
}
