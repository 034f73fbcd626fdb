/**
 * Bytecode → JavaScript statements, block by block. Variables of the program and places of the operand stack are
 * JavaScript variables; what is known of their types comes in with the block and goes out with its edges. The same
 * translation, its text thrown away, is the transfer function of the type analysis.
 *
 * Every statement keeps the rule that a side exit can be taken before it as if nothing of its instruction had happened.
 */
import { Builtin } from "../builtins/declare.ts";
import { Closure, type Code } from "../bytecode/mod.ts";
import { Flonum, Keyword, Sym, type Value } from "../data/mod.ts";
import type { GlobalCell, Unbound } from "../runtime/globals.ts";
import type { Annotate } from "./annotate.ts";
import type { Block } from "./graph.ts";
import type { Forcing } from "./forcing.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import { caughtAt, leave, saved, unwound } from "./leaving.ts";
import type { Liveness } from "./liveness.ts";
import { assignVariable, freshVariable, need, readVariable } from "./closures.ts";
import { slotGuard } from "./guards.ts";
import type { Inlined } from "./inline.ts";
import { Caught, Constant, isVirtual, type Known, type Made, SharedVariable } from "./known.ts";
import type { Names } from "./names.ts";
import { constantOperand, literal, numberOf, type Operand, rawLiteral } from "./operand.ts";
import type { Exit } from "./reasons.ts";
import { join, type LoopGuards } from "./analysis.ts";
import { ANY, BOOLEAN, COPY, FLOAT, isAlwaysTrue, isRaw, NONE, STALE, within } from "./types.ts";
import { MOST_CHANGES, type Unit } from "./unit.ts";

/** Types of the slots and of the operand stack where control enters a block, and what else is known of them. */
export interface State {
  readonly slots: number[];
  readonly stack: number[];
  readonly known: (Known | null)[];
  readonly stackKnown: (Known | null)[];
}

/** A check of a variable's type in a block. */
export interface Guard {
  readonly block: number;
  readonly slot: number;
  readonly type: number;
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

/** Where inlined functions leave the result of a call: a place of the operand stack of the function that goes on with it. */
export interface ResultPlace {
  readonly k: number;
  /** All types that it has had. */
  type: number;
}

/** How a function is inlined at a call of another. */
export interface InlineSite {
  /** Tells its variables and labels from those of others. */
  readonly id: number;
  /** The function in whose text it stands. */
  readonly parent: Translator;
  /** The function that goes on with the result, and its call: the parent, unless that made a tail call. */
  readonly caller: Translator;
  readonly at: Decoded;
  /** What is called. */
  readonly callee: Callee;
  /** Where the result goes; null for a tail call, whose result is the caller's. */
  readonly result: ResultPlace | null;
}

/** A closure whose code is known: a constant, or one made in the text. */
export type Callee = Closure | Made;

/** What all translators of one unit share. */
export interface Translation {
  readonly unit: Unit;
  readonly names: Names;
  /** Calls and rounds of loops are charged to limits. */
  readonly metered: boolean;
  /** Comments above instructions, where they are wanted. */
  readonly annotate: Annotate | null;
  /** What the text does without need; null outside of tests. */
  readonly forcing: Forcing | null;
  /** Helpers that the text uses. */
  readonly helpers: Set<string>;
  /** Further variables that the text uses. */
  readonly variables: Set<string>;
  /** Where guesses about a code were wrong, by pc. */
  readonly misses: (code: Code) => ReadonlySet<number>;
  /** Writes one instruction. */
  readonly translate: (t: Translator, at: Decoded) => void;
  /** Writes a call as the callee's body, or declines. */
  readonly inline: (caller: Translator, at: Decoded, callee: Callee, args: readonly Operand[]) => boolean;
  /** Counts what the analysis has found out about what is not in the state of a block. */
  epoch: number;
  /** The analysis has ended. */
  settled: boolean;
  /** The constants of the unit. */
  readonly constants: Map<Value, Constant>;
}

/** Translates the blocks of one function: that of the unit, or one inlined in it. */
/** Rounds of a loop between two looks at the meter, the first time and later. Those left when it ends are not charged. */
const FIRST_ROUNDS = 16;
const ROUNDS = 128;

export class Translator {
  readonly shared: Translation;
  readonly unit: Unit;
  readonly code: Code;
  readonly live: Liveness;
  readonly site: InlineSite | null;
  /** The JavaScript variables of slots and captures, for Sema values. */
  readonly slotNames: readonly string[];
  readonly captureNames: readonly string[];
  /**
   * The variables whose types are known: slots and, after them, captures. A capture never changes, so its variable holds
   * it as a Sema value all the time.
   */
  readonly names: readonly string[];
  /** The captures that are read from the closure, by index. */
  readonly captured: Set<number> = new Set();
  /** Variables may hold raw doubles; not in a function with a TRY, whose handler may be entered from anywhere. */
  readonly raw: boolean;
  /** Variables that closures share; null for the others. */
  readonly sharedSlots: readonly (SharedVariable | null)[];
  /** Closures made here, by pc. */
  readonly made: Map<number, Made> = new Map();
  /** What handlers are given, by the pc where they begin; null: a map with the whole trace. */
  readonly caught: Map<number, Caught | null> = new Map();
  /** Functions inlined here, by the pc of the call; null: it was decided not to. */
  readonly inlined: Map<number, Inlined | null> = new Map();
  /** Guards of variables that the analysis has come across. */
  readonly guards: Guard[] = [];
  /** Those moved in front of loops, by header. */
  readonly loopGuards: Map<number, LoopGuards> = new Map();
  /** Where a guess of an earlier compilation was wrong: instructions and headers of loops, by pc. */
  readonly misses: ReadonlySet<number>;
  /** What tail calls of inlined functions bring to the start of this one; null: there are none. */
  again: State | null = null;
  /** What is known at its start, after the analysis. */
  start: State | null = null;
  /** Only the facts are wanted: the text is thrown away. */
  analysing = true;
  out: string[] = [];
  types: number[] = [];
  /** What else is known of the slots. */
  known: (Known | null)[] = [];
  stack: Operand[] = [];
  #block: Block = NO_BLOCK;
  /** Blocks inside a TRY: leaving must not pass its handler. */
  tryDepth = 0;
  /** The site of the latest back-edge. */
  #backEdge = -1;
  /** Per loop the site of its latest back-edge. */
  readonly #roundSites: Map<number, number> = new Map();

