/**
 * Lists seen as collections of values: unique, duplicates, differences, tallies, and the numeric summaries. Sameness
 * here is the total order of map keys (language reference 04 §4.2), not `equal?`, except in `list/dedupe`.
 */
import {
  add,
  compare,
  equal,
  evalError,
  float,
  HashMap,
  less,
  type List,
  SortedMap,
  typeName,
  type Value,
} from "../../data/mod.ts";
import { double, isDouble, isMap, listOf, sequenceItems, wrongType } from "../check.ts";
import { type Area, type BuiltinContext, one, pure, requires, two } from "../declare.ts";
import { lasting } from "../lasting.ts";
import { randomSource } from "../host/host_access.ts";

/**
 * The class of each item: a number, the same for items that the order cannot tell apart, ascending with the order.
 * Sorting once costs less than a tree of keys and depends on `compare` alone.
 */
function classify(items: readonly Value[]): number[] {
  const order = items.map((_, index) => index);
  order.sort((i, j) => compare(items[i] as Value, items[j] as Value) || i - j);
  const classes: number[] = new Array(items.length);
  let current = -1;
  let previous: Value | undefined;
  for (const index of order) {
    const item = items[index] as Value;
    if (previous === undefined || compare(previous, item) !== 0) current++;
    classes[index] = current;
    previous = item;
  }
  return classes;
}

/** Items that the order cannot tell apart. */
interface Tally {
  readonly item: Value;
  count: number;
  /** The second of them. */
  second: Value;
}

/** How often each class occurs and its first members, in order. */
function tally(items: readonly Value[]): Tally[] {
  const result: Tally[] = [];
  classify(items).forEach((number, index) => {
    const item = items[index] as Value;
    const entry = result[number];
    if (entry === undefined) result[number] = { item, count: 1, second: null };
    else if (++entry.count === 2) entry.second = item;
  });
  return result;
}

function unique(sequence: Value): Value {
  const items = sequenceItems(sequence, "list/unique");
  const classes = classify(items);
  const seen = new Set<number>();
  return listOf(items.filter((_, index) => {
    const number = classes[index] as number;
    return !seen.has(number) && seen.add(number);
  }));
}

function dedupe(sequence: Value): Value {
  const kept: Value[] = [];
  for (const item of sequenceItems(sequence, "list/dedupe")) {
    if (kept.length === 0 || !equal(kept.at(-1) as Value, item)) kept.push(item);
  }
  return listOf(kept);
}

/** The elements of `first` whose membership in `second` is `wanted`. */
function byMembership(first: Value, second: Value, name: string, wanted: boolean): Value {
  const left = sequenceItems(first, name);
  const right = sequenceItems(second, name);
  const classes = classify([...left, ...right]);
  const members = new Set(classes.slice(left.length));
  return listOf(left.filter((_, index) => members.has(classes[index] as number) === wanted));
}

function frequencies(sequence: Value): Value {
  const counts = tally(sequenceItems(sequence, "frequencies"));
  return SortedMap.from(counts.map(({ item, count }) => [item, count]));
}

/** The items of a summary that refuses to be empty. */
function someItems(sequence: Value, name: string): readonly Value[] {
  const items = sequenceItems(sequence, name);
  if (items.length === 0) throw evalError(`${name}: empty list`);
  return items;
}

function mode(sequence: Value): Value {
  const counts = tally(someItems(sequence, "list/mode"));
  const most = counts.reduce((largest, { count }) => Math.max(largest, count), 0);
  const winners = counts.filter((entry) => entry.count === most).map((entry) => entry.item);
  return winners.length === 1 ? winners[0] as Value : listOf(winners);
}

function sum(sequence: Value): Value {
  let result: Value = 0;
  for (const item of sequenceItems(sequence, "list/sum")) {
    if (typeof item !== "bigint" && !isDouble(item)) throw wrongType("number", item);
    result = add(result, item);
  }
  return result;
}

/**
 * `list/min` and `list/max`: whether one number is less than another decides, and where one of the two is refused, the
 * error names the first of them. A single element is not looked at.
 */
