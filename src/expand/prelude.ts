/** The macros that every program starts with. Their expansions are ordinary code and use names as programs do. */
import {
  arityError,
  arityText,
  cons,
  EMPTY,
  type Example,
  intern,
  keyword,
  lengthOf,
  List,
  listFrom,
  toArray,
  typeError,
  typeName,
  usageOf,
  type Value,
  Vector,
} from "../data/mod.ts";
import { type ExpandHost, Macro } from "./macro.ts";

/** What is known of a macro besides its expansion. */
export interface MacroDescription {
  readonly min: number;
  readonly max: number;
  /** One sentence that begins with the shape of a call. */
  readonly doc: string;
  readonly examples: readonly Example[];
}

/** The shape of a prelude macro and its expansion: the arguments of a call to what replaces it. */
interface PreludeMacro extends MacroDescription {
  readonly expand: (args: readonly Value[], host: ExpandHost) => Value;
}

/** A prelude macro that takes off one form after the other: what is left is shared, so a long chain costs no copies. */
interface ChainMacro extends Omit<MacroDescription, "max"> {
  /** `value` passed through the first form, as the code that goes on with the rest. */
  readonly step: (value: Value, args: List, host: ExpandHost) => Value;
}

const symbols = {
  let: intern("let"),
  if: intern("if"),
  when: intern("when"),
  not: intern("not"),
  isNil: intern("nil?"),
  do: intern("do"),
  add: intern("+"),
  equal: intern("="),
  notLess: intern(">="),
  try: intern("try"),
  begin: intern("begin"),
  catch: intern("catch"),
  cond: intern("cond"),
  else: intern("else"),
  isEqual: intern("equal?"),
  raise: intern("raise"),
  parameterize: intern("__parameterize"),
  list: intern("list"),
  fn: intern("fn"),
  close: intern("stream/close"),
  throw: intern("throw"),
  withStream: intern("with-stream"),
  lambda: intern("lambda"),
  span: intern("otel/span"),
  withSession: intern("otel/with-session"),
} as const;

function list(...items: readonly Value[]): List {
  return listFrom(items);
}

/** The elements of a form that must be a list or vector. */
function items(form: Value): readonly Value[] {
  if (form instanceof List) return toArray(form);
  if (form instanceof Vector) return form.items;
  throw typeError("list or vector", typeName(form));
}

/** `form` called with `value` in front of its arguments, or behind them. */
function thread(value: Value, form: Value, last: boolean): Value {
  if (!(form instanceof List)) return list(form, value);
  if (form === EMPTY) return list(null, value);
  const parts = toArray(form);
  return last ? list(...parts, value) : list(parts[0] ?? null, value, ...parts.slice(1));
}

function threading(name: string, last: boolean, doc: string, ...examples: Example[]): ChainMacro {
  return {
    doc,
    examples,
    min: 1,
    step: (value, args) => cons(intern(name), cons(thread(value, args.first, last), args.rest)),
  };
}

const CHAINS: Readonly<Record<string, ChainMacro>> = {
  "->": threading(
    "->",
    false,
    "(-> value form ...): value as the first argument of the first form, its value as that of the second, and so on.",
    ["(-> 5 (- 2) (* 10))", "30"],
  ),
  "->>": threading("->>", true, "(->> value form ...): like ->, as the last argument.", [
    "(->> '(1 2 3) (map (fn (x) (* x x))) (apply +))",
    "14",
  ]),
  "as->": {
    doc: "(as-> value name form ...): the forms one after the other, with name bound to the value before.",
    examples: [["(as-> 5 x (+ x 1) (list x x))", "(6 6)"]],
    min: 2,
    step: (value, args) => {
      const name = args.first;
      const rest = args.rest;
      return rest === EMPTY
        ? value
        : list(symbols.let, list(list(name, value)), cons(intern("as->"), cons(rest.first, cons(name, rest.rest))));
    },
  },
  "some->": {
    doc: "(some-> value form ...): like ->, but nil as soon as a value is nil.",
    examples: [["(some-> {:a 1} (get :b) (+ 1))", "nil"]],
    min: 1,
    step: (value, args, host) => {
      const name = host.gensym("v");
      const next = cons(intern("some->"), cons(thread(name, args.first, false), args.rest));
      return list(symbols.let, list(list(name, value)), list(symbols.if, list(symbols.isNil, name), null, next));
    },
  },
};

/** `(macro (name init …) …)`: the name and the init. */
function binding(form: Value): readonly [Value, Value] {
  const [name = null, init = null] = items(form);
  return [name, init];
}

