/** `defmacro`: a transformer written in Sema. */
import {
  arityError,
  arityText,
  evalError,
  intern,
  lengthOf,
  List,
  listFrom,
  repr,
  SortedMap,
  Sym,
  type Value,
  Vector,
} from "../data/mod.ts";
import type { Positions } from "../reader/mod.ts";
import { Expander } from "./expander.ts";
import { type ExpandHost, Macro } from "./macro.ts";
import { Scope } from "./scope.ts";

const DOT = intern(".");
const LAMBDA = intern("lambda");

/** The arity of a compiled transformer and the code, kept for as long as the macros it was expanded with hold. */
interface Compiled {
  readonly procedure: Value;
  readonly macros: ReadonlyMap<Sym, Macro | null>;
}

/** Whether a template symbol `name#` occurs: then every call needs names of its own, so the body is compiled anew. */
function hasFreshSymbols(form: Value): boolean {
  if (form instanceof Sym) return form.name.endsWith("#");
  if (form instanceof List || form instanceof SortedMap) {
    for (const part of form) {
      if (Array.isArray(part) ? part.some(hasFreshSymbols) : hasFreshSymbols(part as Value)) return true;
    }
  }
  return form instanceof Vector && form.items.some(hasFreshSymbols);
}

/** The macro that `(defmacro name (params) body…)` makes; raises when the form is malformed. */
export function defineMacro(form: List, positions: Positions): Macro {
  const count = lengthOf(form) - 1;
  if (count < 3) throw arityError("defmacro", arityText(3, Infinity), count);
  const name = form.rest.first;
  const params = form.rest.rest.first;
  if (!(name instanceof Sym)) throw evalError("defmacro: name must be a symbol");
  if (!(params instanceof List)) throw evalError("defmacro: params must be a list");
  const symbols = [...params];
  if (!symbols.every((symbol) => symbol instanceof Sym)) throw evalError("defmacro: parameter must be a symbol");
  const dot = symbols.indexOf(DOT);
  const required = dot < 0 ? symbols.length : dot;
  const arity = arityText(required, dot < 0 ? required : Infinity);
  const procedure = listFrom([LAMBDA, params], 0, form.rest.rest.rest);
  const reusable = !hasFreshSymbols(form.rest.rest.rest);
  let compiled: Compiled | null = null;
  return new Macro(name.name, (call, host) => {
    const args = [...call.rest];
    if (dot < 0 ? args.length !== required : args.length < required) {
      throw arityError(name.name, arity, args.length);
    }
    if (compiled === null || !reusable || !stillHolds(compiled, host)) {
      compiled = compile(procedure, positions, host);
    }
    return host.apply(compiled.procedure, args);
  }, repr(listFrom([name, ...symbols])));
}

function stillHolds(compiled: Compiled, host: ExpandHost): boolean {
  for (const [name, macro] of compiled.macros) if (host.macro(name) !== macro) return false;
  return true;
}

function compile(procedure: Value, positions: Positions, host: ExpandHost): Compiled {
  const macros = new Map<Sym, Macro | null>();
  const recording: ExpandHost = {
    macro: (name) => {
      const macro = host.macro(name);
      macros.set(name, macro);
      return macro;
    },
    defineMacro: (name, macro) => host.defineMacro(name, macro),
    evaluate: (form, places) => host.evaluate(form, places),
    apply: (callee, args) => host.apply(callee, args),
    gensym: (prefix) => host.gensym(prefix),
  };
  // The templates of a macro are data until its expansion is expanded in turn.
  const expanded = new Expander(recording, positions, false).expand(procedure, new Scope(null, new Set()));
  return { procedure: host.evaluate(expanded, positions), macros };
}
