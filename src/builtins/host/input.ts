/** The standard input (language reference: 05-host §4). */
import type { Value } from "../../data/mod.ts";
import { type Area, same, zero } from "../declare.ts";
import { decodeUtf8 } from "../text/utf8.ts";

/** Reading the standard input. */
export const input: Area = () => [
  zero("read-line", "The next line of the standard input, without its end; nil after the last.", ({ input }): Value => {
    const line = input.line();
    return line === null ? null : decodeUtf8(line, "read-line");
  }, ["(read-line)", "nil"]),
  same("io/read-line", "read-line"),
  zero("read-stdin", "Everything left on the standard input.", ({ input }) => decodeUtf8(input.all(), "read-stdin"), [
    "(read-stdin)",
    '""',
  ]),
  same("io/read-stdin", "read-stdin"),
  zero("io/eof?", "Whether the standard input was read to its end.", ({ input }) => input.ended, [
    "(begin (read-line) (io/eof?))",
    "#t",
  ]),
];
