/**
 * The total order of keys. {@link compare} is the order that programs see in `sort-by` and the set-like list
 * functions: all maps are the same to it, and so are all functions. {@link compareKeys} refines it so that values
 * which `equal?` tells apart never coincide; maps are kept in that order.
 */
import { EMPTY, List } from "./list.ts";
import { MutableArray, MutableCell } from "./mutable.ts";
import { compareNumbers } from "./number/compare.ts";
import { Pairs } from "./pairs.ts";
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
  return compareCommon(a, b) ?? new Ordering(false).order(a, b);
}

/** {@link compare}, refined: zero only for values that `equal?` holds equal, and for NaN with NaN. */
export function compareKeys(a: Value, b: Value): number {
  return compareCommon(a, b) ?? new Ordering(true).order(a, b);
}

/** The order of the usual kinds of key, which takes no {@link Ordering}. */
function compareCommon(a: Value, b: Value): number | undefined {
  if (a === b) return 0;
  if (typeof a === "number") {
    if (typeof b === "number" && Number.isInteger(a) && Number.isInteger(b)) return a - b;
  } else if (typeof a === "string") {
    if (typeof b === "string") return compareText(a, b);
  } else if (a instanceof Keyword && b instanceof Keyword) return compareText(a.name, b.name);
  return undefined;
}

/** Two containers of one kind, walked side by side. */
interface Walk {
  /** Goes on to the next two parts, {@link x} and {@link y}. False: there are none in one of the two. */
  next(): boolean;
  readonly x: Value;
  readonly y: Value;
  /** The order when all parts that were met are the same. */
  rest(): number;
}

function same(): number {
  return 0;
}

class ListWalk implements Walk {
  x: Value = null;
  y: Value = null;
  #left: List;
  #right: List;

  constructor(left: List, right: List) {
    this.#left = left;
    this.#right = right;
  }

  next(): boolean {
    const left = this.#left;
    const right = this.#right;
    if (left === right || left === EMPTY || right === EMPTY) return false;
    this.x = left.first;
    this.y = right.first;
    this.#left = left.rest;
    this.#right = right.rest;
    return true;
  }

  rest(): number {
    return Number(this.#left !== EMPTY) - Number(this.#right !== EMPTY);
  }
}

class ItemsWalk implements Walk {
  x: Value = null;
  y: Value = null;
  readonly #left: readonly Value[];
  readonly #right: readonly Value[];
  readonly #last: () => number;
  #index = 0;

  /** `last`: the order where both have the same parts. */
  constructor(left: readonly Value[], right: readonly Value[], last: () => number = same) {
    this.#left = left;
    this.#right = right;
    this.#last = last;
  }

  next(): boolean {
    const index = this.#index++;
    if (index >= this.#left.length || index >= this.#right.length) return false;
    this.x = this.#left[index] ?? null;
    this.y = this.#right[index] ?? null;
    return true;
  }

  rest(): number {
    return this.#left.length - this.#right.length || this.#last();
  }
}

/** One comparison. It keeps a stack of its own, so depth is no matter. */
class Ordering {
  /** Whether what is merely in the same place is told apart. */
  readonly #refined: boolean;
  /** Pairs of mutable containers that were met; met again they count as the same. */
  #met: Pairs | null = null;

  constructor(refined: boolean) {
    this.#refined = refined;
  }

  /** The order of two different values. */
  order(a: Value, b: Value): number {
    const first = this.#begin(a, b);
    if (typeof first === "number") return first;
    const stack: Walk[] = [];
    for (let walk: Walk | undefined = first; walk !== undefined;) {
      if (!walk.next()) {
        const rest = walk.rest();
        if (rest !== 0) return rest;
        walk = stack.pop();
        continue;
      }
      const { x, y }: Walk = walk;
      const inner = compareCommon(x, y) ?? this.#begin(x, y);
      if (typeof inner !== "number") {
        stack.push(walk);
        walk = inner;
      } else if (inner !== 0) return inner;
    }
    return 0;
  }

  /** The order of two different values, or the way to find it from their parts. */
  #begin(a: Value, b: Value): number | Walk {
    const left = rank(a);
    const right = rank(b);
    if (left !== right) return left - right;
    if (typeof a === "string" && typeof b === "string") return compareText(a, b);
    if (a instanceof Keyword && b instanceof Keyword) return compareText(a.name, b.name);
    if (a instanceof Sym && b instanceof Sym) return compareText(a.name, b.name);
    if (a instanceof Char && b instanceof Char) return a.code - b.code;
    if (typeof a === "boolean" || typeof b === "boolean") return Number(a) - Number(b);
    if (a instanceof List && b instanceof List) return new ListWalk(a, b);
    if (a instanceof Vector && b instanceof Vector) return new ItemsWalk(a.items, b.items);
    if (a instanceof Bytevector && b instanceof Bytevector) return compareBytes(a.bytes, b.bytes);
    if (a instanceof MapBase && b instanceof MapBase) return this.#refined ? mapsWalk(a, b) : 0;
    if (a instanceof Opaque && b instanceof Opaque) return this.#opaques(a, b);
    if (a instanceof Complex && b instanceof Complex) return this.#complexes(a, b);
    if (a instanceof Procedure || b instanceof Procedure) return this.#refined ? compareAges(a, b) : 0;
    return left === Rank.integer || left === Rank.float || left === Rank.rational ? compareReals(a, b) : 0;
  }

  #opaques(a: Opaque, b: Opaque): number | Walk {
    const order = a.compareTo(b);
    if (order !== 0) return order;
    if (a instanceof MutableArray || a instanceof MutableCell) {
      this.#met ??= new Pairs();
      if (!this.#met.add(a, b)) return 0;
    }
    return new ItemsWalk(a.parts(), b.parts(), () => this.#refined && !a.equals(b) ? compareAges(a, b) : 0);
  }

  #complexes(a: Complex, b: Complex): number | Walk {
    const order = compareReals(a.re, b.re) || compareReals(a.im, b.im);
    // Parts may be equal in value but not in exactness: 1+2i and 1.0+2.0i.
    return order !== 0 || !this.#refined ? order : new ItemsWalk([a.re, a.im], [b.re, b.im]);
  }
}

/** The smaller map first, then by their entries in order. */
function mapsWalk(a: MapBase, b: MapBase): number | Walk {
  return a.size !== b.size ? a.size - b.size : new ItemsWalk(a.entries().flat(), b.entries().flat());
}

/** Reals by value, NaN after everything and the same as itself. */
function compareReals(a: Value, b: Value): number {
  const result = compareNumbers(a, b);
  if (!Number.isNaN(result)) return result;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const result = (a[i] ?? 0) - (b[i] ?? 0);
    if (result !== 0) return result;
  }
  return a.length - b.length;
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
