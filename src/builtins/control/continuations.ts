/**
 * First-class continuations and what is made of them: `call/cc`, `dynamic-wind`, coroutines and generators. An
 * extension: the reference has none of them.
 *
 * What a program sees as a continuation is a closure: it runs the winders between here and there and then has the
 * runtime put the saved stack in the place of the present one (`runtime/task.ts`). The {@link Winder}s of
 * `dynamic-wind` are a list, innermost first, which belongs to the running task.
 *
 * A coroutine is a stack of its own. Resuming it puts it on top of the resumer's, yielding takes it off again; neither
 * runs winders. Its winders come and go with it.
 */
import { bundle } from "./values.ts";
import { type Area, type BuiltinDeclaration, one, same, sema, tailCalling, two, zero } from "../declare.ts";
import { cons, evalError, List, listFrom, Opaque, toArray, typeError, typeName, type Value } from "../../data/mod.ts";

/** Frames that are on no stack now. What they are made of is the runtime's matter. */
export abstract class SavedStack extends Opaque {
  override readonly typeName = "continuation";

  override printed(): string {
    return "<continuation>";
  }
}

/** What has become of a coroutine. */
export type CoroutineState = "new" | "suspended" | "running" | "finished";

/** A stack that can be left and entered again. */
export class Coroutine extends Opaque {
  override readonly typeName = "coroutine";
  state: CoroutineState = "new";
  /** A procedure of the coroutine and the value that it is first resumed with; null once it has been called. */
  body: Value;
  /** Where it goes on while it is suspended. */
  stack: SavedStack | null = null;

  constructor(body: Value) {
    super();
    this.body = body;
  }

  override printed(): string {
    return `<coroutine (${this.state})>`;
  }
}

/** A change of the whole stack, made when the builtin that asks for it has returned. */
export type ControlRequest =
  /** The call's value is the stack itself. */
  | { readonly kind: "capture" }
  /** The stack is replaced by another one, whose pending call gets the value. */
  | { readonly kind: "reinstate"; readonly stack: SavedStack; readonly value: Value }
  /** The coroutine goes on, on top of the stack, with the value. */
  | { readonly kind: "resume"; readonly coroutine: Coroutine; readonly value: Value }
  /** The coroutine is taken off the stack, whatever is on top of it included; its resumer gets the value. */
  | { readonly kind: "yield"; readonly coroutine: Coroutine; readonly value: Value };

/** An extent of `dynamic-wind`. */
class Winder extends Opaque {
  readonly before: Value;
  readonly after: Value;

  constructor(before: Value, after: Value) {
    super();
    this.before = before;
    this.after = after;
  }

  override get typeName(): string {
    return "winder";
  }
}

function winder(value: Value): Winder {
  if (value instanceof Winder) return value;
  throw typeError("winder", typeName(value));
}

function savedStack(value: Value): SavedStack {
  if (value instanceof SavedStack) return value;
  throw typeError("continuation", typeName(value));
}

function coroutine(value: Value): Coroutine {
  if (value instanceof Coroutine) return value;
  throw typeError("coroutine", typeName(value));
}

function list(value: Value): List {
  if (value instanceof List) return value;
  throw typeError("list", typeName(value));
}

function hasFinished(value: Value): boolean {
  return coroutine(value).state === "finished";
}

/** The coroutine that a program wants to resume. */
function resumable(value: Value): Coroutine {
  const target = coroutine(value);
  if (target.state === "finished") {
    throw evalError("coroutine/resume: the coroutine has finished", "ask coroutine/done? before resuming it");
  }
  if (target.state === "running") throw evalError("coroutine/resume: the coroutine is running already");
  return target;
}

/** How many of their outermost winders two lists have in common. */
function commonWinders(a: List, b: List): number {
  const left = toArray(a).reverse();
  const right = toArray(b).reverse();
  const differs = left.findIndex((winder, i) => winder !== right[i]);
  return differs < 0 ? left.length : differs;
}