/** The value of the body, after what undoes something, which is done on every way out. */
function undone(body: readonly Value[], undo: readonly Value[], host: ExpandHost): List {
  const [result, caught] = [host.gensym("res"), host.gensym("e")];
  const rethrow = list(symbols.catch, caught, ...undo, list(symbols.throw, caught));
  const guarded = list(symbols.try, list(symbols.begin, ...body), rethrow);
  return list(symbols.let, list(list(result, guarded)), ...undo, result);
}

/** A macro that calls some functions before its body, and others after it on every way out. */
function guarding(name: string, what: string, before: readonly string[], after: readonly string[]): PreludeMacro {
  const calls = (names: readonly string[]) => names.map((each) => list(intern(each)));
  return {
    doc: `(${name} body ...): the body ${what}, which is undone on every way out; its value.`,
    examples: [[`(${name} (+ 1 2))`, "3"]],
    min: 0,
    max: Infinity,
    expand: (body, host) => list(symbols.begin, ...calls(before), undone(body, calls(after), host)),
  };
}

const MACROS: Readonly<Record<string, PreludeMacro>> = {
  "when-let": {
    doc: "(when-let (name value) body ...): the body with name bound, unless value is nil.",
    examples: [["(when-let (x (get {:a 1} :a)) (+ x 1))", "2"]],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body]) => {
      const [name, init] = binding(form);
      const test = list(symbols.not, list(symbols.isNil, name));
      return list(symbols.let, list(list(name, init)), list(symbols.when, test, ...body));
    },
  },
  "if-let": {
    doc: "(if-let (name value) then else): then with name bound, or else when value is nil.",
    examples: [["(if-let (x (get {:a 1} :b)) x :none)", ":none"]],
    min: 3,
    max: 3,
    expand: ([form = null, then = null, otherwise = null]) => {
      const [name, init] = binding(form);
      return list(symbols.let, list(list(name, init)), list(symbols.if, list(symbols.isNil, name), otherwise, then));
    },
  },
  "dotimes": {
    doc: "(dotimes (name count) body ...): the body with name bound to 0 up to count - 1; nil.",
    examples: [["(let ((sum 0)) (dotimes (i 4) (set! sum (+ sum i))) sum)", "6"]],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body]) => {
      const [name, count] = binding(form);
      const step = list(name, 0, list(symbols.add, name, 1));
      return list(symbols.do, list(step), list(list(symbols.equal, name, count)), ...body);
    },
  },
  "for-range": {
    doc: "(for-range (name from to [step]) body ...): the body with name bound to from, from + step, … below to; nil.",
    examples: [["(let ((sum 0)) (for-range (i 1 10 3) (set! sum (+ sum i))) sum)", "12"]],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body]) => {
      const [name = null, from = null, to = null, by] = items(form);
      // A list defaults to steps of 1, a vector to nil.
      const step = by ?? (form instanceof Vector ? null : 1);
      const counter = list(name, from, list(symbols.add, name, step));
      return list(symbols.do, list(counter), list(list(symbols.notLess, name, to)), ...body);
    },
  },
  "guard": {
    doc:
      "(guard (name clause ...) body ...): the body; when it raises, the first clause, as in cond, that holds of what was raised.",
    examples: [["(guard (e ((number? e) (+ e 1)) (else :other)) (throw 41))", "42"]],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body], host) => {
      const [name = null, ...clauses] = items(form);
      const caught = host.gensym("guard-err");
      const last = clauses.at(-1) ?? null;
      const complete = last instanceof List && last.first === symbols.else
        ? clauses
        : [...clauses, list(symbols.else, list(symbols.raise, name))];
      const isUser = list(symbols.isEqual, list(keyword("type"), caught), keyword("user"));
      const raised = list(symbols.if, isUser, list(keyword("value"), caught), caught);
      const handler = list(symbols.let, list(list(name, raised)), list(symbols.cond, ...complete));
      return list(symbols.try, list(symbols.begin, ...body), list(symbols.catch, caught, handler));
    },
  },
  "with-stream": {
    doc: "(with-stream (name stream) body ...): the body with a stream that is closed at its end.",
    examples: [['(with-stream (s (stream/from-string "abc")) (stream/read-line s))', '"abc"']],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body], host) => {
      const [name, init] = binding(form);
      return list(symbols.let, list(list(name, init)), undone(body, [list(symbols.close, name)], host));
    },
  },
  "with-open": {
    doc: "(with-open (name stream) body ...): the same as with-stream.",
    examples: [['(with-open (s (stream/from-string "abc")) (stream/read-line s))', '"abc"']],
    min: 1,
    max: Infinity,
    expand: (args) => list(symbols.withStream, ...args),
  },
  "term/with-alt-screen": guarding(
    "term/with-alt-screen",
    "on the other screen of the terminal, without a cursor",
    ["term/enter-alt-screen", "term/hide-cursor"],
    ["term/show-cursor", "term/leave-alt-screen"],
  ),
  "term/with-mouse": guarding(
    "term/with-mouse",
    "while the terminal reports the mouse",
    ["term/enable-mouse"],
    ["term/disable-mouse"],
  ),
  "term/with-bracketed-paste": guarding(
    "term/with-bracketed-paste",
    "while the terminal marks what is pasted",
    ["term/enable-bracketed-paste"],
    ["term/disable-bracketed-paste"],
  ),
  "term/with-focus-events": guarding(
    "term/with-focus-events",
    "while the terminal reports its focus",
    ["term/enable-focus-events"],
    ["term/disable-focus-events"],
  ),
  "term/with-kitty-keys": guarding(
    "term/with-kitty-keys",
    "while the terminal reports keys by the kitty protocol",
    ["term/enable-kitty-keys!"],
    ["term/disable-kitty-keys!"],
  ),
  "io/with-raw-mode": {
    doc: "(io/with-raw-mode body ...): the body while the terminal gives each key at once, unseen; its value.",
    examples: [["(io/with-raw-mode (+ 1 2))", "3"]],
    min: 0,
    max: Infinity,
    expand: (body, host) => {
      const token = host.gensym("token");
      const restore = list(intern("io/tty-restore!"), token);
      return list(symbols.let, list(list(token, list(intern("io/tty-raw!")))), undone(body, [restore], host));
    },
  },
  "with-span": {
    doc: "(with-span name attributes body ...): the body as a span of a trace; its value.",
    examples: [['(with-span "work" {:n 1} (* 6 7))', "42"]],
    min: 2,
    max: Infinity,
    expand: ([name = null, attributes = null, ...body]) =>
      list(symbols.span, name, list(symbols.lambda, list(), ...body), attributes),
  },
  "with-session": {
    doc: "(with-session id config body ...): the body, whose spans belong to a session; its value.",
    examples: [['(with-session "s1" {} (* 6 7))', "42"]],
    min: 2,
    max: Infinity,
    expand: ([id = null, config = null, ...body]) =>
      list(symbols.withSession, id, config, list(symbols.lambda, list(), ...body)),
  },
  "parameterize": {
    doc: "(parameterize ((parameter value) ...) body ...): the body with parameters bound to new values.",
    examples: [["(let ((p (make-parameter 1))) (parameterize ((p 2)) (p)))", "2"]],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body]) => {
      const pairs = items(form).map(binding);
      return list(
        symbols.parameterize,
        list(symbols.list, ...pairs.map(([parameter]) => parameter)),
        list(symbols.list, ...pairs.map(([, value]) => value)),
        list(symbols.fn, list(), ...body),
      );
    },
  },
};

