/**
 * The ways out of generated code: side exits, frames that are saved while the stack is unwound, errors on their way to a
 * handler. Frames are handed over as plain arguments: for each the number of its point, the closure and the values.
 */
import { madeOnLeaving, variableOnLeaving } from "./closures.ts";
import type { Decoded } from "./instructions.ts";
import { Caught, Constant, isVirtual, type Known, Made } from "./known.ts";
import type { Operand } from "./operand.ts";
import type { Exit } from "./reasons.ts";
import type { Fused, State } from "./translation.ts";
import type { Translator } from "./translator.ts";
import { NONE } from "./types.ts";
import type { Guess } from "./unit.ts";

/** What an exit tells a site's feedback. */
type Feedback = { readonly site: number; readonly seen: number } | null;

/** Why an activation is left by a side exit. */
type Why = { readonly exit: Exit; readonly feedback: Feedback; readonly guess: Guess };

/** A statement that moves the activation to the interpreter at `pc`, and with it those that it is inlined in. */
export function leave(t: Translator, pc: number, exit: Exit, feedback: Feedback): string {
  const guess = { code: t.code, pc, fused: t.site !== null && t.site.fused !== null };
  const flat = t.fused === null
    ? frames(t, pc, { exit, feedback, guess })
    : restart(t.fused, { exit, feedback, guess });
  if (handlerLabel(t) !== null) return `{ ${t.auxiliary("$v")} = [${flat}]; break $leave; }`;
  return `return ${t.helper("leave")}($F, $d, ${flat});`;
}

/** Whether leaving writes what exists nowhere else: then the analysis has to know of it. The text itself it throws away. */
function makesOnLeaving(t: Translator): boolean {
  const { site } = t;
  if (
    site?.callee instanceof Made || t.known.some(isMadeLater) ||
    t.stack.some((operand) => isMadeLater(t.knownOf(operand)))
  ) return true;
  return site !== null && site.result !== null && makesOnLeaving(site.caller);
}

function isMadeLater(known: Known | null): boolean {
  return known !== null && !(known instanceof Constant);
}

/**
 * What leaving needs of the activation and of those that it is inlined in. They are no arrays, because the length of its
 * bytecode decides whether V8 inlines a function: upvalue-counter 2.2 → 1.9 times JavaScript.
 */
function frames(t: Translator, pc: number, why: Why | null): string {
  if (t.analysing && !makesOnLeaving(t)) return "";
  const [number, values] = point(t, pc, why);
  const own = [number, runningClosure(t), ...values].join(", ");
  const { site } = t;
  return site === null || site.result === null ? own : `${own}, ${frames(site.caller, site.at.next, null)}`;
}

/** What leaving needs to go back to where the first call of a group is made. */
function restart({ caller, first, stack }: Fused, why: Why): string {
  const now = caller.stack;
  caller.stack = [...stack];
  const flat = frames(caller, first.pc, why);
  caller.stack = now;
  return flat;
}

/**
 * A statement that leaves if a call that returns to `pc` has not returned with a value but with `UNWIND`. Among floats it
 * has a way on, never taken, that assigns nil: a variable that JSC has seen nothing but doubles in becomes one, and when
 * a boxed float comes once in thousands of calls it leaves its code each time and does not learn (spectral-norm: 16 →
 * 3 times JavaScript after 100 calls).
 */
export function unwound(t: Translator, result: string, pc: number): string {
  const label = handlerLabel(t);
  if (label === null) {
    if (!t.shared.unboxes) return `if (${result} === $U) return ${saved(t, pc)};`;
    return `if (${result} === $U) { if (${saved(t, pc)}) return $U; ${result} = null; }`;
  }
  const error = t.auxiliary("$t");
  return `if (${result} === $U) { ${error} = ${t.helper("failure")}(); ` +
    `if (${error} === null) return ${saved(t, pc)}; break ${label}; }`;
}

