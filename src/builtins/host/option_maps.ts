/** Maps that say how something is to be done, and maps that stand for what is outside. Keys and types that are unknown are ignored. */
import { Keyword, keyword, repr, Sym, type Value } from "../../data/mod.ts";
import { isMap } from "../check.ts";

/** The most milliseconds that the timers of hosts can count; a longer time is no limit that anybody would see the end of. */
export const LONGEST: number = 2 ** 31 - 1;

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
  if (map === undefined || !isMap(map)) return {};
  // Not by assignment, of which `__proto__` would be none.
  return Object.fromEntries(
    [...map.entries()].filter((pair): pair is [string, string] => pair.every((part) => typeof part === "string")),
  );
}
