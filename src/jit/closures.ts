/**
 * Closures and the variables that they share in generated code; see `known.ts` for when they exist at run time.
 *
 * The text keeps a copy of each capture of a closure whose calls it inlines, because the variable that was captured may
 * be assigned again while the closure lives, when its slot serves another variable.
 */
import { Closure, type Code } from "../bytecode/mod.ts";
import { decode, type Decoded, operandOf } from "./instructions.ts";
import {
  type Capture,
  Caught,
  Constant,
  isMade,
  isVirtual,
  type Known,
  Made,
  type MadeMap,
  type SharedVariable,
} from "./known.ts";
import { mapText } from "./maps.ts";
import { constantOperand, type Operand } from "./operand.ts";
import { learned, noted, type Translation } from "./translation.ts";
import type { Translator } from "./translator.ts";
import { ANY, isRaw, NONE, OTHER } from "./types.ts";
import type { Values } from "./values.ts";

/** What had been thought virtual has to be made, and what a closure captures with it. */
export function need(shared: Translation, made: Made | MadeMap | Caught): void {
  if (!made.virtual) return;
  made.virtual = false;
  learned(shared);
  if (made instanceof Caught) return;
  for (const capture of made.captures) {
    if (isVirtual(capture.known)) need(shared, capture.known);
    if (capture.shared !== null) needCell(shared, capture.shared);
  }
}

function needCell(shared: Translation, variable: SharedVariable): void {
  if (variable.real) return;
  variable.real = true;
  learned(shared);
}

/** Closures and maps that leaving has to write to make one of them, counted as often as they are in it. */
const MOST_TO_MAKE = 20;

/** What would be too much to write at each exit is made where the program says so. */
export function limitLeaving(shared: Translation, made: Made | MadeMap): void {
  if (made.virtual && toMake(made) > MOST_TO_MAKE) need(shared, made);
}

function toMake(made: Made | MadeMap): number {
  return made.captures.reduce((sum, { known }) => sum + (isMade(known) && known.virtual ? toMake(known) : 0), 1);
}

/** The name of a closure or map, as something that the text refers to. */
export function keep(shared: Translation, made: Made | MadeMap): string {
  if (!made.kept) {
    noted(shared);
    made.kept = true;
  }
  return made.name;
}

// --- Shared variables --------------------------------------------------------------------------------------------------

/** A new variable takes the place of the one of the same name; closures keep the old one. */
export function freshVariable(t: Values, variable: SharedVariable): void {
  if (variable.real) return;
  t.forget(variable);
  t.out.push(`${t.auxiliary(variable.cell)} = undefined;`);
}

/** FRESH */
export function fresh(t: Translator, slot: number): void {
  const variable = t.sharedSlots[slot];
  // Without a cell there is nothing to keep: only frames of the interpreter have cells of other variables.
  if (!variable) return;
  freshVariable(t, variable);
  if (variable.real) t.out.push(`${variable.name} = ${t.helper("cell")}(null);`);
}

/** The value of a shared variable, on the stack. */
export function readVariable(t: Values, variable: SharedVariable): void {
  if (variable.real) t.pushHome(`${variable.name}.value`, ANY);
  else t.pushHome(variable.name, variable.type);
}

/** Assigns a shared variable. */
export function assignVariable(t: Values, variable: SharedVariable, operand: Operand): void {
  if (variable.real) {
    t.out.push(`${variable.name}.value = ${t.boxed(operand)};`);
    return;
  }
  const type = t.typeOf(operand);
  if ((variable.type | type) !== variable.type) {
    variable.type |= type;
    learned(t.shared);
  }
  t.out.push(`${variable.name} = ${isRaw(variable.type) ? t.rawText(operand) : t.boxed(operand)};`);
}

/** A shared variable as a cell, for a frame that is left. */
export function variableOnLeaving(t: Translator, variable: SharedVariable): string {
  if (variable.real) return variable.name;
  const value = isRaw(variable.type) ? `${t.helper("float")}(${variable.name})` : variable.name;
  return `(${t.auxiliary(variable.cell)} ??= ${t.helper("cell")}(${value}))`;
}

// --- Closures ----------------------------------------------------------------------------------------------------------

