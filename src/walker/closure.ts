/** What the walker's functions and frames are made of. */
import type { Core, Lambda, Position } from "../core/mod.ts";
import { Procedure, type Value } from "../data/mod.ts";

/** A variable that closures share. */
export class Box {
  value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** What a slot or a capture holds. */
export type Held = Value | Box;

/** A Sema function run by the walker. */
export class WalkerClosure extends Procedure {
  override readonly typeName = "lambda";
  readonly lambda: Lambda;
  readonly captures: Held[];
  /** Part of the library: traces do not show it. */
  readonly library: boolean;

  constructor(lambda: Lambda, captures: Held[], library: boolean) {
    super();
    this.lambda = lambda;
    this.captures = captures;
    this.library = library;
  }

  override printed(): string {
    return `<native-fn ${this.lambda.named ? this.lambda.name : "<vm-closure>"}>`;
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