  constructor(shared: Translation, code: Code, live: Liveness, site: InlineSite | null) {
    this.shared = shared;
    this.unit = shared.unit;
    this.code = code;
    this.live = live;
    this.site = site;
    this.slotNames = code.slotNames.map((name) => shared.names.take(name));
    this.captureNames = code.captureNames.map((name) => shared.names.take(name));
    this.names = [...this.slotNames, ...this.captureNames];
    this.misses = shared.misses(code);
    this.raw = code.handlers.length === 0;
    this.sharedSlots = code.slotShared.map((isShared, slot) =>
      isShared ? new SharedVariable(this.slotNames[slot] as string, `$${shared.names.take(`cell_${slot}`)}`) : null
    );
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
    return `${this.names[slot]}$`;
  }

  /** All variables that the function may use. */
  variableNames(): string[] {
    const places = Array.from({ length: this.code.maxStack + 1 }, (_, k) => k);
    return [
      ...this.names,
      ...this.names.map((_, slot) => this.rawName(slot)),
      ...places.map((k) => this.home(k)),
      ...places.map((k) => this.rawHome(k)),
    ];
  }

  /** A label for a block. */
  label(kind: "L" | "B" | "N" | "T", index: number): string {
    return this.site === null ? `$${kind}${index}` : `$${kind}${this.site.id}_${index}`;
  }

  // --- Blocks ----------------------------------------------------------------------------------------------------------

  /** Nothing is known yet but which variables are shared. */
  begin(): void {
    this.types = [
      ...this.sharedSlots.map((variable) => variable === null ? NONE : ANY),
      ...this.captureNames.map(() => ANY),
    ];
    this.known = this.types.map(() => null);
    this.stack = [];
  }

  /** A state in which nothing but types is known, and nothing of captures. */
  stateOf(types: readonly number[], stack: readonly number[] = []): State {
    const slots = [...types, ...this.captureNames.map(() => ANY)];
    return { slots, stack: [...stack], known: slots.map(() => null), stackKnown: stack.map(() => null) };
  }

  /** Reads the captures that are used from the closure. */
  loadCaptures(): string[] {
    const callee = this.site?.callee;
    const closure = callee instanceof Closure ? this.unit.constant(callee) : "$c";
    return [...this.captured].map((index) => `${this.captureNames[index]} = ${closure}.captures[${index}];`);
  }

  /** A capture of the running closure, on the stack. */
  readCapture(index: number): void {
    this.captured.add(index);
    this.stack.push(new Variable(this, this.slotNames.length + index));
  }

