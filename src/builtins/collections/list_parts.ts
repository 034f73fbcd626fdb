/** Parts of lists: what is taken from the front or the end, what is cut into pieces, and what is filled up. */
import {
  cons,
  EMPTY,
  evalError,
  lengthOf,
  List,
  listFrom,
  MutableArray,
  tail,
  type Value,
  Vector,
} from "../../data/mod.ts";
import { checkSize, count, int64, listOf, sequenceItems, sequenceList } from "../check.ts";
import { type Area, many, three, two } from "../declare.ts";

/** The list of `items[start..end)`. */
function slice(items: readonly Value[], start: number, end: number): List {
  let result = EMPTY;
  for (let i = end - 1; i >= start; i--) result = cons(items[i] as Value, result);
  return result;
}

/** `count` references to one value. */
export function repeated(size: number, value: Value): List {
  let result = EMPTY;
  for (let i = 0; i < size; i++) result = cons(value, result);
  return result;
}

/** The count argument of `take` and `drop`, which tell when the arguments look swapped. */
function sliceCount(value: Value, name: string): number {
  const swapped = value instanceof List || value instanceof Vector || value instanceof MutableArray;
  return swapped
    ? count(
      value,
      name,
      `${name}: argument order is (${name} count collection) — looks like the arguments are swapped`,
    )
    : count(value, name);
}

function take(size: Value, sequence: Value): Value {
  const wanted = sliceCount(size, "take");
  if (sequence instanceof List) return takeList(sequence, wanted);
  const items = sequenceItems(sequence, "take");
  return slice(items, 0, Math.min(wanted, items.length));
}

/** The first `size` elements of a list, without copying the rest. */
function takeList(list: List, size: number): List {
  const items: Value[] = [];
  let cell = list;
  for (; items.length < size && cell !== EMPTY; cell = cell.rest) items.push(cell.first);
  return cell === EMPTY ? list : listOf(items);
}

function drop(size: Value, sequence: Value): Value {
  const unwanted = sliceCount(size, "drop");
  return tail(sequenceList(sequence, "drop"), unwanted);
}

function takeLast(size: Value, sequence: Value): Value {
  const wanted = count(size, "list/take-last");
  const list = sequenceList(sequence, "list/take-last");
  return tail(list, Math.max(0, lengthOf(list) - wanted));
}

function dropLast(size: Value, sequence: Value): Value {
  const unwanted = count(size, "list/drop-last");
  const list = sequenceList(sequence, "list/drop-last");
  return takeList(list, Math.max(0, lengthOf(list) - unwanted));
}

function splitAt(sequence: Value, size: Value): Value {
  const list = sequenceList(sequence, "list/split-at");
  const position = count(size, "list/split-at");
  return listOf([takeList(list, position), tail(list, position)]);
}

function chunk(size: Value, sequence: Value): Value {
  const length = count(size, "list/chunk");
  if (length === 0) throw evalError("list/chunk: chunk size must be positive");
  const items = sequenceItems(sequence, "list/chunk");
  const chunks: Value[] = [];
  for (let i = 0; i < items.length; i += length) chunks.push(slice(items, i, Math.min(i + length, items.length)));
  return listOf(chunks);
}

function sliding(args: Value[]): Value {
  const items = sequenceItems(args[0] as Value, "list/sliding");
  const size = count(args[1] as Value, "list/sliding");
  const step = args.length > 2 ? count(args[2] as Value, "list/sliding") : 1;
  if (size === 0) throw evalError("list/sliding: size must be positive");
  if (step === 0) throw evalError("list/sliding: step must be positive");
  const windows: Value[] = [];
  for (let i = 0; i + size <= items.length; i += step) windows.push(slice(items, i, i + size));
  return listOf(windows);
}

function page(sequence: Value, number: Value, size: Value): Value {
  const items = sequenceItems(sequence, "list/page");
  const index = int64(number);
  if (index < 1) throw evalError("list/page: page must be >= 1");
  const length = count(size, "list/page");
  const start = Math.min((index - 1) * length, items.length);
  return slice(items, start, Math.min(start + length, items.length));
}

function pad(sequence: Value, size: Value, fill: Value): Value {
  const items = sequenceItems(sequence, "list/pad");
  const length = count(size, "list/pad");
  checkSize(length, "list/pad");
  return listFrom(items, 0, repeated(length - items.length, fill));
}

/** Parts of lists. */
export const listParts: Area = () => [
  two("take", "(take n coll): the first n elements.", take, ["(take 2 '(1 2 3))", "(1 2)"]),
  two("drop", "(drop n coll): all but the first n elements.", drop, ["(drop 2 '(1 2 3))", "(3)"]),
  two("list/take-last", "(list/take-last n coll): the last n elements.", takeLast, [
    "(list/take-last 2 '(1 2 3))",
    "(2 3)",
  ]),
  two("list/drop-last", "(list/drop-last n coll): all but the last n elements.", dropLast, [
    "(list/drop-last 2 '(1 2 3))",
    "(1)",
  ]),
  two("list/split-at", "(list/split-at coll n): the first n elements, and the others.", splitAt, [
    "(list/split-at '(1 2 3) 1)",
    "((1) (2 3))",
  ]),
  two("list/chunk", "(list/chunk n coll): lists of n elements, the last perhaps shorter.", chunk, [
    "(list/chunk 2 '(1 2 3 4 5))",
    "((1 2) (3 4) (5))",
  ]),
  many("list/sliding", 2, 3, "(list/sliding coll size [step]): all full windows of size elements.", sliding, [
    "(list/sliding '(1 2 3 4) 2)",
    "((1 2) (2 3) (3 4))",
  ]),
  three("list/page", "(list/page coll page size): the elements of a page counted from 1.", page, [
    "(list/page '(1 2 3 4 5) 2 2)",
    "(3 4)",
  ]),
  three("list/pad", "(list/pad coll n fill): extended with fill to n elements.", pad, [
    "(list/pad '(1 2) 4 0)",
    "(1 2 0 0)",
  ]),
];
