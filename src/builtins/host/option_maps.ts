/** Maps that say how something is to be done, and maps that stand for what is outside. Keys and types that are unknown are ignored. */
import { Keyword, keyword, repr, Sym, type Value } from "../../data/mod.ts";
import { isMap } from "../check.ts";

/** The text of a value where a string is raw: header values, bodies. */
export function plain(value: Value): string {
  return typeof value === "string" ? value : repr(value);
}

/** The name that a key of a map stands for. */
export function keyText(key: Value): string {
  return key instanceof Keyword || key instanceof Sym ? key.name : plain(key);
}

/** An option of a map; undefined where there is no map, or no such key in it. */
export function option(options: Value, name: string): Value | undefined {
  return isMap(options) ? options.get(keyword(name)) : undefined;
}

/** Names and values of headers from a map of them; anything else has none. */
export function headersFrom(map: Value | undefined): [name: string, value: string][] {
  if (map === undefined || !isMap(map)) return [];
  return [...map.entries()].map(([name, value]) => [keyText(name), plain(value)]);
}

/** The pairs of a map whose names and values are strings: variables of an environment. */
export function stringPairs(map: Value | undefined): Record<string, string> {
  const pairs: Record<string, string> = {};
  if (map === undefined || !isMap(map)) return pairs;
  for (const [name, value] of map.entries()) {
    if (typeof name === "string" && typeof value === "string") pairs[name] = value;
  }
  return pairs;
}
