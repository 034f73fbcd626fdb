/**
 * Variables of the program and the operand stack while a block is translated: what is known of each value, and in which
 * JavaScript variable, in which representation, it is. A variable or a place that holds a float may be a raw double; an
 * operand is moved to the variable of its place at the end of the block at the latest, and a variable of the program on
 * the stack before it is assigned.
 */
import { Closure, type Code } from "../bytecode/mod.ts";
import type { Value } from "../data/mod.ts";
import { assignVariable, freshVariable, need, readVariable } from "./closures.ts";
import type { Decoded } from "./instructions.ts";
import { Caught, Constant, isVirtual, type Known, type Made, type MadeMap, SharedVariable } from "./known.ts";
import { isAtom } from "./names.ts";
import { literal, numberOf, type Operand, rawLiteral } from "./operand.ts";
import { FunctionText } from "./text.ts";
import type { InlineSite, State, Translation } from "./translation.ts";
import { ANY, BOOLEAN, COPY, FLOAT, isAlwaysTrue, isRaw, NONE, STALE } from "./types.ts";

/** The values of one function, at the place in its text that has been reached. */
export abstract class Values extends FunctionText {
  /** The captures that are read from the closure, by index. */
  readonly captured: Set<number> = new Set();
  /** Variables may hold raw doubles; not in a function with a TRY, whose handler may be entered from anywhere. */
  readonly raw: boolean;
  /** Variables that closures share; null for the others. */
  readonly sharedSlots: readonly (SharedVariable | null)[];
  types: number[] = [];
  /** What else is known of the slots. */
  known: (Known | null)[] = [];
  stack: Operand[] = [];

  constructor(shared: Translation, code: Code, site: InlineSite | null) {
    super(shared, code, site);
    this.raw = code.handlers.length === 0;
    this.sharedSlots = code.slotShared.map((isShared, slot) =>
      isShared ? new SharedVariable(this.slotNames[slot] as string, `$${shared.names.take(`cell_${slot}`)}`) : null
    );
  }

  // --- States ---------------------------------------------------------------------------------------------------------

  /** Nothing is known yet but which variables are shared. */
  begin(): void {
    this.types = [
      ...this.sharedSlots.map((variable) => variable === null ? NONE : ANY),
      ...this.captureNames.map(() => ANY),
    ];
    this.known = this.types.map(() => null);
    this.stack = [];
  }

  /** What is known is what the state says. */
  enter(state: State): void {
    this.types = [...state.slots];
    this.known = [...state.known];
    this.stack = state.stack.map((type, k) => this.place(k, type, state.stackKnown[k] ?? null));
  }

  /** The state that an edge from the current end carries. */
  endState(): State {
    return {
      slots: [...this.types],
      stack: this.stack.map((operand) => this.typeOf(operand)),
      known: [...this.known],
      stackKnown: this.stack.map((operand) => this.knownOf(operand)),
    };
  }

  // --- What is known --------------------------------------------------------------------------------------------------

  /** What is known of an operand. */
  typeOf(operand: Operand): number {
    return operand.slot >= 0 ? (this.types[operand.slot] as number) & ANY : operand.type;
  }

  /** What else is known of an operand. */
  knownOf(operand: Operand): Known | null {
    if (operand.constant !== undefined) return this.constant(operand.constant);
    return operand.slot >= 0 ? this.known[operand.slot] ?? null : operand.known ?? null;
  }

  /** The value as something known. */
  constant(value: Value): Constant {
    const { constants } = this.shared;
    let known = constants.get(value);
    if (known === undefined) constants.set(value, known = new Constant(value));
    return known;
  }

  /** Learns the type of an operand that has been checked. */
  refine(operand: Operand, type: number): void {
    if (operand.slot >= 0) this.types[operand.slot] = type;
    else operand.type = type;
  }

