/**
 * Builtins that take long for each element or character that they are given: they charge their work, so that a program
 * that calls one again and again looks at the clock in time. One call is not interrupted. Six hundred calls of a
 * millisecond kept the host of a polite evaluation waiting for 600 ms in one go, and with this for 10; a limit of 50 ms
 * ended them after 730, and with this after 55. Units: what takes about 1.5 ns.
 */
import { HashMap, lengthUpTo, List, SortedMap, type Value, Vector } from "../data/mod.ts";
import type { BuiltinContext, BuiltinDeclaration } from "./declare.ts";

/** Elements or characters of one value. */
function sizeOf(value: Value): number {
  if (typeof value === "string") return value.length;
  if (value instanceof List) return lengthUpTo(value, Infinity);
  if (value instanceof Vector) return value.length;
  return value instanceof SortedMap || value instanceof HashMap ? value.size : 0;
}

/** The builtin, which charges so many units for each element or character of its arguments and its result. */
export function lasting(units: number, row: BuiltinDeclaration): BuiltinDeclaration {
  const { f1, f2, fn } = row;
  const charge = (context: BuiltinContext, ...values: readonly Value[]): void => {
    context.spend(units * values.reduce<number>((sum, value) => sum + sizeOf(value), 0));
  };
  return {
    ...row,
    ...(f1 !== undefined && {
      f1: (a, context) => {
        const result = f1(a, context);
        if (context.charges) charge(context, a, result);
        return result;
      },
    }),
    ...(f2 !== undefined && {
      f2: (a, b, context) => {
        const result = f2(a, b, context);
        if (context.charges) charge(context, a, b, result);
        return result;
      },
    }),
    ...(fn !== undefined && {
      fn: (args, context) => {
        // The array is the builtin's to change.
        const given = context.charges ? [...args] : null;
        const result = fn(args, context);
        if (given !== null) charge(context, ...given, result);
        return result;
      },
    }),
  };
}
