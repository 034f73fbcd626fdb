/**
 * Functions of the host that call back into the program without a frame of the host's stack: generator functions, which
 * yield each call that they want made. Who makes it is a function of the library, so that recursion through them is as
 * deep as any, and can wait, be limited and be captured. A run of one goes on only once from each of its yields.
 */
import { Condition, evalError, List, originOf, type Value } from "../../data/mod.ts";
import { type Area, one, sema, tailCalling, three, two } from "../declare.ts";
import { IndirectProcedure } from "./indirect.ts";
import { Passage } from "./passage.ts";
import { thrown } from "./throwing.ts";

const CALL_ROUTINE = "__vm-call-routine";

/** A call that a run wants made; `tail`: the run has ended, and the call's result is its own. */
export interface WantedCall {
  readonly callee: Value;
  readonly args: List;
  readonly tail: boolean;
}

/** How a run has gone on: to a call that it wants, to its value, or to a failure. */
export type RoutineOutcome = WantedCall | { readonly value: Value } | Condition;

/** One run of a routine. Has few fields: recursion through routines a million deep keeps a million of them. */
export abstract class RoutineRun extends Passage {
  #steps = 0;
  /**
   * The call that it wants, until that is made. Afterwards, when that has failed: with what, or how it has gone on if it
   * was told before its handler was entered.
   */
  #state: RoutineOutcome | null = null;

  override get typeName(): string {
    return "native-fn";
  }

  /** What the routine is called. */
  protected abstract get name(): string;

  /** Goes on with the outcome of the call that it wanted, to the next one or to its end. */
  protected abstract resume(value: Value, failure: Condition | null): RoutineOutcome;

  override pass(step: number, failure: Condition): Condition | null {
    // Its handler will say so.
    if (step !== this.#steps) return null;
    const outcome = this.resume(null, failure);
    if (outcome instanceof Condition) {
      this.#state = null;
      this.#steps++;
      return outcome;
    }
    this.#state = outcome;
    return null;
  }

  /** Goes on with the value of its call number `step` (0: begins). Answers itself while it wants a call. */
  next(step: number, value: Value): Value {
    if (step !== this.#steps) {
      throw evalError(
        `${this.name}: a function of the host goes on only once from each call that it makes`,
        "a continuation that was captured in such a call has been entered again",
      );
    }
    this.#steps++;
    const state = this.#state;
    this.#state = null;
    const outcome = state === null || state instanceof Condition ? this.resume(value, state) : state;
    if (outcome instanceof Condition) throw outcome;
    if (!("callee" in outcome)) return outcome.value;
    this.#state = outcome;
    return this;
  }

  /** Its call has failed: it goes on with that, instead of with a value. */
  fail(failure: Condition): void {
    this.#state ??= failure;
  }

  /** The call that it wants. */
  get wanted(): WantedCall {
    const state = this.#state;
    if (state === null || !("callee" in state)) throw evalError(`${this.name}: has ended already`);
    return state;
  }

  /** The arguments of that call, which is being made now: nothing is kept of it. */
  takeArgs(): List {
    const { args } = this.wanted;
    this.#state = null;
    return args;
  }

  override printed(): string {
    return `<native-fn ${this.name}>`;
  }
}

/** A generator function of the host. */
export class HostRoutine extends IndirectProcedure {
  override readonly typeName = "native-fn";
  override readonly caller: string = CALL_ROUTINE;
  readonly name: string;
  readonly begin: (args: List) => RoutineRun;

  constructor(name: string, begin: (args: List) => RoutineRun) {
    super();
    this.name = name;
    this.begin = begin;
  }

  override printed(): string {
    return `<native-fn ${this.name}>`;
  }
}

function run(value: Value): RoutineRun {
  if (value instanceof RoutineRun) return value;
  throw new TypeError("not a run of a function of the host");
}

const CALL = `(fn (routine args)
  (let ((answer (__vm-begin-routine routine args)))
    (if (__vm-routine? answer) (__vm-run-routine answer) answer)))`;

const RUN = `(fn (run)
  (let loop ((step 1))
    (if (__vm-routine-ended? run)
      (__vm-apply (__vm-routine-callee run) (__vm-routine-args run))
      (let ((answer
              (__vm-resume-routine run step
                (try (__vm-apply (__vm-routine-callee run) (__vm-routine-args run))
                  (catch e (__vm-fail-routine run e))))))
        (if (__vm-routine? answer) (loop (+ step 1)) answer)))))`;

/** What a call of a generator function is made of. */
export const hostRoutines: Area = () => [
  tailCalling(sema(CALL_ROUTINE, 2, 2, "Calls a generator function of the host with a list of arguments.", CALL)),
  // A function of its own, whose frame keeps nothing but the run.
  tailCalling(sema("__vm-run-routine", 1, 1, "Makes the calls that a run of a generator function wants.", RUN)),
  {
    ...two(
      "__vm-begin-routine",
      "Begins a run of a generator function: the run while it wants a call, or its value.",
      (routine, args): Value => {
        if (routine instanceof HostRoutine && args instanceof List) return routine.begin(args).next(0, null);
        throw new TypeError("not a generator function of the host");
      },
    ),
    runsPrograms: true,
  },
  {
    ...three(
      "__vm-resume-routine",
      "Goes on with a run: itself while it wants a call, or its value.",
      (of, step, value) => run(of).next(Number(step), value),
    ),
    runsPrograms: true,
  },
  one("__vm-routine?", "Whether the value is a run that wants a call.", (value) => value instanceof RoutineRun),
  one("__vm-routine-ended?", "Whether the call that a run wants is its last.", (of) => run(of).wanted.tail),
  one("__vm-routine-callee", "What a run wants called.", (of) => run(of).wanted.callee),
  one("__vm-routine-args", "The arguments for that.", (of) => run(of).takeArgs()),
  two("__vm-fail-routine", "Notes that the call which a run wanted has failed.", (of, map) => {
    run(of).fail(originOf(map) ?? thrown(map));
    return null;
  }),
];
