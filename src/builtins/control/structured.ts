/**
 * Tasks that belong to the call that starts them: when it ends early, they are cancelled. Written in Sema over the forms
 * of `async.ts`, in the order of the reference's own definitions, which decides whose turn it is.
 */
import { Condition, EMPTY, Flonum, HashMap, keyword, List, listFrom, SortedMap, type Value } from "../../data/mod.ts";
import { asyncPromise } from "./async.ts";
import { duration } from "./duration.ts";
import { int64, isCallable, wrongType } from "../check.ts";
import { type Area, sema, two } from "../declare.ts";

const SPAWN_ALL = `(fn (thunks)
  (let loop ((s thunks) (out '()))
    (if (null? s) (__vm-reverse out)
      (loop (cdr s) (cons (await (__vm-async-spawn (__vm-async-thunk (car s)))) out)))))`;

const SPAWN_APPLY = `(fn (f items)
  (let loop ((s items) (out '()))
    (if (null? s) (__vm-reverse out)
      (let ((item (car s)))
        (loop (cdr s) (cons (await (__vm-async-spawn (fn () (f item)))) out))))))`;

const CANCEL_ALL = `(fn (promises)
  (let loop ((s promises))
    (if (null? s) nil (begin (await (__vm-async-cancel (car s))) (loop (cdr s))))))`;

const OWNED_ALL = `(fn (children)
  (if (null? children) '()
    (try (await (__vm-async-all children))
      (catch e (begin (__vm-cancel-all children) (throw e))))))`;

const RACE_OWNED = `(fn (thunks)
  (let ((s (__vm-sequence thunks "async/race-owned")))
    (if (null? s) (__vm-error "async/race-owned: requires at least one thunk")
      (let ((children (__vm-spawn-thunks s)))
        (let ((value
                (try (await (__vm-async-race children))
                  (catch e (begin (__vm-cancel-all children) (throw e))))))
          (begin (__vm-cancel-all children) value))))))`;

const WITH_TIMEOUT = `(fn (ms thunk)
  (let ((child (await (__vm-async-spawn (__vm-async-thunk thunk)))))
    (try (await (__vm-async-deadline ms child))
      (catch e (begin (await (__vm-async-cancel child)) (throw e))))))`;

/** A semaphore: a channel with so many tokens. */
const SEMAPHORE = `(fn (size)
  (let ((tokens (await (__vm-channel-new size))))
    (let loop ((left size))
      (if (<= left 0) tokens
        (begin (await (__vm-channel-send tokens #t)) (loop (- left 1)))))))`;

/** `{:ok value}` or `{:err error}` for each item, at most so many at once. */
const FAN_OUT = `(fn (f items size)
  (let ((tokens (__vm-semaphore size)))
    (await (__vm-async-all
      (__vm-spawn-apply
        (fn (item)
          (begin
            (await (__vm-channel-recv tokens))
            (let ((result (try {:ok (f item)} (catch e {:err e}))))
              (begin (await (__vm-channel-send tokens #t)) result))))
        items)))))`;

const POOL_MAP = `(fn (f items size)
  (let ((s (__vm-sequence items "async/pool-map")))
    (if (<= size 0) (__vm-error "async/pool-map: concurrency must be a positive integer")
      (let ((tokens (__vm-semaphore size)))
        (__vm-owned-all
          (__vm-spawn-apply
            (fn (item)
              (begin
                (await (__vm-channel-recv tokens))
                (let ((result (try {:ok (f item)} (catch e {:err e}))))
                  (begin
                    (await (__vm-channel-send tokens #t))
                    (if (contains? result :err) (throw (get result :err)) (get result :ok))))))
            s))))))`;

/** The values, nil in the place of a failure. */
const VALUES = `(fn (results)
  (let loop ((s results) (out '()))
    (if (null? s) (__vm-reverse out)
      (loop (cdr s) (cons (if (contains? (car s) :err) nil (get (car s) :ok)) out)))))`;

const THROUGH = `(fn (stages)
  (fn (item)
    (let loop ((s stages) (value item))
      (if (null? s) value (loop (cdr s) ((car s) value))))))`;

