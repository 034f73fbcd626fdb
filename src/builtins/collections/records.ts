/** Records: values of the types that `define-record-type` makes, and the functions it defines. */
import { compareText, Opaque, type OpaqueKind, typeError, typeName, type Value } from "../../data/mod.ts";
import { Builtin } from "../declare.ts";

/** A record. Two definitions of the same type name are one type. */
export class Record extends Opaque {
  override readonly typeName: string;
  readonly fields: readonly Value[];

  constructor(typeName: string, fields: readonly Value[]) {
    super();
    this.typeName = typeName;
    this.fields = fields;
  }

  override kind(): OpaqueKind {
    return "record";
  }

  override equals(other: Opaque): boolean {
    return other instanceof Record && other.typeName === this.typeName;
  }

  override compareTo(other: Opaque): number {
    return compareText(this.typeName, other.typeName);
  }

  override parts(): readonly Value[] {
    return this.fields;
  }
}

/** The constructor `name` of records with `count` fields. */
export function recordConstructor(type: string, name: string, count: number): Builtin {
  return new Builtin({
    kind: "native",
    name,
    min: count,
    max: count,
    doc: `Makes a ${type} record.`,
    fn: (args) => new Record(type, args),
  });
}

/** The predicate `name` of a record type. */
export function recordPredicate(type: string, name: string): Builtin {
  return new Builtin({
    kind: "native",
    name,
    min: 1,
    max: 1,
    doc: `Whether the value is a ${type} record.`,
    f1: (value) => value instanceof Record && value.typeName === type,
  });
}

/** The accessor `name` of field `index` of a record type. */
export function recordAccessor(type: string, name: string, index: number): Builtin {
  return new Builtin({
    kind: "native",
    name,
    min: 1,
    max: 1,
    doc: `A field of a ${type} record.`,
    f1: (value) => {
      if (value instanceof Record && value.typeName === type) return value.fields[index] ?? null;
      throw typeError(type, typeName(value));
    },
  });
}
