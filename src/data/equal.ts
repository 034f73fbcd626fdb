/**
 * `equal?`, which is `eq?` too: structural and type-exact. Containers try identity first, so one that holds NaN
 * equals itself, and the tail that two lists share is not walked.
 */
import { List } from "./list.ts";
import { HashMap, SortedMap } from "./map.ts";
import { MutableArray, MutableCell } from "./mutable.ts";
import { Bytevector, Char, Complex, Flonum, Keyword, Opaque, Rational, Sym, type Value, Vector } from "./value.ts";

/** Pairs of mutable containers that are being compared: a pair met again inside itself counts as equal. */
interface Pending {
  readonly a: Opaque;
  readonly b: Opaque;
  readonly outer: Pending | null;
}

/** `(equal? a b)`. */
export function equal(a: Value, b: Value): boolean {
  return equalParts(a, b, null);
}

function equalParts(a: Value, b: Value, pending: Pending | null): boolean {
  return a === b || (typeof a === "object" && typeof b === "object" && equalObjects(a, b, pending));
}

function equalObjects(a: Value, b: Value, pending: Pending | null): boolean {
  // Names are interned, and the usual operands.
  if (a instanceof Sym || a instanceof Keyword) return false;
  if (a instanceof List) return b instanceof List && equalLists(a, b, pending);
  if (a instanceof Vector) return b instanceof Vector && equalItems(a.items, b.items, pending);
  if (a instanceof Flonum) return b instanceof Flonum && a.value === b.value;
  if (a instanceof Char) return b instanceof Char && a.code === b.code;
  if (a instanceof SortedMap) return b instanceof SortedMap && equalMaps(a, b, pending);
  if (a instanceof HashMap) return b instanceof HashMap && equalMaps(a, b, pending);
  if (a instanceof Rational) {
    return b instanceof Rational && a.numerator === b.numerator && a.denominator === b.denominator;
  }
  if (a instanceof Complex) return b instanceof Complex && equalParts(a.re, b.re, null) && equalParts(a.im, b.im, null);
  if (a instanceof Bytevector) return b instanceof Bytevector && equalBytes(a.bytes, b.bytes);
  if (a instanceof Opaque) return b instanceof Opaque && equalOpaques(a, b, pending);
  return false;
}

function equalLists(a: List, b: List, pending: Pending | null): boolean {
  if (a.length !== b.length) return false;
  let left = a;
  let right = b;
  while (left !== right) {
    if (!equalParts(left.first, right.first, pending)) return false;
    left = left.rest;
    right = right.rest;
  }
  return true;
}

function equalItems(a: readonly Value[], b: readonly Value[], pending: Pending | null): boolean {
  if (a.length !== b.length) return false;
  return a.every((item, i) => equalParts(item, b[i] ?? null, pending));
}

/** Same keys, equal values. Both iterate in one order, in which equal keys meet. */
function equalMaps(a: SortedMap | HashMap, b: SortedMap | HashMap, pending: Pending | null): boolean {
  if (a.size !== b.size) return false;
  const right = b.entries();
  return a.entries().every(([key, value], i) => {
    const other = right[i];
    return other !== undefined && equalParts(key, other[0], pending) && equalParts(value, other[1], pending);
  });
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function equalOpaques(a: Opaque, b: Opaque, pending: Pending | null): boolean {
  if (!(a instanceof MutableArray || a instanceof MutableCell)) {
    return a.equals(b, (x, y) => equalParts(x, y, pending));
  }
  for (let known = pending; known !== null; known = known.outer) if (known.a === a && known.b === b) return true;
  const inner: Pending = { a, b, outer: pending };
  return a.equals(b, (x, y) => equalParts(x, y, inner));
}
