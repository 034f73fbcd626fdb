/** The two mutable containers. Equality and order look at the current contents. */
import { doubleOf, floatsOf, isFloat, valuesOf } from "./floats.ts";
import { float, Opaque, type OpaqueKind, type Value } from "./value.ts";

/** Elements of an array of floats that may grow by being copied. */
const FEW = 16;

/** `(mutable-array/new)`: a growable array, shared by everyone who holds it. */
export class MutableArray extends Opaque {
  override readonly typeName = "mutable-array";
  /** The elements, while they are not kept as {@link floats}. */
  boxed: Value[] | null;
  /** The elements as doubles, from when a float is put among floats on, until something else is. */
  floats: Float64Array | null = null;
  /** From so many elements on it is tried to keep them so: looking at them all must not become a habit. */
  #tryAt = 0;

  constructor(items: Value[]) {
    super();
    this.boxed = items;
  }

  /** The elements as they are now, to be read at once. */
  get items(): readonly Value[] {
    return this.boxed ?? valuesOf(this.floats as Float64Array);
  }

  get length(): number {
    return (this.boxed ?? this.floats as Float64Array).length;
  }

  /** An element; undefined where there is none. */
  at(index: number): Value | undefined {
    if (this.boxed !== null) return this.boxed[index];
    const double = (this.floats as Float64Array)[index];
    return double === undefined ? undefined : float(double);
  }

  /** Overwrites an element that is there. */
  set(index: number, value: Value): void {
    if (this.floats !== null && isFloat(value)) this.floats[index] = doubleOf(value);
    else {
      this.#values()[index] = value;
      if (isFloat(value)) this.#keepDoubles();
    }
  }

  push(value: Value): void {
    const { floats } = this;
    if (floats !== null && floats.length < FEW && isFloat(value)) {
      this.floats = new Float64Array(floats.length + 1);
      this.floats.set(floats);
      this.floats[floats.length] = doubleOf(value);
      return;
    }
    const values = this.#values();
    values.push(value);
    if (values.length < FEW && isFloat(value)) this.#keepDoubles();
  }

  #keepDoubles(): void {
    const { boxed } = this;
    if (boxed === null || boxed.length < this.#tryAt) return;
    this.floats = floatsOf(boxed);
    if (this.floats !== null) this.boxed = null;
    else this.#tryAt = boxed.length < FEW ? boxed.length + 1 : 2 * boxed.length;
  }

  /** The elements as Sema values from now on. */
  #values(): Value[] {
    if (this.boxed !== null) return this.boxed;
    this.boxed = valuesOf(this.floats as Float64Array);
    this.floats = null;
    this.#tryAt = 2 * this.boxed.length;
    return this.boxed;
  }

  override printed(): string {
    return `<mutable-array ${this.length}>`;
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
    return this.length;
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
