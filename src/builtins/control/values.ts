/** The bundle of several values that `(values …)` makes: a record to every function but those that unpack it. */
import { compareText, type List, listFrom, Opaque, type OpaqueKind, type Value } from "../../data/mod.ts";

/** Zero or several values; a single value is never bundled. */
class MultipleValues extends Opaque {
  override readonly typeName = "%multiple-values%";
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }

  override kind(): OpaqueKind {
    return "record";
  }

  override equals(other: Opaque): boolean {
    return other instanceof MultipleValues;
  }

  override compareTo(other: Opaque): number {
    return compareText(this.typeName, other.typeName);
  }

  override parts(): readonly Value[] {
    return this.items;
  }
}

/** The values as one value: itself when there is exactly one. */
export function bundle(items: readonly Value[]): Value {
  return items.length === 1 ? items[0] as Value : new MultipleValues(items);
}

/** The values of a bundle; anything else is one value. */
export function valuesOf(value: Value): List {
  return listFrom(value instanceof MultipleValues ? value.items : [value]);
}