/** CLOSURE */
export function makeClosure(t: Translator, at: Decoded): void {
  const inner = t.code.constants[operandOf(at, "code")] as Code;
  const siblings = recaptured(t.code).has(operandOf(at, "code"));
  const made = madeAt(t, at, inner, !siblings && t.raw);
  t.forget(made);
  if (made.kept && !siblings) copyCaptures(t, made);
  else if (!siblings) noteCaptures(t, made);
  limitLeaving(t.shared, made);
  if (made.virtual) {
    if (made.kept) t.out.push(`${t.auxiliary(made.name)} = undefined;`);
    t.push({ text: made.name, type: OTHER, slot: -1, constant: undefined, known: made });
    return;
  }
  const captures = inner.captures.map((source) => captured(t, source));
  t.pushHome(`new ${t.helper("Closure")}(${t.unit.constant(inner)}, [${captures.join(", ")}])`, OTHER);
  const { text } = t.pop();
  if (made.kept) t.out.push(`${t.auxiliary(made.name)} = ${text};`);
  t.push({ text, type: OTHER, slot: -1, constant: undefined, known: made });
}

/** RECAPTURE */
export function recapture(t: Translator, at: Decoded): void {
  const slot = operandOf(at, "slot");
  const closure = t.slotNames[slot];
  const inner = t.code.constants[operandOf(at, "code")] as Code;
  inner.captures.forEach((source, i) => t.out.push(`${closure}.captures[${i}] = ${captured(t, source)};`));
  const made = t.known[slot];
  if (!(made instanceof Made)) return;
  if (made.kept) copyCaptures(t, made);
  else noteCaptures(t, made);
}

const RECAPTURED: WeakMap<Code, ReadonlySet<number>> = new WeakMap();

/** Which inner functions of the code capture siblings that are made after them. */
function recaptured(code: Code): ReadonlySet<number> {
  let found = RECAPTURED.get(code);
  if (found === undefined) {
    const all = decode(code).filter((at) => at.row.name === "RECAPTURE");
    RECAPTURED.set(code, found = new Set(all.map((at) => operandOf(at, "code"))));
  }
  return found;
}

function madeAt(t: Translator, at: Decoded, inner: Code, virtual: boolean): Made {
  let made = t.made.get(at.pc);
  if (made === undefined) t.made.set(at.pc, made = new Made(inner, `$m${t.shared.names.take("m").slice(1)}`, virtual));
  return made;
}

/** The analysis without the copies. */
function noteCaptures(t: Translator, made: Made): void {
  const { out } = t;
  t.out = [];
  copyCaptures(t, made);
  t.out = out;
}

/** Copies what the closure captures, where it is not known, and learns about it. */
function copyCaptures(t: Translator, made: Made): void {
  made.captures.forEach((capture, i) => {
    const source = made.code.captures[i] as Code["captures"][number];
    const found = sourceOf(t, source);
    if (capture.isShared) {
      capture.shared = found.shared;
      if (found.shared === null || found.shared.real) t.out.push(`${t.auxiliary(capture.name)} = ${found.text};`);
      return;
    }
    if (found.known instanceof Caught) need(t.shared, found.known);
    learn(t, capture, found);
    if (isMade(capture.known)) return;
    t.out.push(`${t.auxiliary(capture.name)} = ${isRaw(capture.type) ? found.text : found.boxed};`);
  });
}

/** What a capture is filled with: a variable of the text, or something known. */
interface Source {
  readonly text: string;
  /** The same as a Sema value. */
  readonly boxed: string;
  readonly type: number;
  readonly known: Known | null;
  readonly shared: SharedVariable | null;
}

function sourceOf(t: Translator, { from, index }: Code["captures"][number]): Source {
  if (from === "capture") {
    const capture = captureAt(t, index);
    if (typeof capture === "string") return { text: capture, boxed: capture, type: ANY, known: null, shared: null };
    const { name, type, known, shared } = capture;
    const boxed = isRaw(type) ? `${t.helper("float")}(${name})` : name;
    return { text: name, boxed, type, known, shared };
  }
  const type = (t.types[index] as number) & ANY;
  const shared = t.sharedSlots[index] ?? null;
  const name = t.slotNames[index] as string;
  const boxed = shared === null ? t.boxedSlot(index) : name;
  return { text: isRaw(type) ? t.rawName(index) : name, boxed, type, known: t.known[index] ?? null, shared };
}

