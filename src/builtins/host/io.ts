/** Printing. Every function answers nil; arguments are separated by one space. */
import { display, layout, repr, type Value } from "../../data/mod.ts";
import { type Area, many, one, same, zero } from "../declare.ts";

function displayed(args: readonly Value[]): string {
  return args.map((arg) => display(arg)).join(" ");
}

function read(args: readonly Value[]): string {
  return args.map((arg) => repr(arg)).join(" ");
}

/** The printing builtins. */
export const io: Area = () => [
  many("display", 0, Infinity, "Writes the display forms of the arguments.", (args, context) => {
    context.write(displayed(args));
    return null;
  }, ['(display "a" 1)', "nil"]),
  many("print", 0, Infinity, "Writes the read forms of the arguments.", (args, context) => {
    context.write(read(args));
    return null;
  }, ['(print "a" 1)', "nil"]),
  many("println", 0, Infinity, "Writes the display forms of the arguments and a newline.", (args, context) => {
    context.write(displayed(args) + "\n");
    return null;
  }, ['(println "a" 1)', "nil"]),
  many("newline", 0, Infinity, "Writes a newline.", (_args, context) => {
    context.write("\n");
    return null;
  }, ["(newline)", "nil"]),
  one("pprint", "Writes the read form, broken into lines where it is long, and a newline.", (value, context) => {
    context.write(layout(value) + "\n");
    return null;
  }, ["(pprint '(1 2))", "nil"]),
  many("print-error", 0, Infinity, "Writes the display forms of the arguments to standard error.", (args, context) => {
    context.writeError(displayed(args));
    return null;
  }, ['(print-error "a" 1)', "nil"]),
  same("io/print-error", "print-error"),
  many("println-error", 0, Infinity, "Like print-error, with a newline.", (args, context) => {
    context.writeError(displayed(args) + "\n");
    return null;
  }, ['(println-error "a" 1)', "nil"]),
  same("io/println-error", "println-error"),
  zero("io/flush", "Sees to it that what was printed has arrived; nil.", (context) => {
    context.flush();
    return null;
  }, ["(io/flush)", "nil"]),
];