  /** An operand as one of a function that is inlined here. */
  handedOver(operand: Operand): Operand {
    const { text, constant } = operand;
    const handed = { text, constant, slot: -1, type: this.typeOf(operand) };
    const known = this.knownOf(operand);
    return known === null ? handed : { ...handed, known };
  }

  /** Appends the statements of a block to `out`. Afterwards `types` and `stack` are those at its end. */
  block(block: Block, entry: State): Ending {
    this.#block = block;
    this.types = [...entry.slots];
    this.known = [...entry.known];
    this.stack = entry.stack.map((type, k) => this.place(k, type, entry.stackKnown[k] ?? null));
    const { annotate, forcing } = this.shared;
    for (const at of block.instructions) {
      if (forcing?.leaveEvery !== undefined) {
        this.out.push(`if (${this.helper("leaveNow")}()) ${this.exitTo(at.pc, "forced", null)}`);
      }
      if (annotate !== null && !this.analysing) this.out.push(...annotate(this, at));
      const ending = this.#ending(block, at);
      if (ending !== null) return ending;
      this.shared.translate(this, at);
    }
    this.#flush();
    return { kind: "goto", to: block.successors[0] as number };
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

  /**
   * Statements that give variables the representation and, in front of a loop, the types that the block at `pc` expects.
   */
  edge(from: State, to: State, pc: number): string[] {
    const result: string[] = [];
    const box = (raw: string, name: string, b: number): void => {
      if (!isRaw(b) && b !== NONE) result.push(`${name} = ${this.helper("float")}(${raw});`);
    };
    from.slots.forEach((type, slot) => {
      if (type === (FLOAT | STALE)) box(this.rawName(slot), this.names[slot] as string, to.slots[slot] ?? NONE);
    });
    from.stack.forEach((type, k) => {
      if (type === FLOAT) box(this.rawHome(k), this.home(k), to.stack[k] ?? NONE);
    });
    const guarded = from.slots.flatMap((type, slot) => {
      const wanted = to.slots[slot] as number;
      const copied = (wanted & COPY & ~type) === 0;
      return type === NONE || wanted === NONE || within(type, wanted) && copied ? [] : [[slot, wanted] as const];
    });
    if (guarded.length === 0) return result;
    this.types = [...from.slots];
    this.known = [...from.known];
    this.stack = from.stack.map((type, k) => this.place(k, type, from.stackKnown[k] ?? null));
    const leave = this.exitTo(pc, "loopTypes", null);
    for (const [slot, wanted] of guarded) result.push(slotGuard(this, slot, wanted, leave));
    return result;
  }

  /** Whether the raw variable of the operand holds the double that it is in float arithmetic. */
  hasCopy({ slot }: Operand): boolean {
    return slot >= 0 && ((this.types[slot] as number) & COPY) !== 0;
  }

  /** Tells the analysis of a guard. */
  noteGuard({ slot }: Operand, type: number): void {
    if (this.analysing && slot >= 0) this.guards.push({ block: this.#block.index, slot, type });
  }

  /** The slots that a block assigns. */
  assignedSlots(block: Block): number[] {
    return block.instructions.flatMap((at) => {
      if (at.row.name === "SET_LOCAL" || at.row.name === "FRESH") return [operandOf(at, "slot")];
      const again = at.row.flow === "return" && block.successors.length > 0;
      return again ? Array.from({ length: operandOf(at, "count") }, (_, slot) => slot) : [];
    });
  }

  /** A place of the operand stack whose value is in its variable. */
  place(k: number, type: number, known: Known | null = null): Operand {
    const place = { text: isRaw(type) ? this.rawHome(k) : this.home(k), type, slot: -1, constant: undefined };
    return known === null ? place : { ...place, known };
  }

  #ending(block: Block, at: Decoded): Ending | null {
    switch (at.row.flow) {
      case "next":
        return null;
      case "loop":
        this.backEdge(at);
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
      case "try": {
        this.#flush();
        const caught = caughtAt(this, at.operands[0] as number);
        if (caught !== null) this.forget(caught);
        return {
          kind: "try",
          body: block.successors[0] as number,
          handler: block.handler,
          target: at.operands[0] as number,
        };
      }
      default:
        return at.row.flow satisfies never;
    }
  }

  /** The place of a back-edge, which is to blame when a limit ends its loop. */
  backEdge(at: Decoded): void {
    if (this.shared.metered) this.#backEdge = this.siteNumber(at);
  }

  /**
   * The jump to the start of a loop's round. Where rounds are counted, the loop is one of at most {@link ROUNDS} rounds
   * inside another one that charges them: so it has no call that would keep the host from using registers.
   */
  nextRound(index: number): string[] {
    return [...this.counted(index), `continue ${this.label("L", index)};`];
  }

  /** What counts a round down, at its end. */
  counted(index: number): string[] {
    if (!this.shared.metered) return [];
    this.#roundSites.set(index, this.#backEdge);
    return [`if (--${this.#rounds(index)} < 0) break ${this.label("L", index)};`];
  }

  /** The start of a loop. */
  loopStart(index: number): string[] {
    const loop = `${this.label("L", index)}: for (;;) {`;
    return this.shared.metered ? [`${this.#rounds(index)} = ${FIRST_ROUNDS};`, "for (;;) {", loop] : [loop];
  }

  /** The end of a loop whose rounds start at `pc` in a state. */
  loopEnd(index: number, pc: number, state: State): string[] {
    if (!this.shared.metered) return ["}"];
    this.types = [...state.slots];
    this.known = [...state.known];
    this.stack = state.stack.map((type, k) => this.place(k, type, state.stackKnown[k] ?? null));
    const left = `${this.helper("meter")}.left`;
    return [
      "}",
      `$s = ${this.#roundSites.get(index) ?? -1};`,
      `${this.#rounds(index)} = ${ROUNDS};`,
      `if ((${left} -= ${ROUNDS}) < 0 && ${this.helper("tick")}()) ${this.exitTo(pc, "pause", null)}`,
      "}",
    ];
  }

  #rounds(index: number): string {
    return this.auxiliary(this.label("N", index));
  }

  /** A tail call of the function to itself: its parameters change and it starts again. */
  #selfCall(block: Block, at: Decoded): Ending {
    this.backEdge(at);
    const count = operandOf(at, "count");
    const first = this.stack.length - count;
    for (let i = 0; i < count; i++) {
      const operand = this.stack[first + i] as Operand;
      if (operand.slot >= 0 && operand.slot !== i) this.#settle(first + i);
    }
    const args = this.stack.splice(first);
    args.forEach((operand, i) => operand.slot === i || this.bindParameter(i, operand));
    this.stack = [];
    return { kind: "goto", to: block.successors[0] as number };
  }

