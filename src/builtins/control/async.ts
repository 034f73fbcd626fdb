/**
 * Tasks and their promises. What may wait is written in Sema as `(await (__vm-… ))`: the helper answers the value, or a
 * wait that the task is suspended for.
 */
import {
  Condition,
  evalError,
  List,
  Procedure,
  repr,
  toArray,
  typeError,
  typeName,
  type Value,
  Vector,
} from "../../data/mod.ts";
import { AsyncPromise, type State } from "../../tasks/mod.ts";
import { int64, text, wrongType } from "../check.ts";
import { duration } from "./duration.ts";
import {
  type Area,
  type BuiltinContext,
  type Declaration,
  type Example,
  one,
  type PreludeDeclaration,
  sema,
  two,
  zero,
} from "../declare.ts";

/** The refusal of a value that is not of a type of tasks: it shows the value. */
export function notA(expected: string, value: Value): Condition {
  const { type, message, extra } = typeError(expected, typeName(value));
  const printed = repr(value);
  return new Condition(type, `${message} (${printed})`, { extra: { ...extra, value: printed } });
}

/** The promise of a task. */
export function asyncPromise(value: Value): AsyncPromise {
  if (value instanceof AsyncPromise) return value;
  throw notA("async-promise", value);
}

function promises(value: Value, name: string): AsyncPromise[] {
  if (!(value instanceof List || value instanceof Vector)) {
    throw wrongType("list or vector", value, `${name} expects a list or vector of promises`);
  }
  return (value instanceof List ? toArray(value) : value.items).map(asyncPromise);
}

function timeout(milliseconds: Value, promise: Value, { tasks }: BuiltinContext): Value {
  const name = "async/timeout";
  const hint = "split into smaller timeouts or remove the timeout entirely";
  const limit = duration(milliseconds, name, hint);
  const late = new Condition("timeout", `${name}: operation timed out after ${limit} ms`, {
    extra: { operation: name, "duration-ms": limit },
  });
  return tasks.timeout(limit, asyncPromise(promise), late);
}

/** A function that may wait: `helper` answers what it waits for. */
function waiting(
  name: string,
  parameters: string,
  doc: string,
  helper: string,
  ...examples: Example[]
): PreludeDeclaration {
  const count = parameters === "" ? 0 : parameters.split(" ").length;
  return sema(name, count, count, doc, `(fn (${parameters}) (await (${helper} ${parameters})))`, ...examples);
}

/** A predicate of the state of promises, and its helper. */
function inState(state: State, doc: string, ...examples: Example[]): Declaration[] {
  const helper = `__vm-async-is-${state}`;
  return [
    one(helper, doc, (promise, { tasks }) => tasks.turn(asyncPromise(promise).state === state)),
    waiting(`async/${state}?`, "promise", doc, helper, ...examples),
  ];
}

const SPAWN = `(fn (thunk) (await (__vm-async-spawn (__vm-async-thunk thunk))))`;

