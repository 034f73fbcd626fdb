/**
 * The resolved core language: what `resolve` hands to `compile` and to the walker. Macros, special forms and names
 * are gone; a variable is a slot of its function or one of its captures, and a global is its symbol.
 *
 * Well-formedness: a `continue` stands in tail position of its `loop` and in the same function; `slot`s are unique
 * within a function and run from 0, parameters first; `captured.index` indexes the function's `captures`.
 */
import type { Sym, Value } from "../data/mod.ts";
import type { Intrinsic, Primitive } from "./operations.ts";

/** Where a form stands in its source, 1-based. */
export interface Position {
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
}

/** A local variable of one function. */
export interface Variable {
  readonly name: Sym;
  /** Its slot in the frame of the function that owns it. */
  slot: number;
  /** Some inner function captures it. */
  captured: boolean;
  /**
   * Captured, and assigned where a capture could see it: all sharers go through one cell. When false, closures
   * copy the value.
   */
  shared: boolean;
  /** Its own function assigns it after it was bound: frames that a continuation runs twice share it. */
  assigned: boolean;
}

/** How a closure obtains capture number i when it is made: from a slot, or from a capture, of the enclosing function. */
export type Capture =
  | { readonly from: "slot"; readonly variable: Variable }
  | { readonly from: "capture"; readonly index: number; readonly variable: Variable };

/** The variables that a function's code can see: its own, and those of the functions around it. */
export interface Names {
  readonly variables: readonly Variable[];
  readonly outer: Names | null;
}

/** A function's code before compilation. */
export interface Lambda {
  /** The defined name, or null for `<lambda>`. */
  readonly name: string | null;
  /** True when values of it print under their name: `(define (f …))`, `defn`, named let. */
  readonly named: boolean;
  readonly parameters: readonly Variable[];
  readonly rest: Variable | null;
  readonly body: Core;
  readonly captures: readonly Capture[];
  /** All variables, by slot: parameters, then rest, then the others. */
  readonly variables: readonly Variable[];
  /** Those of the functions around it. */
  readonly outer: Names | null;
  readonly position: Position | null;
}

/** The text that says what a function is for: the first of several expressions of its body, when that is a string. */
export function docString({ body }: Lambda): string | null {
  const first = body.kind === "seq" && body.body.length > 1 ? body.body[0] : undefined;
  return first?.kind === "const" && typeof first.value === "string" ? first.value : null;
}

/** What the variables are called, the nearest first. */
export function visibleNames(names: Names | null): string[] {
  const found: string[] = [];
  for (let each = names; each !== null; each = each.outer) found.push(...each.variables.map(({ name }) => name.name));
  return found;
}

/** An expression of the resolved core language. `position` is where errors and trace frames point. */
export type Core =
  | { readonly kind: "const"; readonly value: Value }
  | { readonly kind: "local"; readonly variable: Variable }
  | { readonly kind: "captured"; readonly index: number; readonly variable: Variable }
  /** The running closure itself: a function that refers to its own never-assigned name. */
  | { readonly kind: "self"; readonly variable: Variable }
  | { readonly kind: "global"; readonly name: Sym; readonly position: Position | null }
  | { readonly kind: "setLocal"; readonly variable: Variable; readonly value: Core }
  | { readonly kind: "setCaptured"; readonly index: number; readonly variable: Variable; readonly value: Core }
  /** Value: the new value. Creates the global when there is none. */
  | { readonly kind: "setGlobal"; readonly name: Sym; readonly value: Core }
  /** Value: nil. */
  | { readonly kind: "defineGlobal"; readonly name: Sym; readonly value: Core }
  | { readonly kind: "if"; readonly test: Core; readonly then: Core; readonly else: Core }
  /** At least one expression; the value is the last one's. */
  | { readonly kind: "seq"; readonly body: readonly Core[] }
  /** Evaluates the inits in order, then binds all variables afresh, then the body. */
  | {
    readonly kind: "let";
    readonly variables: readonly Variable[];
    readonly inits: readonly Core[];
    readonly body: Core;
  }
  /** Mutually recursive functions whose names are never assigned: all closures exist before any captures are filled. */
  | {
    readonly kind: "fix";
    readonly variables: readonly Variable[];
    readonly lambdas: readonly Lambda[];
    readonly body: Core;
  }
  | { readonly kind: "lambda"; readonly lambda: Lambda }
  | {
    readonly kind: "call";
    readonly callee: Core;
    readonly args: readonly Core[];
    readonly tail: boolean;
    readonly position: Position | null;
  }
  /** A call whose arguments are the elements of a list: `callee` any callable, `list` a list. */
  | {
    readonly kind: "apply";
    readonly callee: Core;
    readonly list: Core;
    readonly tail: boolean;
    readonly position: Position | null;
  }
  /** A direct call of a builtin that has an instruction of its own; honours a later redefinition of the global. */
  | {
    readonly kind: "intrinsic";
    readonly operation: Intrinsic;
    readonly args: readonly Core[];
    readonly position: Position | null;
  }
  /** An operation that forms lower to and programs cannot name. */
  | {
    readonly kind: "primitive";
    readonly operation: Primitive;
    readonly args: readonly Core[];
    readonly position: Position | null;
  }
  /**
   * A named let whose procedure is only ever called in tail position: fresh variables on every round. To traces it is
   * a function of the label's name, called at `position`; `tail`: in tail position of the function or loop around it.
   */
  | {
    readonly kind: "loop";
    readonly tail: boolean;
    readonly position: Position | null;
    readonly label: LoopLabel;
    readonly variables: readonly Variable[];
    readonly inits: readonly Core[];
    readonly body: Core;
  }
  /** The next round of the enclosing `loop` with this label. */
  | { readonly kind: "continue"; readonly label: LoopLabel; readonly args: readonly Core[] }
  /** Runs the body while the test holds; value nil. Variables inside are bound afresh each round. */
  | { readonly kind: "while"; readonly test: Core; readonly body: Core; readonly position: Position | null }
  /** Runs the body; a catchable condition binds `variable` to its error map (`raw`: see `guard`) and runs the handler. */
  | {
    readonly kind: "try";
    readonly body: Core;
    readonly variable: Variable;
    readonly handler: Core;
    readonly position: Position | null;
  };

/** Identity of a `loop`; `variables` are the loop's own. */
export interface LoopLabel {
  readonly name: string;
  readonly variables: readonly Variable[];
}
