/** What the walker's functions and frames are made of. */
import type { Core, Lambda, Position } from "../core/mod.ts";
import { Procedure, type Value } from "../data/mod.ts";
import type { Scope } from "../globals/mod.ts";

/** A variable that closures share. */
export class Box {
  value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** What a slot or a capture holds. */
export type Held = Value | Box;

/** Name and arity that a library function is declared with, and reports. */
export interface Signature {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** A Sema function run by the walker. */
export class WalkerClosure extends Procedure {
  readonly lambda: Lambda;
  readonly captures: Held[];
  /** Where it finds its globals. */
  readonly scope: Scope;
  /** Part of the library: traces do not show it. */
  readonly library: boolean;
  /** For what a declaration of the library binds. */
  readonly signature: Signature | null;

  constructor(lambda: Lambda, captures: Held[], scope: Scope, library: boolean, signature: Signature | null = null) {
    super();
    this.lambda = lambda;
    this.captures = captures;
    this.scope = scope;
    this.library = library;
    this.signature = signature;
  }

  override get parameterNames(): readonly string[] {
    return this.lambda.parameters.map(({ name }) => name.name);
  }

  /** A library function written in Sema passes for one of the host; the closures that it returns do not. */
  override get typeName(): string {
    return this.signature === null ? "lambda" : "native-fn";
  }

  override printed(): string {
    const name = this.signature?.name ?? (this.lambda.named ? this.lambda.name : "<vm-closure>");
    return `<native-fn ${name}>`;
  }
}

/** A loop being run, which is a function of its own to traces. */
export type LoopEntry = Extract<Core, { kind: "loop" }>;

/** One activation of a closure. */
export class Frame {
  readonly closure: WalkerClosure;
  readonly slots: Held[];
  readonly caller: Frame | null;
  /** The loops being run, innermost last. */
  readonly loops: LoopEntry[] = [];
  /** Where the call being executed stands. */
  position: Position | null = null;

  constructor(closure: WalkerClosure, slots: Held[], caller: Frame | null) {
    this.closure = closure;
    this.slots = slots;
    this.caller = caller;
  }
}
