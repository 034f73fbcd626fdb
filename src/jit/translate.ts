/**
 * Bytecode → JavaScript statements, block by block. Variables of the program and places of the operand stack are
 * JavaScript variables; what is known of their types comes in with the block and goes out with its edges. The same
 * translation, its text thrown away, is the transfer function of the type analysis.
 *
 * Every statement keeps the rule that a side exit can be taken before it as if nothing of its instruction had happened.
 */
import { Builtin } from "../builtins/declare.ts";
import { Closure, type Code } from "../bytecode/mod.ts";
import { Flonum, type Value } from "../data/mod.ts";
import type { GlobalCell } from "../runtime/globals.ts";
import { arithmetic, comparison, remainder } from "./arithmetic.ts";
import { expand } from "./expansions.ts";
import type { Block } from "./graph.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import type { Liveness } from "./liveness.ts";
import type { Names } from "./names.ts";
import { literal, numberLiteral, type Operand, typeOfConstant } from "./operand.ts";
import type { Exit } from "./reasons.ts";
import { ANY, BOOLEAN, FLOAT, INT32, isAlwaysTrue, isRaw, NONE, OTHER } from "./types.ts";
import type { Unit } from "./unit.ts";

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

/** A global whose value may be built in gives up after so many disappointments. */
export const MOST_CHANGES = 3;

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
  /** The JavaScript variables of slots and captures. */
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

  /** A label for a block. */
  label(kind: "L" | "B", index: number): string {
    return this.site === null ? `$${kind}${index}` : `$${kind}${this.site.id}_${index}`;
  }

  // --- Blocks ----------------------------------------------------------------------------------------------------------

  /** Appends the statements of a block to `out`. Afterwards `types` and `stack` are those at its end. */
  block(block: Block, entry: State): Ending {
    this.#block = block;
    this.types = [...entry.slots];
    this.stack = entry.stack.map((type, k) => ({ text: this.home(k), type, slot: -1, constant: undefined }));
    if (this.shared.metered && block.isLoop) this.out.push(`${this.helper("tick")}();`);
    for (const at of block.instructions) {
      const ending = this.#ending(block, at);
      if (ending !== null) return ending;
      this.#instruction(at);
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
    const box = (name: string, a: number, b: number): void => {
      if (isRaw(a) && !isRaw(b) && b !== NONE) result.push(`${name} = ${this.helper("float")}(${name});`);
    };
    from.slots.forEach((type, slot) => box(this.slotNames[slot] as string, type, to.slots[slot] ?? NONE));
    from.stack.forEach((type, k) => box(this.home(k), type, to.stack[k] ?? NONE));
    return result;
  }

  #ending(block: Block, at: Decoded): Ending | null {
    switch (at.row.flow) {
      case "next":
        return null;
      case "jump":
      case "loop":
        this.#flush();
        return { kind: "goto", to: block.successors[0] as number };
      case "branch": {
        const test = this.test(this.pop());
        this.#flush();
        return { kind: "branch", test, yes: block.successors[0] as number, no: block.successors[1] as number };
      }
      case "return":
        if (block.successors.length > 0) return this.#selfCall(block, at);
        this.#return(at);
        return { kind: "left" };
      case "throw": {
        const value = this.boxed(this.pop());
        this.noteSite(at);
        this.out.push(`throw ${this.helper("raise")}(${value});`);
        return { kind: "left" };
      }
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

  /** A tail call of the function to itself: its parameters change and it starts again. */
  #selfCall(block: Block, at: Decoded): Ending {
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

  #return(at: Decoded): void {
    if (at.row.name === "RETURN") return this.#result(this.boxed(this.pop()));
    if (at.row.name === "TAIL_APPLY") {
      const list = this.boxed(this.pop());
      const callee = this.boxed(this.pop());
      this.#noSite();
      return this.#unwinding(
        `${this.helper("tailApply")}($F, ${this.siteNumber(at)}, ${callee}, $d + $w, ${list})`,
      );
    }
    const count = operandOf(at, "count");
    const operands = this.#popMany(count);
    const known = this.#known(at);
    if (known instanceof Closure && known.code.exact === count) {
      if (this.#inlined(at, known, operands)) {
        if (this.site !== null && this.site.result !== null) this.out.push(`break $I${this.site.id};`);
        return;
      }
      this.#noSite();
      return this.#unwinding(this.#direct(known, operands.map((operand) => this.boxed(operand))));
    }
    if (known instanceof Builtin && this.#expandOrCall(at, known, operands)) {
      return this.#result(this.boxed(this.pop()));
    }
    const args = operands.map((operand) => this.boxed(operand));
    const callee = this.#callee(at);
    this.#noSite();
    const general = `${this.helper("tailCall")}($F, ${this.siteNumber(at)}, ${callee}, $d + $w, [${args.join(", ")}])`;
    if (this.site === null) {
      this.out.push(`if (${this.#plain(callee, count)}) return ${this.#through(callee, args)};`);
      return this.#unwinding(general);
    }
    this.#unwinding(`${this.#plain(callee, count)} ? ${this.#through(callee, args)} : ${general}`);
  }

  /** Ends the function with a value. */
  #result(text: string): void {
    if (this.site === null || this.site.result === null) this.out.push(`return ${text};`);
    else this.out.push(`${this.site.result} = ${text};`, `break $I${this.site.id};`);
  }

  /** Ends the function with what a tail call returns: where it is inlined, the caller may have to be saved. */
  #unwinding(text: string): void {
    const { site } = this;
    if (site === null || site.result === null) {
      this.out.push(`return ${text};`);
      return;
    }
    this.out.push(`${site.result} = ${text};`, `if (${site.result} === $U) return ${site.caller.saved(site.at.next)};`);
    this.out.push(`break $I${site.id};`);
  }

  // --- Instructions ----------------------------------------------------------------------------------------------------

  #instruction(at: Decoded): void {
    if (at.redefined) return this.#redefinedIntrinsic(at);
    const translate = INSTRUCTION[at.row.name] ?? INTRINSIC[at.row.name];
    if (translate === undefined) throw new Error(`no translation of ${at.row.name}`);
    translate(this, at);
  }

  #redefinedIntrinsic(at: Decoded): void {
    const args = this.#popMany(at.row.pops).map((operand) => this.boxed(operand));
    const callee = this.auxiliary("$f");
    this.out.push(`${callee} = ${this.helper("redefinition")}(${at.row.opcode});`);
    this.dynamicCall(at, callee, args);
  }

  /** A call that is no tail call: what it calls, known or not, with the result on the stack. */
  call(at: Decoded): void {
    const count = operandOf(at, "count");
    const operands = this.#popMany(count);
    const known = this.#known(at);
    if (known instanceof Closure && known.code.exact === count) {
      if (this.#inlined(at, known, operands)) return;
      return this.called(at, this.#direct(known, operands.map((operand) => this.boxed(operand))));
    }
    if (known instanceof Builtin && this.#expandOrCall(at, known, operands)) return;
    const args = operands.map((operand) => this.boxed(operand));
    this.dynamicCall(at, this.#callee(at), args);
  }

  /** Writes the body of the callee in place of the call, if it is one of those. */
  #inlined(at: Decoded, callee: Closure, operands: readonly Operand[]): boolean {
    if (this.analysing) return false;
    const lines = this.shared.inline(this, at, callee, operands);
    if (lines === null) return false;
    this.out.push(...lines);
    if (at.row.flow !== "return") {
      this.stack.push({ text: this.home(this.stack.length), type: ANY, slot: -1, constant: undefined });
    }
    return true;
  }

  /** A call of a known builtin: its expansion or a plain call, the value on the stack. */
  #expandOrCall(at: Decoded, builtin: Builtin, operands: readonly Operand[]): boolean {
    const args = (): string[] => operands.map((operand) => this.boxed(operand));
    if (expand(this, at, builtin, operands, () => this.#builtin(builtin, args()) ?? "")) return true;
    const text = this.#builtin(builtin, args());
    if (text === null) return false;
    this.noteSite(at);
    this.pushHome(text, ANY);
    return true;
  }

  /** A call of whatever `callee`, a variable, holds. */
  dynamicCall(at: Decoded, callee: string, args: readonly string[]): void {
    const general = `${this.helper("call")}(${callee}, $d + $w, [${args.join(", ")}])`;
    this.called(at, `${this.#plain(callee, args.length)} ? ${this.#through(callee, args)} : ${general}`);
  }

  /** Pushes the result of an expression that may unwind. */
  called(at: Decoded, text: string): void {
    this.noteSite(at);
    const k = this.stack.length;
    const result = this.home(k);
    this.out.push(`${result} = ${text};`);
    this.out.push(`if (${result} === $U) return ${this.saved(at.next)};`);
    this.stack.push({ text: result, type: ANY, slot: -1, constant: undefined });
  }

  /** `$f` set to a callee that is not known: from the stack, a global or the running closure. */
  #callee(at: Decoded): string {
    switch (at.row.name) {
      case "CALL":
      case "TAIL_CALL": {
        return this.variable(this.pop());
      }
      case "CALL_SELF":
      case "TAIL_CALL_SELF":
        return this.closure;
      default: {
        const cell = this.code.constants[operandOf(at, "cell")] as GlobalCell;
        this.noteSite(at);
        return this.#named(this.#global(cell));
      }
    }
  }

  /** A variable that holds the operand as a Sema value. */
  variable(operand: Operand): string {
    const plain = operand.slot >= 0 || /^\$[ck\d]/.test(operand.text);
    if (plain && operand.constant === undefined && !isRaw(this.typeOf(operand))) return operand.text;
    return this.#named(this.boxed(operand));
  }

  #named(text: string): string {
    const name = this.auxiliary("$f");
    this.out.push(`${name} = ${text};`);
    return name;
  }

  /** The value of a global, checked to be bound. */
  #global(cell: GlobalCell): string {
    const name = this.unit.constant(cell);
    const value = this.auxiliary("$g");
    this.out.push(
      `${value} = ${name}.value; if (${value} === ${this.helper("UNBOUND")}) ${this.helper("unbound")}(${name});`,
    );
    return value;
  }

  /** What the callee of an instruction is, where that can be built in. */
  #known(at: Decoded): Closure | Builtin | null {
    if (!at.row.operands.includes("cell")) return null;
    const cell = this.code.constants[operandOf(at, "cell")] as GlobalCell;
    const { value } = cell;
    if (cell.changes >= MOST_CHANGES || !(value instanceof Closure || value instanceof Builtin)) return null;
    this.unit.cells.add(cell);
    return value;
  }

  /** A call of a known closure: a plain call of JavaScript, of this very function where it is that. */
  #direct(closure: Closure, args: readonly string[]): string {
    const self = closure.code === this.unit.code && this.unit.entry === 0;
    const target = self ? this.unit.functionName : `${this.unit.constant(closure.code)}.entry`;
    return `${target}(${[this.unit.constant(closure), "$d + $w", ...args].join(", ")})`;
  }

  #builtin(builtin: Builtin, args: readonly string[]): string | null {
    const context = this.helper("context");
    const fixed = [builtin.f0, builtin.f1, builtin.f2, builtin.f3][args.length] ?? null;
    if (fixed !== null) return `${this.unit.constant(fixed)}(${[...args, context].join(", ")})`;
    if (builtin.fn === null || args.length < builtin.min || args.length > builtin.max) return null;
    return `${this.unit.constant(builtin.fn)}([${args.join(", ")}], ${context})`;
  }

  #plain(callee: string, count: number): string {
    return `${callee} instanceof ${this.helper("Closure")} && ${callee}.code.exact === ${count}`;
  }

  #through(callee: string, args: readonly string[]): string {
    return `${callee}.code.entry(${[callee, "$d + $w", ...args].join(", ")})`;
  }

  /** A call of a builtin that is no global. */
  builtinCall(at: Decoded, builtin: Builtin, count: number): void {
    const args = this.#popMany(count).map((operand) => this.boxed(operand));
    const general = `${this.unit.constant(builtin)}.apply([${args.join(", ")}], ${this.helper("context")})`;
    this.failing(at, this.#builtin(builtin, args) ?? general, ANY);
  }

  /** A call with a list of arguments. */
  apply(at: Decoded): void {
    const list = this.boxed(this.pop());
    const callee = this.boxed(this.pop());
    this.called(at, `${this.helper("apply")}(${callee}, $d + $w, ${list})`);
  }

  /** The instruction after `at` in its block. */
  following(at: Decoded): Decoded | undefined {
    return this.#block.instructions.find((other) => other.pc === at.next);
  }

  /** A value of a global on the stack. */
  getGlobal(at: Decoded): void {
    this.noteSite(at);
    this.pushHome(this.#global(this.code.constants[operandOf(at, "cell")] as GlobalCell), ANY);
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
    else this.stack.push({ text: value, type: ANY, slot: -1, constant: undefined });
  }

  // --- The operand stack -----------------------------------------------------------------------------------------------

  /** What is known of an operand. */
  typeOf(operand: Operand): number {
    return operand.slot >= 0 ? this.types[operand.slot] as number : operand.type;
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

  #popMany(count: number): Operand[] {
    return this.stack.splice(this.stack.length - count);
  }

  /** The operand as a Sema value. */
  boxed(operand: Operand): string {
    if (operand.constant !== undefined) return this.#constantText(operand.constant);
    if (!isRaw(this.typeOf(operand))) return operand.text;
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
    const k = this.stack.length;
    if (text !== this.home(k)) this.out.push(`${this.home(k)} = ${text};`);
    this.stack.push({ text: this.home(k), type, slot: -1, constant: undefined });
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
      ? operand.constant === undefined ? operand.text : rawLiteral(operand.constant)
      : this.boxed(operand);
    if (text !== this.home(k)) this.out.push(`${this.home(k)} = ${text};`);
    this.stack[k] = { text: this.home(k), type: isRaw(type) && !raw ? ANY : type, slot: -1, constant: undefined };
  }

  #flush(): void {
    for (let k = 0; k < this.stack.length; k++) this.#settle(k);
  }

  // --- Variables -------------------------------------------------------------------------------------------------------

  getLocal(slot: number): void {
    if (this.code.slotShared[slot]) this.pushHome(`${this.slotNames[slot]}.value`, ANY);
    else this.stack.push({ text: this.slotNames[slot] as string, type: NONE, slot, constant: undefined });
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
      ? rawLiteral(operand.constant)
      : raw
      ? operand.text
      : this.boxed(operand);
    this.out.push(`${this.slotNames[slot]} = ${text};`);
    this.types[slot] = isRaw(type) && !raw ? ANY : type;
  }

  fresh(slot: number): void {
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
    const name = this.slotNames[source.index] as string;
    if (!source.shared && isRaw(this.types[source.index] as number)) return `${this.helper("float")}(${name})`;
    return name;
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
      const raw = isRaw(type) && !this.code.slotShared[slot];
      values.push(raw ? `${this.helper("float")}(${this.slotNames[slot]})` : this.slotNames[slot] as string);
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
    this.stack = entry.stack.slice(0, -1).map((type, k) => ({
      text: this.home(k),
      type,
      slot: -1,
      constant: undefined,
    }));
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
  #noSite(): void {
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

function rawLiteral(value: Value): string {
  return numberLiteral(value instanceof Flonum ? value.value : value as number);
}

/** A constant as an operand. */
export function constantOperand(value: Value): Operand {
  const type = typeOfConstant(value);
  const number = value instanceof Flonum ? value.value : typeof value === "number" ? value : null;
  return { text: number === null ? literal(value) ?? "" : numberLiteral(number), type, slot: -1, constant: value };
}

type Translate = (t: Translator, at: Decoded) => void;

const INSTRUCTION: Readonly<Record<string, Translate>> = {
  CONSTANT: (t, at) => t.push(constantOperand(t.code.constants[operandOf(at, "constant")] as Value)),
  INTEGER: (t, at) => t.push(constantOperand(operandOf(at, "integer"))),
  NIL: (t) => t.push(constantOperand(null)),
  TRUE: (t) => t.push(constantOperand(true)),
  FALSE: (t) => t.push(constantOperand(false)),
  POP: (t) => void t.pop(),
  DUP: (t) => {
    const top = t.stack.at(-1) as Operand;
    if (top.slot >= 0 || top.constant !== undefined) t.push(top);
    else t.pushHome(top.text, top.type);
  },
  GET_LOCAL: (t, at) => t.getLocal(operandOf(at, "slot")),
  SET_LOCAL: (t, at) => t.setLocal(operandOf(at, "slot")),
  FRESH: (t, at) => t.fresh(operandOf(at, "slot")),
  GET_CAPTURE: (t, at) => t.pushHome(t.captureNames[operandOf(at, "capture")] as string, ANY),
  GET_SHARED: (t, at) => {
    const cell = t.captureNames[operandOf(at, "capture")] as string;
    t.pushHome(`${cell}.slot < 0 ? ${cell}.value : ${t.helper("readCell")}(${cell})`, ANY);
  },
  SET_SHARED: (t, at) => {
    const cell = t.captureNames[operandOf(at, "capture")] as string;
    const value = t.boxed(t.pop());
    t.out.push(`if (${cell}.slot < 0) ${cell}.value = ${value}; else ${t.helper("writeCell")}(${cell}, ${value});`);
  },
  SELF: (t) => t.push({ text: t.closure, type: OTHER, slot: -1, constant: undefined }),
  GET_GLOBAL: (t, at) => t.getGlobal(at),
  SET_GLOBAL: (t, at) => t.setGlobal(at, false),
  DEFINE_GLOBAL: (t, at) => t.setGlobal(at, true),
  CLOSURE: (t, at) => t.makeClosure(at),
  RECAPTURE: (t, at) => t.recapture(at),
  CALL: (t, at) => t.call(at),
  CALL_GLOBAL: (t, at) => t.call(at),
  CALL_SELF: (t, at) => t.call(at),
  APPLY: (t, at) => t.apply(at),
  BUILTIN: (t, at) => {
    t.builtinCall(at, t.code.constants[operandOf(at, "builtin")] as Builtin, operandOf(at, "count"));
  },
  AWAIT: (t, at) => t.called(at, `${t.helper("await")}(${t.boxed(t.pop())})`),
};

/** Intrinsics without speculation: helper → type of the result. */
function general(helper: string, type: number, count: 1 | 2): Translate {
  return (t, at) => {
    const b = count === 2 ? [t.boxed(t.pop())] : [];
    const a = t.boxed(t.pop());
    t.failing(at, `${t.helper(helper)}(${[a, ...b].join(", ")})`, type);
  };
}

/** A test of one value that cannot fail. */
function predicate(test: (t: Translator, text: string) => string): Translate {
  return (t, at) => t.pushTest(test(t, t.variable(t.pop())), t.following(at));
}

/** A field of a list, or the general operation. */
function onList(helper: string, field: string): Translate {
  return (t, at) => {
    const list = t.variable(t.pop());
    t.failing(at, `${list} instanceof ${t.helper("List")} ? ${list}.${field} : ${t.helper(helper)}(${list})`, ANY);
  };
}

/** An element of an array or vector, or the general operation. */
function element(type: string, helper: string): Translate {
  return (t, at) => {
    const operand = t.pop();
    const isNumber = t.typeOf(operand) === INT32;
    const index = t.boxed(operand);
    const sequence = t.variable(t.pop());
    const from = t.auxiliary("$a");
    // Only a number may index: the host's arrays have properties of other names.
    const test = `${sequence} instanceof ${t.helper(type)}${isNumber ? "" : ` && typeof ${index} === "number"`}`;
    t.out.push(`${from} = ${test} ? ${sequence}.items[${index}] : undefined;`);
    t.failing(at, `${from} !== undefined ? ${from} : ${t.helper(helper)}(${sequence}, ${index})`, ANY);
  };
}

const INTRINSIC: Readonly<Record<string, Translate>> = {
  ADD: (t, at) => arithmetic(t, at, "+", "add"),
  SUBTRACT: (t, at) => arithmetic(t, at, "-", "subtract"),
  MULTIPLY: (t, at) => arithmetic(t, at, "*", "multiply"),
  DIVIDE: (t, at) => arithmetic(t, at, "/", "divide"),
  EQUAL: (t, at) => comparison(t, at, "===", "equal"),
  LESS: (t, at) => comparison(t, at, "<", "less"),
  GREATER: (t, at) => comparison(t, at, ">", "greater"),
  LESS_OR_EQUAL: (t, at) => comparison(t, at, "<=", "lessOrEqual"),
  GREATER_OR_EQUAL: (t, at) => comparison(t, at, ">=", "greaterOrEqual"),
  MOD: (t, at) => remainder(t, at, "mod"),
  MODULO: (t, at) => remainder(t, at, "modulo"),
  NEGATE: (t, at) => {
    const operand = t.pop();
    if (t.typeOf(operand) === FLOAT && operand.constant === undefined) t.pushHome(`-${operand.text}`, FLOAT);
    else t.failing(at, `${t.helper("negate")}(${t.boxed(operand)})`, ANY);
  },
  NOT: (t, at) => t.pushTest(t.testNot(t.pop()), t.following(at)),
  CONS: general("cons", OTHER, 2),
  CAR: onList("car", "first"),
  CDR: onList("cdr", "rest"),
  FIRST: onList("first", "first"),
  REST: onList("rest", "rest"),
  IS_NULL: (t, at) => {
    const list = t.variable(t.pop());
    t.pushTest(`(${list} === ${t.helper("EMPTY")} || ${list} === null)`, t.following(at));
  },
  IS_PAIR: predicate((t, x) => `(${x} instanceof ${t.helper("List")} && ${x} !== ${t.helper("EMPTY")})`),
  IS_LIST: predicate((t, x) => `${x} instanceof ${t.helper("List")}`),
  IS_NUMBER: predicate((t, x) => `(typeof ${x} === "number" || ${t.helper("isNumber")}(${x}))`),
  IS_STRING: predicate((_, x) => `typeof ${x} === "string"`),
  IS_SYMBOL: predicate((t, x) => `${t.helper("isSymbol")}(${x})`),
  LENGTH: general("length", INT32, 1),
  STRING_LENGTH: general("stringLength", INT32, 1),
  APPEND: general("append", ANY, 2),
  GET: general("get", ANY, 2),
  CONTAINS: general("contains", BOOLEAN, 2),
  NTH: element("Vector", "nth"),
  ARRAY_GET: element("MutableArray", "arrayGet"),
  STRING_REF: general("stringRef", OTHER, 2),
  STRING_APPEND: general("stringAppend", OTHER, 2),
};
