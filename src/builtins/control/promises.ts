/** Promises of `delay`, and what `force` is made of. */
import { Opaque, typeError, typeName, type Value } from "../../data/mod.ts";
import { alias, type Area, one, sema, tailCalling, two } from "../declare.ts";

/** A value that is computed when it is first asked for. */
export class DelayedPromise extends Opaque {
  override readonly typeName = "promise";
  /** The computation; dropped when it has answered. */
  thunk: Value;
  forced: boolean = false;
  value: Value = null;

  constructor(thunk: Value) {
    super();
    this.thunk = thunk;
  }

  override printed(): string {
    return this.forced ? "<promise (forced)>" : "<promise>";
  }
}

function promise(value: Value, expected: string, hint?: string): DelayedPromise {
  if (value instanceof DelayedPromise) return value;
  throw typeError(expected, typeName(value), hint === undefined ? {} : { hint });
}

function forceable(value: Value): DelayedPromise {
  return promise(
    value,
    "thunk",
    "force: argument must be a (delay ...) or promise — non-promise values are an error",
  );
}

const FORCE = `(fn (promise)
  (if (__vm-promise-forced promise)
    (__vm-promise-value promise)
    (__vm-promise-settle promise ((__vm-promise-thunk promise)))))`;

/** Promise predicates and the helpers behind `force`. */
export const promises: Area = () => [
  one("promise?", "Whether the value is a promise of delay.", (value) => value instanceof DelayedPromise, [
    "(promise? (delay 1))",
    "#t",
  ]),
  one("promise-forced?", "Whether a promise has its value.", (value) => promise(value, "promise").forced, [
    "(promise-forced? (delay 1))",
    "#f",
  ]),
  alias("async/forced?", "promise-forced?"),
  tailCalling(sema("__vm-force", 1, 1, "The value of a promise, computed at most once.", FORCE)),
  one("__vm-promise-forced", "Whether force has nothing to compute.", (value) => forceable(value).forced),
  one("__vm-promise-value", "The value of a forced promise.", (value) => forceable(value).value),
  one("__vm-promise-thunk", "What computes the value of a promise.", (value) => forceable(value).thunk),
  two("__vm-promise-settle", "Gives a promise its value; the first value stays.", (value, result) => {
    const target = forceable(value);
    if (!target.forced) {
      target.forced = true;
      target.value = result;
      target.thunk = null;
    }
    return target.value;
  }),
];