/** The prelude macros by name. */
export const MACRO_DESCRIPTIONS: ReadonlyMap<string, MacroDescription> = new Map<string, MacroDescription>([
  ...Object.entries(CHAINS).map(([name, chain]) => [name, { ...chain, max: Infinity }] as const),
  ...Object.entries(MACROS),
]);

/** The shape of a call that a doc line begins with. */
function usage(name: string, doc: string): string {
  return usageOf(doc)?.usage ?? `(${name} ...)`;
}

/** The prelude macros, to be bound as globals. */
export function preludeMacros(): Macro[] {
  const chains = Object.entries(CHAINS).map(([name, { min, step, doc }]) =>
    new Macro(name, (form, host) => {
      const args = form.rest;
      if (lengthOf(args) < min) throw arityError(name, arityText(min, Infinity), lengthOf(args));
      return lengthOf(args) === 1 ? args.first : step(args.first, args.rest, host);
    }, usage(name, doc))
  );
  const others = Object.entries(MACROS).map(([name, { min, max, expand, doc }]) =>
    new Macro(name, (form, host) => {
      const args = toArray(form.rest);
      if (args.length < min || args.length > max) throw arityError(name, arityText(min, max), args.length);
      return expand(args, host);
    }, usage(name, doc))
  );
  return [...chains, ...others];
}
