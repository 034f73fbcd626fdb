/**
 * `format/form`: a value as source text laid out the way people write it. A form that fits its line stays on it, unless
 * its table says that several forms of its body, or several bindings, always stand on lines of their own.
 */
import {
  EMPTY,
  lengthOf,
  lineWithin,
  List,
  listFrom,
  MapBase,
  repr,
  Sym,
  toArray,
  type Value,
  Vector,
} from "../../data/mod.ts";

/** The bytes of UTF-8 that a line may take. */
const WIDTH = 80;
/** The column from which on a form stays on one line, because those inside would be mostly margin. */
const LAST_COLUMN = 1024;

/** Arguments that stay beside the name of a form whose body is broken when it has more than one form. */
const BODIES: Readonly<Record<string, number>> = {
  begin: 0,
  progn: 0,
  async: 0,
  do: 0,
  "for-each": 0,
  "syntax-rules": 0,
  define: 1,
  def: 1,
  lambda: 1,
  fn: 1,
  when: 1,
  unless: 1,
  while: 1,
  dotimes: 1,
  "for-range": 1,
  guard: 1,
  module: 1,
  deftool: 1,
  defun: 2,
  defn: 2,
  defmacro: 2,
  "define-record-type": 3,
};

/** Forms with bindings, the name of a named let before them. */
const LETS: ReadonlySet<string> = new Set(["let", "let*", "letrec"]);

/** Forms all of whose arguments go below the name when they do not fit. */
const COLUMNS: ReadonlySet<string> = new Set(["cond", "try"]);

/** How a list is laid out when it is broken, and whether it is broken although it fits. */
interface Shape {
  /** Arguments beside the name. */
  readonly beside: number;
  /** The argument, among those, whose elements stand below one another. */
  readonly bindings: number | null;
  readonly always: boolean;
}

/** `value` as it may stand in a source file. */
export function formatted(value: Value): string {
  return format(value, 0);
}

/** `value` with its first character in column `indent`. */
function format(value: Value, indent: number): string {
  if (indent >= LAST_COLUMN) return repr(value);
  const line = lineAt(value, indent);
  if (value instanceof List && value !== EMPTY) {
    const shape = shapeOf(value, indent);
    return line !== null && !shape.always ? line : formatList(value, shape, indent);
  }
  if (line !== null) return line;
  if (value instanceof Vector) return `[${below(value.items, indent + 1)}]`;
  if (value instanceof MapBase) {
    const entries = value.entries().map(([key, item]) => `${repr(key)} ${format(item, indent + 1)}`);
    return `{${entries.join(newline(indent + 1))}}`;
  }
  return repr(value);
}

function shapeOf(form: List, indent: number): Shape {
  const { first, rest } = form;
  const name = first instanceof Sym ? first.name : null;
  if (name !== null && Object.hasOwn(BODIES, name)) {
    const beside = BODIES[name] as number;
    return { beside, bindings: null, always: lengthOf(rest) - beside > 1 };
  }
  if (name !== null && LETS.has(name)) {
    const bindings = rest.first instanceof Sym ? 1 : 0;
    const list = bindings === 1 ? rest.rest.first : rest.first;
    return { beside: bindings + 1, bindings, always: list instanceof List && lengthOf(list) > 1 };
  }
  const column = name !== null && COLUMNS.has(name) || lineAt(listFrom([first, rest.first]), indent) === null;
  return { beside: column ? 0 : 1, bindings: null, always: false };
}

function formatList(form: List, { beside, bindings }: Shape, indent: number): string {
  const args = toArray(form.rest);
  let text = `(${format(form.first, indent + 1)}`;
  let index = 0;
  for (; index < Math.min(beside, args.length); index++) {
    const arg = args[index] as Value;
    const column = indent + text.length + 1;
    const line = lineAt(arg, column);
    if (line !== null) text += ` ${line}`;
    else if (index === bindings && arg instanceof List) text += ` (${below(toArray(arg), column + 1)})`;
    else break;
  }
  const body = args.slice(index);
  return text + (body.length === 0 ? "" : newline(indent + 2) + below(body, indent + 2)) + ")";
}

/** The items one below the other in column `indent`. */
function below(items: readonly Value[], indent: number): string {
  return items.map((item) => format(item, indent)).join(newline(indent));
}

function newline(indent: number): string {
  return `\n${" ".repeat(indent)}`;
}

/** `value` on one line that starts in column `indent`; null when it does not fit. */
function lineAt(value: Value, indent: number): string | null {
  return lineWithin(value, WIDTH - indent);
}