/** The expression that saves the frame for a pending call that returns to `pc`, and those it is inlined in. */
export function saved(t: Translator, pc: number): string {
  return `${t.helper("save")}($F, ${frames(t, pc, null)})`;
}

/** Raises a value: a handler in the text receives it by a jump. */
export function raise(t: Translator, at: Decoded, value: string): void {
  if (t.fused !== null) {
    t.out.push(t.exitTo(at.pc, "error", null));
    return;
  }
  const label = handlerLabel(t);
  if (label === null) {
    t.out.push(`return ${t.helper("throw")}($F, ${value}, ${t.siteNumber(at)});`);
    return;
  }
  t.noteSite(at);
  t.out.push(`${t.auxiliary("$t")} = ${t.helper("raise")}(${value});`, `break ${label};`);
}

/** The label of the innermost TRY around what is being written, of this function or of one that it is inlined in. */
function handlerLabel(t: Translator): string | null {
  if (t.tryDepth > 0) return t.label("T", t.tryDepth);
  return t.site === null ? null : handlerLabel(t.site.parent);
}

/** The running closure, on leaving. */
function runningClosure(t: Translator): string {
  const callee = t.site?.callee;
  if (callee === undefined) return "$c";
  return callee instanceof Made ? madeOnLeaving(t, callee) : t.unit.constant(callee);
}

function point(t: Translator, pc: number, why: Why | null): [number, string[]] {
  const live = t.live.get(pc);
  const slots: number[] = [];
  const values: string[] = [];
  t.types.forEach((type, slot) => {
    if (live?.[slot] !== 1 || type === NONE) return;
    slots.push(slot);
    values.push(slotOnLeaving(t, slot));
  });
  t.stack.forEach((operand, k) => {
    slots.push(t.code.slots + k);
    values.push(operandOnLeaving(t, operand));
  });
  const height = t.code.slots + t.stack.length;
  return [
    t.unit.point({ code: t.code, pc, slots, height, ...why ?? { exit: null, feedback: null, guess: null } }),
    values,
  ];
}

function slotOnLeaving(t: Translator, slot: number): string {
  const variable = t.sharedSlots[slot];
  if (variable) return variableOnLeaving(t, variable);
  const known = t.known[slot];
  return isVirtual(known) ? madeOnLeaving(t, known) : t.boxedSlot(slot);
}

function operandOnLeaving(t: Translator, operand: Operand): string {
  const known = t.knownOf(operand);
  return isVirtual(known) ? madeOnLeaving(t, known) : t.boxed(operand);
}

/** The error that the handler at `target` is given, if it does not look at the trace. */
export function caughtAt(t: Translator, target: number): Caught | null {
  const known = t.caught.get(target);
  if (known !== undefined) return known;
  const handler = t.code.handlers.find((h) => h.target === target);
  const name = t.shared.names.take("e").slice(1);
  const caught = handler === undefined || handler.trace ? null : new Caught(`$e${name}_`, `$e${name}_m`);
  t.caught.set(target, caught);
  return caught;
}

/** The clause that receives an error inside a TRY, up to where its handler goes on. */
export function clause(t: Translator, target: number, entry: State): string[] {
  t.types = [...entry.slots];
  t.known = [...entry.known];
  t.stack = entry.stack.slice(0, -1).map((type, k) => t.place(k, type));
  const caught = caughtAt(t, target);
  if (caught === null) {
    const [number, values] = point(t, target, null);
    return [`return ${t.helper("caughtWithTrace")}($F, ${number}, $c, $t, $s, [${values.join(", ")}]);`];
  }
  const error = `${t.auxiliary(caught.error)} = ${t.helper("caught")}($F, $t, $s);`;
  if (caught.virtual) return [error, `${t.auxiliary(caught.map)} = undefined;`];
  return [error, `${t.home(t.stack.length)} = ${t.helper("errorMap")}(${caught.error});`];
}
