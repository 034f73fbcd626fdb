/**
 * `equal?`, which is `eq?` too: structural and type-exact. Containers try identity first, so one that holds NaN
 * equals itself, and the tail that two lists share is not walked. Parts that are containers themselves wait on a list
 * for their turn, so depth is no matter.
 */
import { EMPTY, List } from "./list.ts";
import { HashMap, SortedMap } from "./map.ts";
import { MutableArray, MutableCell } from "./mutable.ts";
import { Pairs } from "./pairs.ts";
import { Bytevector, Char, Complex, Flonum, Keyword, Opaque, Rational, Sym, type Value, Vector } from "./value.ts";

/** `(equal? a b)`. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  // Names are interned, and the usual operands.
  if (typeof a !== "object" || typeof b !== "object" || a instanceof Sym || a instanceof Keyword) return false;
  const comparison = new Comparison();
  return comparison.same(a, b) && comparison.finished();
}

/** The pairs that are left to compare. */
class Comparison {
  /** Two elements for each pair; none of them is the same object twice. */
  readonly #waiting: Value[] = [];
  /** Pairs of mutable containers that were met: one met again, inside itself or not, counts as equal. */
  #met: Pairs | null = null;

  /** Compares what is waiting. */
  finished(): boolean {
    const waiting = this.#waiting;
    while (waiting.length > 0) {
      const b = waiting.pop() as Value;
      const a = waiting.pop() as Value;
      if (!this.same(a, b)) return false;
    }
    return true;
  }

  /** Whether two different values are equal as far as is known now. */
  same(a: Value, b: Value): boolean {
    if (a instanceof Sym || a instanceof Keyword) return false;
    if (a instanceof List) return b instanceof List && this.#lists(a, b);
    if (a instanceof Vector) return b instanceof Vector && this.#items(a.items, b.items);
    if (a instanceof Flonum) return b instanceof Flonum && a.value === b.value;
    if (a instanceof Char) return b instanceof Char && a.code === b.code;
    if (a instanceof SortedMap) return b instanceof SortedMap && this.#maps(a, b);
    if (a instanceof HashMap) return b instanceof HashMap && this.#maps(a, b);
    if (a instanceof Rational) {
      return b instanceof Rational && a.numerator === b.numerator && a.denominator === b.denominator;
    }
    if (a instanceof Complex) return b instanceof Complex && this.#part(a.re, b.re) && this.#part(a.im, b.im);
    if (a instanceof Bytevector) return b instanceof Bytevector && equalBytes(a.bytes, b.bytes);
    if (a instanceof Opaque) return b instanceof Opaque && this.#opaques(a, b);
    return false;
  }

  /** Two parts: equal as far as is known when their comparison is put off. */
  #part(a: Value, b: Value): boolean {
    if (a === b) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    this.#waiting.push(a, b);
    return true;
  }

  #lists(a: List, b: List): boolean {
    let left = a;
    let right = b;
    while (left !== right) {
      if (left === EMPTY || right === EMPTY || !this.#part(left.first, right.first)) return false;
      left = left.rest;
      right = right.rest;
    }
    return true;
  }

  #items(a: readonly Value[], b: readonly Value[]): boolean {
    return a.length === b.length && a.every((item, i) => this.#part(item, b[i] ?? null));
  }

  /** Same keys, equal values. Both iterate in one order, in which equal keys meet. */
  #maps(a: SortedMap | HashMap, b: SortedMap | HashMap): boolean {
    if (a.size !== b.size) return false;
    const right = b.entries();
    return a.entries().every(([key, value], i) => {
      const other = right[i];
      return other !== undefined && this.#part(key, other[0]) && this.#part(value, other[1]);
    });
  }

  #opaques(a: Opaque, b: Opaque): boolean {
    if (!a.equals(b)) return false;
    if (a instanceof MutableArray || a instanceof MutableCell) {
      this.#met ??= new Pairs();
      if (!this.#met.add(a, b)) return true;
    }
    return this.#items(a.parts(), b.parts());
  }
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
