/** Log lines on standard error (language reference: 05-host §25). */
import { display, repr, SortedMap, type Value } from "../../data/mod.ts";
import { type Area, type BuiltinContext, many } from "../declare.ts";

/** Writes a line: the level, the arguments, and what the context of the task holds. */
function write(level: string, args: readonly Value[], context: BuiltinContext): null {
  const ambient = context.tasks.context.all();
  const words = [
    `[${level}]`,
    ...args.map((arg) => display(arg)),
    ...ambient === SortedMap.EMPTY ? [] : [repr(ambient)],
  ];
  context.writeError(`${words.join(" ")}\n`);
  return null;
}

/** `log/…`, one for each level. */
export const logs: Area = () =>
  ["debug", "info", "warn", "error"].map((level) => {
    const name = `log/${level}`;
    const label = level.toUpperCase();
    const doc = `(${name} x ...): writes [${label}], the arguments and the context of the task to standard error; nil.`;
    return many(name, 1, Infinity, doc, (args, context) => write(label, args, context), [
      `(${name} "port" 8080)`,
      "nil",
    ]);
  });
