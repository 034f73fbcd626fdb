/**
 * The operand stack while a block is translated: each entry is an expression that can still be used where it is needed,
 * at the latest in the variable that stands for its place on the stack.
 */
import { Flonum, type Value } from "../data/mod.ts";
import type { Known } from "./known.ts";
import { typeOfValue } from "./types.ts";

/** One entry. */
export interface Operand {
  /** A variable, a literal, or the expression of a test. */
  readonly text: string;
  /** Ignored for a variable of the program: its type is that of the slot. */
  type: number;
  /** The slot of the variable of the program that it is, or -1. */
  readonly slot: number;
  /** The value of a literal. */
  readonly constant: Value | undefined;
  /** What else is known of it; for a variable of the program, see the slot. */
  readonly known?: Known;
}

/** A literal for a raw double. It is written as a float: JSC takes 0 for an integer, and what it joins for neither. */
export function rawLiteral(value: number): string {
  const text = numberLiteral(value);
  return Number.isInteger(value) && !text.includes("e") ? `${text}.0` : text;
}

/** The number that a constant is. */
export function numberOf(value: Value): number {
  return value instanceof Flonum ? value.value : value as number;
}

function numberLiteral(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/**
 * Longer strings are not written into the text. Those that are, V8 holds once: what `split` makes of them it remembers
 * (0.1 µs instead of 0.4 for a line of eight fields).
 */
const LONG = 200;

/** A literal for a constant as a Sema value, or null where only a reference will do. */
export function literal(value: Value): string | null {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberLiteral(value);
  return typeof value === "string" && value.length < LONG ? JSON.stringify(value) : null;
}

/** A constant as an operand. */
export function constantOperand(value: Value): Operand {
  const type = typeOfValue(value);
  const text = value instanceof Flonum ? rawLiteral(value.value) : literal(value) ?? "";
  return { text, type, slot: -1, constant: value };
}
