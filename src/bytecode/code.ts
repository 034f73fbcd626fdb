/**
 * The compiled form of one function: what `compile` makes, `verify` checks, and both tiers run.
 */
import type { Builtin } from "../builtins/declare.ts";
import type { Names, Position } from "../core/mod.ts";
import type { TraceFrame, Value } from "../data/mod.ts";
import type { GlobalCell } from "../globals/mod.ts";
import type { Captured, Closure, Entry, Unwind } from "./closure.ts";

/** What an entry of the constants may be; the operand kind of the instruction tells which. */
export type Constant = Value | GlobalCell | Code | Builtin;

/** How `CLOSURE` fills one capture: from a slot of the frame, or from a capture of the running closure. */
export interface CaptureSource {
  readonly from: "slot" | "capture";
  readonly index: number;
  /** The variable is assigned where a closure can see it, so the capture is a cell. */
  readonly shared: boolean;
}

/** Where control goes when an instruction in `start ≤ pc < end` fails. */
export interface Handler {
  readonly start: number;
  readonly end: number;
  readonly target: number;
  /** Height of the operand stack that the handler expects below the error map. */
  readonly height: number;
  /** The handler may look at the error's trace. */
  readonly trace: boolean;
}

/** A loop written as a function, which has no frame of its own but a line in traces: the code from `start` to `end`. */
export interface LoopFrame {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** Where the loop stands, which is where the function around it is at. */
  readonly position: Position | null;
  /** What is around it shows no line of its own, as after a tail call. */
  readonly tail: boolean;
}

/** What types a site has seen besides small integers, or'ed into its byte of `feedback`. */
export const SEEN = {
  /** A float operand; for an element, a sequence that is kept as doubles. */
  float: 1,
  /** An integer that needs more than 32 bits, as operand or result. */
  wide: 2,
  /** Anything else: a bigint, a fraction, a string, a type error. */
  other: 4,
  /** Two integers, where a float was seen before; for an element, a sequence that is not kept as doubles. */
  integer: 8,
} as const;

/** What the second tier keeps with a code. Its own types stand in `jit`; the interpreter needs only these. */
export interface SecondTier {
  /** The code is compiled and valid: calls go through `code.entry`. */
  active: boolean;
}

/** Enters compiled code at a loop header: `(closure, depth, frame values)`, a shared variable as its cell. */
export type LoopEntry = (closure: Closure, depth: number, frame: Captured[]) => Value | Unwind;

/** One function's code. Immutable but for the feedback, the counters and the tiers' own links. */
export class Code {
  readonly name: string | null;
  /** Values of it print under their name. */
  readonly named: boolean;
  /** Part of the library: traces do not show it. */
  readonly library: boolean;
  readonly parameters: number;
  readonly rest: boolean;
  /** Fewest and most arguments; a library function may allow fewer than its rest parameter would take. */
  readonly min: number;
  readonly max: number;
  /** Slots of the frame: parameters, rest, other variables. */
  readonly slots: number;
  readonly slotNames: readonly string[];
  /** Per slot: closures share the variable through a cell. */
  readonly slotShared: readonly boolean[];
  /** Per slot: the function assigns the variable after it was bound. */
  readonly slotAssigned: readonly boolean[];
  readonly captures: readonly CaptureSource[];
  readonly captureNames: readonly string[];
  readonly position: Position | null;
  /** The text that its body starts with. */
  readonly doc: string | null;
  /** The variables that it can see, for hints. */
  readonly names: Names;
  /** Base instructions. The dispatch loop runs a copy with variants overlaid. */
  readonly words: Int32Array;
  /** Fixed but for {@link relink}. */
  readonly constants: Constant[];
  /** Innermost first. */
  readonly handlers: readonly Handler[];
  /** Innermost first. */
  readonly loops: readonly LoopFrame[];
  readonly feedback: Uint8Array;
  /** Highest operand stack. */
  readonly maxStack: number;
  /** The number of arguments when that is all an ordinary call needs to know; -1 with a rest parameter. */
  readonly exact: number;
  /** Slots and operand stack together. */
  readonly room: number;