function extreme(sequence: Value, name: string, largest: boolean): Value {
  const items = someItems(sequence, name);
  let winner = items[0] as Value;
  for (let i = 1; i < items.length; i++) {
    const item = items[i] as Value;
    const [first, second] = largest ? [winner, item] : [item, winner];
    if (!isDouble(first) || !isDouble(second)) throw wrongType("number", first);
    if (double(first) < double(second)) winner = item;
  }
  return winner;
}

function average(sequence: Value): Value {
  const numbers = someItems(sequence, "list/avg").map(double);
  return float(numbers.reduce((total, number) => total + number, 0) / numbers.length);
}

function median(sequence: Value): Value {
  const numbers = someItems(sequence, "list/median").map(double).sort((a, b) => a - b);
  const middle = Math.floor(numbers.length / 2);
  const upper = numbers[middle] as number;
  return float(numbers.length % 2 === 1 ? upper : ((numbers[middle - 1] as number) + upper) / 2);
}

/** Fisher and Yates. */
function shuffle(sequence: Value, context: BuiltinContext): Value {
  const random = randomSource(context, "list/shuffle");
  const items = [...sequenceItems(sequence, "list/shuffle")];
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j] as Value, items[i] as Value];
  }
  return listOf(items);
}

function pick(sequence: Value, context: BuiltinContext): Value {
  const items = someItems(sequence, "list/pick");
  return items[Math.floor(randomSource(context, "list/pick")() * items.length)] as Value;
}

/** Groups the items under their keys. Groups are told apart by `equal?`, so NaN makes a group each time. */
function groupBy(keys: Value, items: Value): Value {
  const groups: { key: Value; items: Value[] }[] = [];
  let index = HashMap.EMPTY;
  const members = sequenceItems(items, "list/group-by");
  sequenceItems(keys, "list/group-by").forEach((key, i) => {
    const known = index.get(key);
    const group = typeof known === "number" ? groups[known] : undefined;
    if (group === undefined) {
      index = index.with(key, groups.length);
      groups.push({ key, items: [members[i] as Value] });
    } else group.items.push(members[i] as Value);
  });
  return SortedMap.from(groups.map((group) => [group.key, listOf(group.items)]));
}

function keyBy(keys: Value, items: Value): Value {
  const members = sequenceItems(items, "list/key-by");
  return SortedMap.from(sequenceItems(keys, "list/key-by").map((key, i) => [key, members[i] as Value]));
}

/** The one type that `sort` without a comparator accepts; all real numbers are one. */
function sortCategory(value: Value): string {
  const name = typeName(value);
  return name === "int" || name === "float" || name === "rational" ? "real" : name;
}

function sortByDefault(list: Value): Value {
  const items = sequenceItems(list, "sort");
  const first = items[0] as Value;
  const category = items.length === 0 ? "" : sortCategory(first);
  for (const item of items) {
    if (sortCategory(item) !== category) {
      throw wrongType(
        typeName(first),
        item,
        "sort orders one type at a time; use `sort-by` or `(sort xs cmp)` with a comparator to order mixed types",
      );
    }
  }
  return listOf(items.toSorted(category === "real" ? compareReals : compare));
}

/** Numeric order across exactness, NaN last; the total order would put every float after every integer. */
function compareReals(a: Value, b: Value): number {
  const [notA, notB] = [isNaNValue(a), isNaNValue(b)];
  if (notA || notB) return Number(notA) - Number(notB);
  return less(a, b) ? -1 : less(b, a) ? 1 : 0;
}

function isNaNValue(value: Value): boolean {
  return typeof value === "number" && Number.isNaN(value);
}

/** Stable sort of the items by the total order of their keys. */
function sortByKeys(keys: Value, items: Value): Value {
  const members = sequenceItems(items, "sort-by");
  const pairs = sequenceItems(keys, "sort-by").map((key, index) => ({ key, item: members[index] as Value }));
  return listOf(pairs.sort((a, b) => compare(a.key, b.key)).map((pair) => pair.item));
}

