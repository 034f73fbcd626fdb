/** What `context/…` keeps for the running task; see `tasks/context.ts`. */
import { cons, EMPTY, type List, listFrom, SortedMap, toArray, type Value } from "../../data/mod.ts";
import { isCallable, wrongType } from "../check.ts";
import { type Area, type BuiltinContext, one, sema, two, zero } from "../declare.ts";

function sortedMap(value: Value): SortedMap {
  if (value instanceof SortedMap) return value;
  throw wrongType("map", value);
}

function pop(name: Value, { tasks: { context } }: BuiltinContext): Value {
  const stack = context.stack(name);
  if (stack === EMPTY) return null;
  context.stacks = context.stacks.with(name, stack.rest);
  return stack.first;
}

function remove(key: Value, { tasks: { context } }: BuiltinContext): Value {
  return context.remove(key) ?? null;
}

const WITH = `(fn (entries thunk)
  (let ((frames (__vm-context-open entries thunk)))
    (let ((result (try (thunk) (catch e (begin (__vm-context-close frames) (throw e))))))
      (begin (__vm-context-close frames) result))))`;

/** The context of tasks. */
export const contexts: Area = () => [
  two(
    "context/set",
    "(context/set key value): sets a key for this task and those it starts; nil.",
    (key, value, { tasks }) => {
      tasks.context.set(key, value);
      return null;
    },
    ['(begin (context/set :user "ann") (context/get :user))', '"ann"'],
  ),
  one("context/get", "(context/get key): its value, or nil.", (key, { tasks }) => tasks.context.get(key) ?? null, [
    "(context/get :missing)",
    "nil",
  ]),
  one("context/has?", "Whether a key has a value.", (key, { tasks }) => tasks.context.get(key) !== undefined, [
    "(context/has? :missing)",
    "#f",
  ]),
  one("context/remove", "(context/remove key): the value it had, or nil.", remove, [
    '(begin (context/set :user "ann") (context/remove :user))',
    '"ann"',
  ]),
  one("context/pull", "The same as context/remove.", remove, [
    '(begin (context/set :user "ann") (context/pull :user))',
    '"ann"',
  ]),
  zero("context/all", "All keys and values.", ({ tasks }) => tasks.context.all(), [
    '(begin (context/set :user "ann") (context/all))',
    '{:user "ann"}',
  ]),
  one("context/merge", "(context/merge map): sets all keys of a map; nil.", (map, { tasks }) => {
    for (const [key, value] of sortedMap(map)) tasks.context.set(key, value);
    return null;
  }, ["(begin (context/merge {:a 1 :b 2}) (context/get :b))", "2"]),
  zero("context/clear", "Forgets all keys; nil.", ({ tasks }) => {
    tasks.context.clear();
    return null;
  }, ['(begin (context/set :user "ann") (context/clear) (context/all))', "{}"]),
  two(
    "context/push",
    "(context/push name value): adds to a named stack; nil.",
    (name, value, { tasks: { context } }) => {
      context.stacks = context.stacks.with(name, cons(value, context.stack(name)));
      return null;
    },
    ["(begin (context/push :steps 1) (context/push :steps 2) (context/stack :steps))", "(1 2)"],
  ),
  one("context/pop", "(context/pop name): takes the newest value of a named stack, or nil.", pop, [
    "(begin (context/push :steps 1) (context/push :steps 2) (context/pop :steps))",
    "2",
  ]),
  one("context/stack", "(context/stack name): the values of a named stack, oldest first.", (name, { tasks }) => {
    const values: List = tasks.context.stack(name);
    return listFrom(toArray(values).reverse());
  }, ["(context/stack :steps)", "()"]),
  two(
    "context/set-hidden",
    "(context/set-hidden key value): sets a key apart from the others; nil.",
    (key, value, { tasks: { context } }) => {
      context.hidden = context.hidden.with(key, value);
      return null;
    },
    ['(begin (context/set-hidden :token "x") (context/get-hidden :token))', '"x"'],
  ),
  one("context/get-hidden", "(context/get-hidden key): its value, or nil.", (key, { tasks }) => {
    return tasks.context.hidden.get(key) ?? null;
  }, ["(context/get-hidden :token)", "nil"]),
  one("context/has-hidden?", "Whether a hidden key has a value.", (key, { tasks }) => {
    return tasks.context.hidden.get(key) !== undefined;
  }, ["(context/has-hidden? :token)", "#f"]),
  two("__vm-context-open", "Opens a frame; how many there were.", (entries, thunk, { tasks }) => {
    const frame = sortedMap(entries);
    if (!isCallable(thunk)) throw wrongType("function", thunk);
    return tasks.context.open(frame);
  }),
  one("__vm-context-close", "Closes frames until there are so many.", (frames, { tasks }) => {
    tasks.context.close(Number(frames));
    return null;
  }),
  sema("context/with", 2, 2, "(context/with map thunk): calls thunk with the keys of map set meanwhile.", WITH, [
    '(context/with {:user "ann"} (fn () (context/get :user)))',
    '"ann"',
  ]),
];
