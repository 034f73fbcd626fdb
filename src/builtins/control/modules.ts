/**
 * Loading files: `load`, and the functions behind the forms `load` and `import`. Finding, reading and caching files and
 * keeping their scopes apart is the runtime's part (`ModuleLoader`); running their forms is done here, in Sema, so that
 * a form may suspend or recurse like any other code.
 */
import { List, originOf, type Value } from "../../data/mod.ts";
import { text } from "../check.ts";
import { type Area, one, sema, three } from "../declare.ts";
import { thrown } from "./throwing.ts";

const RUN = `(let loop ((result nil))
  (let ((unit (__vm-next-unit file)))
    (if (null? unit) result (loop (unit)))))`;

const RUN_FILE = `(let ((result (try ${RUN} (catch e (begin (__vm-close-file file #f '()) (__vm-rethrow e))))))`;

/** `load` and `import`. */
export const modules: Area = () => [
  three(
    "__vm-open-file",
    "Opens a file to be loaded (#f) or imported (#t) by a form of the third argument, a file or nil.",
    (path, importing, from, context) =>
      context.modules.open(text(path), importing === true, typeof from === "string" ? from : null),
  ),
  {
    ...one(
      "__vm-next-unit",
      "The next form of an open file as a function; nil at its end.",
      (file, context) => context.modules.next(file),
    ),
    runsPrograms: true,
  },
  {
    ...three(
      "__vm-close-file",
      "Ends a file that ran to its end (#t) or failed (#f); a function that copies its exports.",
      (file, complete, names, context): Value =>
        context.modules.close(file, complete === true, names instanceof List ? [...names] : []),
    ),
    runsPrograms: true,
  },
  {
    ...one(
      "__vm-rethrow",
      "Raises a caught error again as if it had not been caught.",
      (map, context) => context.fail(originOf(map) ?? thrown(map)),
    ),
    changesStack: true,
  },
  sema(
    "load",
    1,
    1,
    "(load path): runs a file in the global scope; the value of its last form.",
    "(fn (path) (__vm-load path nil))",
  ),
  sema(
    "__vm-load",
    2,
    2,
    "Runs a file in the global scope; the value of its last form.",
    `(fn (path from) (let ((file (__vm-open-file path #f from)))
      ${RUN_FILE} (begin (__vm-close-file file #t '()) result))))`,
  ),
  sema(
    "__vm-import",
    3,
    3,
    "Runs a file in a scope of its own, once, and copies what it exports.",
    `(fn (path names from) (let ((file (__vm-open-file path #t from)))
      ${RUN_FILE} (begin ((__vm-close-file file #t names)) nil))))`,
  ),
];
