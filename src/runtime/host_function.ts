/**
 * A function of the host as a Sema function. Unlike a builtin it may do anything with the runtime that it is called
 * from, so callers must be ready to unwind when it returns: compiled code below may have been invalidated meanwhile.
 */
import { Procedure, type Value } from "../data/mod.ts";

/** A function of the host, to be called with any number of arguments. */
export class HostFunction extends Procedure {
  override readonly typeName = "native-fn";
  readonly name: string;
  /** Throws only conditions. The array belongs to it. */
  readonly run: (args: Value[]) => Value;

  constructor(name: string, run: (args: Value[]) => Value) {
    super();
    this.name = name;
    this.run = run;
  }

  override printed(): string {
    return `<native-fn ${this.name}>`;
  }
}
