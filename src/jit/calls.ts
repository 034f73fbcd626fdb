/**
 * Calls in generated code: in place for small functions and builtins that the table of expansions knows, a plain call
 * of JavaScript for a function that is known, a check of what is called for one that is not.
 */
import { Builtin } from "../builtins/declare.ts";
import { Closure } from "../bytecode/mod.ts";
import type { GlobalCell } from "../runtime/globals.ts";
import { expand } from "./expansions.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import type { Operand } from "./operand.ts";
import type { Translator } from "./translator.ts";
import { ANY } from "./types.ts";
import { MOST_CHANGES } from "./unit.ts";

/** What ends a function: a value, or a call whose result is the function's. */
export function returnCall(t: Translator, at: Decoded): void {
  if (at.row.name === "RETURN") return result(t, t.boxed(t.pop()));
  if (at.row.name === "TAIL_APPLY") {
    const list = t.boxed(t.pop());
    const callee = t.boxed(t.pop());
    t.noSite();
    return resultOfTailCall(t, `${t.helper("tailApply")}($F, ${t.siteNumber(at)}, ${callee}, $d + $w, ${list})`);
  }
  const count = operandOf(at, "count");
  const operands = t.popMany(count);
  const known = knownCallee(t, at);
  if (known instanceof Closure && known.code.exact === count) {
    if (inlined(t, at, known, operands)) {
      if (t.site !== null && t.site.result !== null) t.out.push(`break $I${t.site.id};`);
      return;
    }
    t.noSite();
    return resultOfTailCall(t, directCall(t, known, operands.map((operand) => t.boxed(operand))));
  }
  if (known instanceof Builtin && builtinInPlace(t, at, known, operands)) {
    return result(t, t.boxed(t.pop()));
  }
  const args = operands.map((operand) => t.boxed(operand));
  const callee = unknownCallee(t, at);
  t.noSite();
  const general = `${t.helper("tailCall")}($F, ${t.siteNumber(at)}, ${callee}, $d + $w, [${args.join(", ")}])`;
  if (t.site === null) {
    t.out.push(`if (${isPlain(t, callee, count)}) return ${plainCall(callee, args)};`);
    return resultOfTailCall(t, general);
  }
  resultOfTailCall(t, `${isPlain(t, callee, count)} ? ${plainCall(callee, args)} : ${general}`);
}

/** Ends the function with a value. */
function result(t: Translator, text: string): void {
  if (t.site === null || t.site.result === null) t.out.push(`return ${text};`);
  else t.out.push(`${t.site.result} = ${text};`, `break $I${t.site.id};`);
}

/** Ends the function with what a tail call returns: where it is inlined, the caller may have to be saved. */
function resultOfTailCall(t: Translator, text: string): void {
  const { site } = t;
  if (site === null || site.result === null) {
    t.out.push(`return ${text};`);
    return;
  }
  t.out.push(`${site.result} = ${text};`, `if (${site.result} === $U) return ${site.caller.saved(site.at.next)};`);
  t.out.push(`break $I${site.id};`);
}

/** An intrinsic whose global was redefined: a call of the global. */
export function redefinedIntrinsic(t: Translator, at: Decoded, cell: GlobalCell): void {
  const args = t.popMany(at.row.pops).map((operand) => t.boxed(operand));
  const callee = t.auxiliary("$f");
  t.out.push(`${callee} = ${t.unit.constant(cell)}.value;`);
  dynamicCall(t, at, callee, args);
}

/** A call that is no tail call: what it calls, known or not, with the result on the stack. */
export function call(t: Translator, at: Decoded): void {
  const count = operandOf(at, "count");
  const operands = t.popMany(count);
  const known = knownCallee(t, at);
  if (known instanceof Closure && known.code.exact === count) {
    if (inlined(t, at, known, operands)) return;
    return t.called(at, directCall(t, known, operands.map((operand) => t.boxed(operand))));
  }
  if (known instanceof Builtin && builtinInPlace(t, at, known, operands)) return;
  const args = operands.map((operand) => t.boxed(operand));
  dynamicCall(t, at, unknownCallee(t, at), args);
}

