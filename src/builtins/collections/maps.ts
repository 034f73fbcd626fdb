/**
 * Sorted maps and hashmaps. A function that returns a changed map returns the kind it was given; `map/from-entries`,
 * `map/zip` and `map/sort-keys` always make a sorted map. Nested access is in `nested_maps.ts`.
 */
import { evalError, HashMap, List, listFrom, SortedMap, type Value, Vector } from "../../data/mod.ts";
import { type AnyMap, anyMap, isMap, listOf, listOrVectorItems, text, wrongType } from "../check.ts";
import { type Area, many, one, pure, same, sema, three, two } from "../declare.ts";
import { lasting } from "../lasting.ts";
import { intrinsics } from "../intrinsics.ts";
import { associated } from "./lists.ts";
import { mapKey } from "./map_keys.ts";

/** `map` with alternating keys and values from `args[start]` on. */
function withEntries(map: AnyMap, args: readonly Value[], start: number, name: string): AnyMap {
  let result = map;
  for (let i = start; i < args.length; i += 2) {
    result = result.with(mapKey(args[i] as Value, name), args[i + 1] as Value);
  }
  return result;
}

/** Checks the keys of what is to be entered into `args[0]`: a bad key is told before a bad map. */
function checkKeys(args: readonly Value[], name: string): void {
  for (let i = 1; i < args.length; i += 2) mapKey(args[i] as Value, name);
}

function newMap(name: string, empty: AnyMap): (args: Value[]) => Value {
  return (args) => {
    if (args.length % 2 !== 0) throw evalError(`${name}: requires even number of arguments`);
    return withEntries(empty, args, 0, name);
  };
}

/** The map of a look-up; the refusal sends users of lists to `nth`. */
function lookupMap(value: Value): AnyMap {
  const indexed = value instanceof List || value instanceof Vector;
  return anyMap(
    value,
    indexed
      ? "get works on maps; use (nth coll i) to index a list or vector"
      : "get: expected a map as the first argument",
  );
}

function assoc(args: Value[]): Value {
  const [first = null, second = null] = args;
  if (args.length === 2 && second instanceof List) return associated(first, second);
  if (args.length < 3 || args.length % 2 === 0) throw evalError("assoc: requires (key alist) or (map key val ...)");
  if (!isMap(first)) checkKeys(args, "assoc");
  const map = anyMap(first, "assoc: expected a map as the first argument, then key/value pairs");
  return withEntries(map, args, 1, "assoc");
}

/** The map without the keys. */
function without(map: AnyMap, keys: Iterable<Value>): AnyMap {
  let result = map;
  for (const key of keys) result = result.without(key);
  return result;
}

function merge(args: Value[]): Value {
  const maps = args.map((arg) => anyMap(arg, "merge: every argument must be a map or hashmap"));
  let result = maps[0] ?? SortedMap.EMPTY;
  for (let i = 1; i < maps.length; i++) {
    for (const [key, value] of maps[i] as AnyMap) result = result.with(key, value);
  }
  return result;
}

/** What `count` and `empty?` take: the size of a collection, 0 for nil. */
function collectionSize(value: Value, name: string): number {
  if (value === null) return 0;
  if (isMap(value)) return value.size;
  if (value instanceof List || value instanceof Vector || typeof value === "string") {
    return intrinsics.length(value) as number;
  }
  throw wrongType("collection", value, `${name}: expected a list, vector, map, or string`);
}

function fromEntries(entries: Value): Value {
  const items = listOrVectorItems(entries, "map/from-entries: expected a list of [key value] pairs");
  return SortedMap.from(items.map((entry) => {
    const pair = listOrVectorItems(entry, "map/from-entries: each entry must be a [key value] pair");
    if (pair.length !== 2) throw evalError("map/from-entries: each entry must be a pair (key value)");
    return [mapKey(pair[0] as Value, "map/from-entries"), pair[1] as Value];
  }));
}

function zip(keys: Value, values: Value): Value {
  const names = listOrVectorItems(keys, "map/zip: argument 1 must be a list of keys");
  const items = listOrVectorItems(values, "map/zip: argument 2 must be a list of values");
  return SortedMap.from(
    names.slice(0, items.length).map((key, i) => [mapKey(key, "map/zip"), items[i] as Value]),
  );
}

