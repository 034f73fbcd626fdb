/**
 * What is known of a value beyond its type: that it is a constant, or a closure or map made by an instruction of this
 * unit. It comes in with a block and goes out with its edges as types do; where two edges disagree nothing is known.
 *
 * A closure that is only called where it is known is *virtual*: it is never made, its captures are variables of the
 * text, and so are the shared variables that it captures. Only an activation that is left needs them as values; they
 * are made there, once for all frames that are saved (`??=`), because no code of the text looks at them any more. What
 * is needed anywhere else is real: made, as in the interpreter, where the program says so. The analysis begins with
 * everything virtual and begins again whenever it finds a need. The same holds of a map that is written with constant
 * keys, while all that is done with it is to look up others (`maps.ts`).
 */
import type { Code } from "../bytecode/mod.ts";
import type { Value } from "../data/mod.ts";
import { NONE } from "./types.ts";

/** A variable that closures share, of a function in the text. */
export class SharedVariable {
  /** It holds a cell; otherwise it holds the value. */
  real = false;
  /** All types that are assigned to it while it holds the value. */
  type: number = NONE;
  /** The variable of the text. */
  readonly name: string;
  /** The variable for the cell that is made on leaving. */
  readonly cell: string;

  constructor(name: string, cell: string) {
    this.name = name;
    this.cell = cell;
  }
}

/** What a closure made in the text captures, or the value of an entry of a map made there. */
export class Capture {
  /** The variable of the text that holds a copy of the value, or of the cell. */
  readonly name: string;
  readonly isShared: boolean;
  /** The variable that is captured as a cell, where it is one of the text. */
  shared: SharedVariable | null = null;
  /** All types that the copy has had; `NONE`: nothing has been captured yet. */
  type: number = NONE;
  known: Known | null = null;

  constructor(name: string, isShared: boolean) {
    this.name = name;
    this.isShared = isShared;
  }
}

/** The closure made last by one instruction of the text. */
export class Made {
  readonly code: Code;
  /** The variable of the text that holds it, once it is made. */
  readonly name: string;
  readonly captures: readonly Capture[];
  virtual: boolean;
  /** The text refers to it by name: it keeps the closure, if there is one, and copies of its captures. */
  kept = false;

  constructor(code: Code, name: string, virtual: boolean) {
    this.code = code;
    this.name = name;
    this.virtual = virtual;
    this.captures = code.captures.map((source, i) => new Capture(`${name}c${i}`, source.shared));
  }

  /** Whether `other` has to stay as it is until this has been made. */
  needs(other: Made | MadeMap | SharedVariable): boolean {
    if (this === other) return true;
    if (!this.virtual) return false;
    return this.captures.some(({ known, shared }) => shared === other || (isMade(known) && known.needs(other)));
  }
}

/** The map made last by one instruction of the text. */
export class MadeMap {
  readonly keys: readonly Value[];
  /** The variable of the text that holds it, once it is made. */
  readonly name: string;
  /** The values, in the order of the keys. */
  readonly captures: readonly Capture[];
  virtual: boolean;
  /** The text refers to the map by name, or to what it holds. */
  kept = false;

  constructor(keys: readonly Value[], name: string, virtual: boolean) {
    this.keys = keys;
    this.name = name;
    this.virtual = virtual;
    this.captures = keys.map((_, i) => new Capture(`${name}e${i}`, false));
  }

  /** Whether `other` has to stay as it is until this has been made. */
  needs(other: Made | MadeMap | SharedVariable): boolean {
    if (this === other) return true;
    return this.virtual && this.captures.some(({ known }) => isMade(known) && known.needs(other));
  }
}

/** The error that a handler has been given. While only its value and its type are looked at its map is virtual. */
export class Caught {
  virtual = true;
  /** The variable of the text that holds the error. */
  readonly error: string;
  /** The variable for the map that is made on leaving. */
  readonly map: string;

  constructor(error: string, map: string) {
    this.error = error;
    this.map = map;
  }
}

/** A constant. One object for each value of a unit, so that equality is identity. */
export class Constant {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** See above. */
export type Known = Constant | Made | MadeMap | Caught;

/** Whether it is a closure or map made in the text. */
export function isMade(known: Known | null | undefined): known is Made | MadeMap {
  return known instanceof Made || known instanceof MadeMap;
}

/** Whether it is something that exists only where an activation is left. */
export function isVirtual(known: Known | null | undefined): known is Made | MadeMap | Caught {
  return (isMade(known) || known instanceof Caught) && known.virtual;
}
