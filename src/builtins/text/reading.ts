/** Source text as data: reading, checking and formatting it, and running what was read. */
import { type Condition, keyword, listFrom, SortedMap, type Value } from "../../data/mod.ts";
import { read, readFirst } from "../../reader/mod.ts";
import { text, wrongType } from "../check.ts";
import { type Area, type BuiltinContext, one, pure, same, sema, tailCalling } from "../declare.ts";
import { lasting } from "../lasting.ts";
import { formatted } from "./formatting.ts";

/** How a diagnostic calls the errors of a type: its code and the words before its message. */
const DIAGNOSTICS: Readonly<Record<string, readonly [code: string, words: string]>> = {
  reader: ["syntax", "Reader error"],
  arity: ["arity", "Arity error"],
  "type-error": ["type", "Type error"],
};

/** What a bad text of the reader's may start with; other places are points without extent. */
const TOKEN = /^(?:,@|[()[\]{}'`,@])/;

function map(entries: Readonly<Record<string, Value>>): SortedMap {
  return SortedMap.from(Object.entries(entries).map(([name, value]) => [keyword(name), value] as const));
}

/** What is wrong with the source, as a map. */
function diagnostic(source: string, { type, message, trace }: Condition): Value {
  const [code, words] = DIAGNOSTICS[type] ?? ["error", "Eval error"];
  const found = { code, level: keyword("error") };
  const place = type === "reader" ? trace.first : undefined;
  if (place === undefined) return map({ ...found, message: `${words}: ${message}` });
  const { line, column: col } = place;
  const rest = [...(source.split("\n")[line - 1] ?? "")].slice(col - 1).join("");
  const end = col + (TOKEN.exec(rest)?.[0].length ?? 0);
  const span = map({ line, col, "end-line": line, "end-col": end });
  return map({ ...found, message: `${words} at ${line}:${col}: ${message}`, span });
}

/** Whether a text is a program, and what is wrong with it. */
export function checked(source: string, context: BuiltinContext): Value {
  const problem = context.check(source);
  const diagnostics = problem === null ? [] : [diagnostic(source, problem)];
  return map({ ok: problem === null, diagnostics: listFrom(diagnostics) });
}

/** `read` and `read-many`, and what `eval` ends in. */
export const reading: Area = () =>
  pure([
    lasting(
      60,
      one("read", "The first datum of a text; nil when there is none.", (value): Value => readFirst(text(value)), [
        '(read "(+ 1 2)")',
        "(+ 1 2)",
      ]),
    ),
    lasting(
      60,
      one("read-many", "All data of a text as a list.", (value) => listFrom(read(text(value), null).forms), [
        '(read-many "1 2")',
        "(1 2)",
      ]),
    ),
    same("io/read-many", "read-many"),
    lasting(
      60,
      one("read/string", "The same as read.", (value): Value => readFirst(text(value)), [
        '(read/string "(+ 1 2)")',
        "(+ 1 2)",
      ]),
    ),
    lasting(
      60,
      one("read/all", "The same as read-many.", (value) => listFrom(read(text(value), null).forms), [
        '(read/all "1 2")',
        "(1 2)",
      ]),
    ),
    one("sema/check-string", "Reads and compiles a text without running it: {:ok bool :diagnostics (...)}.", (
      value,
      context,
    ) => {
      if (typeof value !== "string") throw wrongType("string", value);
      return checked(value, context);
    }, ['(get (sema/check-string "(+ 1 2)") :ok)', "#t"]),
    one("format/form", "A value as formatted source text.", (value) => formatted(value), [
      "(format/form '(define (f x) (+ x 1)))",
      '"(define (f x) (+ x 1))"',
    ]),
    {
      ...tailCalling(sema(
        "__vm-call-unit",
        1,
        1,
        "Runs what eval made of its datum.",
        "(fn (unit) (let ((result (unit))) result))",
      )),
      // A unit is compiled, which takes as long as a hundred calls, and its code stays as long as it runs.
      frames: 100,
    },
  ]);
