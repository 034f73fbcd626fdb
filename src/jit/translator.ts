/**
 * Bytecode → JavaScript statements, block by block. Variables of the program and places of the operand stack are
 * JavaScript variables; what is known of their types comes in with the block and goes out with its edges. The same
 * translation, its text thrown away, is the transfer function of the type analysis.
 *
 * Every statement keeps the rule that a side exit can be taken before it as if nothing of its instruction had happened.
 */
import type { Closure, Code } from "../bytecode/mod.ts";
import { Flonum, Keyword, Sym, type Value } from "../data/mod.ts";
import type { GlobalCell, Unbound } from "../runtime/globals.ts";
import type { Block } from "./graph.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import type { Liveness } from "./liveness.ts";
import type { Names } from "./names.ts";
import { literal, numberOf, type Operand, rawLiteral, typeOfConstant } from "./operand.ts";
import type { Exit } from "./reasons.ts";
import { ANY, BOOLEAN, FLOAT, isAlwaysTrue, isRaw, NONE, OTHER, STALE } from "./types.ts";
import { MOST_CHANGES, type Unit } from "./unit.ts";

/** Types of the slots and of the operand stack where control enters a block. */
export interface State {
  readonly slots: number[];
  readonly stack: number[];
}

/** How a block ends. */
export type Ending =
  | { readonly kind: "goto"; readonly to: number }
  | { readonly kind: "branch"; readonly test: string; readonly yes: number; readonly no: number }
  | { readonly kind: "try"; readonly body: number; readonly handler: number; readonly target: number }
  | { readonly kind: "left" };

const NO_BLOCK: Block = {
  index: 0,
  start: 0,
  instructions: [],
  successors: [],
  handler: -1,
  after: -1,
  predecessors: [],
  dominator: 0,
  isLoop: false,
  isMerge: false,
};

/** How a function is inlined at a call of another. */
export interface InlineSite {
  /** Tells its variables and labels from those of others. */
  readonly id: number;
  /** The function in whose text it stands. */
  readonly parent: Translator;
  /** The function that goes on with the result, and its call: the parent, unless that made a tail call. */
  readonly caller: Translator;
  readonly at: Decoded;
  /** The closure that is called, as the text names it. */
  readonly closure: string;
  /** Where the result goes; null for a tail call, whose result is the caller's. */
  readonly result: string | null;
}

/** What all translators of one unit share. */
export interface Translation {
  readonly unit: Unit;
  readonly names: Names;
  /** Calls and rounds of loops are charged to limits. */
  readonly metered: boolean;
  /** Helpers that the text uses. */
  readonly helpers: Set<string>;
  /** Further variables that the text uses. */
  readonly variables: Set<string>;
  /** Writes one instruction. */
  readonly translate: (t: Translator, at: Decoded) => void;
  /** Writes a call as the callee's body, or declines with null. */
  readonly inline: (caller: Translator, at: Decoded, callee: Closure, args: readonly Operand[]) => string[] | null;
}

/** Translates the blocks of one function: that of the unit, or one inlined in it. */
export class Translator {
  readonly shared: Translation;
  readonly unit: Unit;
  readonly code: Code;
  readonly #live: Liveness;
  readonly site: InlineSite | null;
  /** The JavaScript variables of slots and captures, for Sema values. */
  readonly slotNames: readonly string[];
  readonly captureNames: readonly string[];
  /** Variables may hold raw doubles; not in a function with a TRY, whose handler may be entered from anywhere. */
  readonly raw: boolean;
  /** The running closure. */
  readonly closure: string;
  /** Only the types are wanted: nothing is inlined, and the text is thrown away. */
  analysing = true;
  out: string[] = [];
  types: number[] = [];
  stack: Operand[] = [];
  #block: Block = NO_BLOCK;
  /** Blocks inside a TRY: leaving must not pass its handler. */
  tryDepth = 0;

