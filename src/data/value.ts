/**
 * What a Sema value is in JavaScript: `typeof` and one class check decide everything.
 *
 * Invariants relied on everywhere:
 * - an integer is a `number` with |n| ≤ 2^53-1 and never -0, or a `bigint` outside that range (never inside it);
 * - a float is a plain `number` only when it is not integral (NaN and ±Infinity included); an integral
 *   float (2.0, -0.0, 1e300) is a {@link Flonum}. So `Number.isInteger(x)` tells an integer from a float;
 * - nil is `null`, distinct from the empty list, which is the one object {@link EMPTY};
 * - every class below is final and sets its fields in the constructor, in one order.
 */
import type { List } from "./list.ts";
import type { HashMap, SortedMap } from "./map.ts";

/** Any Sema value. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Flonum
  | Rational
  | Complex
  | Char
  | Sym
  | Keyword
  | List
  | Vector
  | SortedMap
  | HashMap
  | Bytevector
  | Procedure
  | Opaque;

/** A float whose value is integral, kept apart from the integer of the same size. */
export class Flonum {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** An exact fraction in lowest terms; `denominator` > 1. */
export class Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
  constructor(numerator: bigint, denominator: bigint) {
    this.numerator = numerator;
    this.denominator = denominator;
  }
}

/** A complex number; parts are real Sema numbers, and an exact zero imaginary part never occurs. */
export class Complex {
  readonly re: Value;
  readonly im: Value;
  constructor(re: Value, im: Value) {
    this.re = re;
    this.im = im;
  }
}

/** A Unicode scalar value. Compare by `code`: characters are not interned. */
export class Char {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

/** An interned symbol; make it with `intern`. `id` is unique among symbols and keywords. */
export class Sym {
  readonly name: string;
  readonly id: number;
  constructor(name: string, id: number) {
    this.name = name;
    this.id = id;
  }
}

/** An interned keyword; `name` has no colon. Make it with `keyword`. */
export class Keyword {
  readonly name: string;
  readonly id: number;
  constructor(name: string, id: number) {
    this.name = name;
    this.id = id;
  }
}

/** An immutable vector. Its elements must not be changed after construction. */
export class Vector {
  /**
   * The elements; undefined until somebody asks for those of a vector that is kept as {@link floats}. No other class of
   * values has fields of these names: compiled code reads them to tell a vector.
   */
  boxed: readonly Value[] | undefined;
  /** The elements as doubles, if all are floats and it was worth it. */
  readonly floats: Float64Array | undefined;

  constructor(items: readonly Value[], floats: Float64Array | undefined = undefined) {
    this.boxed = floats === undefined ? items : undefined;
    this.floats = floats;
  }

  get length(): number {
    return (this.floats ?? this.boxed as readonly Value[]).length;
  }

  /** An element; undefined where there is none. */
  at(index: number): Value | undefined {
    if (this.boxed !== undefined) return this.boxed[index];
    const double = (this.floats as Float64Array)[index];
    return double === undefined ? undefined : float(double);
  }

  /** The elements. */
  get items(): readonly Value[] {
    return this.boxed ??= Array.from(this.floats as Float64Array, float);
  }
}

/** An immutable byte string. */
export class Bytevector {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** Whatever can stand in operator position besides a keyword: closures, builtins, multimethods, parameters. */
export abstract class Procedure {
  /** What `type` answers, without the colon. */
  abstract readonly typeName: string;
  /** The text both printers write. */
  abstract printed(): string;
  /** The names of its parameters, where it has any; what comes for a rest parameter has none. */
  get parameterNames(): readonly string[] | null {
    return null;
  }
}

/** Where the values of an {@link Opaque} class stand in the total order of keys; `other` shares its place with functions. */
export type OpaqueKind = "record" | "f64-array" | "i64-array" | "stream" | "other" | "mutable-array" | "mutable-cell";

/**
 * A value of a type that only its own builtins know: promises, records, streams, mutable arrays, macros. What walks over
 * values asks it for its {@link parts} instead of letting it walk, so that values may be nested as deep as memory allows.
 */
export abstract class Opaque {
  /** What `type` answers, without the colon. */
  abstract readonly typeName: string;
  /** The text both printers write, except for a record: that one is printed with its parts. */
  printed(): string {
    return `<${this.typeName}>`;
  }

  /** The place among other kinds of value. */
  kind(): OpaqueKind {
    return "other";
  }

  /** Whether it is `equal?` to another object once their parts are. Identity has been tried before. */
  equals(_other: Opaque): boolean {
    return false;
  }

  /** The order among values of the same {@link kind}; where it is 0, that of the parts decides. */
  compareTo(_other: Opaque): number {
    return 0;
  }

  /** What `length` answers, or null where it is a type error. */
  size(): number | null {
    return null;
  }

  /** The values inside, which take part in equality and order, and which a record shows. */
  parts(): readonly Value[] {
    return [];
  }
}

/** Whether `value` counts as true: everything but nil and #f. */
export function truthy(value: Value): boolean {
  return value !== null && value !== false;
}

/** Gives a float result its representation: boxed exactly when it is integral. */
export function float(value: number): Value {
  return Number.isInteger(value) ? new Flonum(value) : value;
}

/** Gives an integer result its representation: a `number` when it is safe. */
export function integer(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}