function pluck(key: Value, sequence: Value): Value {
  const items = sequenceItems(sequence, "list/pluck");
  return listOf(items.map((item) => isMap(item) ? item.get(key) ?? null : null));
}

/** Whether a comparator's answer puts its second argument first: a positive integer or #f. */
function secondFirst(answer: Value): boolean {
  if (typeof answer === "number") return answer > 0 && Number.isInteger(answer);
  return typeof answer === "bigint" ? answer > 0n : answer === false;
}

/** The list as a list of one-element lists, which is where the merge sort starts. */
function singletons(list: Value): List {
  return listOf(sequenceItems(list, "sort").map((item) => listOf([item])));
}

/** Sameness, tallies, summaries and the TypeScript half of sorting and grouping. */
export const listSets: Area = () =>
  pure([
    lasting(
      150,
      one("list/unique", "The first occurrence of each element.", unique, ["(list/unique '(3 1 3 2 1))", "(3 1 2)"]),
    ),
    one("list/dedupe", "Without elements equal to the one before.", dedupe, ["(list/dedupe '(1 1 2 1))", "(1 2 1)"]),
    lasting(
      150,
      one("list/duplicates", "The values that occur more than once, sorted.", (sequence) => {
        const counts = tally(sequenceItems(sequence, "list/duplicates"));
        return listOf(counts.filter((entry) => entry.count > 1).map((entry) => entry.second));
      }, ["(list/duplicates '(3 1 3 2 1))", "(1 3)"]),
    ),
    lasting(
      150,
      two(
        "list/diff",
        "(list/diff a b): the elements of the first that are not in the second.",
        (first, second) => byMembership(first, second, "list/diff", false),
        ["(list/diff '(1 2 3) '(2))", "(1 3)"],
      ),
    ),
    lasting(
      150,
      two(
        "list/intersect",
        "(list/intersect a b): the elements of the first that are in the second.",
        (first, second) => byMembership(first, second, "list/intersect", true),
        ["(list/intersect '(1 2 3) '(2 3 4))", "(2 3)"],
      ),
    ),
    lasting(
      200,
      one("frequencies", "A map from each element to how often it occurs.", frequencies, [
        "(frequencies '(a b a))",
        "{a 2 b 1}",
      ]),
    ),
    lasting(
      150,
      one("list/mode", "The most frequent element, or a list of them when several are.", mode, [
        "(list/mode '(1 2 2 3))",
        "2",
      ]),
    ),
    one("list/sum", "The sum of integers and floats.", sum, ["(list/sum '(1 2 3.5))", "6.5"]),
    one("list/min", "The smallest number.", (sequence) => extreme(sequence, "list/min", false), [
      "(list/min '(3 1 2))",
      "1",
    ]),
    one("list/max", "The largest number.", (sequence) => extreme(sequence, "list/max", true), [
      "(list/max '(3 1 2))",
      "3",
    ]),
    one("list/avg", "The arithmetic mean, a float.", average, ["(list/avg '(1 2 3))", "2.0"]),
    lasting(50, one("list/median", "The middle value, a float.", median, ["(list/median '(4 1 3 2))", "2.5"])),
    ...requires("random", [
      one("list/shuffle", "The elements in random order.", shuffle, ["(length (list/shuffle '(1 2 3)))", "3"]),
      one("list/pick", "A random element.", pick, ["(list/pick '(7))", "7"]),
    ]),
    two("list/pluck", "(list/pluck key maps): the value of key in each map, nil where there is none.", pluck, [
      "(list/pluck :a '({:a 1} {:a 2}))",
      "(1 2)",
    ]),
    lasting(100, two("__vm-group-by", "Groups items by their keys.", groupBy)),
    lasting(100, two("__vm-key-by", "Maps keys to items.", keyBy)),
    lasting(100, one("__vm-sort", "Sorts elements of one type.", sortByDefault)),
    lasting(100, two("__vm-sort-by", "Sorts items by their keys.", sortByKeys)),
    one("__vm-singletons", "One-element lists of the elements.", singletons),
    one("__vm-second-first?", "Whether a comparator's answer puts the second argument first.", secondFirst),
  ]);
