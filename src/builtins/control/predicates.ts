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
} from "../../data/mod.ts";
import { alias, type Area, one, pure, same, two } from "../declare.ts";
import { intrinsics } from "../intrinsics.ts";

/** Lambdas and native functions; multimethods and keywords can be called but are not functions here. */
function isFunction(value: Value): boolean {
  return value instanceof Procedure && (value.typeName === "lambda" || value.typeName === "native-fn");
}

/** The predicates and equality. */
export const predicates: Area = () =>
  pure([
    two("eq?", "Whether two values are equal; the same as equal?.", equal, ["(eq? 'a 'a)", "#t"]),
    two("equal?", "Whether two values are equal: of one type and with equal contents.", equal, [
      "(equal? '(1 2) (list 1 2))",
      "#t",
    ]),
    one("not", "#t for nil and #f, #f for everything else.", intrinsics.not, ["(not nil)", "#t"]),
    one("null?", "Whether the value is nil or the empty list.", intrinsics.isNull, ["(null? '())", "#t"]),
    one("nil?", "Whether the value is nil.", (value) => value === null, ["(nil? '())", "#f"]),
    one("list?", "Whether the value is a list.", intrinsics.isList, ["(list? '(1 2))", "#t"]),
    one("pair?", "Whether the value is a non-empty list.", intrinsics.isPair, ["(pair? '())", "#f"]),
    one("vector?", "Whether the value is a vector.", (value) => value instanceof Vector, ["(vector? [1 2])", "#t"]),
    one("map?", "Whether the value is a sorted map.", (value) => value instanceof SortedMap, ["(map? {:a 1})", "#t"]),
    same("hash-map?", "map?"),
    one("string?", "Whether the value is a string.", intrinsics.isString, ['(string? "a")', "#t"]),
    one("symbol?", "Whether the value is a symbol.", intrinsics.isSymbol, ["(symbol? 'a)", "#t"]),
    one("keyword?", "Whether the value is a keyword.", (value) => value instanceof Keyword, ["(keyword? :a)", "#t"]),
    one("char?", "Whether the value is a character.", (value) => value instanceof Char, ["(char? #\\a)", "#t"]),
    one("bool?", "Whether the value is #t or #f.", (value) => typeof value === "boolean", ["(bool? #f)", "#t"]),
    alias("boolean?", "bool?"),
    one("bytevector?", "Whether the value is a bytevector.", (value) => value instanceof Bytevector, [
      "(bytevector? #u8(1 2))",
      "#t",
    ]),
    one("fn?", "Whether the value is a function.", isFunction, ["(fn? car)", "#t"]),
    alias("procedure?", "fn?"),
    one("record?", "Whether the value is a record.", (value) => value instanceof Opaque && value.kind() === "record", [
      "(record? 5)",
      "#f",
    ]),
    one("prompt?", "Whether the value is a prompt.", (value) => typeOf(value) === "prompt", ["(prompt? 5)", "#f"]),
    one("conversation?", "Whether the value is a conversation.", (value) => typeOf(value) === "conversation", [
      "(conversation? 5)",
      "#f",
    ]),
    one("type", "A keyword that names the value's type.", (value) => keyword(typeOf(value)), ['(type "a")', ":string"]),
    same("type-of", "type"),
  ]);
