/**
 * The walk over the forms of a unit. A list whose head names a visible macro is replaced by what the macro makes of
 * it, until it is no macro call any more; special forms are walked by their binding structure, everything else part
 * by part. Forms without macro calls come back as the same objects.
 *
 * Malformed special forms are passed on as they are: `lower` reports them.
 */
import {
  Condition,
  EMPTY,
  evalError,
  List,
  listFrom,
  SortedMap,
  Sym,
  toArray,
  type Value,
  Vector,
} from "../data/mod.ts";
import { placed, type Position } from "../core/mod.ts";
import type { Positions } from "../reader/mod.ts";
import { WALKERS } from "./forms.ts";
import type { ExpandHost, Macro } from "./macro.ts";
import type { Scope } from "./scope.ts";

/** How deep forms may nest while being expanded. */
const DEPTH_LIMIT = 1000;

/** How many macro calls one unit may expand: what needs more does not end. */
const EXPANSION_LIMIT = 200_000;

/** Expands the forms of one unit. */
export class Expander {
  readonly host: ExpandHost;
  /** Whether macro calls inside quasiquote templates are expanded, or only those in their unquoted parts. */
  readonly templates: boolean;
  readonly #positions: Positions;
  /** Where the innermost form around stands that stands anywhere: forms made by macros stand there, too. */
  #around: Position | null = null;
  #depth = 0;
  #outermost: List = EMPTY;
  #expansions = 0;

  constructor(host: ExpandHost, positions: Positions, templates: boolean) {
    this.host = host;
    this.templates = templates;
    this.#positions = positions;
  }

  /** `form` without macro calls. */
  expand(form: Value, scope: Scope): Value {
    if (form instanceof Vector) {
      const items = this.each(form.items, scope);
      return items === form.items ? form : this.#placed(new Vector(items), form);
    }
    if (form instanceof SortedMap) return this.#map(form, scope);
    if (!(form instanceof List) || form === EMPTY) return form;
    if (this.#depth === 0) this.#outermost = form;
    if (++this.#depth > DEPTH_LIMIT) {
      const position = this.#positions.of(form) ?? this.#positions.of(this.#outermost);
      throw placed(evalError("maximum expansion depth exceeded"), "<lambda>", position);
    }
    const around = this.#around;
    const place = this.#positions.of(form);
    if (place !== null) this.#around = place;
    else if (around !== null) this.#positions.set(form, around);
    const result = this.#list(form, scope);
    this.#around = around;
    this.#depth--;
    return result;
  }

  #list(start: List, scope: Scope): Value {
    let form = start;
    for (;;) {
      const head = form.first;
      if (!(head instanceof Sym)) return this.parts(form, scope);
      const macro = scope.has(head) ? null : this.host.macro(head);
      if (macro === null) {
        const walk = WALKERS.get(head.name);
        return walk === undefined ? this.parts(form, scope) : walk(form, scope, this);
      }
      if (++this.#expansions > EXPANSION_LIMIT) {
        throw placed(evalError(`macro expansion does not end: ${head.name}`), head.name, this.#positions.of(form));
      }
      const made = this.#made(macro, form);
      this.#positions.inherit(made, form);
      if (!(made instanceof List) || made === EMPTY) return this.expand(made, scope);
      form = made;
    }
  }

  /** What a macro makes of a call; what goes wrong in it has gone wrong at the call. */
  #made(macro: Macro, form: List): Value {
    try {
      return macro.transform(form, this.host);
    } catch (thrown) {
      if (thrown instanceof Condition) placed(thrown, macro.name, this.#positions.of(form) ?? this.#around);
      throw thrown;
    }
  }

  #map(form: SortedMap, scope: Scope): Value {
    const forms = [...form].flat();
    const items = this.each(forms, scope);
    if (items === forms) return form;
    let map = SortedMap.EMPTY;
    for (let i = 0; i < items.length; i += 2) map = map.with(items[i] ?? null, items[i + 1] ?? null);
    return this.#placed(map, form);
  }

  /** All parts of a list in one scope. */
  parts(form: List, scope: Scope): List {
    return this.rebuild(form, this.each(toArray(form), scope));
  }

  /** The forms expanded; the same array when nothing changes. */
  each(forms: readonly Value[], scope: Scope, from = 0): readonly Value[] {
    let result: Value[] | null = null;
    for (let index = from; index < forms.length; index++) {
      const form = forms[index] ?? null;
      const made = this.expand(form, scope);
      if (made !== form) (result ??= [...forms])[index] = made;
    }
    return result ?? forms;
  }

  /** The list of `items` in the place of `form`; `form` itself when they are its own. */
  rebuild(form: List, items: readonly Value[]): List {
    let cell = form;
    if (
      items.every((item) => {
        const same = item === cell.first;
        cell = cell.rest;
        return same;
      })
    ) return form;
    const list = listFrom(items);
    // Symbols keep their places.
    for (let from = form, to = list; to !== EMPTY; from = from.rest, to = to.rest) {
      const position = this.#positions.ofFirst(from);
      if (position !== null && to.first instanceof Sym) this.#positions.setFirst(to, position);
    }
    return this.#placed(list, form);
  }

  #placed<T extends Value>(made: T, form: Value): T {
    this.#positions.inherit(made, form);
    return made;
  }
}