function selectKeys(map: Value, keys: Value): Value {
  if (!(keys instanceof List || keys instanceof Vector)) {
    throw wrongType("list", keys, "map/select-keys: argument 2 must be a list of keys to keep");
  }
  const from = anyMap(map, "map/select-keys: argument 1 must be a map");
  let result = emptyLike(from);
  for (const key of listOrVectorItems(keys)) {
    const value = from.get(key);
    if (value !== undefined) result = result.with(key, value);
  }
  return result;
}

function emptyLike(map: AnyMap): AnyMap {
  return map instanceof SortedMap ? SortedMap.EMPTY : HashMap.EMPTY;
}

function except(map: Value, keys: Value): Value {
  const excluded = listOrVectorItems(keys, "map/except: argument 2 must be a list of keys to exclude");
  return without(anyMap(map, "map/except: argument 1 must be a map"), excluded);
}

/** A sorted map of the same entries. */
export function sorted(map: AnyMap): SortedMap {
  return map instanceof SortedMap ? map : SortedMap.from(map);
}

/** A map of the same kind as `map`; `name` is set where the keys are new and must be checked. */
function rebuilt(map: Value, keys: Value, values: Value, name: string | null): Value {
  const items = listOrVectorItems(values);
  const entries = listOrVectorItems(keys).map((key, i): [Value, Value] => [
    name === null ? key : mapKey(key, name),
    items[i] as Value,
  ]);
  return map instanceof HashMap ? HashMap.from(entries) : SortedMap.from(entries);
}

function hashmap(value: Value, name: string): HashMap {
  if (value instanceof HashMap) return value;
  throw wrongType("hashmap", value, `${name}: argument 1 must be a hashmap`);
}

/** What the checks of the functions that call back say about their map argument. */
const MAP_HINTS: Readonly<Record<string, string>> = {
  "map/map-vals": "map/map-vals: argument 2 must be a map; applies fn to each value",
  "map/map-keys": "map/map-keys: argument 2 must be a map; applies fn to each key",
  "map/filter": "map/filter: argument 2 must be a map; predicate receives (key value)",
  "map/update": "map/update: argument 1 must be a map; applies fn to the value at key",
};

/** The map that the higher-order function `name` got. */
function mapOf(map: Value, name: Value): AnyMap {
  return anyMap(map, MAP_HINTS[text(name)] ?? text(name));
}

