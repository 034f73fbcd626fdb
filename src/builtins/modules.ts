/**
 * Loading files: `load`, and the function behind the form `import`. Finding, reading and caching files and keeping
 * their scopes apart is the runtime's part ({@link ModuleLoader}); running their forms is done here, in Sema, so that
 * a form may suspend or recurse like any other code.
 */
import { Condition, evalError, List, originOf, type Value } from "../data/mod.ts";
import { text } from "./check.ts";
import { type BuiltinContext, type Declaration, type ModuleLoader, one, sema, three, two } from "./declare.ts";
import { thrown } from "./throwing.ts";

function loader(context: BuiltinContext, path: string): ModuleLoader {
  if (context.modules !== undefined) return context.modules;
  // host/owner/name is a package; no runtime without files has any.
  if (/^[\w-]+(\.[\w-]+)+\/[^/]+\/[^/.]+$/.test(path)) {
    throw evalError(`package not found: ${path}`, `Run: sema pkg add ${path}`);
  }
  throw new Condition("io", `${path}: this runtime has no access to files`);
}

function known(context: BuiltinContext): ModuleLoader {
  if (context.modules === undefined) throw new Condition("internal", "no file is being loaded");
  return context.modules;
}

const RUN = `(let loop ((last nil))
  (let ((unit (__vm-next-unit file)))
    (if (null? unit) last (loop (unit)))))`;

const RUN_FILE = `(let ((result (try ${RUN} (catch e (begin (__vm-close-file file #f '()) (__vm-rethrow e))))))`;

/** `load` and `import`. */
export const modules: readonly Declaration[] = [
  two("__vm-open-file", "Opens a file to be loaded (#f) or imported (#t).", (path, importing, context) => {
    const name = text(path);
    return loader(context, name).open(name, importing === true);
  }),
  one(
    "__vm-next-unit",
    "The next form of an open file as a function; nil at its end.",
    (file, context) => known(context).next(file),
  ),
  three("__vm-close-file", "Ends a file that ran to its end (#t) or failed (#f); copies its exports.", (
    file,
    complete,
    names,
    context,
  ): Value => {
    known(context).close(file, complete === true, names instanceof List ? [...names] : []);
    return null;
  }),
  one("__vm-rethrow", "Raises a caught error again as if it had not been caught.", (map) => {
    throw originOf(map) ?? thrown(map);
  }),
  sema(
    "load",
    1,
    1,
    "(load path): runs a file in the global scope; the value of its last form.",
    `(fn (path) (let ((file (__vm-open-file path #f)))
      ${RUN_FILE} (begin (__vm-close-file file #t '()) result))))`,
  ),
  sema(
    "__vm-import",
    2,
    2,
    "Runs a file in a scope of its own, once, and copies what it exports.",
    `(fn (path names) (let ((file (__vm-open-file path #t)))
      ${RUN_FILE} (begin (__vm-close-file file #t names) nil))))`,
  ),
];
