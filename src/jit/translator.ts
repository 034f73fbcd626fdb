/**
 * Bytecode → JavaScript statements, block by block. Variables of the program and places of the operand stack are
 * JavaScript variables (`values.ts`); what is known of their types comes in with the block and goes out with its edges.
 * The same translation, its text thrown away, is the transfer function of the type analysis.
 *
 * Every statement keeps the rule that a side exit can be taken before it as if nothing of its instruction had happened.
 */
import type { Code } from "../bytecode/mod.ts";
import { join, type LoopGuards } from "./analysis.ts";
import type { Block } from "./graph.ts";
import type { Group } from "./fusion.ts";
import { slotGuard } from "./guards.ts";
import type { Inlined } from "./inline.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import type { Caught, Made, MadeMap } from "./known.ts";
import { caughtAt, leave, unwound } from "./leaving.ts";
import type { Liveness } from "./liveness.ts";
import type { Operand } from "./operand.ts";
import type { Exit } from "./reasons.ts";
import { Rounds } from "./rounds.ts";
import type { Ending, Guard, InlineSite, State, Translation } from "./translation.ts";
import { ANY, FLOAT, HELD, isRaw, NONE, STALE, within } from "./types.ts";
import { Values } from "./values.ts";

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

/** Translates the blocks of one function: that of the unit, or one inlined in it. */
export class Translator extends Values {
  readonly live: Liveness;
  /** What its loops have in front and at the end. */
  readonly rounds: Rounds = new Rounds(this);
  /** Closures made here, by pc. */
  readonly made: Map<number, Made> = new Map();
  /** Maps made here, by pc. */
  readonly maps: Map<number, MadeMap> = new Map();
  /** What handlers are given, by the pc where they begin; null: a map with the whole trace. */
  readonly caught: Map<number, Caught | null> = new Map();
  /** Functions inlined here, by the pc of the call; null: it was decided not to. */
  readonly inlined: Map<number, Inlined | null> = new Map();
  /** A call that gets a function could not be inlined here: where all of this is inlined it would be made for nothing. */
  isCut = false;
  /** Groups of calls that are fused here, by the pc of the first; null: it was decided not to. */
  readonly groups: Map<number, Group | null> = new Map();
  /** Guards of variables that the analysis has come across. */
  readonly guards: Guard[] = [];
  /** Those moved in front of loops, by header. */
  readonly loopGuards: Map<number, LoopGuards> = new Map();
  /** The variables that rounds assign, by header. */
  readonly assignedInLoops: Map<number, ReadonlySet<number>> = new Map();
  /** Where a guess of an earlier compilation was wrong: instructions and headers of loops, by pc. */
  readonly misses: ReadonlySet<number>;
  /** What tail calls of inlined functions bring to the start of this one; null: there are none. */
  again: State | null = null;
  /** What is known at its start, after the analysis. */
  start: State | null = null;
  /** Only the facts are wanted: the text is thrown away. */
  analysing = true;
  /** Blocks inside a TRY: leaving must not pass its handler. */
  tryDepth = 0;
  #block: Block = NO_BLOCK;

  constructor(shared: Translation, code: Code, live: Liveness, site: InlineSite | null) {
    super(shared, code, site);
    this.live = live;
    this.misses = shared.misses(code);
  }

  // --- Blocks ---------------------------------------------------------------------------------------------------------

  /** A state in which nothing but types is known, and nothing of captures. */
  stateOf(types: readonly number[], stack: readonly number[] = []): State {
    const slots = [...types, ...this.captureNames.map(() => ANY)];
    return { slots, stack: [...stack], known: slots.map(() => null), stackKnown: stack.map(() => null) };
  }

