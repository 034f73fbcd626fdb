/**
 * Calls in generated code: in place for small functions and builtins that the table of expansions knows, a plain call
 * of JavaScript for a function that is known, a check of what is called for one that is not.
 */
import { Builtin } from "../builtins/declare.ts";
import { primitives } from "../builtins/primitives.ts";
import { Closure, type Code } from "../bytecode/mod.ts";
import { Keyword } from "../data/mod.ts";
import type { GlobalCell } from "../globals/mod.ts";
import { keep, need } from "./closures.ts";
import { expand } from "./expansions.ts";
import { builtIn, checkedGlobal } from "./globals.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import { Caught, Constant, isVirtual, type Known, Made, MadeMap } from "./known.ts";
import { unwound } from "./leaving.ts";
import { onMap, pushEntry } from "./maps.ts";
import type { Operand } from "./operand.ts";
import { type Callee, noted, type ResultPlace } from "./translation.ts";
import type { Translator } from "./translator.ts";
import { ANY, isRaw, OTHER } from "./types.ts";

/** What ends a function: a value, or a call whose result is the function's. */
export function returnCall(t: Translator, at: Decoded): void {
  if (at.row.name === "RETURN") return result(t, t.pop());
  if (at.row.name === "TAIL_APPLY") {
    const list = t.boxed(t.pop());
    const callee = t.boxed(t.pop());
    t.noSite();
    return resultOfTailCall(t, `${t.helper("tailApply")}($F, ${t.siteNumber(at)}, ${callee}, $d + $w, ${list})`);
  }
  const count = operandOf(at, "count");
  const operands = t.popMany(count);
  const known = knownCallee(t, at);
  if (known instanceof Builtin) {
    if (builtinInPlace(t, at, known, operands)) return result(t, t.pop());
  } else if (known !== null) {
    if (startAgain(t, at, known, operands)) return;
    if (takes(known, count) && t.shared.inline(t, at, known, operands)) {
      if (t.site !== null && t.site.result !== null) t.out.push(`break $I${t.site.id};`);
      return;
    }
    if (known.code.exact === count) {
      const text = directCall(t, known, operands.map((operand) => t.boxed(operand)));
      t.noSite();
      return resultOfTailCall(t, text);
    }
  }
  if (known === null && count === 1 && lookedUp(t, at, operands[0] as Operand)) return result(t, t.pop());
  const args = operands.map((operand) => t.boxed(operand));
  const callee = callable(t, at, known);
  t.noSite();
  const general = `${t.helper("tailCall")}($F, ${t.siteNumber(at)}, ${callee}, $d + $w, [${args.join(", ")}])`;
  if (t.site === null) {
    t.out.push(`if (${isPlain(t, callee, count)}) return ${plainCall(callee, args)};`);
    return resultOfTailCall(t, general);
  }
  resultOfTailCall(t, `${isPlain(t, callee, count)} ? ${plainCall(callee, args)} : ${general}`);
}

/** Ends the function with a value. */
function result(t: Translator, operand: Operand): void {
  if (t.site === null || t.site.result === null) {
    t.out.push(`return ${t.boxed(operand)};`);
    return;
  }
  const { result, id, caller } = t.site;
  learnResult(t, result, t.knownOf(operand));
  result.type |= t.typeOf(operand);
  if (isVirtual(result.known)) {
    t.out.push(`break $I${id};`);
    return;
  }
  const raw = isRaw(result.type);
  const place = raw ? caller.rawHome(result.k) : caller.home(result.k);
  t.out.push(`${place} = ${raw ? t.rawText(operand) : t.boxed(operand)};`, `break $I${id};`);
}

/** Notes what is known of one of the results of an inlined function. */
function learnResult(t: Translator, result: ResultPlace, known: Known | null): void {
  if (result.known === undefined) result.known = known;
  if (result.known === known) return;
  for (const each of [result.known, known]) if (isVirtual(each)) need(t.shared, each);
  if (result.known === null) return;
  noted(t.shared);
  result.known = null;
}

/** Ends the function with what a tail call returns: where it is inlined, the caller may have to be saved. */
function resultOfTailCall(t: Translator, text: string): void {
  t.effect();
  const { site } = t;
  t.shared.calls++;
  if (site === null || site.result === null) {
    t.out.push(`return ${text};`);
    return;
  }
  const name = site.caller.home(site.result.k);
  learnResult(t, site.result, null);
  site.result.type = ANY;
  t.out.push(`${name} = ${text};`, unwound(site.caller, name, site.at.next));
  t.out.push(`break $I${site.id};`);
}

/** A tail call of a function whose text this is in, by tail calls only: a jump to its start. */
function startAgain(t: Translator, at: Decoded, callee: Callee, operands: readonly Operand[]): boolean {
  for (let inner = t; inner.site !== null && inner.site.at.row.flow === "return"; inner = inner.site.parent) {
    const outer = inner.site.parent;
    const isCallee = outer.site === null ? callee instanceof Closure && outer.isWhole : outer.site.callee === callee;
    if (!isCallee || outer.code !== callee.code || outer.code.exact !== operands.length) continue;
    if (outer.site === null && callee.code.captures.length > 0) continue;
    t.rounds.backEdge(at);
    outer.startAgain(operands.map((operand) => t.handedOver(operand)), t.out);
    return true;
  }
  return false;
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
  if (known instanceof Builtin) {
    if (builtinInPlace(t, at, known, operands)) return;
  } else if (known !== null) {
    if (takes(known, count) && t.shared.inline(t, at, known, operands)) return;
    if (known.code.exact === count) {
      return t.called(at, directCall(t, known, operands.map((operand) => t.boxed(operand))));
    }
  }
  if (known === null && count === 1 && lookedUp(t, at, operands[0] as Operand)) return;
  const args = operands.map((operand) => t.boxed(operand));
  if (at.row.name === "CALL_SELF" && t.site === null && t.code.exact === count) {
    return t.called(at, `${target(t, t.code)}(${["$c", "$d + $w", ...args].join(", ")})`);
  }
  dynamicCall(t, at, callable(t, at, known), args);
}