const SETTLED_PARTITION = `(fn (results)
  (let loop ((s (__vm-sequence results "settled-partition")) (ok '()) (err '()))
    (if (null? s) {:ok (__vm-reverse ok) :err (__vm-reverse err)}
      (let ((result (car s)))
        (loop (cdr s)
          (if (contains? result :ok) (cons (get result :ok) ok) ok)
          (if (contains? result :err) (cons (get result :err) err) err))))))`;

const WITH_RETRY = `(fn (options thunk)
  (let ((most (or (get options :max) 3))
        (base (or (get options :base-ms) 200))
        (factor (or (get options :factor) 2))
        (on (get options :on)))
    (let attempt ((n 1) (delay base))
      (try (thunk)
        (catch e
          (begin
            (when on (on e n))
            (if (>= n most) (throw e)
              (begin (await (__vm-async-sleep delay)) (attempt (+ n 1) (* delay factor))))))))))`;

const RETRY = `(fn (thunk . options)
  (let ((settings (__vm-retry-settings thunk options)))
    (let ((most (nth settings 0)) (backoff (nth settings 2)))
      (let attempt ((n 1) (delay (nth settings 1)))
        (try (thunk)
          (catch e
            (if (>= n most) (throw e)
              (begin
                (when (> delay 0) (await (__vm-sleep delay)))
                (attempt (+ n 1) (__vm-retry-delay delay backoff))))))))))`;

function parallel(name: string, body: string): string {
  return `(fn (thunks . size)
    (let ((s (__vm-sequence thunks "${name}")))
      ${body.replace("RESULTS", "(__vm-fan-out (fn (thunk) (thunk)) s (if (null? size) 8 (car size)))")}))`;
}

function pipeline(name: string, body: string): string {
  return `(fn (items . stages)
    (let ((s (__vm-sequence items "${name}")))
      ${body.replace("RESULTS", "(__vm-fan-out (__vm-through stages) s 8)")}))`;
}

/** An option of a map, which must be a number; `otherwise` when it is not there. */
function numberOption(map: Value, name: string, otherwise: number): number {
  if (!(map instanceof SortedMap || map instanceof HashMap)) throw wrongType("map", map);
  const value = map.get(keyword(name));
  if (typeof value === "number") return value;
  return value instanceof Flonum ? value.value : otherwise;
}

function retrySettings(thunk: Value, options: Value): Value {
  if (!isCallable(thunk)) throw wrongType("function", thunk);
  const map = options instanceof List && options !== EMPTY ? options.first : SortedMap.EMPTY;
  const attempts = Math.max(1, Math.trunc(numberOption(map, "max-attempts", 3)));
  const delay = Math.max(0, Math.trunc(numberOption(map, "base-delay-ms", 100)));
  return listFrom([attempts, delay, numberOption(map, "backoff", 2)]);
}

