/**
 * Multimethods. Calling one calls back into the program, so it is a function of the library that does it.
 */
import { evalError, HashMap, keyword, repr, typeError, typeName, type Value } from "../../data/mod.ts";
import { isCallable } from "../check.ts";
import { type Area, one, sema, tailCalling, two } from "../declare.ts";
import { IndirectProcedure } from "./indirect.ts";

/** The library function that carries out a call of a multimethod. */
const MULTIMETHOD_CALL = "__vm-multimethod-call";

const DEFAULT = keyword("default");

/** A function that chooses its method by what a dispatch function answers. */
export class Multimethod extends IndirectProcedure {
  override readonly typeName = "multimethod";
  override readonly caller: string = MULTIMETHOD_CALL;
  readonly name: string;
  readonly dispatch: Value;
  methods: HashMap = HashMap.EMPTY;

  constructor(name: string, dispatch: Value) {
    super();
    this.name = name;
    this.dispatch = dispatch;
  }

  override printed(): string {
    return `<multimethod ${this.name}>`;
  }
}

/** Adds a method, or replaces the one for the same value. */
export function addMethod(multimethod: Value, value: Value, method: Value): void {
  if (!(multimethod instanceof Multimethod)) throw evalError("defmethod: first argument is not a multimethod");
  multimethod.methods = multimethod.methods.with(value, method);
}

function callable(value: Value): Value {
  if (isCallable(value)) return value;
  throw typeError("callable", typeName(value));
}

function known(value: Value): Multimethod {
  if (value instanceof Multimethod) return value;
  throw typeError("multimethod", typeName(value));
}

const CALL = `(fn (multimethod args)
  (__vm-apply
    (__vm-multimethod-method multimethod (__vm-apply (__vm-multimethod-dispatch multimethod) args))
    args))`;

/** What a call of a multimethod is made of. */
export const multimethods: Area = () => [
  tailCalling(sema(MULTIMETHOD_CALL, 2, 2, "Calls a multimethod with a list of arguments.", CALL)),
  one("__vm-multimethod-dispatch", "The dispatch function.", (value) => callable(known(value).dispatch)),
  two("__vm-multimethod-method", "The method for a dispatch value.", (value, choice) => {
    const { name, methods } = known(value);
    const method = methods.get(choice) ?? methods.get(DEFAULT);
    if (method !== undefined) return callable(method);
    throw evalError(
      `no method in multimethod '${name}' for dispatch value: ${repr(choice)}`,
      "add a (defmethod name :default handler) to handle unmatched values",
    );
  }),
];
