/** Expanding a whole unit, and one step of `macroexpand`. */
import { type Gradual, placed } from "../core/mod.ts";
import { Condition, intern, List, Sym, toArray, type Value } from "../data/mod.ts";
import type { Positions } from "../reader/mod.ts";
import { defineMacro } from "./define_macro.ts";
import { Expander } from "./expander.ts";
import type { ExpandHost, Macro } from "./macro.ts";
import { definedNames, Scope } from "./scope.ts";
import { defineSyntax } from "./syntax_rules.ts";

const DEFMACRO = intern("defmacro");
const DEFINE_SYNTAX = intern("define-syntax");
const BEGIN = intern("begin");
const PROGN = intern("progn");

/** The forms of a unit without macro calls. Top-level macro definitions take effect and leave nil. */
export function* expandUnit(forms: readonly Value[], positions: Positions, host: ExpandHost): Gradual<Value[]> {
  const expander = new Expander(host, positions, true);
  const scope = new Scope(null, new Set(definedNames(forms)));
  const expanded: Value[] = [];
  for (const form of forms) {
    expanded.push(expandTop(form, scope, positions, expander));
    yield;
  }
  return expanded;
}

function expandTop(form: Value, scope: Scope, positions: Positions, expander: Expander): Value {
  if (!(form instanceof List)) return expander.expand(form, scope);
  const macro = macroOf(form, positions);
  if (macro !== null) {
    expander.host.defineMacro(intern(macro.name), macro);
    return null;
  }
  if (form.first !== BEGIN && form.first !== PROGN) return expander.expand(form, scope);
  if (expander.host.macro(form.first) !== null) return expander.expand(form, scope);
  const items = toArray(form).map((item, index) => index === 0 ? item : expandTop(item, scope, positions, expander));
  return expander.rebuild(form, items);
}

/** The macro that a definition form defines; null when `form` is none. */
export function macroOf(form: Value, positions: Positions): Macro | null {
  const head = form instanceof List ? form.first : null;
  if (!(form instanceof List) || (head !== DEFMACRO && head !== DEFINE_SYNTAX)) return null;
  try {
    return head === DEFMACRO ? defineMacro(form, positions) : defineSyntax(form);
  } catch (thrown) {
    if (thrown instanceof Condition) placed(thrown, head.name, positions.of(form));
    throw thrown;
  }
}

/** `form` after one expansion of its outermost macro call; anything else unchanged. */
export function macroexpand(form: Value, host: ExpandHost): Value {
  const head = form instanceof List ? form.first : null;
  const macro = head instanceof Sym ? host.macro(head) : null;
  return macro === null || !(form instanceof List) ? form : macro.transform(form, host);
}