  /** Appends the statements of a block to `out`. Afterwards `types` and `stack` are those at its end. */
  block(block: Block, entry: State): Ending {
    this.#block = block;
    this.enter(entry);
    const { annotate, forcing } = this.shared;
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const at = instructions[i] as Decoded;
      if (forcing?.leaveEvery !== undefined) {
        this.out.push(`if (${this.helper("leaveNow")}()) ${this.exitTo(at.pc, "forced", null)}`);
      }
      if (annotate !== null && !this.analysing) this.out.push(...annotate(this, at));
      const last = this.shared.fuse(this, instructions, i);
      if (last >= 0) {
        i = last;
        if ((instructions[i] as Decoded).row.flow === "return") return { kind: "left" };
        continue;
      }
      const ending = this.#ending(block, at);
      if (ending !== null) return ending;
      this.shared.translate(this, at);
    }
    this.flush();
    return { kind: "goto", to: block.successors[0] as number };
  }

  #ending(block: Block, at: Decoded): Ending | null {
    switch (at.row.flow) {
      case "next":
        return null;
      case "loop":
        this.rounds.backEdge(at);
        this.flush();
        return { kind: "goto", to: block.successors[0] as number };
      case "jump":
        this.flush();
        return { kind: "goto", to: block.successors[0] as number };
      case "branch": {
        const test = this.test(this.pop());
        this.flush();
        return { kind: "branch", test, yes: block.successors[0] as number, no: block.successors[1] as number };
      }
      case "return":
        if (block.successors.length > 0) {
          // A tail call of the function to itself: its parameters change and it starts again.
          this.rounds.backEdge(at);
          this.rebindParameters(operandOf(at, "count"));
          return { kind: "goto", to: block.successors[0] as number };
        }
        this.shared.translate(this, at);
        return { kind: "left" };
      case "throw":
        this.shared.translate(this, at);
        return { kind: "left" };
      case "try": {
        this.flush();
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

  /** The instruction after `at` in its block. */
  following(at: Decoded): Decoded | undefined {
    return this.#block.instructions.find((other) => other.pc === at.next);
  }

  /** Whether the variable may still be read from `pc` on. */
  isLive(pc: number, slot: number): boolean {
    return slot >= this.slotNames.length || this.live.get(pc)?.[slot] === 1;
  }

  /** The slots that a block assigns. */
  assignedSlots(block: Block): number[] {
    return block.instructions.flatMap((at) => {
      if (at.row.name === "SET_LOCAL" || at.row.name === "FRESH") return [operandOf(at, "slot")];
      const again = at.row.flow === "return" && block.successors.length > 0;
      return again ? Array.from({ length: operandOf(at, "count") }, (_, slot) => slot) : [];
    });
  }

  /** Tells the analysis of a guard. */
  noteGuard({ slot }: Operand, type: number): void {
    if (this.analysing && slot >= 0) this.guards.push({ block: this.#block.index, slot, type });
  }

  // --- Edges ----------------------------------------------------------------------------------------------------------

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
      const held = (wanted & HELD & ~type) === 0;
      return type === NONE || wanted === NONE || within(type, wanted) && held ? [] : [[slot, wanted] as const];
    });
    if (guarded.length === 0) return result;
    this.enter(from);
    const leave = this.exitTo(pc, "loopTypes", null);
    for (const [slot, wanted] of guarded) result.push(slotGuard(this, slot, wanted, leave));
    return result;
  }

  /** A jump to the start from inside a function that is inlined here. `out`: where its text goes. */
  startAgain(args: readonly Operand[], out: string[]): void {
    const [outer, types, known, stack] = [this.out, this.types, this.known, this.stack];
    this.out = out;
    this.begin();
    args.forEach((operand, slot) => this.bindParameter(slot, operand));
    const state = this.endState();
    if (this.analysing) this.again = this.again === null ? state : join(this, 0, this.again, state) ?? this.again;
    else out.push(...this.edge(state, this.start ?? state, 0), ...this.rounds.next(0, false));
    [this.out, this.types, this.known, this.stack] = [outer, types, known, stack];
  }

  // --- Leaving --------------------------------------------------------------------------------------------------------

  /** A statement that moves the activation to the interpreter, at the instruction `at`. */
  exit(at: Decoded, exit: Exit, seen = 0): string {
    const site = seen === 0 ? null : { site: operandOf(at, "feedback"), seen };
    return this.exitTo(at.pc, exit, site);
  }

  /** A statement that moves the activation to the interpreter at `pc`. */
  exitTo(pc: number, exit: Exit, feedback: { site: number; seen: number } | null): string {
    return leave(this, pc, exit, feedback);
  }

  /** Pushes the result of an expression that may unwind. */
  called(at: Decoded, text: string): void {
    this.effect();
    this.noteSite(at);
    this.shared.calls++;
    const k = this.stack.length;
    const result = this.home(k);
    this.out.push(`${result} = ${text};`);
    this.out.push(unwound(this, result, at.next));
    this.stack.push(this.place(k, ANY));
  }
}
