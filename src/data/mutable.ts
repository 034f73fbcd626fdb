/** The two mutable containers. Equality and order look at the current contents. */
import { Opaque, type OpaqueKind, type Value } from "./value.ts";

/** `(mutable-array/new)`: a growable array, shared by everyone who holds it. */
export class MutableArray extends Opaque {
  override readonly typeName = "mutable-array";
  readonly items: Value[];

  constructor(items: Value[]) {
    super();
    this.items = items;
  }

  override printed(): string {
    return `<mutable-array ${this.items.length}>`;
  }

  override kind(): OpaqueKind {
    return "mutable-array";
  }

  override equals(other: Opaque, equal: (a: Value, b: Value) => boolean): boolean {
    if (!(other instanceof MutableArray) || other.items.length !== this.items.length) return false;
    return this.items.every((item, i) => equal(item, other.items[i] ?? null));
  }

  override compareTo(other: Opaque, compare: (a: Value, b: Value) => number): number {
    if (!(other instanceof MutableArray)) return 0;
    const shorter = Math.min(this.items.length, other.items.length);
    for (let i = 0; i < shorter; i++) {
      const order = compare(this.items[i] ?? null, other.items[i] ?? null);
      if (order !== 0) return order;
    }
    return this.items.length - other.items.length;
  }

  override size(): number {
    return this.items.length;
  }
}

/** `(mutable-cell/new x)`: one assignable slot. */
export class MutableCell extends Opaque {
  override readonly typeName = "mutable-cell";
  value: Value;

  constructor(value: Value) {
    super();
    this.value = value;
  }

  override printed(): string {
    return "<mutable-cell>";
  }

  override kind(): OpaqueKind {
    return "mutable-cell";
  }

  override equals(other: Opaque, equal: (a: Value, b: Value) => boolean): boolean {
    return other instanceof MutableCell && equal(this.value, other.value);
  }

  override compareTo(other: Opaque, compare: (a: Value, b: Value) => number): number {
    return other instanceof MutableCell ? compare(this.value, other.value) : 0;
  }
}
