/** What the library does with texts, done with those in files: checking one as a program, patching it. */
import type { Value } from "../../data/mod.ts";
import { text } from "../check.ts";
import { type Area, type BuiltinContext, one, requires, two } from "../declare.ts";
import { formatsRoom } from "../formats/lazy.ts";
import { textRoom } from "../text/lazy.ts";
import { readText, writeText } from "./files.ts";

/** The file is written when all hunks fit, not before. */
function applyFile(path: Value, patch: Value, context: BuiltinContext): Value {
  const name = "patch/apply-file";
  const [file, change] = [text(path), text(patch)];
  const result = formatsRoom().patched(readText(name, path, context), change, name);
  writeText(name, file, result.text, "replace", context);
  return result.hunks;
}

/** Tools for files. */
export const fileTools: Area = () => [
  ...requires("fs-read", [
    one(
      "sema/check-file",
      "(sema/check-file path): reads and compiles a file without running it: {:ok bool :diagnostics (...)}.",
      (path, context) => textRoom().checked(readText("sema/check-file", path, context), context),
      ['(begin (file/write "a.sema" "(+ 1 2)") (get (sema/check-file "a.sema") :ok))', "#t"],
    ),
  ]),
  ...requires("fs-write", [
    two(
      "patch/apply-file",
      "(patch/apply-file path patch): changes the lines of a file; the number of hunks.",
      applyFile,
      [
        '(begin (file/write "a" "milk\\neggs\\n") (patch/apply-file "a" "@@ -2 +2 @@\\n-eggs\\n+bread\\n"))',
        "1",
      ],
    ),
  ]),
];
