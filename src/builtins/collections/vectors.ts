/** Vectors: making them and turning them into lists and back. Everything else treats them as sequences. */
import { floatsOfList, List, listFrom, toArray, type Value, Vector } from "../../data/mod.ts";
import { wrongType } from "../check.ts";
import { type Area, many, one, pure } from "../declare.ts";

const NONE: readonly Value[] = [];

/** The vector builtins. */
export const vectors: Area = () =>
  pure([
    many("vector", 0, Infinity, "A vector of the arguments.", (args) => new Vector(args), ["(vector 1 2)", "[1 2]"]),
    one("list->vector", "A vector of a list's elements.", (list) => {
      if (!(list instanceof List)) throw wrongType("list", list, "list->vector: argument 1 must be a list");
      const floats = floatsOfList(list);
      return floats === undefined ? new Vector(toArray(list)) : new Vector(NONE, floats);
    }, ["(list->vector '(1 2))", "[1 2]"]),
    one("vector->list", "A list of a vector's elements.", (vector) => {
      if (!(vector instanceof Vector)) throw wrongType("vector", vector, "vector->list: argument 1 must be a vector");
      return listFrom(vector.items);
    }, ["(vector->list [1 2])", "(1 2)"]),
  ]);
