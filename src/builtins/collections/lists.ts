/**
 * Lists: construction, access and combining. What a function returns as a sequence is a list whatever came in
 * (language reference 04 §2); only `reverse` and `cdr` give back a vector for a vector, and `cdr` lives with the
 * intrinsics. Functions that call back are in `higher_order.ts`, those about sameness in `list_sets.ts`, those that cut
 * lists in `list_parts.ts`.
 */
import {
  cons,
  EMPTY,
  equal,
  evalError,
  integer,
  isInt64,
  lengthOf,
  List,
  listFrom,
  MutableArray,
  nth,
  repr,
  tail,
  toBigInt,
  type Value,
  Vector,
} from "../../data/mod.ts";
import {
  checkSize,
  count,
  joined,
  listOf,
  listOrVectorItems,
  notSequence,
  sequenceItems,
  sequenceList,
  text,
  wrongArgument,
  wrongType,
} from "../check.ts";
import { alias, type Area, many, one, pure, three, two } from "../declare.ts";
import { lasting } from "../lasting.ts";
import { intrinsics } from "../intrinsics.ts";
import { listParts, repeated } from "./list_parts.ts";

/** The reversed list. */
function reverseList(list: List, onto: List = EMPTY): List {
  let result = onto;
  for (let cell = list; cell !== EMPTY; cell = cell.rest) result = cons(cell.first, result);
  return result;
}

function reverse(value: Value): Value {
  if (value instanceof List) return reverseList(value);
  if (value instanceof Vector) return new Vector(value.items.toReversed());
  throw wrongType("list or vector", value, "reverse: argument 1 must be a list or vector");
}

function append(args: Value[]): Value {
  const hint = "append: every argument must be a list or vector";
  const parts = args.map((arg): List | Vector => {
    if (arg instanceof List || arg instanceof Vector) return arg;
    throw wrongType("list or vector", arg, hint);
  });
  return parts.reduceRight<List>(
    (result, part) => result === EMPTY && part instanceof List ? part : joined(part, result, "append"),
    EMPTY,
  );
}

/** The arguments of `range` and `iota`: 64-bit integers. */
function int64Arguments(args: readonly Value[]): bigint[] {
  return args.map((arg) => {
    if (!isInt64(arg)) throw wrongType("int", arg);
    return toBigInt(arg);
  });
}

function range(args: Value[]): Value {
  const numbers = int64Arguments(args);
  const start = numbers.length === 1 ? 0n : numbers[0] as bigint;
  const end = (numbers.length === 1 ? numbers[0] : numbers[1]) as bigint;
  const step = numbers[2] ?? 1n;
  if (step === 0n) throw evalError("range: step cannot be 0");
  const span = step > 0n ? end - start : start - end;
  const stride = step > 0n ? step : -step;
  const size = span <= 0n ? 0 : Number((span + stride - 1n) / stride);
  checkSize(size, "range");
  return progression(start, step, size, integer);
}

/** `size` integers from `start`; in host numbers when none leaves the safe range. */
function progression(start: bigint, step: bigint, size: number, normal: (value: bigint) => Value): List {
  const last = start + step * BigInt(Math.max(size - 1, 0));
  let result = EMPTY;
  if (typeof integer(start) === "number" && typeof integer(last) === "number") {
    const from = Number(start);
    const by = Number(step);
    for (let i = size - 1; i >= 0; i--) result = cons(from + i * by, result);
    return result;
  }
  for (let i = BigInt(size) - 1n; i >= 0n; i--) result = cons(normal(start + i * step), result);
  return result;
}

function iota(args: Value[]): Value {
  const [size, start = 0n, step = 1n] = int64Arguments(args);
  const length = size === undefined || size <= 0n ? 0 : Number(size);
  checkSize(length, "iota");
  return progression(start, step, length, (value) => integer(BigInt.asIntN(64, value)));
}

function nthOf(sequence: Value, index: Value): Value {
  if (!(sequence instanceof List || sequence instanceof Vector || sequence instanceof MutableArray)) {
    const expected = "list, vector, or mutable-array";
    throw wrongArgument("nth", 1, expected, sequence, `nth: argument 1 must be a ${expected}`);
  }
  if (!isInt64(index)) {
    const hint = "nth: argument order is (nth collection index); the index must be an integer";
    throw wrongArgument("nth", 2, "int", index, hint);
  }
  return intrinsics.nth(sequence, index);
}