const CALL_CC = `(fn (f)
  (begin (__vm-callable f)
    (let ((winders (__vm-winders)))
      (let ((result (__vm-capture)))
        (if (__vm-stack? result)
          (f (fn (. xs) (begin (__vm-rewind winders) (__vm-reinstate result xs))))
          (__vm-bundle result))))))`;

const EXTENT = `(fn (before thunk after)
  (begin
    (before)
    (__vm-wind before after)
    (let ((result (try (thunk) (catch e (begin (__vm-unwind) (after) (__vm-rethrow e))))))
      (begin (__vm-unwind) (after) result))))`;

const DYNAMIC_WIND = `(fn (before thunk after)
  (begin
    (__vm-callable before) (__vm-callable thunk) (__vm-callable after)
    (__vm-extent before thunk after)))`;

const REWIND = `(fn (target)
  (let ((common (__vm-common-winders target)))
    (begin
      (let leave ()
        (if (= (length (__vm-winders)) common) nil
          (let ((after (__vm-winder-after (car (__vm-winders)))))
            (begin (__vm-unwind) (after) (leave)))))
      (let enter ((left (__vm-winders-inside target common)))
        (if (null? left) nil
          (begin ((__vm-winder-before (car left))) (__vm-rewound (car left)) (enter (cdr left))))))))`;

const COROUTINE = `(fn (f)
  (begin (__vm-callable f)
    (__vm-coroutine
      (fn (self first) (f (fn (. xs) (__vm-yield self (__vm-bundle xs))) first)))))`;

const COROUTINE_LIST = `(fn (source)
  (let loop ((out '()))
    (if (__vm-finished? source) (__vm-reverse out)
      (let ((value (__vm-resume source nil)))
        (if (__vm-finished? source) (__vm-reverse out) (loop (cons value out)))))))`;

const GENERATOR = `(fn (f . more)
  (begin (__vm-callable f)
    (let ((source (__vm-coroutine
            (fn (self first) (f (fn (. xs) (__vm-yield self (__vm-bundle xs)))))))
          (end (if (null? more) nil (car more))))
      (fn ()
        (if (__vm-finished? source) end
          (let ((value (__vm-resume source nil)))
            (if (__vm-finished? source) end value)))))))`;

/** Declares a builtin that changes the stack. */
function control(declaration: BuiltinDeclaration): BuiltinDeclaration {
  return { ...declaration, changesStack: true };
}

