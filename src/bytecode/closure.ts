/**
 * Closures, the cells they share, and the call contract between the tiers: how compiled code calls any closure.
 */
import { Procedure, type Value } from "../data/mod.ts";
import type { Code } from "./code.ts";

/**
 * What a call returns instead of a value while the stack is being unwound: every frame that sees it saves itself and
 * returns it, too. Never a Sema value.
 */
export class Unwind {
  readonly #brand = true;
}

/** The one {@link Unwind}. */
export const UNWIND: Unwind = new Unwind();

/**
 * A variable that closures share. While the frame that owns it runs in the interpreter the cell is *open*: `slot` is
 * its place on that stack and `value` is stale. Closed (`slot` is -1), `value` holds.
 */
export class Cell {
  value: Value;
  slot: number;
  /** The next open cell below on the stack. */
  next: Cell | null;

  constructor(value: Value, slot: number, next: Cell | null) {
    this.value = value;
    this.slot = slot;
    this.next = next;
  }
}

/** What a closure captures: a value, or the cell of a shared variable. The code's `captures` tell which. */
export type Captured = Value | Cell;

/** A Sema function value. */
export class Closure extends Procedure {
  readonly code: Code;
  readonly captures: Captured[];

  constructor(code: Code, captures: Captured[]) {
    super();
    this.code = code;
    this.captures = captures;
  }

  override get parameterNames(): readonly string[] {
    return this.code.slotNames.slice(0, this.code.parameters);
  }

  /** A library function written in Sema passes for one of the host; the closures that it returns do not. */
  override get typeName(): string {
    return this.code.library && this.code.named ? "native-fn" : "lambda";
  }

  override printed(): string {
    return `<native-fn ${this.code.named ? this.code.name : "<vm-closure>"}>`;
  }
}

/**
 * Calls a closure from compiled code, with exactly the code's parameters. `depth` is the height of the host's stack in
 * the units of `runtime/depth.ts`. Returns {@link UNWIND} when the stack must be unwound and when the call
 * fails; may throw conditions, too.
 */
export type Entry = (closure: Closure, depth: number, ...args: Value[]) => Value | Unwind;