/** `car` and `cdr` as function values, whose errors carry a hint under the newer names. */
function head(value: Value): Value {
  if (value instanceof List || value instanceof Vector) return intrinsics.car(value);
  throw wrongType("list or vector", value, "first: argument 1 must be a list or vector");
}

function remainder(value: Value): Value {
  if (value instanceof List || value instanceof Vector) return intrinsics.cdr(value);
  throw wrongType("list or vector", value, "rest: argument 1 must be a list or vector");
}

function nthOr(sequence: Value, index: Value, otherwise: Value): Value {
  const name = "list/nth-or";
  if (sequence instanceof List) {
    const position = count(index, name);
    const cell = tail(sequence, position);
    return cell === EMPTY ? otherwise : cell.first;
  }
  const item = indexed(sequence, name).at(count(index, name));
  return item === undefined ? otherwise : item;
}

function last(sequence: Value): Value {
  if (sequence instanceof List) return nth(sequence, lengthOf(sequence) - 1);
  const items = indexed(sequence, "last");
  return items.at(items.length - 1) ?? null;
}

/** A vector or mutable array, whose elements cost the same anywhere. */
function indexed(sequence: Value, name: string): Vector | MutableArray {
  if (sequence instanceof Vector || sequence instanceof MutableArray) return sequence;
  throw notSequence(sequence, name);
}

/** Tuples across the sequences, as many as the shortest has. */
function rows(sequences: readonly Value[], name: string): Value[][] {
  const columns = sequences.map((sequence) => sequenceItems(sequence, name));
  const height = columns.reduce((least, { length }) => Math.min(least, length), Infinity);
  const result: Value[][] = [];
  for (let i = 0; i < height; i++) result.push(columns.map((column) => column[i] as Value));
  return result;
}

function interpose(separator: Value, sequence: Value): Value {
  const items = sequenceItems(sequence, "interpose");
  return listOf(items.flatMap((item, i) => i === 0 ? [item] : [separator, item]));
}

function crossJoin(left: Value, right: Value): Value {
  const lefts = sequenceItems(left, "list/cross-join");
  const rights = sequenceItems(right, "list/cross-join");
  checkSize(lefts.length * rights.length, "list/cross-join");
  return listOf(lefts.flatMap((x) => rights.map((y) => listOf([x, y]))));
}

function join(args: Value[]): Value {
  const pieces = sequenceItems(args[0] as Value, "list/join").map(repr);
  const separator = text(args[1] as Value);
  if (args.length < 3 || pieces.length < 2) return pieces.join(separator);
  const final = text(args[2] as Value);
  return pieces.slice(0, -1).join(separator) + final + pieces.at(-1);
}

function flatten(sequence: Value): Value {
  const result: Value[] = [];
  for (const item of sequenceItems(sequence, "flatten")) {
    if (item instanceof List) { for (const inner of item) result.push(inner); }
    else if (item instanceof Vector) { for (const inner of item.items) result.push(inner); }
    else result.push(item);
  }
  return listOf(result);
}

/** With a stack of its own, so that nesting of any depth is safe. */
function flattenDeep(value: Value): Value {
  const result: Value[] = [];
  const pending: Value[] = [value];
  while (pending.length > 0) {
    const item = pending.pop() as Value;
    if (item instanceof List || item instanceof Vector) {
      for (const inner of listOrVectorItems(item).toReversed()) pending.push(inner);
    } else result.push(item);
  }
  return listOf(result);
}

function member(value: Value, sequence: Value): Value {
  for (let cell = sequenceList(sequence, "member"); cell !== EMPTY; cell = cell.rest) {
    if (equal(cell.first, value)) return cell;
  }
  return false;
}

/** The first entry of an association list whose head is `key`; only non-empty lists are entries. */
export function associated(key: Value, entries: Iterable<Value>): Value {
  for (const entry of entries) {
    if (entry instanceof List && entry !== EMPTY && equal(entry.first, key)) return entry;
  }
  return false;
}