  constructor(shared: Translation, code: Code, live: Liveness, site: InlineSite | null) {
    this.shared = shared;
    this.unit = shared.unit;
    this.code = code;
    this.#live = live;
    this.site = site;
    this.slotNames = code.slotNames.map((name) => shared.names.take(name));
    this.captureNames = code.captureNames.map((name) => shared.names.take(name));
    this.raw = code.handlers.length === 0;
    this.closure = site?.closure ?? "$c";
  }

  /** The variable that stands for place `k` of the operand stack. */
  home(k: number): string {
    return this.site === null ? `$${k}` : `$${this.site.id}_${k}`;
  }

  /**
   * The variable of a place while it holds a raw double. One variable for both representations is never optimised on
   * JSC: a loop over floats takes 2.4 ms with it and 1.1 with two.
   */
  rawHome(k: number): string {
    return `${this.home(k)}r`;
  }

  /** The variable of a slot while it holds a raw double. */
  rawName(slot: number): string {
    return `${this.slotNames[slot]}$`;
  }

  /** All variables that the function may use, but its captures. */
  variableNames(): string[] {
    const places = Array.from({ length: this.code.maxStack + 1 }, (_, k) => k);
    return [
      ...this.slotNames,
      ...this.slotNames.map((_, slot) => this.rawName(slot)),
      ...places.map((k) => this.home(k)),
      ...places.map((k) => this.rawHome(k)),
    ];
  }

  /** A label for a block. */
  label(kind: "L" | "B", index: number): string {
    return this.site === null ? `$${kind}${index}` : `$${kind}${this.site.id}_${index}`;
  }

  // --- Blocks ----------------------------------------------------------------------------------------------------------

  /** Appends the statements of a block to `out`. Afterwards `types` and `stack` are those at its end. */
  block(block: Block, entry: State): Ending {
    this.#block = block;
    this.types = [...entry.slots];
    this.stack = entry.stack.map((type, k) => this.place(k, type));
    for (const at of block.instructions) {
      const ending = this.#ending(block, at);
      if (ending !== null) return ending;
      this.shared.translate(this, at);
    }
    this.#flush();
    return { kind: "goto", to: block.successors[0] as number };
  }

  /** The state that an edge from the current end carries. */
  endState(): State {
    return { slots: [...this.types], stack: this.stack.map((operand) => this.typeOf(operand)) };
  }

  /** Statements that give variables the representation that the target expects. */
  edge(from: State, to: State): string[] {
    const result: string[] = [];
    const box = (raw: string, name: string, b: number): void => {
      if (!isRaw(b) && b !== NONE) result.push(`${name} = ${this.helper("float")}(${raw});`);
    };
    from.slots.forEach((type, slot) => {
      if (type === (FLOAT | STALE)) box(this.rawName(slot), this.slotNames[slot] as string, to.slots[slot] ?? NONE);
    });
    from.stack.forEach((type, k) => {
      if (type === FLOAT) box(this.rawHome(k), this.home(k), to.stack[k] ?? NONE);
    });
    return result;
  }

  /** A place of the operand stack whose value is in its variable. */
  place(k: number, type: number): Operand {
    return { text: isRaw(type) ? this.rawHome(k) : this.home(k), type, slot: -1, constant: undefined };
  }

