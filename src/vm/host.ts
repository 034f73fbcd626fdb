/** What the machine is given by the engine, so that it needs to know neither scheduling nor the second tier. */
import type { BuiltinContext } from "../builtins/declare.ts";
import type { Captured, Closure, Code, LoopEntry, Unwind } from "../bytecode/mod.ts";
import type { Condition, Procedure, Trace, Value } from "../data/mod.ts";
import type { HostFunction, Pace } from "../runtime/mod.ts";
import type { GlobalCell } from "../globals/mod.ts";

/** What the machine asks of the rest of the runtime. */
export interface MachineHost {
  readonly context: BuiltinContext;
  /** Whether the running task shall let others go on. */
  readonly pace: Pace;
  /** How much of the host's stack compiled code and interpreters in between may use before they unwind. */
  readonly depthLimit: number;
  /** Slots that one run may use of the stack before its frames move to the heap. */
  readonly stackSlots: number;
  /** The error that `(throw value)` raises. */
  raise(value: Value): Condition;
  /** The error for an unbound global. */
  unbound(cell: GlobalCell): Condition;
  /** The value of `(await promise)`; starts unwinding when it is not there yet; throws what the promise failed with. */
  await(promise: Value): Value | Unwind;
  /** A closure `(fn (procedure args) …)` that calls a procedure which is neither closure nor builtin; null: none does. */
  caller(procedure: Procedure): Closure | null;
  /** Calls a function of the host; starts unwinding when code that is running has to be left. */
  callHost(callee: HostFunction, args: Value[]): Value | Unwind;
  /**
   * The code's counter has run out: charges limits, may compile it, sets the counter again. `looping`: at the end of a
   * round. Then false: the loop is not to be entered now.
   */
  hot(code: Code, looping?: boolean): boolean;
  /** A compiled entry for the loop at `pc` of the code, if there is one now. */
  hotLoop(closure: Closure, pc: number, frame: readonly (Captured | undefined)[]): LoopEntry | null;
  /** Adds the frames that wait on the heap below everything on the stack. */
  waitingTrace(trace: Trace): void;
}