  #isVirtual(operand: Operand): boolean {
    return isVirtual(this.knownOf(operand));
  }

  /** Whether the raw variable of the operand holds the double that it is in float arithmetic. */
  hasCopy({ slot }: Operand): boolean {
    return slot >= 0 && ((this.types[slot] as number) & COPY) !== 0;
  }

  /** From here on nothing is known of variables and operands that depend on what `changes`: they have to be made before. */
  forget(changes: Made | MadeMap | Caught | SharedVariable): void {
    const depends = (known: Known | null): boolean => {
      if (known === null || known instanceof Constant) return false;
      if (known !== changes && (changes instanceof Caught || known instanceof Caught || !known.needs(changes))) {
        return false;
      }
      if (known.virtual) need(this.shared, known);
      return true;
    };
    this.known.forEach((known, slot) => depends(known) && (this.known[slot] = null));
    this.stack.forEach((operand, k) => {
      if (operand.slot < 0 && depends(operand.known ?? null)) {
        const { text, type } = operand;
        this.stack[k] = { text, type, slot: -1, constant: undefined };
      }
    });
  }

  // --- Operands as text -----------------------------------------------------------------------------------------------

  /** The operand as a Sema value. */
  boxed(operand: Operand): string {
    const { slot, constant } = operand;
    if (constant !== undefined) return this.constantText(constant);
    const known = this.knownOf(operand);
    if (isVirtual(known)) need(this.shared, known);
    if (!isRaw(this.typeOf(operand))) return operand.text;
    if (slot >= 0 && ((this.types[slot] as number) & STALE) === 0) return this.names[slot] as string;
    const { text } = operand;
    // Only an integral double needs a box; the host's own rounding tells faster than a call.
    return `(Math.floor(${text}) === ${text} ? ${this.helper("float")}(${text}) : ${text})`;
  }

  /** An operand that is a raw double. */
  rawText({ constant, text }: Operand): string {
    return constant === undefined ? text : rawLiteral(numberOf(constant));
  }

  /** A constant as a Sema value. */
  constantText(value: Value): string {
    return literal(value) ?? this.unit.constant(value);
  }

  /** A variable that holds the operand as a Sema value. */
  variable(operand: Operand): string {
    const plain = (operand.slot >= 0 || /^\$[ck\d]/.test(operand.text)) && !this.#isVirtual(operand);
    if (plain && operand.constant === undefined && !isRaw(this.typeOf(operand))) return operand.text;
    return this.named(this.boxed(operand));
  }

  /** An operand as the condition of an `if`. */
  test(operand: Operand): string {
    const type = this.typeOf(operand);
    if (operand.constant !== undefined) return String(operand.constant !== null && operand.constant !== false);
    if (this.#isVirtual(operand)) return "true";
    if (isAlwaysTrue(type)) return "true";
    return type === BOOLEAN ? operand.text : `${operand.text} !== false && ${operand.text} !== null`;
  }

  /** The opposite of {@link test}. */
  testNot(operand: Operand): string {
    const type = this.typeOf(operand);
    if (operand.constant !== undefined) return String(operand.constant === null || operand.constant === false);
    if (this.#isVirtual(operand)) return "false";
    if (isAlwaysTrue(type)) return "false";
    return type === BOOLEAN ? `!(${operand.text})` : `(${operand.text} === false || ${operand.text} === null)`;
  }

  /** An operand as one of a function that is inlined here. */
  handedOver(operand: Operand): Operand {
    const { text, constant } = operand;
    const handed = { text, constant, slot: -1, type: this.typeOf(operand) };
    const known = this.knownOf(operand);
    return known === null ? handed : { ...handed, known };
  }

  // --- The operand stack ----------------------------------------------------------------------------------------------

  /** A place of the operand stack whose value is in its variable. */
  place(k: number, type: number, known: Known | null = null): Operand {
    const place = { text: isRaw(type) ? this.rawHome(k) : this.home(k), type, slot: -1, constant: undefined };
    return known === null ? place : { ...place, known };
  }

  /** Pushes an operand. */
  push(operand: Operand): void {
    this.stack.push(operand);
  }

  /** The topmost operand. */
  pop(): Operand {
    const operand = this.stack.pop();
    if (operand === undefined) throw new Error("operand stack is empty");
    return operand;
  }

  /** The topmost operands, in order. */
  popMany(count: number): Operand[] {
    return this.stack.splice(this.stack.length - count);
  }

  /** Pops an operand as a Sema value in the variable of its place. */
  popHome(): string {
    const k = this.stack.length - 1;
    this.#settle(k, true);
    this.stack.pop();
    return this.home(k);
  }

  /** Pushes the value of an expression, evaluated here. */
  pushHome(text: string, type: number): void {
    const place = this.place(this.stack.length, type);
    if (text !== place.text) this.out.push(`${place.text} = ${text};`);
    this.stack.push(place);
  }

  /** Pushes a test: usable as a condition where it is consumed at once, a value anywhere else. */
  pushTest(text: string, next: Decoded | undefined): void {
    const atOnce = next !== undefined && (next.row.flow === "branch" || next.row.name === "NOT");
    if (!atOnce) return this.pushHome(text, BOOLEAN);
    this.stack.push({ text, type: BOOLEAN, slot: -1, constant: undefined });
  }

  /** A general operation that may fail. */
  failing(at: Decoded, text: string, type: number): void {
    this.noteSite(at);
    this.pushHome(text, type);
  }

  /** Moves an operand to the variable of its place. `box`: as a Sema value. */
  #settle(k: number, box = false): void {
    const operand = this.stack[k] as Operand;
    const type = this.typeOf(operand);
    const known = this.knownOf(operand);
    if (isVirtual(known) && !box) {
      this.stack[k] = this.place(k, type, known);
      return;
    }
    const raw = isRaw(type) && this.raw && !box;
    const text = raw ? this.rawText(operand) : this.boxed(operand);
    const place = this.place(k, isRaw(type) && !raw ? ANY : type, known);
    if (text !== place.text) this.out.push(`${place.text} = ${text};`);
    this.stack[k] = place;
  }

  /** Moves operands that are expressions to the variables of their places. */
  evaluate(): void {
    this.stack.forEach(({ slot, constant, text }, k) => {
      if (slot < 0 && constant === undefined && !isAtom(text)) this.#settle(k);
    });
  }

  /** Moves all operands to the variables of their places. */
  flush(): void {
    for (let k = 0; k < this.stack.length; k++) this.#settle(k);
  }

  // --- Variables ------------------------------------------------------------------------------------------------------

  /** Pushes a variable. */
  getLocal(slot: number): void {
    const variable = this.sharedSlots[slot];
    if (variable) readVariable(this, variable);
    else this.stack.push(new Variable(this, slot));
  }

  /** Pops the value of a variable. */
  setLocal(slot: number): void {
    const operand = this.pop();
    const variable = this.sharedSlots[slot];
    if (variable) return assignVariable(this, variable, operand);
    if (operand.slot === slot) return;
    this.stack.forEach((other, k) => other.slot === slot && this.#settle(k));
    this.#assign(slot, operand);
  }

  #assign(slot: number, operand: Operand): void {
    const type = this.typeOf(operand);
    const known = this.knownOf(operand);
    this.known[slot] = known;
    if (isVirtual(known)) {
      this.types[slot] = type;
      return;
    }
    const raw = isRaw(type) && this.raw;
    const text = raw ? this.rawText(operand) : this.boxed(operand);
    this.out.push(`${raw ? this.rawName(slot) : this.slotNames[slot]} = ${text};`);
    this.types[slot] = raw ? FLOAT | STALE : isRaw(type) ? ANY : type;
  }

  /** A parameter at the start of the function: where closures share it, it is a new variable. */
  bindParameter(slot: number, operand: Operand): void {
    const variable = this.sharedSlots[slot];
    if (!variable) return this.#assign(slot, operand);
    freshVariable(this, variable);
    if (variable.real) this.out.push(`${variable.name} = ${this.helper("cell")}(${this.boxed(operand)});`);
    else assignVariable(this, variable, operand);
  }

  /** The operands become the parameters, all at once; nothing else is left on the stack. */
  rebindParameters(count: number): void {
    const first = this.stack.length - count;
    for (let i = 0; i < count; i++) {
      const operand = this.stack[first + i] as Operand;
      if (operand.slot >= 0 && operand.slot !== i) this.#settle(first + i);
    }
    const args = this.stack.splice(first);
    args.forEach((operand, i) => operand.slot === i || this.bindParameter(i, operand));
    this.stack = [];
  }

  /** A capture of the running closure, on the stack. */
  readCapture(index: number): void {
    this.captured.add(index);
    this.stack.push(new Variable(this, this.slotNames.length + index));
  }

  /** Reads the captures that are used from the closure. */
  loadCaptures(): string[] {
    const callee = this.site?.callee;
    const closure = callee instanceof Closure ? this.unit.constant(callee) : "$c";
    return [...this.captured].map((index) => `${this.captureNames[index]} = ${closure}.captures[${index}];`);
  }

  /** The slot has been found to be a float: its raw variable holds that, too. */
  unboxed(slot: number): void {
    this.types[slot] = FLOAT;
  }

  /** The variable of a slot, which no closure shares, as a Sema value. */
  boxedSlot(slot: number): string {
    const stale = this.types[slot] === (FLOAT | STALE);
    return stale ? `${this.helper("float")}(${this.rawName(slot)})` : this.names[slot] as string;
  }
}

/** A variable of the program as an operand. Its text is that of the representation it has when the text is used. */
class Variable implements Operand {
  readonly #values: Values;
  readonly slot: number;
  readonly constant = undefined;
  type = NONE;

  constructor(values: Values, slot: number) {
    this.#values = values;
    this.slot = slot;
  }

  get text(): string {
    const { slot } = this;
    return isRaw(this.#values.typeOf(this)) ? this.#values.rawName(slot) : this.#values.names[slot] as string;
  }
}