/** Notes with what a capture is filled. */
export function learn(t: Translator, capture: Capture, { type, known }: Pick<Source, "type" | "known">): void {
  const first = capture.type === NONE && capture.known === null;
  const agreed = first || capture.known === known ? known : null;
  if (agreed !== known && isVirtual(known)) need(t.shared, known);
  if (agreed !== capture.known && isVirtual(capture.known)) need(t.shared, capture.known);
  if (agreed === capture.known && (capture.type | type) === capture.type) return;
  capture.known = agreed;
  capture.type |= type;
  (first ? noted : learned)(t.shared);
}

/** What a new closure is made of. */
function captured(t: Translator, source: Code["captures"][number]): string {
  const { boxed, known, shared } = sourceOf(t, source);
  if (shared !== null) {
    needCell(t.shared, shared);
    return boxed;
  }
  if (isVirtual(known)) need(t.shared, known);
  if (known instanceof Constant) return t.constantText(known.value);
  if (isMade(known) && source.from === "capture") return keep(t.shared, known);
  return boxed;
}

/** Something virtual as a value, for a frame that is left. */
export function madeOnLeaving(t: Translator, made: Made | MadeMap | Caught): string {
  if (made instanceof Caught) return `(${t.auxiliary(made.map)} ??= ${t.helper("errorMap")}(${made.error}))`;
  if (!made.virtual) return keep(t.shared, made);
  const captures = made.captures.map((capture) => {
    const { known, shared } = capture;
    if (shared !== null) return variableOnLeaving(t, shared);
    if (known instanceof Constant) return t.constantText(known.value);
    if (isMade(known)) return madeOnLeaving(t, known);
    return isRaw(capture.type) ? `${t.helper("float")}(${capture.name})` : capture.name;
  });
  if (!(made instanceof Made)) return `(${t.auxiliary(made.name)} ??= ${mapText(t, made, captures)})`;
  const text = `new ${t.helper("Closure")}(${t.unit.constant(made.code)}, [${captures.join(", ")}])`;
  return `(${t.auxiliary(made.name)} ??= ${text})`;
}

// --- The running closure -----------------------------------------------------------------------------------------------

/** A capture of the running closure: what is known of it, or an expression. */
function captureAt(t: Translator, index: number): Capture | string {
  const callee = t.site?.callee;
  if (callee instanceof Made) return callee.captures[index] as Capture;
  if (callee instanceof Closure) return `${t.unit.constant(callee)}.captures[${index}]`;
  return t.captureNames[index] as string;
}

/** GET_CAPTURE */
export function getCapture(t: Translator, index: number): void {
  const capture = captureAt(t, index);
  if (typeof capture === "string") return t.readCapture(index);
  const { name, type, known } = capture;
  const operand = { text: name, type, slot: -1, constant: undefined };
  if (isMade(known)) pushMade(t, known);
  else t.push(known === null ? operand : { ...operand, known });
}

/** GET_SHARED */
export function getShared(t: Translator, index: number): void {
  const capture = captureAt(t, index);
  if (typeof capture !== "string" && capture.shared !== null) {
    const { shared } = capture;
    if (shared.real) t.pushHome(`${capture.name}.value`, ANY);
    else readVariable(t, shared);
    return;
  }
  const cell = typeof capture === "string" ? capture : capture.name;
  t.pushHome(`${cell}.slot < 0 ? ${cell}.value : ${t.helper("readCell")}(${cell})`, ANY);
}

/** SET_SHARED */
export function setShared(t: Translator, index: number): void {
  t.effect();
  const capture = captureAt(t, index);
  const operand = t.pop();
  if (typeof capture !== "string" && capture.shared !== null) {
    const { shared } = capture;
    if (shared.real) t.out.push(`${capture.name}.value = ${t.boxed(operand)};`);
    else assignVariable(t, shared, operand);
    return;
  }
  const cell = typeof capture === "string" ? capture : capture.name;
  const value = t.boxed(operand);
  t.out.push(`if (${cell}.slot < 0) ${cell}.value = ${value}; else ${t.helper("writeCell")}(${cell}, ${value});`);
}

/** SELF */
export function self(t: Translator): void {
  const callee = t.site?.callee;
  if (callee === undefined) t.push({ text: "$c", type: OTHER, slot: -1, constant: undefined });
  else if (callee instanceof Closure) t.push(constantOperand(callee));
  else pushMade(t, callee);
}

/** Something that was made in the text, on the stack. */
export function pushMade(t: Translator, made: Made | MadeMap): void {
  const text = made.virtual ? made.name : keep(t.shared, made);
  t.push({ text, type: OTHER, slot: -1, constant: undefined, known: made });
}