/** Continuations, winders, coroutines and generators. */
export const continuations: Area = () => [
  tailCalling(sema(
    "call-with-current-continuation",
    1,
    1,
    "(call-with-current-continuation f): calls f with the rest of the program as a procedure.",
    CALL_CC,
    ["(+ 1 (call/cc (fn (k) (* 1000 (k 41)))))", "42"],
    ["(call/cc (fn (return) (for-each (fn (x) (if (even? x) (return x))) '(1 4 6)) nil))", "4"],
  )),
  same("call/cc", "call-with-current-continuation"),
  sema(
    "dynamic-wind",
    3,
    3,
    "(dynamic-wind before thunk after): the value of thunk; before runs whenever it is entered, after whenever it is left.",
    DYNAMIC_WIND,
    [
      "(let ((log '())) (dynamic-wind (fn () nil) (fn () (set! log (cons 1 log))) (fn () (set! log (cons 2 log)))) log)",
      "(2 1)",
    ],
  ),
  sema("__vm-extent", 3, 3, "The same as dynamic-wind, for three procedures.", EXTENT),
  sema(
    "coroutine/create",
    1,
    1,
    "(coroutine/create f): a coroutine that runs (f yield x); (yield y) suspends it, y is what its resumer gets.",
    COROUTINE,
    [
      "(let ((c (coroutine/create (fn (yield x) (+ 1 (yield (* 10 x))))))) (list (coroutine/resume c 1) (coroutine/resume c 2)))",
      "(10 3)",
    ],
  ),
  sema(
    "coroutine/resume",
    1,
    2,
    "(coroutine/resume c [x]): lets a coroutine go on with x; what it yields, or the value it ends with.",
    "(fn (source . more) (__vm-resume source (if (null? more) nil (car more))))",
    ["(coroutine/resume (coroutine/create (fn (yield x) (yield (+ x 1)))) 1)", "2"],
  ),
  one(
    "coroutine/done?",
    "Whether a coroutine has ended.",
    hasFinished,
    [
      "(let ((c (coroutine/create (fn (yield x) x)))) (list (coroutine/done? c) (coroutine/resume c 1) (coroutine/done? c)))",
      "(#f 1 #t)",
    ],
  ),
  one("__vm-finished?", "The same as coroutine/done?.", hasFinished),
  one("coroutine?", "Whether the value is a coroutine.", (value) => value instanceof Coroutine, [
    "(coroutine? 1)",
    "#f",
  ]),
  sema("coroutine/list", 1, 1, "(coroutine/list c): all values that a coroutine still yields.", COROUTINE_LIST, [
    "(coroutine/list (coroutine/create (fn (yield x) (for-each yield '(1 2 3)))))",
    "(1 2 3)",
  ]),
  sema(
    "generator",
    1,
    2,
    "(generator f [end]): a procedure that answers the values that (f yield) yields, one by one, and then always end.",
    GENERATOR,
    ["(let ((g (generator (fn (yield) (yield 1) (yield 2))))) (list (g) (g) (g)))", "(1 2 nil)"],
  ),
  sema("__vm-rewind", 1, 1, "Leaves and enters the extents of dynamic-wind between here and the winders.", REWIND),
  control(zero("__vm-capture", "The stack as it is now.", (context) => context.control({ kind: "capture" }))),
  control(
    two(
      "__vm-reinstate",
      "Replaces the stack by a captured one.",
      (stack, value, context) => context.control({ kind: "reinstate", stack: savedStack(stack), value }),
    ),
  ),
  control(
    two(
      "__vm-resume",
      "Resumes a coroutine.",
      (target, value, context) => context.control({ kind: "resume", coroutine: resumable(target), value }),
    ),
  ),
  control(
    two(
      "__vm-yield",
      "Suspends a coroutine that is running.",
      (target, value, context) => context.control({ kind: "yield", coroutine: coroutine(target), value }),
    ),
  ),
  one(
    "__vm-coroutine",
    "A coroutine that runs a procedure of itself and the first value.",
    (body) => new Coroutine(body),
  ),
  one("__vm-stack?", "Whether the value is a captured stack.", (value) => value instanceof SavedStack),
  one("__vm-bundle", "The values in a list as (values …) returns them.", (values) => bundle(toArray(list(values)))),
  zero("__vm-winders", "The winders of the running task, innermost first.", (context) => context.winders),
  two(
    "__vm-wind",
    "Enters a new extent, which a procedure has prepared and another one ends.",
    (before, after, context) => {
      context.winders = cons(new Winder(before, after), context.winders);
      return null;
    },
  ),
  one("__vm-rewound", "Enters the extent of a winder again.", (entered, context) => {
    context.winders = cons(winder(entered), context.winders);
    return null;
  }),
  one("__vm-winder-before", "What prepares an extent.", (entered) => winder(entered).before),
  one("__vm-winder-after", "What ends an extent.", (left) => winder(left).after),
  zero("__vm-unwind", "Leaves the innermost extent.", (context) => {
    context.winders = context.winders.rest;
    return null;
  }),
  one(
    "__vm-common-winders",
    "How many extents a list of winders has in common with the task's.",
    (target, context) => commonWinders(context.winders, list(target)),
  ),
  two("__vm-winders-inside", "The winders of a list but so many of the outermost, these first.", (target, count) => {
    const winders = toArray(list(target));
    return listFrom(winders.slice(0, winders.length - Number(count)).reverse());
  }),
];
