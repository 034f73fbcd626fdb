/**
 * Raising errors, multiple values, parameters and fresh symbols, and the check that something can be called.
 *
 * A parameter is a closure over its value: without arguments it answers the value, with one it stores the converted
 * argument. With two arguments it serves `__parameterize`, which must convert all new values before it stores any, and
 * exchange them with the present ones whenever its extent is entered or left: `(p :__vm-convert x)` converts,
 * `(p mode x)` with any other mode stores x as it is.
 */
import { display, equal, evalError, repr, type Value } from "../../data/mod.ts";
import { isCallable, text, wrongType } from "../check.ts";
import { type Area, many, one, sema, tailCalling, two } from "../declare.ts";
import { bundle, valuesOf } from "./values.ts";

const MAKE_PARAMETER = `(fn (init . more)
  (let ((convert (if (null? more) nil (car more))))
    (begin
      (if (null? more) nil (__vm-callable convert))
      (let ((value (if (null? more) init (convert init))))
        (fn (. args)
          (if (null? args) value
            (if (null? (cdr args))
              (set! value (if (null? more) (car args) (convert (car args))))
              (if (= (car args) :__vm-convert)
                (if (null? more) (car (cdr args)) (convert (car (cdr args))))
                (set! value (car (cdr args)))))))))))`;

const PARAMETERIZE = `(fn (parameters new thunk)
  (let ((waiting
          (let loop ((ps parameters) (vs new) (out '()))
            (if (null? ps) (__vm-reverse out)
              (loop (cdr ps) (cdr vs) (cons ((car ps) :__vm-convert (car vs)) out))))))
    (let ((exchange
            (fn ()
              (let ((present
                      (let loop ((ps parameters) (out '()))
                        (if (null? ps) (__vm-reverse out) (loop (cdr ps) (cons ((car ps)) out))))))
                (let loop ((ps parameters) (vs waiting))
                  (if (null? ps) (set! waiting present)
                    (begin ((car ps) :__vm-store (car vs)) (loop (cdr ps) (cdr vs)))))))))
      (__vm-extent exchange thunk exchange))))`;

function raise(args: readonly Value[]): never {
  throw evalError(args.length === 0 ? "error called with no message" : display(args[0] as Value));
}

/** Errors, values, parameters, symbols. */
export const control: Area = () => [
  many("error", 0, Infinity, "(error message): raises an error.", raise, [
    '(try (error "no" 1) (catch e (:message e)))',
    '"no"',
  ]),
  one("__vm-error", "Raises an error of the library.", (message) => raise([message])),
  sema("raise", 1, 1, "(raise value): the same as throw.", "(fn (value) (throw value))", [
    "(try (raise 5) (catch e (:value e)))",
    "5",
  ]),
  many("assert", 1, 2, "(assert value [message]): #t, or an error when value is false.", (args) => {
    const [value = null, message] = args;
    if (value !== null && value !== false) return true;
    throw evalError(message === undefined ? "assertion failed" : display(message));
  }, ["(assert (= 1 1))", "#t"]),
  two("assert=", "(assert= expected actual): #t, or an error when they are not equal.", (expected, actual) => {
    if (equal(expected, actual)) return true;
    throw evalError(`assertion failed: expected ${repr(expected)}, got ${repr(actual)}`);
  }, ["(assert= 2 (+ 1 1))", "#t"]),
  many(
    "gensym",
    0,
    1,
    "(gensym [prefix]): a fresh symbol.",
    (args, context) => context.gensym(args.length === 0 ? "g" : text(args[0] as Value)),
    ['(symbol? (gensym "x"))', "#t"],
  ),
  two("spy", "(spy label x): writes both to standard error; x.", (label, value, context) => {
    context.writeError(`${text(label)}: ${repr(value)}\n`);
    return value;
  }, ['(+ 1 (spy "x" 2))', "3"]),
  many("values", 0, Infinity, "Several values, for call-with-values and the -values forms.", bundle, [
    "(call-with-values (fn () (values 1 2)) list)",
    "(1 2)",
  ]),
  one("__vm-values-list", "The values of a bundle as a list.", valuesOf),
  {
    ...one("__vm-callable", "Raises an error unless the value can be called.", (value) => {
      if (isCallable(value)) return null;
      throw wrongType("callable", value);
    }),
    pure: true,
  },
  sema("make-parameter", 1, Infinity, "(make-parameter value [converter]): a dynamic parameter.", MAKE_PARAMETER, [
    "((make-parameter 5))",
    "5",
  ]),
  tailCalling(sema("__parameterize", 3, 3, "Runs a thunk with parameters bound to new values.", PARAMETERIZE)),
];
