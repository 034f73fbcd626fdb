/**
 * What special forms lower to besides calls: one implementation per entry of `PRIMITIVES`. Programs cannot name these,
 * so they check only what a program can get wrong.
 */
import { type Primitive, PRIMITIVES } from "../core/mod.ts";
import {
  arityError,
  arityText,
  equal,
  evalError,
  lengthOf,
  lengthUpTo,
  List,
  listFrom,
  nth,
  repr,
  SortedMap,
  tail,
  toArray,
  typeError,
  typeName,
  type Value,
  Vector,
} from "../data/mod.ts";
import { isMap } from "./check.ts";
import { Builtin, type BuiltinDeclaration } from "./declare.ts";
import { makeAgent, makeMessage, makePrompt, makeTool } from "./formats/conversations.ts";
import { mapKey } from "./collections/map_keys.ts";
import { addMethod, Multimethod } from "./control/multimethods.ts";
import { DelayedPromise } from "./control/promises.ts";
import { recordAccessor, recordConstructor, recordPredicate } from "./collections/records.ts";
import { thrown } from "./control/throwing.ts";
import { valuesOf } from "./control/values.ts";

/** The length of a list or vector, `most` where it is longer; raises for anything else. */
function checkedLength(value: Value, most: number): number {
  if (value instanceof List) return lengthUpTo(value, most);
  if (value instanceof Vector) return Math.min(value.items.length, most);
  throw typeError("list or vector", typeName(value));
}

/** The same, but -1 for anything else. */
function sequenceLength(value: Value, most: number): number {
  return value instanceof List || value instanceof Vector ? checkedLength(value, most) : -1;
}

function element(sequence: Value, index: Value): Value {
  const at = Number(index);
  if (sequence instanceof List) return nth(sequence, at);
  return sequence instanceof Vector ? sequence.items[at] ?? null : null;
}

function elementsFrom(sequence: Value, index: Value): Value {
  const at = Number(index);
  return sequence instanceof List ? tail(sequence, at) : listFrom(sequence instanceof Vector ? sequence.items : [], at);
}

export { thrown } from "./control/throwing.ts";

/** The implementation in the form that fits the number of arguments, as in `declare.ts`. */
type Implementation = Partial<Pick<BuiltinDeclaration, "f1" | "f2" | "f3" | "fn" | "runsPrograms">>;

const ANY_LENGTH = "& takes what is left, however much that is: [first & rest]";

const IMPLEMENTATIONS: Readonly<Record<Primitive, Implementation>> = {
  throw: {
    f1: (value) => {
      throw thrown(value);
    },
  },
  vector: { fn: (args) => new Vector(args) },
  map: {
    fn: (args) => {
      let map = SortedMap.EMPTY;
      for (let i = 0; i < args.length; i += 2) map = map.with(mapKey(args[i] ?? null, null), args[i + 1] ?? null);
      return map;
    },
  },
  fail: {
    f2: (message, hint) => {
      throw evalError(String(message), typeof hint === "string" ? hint : undefined);
    },
  },
  checkLength: {
    f2: (value, count) => {
      const expected = Number(count);
      if (checkedLength(value, expected + 1) === expected) return null;
      throw evalError(`destructure: expected ${expected} elements, got ${checkedLength(value, Infinity)}`, ANY_LENGTH);
    },
  },
  checkMinimum: {
    f2: (value, count) => {
      const least = Number(count);
      const length = checkedLength(value, least);
      if (length === least) return null;
      throw evalError(`destructure: expected at least ${least} elements before \`&\`, got ${length}`);
    },
  },
  checkMap: {
    f1: (value) => {
      if (isMap(value)) return null;
      throw typeError("map or hashmap", typeName(value), {
        hint: "a pattern in {} takes a map apart, one in [] a list",
      });
    },
  },
  element: { f2: element },
  elementsFrom: { f2: elementsFrom },
  lookup: { f2: (map, key) => isMap(map) ? map.get(key) ?? null : null },
  spread: {
    f3: (value, count, rest) => {
      const values = valuesOf(value);
      const minimum = Number(count);
      const length = lengthUpTo(values, minimum + 1);
      if (rest === true ? length >= minimum : length === minimum) return values;
      throw arityError("<lambda>", arityText(minimum, rest === true ? Infinity : minimum), lengthOf(values));
    },
  },
  equal: { f2: equal },
  hasLength: { f2: (value, count) => sequenceLength(value, Number(count) + 1) === count },
  hasMinimum: { f2: (value, count) => sequenceLength(value, Number(count)) === count },
  isMap: { f1: isMap },
  hasKey: { f2: (map, key) => isMap(map) && map.get(key) !== undefined },
  matchFailure: {
    f1: (value) => {
      throw evalError(
        `match: no clause matched value: ${repr(value)}`,
        "add a catch-all `(_ ...)` clause, or use `match*` to return nil on no match",
      );
    },
  },
  list: { fn: (args) => listFrom(args) },
  append: {
    fn: (args) =>
      listFrom(args.flatMap((part) => {
        if (part instanceof List) return toArray(part);
        if (part instanceof Vector) return part.items;
        throw typeError("list or vector", typeName(part), {
          hint: "append: every argument must be a list or vector",
        });
      })),
  },
  listToVector: {
    f1: (list) => {
      if (list instanceof List) return new Vector(toArray(list));
      throw typeError("list", typeName(list), { hint: "list->vector: argument 1 must be a list" });
    },
  },
  makePromise: { f1: (thunk) => new DelayedPromise(thunk) },
  unit: { f1: (form, context) => context.unit(form), runsPrograms: true },
  macroexpand: { f1: (form, context) => context.macroexpand(form), runsPrograms: true },
  defineMacro: {
    f1: (form, context) => {
      context.defineMacro(form);
      return null;
    },
  },
  recordConstructor: { f3: (type, name, count) => recordConstructor(String(type), String(name), Number(count)) },
  recordPredicate: { f2: (type, name) => recordPredicate(String(type), String(name)) },
  recordAccessor: { f3: (type, name, index) => recordAccessor(String(type), String(name), Number(index)) },
  makeMultimethod: { f2: (name, dispatch) => new Multimethod(String(name), dispatch) },
  addMethod: {
    f3: (multimethod, value, method) => {
      addMethod(multimethod, value, method);
      return null;
    },
  },
  moduleExports: {
    f1: (names, context) => {
      if (names instanceof List) context.moduleExports(names);
      return null;
    },
  },
  message: { fn: makeMessage },
  prompt: { fn: makePrompt },
  tool: { fn: makeTool },
  agent: { f2: makeAgent },
  spawn: { f1: (thunk, context) => context.tasks.spawn(thunk) },
  await: { f1: (promise, context) => context.awaitHere(promise) },
};

/** Every primitive as a builtin of its own. */
export const primitives: Readonly<Record<Primitive, Builtin>> = build();

function build(): Record<Primitive, Builtin> {
  const make = (name: Primitive): Builtin => {
    const count: number = PRIMITIVES[name];
    return new Builtin({
      kind: "native",
      name,
      min: count < 0 ? 0 : count,
      max: count < 0 ? Infinity : count,
      doc: "An operation that special forms lower to.",
      ...IMPLEMENTATIONS[name],
    });
  };
  const table: Partial<Record<Primitive, Builtin>> = {};
  for (const name of Object.keys(PRIMITIVES) as Primitive[]) table[name] = make(name);
  return table as Record<Primitive, Builtin>;
}
