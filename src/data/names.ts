/** The names of types, as `(type v)` answers them and as error messages write them. */
import { List } from "./list.ts";
import { MapBase } from "./tree.ts";
import {
  Bytevector,
  Char,
  Complex,
  Flonum,
  Keyword,
  Opaque,
  Procedure,
  Rational,
  Sym,
  type Value,
  Vector,
} from "./value.ts";

/** What `(type v)` answers, without the colon. */
export function typeOf(value: Value): string {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    case "bigint":
      return "int";
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "object":
      return value === null ? "nil" : objectType(value);
  }
}

type ObjectValue = Extract<Value, object>;

function objectType(value: ObjectValue): string {
  if (value instanceof List) return "list";
  if (value instanceof Vector) return "vector";
  if (value instanceof Keyword) return "keyword";
  if (value instanceof Sym) return "symbol";
  if (value instanceof Procedure || value instanceof MapBase || value instanceof Opaque) return value.typeName;
  if (value instanceof Flonum) return "float";
  if (value instanceof Char) return "char";
  if (value instanceof Rational) return "rational";
  if (value instanceof Complex) return "complex";
  if (value instanceof Bytevector) return "bytevector";
  return value satisfies never;
}

/** The type as error messages name it: closures are `native-fn` there, and every record is `record`. */
export function typeName(value: Value): string {
  if (value instanceof Procedure) return value.typeName === "lambda" ? "native-fn" : value.typeName;
  if (value instanceof Opaque && value.kind() === "record") return "record";
  return typeOf(value);
}
