/**
 * What special forms lower to besides calls: one implementation per entry of `PRIMITIVES`. Programs cannot name these,
 * so they check only what a program can get wrong.
 */
import { type Primitive, PRIMITIVES } from "../core/mod.ts";
import {
  arityError,
  arityText,
  Condition,
  type ConditionType,
  equal,
  evalError,
  Keyword,
  keyword,
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
import { Builtin, type BuiltinContext } from "./declare.ts";
import { addMethod, Multimethod } from "./multimethods.ts";
import { DelayedPromise } from "./promises.ts";
import { recordAccessor, recordConstructor, recordPredicate } from "./records.ts";
import { valuesOf } from "./values.ts";

/** The types that an error map may carry to be raised again as itself; their message must be a string. */
const CONDITION_TYPES: ReadonlySet<string> = new Set<ConditionType>([
  "eval",
  "type-error",
  "arity",
  "unbound",
  "user",
  "io",
  "llm",
  "reader",
  "permission-denied",
  "policy-denied",
  "cancelled",
  "timeout",
  "internal",
]);

const TYPE = keyword("type");
const MESSAGE = keyword("message");

function isConditionType(name: string): name is ConditionType {
  return CONDITION_TYPES.has(name);
}

/** The condition that `(throw value)` raises: the value as it is, or the error that an error map stands for. */
export function thrown(value: Value): Condition {
  if (value instanceof SortedMap) {
    const type = value.get(TYPE);
    const message = value.get(MESSAGE);
    if (type instanceof Keyword && typeof message === "string" && isConditionType(type.name)) {
      return new Condition(type.name, message, { value, reraised: true });
    }
  }
  return new Condition("user", repr(value), { value });
}

/** The length of a list or vector; raises for anything else. */
function lengthOf(value: Value): number {
  if (value instanceof List) return value.length;
  if (value instanceof Vector) return value.items.length;
  throw typeError("list or vector", typeName(value));
}

/** The length of a list or vector, and -1 for anything else. */
function sequenceLength(value: Value): number {
  if (value instanceof List) return value.length;
  return value instanceof Vector ? value.items.length : -1;
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

type Implementation = (args: Value[], context: BuiltinContext) => Value;

const IMPLEMENTATIONS: Readonly<Record<Primitive, Implementation>> = {
  throw: ([value = null]) => {
    throw thrown(value);
  },
  vector: (args) => new Vector(args),
  map: (args) => {
    let map = SortedMap.EMPTY;
    for (let i = 0; i < args.length; i += 2) map = map.with(args[i] ?? null, args[i + 1] ?? null);
    return map;
  },
  fail: ([message, hint]) => {
    throw evalError(String(message), typeof hint === "string" ? hint : undefined);
  },
  checkLength: ([value = null, count]) => {
    const length = lengthOf(value);
    if (length === count) return null;
    throw evalError(`destructure: expected ${String(count)} elements, got ${length}`);
  },
  checkMinimum: ([value = null, count]) => {
    const length = lengthOf(value);
    if (length >= Number(count)) return null;
    throw evalError(`destructure: expected at least ${String(count)} elements before \`&\`, got ${length}`);
  },
  checkMap: ([value = null]) => {
    if (isMap(value)) return null;
    throw typeError("map or hashmap", typeName(value));
  },
  element: ([sequence = null, index = null]) => element(sequence, index),
  elementsFrom: ([sequence = null, index = null]) => elementsFrom(sequence, index),
  lookup: ([map = null, key = null]) => isMap(map) ? map.get(key) ?? null : null,
  spread: ([value = null, count, rest]) => {
    const values = valuesOf(value);
    const minimum = Number(count);
    if (rest === true ? values.length >= minimum : values.length === minimum) return values;
    throw arityError("<lambda>", arityText(minimum, rest === true ? Infinity : minimum), values.length);
  },
  equal: ([a = null, b = null]) => equal(a, b),
  hasLength: ([value = null, count]) => sequenceLength(value) === count,
  hasMinimum: ([value = null, count]) => sequenceLength(value) >= Number(count),
  isMap: ([value = null]) => isMap(value),
  hasKey: ([map = null, key = null]) => isMap(map) && map.get(key) !== undefined,
  matchFailure: ([value = null]) => {
    throw evalError(
      `match: no clause matched value: ${repr(value)}`,
      "add a catch-all `(_ ...)` clause, or use `match*` to return nil on no match",
    );
  },
  list: (args) => listFrom(args),
  append: (args) =>
    listFrom(args.flatMap((part) => {
      if (part instanceof List) return toArray(part);
      if (part instanceof Vector) return part.items;
      throw typeError("list or vector", typeName(part), {
        hint: "append: every argument must be a list or vector",
      });
    })),
  listToVector: ([list = null]) => {
    if (list instanceof List) return new Vector(toArray(list));
    throw typeError("list", typeName(list), { hint: "list->vector: argument 1 must be a list" });
  },
  makePromise: ([thunk = null]) => new DelayedPromise(thunk),
  unit: ([form = null], context) => context.unit(form),
  macroexpand: ([form = null], context) => context.macroexpand(form),
  defineMacro: ([form = null], context) => {
    context.defineMacro(form);
    return null;
  },
  recordConstructor: ([type, name, count]) => recordConstructor(String(type), String(name), Number(count)),
  recordPredicate: ([type, name]) => recordPredicate(String(type), String(name)),
  recordAccessor: ([type, name, index]) => recordAccessor(String(type), String(name), Number(index)),
  makeMultimethod: ([name, dispatch = null]) => new Multimethod(String(name), dispatch),
  addMethod: ([multimethod = null, value = null, method = null]) => {
    addMethod(multimethod, value, method);
    return null;
  },
  moduleExports: ([names], context) => {
    if (names instanceof List) context.moduleExports(names);
    return null;
  },
  spawn: ([thunk = null], context) => context.spawn(thunk),
  await: ([promise = null], context) => context.wait(promise),
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
      fn: IMPLEMENTATIONS[name],
    });
  };
  const table: Partial<Record<Primitive, Builtin>> = {};
  for (const name of Object.keys(PRIMITIVES) as Primitive[]) table[name] = make(name);
  return table as Record<Primitive, Builtin>;
}
