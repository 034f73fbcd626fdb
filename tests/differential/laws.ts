/**
 * Laws that hold of every program, whatever it does: programs held against rewritten forms of themselves, and values
 * against what is read back from their printed form. Traces are left out: a rewritten program has other places.
 */
import { Keyword, List, MapBase, repr, SortedMap, Sym, type Value, Vector } from "../../src/data/mod.ts";
import { createRuntime, SemaError } from "../../src/engine/mod.ts";
import { expandedText } from "./expanded.ts";
import { type Program, programText, type Tree } from "./tree.ts";

/** One law: the program that has to do the same; null where the law says nothing. */
export interface Law {
  readonly name: string;
  readonly rewrite: (program: Program) => string | null;
}

/** Heads whose parts are no expressions, or not all of them: rewriting stays out of these. */
const OPAQUE: ReadonlySet<string> = new Set([
  ..."quote quasiquote defmacro define-syntax define-record-type module match match* case eval macroexpand".split(" "),
  ..."let-values let*-values define-values guard delay async #()".split(" "),
]);

/** The heads of forms that bind a list of variables, and of those that define. */
const BINDING: ReadonlySet<string> = new Set(["let", "let*", "letrec", "parameterize"]);
const DEFINING: ReadonlySet<string> = new Set(["define", "def"]);
/** Heads that may stand in front of rewritten arguments. */
const PLAIN: ReadonlySet<string> = new Set(
  "+ - * / < > <= >= = max min abs list cons append reverse length str string-append println car cdr if begin not and or"
    .split(" "),
);

/** Rewrites the arguments of calls of {@link PLAIN} heads, wherever they are evaluated, inner ones first. */
function rewriteArguments(tree: Tree, change: (argument: Tree, head: string) => Tree): Tree {
  if (typeof tree === "string") return tree;
  const [head, second] = tree;
  const deeper = (part: Tree) => rewriteArguments(part, change);
  if (typeof head !== "string") return tree;
  if (OPAQUE.has(head)) return tree;
  if (DEFINING.has(head)) return [...tree.slice(0, 2), ...tree.slice(2).map(deeper)];
  if (BINDING.has(head)) {
    if (typeof second === "string" || second === undefined) return tree;
    const bindings = second.map((entry): Tree =>
      typeof entry === "string" ? entry : [entry[0] ?? "", ...entry.slice(1).map(deeper)]
    );
    return [head, bindings, ...tree.slice(2).map(deeper)];
  }
  if (head === "fn" || head === "lambda") return [head, second ?? "", ...tree.slice(2).map(deeper)];
  if (head === "set!") return [head, second ?? "", ...tree.slice(2).map(deeper)];
  if (PLAIN.has(head)) return [head, ...tree.slice(1).map((part) => change(deeper(part), head))];
  return tree;
}

function rewritten(program: Program, change: (argument: Tree, head: string) => Tree): string {
  return programText(program.map((form) => rewriteArguments(form, change)));
}

/** Functions of the library of which a call can stand for `(fn (a …) (f a …))` called, with their argument counts. */
const ETA: ReadonlyMap<string, number> = new Map([["-", 2], ["*", 2], ["<", 2], ["=", 2], ["cons", 2], ["append", 2]]);

function etaExpanded(tree: Tree): Tree {
  if (typeof tree === "string") return tree;
  const [head] = tree;
  if (typeof head === "string" && OPAQUE.has(head)) return tree;
  // The second part of a definition is no call.
  const parts = tree.map((part, i) => i === 1 && isDefinition(tree) ? part : etaExpanded(part));
  if (typeof head !== "string" || ETA.get(head) !== tree.length - 1) return parts;
  return [["fn", ["left-", "right-"], [head, "left-", "right-"]], ...parts.slice(1)];
}

