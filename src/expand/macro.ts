/** Macros as values, and what expanding needs from the runtime. */
import type { Positions } from "../reader/mod.ts";
import { type List, Opaque, type Sym, type Value } from "../data/mod.ts";

/** What expanding asks of the runtime that it works for. */
export interface ExpandHost {
  /** The macro that the global `name` holds, or null. */
  macro(name: Sym): Macro | null;
  /** Binds the global `name` to a macro. */
  defineMacro(name: Sym, macro: Macro): void;
  /** The value of a form, run as a unit of its own in the global scope; `positions` tells where its parts stand. */
  evaluate(form: Value, positions: Positions): Value;
  /** Calls a procedure. */
  apply(procedure: Value, args: readonly Value[]): Value;
  /** A fresh symbol `prefix__N`. */
  gensym(prefix: string): Sym;
}

/** Turns a macro call, the whole form, into what replaces it. */
export type Transformer = (form: List, host: ExpandHost) => Value;

/** A macro: a first-class value that cannot be called. */
export class Macro extends Opaque {
  override readonly typeName = "macro";
  readonly name: string;
  readonly transform: Transformer;
  /** The shape of its calls. */
  readonly usage: string;

  constructor(name: string, transform: Transformer, usage: string) {
    super();
    this.name = name;
    this.transform = transform;
    this.usage = usage;
  }

  override printed(): string {
    return `<macro ${this.name}>`;
  }
}
