/**
 * The total order of keys. {@link compare} is the order that programs see in `sort-by` and the set-like list
 * functions: all maps are the same to it, and so are all functions. {@link compareKeys} refines it so that values
 * which `equal?` tells apart never coincide; maps are kept in that order.
 */
import { List } from "./list.ts";
import { compareNumbers } from "./number/compare.ts";
import { compareText } from "./text.ts";
import { MapBase } from "./tree.ts";
import {
  Bytevector,
  Char,
  Complex,
  Flonum,
  Keyword,
  Opaque,
  type OpaqueKind,
  Procedure,
  Rational,
  Sym,
  type Value,
  Vector,
} from "./value.ts";

/** The kinds of value in their order; numbers here are levels of one list, so gaps do not matter. */
const Rank = {
  nil: 0,
  boolean: 1,
  integer: 2,
  float: 3,
  char: 4,
  string: 5,
  symbol: 6,
  keyword: 7,
  list: 8,
  vector: 9,
  map: 10,
  hashmap: 11,
  record: 12,
  bytevector: 13,
  "f64-array": 14,
  "i64-array": 15,
  stream: 16,
  other: 17,
  rational: 18,
  complex: 19,
  "mutable-array": 20,
  "mutable-cell": 21,
} as const;

const opaqueRanks: Readonly<Record<OpaqueKind, number>> = Rank;

function rank(value: Value): number {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? Rank.integer : Rank.float;
    case "bigint":
      return Rank.integer;
    case "string":
      return Rank.string;
    case "boolean":
      return Rank.boolean;
    case "object":
      return value === null ? Rank.nil : objectRank(value);
  }
}

function objectRank(value: Extract<Value, object>): number {
  if (value instanceof Keyword) return Rank.keyword;
  if (value instanceof Sym) return Rank.symbol;
  if (value instanceof Flonum) return Rank.float;
  if (value instanceof List) return Rank.list;
  if (value instanceof Vector) return Rank.vector;
  if (value instanceof Char) return Rank.char;
  if (value instanceof MapBase) return Rank[value.typeName];
  if (value instanceof Procedure) return Rank.other;
  if (value instanceof Opaque) return opaqueRanks[value.kind()];
  if (value instanceof Rational) return Rank.rational;
  if (value instanceof Complex) return Rank.complex;
  if (value instanceof Bytevector) return Rank.bytevector;
  return value satisfies never;
}

/** The total order of values: negative, zero or positive. Zero means the same place, not `equal?`. */
export function compare(a: Value, b: Value): number {
  return a === b ? 0 : order(a, b, compare);
}

/** {@link compare}, refined: zero only for values that `equal?` holds equal, and for NaN with NaN. */
export function compareKeys(a: Value, b: Value): number {
  if (a === b) return 0;
  const result = order(a, b, compareKeys);
  return result !== 0 ? result : tieBreak(a, b);
}

type Compare = (a: Value, b: Value) => number;

function order(a: Value, b: Value, compareParts: Compare): number {
  const left = rank(a);
  const right = rank(b);
  if (left !== right) return left - right;
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (a instanceof Keyword && b instanceof Keyword) return compareText(a.name, b.name);
  if (a instanceof Sym && b instanceof Sym) return compareText(a.name, b.name);
  if (a instanceof Char && b instanceof Char) return a.code - b.code;
  if (typeof a === "boolean" || typeof b === "boolean") return Number(a) - Number(b);
  if (a instanceof List && b instanceof List) return compareLists(a, b, compareParts);
  if (a instanceof Vector && b instanceof Vector) return compareSequences(a.items, b.items, compareParts);
  if (a instanceof Bytevector && b instanceof Bytevector) return compareBytes(a.bytes, b.bytes);
  if (a instanceof Opaque && b instanceof Opaque) return a.compareTo(b, compareParts);
  if (a instanceof Complex && b instanceof Complex) {
    return compareReals(a.re, b.re) || compareReals(a.im, b.im);
  }
  return left === Rank.integer || left === Rank.float || left === Rank.rational ? compareReals(a, b) : 0;
}

/** Reals by value, NaN after everything and the same as itself. */
function compareReals(a: Value, b: Value): number {
  const result = compareNumbers(a, b);
  if (!Number.isNaN(result)) return result;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

function compareLists(a: List, b: List, compareParts: Compare): number {
  let left = a;
  let right = b;
  while (left.length > 0 && right.length > 0) {
    if (left === right) return 0;
    const result = compareParts(left.first, right.first);
    if (result !== 0) return result;
    left = left.rest;
    right = right.rest;
  }
  return left.length - right.length;
}

function compareSequences(a: readonly Value[], b: readonly Value[], compareParts: Compare): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const result = compareParts(a[i] ?? null, b[i] ?? null);
    if (result !== 0) return result;
  }
  return a.length - b.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const result = (a[i] ?? 0) - (b[i] ?? 0);
    if (result !== 0) return result;
  }
  return a.length - b.length;
}

/** Orders what {@link order} cannot: maps by their entries, procedures and opaque objects by age of first contact. */
function tieBreak(a: Value, b: Value): number {
  if (a instanceof MapBase && b instanceof MapBase) return compareMaps(a, b);
  // Parts equal in value but not in exactness: 1+2i and 1.0+2.0i.
  if (a instanceof Complex && b instanceof Complex) return compareKeys(a.re, b.re) || compareKeys(a.im, b.im);
  if (a instanceof Procedure || b instanceof Procedure) return compareAges(a, b);
  return a instanceof Opaque && b instanceof Opaque && !a.equals(b, sameKey) ? compareAges(a, b) : 0;
}

function sameKey(a: Value, b: Value): boolean {
  return compareKeys(a, b) === 0;
}

function compareMaps(a: MapBase, b: MapBase): number {
  if (a.size !== b.size) return a.size - b.size;
  const right = b.entries();
  let index = 0;
  for (const [key, value] of a) {
    const other = right[index++];
    if (other === undefined) break;
    const result = compareKeys(key, other[0]) || compareKeys(value, other[1]);
    if (result !== 0) return result;
  }
  return 0;
}

// Weak, so it keeps nothing alive; only relative age is ever looked at.
const identities: WeakMap<object, number> = new WeakMap();
let nextIdentity = 1;

/** Maps pass the key they look for first and one they hold second, so entries stand in the order of insertion. */
function compareAges(a: Value, b: Value): number {
  const held = identity(b);
  return identity(a) - held;
}

function identity(value: Value): number {
  if (typeof value !== "object" || value === null) return 0;
  let known = identities.get(value);
  if (known === undefined) identities.set(value, known = nextIdentity++);
  return known;
}