/** Forms that own the tasks they start, and those that collect the outcomes of many. */
export const structured: Area = () => [
  sema("__vm-spawn-thunks", 1, 1, "Starts a task for each thunk; the list of promises.", SPAWN_ALL),
  sema("__vm-spawn-apply", 2, 2, "Starts a task for each item; the list of promises.", SPAWN_APPLY),
  sema("__vm-cancel-all", 1, 1, "Cancels the tasks of promises.", CANCEL_ALL),
  sema("__vm-owned-all", 1, 1, "The values of tasks, all cancelled when one fails.", OWNED_ALL),
  sema("__vm-semaphore", 1, 1, "A channel with so many tokens in it.", SEMAPHORE),
  sema("__vm-fan-out", 3, 3, "The outcomes of a function on items, at most so many at once.", FAN_OUT),
  sema("__vm-through", 1, 1, "A function that applies one after the other.", THROUGH),
  sema("__vm-outcome-values", 1, 1, "The values of outcomes, nil for failures.", VALUES),
  sema(
    "async/map",
    2,
    2,
    "(async/map f items): the results of f, each in a task of its own; all are cancelled when one fails.",
    `(fn (f items) (__vm-owned-all (__vm-spawn-apply f (__vm-sequence items "async/map"))))`,
    ["(async/map (fn (x) (* x x)) '(1 2 3))", "(1 4 9)"],
  ),
  sema(
    "async/pool-map",
    3,
    3,
    "(async/pool-map f items n): async/map with at most n tasks at work.",
    POOL_MAP,
    ["(async/pool-map (fn (x) (* x x)) '(1 2 3) 2)", "(1 4 9)"],
  ),
  sema(
    "async/spawn-all",
    1,
    1,
    "(async/spawn-all thunks): the values of all, each in a task of its own; all are cancelled when one fails.",
    `(fn (thunks) (__vm-owned-all (__vm-spawn-thunks (__vm-sequence thunks "async/spawn-all"))))`,
    ["(async/spawn-all (list (fn () 1) (fn () 2)))", "(1 2)"],
  ),
  sema(
    "async/race-owned",
    1,
    1,
    "(async/race-owned thunks): the value or failure of the first to end; the others are cancelled.",
    RACE_OWNED,
    ["(async/race-owned (list (fn () 1) (fn () (async/sleep 5) 2)))", "1"],
  ),
  two("__vm-async-deadline", "For await: the outcome of the task of async/with-timeout.", (ms, child, { tasks }) => {
    const limit = duration(ms, "async/with-timeout", "use a shorter timeout, or none");
    return tasks.timeout(limit, asyncPromise(child), new Condition("timeout", `operation exceeded ${limit} ms`));
  }),
  sema(
    "async/with-timeout",
    2,
    2,
    "(async/with-timeout ms thunk): the value of a task, which is cancelled when it takes longer: a :timeout error.",
    WITH_TIMEOUT,
    ["(async/with-timeout 1000 (fn () 5))", "5"],
  ),
  sema(
    "parallel",
    1,
    2,
    "(parallel thunks [n]): their values, nil for those that fail, at most n (8) at once.",
    parallel("parallel", "(__vm-outcome-values RESULTS)"),
    ["(parallel (list (fn () 1) (fn () (car 5))))", "(1 nil)"],
  ),
  sema(
    "parallel-settled",
    1,
    2,
    "(parallel-settled thunks [n]): {:ok value} or {:err error} for each, at most n (8) at once.",
    parallel("parallel-settled", "RESULTS"),
    ["(map settled/ok? (parallel-settled (list (fn () 1) (fn () (car 5)))))", "(#t #f)"],
  ),
  sema(
    "pipeline",
    1,
    Infinity,
    "(pipeline items f ...): each item through all functions, nil where one fails.",
    pipeline("pipeline", "(__vm-outcome-values RESULTS)"),
    ["(pipeline '(1 2) (fn (x) (+ x 1)) (fn (x) (* x 10)))", "(20 30)"],
  ),
  sema(
    "pipeline-settled",
    1,
    Infinity,
    "(pipeline-settled items f ...): {:ok value} or {:err error} for each item.",
    pipeline("pipeline-settled", "RESULTS"),
    ["(pipeline-settled '(1 2) (fn (x) (+ x 1)))", "({:ok 2} {:ok 3})"],
  ),
  sema("settled/ok?", 1, 1, "Whether an outcome has a value.", "(fn (result) (contains? result :ok))", [
    "(settled/ok? {:ok 5})",
    "#t",
  ]),
  sema("settled/err?", 1, 1, "Whether an outcome is a failure.", "(fn (result) (contains? result :err))", [
    "(settled/err? {:ok 5})",
    "#f",
  ]),
  sema(
    "settled-partition",
    1,
    1,
    "(settled-partition outcomes): {:ok values :err errors}.",
    SETTLED_PARTITION,
    ['(settled-partition \'({:ok 1} {:err "no"} {:ok 2}))', '{:err ("no") :ok (1 2)}'],
  ),
  sema(
    "with-retry",
    2,
    2,
    "(with-retry {:max 3 :base-ms 200 :factor 2 :on f} thunk): calls thunk until it does not fail.",
    WITH_RETRY,
    ["(with-retry {:max 3 :base-ms 1} (fn () 5))", "5"],
  ),
  two("__vm-retry-settings", "Attempts, first delay and factor for retry.", retrySettings),
  two("__vm-retry-delay", "The delay after a delay.", (delay, backoff) => {
    return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.trunc(int64(delay) * Number(backoff))));
  }),
  sema(
    "retry",
    1,
    2,
    "(retry thunk [{:max-attempts 3 :base-delay-ms 100 :backoff 2.0}]): calls thunk until it does not fail.",
    RETRY,
    ["(retry (fn () 5))", "5"],
  ),
];