/** A call of a keyword that looks up itself in a map. */
function lookedUp(t: Translator, at: Decoded, map: Operand): boolean {
  const callee = at.row.name === "CALL" || at.row.name === "TAIL_CALL" ? t.knownOf(t.stack.at(-1) as Operand) : null;
  const key = callee instanceof Constant ? callee.value : null;
  if (!(key instanceof Keyword)) return false;
  t.pop();
  const name = t.unit.constant(key);
  const known = t.knownOf(map);
  if (known instanceof MadeMap) {
    pushEntry(t, known, key, null);
    return true;
  }
  if (known instanceof Caught && known.virtual && (key.name === "value" || key.name === "type")) {
    t.pushHome(`${t.helper("entryOfError")}(${known.error}, ${name})`, ANY);
    return true;
  }
  const text = t.variable(map);
  const found = t.auxiliary("$a");
  const value = `(${found} = ${text}.get(${name})) === undefined ? null : ${found}`;
  t.failing(
    at,
    `${text} instanceof ${t.helper("SortedMap")} ? ${value} : ${t.helper("lookUp")}(${name}, [${text}])`,
    ANY,
  );
  return true;
}

/** Whether a call with so many arguments succeeds. */
function takes({ code }: Callee, count: number): boolean {
  return code.exact === count || (code.rest && count >= code.min && count <= code.max);
}

/** A call of a known builtin: its expansion or a plain call, the value on the stack. */
function builtinInPlace(t: Translator, at: Decoded, builtin: Builtin, operands: readonly Operand[]): boolean {
  const args = (): string[] => operands.map((operand) => t.boxed(operand));
  if (builtin.declaration.pure !== true) t.effect();
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

/** What the callee of an instruction is, where that can be built in. One on the stack is popped only then. */
function knownCallee(t: Translator, at: Decoded): Callee | Builtin | null {
  switch (at.row.name) {
    case "CALL":
    case "TAIL_CALL": {
      const known = t.knownOf(t.stack.at(-1) as Operand);
      const callee = known instanceof Constant ? known.value : known;
      if (!(callee instanceof Closure || callee instanceof Builtin || callee instanceof Made)) return null;
      t.pop();
      return callee;
    }
    case "CALL_SELF":
    case "TAIL_CALL_SELF":
      return t.site?.callee ?? null;
    default: {
      const { value } = builtIn(t, t.code.constants[operandOf(at, "cell")] as GlobalCell) ?? {};
      return value instanceof Closure || value instanceof Builtin ? value : null;
    }
  }
}

/** A variable set to the callee. */
function callable(t: Translator, at: Decoded, known: Callee | Builtin | null): string {
  if (known !== null) return t.named(known instanceof Made ? realMade(t, known) : t.unit.constant(known));
  switch (at.row.name) {
    case "CALL":
    case "TAIL_CALL":
      return t.variable(t.pop());
    case "CALL_SELF":
    case "TAIL_CALL_SELF":
      return "$c";
    default: {
      t.noteSite(at);
      return t.named(checkedGlobal(t, t.code.constants[operandOf(at, "cell")] as GlobalCell));
    }
  }
}

/** A call of a known closure: a plain call of JavaScript, of this very function where it is that. */
function directCall(t: Translator, callee: Callee, args: readonly string[]): string {
  const closure = callee instanceof Made ? realMade(t, callee) : t.unit.constant(callee);
  return `${target(t, callee.code)}(${[closure, "$d + $w", ...args].join(", ")})`;
}

function target(t: Translator, code: Code): string {
  return code === t.unit.code && t.unit.entry === 0 ? t.unit.functionName : `${t.unit.constant(code)}.entry`;
}

function realMade(t: Translator, made: Made): string {
  need(t.shared, made);
  return keep(t.shared, made);
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
  if (onMap(t, at, builtin, count)) return;
  if (builtin.declaration.pure !== true) t.effect();
  const args = t.popMany(count).map((operand) => t.boxed(operand));
  if (builtin === primitives.vector) {
    return t.pushHome(`new ${t.helper("Vector")}([${args.join(", ")}])`, OTHER);
  }
  const general = `${t.unit.constant(builtin)}.apply([${args.join(", ")}], ${t.helper("context")})`;
  t.failing(at, builtinText(t, builtin, args) ?? general, ANY);
}

/** A call with a list of arguments. */
export function applyList(t: Translator, at: Decoded): void {
  const list = t.boxed(t.pop());
  const callee = t.boxed(t.pop());
  t.called(at, `${t.helper("apply")}(${callee}, $d + $w, ${list})`);
}