  #ending(block: Block, at: Decoded): Ending | null {
    switch (at.row.flow) {
      case "next":
        return null;
      case "loop":
        this.#tick(at);
        this.#flush();
        return { kind: "goto", to: block.successors[0] as number };
      case "jump":
        this.#flush();
        return { kind: "goto", to: block.successors[0] as number };
      case "branch": {
        const test = this.test(this.pop());
        this.#flush();
        return { kind: "branch", test, yes: block.successors[0] as number, no: block.successors[1] as number };
      }
      case "return":
        if (block.successors.length > 0) return this.#selfCall(block, at);
        this.shared.translate(this, at);
        return { kind: "left" };
      case "throw":
        this.shared.translate(this, at);
        return { kind: "left" };
      case "try":
        this.#flush();
        return {
          kind: "try",
          body: block.successors[0] as number,
          handler: block.handler,
          target: at.operands[0] as number,
        };
      default:
        return at.row.flow satisfies never;
    }
  }

  /** Charges a round of a loop to the limits, at its back-edge. */
  #tick(at: Decoded): void {
    if (!this.shared.metered) return;
    this.noteSite(at);
    this.out.push(`${this.helper("tick")}();`);
  }

  /** A tail call of the function to itself: its parameters change and it starts again. */
  #selfCall(block: Block, at: Decoded): Ending {
    this.#tick(at);
    const count = operandOf(at, "count");
    const first = this.stack.length - count;
    for (let i = 0; i < count; i++) {
      const operand = this.stack[first + i] as Operand;
      if (operand.slot >= 0 && operand.slot !== i) this.#settle(first + i);
    }
    const args = this.stack.splice(first);
    args.forEach((operand, i) => {
      if (operand.slot === i && !this.code.slotShared[i]) return;
      if (this.code.slotShared[i]) {
        this.out.push(`${this.slotNames[i]} = ${this.helper("cell")}(${this.boxed(operand)});`);
      } else this.#assign(i, operand);
    });
    this.stack = [];
    return { kind: "goto", to: block.successors[0] as number };
  }

  /** Pushes the result of an expression that may unwind. */
  called(at: Decoded, text: string): void {
    this.noteSite(at);
    const k = this.stack.length;
    const result = this.home(k);
    this.out.push(`${result} = ${text};`);
    this.out.push(`if (${result} === $U) return ${this.saved(at.next)};`);
    this.stack.push(this.place(k, ANY));
  }

  /** A variable that holds the operand as a Sema value. */
  variable(operand: Operand): string {
    const plain = operand.slot >= 0 || /^\$[ck\d]/.test(operand.text);
    if (plain && operand.constant === undefined && !isRaw(this.typeOf(operand))) return operand.text;
    return this.named(this.boxed(operand));
  }

  /** A variable set to an expression. */
  named(text: string): string {
    const name = this.auxiliary("$f");
    this.out.push(`${name} = ${text};`);
    return name;
  }

  /** The value of a global, checked to be bound. */
  global(cell: GlobalCell): string {
    const name = this.unit.constant(cell);
    const value = this.auxiliary("$g");
    this.out.push(
      `${value} = ${name}.value; if (${value} === ${this.helper("UNBOUND")}) ${this.helper("unbound")}(${name});`,
    );
    return value;
  }

  /** The instruction after `at` in its block. */
  following(at: Decoded): Decoded | undefined {
    return this.#block.instructions.find((other) => other.pc === at.next);
  }

  /**
   * A value of a global on the stack: itself while nobody assigns it, where that keeps nothing alive. Then its type is
   * known, too.
   */
  getGlobal(at: Decoded): void {
    const cell = this.code.constants[operandOf(at, "cell")] as GlobalCell;
    const { value } = cell;
    if (cell.changes < MOST_CHANGES && isPlain(value)) {
      this.unit.cells.add(cell);
      return this.push(constantOperand(value));
    }
    this.noteSite(at);
    this.pushHome(this.global(cell), ANY);
  }

  /** Assigns a global; the rest of the activation is left if code that is running relied on it. */
  setGlobal(at: Decoded, define: boolean): void {
    const cell = this.unit.constant(this.code.constants[operandOf(at, "cell")]);
    const k = this.stack.length - 1;
    this.#settle(k, true);
    this.stack.pop();
    const value = this.home(k);
    const leave = `${this.helper("assign")}(${cell}, ${value}, ${define})`;
    this.out.push(
      `if (${cell}.watchers === null) ${cell}.value = ${value}; else if (${leave}) return ${this.saved(at.next)};`,
    );
    if (define) this.stack.push(constantOperand(null));
    else this.stack.push(this.place(k, ANY));
  }

  // --- The operand stack -----------------------------------------------------------------------------------------------

  /** What is known of an operand. */
  typeOf(operand: Operand): number {
    return operand.slot >= 0 ? (this.types[operand.slot] as number) & ANY : operand.type;
  }

  /** Learns the type of an operand that has been checked. */
  refine(operand: Operand, type: number): void {
    if (operand.slot >= 0) this.types[operand.slot] = type;
    else operand.type = type;
  }

  pop(): Operand {
    const operand = this.stack.pop();
    if (operand === undefined) throw new Error("operand stack is empty");
    return operand;
  }

  /** The topmost operands, in order. */
  popMany(count: number): Operand[] {
    return this.stack.splice(this.stack.length - count);
  }

  /** The operand as a Sema value. */
  boxed(operand: Operand): string {
    const { slot, constant } = operand;
    if (constant !== undefined) return this.#constantText(constant);
    if (!isRaw(this.typeOf(operand))) return operand.text;
    if (slot >= 0 && ((this.types[slot] as number) & STALE) === 0) return this.slotNames[slot] as string;
    // Only an integral double needs a box; the host's own rounding tells faster than a call.
    const { text } = operand;
    return `(Math.floor(${text}) === ${text} ? ${this.helper("float")}(${text}) : ${text})`;
  }

  #constantText(value: Value): string {
    return literal(value) ?? this.unit.constant(value);
  }

  /** An operand as the condition of an `if`. */
  test(operand: Operand): string {
    const type = this.typeOf(operand);
    if (operand.constant !== undefined) return String(operand.constant !== null && operand.constant !== false);
    if (isAlwaysTrue(type)) return "true";
    return type === BOOLEAN ? operand.text : `${operand.text} !== false && ${operand.text} !== null`;
  }

  /** The opposite of {@link test}. */
  testNot(operand: Operand): string {
    const type = this.typeOf(operand);
    if (operand.constant !== undefined) return String(operand.constant === null || operand.constant === false);
    if (isAlwaysTrue(type)) return "false";
    return type === BOOLEAN ? `!(${operand.text})` : `(${operand.text} === false || ${operand.text} === null)`;
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

  push(operand: Operand): void {
    this.stack.push(operand);
  }

  /** Moves an operand to the variable of its place. `box`: as a Sema value. */
  #settle(k: number, box = false): void {
    const operand = this.stack[k] as Operand;
    const type = this.typeOf(operand);
    const raw = isRaw(type) && this.raw && !box;
    const text = raw
      ? operand.constant === undefined ? operand.text : rawLiteral(numberOf(operand.constant))
      : this.boxed(operand);
    const place = this.place(k, isRaw(type) && !raw ? ANY : type);
    if (text !== place.text) this.out.push(`${place.text} = ${text};`);
    this.stack[k] = place;
  }

  #flush(): void {
    for (let k = 0; k < this.stack.length; k++) this.#settle(k);
  }

  // --- Variables -------------------------------------------------------------------------------------------------------

  getLocal(slot: number): void {
    if (this.code.slotShared[slot]) this.pushHome(`${this.slotNames[slot]}.value`, ANY);
    else this.stack.push(new Variable(this, slot));
  }

  setLocal(slot: number): void {
    const operand = this.pop();
    if (this.code.slotShared[slot]) {
      this.out.push(`${this.slotNames[slot]}.value = ${this.boxed(operand)};`);
      return;
    }
    if (operand.slot === slot) return;
    this.stack.forEach((other, k) => other.slot === slot && this.#settle(k));
    this.#assign(slot, operand);
  }

  #assign(slot: number, operand: Operand): void {
    const type = this.typeOf(operand);
    const raw = isRaw(type) && this.raw;
    const text = raw && operand.constant !== undefined
      ? rawLiteral(numberOf(operand.constant))
      : raw
      ? operand.text
      : this.boxed(operand);
    this.out.push(`${raw ? this.rawName(slot) : this.slotNames[slot]} = ${text};`);
    this.types[slot] = raw ? FLOAT | STALE : isRaw(type) ? ANY : type;
  }

  /** The slot has been found to be a float: its raw variable holds that, too. */
  unboxed(slot: number): void {
    this.types[slot] = FLOAT;
  }

  /** The variable of a slot as a Sema value. */
  #boxedSlot(slot: number): string {
    const stale = this.types[slot] === (FLOAT | STALE) && !this.code.slotShared[slot];
    return stale ? `${this.helper("float")}(${this.rawName(slot)})` : this.slotNames[slot] as string;
  }

  fresh(slot: number): void {
    // Without a cell there is nothing to keep: only frames of the interpreter have cells of other variables.
    if (!this.code.slotShared[slot]) return;
    this.out.push(`${this.slotNames[slot]} = ${this.helper("cell")}(null);`);
  }

  /** A new closure over the variables as they are. */
  makeClosure(at: Decoded): void {
    const inner = this.code.constants[operandOf(at, "code")] as Code;
    const captures = inner.captures.map((source) => this.#captured(source));
    this.pushHome(`new ${this.helper("Closure")}(${this.unit.constant(inner)}, [${captures.join(", ")}])`, OTHER);
  }

  #captured(source: Code["captures"][number]): string {
    if (source.from === "capture") return this.captureNames[source.index] as string;
    return this.#boxedSlot(source.index);
  }

  recapture(at: Decoded): void {
    const closure = this.slotNames[operandOf(at, "slot")];
    const inner = this.code.constants[operandOf(at, "code")] as Code;
    inner.captures.forEach((source, i) => this.out.push(`${closure}.captures[${i}] = ${this.#captured(source)};`));
  }

  // --- Leaving ---------------------------------------------------------------------------------------------------------

  /** A statement that moves the activation to the interpreter, at the instruction `at`. */
  exit(at: Decoded, exit: Exit, seen = 0): string {
    const site = seen === 0 ? null : { site: operandOf(at, "feedback"), seen };
    return this.exitTo(at.pc, exit, site);
  }

  /** A statement that moves the activation to the interpreter at `pc`. */
  exitTo(pc: number, exit: Exit, feedback: { site: number; seen: number } | null): string {
    const [number, values] = this.#point(pc, exit, feedback);
    const { site } = this;
    if (site !== null && site.result !== null) {
      const { result, caller, at } = site;
      const leave = `${this.helper("leave")}($F, ${number}, ${this.closure}, $d, [${values}])`;
      return `{ $s = ${caller.siteNumber(at)}; ${result} = ${leave}; ` +
        `if (${result} === $U) return ${caller.saved(at.next)}; ` +
        `if (!$F.current) ${caller.#leaveAfter(at, result)} break $I${site.id}; }`;
    }
    if (this.tryDepth === 0) {
      return `{ $s = -1; return ${this.helper("leave")}($F, ${number}, ${this.closure}, $d, [${values}]); }`;
    }
    return `{ $s = -1; ${this.auxiliary("$x")} = ${number}; ${this.auxiliary("$v")} = [${values}]; break $leave; }`;
  }

  /** A statement that moves the activation to the interpreter after a call that has returned: the code is replaced. */
  #leaveAfter(at: Decoded, result: string): string {
    this.stack.push({ text: result, type: ANY, slot: -1, constant: undefined });
    const statement = this.exitTo(at.next, "replaced", null);
    this.stack.pop();
    return statement;
  }

  /** The expression that saves the frame for a pending call that returns to `pc`, and those it is inlined in. */
  saved(pc: number): string {
    const [number, values] = this.#point(pc, null, null);
    const own = `${this.helper("save")}($F, ${number}, ${this.closure}, [${values}])`;
    const { site } = this;
    return site === null || site.result === null ? own : `(${own}, ${site.caller.saved(site.at.next)})`;
  }

  #point(pc: number, exit: Exit | null, feedback: { site: number; seen: number } | null): [number, string] {
    const live = this.#live.get(pc);
    const slots: number[] = [];
    const values: string[] = [];
    this.types.forEach((type, slot) => {
      if (live?.[slot] !== 1 || type === NONE) return;
      slots.push(slot);
      values.push(this.#boxedSlot(slot));
    });
    this.stack.forEach((operand, k) => {
      slots.push(this.code.slots + k);
      values.push(this.boxed(operand));
    });
    const height = this.code.slots + this.stack.length;
    return [this.unit.point({ code: this.code, pc, slots, height, exit, feedback }), values.join(", ")];
  }

  /** The clause that receives an error inside a TRY, up to where its handler goes on. */
  caught(target: number, entry: State): string[] {
    const handler = this.code.handlers.find((h) => h.target === target);
    if (handler === undefined) throw new Error("a TRY without handler");
    this.types = [...entry.slots];
    this.stack = entry.stack.slice(0, -1).map((type, k) => this.place(k, type));
    const k = this.stack.length;
    if (!handler.trace) return [`${this.home(k)} = ${this.helper("caught")}($F, $e, $s);`];
    const [number, values] = this.#point(target, null, null);
    return [`return ${this.helper("caughtWithTrace")}($F, ${number}, $c, $e, $s, [${values}]);`];
  }

  /** Notes which instruction runs, for the trace of an error. */
  noteSite(at: Decoded): void {
    this.out.push(`$s = ${this.siteNumber(at)};`);
  }

  /** A number for an instruction: its pc, or where it is inlined one of the unit's. */
  siteNumber(at: Decoded): number {
    if (this.site === null) return at.pc;
    const { caller, at: call, result } = this.site;
    return this.unit.site({ code: this.code, pc: at.pc, caller: result === null ? -1 : caller.siteNumber(call) });
  }

  /** This function is left for good: an error from now on is not in it, but may be in one that it is inlined in. */
  noSite(): void {
    const { site } = this;
    this.out.push(`$s = ${site === null || site.result === null ? -1 : site.caller.siteNumber(site.at)};`);
  }

  /** A general operation that may fail. */
  failing(at: Decoded, text: string, type: number): void {
    this.noteSite(at);
    this.pushHome(text, type);
  }

  helper(name: string): string {
    this.shared.helpers.add(name);
    return name === "Closure" || name === "Flonum" || name === "List" ? name : `$${name}`;
  }

  auxiliary(name: string): string {
    this.shared.variables.add(name);
    return name;
  }
}

/** A variable of the program as an operand. Its text is that of the representation it has when the text is used. */
class Variable implements Operand {
  readonly #t: Translator;
  readonly slot: number;
  readonly constant = undefined;
  type = NONE;

  constructor(t: Translator, slot: number) {
    this.#t = t;
    this.slot = slot;
  }

  get text(): string {
    const { slot } = this;
    return isRaw(this.#t.typeOf(this)) ? this.#t.rawName(slot) : this.#t.slotNames[slot] as string;
  }
}

/** A value that holds no others. */
function isPlain(value: Value | Unbound): value is number | boolean | null | string | Flonum | Sym | Keyword {
  return value === null || typeof value === "number" || typeof value === "boolean" || typeof value === "string" ||
    value instanceof Flonum || value instanceof Sym || value instanceof Keyword;
}

/** A constant as an operand. */
export function constantOperand(value: Value): Operand {
  const type = typeOfConstant(value);
  const text = value instanceof Flonum ? rawLiteral(value.value) : literal(value) ?? "";
  return { text, type, slot: -1, constant: value };
}