/** `list/index-of` and `list/contains?`: the index of the first equal element, or -1. */
function indexOf(sequence: Value, value: Value, name: string): number {
  return sequenceItems(sequence, name).findIndex((item) => equal(item, value));
}

/** `caar` … `cdddr`: the letters between `c` and `r`, applied from the right. */
const accessors: Area = () =>
  [
    ["aa", "'((1 2) 3)", "1"],
    ["ad", "'(1 2 3)", "2"],
    ["da", "'((1 2) 3)", "(2)"],
    ["dd", "'(1 2 3)", "(3)"],
    ["aaa", "'(((1 2) 3) 4)", "1"],
    ["aad", "'(1 (2 3))", "2"],
    ["ada", "'((1 2) 3)", "2"],
    ["add", "'(1 2 3)", "3"],
    ["daa", "'(((1 2) 3) 4)", "(2)"],
    ["dad", "'(1 (2 3))", "(3)"],
    ["dda", "'((1 2 3) 4)", "(3)"],
    ["ddd", "'(1 2 3 4)", "(4)"],
  ].map(([path = "", list = "", printed = ""]) => {
    const steps = [...path].reverse().map((letter) => letter === "a" ? head : remainder);
    const doc = `The ${[...path].map((letter) => letter === "a" ? "car" : "cdr").join(" of the ")}.`;
    const name = `c${path}r`;
    const apply = (value: Value): Value => steps.reduce((result: Value, step) => step(result), value);
    // The reference builds each on the one that goes first.
    const countedAs = path.endsWith("a") ? "car" : "cdr";
    return { ...one(name, doc, apply, [`(${name} ${list})`, printed]), countedAs };
  });