/** Writes the body of the callee in place of the call, if it is one of those. */
function inlined(t: Translator, at: Decoded, callee: Closure, operands: readonly Operand[]): boolean {
  if (t.analysing) return false;
  const lines = t.shared.inline(t, at, callee, operands);
  if (lines === null) return false;
  t.out.push(...lines);
  if (at.row.flow !== "return") {
    t.stack.push({ text: t.home(t.stack.length), type: ANY, slot: -1, constant: undefined });
  }
  return true;
}

/** A call of a known builtin: its expansion or a plain call, the value on the stack. */
function builtinInPlace(t: Translator, at: Decoded, builtin: Builtin, operands: readonly Operand[]): boolean {
  const args = (): string[] => operands.map((operand) => t.boxed(operand));
  if (expand(t, at, builtin, operands, () => builtinText(t, builtin, args()) ?? "")) return true;
  const text = builtinText(t, builtin, args());
  if (text === null) return false;
  t.noteSite(at);
  t.pushHome(text, ANY);
  return true;
}

/** A call of whatever `callee`, a variable, holds. */
function dynamicCall(t: Translator, at: Decoded, callee: string, args: readonly string[]): void {
  const general = `${t.helper("call")}(${callee}, $d + $w, [${args.join(", ")}])`;
  t.called(at, `${isPlain(t, callee, args.length)} ? ${plainCall(callee, args)} : ${general}`);
}

/** `$f` set to a callee that is not known: from the stack, a global or the running closure. */
function unknownCallee(t: Translator, at: Decoded): string {
  switch (at.row.name) {
    case "CALL":
    case "TAIL_CALL": {
      return t.variable(t.pop());
    }
    case "CALL_SELF":
    case "TAIL_CALL_SELF":
      return t.closure;
    default: {
      const cell = t.code.constants[operandOf(at, "cell")] as GlobalCell;
      t.noteSite(at);
      return t.named(t.global(cell));
    }
  }
}

/** What the callee of an instruction is, where that can be built in. */
function knownCallee(t: Translator, at: Decoded): Closure | Builtin | null {
  if (!at.row.operands.includes("cell")) return null;
  const cell = t.code.constants[operandOf(at, "cell")] as GlobalCell;
  const { value } = cell;
  if (cell.changes >= MOST_CHANGES || !(value instanceof Closure || value instanceof Builtin)) return null;
  t.unit.cells.add(cell);
  return value;
}

/** A call of a known closure: a plain call of JavaScript, of t very function where it is that. */
function directCall(t: Translator, closure: Closure, args: readonly string[]): string {
  const self = closure.code === t.unit.code && t.unit.entry === 0;
  const target = self ? t.unit.functionName : `${t.unit.constant(closure.code)}.entry`;
  return `${target}(${[t.unit.constant(closure), "$d + $w", ...args].join(", ")})`;
}

function builtinText(t: Translator, builtin: Builtin, args: readonly string[]): string | null {
  const context = t.helper("context");
  const fixed = [builtin.f0, builtin.f1, builtin.f2, builtin.f3][args.length] ?? null;
  if (fixed !== null) return `${t.unit.constant(fixed)}(${[...args, context].join(", ")})`;
  if (builtin.fn === null || args.length < builtin.min || args.length > builtin.max) return null;
  return `${t.unit.constant(builtin.fn)}([${args.join(", ")}], ${context})`;
}

function isPlain(t: Translator, callee: string, count: number): string {
  return `${callee} instanceof ${t.helper("Closure")} && ${callee}.code.exact === ${count}`;
}

function plainCall(callee: string, args: readonly string[]): string {
  return `${callee}.code.entry(${[callee, "$d + $w", ...args].join(", ")})`;
}

/** A call of a builtin that is no global. */
export function builtinCall(t: Translator, at: Decoded, builtin: Builtin, count: number): void {
  const args = t.popMany(count).map((operand) => t.boxed(operand));
  const general = `${t.unit.constant(builtin)}.apply([${args.join(", ")}], ${t.helper("context")})`;
  t.failing(at, builtinText(t, builtin, args) ?? general, ANY);
}

/** A call with a list of arguments. */
export function applyList(t: Translator, at: Decoded): void {
  const list = t.boxed(t.pop());
  const callee = t.boxed(t.pop());
  t.called(at, `${t.helper("apply")}(${callee}, $d + $w, ${list})`);
}