  /** Pushes the result of an expression that may unwind. */
  called(at: Decoded, text: string): void {
    this.noteSite(at);
    const k = this.stack.length;
    const result = this.home(k);
    this.out.push(`${result} = ${text};`);
    this.out.push(unwound(this, result, at.next));
    this.stack.push(this.place(k, ANY));
  }

  /** The text is the whole function, from its start on. */
  get isWhole(): boolean {
    return this.site !== null || this.unit.entry === 0;
  }

  /** A jump to the start from inside a function that is inlined here. `out`: where its text goes. */
  startAgain(args: readonly Operand[], out: string[]): void {
    const [outer, types, known, stack] = [this.out, this.types, this.known, this.stack];
    this.out = out;
    this.begin();
    args.forEach((operand, slot) => this.bindParameter(slot, operand));
    const state = this.endState();
    if (this.analysing) this.again = this.again === null ? state : join(this, 0, this.again, state) ?? this.again;
    else out.push(...this.edge(state, this.start ?? state, 0), ...this.nextRound(0));
    [this.out, this.types, this.known, this.stack] = [outer, types, known, stack];
  }

  /** A parameter at the start of the function: where closures share it, it is a new variable. */
  bindParameter(slot: number, operand: Operand): void {
    const variable = this.sharedSlots[slot];
    if (!variable) return this.#assign(slot, operand);
    freshVariable(this, variable);
    if (variable.real) this.out.push(`${variable.name} = ${this.helper("cell")}(${this.boxed(operand)});`);
    else assignVariable(this, variable, operand);
  }

  /** A variable that holds the operand as a Sema value. */
  variable(operand: Operand): string {
    const plain = (operand.slot >= 0 || /^\$[ck\d]/.test(operand.text)) && !this.#isVirtual(operand);
    if (plain && operand.constant === undefined && !isRaw(this.typeOf(operand))) return operand.text;
    return this.named(this.boxed(operand));
  }