/** The map builtins. */
export const maps: Area = () =>
  pure([
    many(
      "hash-map",
      0,
      Infinity,
      "(hash-map key value ...): a sorted map of alternating keys and values.",
      newMap("hash-map", SortedMap.EMPTY),
      [
        "(hash-map :a 1 :b 2)",
        "{:a 1 :b 2}",
      ],
    ),
    same("map/new", "hash-map"),
    many("get", 2, 3, "(get map key [default]): the value of key, default when there is none.", (args) => {
      const [map = null, key = null, otherwise = null] = args;
      const value = lookupMap(map).get(key);
      return value === undefined ? otherwise : value;
    }, ["(get {:a 1} :b 0)", "0"]),
    same("hash-ref", "get"),
    two(
      "contains?",
      "(contains? map key): whether the map has the key.",
      (map, key) => anyMap(map, "contains?: argument 1 must be a map; checks for the given key").get(key) !== undefined,
      ["(contains? {:a 1} :a)", "#t"],
    ),
    many("assoc", 0, Infinity, "(assoc map key value ...) or (assoc key entries): sets entries, or finds one.", assoc, [
      "(assoc {:a 1} :b 2)",
      "{:a 1 :b 2}",
    ]),
    many(
      "dissoc",
      2,
      Infinity,
      "(dissoc map key ...): without the keys.",
      (args) =>
        without(
          anyMap(args[0] as Value, "dissoc: expected a map as the first argument, then keys to remove"),
          args.slice(1),
        ),
      ["(dissoc {:a 1 :b 2} :a)", "{:b 2}"],
    ),
    one(
      "keys",
      "The keys of a map.",
      (map) => listOf(anyMap(map, "keys: expected a map; returns its keys as a list").keys()),
      ["(keys {:a 1 :b 2})", "(:a :b)"],
    ),
    one(
      "vals",
      "The values of a map, in the order of its keys.",
      (map) => listOf(anyMap(map, "vals: expected a map; returns its values as a list").values()),
      ["(vals {:a 1 :b 2})", "(1 2)"],
    ),
    lasting(
      200,
      many("merge", 0, Infinity, "The entries of all maps; later ones win.", merge, [
        "(merge {:a 1} {:a 2 :b 3})",
        "{:a 2 :b 3}",
      ]),
    ),
    one("count", "The number of elements of a collection; nil counts 0.", (value) => collectionSize(value, "count"), [
      "(count {:a 1 :b 2})",
      "2",
    ]),
    one(
      "empty?",
      "Whether a collection has no elements; nil is empty.",
      (value) => collectionSize(value, "empty?") === 0,
      ['(empty? "")', "#t"],
    ),
    lasting(
      50,
      one("map/entries", "A list of (key value) lists, in key order.", (map) =>
        listOf(
          anyMap(map, "map/entries: expected a map; returns a list of [key value] pairs").entries()
            .map((entry) => listFrom(entry)),
        ), ["(map/entries {:a 1 :b 2})", "((:a 1) (:b 2))"]),
    ),
    lasting(
      200,
      one("map/from-entries", "A sorted map of (key value) lists or vectors.", fromEntries, [
        "(map/from-entries '((:a 1) (:b 2)))",
        "{:a 1 :b 2}",
      ]),
    ),
    lasting(
      100,
      two("map/zip", "(map/zip keys values): a sorted map of them.", zip, ["(map/zip '(:a :b) '(1 2))", "{:a 1 :b 2}"]),
    ),
    two("map/select-keys", "(map/select-keys map keys): only the entries of these keys.", selectKeys, [
      "(map/select-keys {:a 1 :b 2} '(:a :c))",
      "{:a 1}",
    ]),
    two("map/except", "(map/except map keys): without the entries of these keys.", except, [
      "(map/except {:a 1 :b 2} '(:a))",
      "{:b 2}",
    ]),
    one(
      "map/sort-keys",
      "A sorted map of the same entries.",
      (map) => sorted(anyMap(map, "map/sort-keys: argument 1 must be a map; returns it with keys sorted")),
      ["(map/sort-keys (hashmap/new :b 2 :a 1))", "{:a 1 :b 2}"],
    ),
    sema(
      "map/map-vals",
      2,
      2,
      "(map/map-vals f map): f applied to each value.",
      `(fn (f m)
      (let ((vs (__vm-map-vals m "map/map-vals")))
        (if (null? vs) m
          (begin (__vm-callable f)
            (let loop ((vs vs) (out '()))
              (if (null? vs) (__vm-map-rebuild m (__vm-map-keys m "map/map-vals") (__vm-reverse out))
                (loop (cdr vs) (cons (f (car vs)) out))))))))`,
      ["(map/map-vals abs {:a -1 :b 2})", "{:a 1 :b 2}"],
    ),
    sema(
      "map/map-keys",
      2,
      2,
      "(map/map-keys f map): f applied to each key.",
      `(fn (f m)
      (let ((ks (__vm-map-keys m "map/map-keys")))
        (if (null? ks) m
          (begin (__vm-callable f)
            (let loop ((ks ks) (out '()))
              (if (null? ks) (__vm-map-rekey m (__vm-reverse out) (__vm-map-vals m "map/map-keys"))
                (loop (cdr ks) (cons (f (car ks)) out))))))))`,
      ["(map/map-keys keyword->string {:a 1})", '{"a" 1}'],
    ),
    sema(
      "map/filter",
      2,
      2,
      "(map/filter p map): the entries for which (p key value) is true.",
      `(fn (p m)
      (let ((ks (__vm-map-keys m "map/filter")))
        (if (null? ks) m
          (begin (__vm-callable p)
            (let loop ((ks ks) (vs (__vm-map-vals m "map/filter")) (kept '()) (kept-vs '()))
              (if (null? ks) (__vm-map-rebuild m (__vm-reverse kept) (__vm-reverse kept-vs))
                (if (p (car ks) (car vs))
                  (loop (cdr ks) (cdr vs) (cons (car ks) kept) (cons (car vs) kept-vs))
                  (loop (cdr ks) (cdr vs) kept kept-vs))))))))`,
      ["(map/filter (fn (k v) (> v 1)) {:a 1 :b 2})", "{:b 2}"],
    ),
    sema(
      "map/update",
      3,
      3,
      "(map/update map key f): sets key to (f old), old nil when there is none.",
      `(fn (m k f)
      (begin
        (__vm-map-key k "map/update") (__vm-map m "map/update") (__vm-callable f)
        (__vm-map-put m k (f (get m k)))))`,
      ["(map/update {:a 1} :a (fn (v) (+ v 1)))", "{:a 2}"],
    ),
    many(
      "hashmap/new",
      0,
      Infinity,
      "(hashmap/new key value ...): a hashmap of alternating keys and values.",
      newMap("hashmap/new", HashMap.EMPTY),
      [
        "(hashmap/new :a 1)",
        "{:a 1}",
      ],
    ),
    many("hashmap/get", 2, 3, "(hashmap/get map key [default]): like get.", (args) => {
      const [map = null, key = null, otherwise = null] = args;
      if (!isMap(map)) throw wrongType("hashmap", map, "hashmap/get: argument 1 must be a hashmap");
      const value = map.get(key);
      return value === undefined ? otherwise : value;
    }, ["(hashmap/get (hashmap/new :a 1) :b 0)", "0"]),
    many("hashmap/assoc", 0, Infinity, "(hashmap/assoc hashmap key value ...): sets entries.", (args) => {
      if (args.length < 3 || args.length % 2 === 0) {
        throw evalError("hashmap/assoc: requires hashmap and even number of key-value pairs");
      }
      if (!(args[0] instanceof HashMap)) checkKeys(args, "hashmap/assoc");
      return withEntries(hashmap(args[0] as Value, "hashmap/assoc"), args, 1, "hashmap/assoc");
    }, ["(hashmap/assoc (hashmap/new :a 1) :a 2)", "{:a 2}"]),
    one(
      "hashmap/keys",
      "The keys of a hashmap.",
      (map) => listOf([...hashmap(map, "hashmap/keys")].map((entry) => entry[0])),
      ["(hashmap/keys (hashmap/new :a 1))", "(:a)"],
    ),
    two(
      "hashmap/contains?",
      "(hashmap/contains? hashmap key): whether it has the key.",
      (map, key) => hashmap(map, "hashmap/contains?").get(key) !== undefined,
      ["(hashmap/contains? (hashmap/new :a 1) :a)", "#t"],
    ),
    one("hashmap/to-map", "A sorted map of a hashmap's entries.", (map) => sorted(hashmap(map, "hashmap/to-map")), [
      "(hashmap/to-map (hashmap/new :b 2 :a 1))",
      "{:a 1 :b 2}",
    ]),
    two("__vm-map", "Checks a map that a higher-order function got.", mapOf),
    two("__vm-map-keys", "The keys of a map that a higher-order function got.", (map, name) => {
      return listOf(mapOf(map, name).keys());
    }),
    two("__vm-map-vals", "The values of a map that a higher-order function got.", (map, name) => {
      return listOf(mapOf(map, name).values());
    }),
    three(
      "__vm-map-rebuild",
      "A map of the kind of the first argument.",
      (map, keys, values) => rebuilt(map, keys, values, null),
    ),
    three(
      "__vm-map-rekey",
      "A map of the kind of the first argument, its keys checked.",
      (map, keys, values) => rebuilt(map, keys, values, "map/map-keys"),
    ),
    two("__vm-map-key", "Checks a key.", (key, name) => mapKey(key, text(name))),
    three(
      "__vm-map-put",
      "The map with one entry set, whose key has been checked.",
      (map, key, value) => anyMap(map, MAP_HINTS["map/update"] as string).with(key, value),
    ),
  ]);
