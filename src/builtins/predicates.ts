/** Tests of a value's type, equality, and `type`. The numeric predicates are in `numbers.ts`. */
import {
  Bytevector,
  Char,
  equal,
  Keyword,
  keyword,
  Opaque,
  Procedure,
  SortedMap,
  typeOf,
  type Value,
  Vector,
} from "../data/mod.ts";
import { alias, type Declaration, one, same, two } from "./declare.ts";
import { intrinsics } from "./intrinsics.ts";

/** Lambdas and native functions; multimethods and keywords can be called but are not functions here. */
function isFunction(value: Value): boolean {
  return value instanceof Procedure && (value.typeName === "lambda" || value.typeName === "native-fn");
}

/** The predicates and equality. */
export const predicates: readonly Declaration[] = [
  two("eq?", "Whether two values are equal; the same as equal?.", equal),
  two("equal?", "Whether two values are equal: of one type and with equal contents.", equal),
  one("not", "#t for nil and #f, #f for everything else.", intrinsics.not),
  one("null?", "Whether the value is nil or the empty list.", intrinsics.isNull),
  one("nil?", "Whether the value is nil.", (value) => value === null),
  one("list?", "Whether the value is a list.", intrinsics.isList),
  one("pair?", "Whether the value is a non-empty list.", intrinsics.isPair),
  one("vector?", "Whether the value is a vector.", (value) => value instanceof Vector),
  one("map?", "Whether the value is a sorted map.", (value) => value instanceof SortedMap),
  same("hash-map?", "map?"),
  one("string?", "Whether the value is a string.", intrinsics.isString),
  one("symbol?", "Whether the value is a symbol.", intrinsics.isSymbol),
  one("keyword?", "Whether the value is a keyword.", (value) => value instanceof Keyword),
  one("char?", "Whether the value is a character.", (value) => value instanceof Char),
  one("bool?", "Whether the value is #t or #f.", (value) => typeof value === "boolean"),
  alias("boolean?", "bool?"),
  one("bytevector?", "Whether the value is a bytevector.", (value) => value instanceof Bytevector),
  one("fn?", "Whether the value is a function.", isFunction),
  alias("procedure?", "fn?"),
  one("record?", "Whether the value is a record.", (value) => value instanceof Opaque && value.kind() === "record"),
  one("prompt?", "Whether the value is a prompt.", (value) => typeOf(value) === "prompt"),
  one("conversation?", "Whether the value is a conversation.", (value) => typeOf(value) === "conversation"),
  one("type", "A keyword that names the value's type.", (value) => keyword(typeOf(value))),
  same("type-of", "type"),
];
