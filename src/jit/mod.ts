/**
 * The second tier: bytecode → control-flow graph → types → JavaScript → `new Function`. Comes in: verified code with
 * the feedback that the interpreter left in it; goes out: entries that keep the call contract of `bytecode/closure.ts`.
 * Knows the baseline tier only as the place where activations go on that it cannot finish itself.
 */
import { type Captured, type Closure, Code, type Entry, type LoopEntry, type SecondTier } from "../bytecode/mod.ts";
import { evalError } from "../data/mod.ts";
import type { GlobalCell, Watcher } from "../globals/mod.ts";
import type { Machine } from "../vm/mod.ts";
import { annotation, type SourceLine } from "./annotate.ts";
import { instantiate, isEnterable, type LoopFacts, translate } from "./compiler.ts";
import { type TierEvent, tierEvent } from "./events.ts";
import { everyTime, type Forcing } from "./forcing.ts";
import { Progress } from "./progress.ts";
import { type Exit, EXITS, type Refusal, REFUSALS } from "./reasons.ts";
import { makeSupport, type Support } from "./support.ts";
import type { Guess, Point, Unit } from "./unit.ts";

export type { TierEvent, TierEventKind } from "./events.ts";

export type { Forcing } from "./forcing.ts";

/** Words of bytecode above which a function is not compiled: older engines refuse to optimise so much at once. */
const MOST_WORDS = 10_000;
/** Side exits after which code is compiled again with what they taught. */
const MOST_EXITS = 10;
/** Compilations of one function and its loops that replace others. Feedback only grows: there is no use in more. */
const MOST_RECOMPILATIONS = 12;

const MANY_UNITS = 100;
const NO_MISSES: ReadonlySet<number> = new Set();

/** Limits, as far as compiled code has to report to them. */
export interface Account {
  /** Whether calls and rounds are counted at all. Once they are, they always are. */
  readonly active: boolean;
  /** Calls and rounds until {@link tick}. */
  readonly fuel: { left: number };
  /** Charges what has been counted. True: the task is to let others go on. */
  tick(): boolean;
}

/** What the second tier has done. */
export interface JitStats {
  /** Whether the host lets code be compiled. */
  readonly codeGeneration: boolean;
  /** Functions compiled to JavaScript, recompilations included. */
  readonly compiled: number;
  /** Loops entered by on-stack replacement that were compiled. */
  readonly compiledLoops: number;
  /** Compilations that replaced one whose guards had failed too often. */
  readonly recompiled: number;
  /** Milliseconds spent on compiling. */
  readonly compileTime: number;
  /** Compiled functions thrown away because a global they rely on was redefined. */
  readonly invalidated: number;
  /** Why functions were not compiled → how many. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Why compiled code was left for the interpreter → how often. */
  readonly exits: Readonly<Record<string, number>>;
}

/** What the tier keeps with a code. */
class CodeState implements SecondTier {
  active = false;
  /** Compiled entries at loop headers, by pc of the header. */
  readonly loops: Map<number, LoopEntry> = new Map();
  /** How calls enter the interpreter. */
  readonly interpreted: Entry;
  /** The latest, in use or not. */
  unit: Unit | null = null;
  /** The latest of each loop, in use or not. */
  readonly loopUnits: Map<number, Unit> = new Map();
  /** Where guesses were wrong: instructions by the class of an operand, headers of loops by the types of variables. */
  readonly misses: Set<number> = new Set();
  /** How often fused groups were started again, by the pc of their first call. */
  readonly startedAgain: Map<number, number> = new Map();
  /** Rounds of hot loops before the first compilation. */
  rounds = 0;
  recompilations = 0;
  refusal: Refusal | null = null;

  constructor(interpreted: Entry) {
    this.interpreted = interpreted;
  }
}

/** How one second tier differs from others. */
export interface JitOptions {
  /** Hears of every step. */
  readonly watch: ((event: TierEvent) => void) | null;
  /** For tests. */
  readonly forcing: Forcing | null;
  /** Rounds that hot loops of a function that is not compiled make before they are entered. */
  readonly patience: number;
}