/** `(let ((x 5)) body)` with 5 put in the place of x, where the body neither assigns x nor quotes. */
function inlined(tree: Tree): Tree {
  if (typeof tree === "string") return tree;
  const parts = tree.map(inlined);
  const [head, bindings, ...body] = parts;
  if (head !== "let" || !Array.isArray(bindings) || bindings.length !== 1 || body.length === 0) return parts;
  const [entry] = bindings as readonly Tree[];
  if (!Array.isArray(entry) || entry.length !== 2) return parts;
  const [name, value] = entry as readonly Tree[];
  if (typeof name !== "string" || typeof value !== "string" || !/^-?\d+$|^"\w*"$|^#[tf]$/.test(value)) return parts;
  if (body.some((form) => assigns(form, name))) return parts;
  return ["let", [], ...body.map((form) => substituted(form, name, value))];
}

function assigns(tree: Tree, name: string): boolean {
  if (typeof tree === "string") return false;
  const [head, target] = tree;
  if (typeof head === "string" && (OPAQUE.has(head) || DEFINING.has(head))) {
    return JSON.stringify(tree).includes(`"${name}"`);
  }
  return (head === "set!" && target === name) || tree.some((part) => assigns(part, name));
}

function substituted(tree: Tree, name: string, value: string): Tree {
  if (typeof tree === "string") return tree === name ? value : tree;
  return tree.map((part) => substituted(part, name, value));
}

/** The laws about programs. Names of variables in generated programs are unique, so nothing is captured. */
export const LAWS: readonly Law[] = [
  {
    name: "a value bound and read is the value",
    rewrite: (program) => {
      let count = 0;
      return rewritten(program, (part) => ["let", [[`bound-${++count}`, part]], `bound-${count}`]);
    },
  },
  { name: "a sequence of one is its form", rewrite: (program) => rewritten(program, (part) => ["begin", part]) },
  { name: "a branch taken is its form", rewrite: (program) => rewritten(program, (part) => ["if", "0", part, '"no"']) },
  {
    name: "a function of no arguments called is its body",
    rewrite: (program) => rewritten(program, (part) => isDefinition(part) ? part : [["fn", [], part]]),
  },
  {
    name: "a function and a function that calls it are the same",
    rewrite: (program) => programText(program.map(etaExpanded)),
  },
  { name: "a program is its expanded self", rewrite: (program) => expandedText(programText(program)) },
  { name: "a constant's name is the constant", rewrite: (program) => programText(program.map(inlined)) },
];

/** What a definition defines depends on the function around it. */
function isDefinition(form: Tree): boolean {
  return typeof form !== "string" && typeof form[0] === "string" && /^def/.test(form[0]);
}

/** What a text does: output, and value or message. Null when that takes too long. */
function ending(text: string, limit = 1000): { readonly shown: string; readonly value: Value | undefined } | null {
  let output = "";
  const runtime = createRuntime({
    tier: "baseline",
    limits: { milliseconds: limit },
    stdout: (piece) => output += piece,
    stderr: () => {},
  });
  try {
    const value = runtime.eval(text);
    return { shown: `${output}=> ${runtime.print(value)}`, value };
  } catch (error) {
    const message = error instanceof SemaError ? `${error.type}: ${error.message}` : String(error);
    return message.includes("exceeded time limit") ? null : { shown: `${output}=> ${message}`, value: undefined };
  }
}

/** Whether the printed form of a value says everything about it. */
function isReadable(value: Value): boolean {
  if (value instanceof List) return [...value].every(isReadable);
  if (value instanceof Vector) return value.items.every(isReadable);
  if (value instanceof MapBase) return value instanceof SortedMap && value.entries().flat().every(isReadable);
  const text = repr(value);
  if (value instanceof Sym || value instanceof Keyword) return /^:?[a-z+*-]+$/.test(text);
  // The language reads 1/2+3i as two numbers.
  return !/^<|^#<|^#f64|^#i64|^NaN|^-?\d+\/\d+[+-]/.test(text);
}

/** The value read back from its printed form prints the same, and is equal. */
function readsBack(value: Value): string | null {
  if (!isReadable(value)) return null;
  const runtime = createRuntime({ tier: "baseline", stdout: () => {}, stderr: () => {} });
  runtime.define("original", value);
  for (const text of [repr(value), runtime.print(value)]) {
    runtime.define("text", text);
    const same = runtime.print(
      runtime.eval("(list (equal? (read text) original) (equal? (str (read text)) (str original)))"),
    );
    if (same !== "(#t #t)") return `reads back as something else: ${text}`;
  }
  return null;
}

/** The law that a program breaks, with what is different; null when it breaks none. */
export function brokenLaw(program: Program): string | null {
  const original = ending(programText(program));
  if (original === null) return null;
  if (original.value !== undefined) {
    const unread = readsBack(original.value);
    if (unread !== null) return unread;
  }
  // What a program shows of its own code or of its traces changes with it.
  if (/:col |:stack-trace|stack overflow|\w__\d/.test(original.shown)) return null;
  for (const { name, rewrite } of LAWS) {
    const text = rewrite(program);
    if (text === null) continue;
    const changed = ending(text, 5000);
    if (changed !== null && changed.shown !== original.shown) {
      return `--- ${name}:\n${text}\n--- before:\n${original.shown}\n--- after:\n${changed.shown}`;
    }
  }
  return null;
}
