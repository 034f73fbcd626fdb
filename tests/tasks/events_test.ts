/** `event/select`: the first timer, in the list's order where several are due at once, while other tasks go on. */
import { describe, it } from "node:test";
import { assertEverywhere } from "./tiers.ts";

const PROGRAMS: Readonly<Record<string, readonly [program: string, wanted: string]>> = {
  "the timer that is due first": [
    "(event/select (list (time/tick 40) (time/tick 30)))",
    "{:source {:ms 30 :type :timer} :type :timer}",
  ],
  "the earlier in the list of two that are due together": [
    "(:id (:source (event/select [{:type :timer :ms 9 :id 1} {:type :timer :ms 3 :id 2} {:type :timer :ms 3 :id 3}])))",
    "2",
  ],
  "a timer of no time": ["(:ms (:source (event/select [(time/tick 5) (time/tick 0)])))", "0"],
  "nil when no timer is in time": ["(event/select [(time/tick 40)] 30)", "nil"],
  "a timer that is due at the limit": ["(:type (event/select [(time/tick 30)] 30))", ":timer"],
  "nil without sources": ["(event/select [] 5)", "nil"],
  "only so long that others go on meanwhile": [
    `(begin (define seen '())
       (async (dotimes (i 9) (async/sleep 10) (set! seen (cons i seen))))
       (event/select [(time/tick 35)])
       seen)`,
    "(2 1 0)",
  ],
  "until it is cancelled": [
    `(let ((waiting (async (event/select [(time/tick 1000)]))))
       (begin (async/sleep 1) (async/cancel waiting) (async/sleep 1) (async/cancelled? waiting)))`,
    "#t",
  ],
};

const REFUSED: Readonly<Record<string, string>> = {
  "(event/select [(time/tick 1) {:type :proc :handle 1}])": "eval: event/select: no such handle 1",
  "(event/select [{:type :flag}])": "eval: event/select: unknown source type :flag",
  "(event/select [{}])": "eval: event/select: unknown source type nil",
  "(event/select [{:type :timer}])": "type-error: expected int, got nil",
  "(event/select [5])": "type-error: expected map or hashmap, got int",
  "(event/select 5)": "type-error: expected list or vector, got int",
  "(event/select [] -1)": "eval: event/select: duration must be non-negative",
  "(time/tick 1.5)": "type-error: expected int, got float",
  "(time/tick 86400001)": "eval: time/tick: duration 86400001 ms exceeds maximum 86400000 ms (1 day)",
};

describe("event/select waits for", () => {
  for (const [name, [program, wanted]] of Object.entries(PROGRAMS)) {
    it(name, () => assertEverywhere(program, wanted));
  }

  it("nothing that it does not know", async () => {
    for (const [program, wanted] of Object.entries(REFUSED)) await assertEverywhere(program, wanted);
  });
});
