/** Access along a path of keys through nested maps, and deep merging. Paths are lists or vectors. */

import { SortedMap, type Value } from "../../data/mod.ts";
import { type AnyMap, isMap, listOrVectorItems, text } from "../check.ts";
import { type Area, many, pure, same, sema, three } from "../declare.ts";
import { mapKey } from "./map_keys.ts";
import { sorted } from "./maps.ts";

function pathOf(path: Value, name: string): readonly Value[] {
  return listOrVectorItems(path, `${name}: argument 2 must be a list/vector path of keys`);
}

/** The value at the path; `otherwise` where a key is missing or a step is not a map. */
function getIn(map: Value, path: readonly Value[], otherwise: Value): Value {
  let value = map;
  for (const key of path) {
    const next = isMap(value) ? value.get(key) : undefined;
    if (next === undefined) return otherwise;
    value = next;
  }
  return value;
}

/** Sets the value at the path; steps that are not maps become sorted maps. */
function setIn(map: Value, path: readonly Value[], value: Value, name: string): Value {
  const levels: AnyMap[] = [];
  let step = map;
  for (const key of path) {
    const level = isMap(step) ? step : SortedMap.EMPTY;
    levels.push(level);
    step = level.get(mapKey(key, name)) ?? null;
  }
  return levels.reduceRight((inner: Value, level, i) => level.with(path[i] as Value, inner), value);
}

/** A map that waits for one inside it to be merged: the entries from `index` on are left. */
interface Merging {
  readonly into: SortedMap;
  readonly entries: readonly (readonly [Value, Value])[];
  readonly index: number;
  /** Where the one inside belongs. */
  readonly key: Value;
}

/** Where both are maps, merges them into a sorted map; otherwise the later value. Depth is no matter. */
function mergeDeep(left: Value, right: Value): Value {
  if (!isMap(left) || !isMap(right)) return right;
  const outer: Merging[] = [];
  let into = sorted(left);
  let entries: Merging["entries"] = right.entries();
  for (let index = 0;;) {
    const entry = entries[index++];
    if (entry === undefined) {
      const above = outer.pop();
      if (above === undefined) return into;
      into = above.into.with(above.key, into);
      ({ entries, index } = above);
      continue;
    }
    const [key, value] = entry;
    const known = into.get(key);
    if (known !== undefined && isMap(known) && isMap(value)) {
      outer.push({ into, entries, key, index });
      into = sorted(known);
      entries = value.entries();
      index = 0;
    } else into = into.with(key, value);
  }
}

/** The nested map builtins. */
export const nestedMaps: Area = () =>
  pure([
    many("get-in", 2, 3, "(get-in map path [default]): the value along the path.", (args) => {
      const [map = null, path = null, otherwise = null] = args;
      return getIn(map, pathOf(path, "get-in"), otherwise);
    }, ["(get-in {:a {:b 1}} '(:a :b))", "1"]),
    same("map/get-in", "get-in"),
    three(
      "assoc-in",
      "(assoc-in map path value): sets the value along the path.",
      (map, path, value) => setIn(map, pathOf(path, "assoc-in"), value, "assoc-in"),
      ["(assoc-in {:a {:b 1}} '(:a :b) 2)", "{:a {:b 2}}"],
    ),
    same("map/assoc-in", "assoc-in"),
    sema(
      "update-in",
      3,
      3,
      "(update-in map path f): sets (f old) along the path, old nil when there is none.",
      `(fn (m path f)
      (let ((old (__vm-get-in m path "update-in")))
        (begin (__vm-callable f) (__vm-set-in m path (f old)))))`,
      ["(update-in {:a {:b 1}} '(:a :b) (fn (v) (+ v 1)))", "{:a {:b 2}}"],
    ),
    same("map/update-in", "update-in"),
    many(
      "deep-merge",
      0,
      Infinity,
      "All maps merged, and the maps inside them.",
      (args) => args.length === 0 ? SortedMap.EMPTY : args.reduce((left, right) => mergeDeep(left, right)),
      ["(deep-merge {:a {:x 1}} {:a {:y 2}})", "{:a {:x 1 :y 2}}"],
    ),
    same("map/deep-merge", "deep-merge"),
    three(
      "__vm-get-in",
      "The value along a path, nil when there is none.",
      (map, path, name) => getIn(map, pathOf(path, text(name)), null),
    ),
    three(
      "__vm-set-in",
      "Sets the value along a path.",
      (map, path, value) => setIn(map, pathOf(path, "update-in"), value, "update-in"),
    ),
  ]);
