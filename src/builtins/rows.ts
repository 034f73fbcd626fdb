/**
 * The declarations by name. An area is evaluated when one of its names is first asked for: which area that is says the
 * index, because making all 900 rows would be a large part of a start.
 */
import { areas } from "./areas.ts";
import type { Declaration } from "./declare.ts";
import { NAMES } from "./names.generated.ts";

/** Every name of the library, hidden helpers (`__vm-…`) included, in the order of declaration. */
export const names: readonly string[] = NAMES.flatMap((text) => text.split(" "));

/** Name → number of its area, or its row once the area has been evaluated. */
const index: Map<string, number | Declaration> = new Map();
NAMES.forEach((text, area) => {
  for (const name of text.split(" ")) index.set(name, area);
});

/** The declaration of a name; undefined for what the library does not declare. */
export function declaration(name: string): Declaration | undefined {
  const found = index.get(name);
  if (typeof found !== "number") return found;
  for (const row of areas[found]?.[1]() ?? []) index.set(row.name, row);
  return declaration(name);
}

/** Every builtin. Names are unique and aliases follow their targets. */
export function declarations(): readonly Declaration[] {
  return names.map((name) => declaration(name)).filter((row) => row !== undefined);
}
