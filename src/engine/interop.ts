/** Values between Sema and JavaScript. Cycles of the host's objects are refused rather than followed. */
import {
  Bytevector,
  Char,
  Complex,
  type Condition,
  evalError,
  float,
  Flonum,
  HashMap,
  integer,
  Keyword,
  keyword,
  List,
  listFrom,
  MutableArray,
  Opaque,
  Procedure,
  Rational,
  SortedMap,
  Sym,
  toArray,
  type Value,
  Vector,
} from "../data/mod.ts";
import { HostFunction } from "../runtime/mod.ts";

/** What the two sides need from the runtime between them. */
export interface Bridge {
  /** Calls a Sema procedure for the host. */
  call(procedure: Procedure, args: unknown[]): unknown;
  /** A promise of Sema that the host's settles. */
  adopt(promise: PromiseLike<unknown>): Value;
  /** What a function whose result the host has yet to give answers for now: its caller waits for it. */
  suspend(promise: PromiseLike<unknown>): Value;
  /** What a failed function or promise of the host raises in a program. */
  failure(reason: unknown): Condition;
  /** What an error of a program is for the host. */
  error(condition: Condition): Error;
  /** What the host wants called: a global by its name, or a value as by {@link fromJS}. */
  callee(procedure: unknown): Value;
  /** The functions of JavaScript that stand for those of programs: one for each while both are alive. */
  readonly functions: WeakMap<Procedure, (...args: unknown[]) => unknown>;
  /** A generator function of the host as a Sema function. */
  routine(run: (...args: unknown[]) => Generator, name: string | undefined): Procedure;
}

/** A JavaScript value that stands for a Sema value. */
export function toJS(value: Value, bridge: Bridge): unknown {
  if (typeof value !== "object" || value === null) return value;
  const inner = (item: Value): unknown => toJS(item, bridge);
  if (value instanceof Flonum) return value.value;
  if (value instanceof Rational) return Number(value.numerator) / Number(value.denominator);
  if (value instanceof Char) return String.fromCodePoint(value.code);
  if (value instanceof Sym || value instanceof Keyword) return value.name;
  if (value instanceof List) return toArray(value).map(inner);
  if (value instanceof Vector || value instanceof MutableArray) return value.items.map(inner);
  if (value instanceof Bytevector) return value.bytes.slice();
  if (value instanceof SortedMap || value instanceof HashMap) return mapToJS(value, inner);
  if (value instanceof Procedure) return functionToJS(value, bridge);
  if (value instanceof HostObject) return value.object;
  return value;
}

function mapToJS(map: SortedMap | HashMap, inner: (value: Value) => unknown): unknown {
  const entries = [...map];
  const names = entries.map(([key]) => key instanceof Keyword ? key.name : typeof key === "string" ? key : null);
  if (names.includes(null)) return new Map(entries.map(([key, value]) => [inner(key), inner(value)]));
  return Object.fromEntries(entries.map(([, value], i) => [names[i], inner(value)]));
}

/** A Sema value that stands for a JavaScript value. Anything of a class of its own becomes an opaque host object. */
export function fromJS(value: unknown, bridge: Bridge, above: readonly object[] = []): Value {
  switch (typeof value) {
    case "undefined":
      return null;
    case "boolean":
    case "string":
      return value;
    case "number":
      if (!Number.isInteger(value)) return value;
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : float(value);
    case "bigint":
      return integer(value);
    case "symbol":
      return new HostObject(value);
    case "function":
      return functionFromJS(value as (...args: unknown[]) => unknown, bridge);
    case "object":
      return value === null ? null : objectFromJS(value, bridge, above);
    default:
      throw new TypeError(`no Sema value for ${typeof value}`);
  }
}

function objectFromJS(value: object, bridge: Bridge, above: readonly object[]): Value {
  if (isValue(value)) return value;
  if (above.includes(value)) throw evalError("a JavaScript object that contains itself has no Sema value");
  const path = [...above, value];
  const inner = (item: unknown): Value => fromJS(item, bridge, path);
  if (Array.isArray(value)) return listFrom(value.map(inner));
  if (value instanceof Uint8Array) return new Bytevector(value.slice());
  if (isPromise(value)) return bridge.adopt(value);
  if (value instanceof Map) {
    return [...value].reduce<SortedMap>((map, [key, item]) => map.with(inner(key), inner(item)), SortedMap.EMPTY);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return new HostObject(value);
  return Object.entries(value).reduce<SortedMap>(
    (map, [name, item]) => map.with(keyword(name), inner(item)),
    SortedMap.EMPTY,
  );
}

const VALUE_CLASSES = [
  Flonum,
  Rational,
  Complex,
  Char,
  Sym,
  Keyword,
  List,
  Vector,
  SortedMap,
  HashMap,
  Bytevector,
  Procedure,
  Opaque,
] as const;

function isValue(value: object): value is Extract<Value, object> {
  return VALUE_CLASSES.some((type) => value instanceof type);
}

/** Of a function that stands for one of a program: which. */
const ORIGIN: unique symbol = Symbol("origin");

interface Origin {
  readonly procedure: Procedure;
  readonly bridge: Bridge;
}

function functionToJS(procedure: Procedure, bridge: Bridge): (...args: unknown[]) => unknown {
  const known = bridge.functions.get(procedure);
  if (known !== undefined) return known;
  const origin: Origin = { procedure, bridge };
  const made = Object.assign((...args: unknown[]) => bridge.call(procedure, args), { [ORIGIN]: origin });
  bridge.functions.set(procedure, made);
  return made;
}

/** A function of the host as a Sema function; one that stands for a function of a program is that. */
export function functionFromJS(
  run: ((...args: unknown[]) => unknown) & { readonly [ORIGIN]?: Origin },
  bridge: Bridge,
  name?: string,
): Procedure {
  const origin = run[ORIGIN];
  if (origin !== undefined && origin.bridge === bridge) return origin.procedure;
  return isRoutine(run) ? bridge.routine(run, name) : hostFunction(run, bridge, name);
}

/** Whether a function is a generator function, of whatever realm. */
function isRoutine(run: (...args: unknown[]) => unknown): run is (...args: unknown[]) => Generator {
  return Object.prototype.toString.call(run) === "[object GeneratorFunction]";
}

/**
 * A function of the host as a Sema function. It may be called with any number of arguments. Where it answers a promise,
 * the call waits for it.
 */
function hostFunction(
  run: (...args: unknown[]) => unknown,
  bridge: Bridge,
  name: string = run.name || "host-function",
): HostFunction {
  return new HostFunction(name, (args) => {
    let result: unknown;
    try {
      result = run(...args.map((arg) => toJS(arg, bridge)));
    } catch (reason) {
      throw bridge.failure(reason);
    }
    return isPromise(result) ? bridge.suspend(result) : fromJS(result, bridge);
  });
}

/** Whether a value of the host is a promise. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** An object of the host that has no Sema counterpart. Equal only to itself. */
class HostObject extends Opaque {
  override readonly typeName = "host-object";
  readonly object: unknown;

  constructor(object: unknown) {
    super();
    this.object = object;
  }

  override printed(): string {
    return "<host-object>";
  }
}
