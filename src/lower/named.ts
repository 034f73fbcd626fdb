/**
 * The named core language: what `lower` hands to `resolve`. Macros and special forms are gone; variables still go by
 * name, and where a definition belongs is still open.
 *
 * Well-formedness: no node occurs twice in a tree; `seq` has at least one expression; a `lambda` body is a `block`.
 * A `block` is the scope of the definitions inside it, as far as the next block or function; a definition outside
 * of any block makes a global.
 */
import type { Intrinsic, Position, Primitive } from "../core/mod.ts";
import type { Sym, Value } from "../data/mod.ts";

/** A function whose variables go by name. */
export interface NamedLambda {
  readonly kind: "lambda";
  /** The defined name, or null. */
  readonly name: string | null;
  /** Whether values of it print under their name. */
  readonly named: boolean;
  readonly parameters: readonly Sym[];
  readonly rest: Sym | null;
  readonly body: Named;
  readonly position: Position | null;
}

/** A named let; `name` is visible in the body only. */
export interface NamedLoop {
  readonly kind: "loop";
  readonly name: Sym;
  readonly names: readonly Sym[];
  readonly inits: readonly Named[];
  readonly body: Named;
  readonly position: Position | null;
}

/** A definition of the innermost block, or of a global. */
export interface NamedDefine {
  readonly kind: "define";
  readonly name: Sym;
  readonly value: Named;
  /** Visible from the beginning of the sequence it stands in. */
  readonly early: boolean;
}

/** An expression of the named core language. */
export type Named =
  | { readonly kind: "const"; readonly value: Value }
  | { readonly kind: "ref"; readonly name: Sym; readonly position: Position | null }
  | { readonly kind: "set"; readonly name: Sym; readonly value: Named }
  | NamedDefine
  /** A definition that is global wherever it stands. */
  | { readonly kind: "defineGlobal"; readonly name: Sym; readonly value: Named }
  | { readonly kind: "if"; readonly test: Named; readonly then: Named; readonly else: Named }
  | { readonly kind: "seq"; readonly body: readonly Named[] }
  | { readonly kind: "block"; readonly body: Named }
  /** Evaluates the inits in order outside the scope of the names. Of equal names the last wins. */
  | { readonly kind: "let"; readonly names: readonly Sym[]; readonly inits: readonly Named[]; readonly body: Named }
  /**
   * A block in which all names are visible to all inits and read as nil until theirs has run. The definitions of the
   * body belong to the same block.
   */
  | { readonly kind: "letrec"; readonly names: readonly Sym[]; readonly inits: readonly Named[]; readonly body: Named }
  | NamedLambda
  | NamedLoop
  | { readonly kind: "while"; readonly test: Named; readonly body: Named; readonly position: Position | null }
  | {
    readonly kind: "call";
    readonly callee: Named;
    readonly args: readonly Named[];
    readonly position: Position | null;
  }
  | {
    readonly kind: "intrinsic";
    readonly operation: Intrinsic;
    readonly args: readonly Named[];
    readonly position: Position | null;
  }
  | {
    readonly kind: "primitive";
    readonly operation: Primitive;
    readonly args: readonly Named[];
    readonly position: Position | null;
  }
  | {
    readonly kind: "try";
    readonly body: Named;
    readonly name: Sym;
    readonly handler: Named;
    readonly position: Position | null;
  };

/** The constant `value`. */
export function constant(value: Value): Named {
  return { kind: "const", value };
}

/** A reference to `name`. */
export function reference(name: Sym, position: Position | null = null): Named {
  return { kind: "ref", name, position };
}

/** The expressions in order; nil when there are none. */
export function sequence(body: readonly Named[]): Named {
  const [first = constant(null)] = body;
  return body.length <= 1 ? first : { kind: "seq", body };
}

/** `body` with one variable. */
export function bind(name: Sym, init: Named, body: Named): Named {
  return { kind: "let", names: [name], inits: [init], body };
}

/** A conditional. */
export function conditional(test: Named, then: Named, otherwise: Named): Named {
  return { kind: "if", test: truth(test), then, else: otherwise };
}

/**
 * `test` where only its truth matters: `and` and `or` need no variable for the value of an operand then. They are
 * the only forms that bind one variable to test it and then answer it.
 */
function truth(test: Named): Named {
  if (test.kind !== "let" || test.names.length !== 1 || test.body.kind !== "if") return test;
  const [name] = test.names;
  const [init] = test.inits;
  const { test: tested, then, else: otherwise } = test.body;
  if (init === undefined || tested.kind !== "ref" || tested.name !== name) return test;
  if (otherwise.kind === "ref" && otherwise.name === name) return conditional(init, truth(then), constant(false));
  if (then.kind === "ref" && then.name === name) return conditional(init, constant(true), truth(otherwise));
  return test;
}

/** An operation that programs cannot name. */
export function primitive(operation: Primitive, args: readonly Named[], position: Position | null = null): Named {
  return { kind: "primitive", operation, args, position };
}