  /** Calls and back-edges left until the next tier is considered. */
  heat: number;
  /** What `heat` was when it was set last. */
  portion: number;
  /** Calls and back-edges that have been counted since the next tier was considered last. */
  counted = 0;
  /** How compiled code enters this function: through the interpreter, or compiled itself. */
  entry: Entry;
  /** The words that the dispatch loop runs: variants overlaid, redefined intrinsics replaced. */
  readonly variantWords: Int32Array;
  /** By pc, the globals that redefined intrinsics call; null while there are none. */
  redefined: Map<number, GlobalCell> | null = null;
  /** Constants as NaN-boxed words, made by the baseline tier on first entry. */
  constantWords: Int32Array | null = null;
  /** Active calls that one counts as, where it counts (`runtime/weights.ts`). */
  frames = 1;
  /** What the second tier knows about this code; null until it was first considered. */
  second: SecondTier | null = null;
  /** Its lines in traces, by the pc that a call returns to, as far as there were any (`runtime/errors.ts`). */
  traceLines: Map<number, readonly TraceFrame[]> | null = null;
  /** By pc, slots that are dead in a frame that waits there; null until there was one (`vm/liveness.ts`). */
  deadSlots: Map<number, readonly number[]> | null = null;
  /** The pcs, ascending, of all instructions that may fail, and where each stands in the source. */
  readonly positionPcs: Int32Array;
  readonly positions: readonly (Position | null)[];

  constructor(
    fields: Pick<
      Code,
      | "name"
      | "named"
      | "library"
      | "parameters"
      | "rest"
      | "min"
      | "max"
      | "slots"
      | "slotNames"
      | "slotShared"
      | "slotAssigned"
      | "captures"
      | "captureNames"
      | "position"
      | "doc"
      | "names"
      | "words"
      | "constants"
      | "handlers"
      | "loops"
      | "feedback"
      | "positionPcs"
      | "positions"
      | "heat"
      | "entry"
      | "variantWords"
      | "maxStack"
    >,
  ) {
    this.name = fields.name;
    this.named = fields.named;
    this.library = fields.library;
    this.parameters = fields.parameters;
    this.rest = fields.rest;
    this.min = fields.min;
    this.max = fields.max;
    this.slots = fields.slots;
    this.slotNames = fields.slotNames;
    this.slotShared = fields.slotShared;
    this.slotAssigned = fields.slotAssigned;
    this.captures = fields.captures;
    this.captureNames = fields.captureNames;
    this.position = fields.position;
    this.doc = fields.doc;
    this.names = fields.names;
    this.words = fields.words;
    this.constants = fields.constants;
    this.handlers = fields.handlers;
    this.loops = fields.loops;
    this.feedback = fields.feedback;
    this.positionPcs = fields.positionPcs;
    this.positions = fields.positions;
    this.heat = this.portion = fields.heat;
    this.entry = fields.entry;
    this.variantWords = fields.variantWords;
    this.maxStack = fields.maxStack;
    this.room = fields.slots + fields.maxStack;
    this.exact = fields.rest ? -1 : fields.parameters;
  }

  /** Has the next call or back-edge asked about, without a portion to be counted. */
  ask(): void {
    this.heat = this.portion = 0;
  }

  /** Has the next call or back-edge counted with what has been used of the portion. */
  settle(): void {
    if (this.heat <= 0) return;
    this.portion = Math.max(1, this.portion - this.heat);
    this.heat = 0;
  }

  /** Makes all sites of one global sites of another, in activations that are running, too. Returns whether there are any. */
  relink(from: GlobalCell, to: GlobalCell): boolean {
    const index = this.constants.indexOf(from);
    if (index < 0) return false;
    this.constants[index] = to;
    return true;
  }

  /** Where the instruction at `pc` stands in the source; null where it has no position. */
  positionAt(pc: number): Position | null {
    const index = this.#positionIndex(pc);
    return this.positionPcs[index] === pc ? this.positions[index] ?? null : null;
  }

  /** Where the call that will return to `pc` stands in the source. */
  positionBefore(pc: number): Position | null {
    return this.positions[this.#positionIndex(pc - 1)] ?? null;
  }

  /** Whether an instruction that may fail starts at `pc`. */
  failsAt(pc: number): boolean {
    return this.positionPcs[this.#positionIndex(pc)] === pc;
  }

  /** The last position at or before `pc`; -1 when there is none. */
  #positionIndex(pc: number): number {
    let low = 0;
    let high = this.positionPcs.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((this.positionPcs[middle] ?? 0) <= pc) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }
}
