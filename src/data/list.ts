/**
 * Lists. The reference keeps lists as flat arrays, and programs rely on cheap `nth` and `length`; they also rely on
 * cheap `cons` and shared tails. Both hold with Myers' random access stack (Eugene W. Myers, "An applicative
 * random-access stack", 1983): each cell knows its length and one `jump` far down the list, chosen so that any tail
 * is reached in O(log n) steps while `cons` stays O(1).
 */
import { doubleOf, isFloat, isWorthDoubles } from "./floats.ts";
import type { Value } from "./value.ts";

/** An immutable list, and the only class of values with a `first` and a `rest`: compiled code reads them to tell one. Tell the empty list by `length === 0`; its `first` is nil and its `rest` itself. */
export class List {
  readonly first: Value;
  readonly rest: List;
  readonly length: number;
  readonly jump: List;

  /** Use {@link cons}: the fields of the one empty list are tied here. */
  constructor(first: Value, rest: List | null, length: number, jump: List | null) {
    this.first = first;
    this.rest = rest ?? this;
    this.length = length;
    this.jump = jump ?? this;
  }

  *[Symbol.iterator](): Iterator<Value> {
    for (let cell = this as List; cell.length > 0; cell = cell.rest) yield cell.first;
  }
}

/** The empty list, `'()`. */
export const EMPTY: List = new List(null, null, 0, null);

/** `(cons first rest)` for a list `rest`. */
export function cons(first: Value, rest: List): List {
  const jump = rest.jump;
  return new List(
    first,
    rest,
    rest.length + 1,
    rest.length - jump.length === jump.length - jump.jump.length ? jump.jump : rest,
  );
}

/** The list without its first `count` elements (0 ≤ count ≤ length), in O(log n). */
export function tail(list: List, count: number): List {
  const target = list.length - count;
  let cell = list;
  while (cell.length > target) cell = cell.jump.length >= target ? cell.jump : cell.rest;
  return cell;
}

/** Element `index` (0 ≤ index < length), in O(log n). */
export function nth(list: List, index: number): Value {
  return tail(list, index).first;
}

/** A list of the array's elements from `start` on, followed by `rest`. */
export function listFrom(items: readonly Value[], start = 0, rest: List = EMPTY): List {
  let result = rest;
  for (let i = items.length - 1; i >= start; i--) result = cons(items[i] as Value, result);
  return result;
}

/** The elements as doubles, as {@link floatsOf} of an array. */
export function floatsOfList(list: List): Float64Array | undefined {
  if (!isWorthDoubles(list.length, list.first)) return undefined;
  const floats = new Float64Array(list.length);
  let i = 0;
  for (let cell = list; cell.length > 0; cell = cell.rest) {
    const value = cell.first;
    if (!isFloat(value)) return undefined;
    floats[i++] = doubleOf(value);
  }
  return floats;
}

/** The elements as a fresh array. */
export function toArray(list: List): Value[] {
  // Never with holes in between: V8 reads arrays that ever had holes more slowly.
  const items: Value[] = [];
  for (let cell = list; cell.length > 0; cell = cell.rest) items.push(cell.first);
  return items;
}
