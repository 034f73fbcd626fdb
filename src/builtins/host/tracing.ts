/**
 * Spans and sessions of tracing (language reference: 05-host §28). No exporter can be set up, so a span is the call of
 * its function, and what would be told of it is checked and dropped.
 */
import { Keyword, SortedMap, type Value } from "../../data/mod.ts";
import { isCallable, text, wrongType } from "../check.ts";
import { type Area, type Example, many, one, type PreludeDeclaration, sema, two } from "../declare.ts";

function callable(value: Value): void {
  if (!isCallable(value)) throw wrongType("callable", value);
}

/** What attributes and statuses are named by. */
function name(value: Value): void {
  if (typeof value !== "string" && !(value instanceof Keyword)) throw wrongType("keyword or string", value);
}

/** A span `(NAME name thunk [attributes])`. */
function span(name: string, doc: string, ...examples: Example[]): PreludeDeclaration {
  const source = "(fn (name thunk . attributes) (begin (__vm-otel-span name thunk) (thunk)))";
  return sema(name, 2, 3, `(${name} name thunk [attributes]): ${doc}`, source, ...examples);
}

/** `(otel/with-session id [config] thunk)`: the last argument is what is called. */
const WITH_SESSION = `(fn (id config . thunk)
  (let ((body (if (null? thunk) config (car thunk))))
    (begin (__vm-otel-span id body) (body))))`;

/** The functions of tracing. */
export const tracing: Area = () => [
  two("__vm-otel-span", "Refuses what cannot be a span: its name and its function.", (name, thunk) => {
    text(name);
    callable(thunk);
    return null;
  }),
  one("__vm-otel-body", "Refuses what cannot be called.", (thunk) => {
    callable(thunk);
    return null;
  }),
  span("otel/span", "calls thunk as a span of a trace; its value.", ['(otel/span "work" (fn () (* 6 7)))', "42"]),
  span("otel/tool-span", "otel/span for the call of a tool.", ['(otel/tool-span "search" (fn () :found))', ":found"]),
  span("otel/retrieval-span", "otel/span for a search.", ['(otel/retrieval-span "query" (fn () (list 1)))', "(1)"]),
  sema(
    "otel/llm-span",
    2,
    2,
    "(otel/llm-span attributes thunk): otel/span for the call of a model.",
    "(fn (attributes thunk) (begin (__vm-otel-body thunk) (thunk)))",
    ['(otel/llm-span {:model "m"} (fn () :answer))', ":answer"],
  ),
  sema(
    "otel/with-session",
    2,
    3,
    "(otel/with-session id [config] thunk): calls thunk, whose spans belong to a session; its value.",
    WITH_SESSION,
    ['(otel/with-session "s1" {} (fn () :value))', ":value"],
  ),
  one(
    "otel/configure",
    "(otel/configure options): whether spans are exported from now on: they never are.",
    (options) => {
      if (options instanceof SortedMap) return false;
      throw wrongType("map", options);
    },
    ['(otel/configure {:exporter "stdout"})', "#f"],
  ),
  many(
    "otel/event",
    1,
    2,
    "(otel/event name [attributes]): notes an event in the current span; nil.",
    ([event = null]) => {
      text(event);
      return null;
    },
    ['(otel/event "cache-miss" {:key "a"})', "nil"],
  ),
  two("otel/set-attribute", "(otel/set-attribute name value): notes it in the current span; nil.", (attribute) => {
    name(attribute);
    return null;
  }, ["(otel/set-attribute :items 3)", "nil"]),
  one("otel/set-attributes", "(otel/set-attributes map): notes them in the current span; nil.", () => null, [
    "(otel/set-attributes {:items 3})",
    "nil",
  ]),
  many(
    "otel/set-status",
    1,
    2,
    "(otel/set-status :ok) or (otel/set-status :error text): how the current span ended; nil.",
    (
      [status = null],
    ) => {
      name(status);
      return null;
    },
    ['(otel/set-status :error "no answer")', "nil"],
  ),
  one("otel/llm-usage", "(otel/llm-usage map): notes the tokens used in the current span; nil.", () => null, [
    "(otel/llm-usage {:input-tokens 10 :output-tokens 2})",
    "nil",
  ]),
];
