/** The globals that hold the standard streams, by their names; what they hold is made when a program asks for it. */
import type { Value } from "../../data/mod.ts";
import type { BuiltinContext } from "../declare.ts";
import { hostRoom } from "./lazy.ts";

/** A global of every runtime, and how its value is made. */
interface StandardStream {
  readonly doc: string;
  make(context: BuiltinContext): Value;
}

/** The globals. */
export const standardStreams: Readonly<Record<string, StandardStream>> = {
  "*stdin*": {
    doc: "The standard input as a stream. Reading it waits for bytes, but not for as many as asked for.",
    make: (context) => hostRoom().standardInput(context),
  },
  "*stdout*": {
    doc: "The standard output as a stream.",
    make: (context) => hostRoom().standardOutput("stdout", context),
  },
  "*stderr*": {
    doc: "The standard error as a stream.",
    make: (context) => hostRoom().standardOutput("stderr", context),
  },
};