/** Construction, access, combining and searching of lists. */
export const lists: Area = () =>
  pure([
    many("list", 0, Infinity, "A list of the arguments.", listOf, ['(list 1 "a" :b)', '(1 "a" :b)']),
    two("cons", "(cons first rest): first in front of the list rest.", intrinsics.cons, [
      "(cons 1 '(2 3))",
      "(1 2 3)",
    ]),
    one("car", "The first element of a list or vector, nil when it is empty.", head, ["(car '(1 2 3))", "1"]),
    one("cdr", "All but the first element of a list or vector, of the same kind.", remainder, [
      "(cdr '(1 2 3))",
      "(2 3)",
    ]),
    alias("first", "car"),
    alias("rest", "cdr"),
    ...accessors(),
    two("nth", "(nth coll index): the element at an index of a list, vector or mutable array, from 0.", nthOf, [
      "(nth '(a b c) 1)",
      "b",
    ]),
    one("last", "The last element, nil when there is none.", last, ["(last '(1 2 3))", "3"]),
    three("list/nth-or", "(list/nth-or coll index default): like nth, but default past the end.", nthOr, [
      "(list/nth-or '(1 2) 5 :none)",
      ":none",
    ]),
    one("length", "The number of elements, of characters in a string, or of entries in a map.", intrinsics.length, [
      "(length '(1 2 3))",
      "3",
    ]),
    many("append", 0, Infinity, "The elements of all lists and vectors in one list.", append, [
      "(append '(1) [2 3] '(4))",
      "(1 2 3 4)",
    ]),
    one("reverse", "The elements in reverse order, of the same kind.", reverse, ["(reverse '(1 2 3))", "(3 2 1)"]),
    two("list/repeat", "(list/repeat n x): a list of n references to x.", (size, value) => {
      const length = count(size, "list/repeat");
      checkSize(length, "list/repeat");
      return repeated(length, value);
    }, ["(list/repeat 3 'x)", "(x x x)"]),
    alias("make-list", "list/repeat"),
    many("range", 1, 3, "(range [start] end [step]): the integers from start up to, not including, end.", range, [
      "(range 2 10 3)",
      "(2 5 8)",
    ]),
    many("iota", 1, 3, "(iota count [start [step]]): count integers from start.", iota, ["(iota 3 10)", "(10 11 12)"]),
    ...listParts(),
    lasting(
      50,
      many(
        "zip",
        2,
        Infinity,
        "Tuples of corresponding elements, as many as the shortest has.",
        (args) => listOf(rows(args, "zip").map(listOf)),
        ["(zip '(1 2) '(a b))", "((1 a) (2 b))"],
      ),
    ),
    many(
      "list/interleave",
      2,
      Infinity,
      "The elements of all sequences in turn, until the shortest ends.",
      (args) => listOf(rows(args, "list/interleave").flat()),
      ["(list/interleave '(1 2) '(a b))", "(1 a 2 b)"],
    ),
    two("interpose", "(interpose separator coll): separator between consecutive elements.", interpose, [
      "(interpose :and '(1 2 3))",
      "(1 :and 2 :and 3)",
    ]),
    two("list/cross-join", "All pairs of an element of the first and one of the second.", crossJoin, [
      "(list/cross-join '(1 2) '(a b))",
      "((1 a) (1 b) (2 a) (2 b))",
    ]),
    many("list/join", 2, 3, "(list/join coll separator [last]): the read forms of the elements as one string.", join, [
      '(list/join \'(1 2 3) "-")',
      '"1-2-3"',
    ]),
    one("flatten", "The elements with nested lists and vectors spliced in, one level deep.", flatten, [
      "(flatten '(1 (2 (3)) [4]))",
      "(1 2 (3) 4)",
    ]),
    one("flatten-deep", "The elements with nested lists and vectors spliced in at every depth.", flattenDeep, [
      "(flatten-deep '(1 (2 (3))))",
      "(1 2 3)",
    ]),
    one(
      "enumerate",
      "A list of (index element) lists.",
      (sequence) => listOf(sequenceItems(sequence, "enumerate").map((item, index) => listOf([index, item]))),
      ["(enumerate '(a b))", "((0 a) (1 b))"],
    ),
    two("member", "(member x coll): the list from the first element equal to x, or #f.", member, [
      "(member 2 '(1 2 3))",
      "(2 3)",
    ]),
    two(
      "list/contains?",
      "(list/contains? coll x): whether an element is equal to x.",
      (sequence, value) => indexOf(sequence, value, "list/contains?") >= 0,
      ["(list/contains? '(1 2) 2)", "#t"],
    ),
    two(
      "list/index-of",
      "(list/index-of coll x): index of the first element equal to x, or nil.",
      (sequence, value) => {
        const index = indexOf(sequence, value, "list/index-of");
        return index < 0 ? null : index;
      },
      ["(list/index-of '(a b c) 'b)", "1"],
    ),
    ...["assq", "assv"].map((name) =>
      two(
        name,
        `(${name} key entries): the first entry list whose head is equal to key, or #f.`,
        (key, entries) => associated(key, sequenceItems(entries, name)),
        [`(${name} 'b '((a 1) (b 2)))`, "(b 2)"],
      )
    ),
    two(
      "__vm-sequence",
      "A list, vector or mutable array as a list.",
      (value, name) => sequenceList(value, text(name)),
    ),
    two("__vm-count", "Checks a count argument.", (value, name) => count(value, text(name))),
    one("__vm-reverse", "A list reversed.", (list) => reverseList(sequenceList(list, "reverse"))),
    two(
      "__vm-reverse-onto",
      "The elements of the first list, reversed, in front of the second.",
      (list, rest) => reverseList(sequenceList(list, "reverse"), sequenceList(rest, "reverse")),
    ),
    one(
      "__vm-spread",
      "The arguments that `apply` passes on: all but the last, and the elements of the last.",
      (args) => {
        const items = sequenceItems(args, "apply");
        return listFrom(items.slice(0, -1), 0, sequenceList(items.at(-1) ?? null, "apply"));
      },
    ),
    two(
      "__vm-rows",
      "Argument lists across sequences.",
      (sequences, name) => listOf(rows(sequenceItems(sequences, "map"), text(name)).map(listOf)),
    ),
    two("__vm-splice", "The value, or its elements if it is a list or vector, reversed in front of the list.", (
      value,
      onto,
    ) => {
      const rest = sequenceList(onto, "flat-map");
      if (value instanceof List) return reverseList(value, rest);
      if (value instanceof Vector) return reverseList(listFrom(value.items), rest);
      return cons(value, rest);
    }),
  ]);
