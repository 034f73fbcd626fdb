/** The check that a map key holds nothing mutable. */
import { Keyword, List, MapBase, MutableArray, MutableCell, Opaque, Sym, type Value, Vector } from "../../data/mod.ts";
import { wrongType } from "../check.ts";

/** Puts what is directly inside `value` on the stack. */
function pushParts(value: object, stack: Value[]): void {
  if (value instanceof List) { for (const part of value) stack.push(part); }
  else if (value instanceof Vector) { for (const part of value.items) stack.push(part); }
  else if (value instanceof MapBase) { for (const [key, part] of value) stack.push(key, part); }
  else if (value instanceof Opaque) { for (const part of value.parts()) stack.push(part); }
}

/** Containers in which nothing mutable was found: they never change. Only those that took long to look at are kept. */
const immutable: WeakSet<object> = new WeakSet();
/** The values that are looked at before it pays to know containers that were looked at before. */
const MANY = 32;

/** Whether a mutable array or cell is anywhere inside `value`; with a stack of its own, for deep values. */
function holdsMutable(value: object & Value): boolean {
  const stack: Value[] = [value];
  let looked = 0;
  while (stack.length > 0) {
    const next = stack.pop() as Value;
    if (next === null || typeof next !== "object") continue;
    if (++looked > MANY && immutable.has(next)) continue;
    if (next instanceof MutableArray || next instanceof MutableCell) return true;
    pushParts(next, stack);
  }
  if (looked > MANY) immutable.add(value);
  return false;
}

/** Returns `key` if it may be a map key. `name` is the function that stores it, null for a map literal. */
export function mapKey(key: Value, name: string | null): Value {
  if (key === null || typeof key !== "object" || key instanceof Keyword || key instanceof Sym) return key;
  if (!holdsMutable(key)) return key;
  const prefix = name === null ? "" : `${name}: `;
  throw wrongType(
    "immutable map key",
    key,
    `${prefix}freeze the key first (mutable-array/->vector or mutable-cell/get)`,
  );
}
