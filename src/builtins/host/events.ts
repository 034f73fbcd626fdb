/**
 * Waiting for the first of several things (language reference: 05-host §25). Timers are all that can be waited for: there
 * are neither keys nor processes whose output arrives meanwhile, and a source that asks for those is refused.
 */
import { evalError, Keyword, keyword, repr, SortedMap, type Value } from "../../data/mod.ts";
import { anyMap, int64, listOf, listOrVectorItems } from "../check.ts";
import { duration } from "../control/duration.ts";
import { type Area, many, one, pure, sema } from "../declare.ts";

/** Milliseconds until a call gives up that names neither timers nor a limit. */
const PATIENCE = 10_000;

const SELECT = `(fn (sources . timeout)
  (let ((plan (__vm-event-plan sources timeout)))
    (begin (await (__vm-async-sleep (car plan))) (nth plan 1))))`;

/** What is missing for the sources of a type. */
const MISSING: Readonly<Record<string, string>> = {
  key: "keys cannot be read here",
  proc: "there are no processes to wait for here",
};

/** A number of milliseconds. */
function milliseconds(value: Value, name: string): number {
  int64(value);
  return duration(value, name, "wait for a shorter time, several times");
}

/** The delay of a timer source; raises for every other source. */
function delay(source: Value): number {
  const map = anyMap(source, "event/select: a source is a map, such as {:type :timer :ms 100}");
  const type = map.get(keyword("type")) ?? null;
  const name = type instanceof Keyword ? type.name : "";
  if (name === "timer") return milliseconds(map.get(keyword("ms")) ?? null, "event/select");
  const missing = Object.hasOwn(MISSING, name) ? MISSING[name] : undefined;
  if (missing !== undefined) throw evalError(`event/select: ${missing}`, "wait for timers: (time/tick 100)");
  throw evalError(`event/select: unknown source type ${repr(type)}`, "the types are :key, :proc and :timer");
}

/** How long to wait and what to answer then: the timer that is due first, of several the first in the list; nil when none is in time. */
function plan([sources = null, options = null]: readonly Value[]): Value {
  const all = listOrVectorItems(sources, "event/select expects a list or vector of sources");
  const delays = all.map(delay);
  const soonest = Math.min(...delays);
  const [limit = null] = listOrVectorItems(options);
  const patience = limit !== null ? milliseconds(limit, "event/select") : delays.length > 0 ? soonest : PATIENCE;
  if (soonest > patience) return listOf([patience, null]);
  const source = all[delays.indexOf(soonest)] as Value;
  return listOf([soonest, SortedMap.from([[keyword("type"), keyword("timer")], [keyword("source"), source]])]);
}

/** `event/select`, and what it takes. */
export const events: Area = () => [
  ...pure([
    many("__vm-event-plan", 2, 2, "How long event/select waits, and what it answers then.", plan),
    one("time/tick", "(time/tick ms): a source for event/select that is ready after so many milliseconds.", (ms) => {
      milliseconds(ms, "time/tick");
      return SortedMap.from([[keyword("type"), keyword("timer")], [keyword("ms"), ms]]);
    }, ["(time/tick 100)", "{:ms 100 :type :timer}"]),
  ]),
  sema(
    "event/select",
    1,
    2,
    "(event/select sources [ms]): waits for the first source to be ready; a map of its :type and :source, nil when none is in time.",
    SELECT,
    ["(:type (event/select (list (time/tick 5) (time/tick 1))))", ":timer"],
  ),
];