  #isVirtual(operand: Operand): boolean {
    return isVirtual(this.knownOf(operand));
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
   * What the global holds now, if the unit may rely on it: a function or a value that keeps nothing alive, not assigned
   * too often.
   */
  builtIn(cell: GlobalCell): Constant | null {
    const { value } = cell;
    if (cell.changes >= MOST_CHANGES || !(value instanceof Closure || value instanceof Builtin || isPlain(value))) {
      return null;
    }
    this.unit.cells.add(cell);
    return this.constant(value);
  }

  /** A value of a global on the stack: itself while nobody assigns it. Then its type is known, too. */
  getGlobal(at: Decoded): void {
    const cell = this.code.constants[operandOf(at, "cell")] as GlobalCell;
    const known = this.builtIn(cell);
    if (known !== null) return this.push(constantOperand(known.value));
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
      `if (${cell}.watchers === null) ${cell}.value = ${value}; else if (${leave}) return ${saved(this, at.next)};`,
    );
    if (define) this.stack.push(constantOperand(null));
    else this.stack.push(this.place(k, ANY));
  }

  // --- The operand stack -----------------------------------------------------------------------------------------------

  /** What is known of an operand. */
  typeOf(operand: Operand): number {
    return operand.slot >= 0 ? (this.types[operand.slot] as number) & ANY : operand.type;
  }

  /** What else is known of an operand. */
  knownOf(operand: Operand): Known | null {
    if (operand.constant !== undefined) return this.constant(operand.constant);
    return operand.slot >= 0 ? this.known[operand.slot] ?? null : operand.known ?? null;
  }

  /** Whether the variable may still be read from `pc` on. */
  isLive(pc: number, slot: number): boolean {
    return slot >= this.slotNames.length || this.live.get(pc)?.[slot] === 1;
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
    if (constant !== undefined) return this.constantText(constant);
    const known = this.knownOf(operand);
    if (isVirtual(known)) need(this.shared, known);
    if (!isRaw(this.typeOf(operand))) return operand.text;
    if (slot >= 0 && ((this.types[slot] as number) & STALE) === 0) return this.names[slot] as string;
    const { text } = operand;
    // Only an integral double needs a box; the host's own rounding tells faster than a call.
    return `(Math.floor(${text}) === ${text} ? ${this.helper("float")}(${text}) : ${text})`;
  }

  /** A constant as a Sema value. */
  constantText(value: Value): string {
    return literal(value) ?? this.unit.constant(value);
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
    const known = this.knownOf(operand);
    if (isVirtual(known) && !box) {
      this.stack[k] = this.place(k, type, known);
      return;
    }
    const raw = isRaw(type) && this.raw && !box;
    const text = raw
      ? operand.constant === undefined ? operand.text : rawLiteral(numberOf(operand.constant))
      : this.boxed(operand);
    const place = this.place(k, isRaw(type) && !raw ? ANY : type, known);
    if (text !== place.text) this.out.push(`${place.text} = ${text};`);
    this.stack[k] = place;
  }

  /** From here on nothing is known of variables and operands that depend on what `changes`: they have to be made before. */
  forget(changes: Made | Caught | SharedVariable): void {
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

  #flush(): void {
    for (let k = 0; k < this.stack.length; k++) this.#settle(k);
  }

  // --- Variables -------------------------------------------------------------------------------------------------------

  getLocal(slot: number): void {
    const variable = this.sharedSlots[slot];
    if (variable) readVariable(this, variable);
    else this.stack.push(new Variable(this, slot));
  }

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

  /** An operand that is a raw double. */
  rawText({ constant, text }: Operand): string {
    return constant === undefined ? text : rawLiteral(numberOf(constant));
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

  // --- Leaving ---------------------------------------------------------------------------------------------------------

  /** A statement that moves the activation to the interpreter, at the instruction `at`. */
  exit(at: Decoded, exit: Exit, seen = 0): string {
    const site = seen === 0 ? null : { site: operandOf(at, "feedback"), seen };
    return this.exitTo(at.pc, exit, site);
  }

  /** A statement that moves the activation to the interpreter at `pc`. */
  exitTo(pc: number, exit: Exit, feedback: { site: number; seen: number } | null): string {
    return leave(this, pc, exit, feedback);
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
    return isRaw(this.#t.typeOf(this)) ? this.#t.rawName(slot) : this.#t.names[slot] as string;
  }
}

/** A value that holds no others. */
function isPlain(value: Value | Unbound): value is number | boolean | null | string | Flonum | Sym | Keyword {
  return value === null || typeof value === "number" || typeof value === "boolean" || typeof value === "string" ||
    value instanceof Flonum || value instanceof Sym || value instanceof Keyword;
}
