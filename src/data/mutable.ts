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

  override equals(other: Opaque): boolean {
    return other instanceof MutableArray;
  }

  override parts(): readonly Value[] {
    return this.items;
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

  override equals(other: Opaque): boolean {
    return other instanceof MutableCell;
  }

  override parts(): readonly Value[] {
    return [this.value];
  }
}
