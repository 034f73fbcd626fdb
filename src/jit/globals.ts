/**
 * Globals in generated code. One that is seldom assigned is the value that it holds now: the unit notes that it relies on
 * it, and is thrown away when the global is assigned after all; activations that are running then are left.
 */
import { Builtin } from "../builtins/declare.ts";
import { Closure } from "../bytecode/mod.ts";
import { Flonum, Keyword, Sym, type Value } from "../data/mod.ts";
import type { GlobalCell, Unbound } from "../globals/mod.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import type { Constant } from "./known.ts";
import { saved } from "./leaving.ts";
import { constantOperand } from "./operand.ts";
import type { Translator } from "./translator.ts";
import { ANY } from "./types.ts";
import { MOST_CHANGES } from "./unit.ts";

/** The value of a global, checked to be bound. */
export function checkedGlobal(t: Translator, cell: GlobalCell): string {
  const name = t.unit.constant(cell);
  const value = t.auxiliary("$g");
  t.out.push(
    `${value} = ${name}.value; if (${value} === ${t.helper("UNBOUND")}) ${t.helper("unbound")}(${name});`,
  );
  return value;
}

/**
 * What the global holds now, if the unit may rely on it: a function or a value that keeps nothing alive, not assigned
 * too often.
 */
export function builtIn(t: Translator, cell: GlobalCell): Constant | null {
  const { value } = cell;
  if (cell.changes >= MOST_CHANGES || !(value instanceof Closure || value instanceof Builtin || isPlain(value))) {
    return null;
  }
  t.unit.cells.add(cell);
  return t.constant(value);
}

/** A value of a global on the stack: itself while nobody assigns it. Then its type is known, too. */
export function getGlobal(t: Translator, at: Decoded): void {
  const cell = t.code.constants[operandOf(at, "cell")] as GlobalCell;
  const known = builtIn(t, cell);
  if (known !== null) return t.push(constantOperand(known.value));
  t.noteSite(at);
  t.pushHome(checkedGlobal(t, cell), ANY);
}

/** Assigns a global; the rest of the activation is left if code that is running relied on it. */
export function setGlobal(t: Translator, at: Decoded, define: boolean): void {
  t.effect();
  const cell = t.unit.constant(t.code.constants[operandOf(at, "cell")]);
  const value = t.popHome();
  const leave = `${t.helper("assign")}(${cell}, ${value}, ${define})`;
  t.out.push(
    `if (${cell}.watchers === null) ${cell}.value = ${value}; else if (${leave}) return ${saved(t, at.next)};`,
  );
  if (define) t.stack.push(constantOperand(null));
  else t.stack.push(t.place(t.stack.length, ANY));
}

/** A value that holds no others. */
function isPlain(value: Value | Unbound): value is number | boolean | null | string | Flonum | Sym | Keyword {
  return value === null || typeof value === "number" || typeof value === "boolean" || typeof value === "string" ||
    value instanceof Flonum || value instanceof Sym || value instanceof Keyword;
}
