/**
 * Generator functions of the host: a run of one is a generator, which yields the calls that it wants made. Errors of
 * these calls are thrown into it at its `yield`, and what it throws is an error of the program.
 */
import { type Condition, evalError, listFrom, type Procedure, toArray, type Value } from "../data/mod.ts";
import { HostRoutine, type RoutineOutcome, RoutineRun, type WantedCall } from "../builtins/mod.ts";
import { HostFunction } from "../runtime/mod.ts";
import type { SemaValue } from "./api.ts";
import { type Bridge, fromJS, isPromise, toJS } from "./interop.ts";

/** A call that a generator function wants made; see {@link semaCall}. */
export class SemaCall {
  /** What is called. */
  readonly procedure: unknown;
  /** With what, as values of the host. */
  readonly args: readonly unknown[];

  /** Made by {@link semaCall}. */
  constructor(procedure: unknown, args: readonly unknown[]) {
    this.procedure = procedure;
    this.args = args;
  }
}

/**
 * A call for a generator function to yield, or to end with. A generator function that is made known to a runtime, by
 * `define` or as an argument, gets functions of programs called so without a frame of the host's stack: recursion
 * through it is as deep as any, may wait for tasks and is limited like any other.
 *
 * `procedure`: a function that the generator function was given, the name of a global, or a function of JavaScript.
 *
 * @example A tree of any depth
 * ```ts
 * import { createRuntime, semaCall } from "@sema-jit/sema";
 *
 * const sema = createRuntime();
 * sema.define("twice", function* (f: unknown, x: unknown) {
 *   const once = yield semaCall(f, x); // the result, as by `toJS`; an error of the call is thrown here
 *   return semaCall(f, once); // a tail call
 * });
 * sema.eval("(twice (fn (x) (* x x)) 3)"); // 81
 * ```
 */
export function semaCall(procedure: SemaValue | ((...args: never[]) => unknown), ...args: unknown[]): SemaCall {
  return new SemaCall(procedure, args);
}

/** A generator function as a Sema function. */
export function hostRoutine(
  start: (...args: unknown[]) => Generator,
  bridge: Bridge,
  name: string = start.name || "host-function",
): HostRoutine {
  const routine: Routine = { name, bridge };
  return new HostRoutine(name, (args) => {
    try {
      return new Run(start(...toArray(args).map((arg) => toJS(arg, bridge))), routine);
    } catch (reason) {
      throw bridge.failure(reason);
    }
  });
}

/** What all runs of a generator function share. */
interface Routine {
  readonly name: string;
  readonly bridge: Bridge;
}

class Run extends RoutineRun {
  readonly #generator: Generator;
  readonly #routine: Routine;

  constructor(generator: Generator, routine: Routine) {
    super();
    this.#generator = generator;
    this.#routine = routine;
  }

  protected override get name(): string {
    return this.#routine.name;
  }

  protected override resume(value: Value, failure: Condition | null): RoutineOutcome {
    const generator = this.#generator;
    const { bridge } = this.#routine;
    for (let failed = failure;;) {
      let over = true;
      try {
        const { done = false, value: answer } = failed === null
          ? generator.next(toJS(value, bridge))
          : generator.throw(bridge.error(failed));
        if (done && !(answer instanceof SemaCall)) return { value: this.#ended(answer) };
        over = done;
        return this.#wantedCall(answer, done);
      } catch (reason) {
        failed = bridge.failure(reason);
        // It cannot be told any more.
        if (over) return failed;
      }
    }
  }

  #ended(answer: unknown): Value {
    const { bridge } = this.#routine;
    return isPromise(answer) ? bridge.suspend(answer) : fromJS(answer, bridge);
  }

  /** What it has yielded, as a call; a promise is waited for by one. */
  #wantedCall(answer: unknown, tail: boolean): WantedCall {
    const { bridge } = this.#routine;
    if (answer instanceof SemaCall) {
      const args = listFrom(answer.args.map((arg) => fromJS(arg, bridge)));
      return { callee: bridge.callee(answer.procedure), args, tail };
    }
    if (isPromise(answer)) {
      const callee: Procedure = new HostFunction("promise", () => bridge.suspend(answer));
      return { callee, args: listFrom([]), tail };
    }
    throw evalError(
      "a generator function of the host has yielded what is no call",
      "yield semaCall(f, …), or a promise",
    );
  }
}
