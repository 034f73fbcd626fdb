/** The two mutable containers. Equality and order look at the current contents. */
import { doubleOf, floatsOf, isFloat, valuesOf } from "./floats.ts";
import { float, Opaque, type OpaqueKind, type Value } from "./value.ts";

/** Elements of an array of floats that may grow by being copied. */
const FEW = 16;

/** `(mutable-array/new)`: a growable array, shared by everyone who holds it. */
export class MutableArray extends Opaque {
  override readonly typeName = "mutable-array";
  /** The elements, while they are not kept as {@link doubles}. Both are fields that no other class of values has. */
  slots: Value[] | undefined;
  /** The elements as doubles, from when a float is put among floats on, until something else is. */
  doubles: Float64Array | undefined = undefined;
  /** From so many elements on it is tried to keep them so: looking at them all must not become a habit. */
  #tryAt = 0;

  constructor(items: Value[]) {
    super();
    this.slots = items;
  }

  /** The elements as they are now, to be read at once. */
  get items(): readonly Value[] {
    return this.slots ?? valuesOf(this.doubles as Float64Array);
  }

  get length(): number {
    return (this.slots ?? this.doubles as Float64Array).length;
  }

  /** An element; undefined where there is none. */
  at(index: number): Value | undefined {
    if (this.slots !== undefined) return this.slots[index];
    const double = (this.doubles as Float64Array)[index];
    return double === undefined ? undefined : float(double);
  }

  /** Overwrites an element that is there. */
  set(index: number, value: Value): void {
    if (this.doubles !== undefined && isFloat(value)) this.doubles[index] = doubleOf(value);
    else {
      this.#values()[index] = value;
      if (isFloat(value)) this.#keepDoubles();
    }
  }

  push(value: Value): void {
    const { doubles } = this;
    if (doubles !== undefined && doubles.length < FEW && isFloat(value)) {
      this.doubles = new Float64Array(doubles.length + 1);
      this.doubles.set(doubles);
      this.doubles[doubles.length] = doubleOf(value);
      return;
    }
    const values = this.#values();
    values.push(value);
    if (values.length < FEW && isFloat(value)) this.#keepDoubles();
  }

  #keepDoubles(): void {
    const { slots } = this;
    if (slots === undefined || slots.length < this.#tryAt) return;
    this.doubles = floatsOf(slots);
    if (this.doubles !== undefined) this.slots = undefined;
    else this.#tryAt = slots.length < FEW ? slots.length + 1 : 2 * slots.length;
  }

  /** The elements as Sema values from now on. */
  #values(): Value[] {
    if (this.slots !== undefined) return this.slots;
    this.slots = valuesOf(this.doubles as Float64Array);
    this.doubles = undefined;
    this.#tryAt = 2 * this.slots.length;
    return this.slots;
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
