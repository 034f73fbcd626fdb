/**
 * Where forms stand in their source: a side table, so that data carry no positions and equal forms stay equal. Keyed
 * weakly by the list cell, vector or map object; the one empty list has no position. A symbol has no identity of its
 * own, so the place of a symbol inside a list is kept under the cell that holds it.
 */
import type { Position } from "../core/mod.ts";
import { EMPTY, List, SortedMap, type Value, Vector } from "../data/mod.ts";

/** The positions of the forms of one or more texts. */
export class Positions {
  readonly #forms: WeakMap<object, Position> = new WeakMap();
  readonly #elements: WeakMap<List, Position> = new WeakMap();

  /** Where `form` begins, when it is a list, vector or map that was read. */
  of(form: Value): Position | null {
    return form instanceof List || form instanceof Vector || form instanceof SortedMap
      ? this.#forms.get(form) ?? null
      : null;
  }

  /** Where the first element of `cell` stands, when that is a symbol that was read. */
  ofFirst(cell: List): Position | null {
    return this.#elements.get(cell) ?? null;
  }

  /** Notes where `form` begins; ignored for what cannot be a key. */
  set(form: Value, position: Position): void {
    if (form instanceof List ? form !== EMPTY : form instanceof Vector || form instanceof SortedMap) {
      this.#forms.set(form as object, position);
    }
  }

  /** Notes where the first element of `cell` stands. */
  setFirst(cell: List, position: Position): void {
    this.#elements.set(cell, position);
  }

  /** Gives `made`, the expansion of `form`, the place of `form` unless it has one of its own. */
  inherit(made: Value, form: Value): void {
    const position = this.of(form);
    if (position !== null && this.of(made) === null) this.set(made, position);
  }
}
