/**
 * Waiting for the first of several things (language reference: 05-host §25): keys, what processes write and that they end, and
 * timers. Of several that are ready, the first in the list counts.
 */
import { evalError, Keyword, keyword, repr, SortedMap, type Value } from "../../data/mod.ts";
import { anyMap, int64, listOf, listOrVectorItems } from "../check.ts";
import { duration } from "../control/duration.ts";
import { type Area, type BuiltinContext, one, pure, sema, two } from "../declare.ts";
import { child } from "./children.ts";
import { keysOf } from "./keys.ts";

const NAME = "event/select";
/** Milliseconds until a call gives up that names neither timers nor a limit. */
const PATIENCE = 10_000;

/** One of the things that are waited for. */
interface Source {
  /** The map that names it. */
  readonly map: Value;
  /** Milliseconds until it is ready by itself. */
  readonly delay: number;
  /** What is told of it beside itself once it is ready; null before. */
  readonly ready: (elapsed: number) => readonly (readonly [name: string, value: Value])[] | null;
  /** Calls `changed` whenever it may be ready; the result ends that. */
  readonly watch: (changed: () => void) => () => void;
}

/** A number of milliseconds. */
function milliseconds(value: Value, name: string): number {
  int64(value);
  return duration(value, name, "wait for a shorter time, several times");
}

const unwatched = (): () => void => () => {};

/** What a map stands for, by its :type. */
const SOURCES: Readonly<Record<string, (map: Value, context: BuiltinContext) => Source>> = {
  timer: (map) => {
    const delay = milliseconds(anyMap(map, "").get(keyword("ms")) ?? null, NAME);
    return { map, delay, ready: (elapsed) => elapsed >= delay ? [] : null, watch: unwatched };
  },
  key: (map, context) => {
    const keys = keysOf(context);
    return {
      map,
      delay: Infinity,
      ready: () => {
        const key = keys.next();
        return key === undefined ? null : [["value", key]];
      },
      watch: (changed) => keys.watch(changed),
    };
  },
  proc: (map, context) => {
    const process = child(NAME, anyMap(map, "").get(keyword("handle")) ?? null, context);
    const { stdout, stderr, watchers } = process;
    return {
      map,
      delay: Infinity,
      ready: () => {
        const output = !stdout.empty || !stderr.empty;
        const exited = process.code !== null;
        return output || exited ? [["output?", output], ["exited?", exited]] : null;
      },
      watch: (changed) => {
        watchers.add(changed);
        return () => void watchers.delete(changed);
      },
    };
  },
};

function sourceFrom(value: Value, context: BuiltinContext): Source {
  const map = anyMap(value, `${NAME}: a source is a map, such as {:type :timer :ms 100}`);
  const type = map.get(keyword("type")) ?? null;
  const name = type instanceof Keyword ? type.name : "";
  const make = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
  if (make === undefined) {
    throw evalError(`${NAME}: unknown source type ${repr(type)}`, "the types are :key, :proc and :timer");
  }
  return make(map, context);
}

function answer(source: Source, told: readonly (readonly [name: string, value: Value])[]): Value {
  return SortedMap.from([
    [keyword("type"), anyMap(source.map, "").get(keyword("type")) ?? null],
    [keyword("source"), source.map],
    ...told.map(([name, value]): [Value, Value] => [keyword(name), value]),
  ]);
}

/** The sources of a call and the milliseconds that it has. */
interface Waiting {
  readonly sources: readonly Source[];
  readonly patience: number;
}

function waiting(list: Value, options: Value, context: BuiltinContext): Waiting {
  const sources = listOrVectorItems(list, `${NAME} expects a list or vector of sources`)
    .map((source) => sourceFrom(source, context));
  const soonest = Math.min(...sources.map(({ delay }) => delay));
  const [limit = null] = listOrVectorItems(options);
  const patience = limit !== null ? milliseconds(limit, NAME) : soonest === Infinity ? PATIENCE : soonest;
  return { sources, patience };
}

/**
 * How long a call waits for nothing but timers, and what it answers then, as a list; nil where it waits for more. Timers alone
 * keep the order in which tasks began to sleep.
 */
function plan(list: Value, options: Value, context: BuiltinContext): Value {
  const { sources, patience } = waiting(list, options, context);
  if (sources.some(({ delay }) => delay === Infinity)) return null;
  const first = sources.reduce<Source | null>((a, b) => a === null || b.delay < a.delay ? b : a, null);
  if (first === null || first.delay > patience) return listOf([patience, null]);
  return listOf([first.delay, answer(first, [])]);
}

/** For await: what the first source that is ready tells; nil when none is in time. */
function wait(list: Value, options: Value, context: BuiltinContext): Value {
  const { sources, patience } = waiting(list, options, context);
  context.flush();
  return context.tasks.outside((signal) =>
    new Promise((resolve) => {
      const start = performance.now();
      const forget: (() => void)[] = [];
      const timers: ReturnType<typeof setTimeout>[] = [];
      const done = (value: Value): void => {
        timers.forEach(clearTimeout);
        for (const each of forget.splice(0)) each();
        resolve(value);
      };
      let over = false;
      const look = (): void => {
        if (over) return;
        // Timers of hosts may be a little early.
        const elapsed = performance.now() - start + 1;
        for (const source of sources) {
          const told = source.ready(elapsed);
          if (told === null) continue;
          over = true;
          return done(answer(source, told));
        }
        if (elapsed > patience) done(null);
      };
      signal.addEventListener("abort", () => done(null));
      for (const { delay, watch } of sources) {
        if (delay < patience) timers.push(setTimeout(look, delay));
        forget.push(watch(look));
      }
      timers.push(setTimeout(look, patience));
      // What is there already comes after what the host has to tell: processes may have ended meanwhile.
      timers.push(setTimeout(look, 0));
    })
  );
}

const SELECT = `(fn (sources . timeout)
  (let ((plan (__vm-event-plan sources timeout)))
    (if plan
      (begin (await (__vm-async-sleep (car plan))) (nth plan 1))
      (await (__vm-event-wait sources timeout)))))`;

/** `event/select`, and what it takes. */
export const events: Area = () => [
  two(
    "__vm-event-plan",
    "How long event/select waits for timers alone, and what it answers then; nil for others.",
    plan,
  ),
  two("__vm-event-wait", "For await: what event/select answers.", wait),
  ...pure([
    one("time/tick", "(time/tick ms): a source for event/select that is ready after so many milliseconds.", (ms) => {
      milliseconds(ms, "time/tick");
      return SortedMap.from([[keyword("type"), keyword("timer")], [keyword("ms"), ms]]);
    }, ["(time/tick 100)", "{:ms 100 :type :timer}"]),
  ]),
  sema(
    NAME,
    1,
    2,
    "(event/select sources [ms]): waits for the first source to be ready, a {:type :key}, {:type :proc :handle h} or (time/tick ms); a map of its :type and :source, nil when none is in time.",
    SELECT,
    ["(:type (event/select (list (time/tick 5) (time/tick 1))))", ":timer"],
    ["(:value (event/select [{:type :key}]))", "nil"],
  ),
];
