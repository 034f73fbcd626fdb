/** Reading data from strings, and running them. */
import { listFrom, type Value } from "../data/mod.ts";
import { read, readFirst } from "../reader/mod.ts";
import { text } from "./check.ts";
import { type Declaration, one, sema } from "./declare.ts";

/** `read` and `read-many`, and what `eval` ends in. */
export const reading: readonly Declaration[] = [
  one("read", "The first datum of a text; nil when there is none.", (value): Value => readFirst(text(value))),
  one("read-many", "All data of a text as a list.", (value) => listFrom(read(text(value), null).forms)),
  one("read/string", "The same as read.", (value): Value => readFirst(text(value))),
  one("read/all", "The same as read-many.", (value) => listFrom(read(text(value), null).forms)),
  sema(
    "__vm-call-unit",
    1,
    1,
    "Runs what eval made of its datum.",
    "(fn (unit) (let ((result (unit))) result))",
  ),
];
