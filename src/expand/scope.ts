/** Names that hide macros: the locals around a form, and what the unit defines at top level. */
import { intern, List, SortedMap, Sym, type Value, Vector } from "../data/mod.ts";

const DOT = intern(".");
const AMPERSAND = intern("&");
const BEGIN: ReadonlySet<string> = new Set(["begin", "progn"]);

/** The locals that are visible in some place. */
export class Scope {
  readonly #parent: Scope | null;
  readonly #names: Set<Sym>;

  constructor(parent: Scope | null, names: Set<Sym>) {
    this.#parent = parent;
    this.#names = names;
  }

  /** A scope inside this one; this one itself when there is nothing to add. */
  with(names: Iterable<Sym>): Scope {
    const added = new Set(names);
    return added.size === 0 ? this : new Scope(this, added);
  }

  /** An empty scope inside this one, to which names can be added one after the other. */
  inner(): Scope {
    return new Scope(this, new Set());
  }

  /** From now on, `names` are visible in this very scope. */
  add(names: Iterable<Sym>): void {
    for (const name of names) this.#names.add(name);
  }

  /** Whether `name` is hidden here. */
  has(name: Sym): boolean {
    for (let scope = this as Scope | null; scope !== null; scope = scope.#parent) {
      if (scope.#names.has(name)) return true;
    }
    return false;
  }
}

/** The symbols that a pattern or a parameter list binds. Whatever is no pattern binds nothing. */
export function patternNames(form: Value, into: Sym[] = []): Sym[] {
  if (form instanceof Sym) {
    if (form !== DOT && form !== AMPERSAND) into.push(form);
  } else if (form instanceof Vector || form instanceof List) {
    for (const item of form instanceof Vector ? form.items : form) patternNames(item, into);
  } else if (form instanceof SortedMap) {
    for (const [, item] of form) patternNames(item, into);
  }
  return into;
}

/** The names that the definitions standing directly in a body give; `begin` is looked into. */
export function definedNames(forms: Iterable<Value>, into: Sym[] = []): Sym[] {
  for (const form of forms) {
    if (!(form instanceof List) || !(form.first instanceof Sym)) continue;
    const head = form.first.name;
    if (BEGIN.has(head)) definedNames(form.rest, into);
    if (head === "define-values") patternNames(form.rest.first, into);
    if (head !== "define" && head !== "defmulti") continue;
    const target = form.rest.first;
    if (target instanceof Sym) into.push(target);
    else if (target instanceof List && target.first instanceof Sym) into.push(target.first);
  }
  return into;
}