/** The second tier of one runtime. */
export class Jit {
  readonly #machine: Machine;
  readonly #support: Support;
  readonly #enabled: boolean;
  readonly #account: Account;
  readonly #states: WeakMap<Code, CodeState> = new WeakMap();
  /** The units that contain a code's translation. */
  readonly #units: WeakMap<Code, Set<Unit>> = new WeakMap();
  #codeGeneration = true;
  #compiled = 0;
  #compiledLoops = 0;
  #recompiled = 0;
  #invalidated = 0;
  readonly #refusals: Record<string, number> = {};
  readonly #exits: Record<string, number> = {};
  /** Units that count nothing. */
  #uncounted: WeakRef<Unit>[] = [];
  /** Entries of `#uncounted` at which those out of use are dropped. */
  #uncountedToClean = MANY_UNITS;
  readonly #misses = (code: Code): ReadonlySet<number> => this.#states.get(code)?.misses ?? NO_MISSES;

  readonly #watch: ((event: TierEvent) => void) | null;
  readonly #forcing: Forcing | null;
  readonly #patience: number;
  readonly #progress: Progress | null;
  #compileTime = 0;

  constructor(
    machine: Machine,
    enabled: boolean,
    account: Account,
    { watch, forcing, patience }: JitOptions,
  ) {
    this.#watch = watch;
    this.#forcing = forcing;
    this.#patience = patience;
    this.#progress = forcing?.checkExits === true ? new Progress(this.#misses) : null;
    this.#machine = machine;
    this.#enabled = enabled;
    this.#account = account;
    this.#support = makeSupport({
      machine,
      exited: (unit, point) => this.#exited(unit, point),
      fuel: account.fuel,
      tick: () => account.tick(),
      leaveNow: everyTime(forcing?.leaveEvery ?? Infinity),
      unwindNow: everyTime(forcing?.unwindEvery ?? Infinity),
    });
  }

  /** The account has become active: code that counts nothing is compiled again. */
  count(): void {
    for (const unit of this.#uncounted) {
      const known = unit.deref();
      if (known?.current === true) this.#retire(known);
    }
    this.#uncounted = [];
  }

  /**
   * A function has a hot loop, whose rounds may be all that there is to it: then the loop is compiled, and the rest when
   * the function is called again. False: its loops may be short, and it be called again before they have made many rounds.
   */
  expect(code: Code): boolean {
    if (!this.#enabled || !this.#codeGeneration) return true;
    const state = this.#state(code);
    return state.unit !== null || state.refusal !== null || state.loops.size > 0 || ++state.rounds > this.#patience;
  }

  /** Whether a function that is not compiled would be, if it is hot. */
  compiles(code: Code): boolean {
    return this.#enabled && this.#codeGeneration && (this.#states.get(code)?.refusal ?? null) === null;
  }

  /** A function is hot: compiles it unless that was refused. Afterwards its `second.active` tells. */
  consider(code: Code): void {
    if (!this.#enabled || !this.#codeGeneration) return;
    const state = this.#state(code);
    if (state.active || state.refusal !== null || this.#refused(state, code)) return;
    const [unit, entry] = this.#compile(code, null, state.unit !== null);
    if (entry === null) return;
    this.#compiled++;
    if (state.unit !== null) this.#again(state);
    state.unit = unit;
    state.active = true;
    code.entry = entry;
  }

  /** Whether there is a compiled entry for the loop at `pc`. */
  knows(code: Code, pc: number): boolean {
    return this.#states.get(code)?.loops.has(pc) === true;
  }

  /** A compiled entry for the loop at `pc`, made if need be; `frame` are the values that it is entered with. */
  loop(closure: Closure, pc: number, frame: readonly (Captured | undefined)[]): LoopEntry | null {
    const { code } = closure;
    if (!this.#enabled || !this.#codeGeneration) return null;
    const state = this.#state(code);
    const known = state.loops.get(pc);
    if (known !== undefined) {
      this.#awaitCall(state, code);
      return known;
    }
    if (this.#refused(state, code)) return null;
    if (code.handlers.some((handler) => handler.start <= pc && pc < handler.end)) {
      this.consider(code);
      return this.#refuse(code, "loopInTry");
    }
    if (!isEnterable(code, pc, this.#misses)) {
      this.consider(code);
      return this.#refuse(code, "entangled");
    }
    const facts: LoopFacts = { pc, frame };
    const [unit, entry] = this.#compile(code, facts, state.loopUnits.has(pc));
    if (entry === null) return null;
    this.#compiledLoops++;
    this.#awaitCall(state, code);
    if (state.loopUnits.has(pc)) this.#again(state);
    state.loops.set(pc, entry);
    state.loopUnits.set(pc, unit);
    return entry;
  }

  /** Code that performs an intrinsic whose global has been redefined. True: some of it may be running. */
  invalidate(codes: readonly Code[]): boolean {
    let running = false;
    for (const code of codes) {
      for (const unit of this.#units.get(code) ?? []) running = this.#invalidate(unit) || running;
      this.#units.delete(code);
    }
    return running;
  }

  /** How often code was taken out of use because a global that it relies on was redefined. */
  get invalidations(): number {
    return this.#invalidated;
  }

  /**
   * The JavaScript of a function, as it is or as it would be; with comments if the lines of the program are given. Throws
   * a condition when it would not be compiled.
   */
  source(code: Code, sourceLine: SourceLine | null = null): string {
    const state = this.#states.get(code);
    if (sourceLine === null && state?.active === true && state.unit !== null) return state.unit.source;
    if (code.words.length > MOST_WORDS) throw evalError(`not compiled: ${REFUSALS.tooLarge}`);
    const annotate = sourceLine === null ? null : annotation(sourceLine);
    return translate(code, null, this.#account.active, this.#misses, annotate).source;
  }

  /** Counters. */
  stats(): JitStats {
    return {
      codeGeneration: this.#codeGeneration,
      compiled: this.#compiled,
      compiledLoops: this.#compiledLoops,
      recompiled: this.#recompiled,
      compileTime: this.#compileTime,
      invalidated: this.#invalidated,
      refusals: { ...this.#refusals },
      exits: { ...this.#exits },
    };
  }

  #state(code: Code): CodeState {
    let state = this.#states.get(code);
    if (state === undefined) {
      this.#states.set(code, state = new CodeState(code.entry));
      code.second = state;
    }
    return state;
  }

  /** A loop of the code is entered: the next call or round in the interpreter is hot. */
  #awaitCall(state: CodeState, code: Code): void {
    if (!state.active && state.refusal === null) code.ask();
  }

  #again(state: CodeState): void {
    state.recompilations++;
    this.#recompiled++;
  }

  #refused(state: CodeState, code: Code): boolean {
    if (code.words.length > MOST_WORDS) state.refusal = "tooLarge";
    else if (state.recompilations >= (this.#forcing?.recompilations ?? MOST_RECOMPILATIONS)) {
      state.refusal = "tooManyExits";
    }
    if (state.refusal === null) return false;
    this.#refuse(code, state.refusal);
    return true;
  }

  #refuse(code: Code, refusal: Refusal): null {
    const reason = REFUSALS[refusal];
    this.#watch?.(tierEvent("refused", code, 0, { reason }));
    this.#refusals[reason] = (this.#refusals[reason] ?? 0) + 1;
    return null;
  }

  #compile(code: Code, loop: LoopFacts | null, again: boolean): [Unit, (Entry & LoopEntry) | null] {
    const start = performance.now();
    const unit = translate(code, loop, this.#account.active, this.#misses, null, this.#forcing);
    this.#progress?.compiled(unit);
    const entry = this.#instantiate(unit);
    const milliseconds = performance.now() - start;
    this.#compileTime += milliseconds;
    if (entry !== null) {
      this.#watch?.(tierEvent(again ? "recompiled" : "compiled", code, unit.entry, { milliseconds }));
    }
    return [unit, entry];
  }

  /** The compiled function, or null where the host forbids it: then nothing is compiled any more. */
  #instantiate(unit: Unit): (Entry & LoopEntry) | null {
    let entry: Entry & LoopEntry;
    try {
      entry = instantiate(unit, this.#support);
    } catch (error) {
      if (!(error instanceof EvalError)) throw error;
      this.#codeGeneration = false;
      return this.#refuse(unit.code, "codeGeneration");
    }
    for (const constant of unit.constants) if (constant instanceof Code) this.#machine.link(constant);
    for (const code of unit.codes) {
      const units = this.#units.get(code);
      if (units === undefined) this.#units.set(code, new Set([unit]));
      else units.add(unit);
    }
    const reference = new WeakRef(unit);
    if (!this.#account.active) this.#noteUncounted(reference);
    const watcher = this.#watcher(reference);
    for (const cell of unit.cells) (cell satisfies GlobalCell).watch(watcher);
    return entry;
  }

  #noteUncounted(unit: WeakRef<Unit>): void {
    if (this.#uncounted.length >= this.#uncountedToClean) {
      this.#uncounted = this.#uncounted.filter((known) => known.deref()?.current === true);
      this.#uncountedToClean = Math.max(MANY_UNITS, 2 * this.#uncounted.length);
    }
    this.#uncounted.push(unit);
  }

  /** Tells a unit of changed globals without keeping it alive. */
  #watcher(unit: WeakRef<Unit>): Watcher {
    return {
      changed: () => {
        const watching = unit.deref();
        return watching !== undefined && this.#invalidate(watching);
      },
      spent: () => unit.deref()?.valid !== true,
    };
  }

  /** Takes a unit out of use because something it relies on has changed. True: it may be running. */
  #invalidate(unit: Unit): boolean {
    if (!unit.valid) return false;
    unit.valid = false;
    for (const code of unit.codes) this.#units.get(code)?.delete(unit);
    if (unit.current) this.#retire(unit);
    this.#invalidated++;
    this.#watch?.(tierEvent("invalidated", unit.code, unit.entry, { reason: "a global it relies on was redefined" }));
    return true;
  }

  #exited(unit: Unit, point: Point): void {
    const exit: Exit = point.exit ?? "number";
    const reason = EXITS[exit];
    this.#exits[reason] = (this.#exits[reason] ?? 0) + 1;
    if (this.#watch !== null) {
      const line = point.code.positionAt(point.pc)?.line ?? 0;
      this.#watch(tierEvent("exited", point.code, unit.entry, { reason, line }));
    }
    if (exit === "pause" || exit === "forced") return;
    this.#progress?.exited(unit, point);
    unit.exits++;
    if (point.guess !== null) this.#learn(point, exit, point.guess);
    if (!unit.current || unit.exits < MOST_EXITS && exit !== "loopTypes") return;
    this.#retire(unit);
    this.#watch?.(tierEvent("retired", unit.code, unit.entry, { reason: `${unit.exits} exits` }));
  }

  /** What an exit teaches the next compilation. */
  #learn(point: Point, exit: Exit, { code, pc, fused }: Guess): void {
    const isGroup = exit === "error" || code !== point.code || pc !== point.pc;
    if (isGroup) this.#startedAgain(this.#state(point.code), point.pc, exit === "error", fused);
    if (fused) return;
    if (point.feedback !== null) {
      const { site, seen } = point.feedback;
      code.feedback[site] = (code.feedback[site] as number) | seen;
    }
    if (exit === "loopTypes" || exit === "class") this.#state(code).misses.add(pc);
  }

  /**
   * A fused group was started again in vain: `wrong` says that the guess was its own. Then it goes without such guesses,
   * and at last it is not fused any more.
   */
  #startedAgain({ misses, startedAgain }: CodeState, first: number, failed: boolean, wrong: boolean): void {
    const times = (startedAgain.get(first) ?? 0) + 1;
    startedAgain.set(first, times);
    if (failed || times > 2 * MOST_EXITS || (wrong && misses.has(~first))) misses.add(first);
    else if (wrong) misses.add(~first);
  }

  /** No call goes to the unit from now on. */
  #retire(unit: Unit): void {
    unit.current = false;
    const { code } = unit;
    const state = this.#states.get(code);
    if (state === undefined) return;
    if (state.unit === unit) {
      state.active = false;
      code.entry = state.interpreted;
      code.ask();
    } else if (state.loopUnits.get(unit.entry) === unit) {
      state.loops.delete(unit.entry);
    }
  }
}