/** Tasks, promises, and waiting for them. */
export const asyncBuiltins: Area = () => [
  one(
    "__vm-async-spawn",
    "Starts a task that calls a function without arguments.",
    (thunk, { tasks }) => tasks.spawn(thunk),
  ),
  one("__vm-async-thunk", "A function of the program; raises for anything else.", (thunk) => {
    if (thunk instanceof Procedure && thunk.typeName === "lambda") return thunk;
    throw evalError("async/spawn: argument must be a function (compiled VM closure)");
  }),
  sema("async/spawn", 1, 1, "(async/spawn thunk): starts a task that calls thunk; its promise.", SPAWN, [
    "(await (async/spawn (fn () (+ 1 2))))",
    "3",
  ], ["(await (async/spawn (fn (. all) all)))", "()"]),
  sema("async/await", 1, 1, "(async/await promise): the same as await.", "(fn (promise) (await promise))", [
    "(async/await (async (+ 1 2)))",
    "3",
  ]),
  one(
    "__vm-async-all",
    "For await: the values of promises.",
    (list, { tasks }) => tasks.all(promises(list, "async/all")),
  ),
  waiting(
    "async/all",
    "promises",
    "(async/all promises): the list of their values, or the failure that came first; the others go on.",
    "__vm-async-all",
    ["(async/all (list (async 1) (async 2)))", "(1 2)"],
  ),
  one("__vm-async-race", "For await: the outcome of the first promise.", (list, { tasks }) => {
    const all = promises(list, "async/race");
    if (all.length === 0) throw evalError("async/race: requires at least one promise");
    return tasks.race(all);
  }),
  waiting(
    "async/race",
    "promises",
    "(async/race promises): the value or failure of the one that is settled first; the others go on.",
    "__vm-async-race",
    ["(async/race (list (async 1) (async (begin (async/sleep 5) 2))))", "1"],
  ),
  two("__vm-async-timeout", "For await: the outcome of a promise that is in time.", timeout),
  waiting(
    "async/timeout",
    "ms promise",
    "(async/timeout ms promise): its value, or a :timeout error when that takes longer; its task goes on.",
    "__vm-async-timeout",
    ["(async/timeout 1000 (async 5))", "5"],
  ),
  one("__vm-async-sleep", "For await: nil, in a while.", (milliseconds, { tasks }) => {
    return tasks.sleep(duration(milliseconds, "async/sleep", "use a shorter sleep, or loop with smaller sleeps"));
  }),
  waiting("async/sleep", "ms", "(async/sleep ms): nil, so many milliseconds later.", "__vm-async-sleep", [
    "(async/sleep 1)",
    "nil",
  ]),
  one("__vm-sleep", "For await: nil, in a while.", (milliseconds, { tasks }) => {
    return tasks.sleep(Math.max(0, int64(milliseconds)));
  }),
  waiting("sleep", "ms", "(sleep ms): nil, so many whole milliseconds later.", "__vm-sleep", ["(sleep 1)", "nil"]),
  zero("__vm-async-run", "For await: nil, when nothing goes on any more.", ({ tasks }) => tasks.barrier()),
  waiting(
    "async/run",
    "",
    "(async/run): nil, when all other tasks have ended or wait for each other.",
    "__vm-async-run",
    ["(let ((done #f)) (async (set! done #t)) (async/run) done)", "#t"],
  ),
  one("__vm-async-resolved", "A resolved promise.", (value, { tasks }) => tasks.turn(tasks.settled(value, null))),
  waiting("async/resolved", "value", "(async/resolved value): a promise of value, settled.", "__vm-async-resolved", [
    "(await (async/resolved 5))",
    "5",
  ]),
  one("__vm-async-rejected", "A rejected promise.", (message, { tasks }) => {
    return tasks.turn(tasks.settled(null, evalError(text(message))));
  }),
  waiting(
    "async/rejected",
    "message",
    "(async/rejected message): a promise that has failed with an error of that text.",
    "__vm-async-rejected",
    ['(async/rejected? (async/rejected "no"))', "#t"],
  ),
  one("async/promise?", "Whether the value is the promise of a task.", (value) => value instanceof AsyncPromise, [
    "(async/promise? (async 1))",
    "#t",
  ]),
  ...inState("pending", "Whether a promise is not settled yet.", ["(async/pending? (async/resolved 1))", "#f"]),
  ...inState("resolved", "Whether a promise has its value.", ["(async/resolved? (async/resolved 1))", "#t"]),
  ...inState("rejected", "Whether a promise has failed.", ['(async/rejected? (async/rejected "no"))', "#t"]),
  ...inState("cancelled", "Whether the task of a promise was cancelled and has ended.", [
    "(async/cancelled? (async/resolved 1))",
    "#f",
  ]),
  one("__vm-async-cancel", "For await: whether this cancels a task.", (promise, { tasks }) => {
    return tasks.cancel(asyncPromise(promise));
  }),
  waiting(
    "async/cancel",
    "promise",
    "(async/cancel promise): requests that its task ends; whether this was the first request in time.",
    "__vm-async-cancel",
    ["(async/cancel (async (async/sleep 1000)))", "#t"],
  ),
];
