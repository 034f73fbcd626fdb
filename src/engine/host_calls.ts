/**
 * Calls of host functions from code: what they return, what they ask of the stack, and whether code that is running has
 * to be left for what they have redefined.
 */
import type { ControlRequest } from "../builtins/mod.ts";
import { Unwind } from "../bytecode/mod.ts";
import { Condition, evalError, type Value } from "../data/mod.ts";
import type { HostFunction, Scheduler } from "../runtime/mod.ts";
import { Wait } from "../tasks/mod.ts";
import type { Machine } from "../vm/mod.ts";
import type { JitOnDemand } from "./jit_on_demand.ts";
import type { Account } from "./meter.ts";

/** The parts of the runtime that such calls involve. */
export interface HostCallParts {
  readonly machine: () => Machine;
  readonly jit: () => JitOnDemand;
  readonly tasks: Scheduler<Account>;
  /** Whether a tier runs that can change its stack. */
  readonly changesStack: boolean;
}

/** The calls of host functions of one runtime. */
export class HostCalls {
  readonly #parts: HostCallParts;
  /** The change of the stack that the builtin being called has asked for, or what it has failed with. */
  #request: ControlRequest | Condition | null = null;

  constructor(parts: HostCallParts) {
    this.#parts = parts;
  }

  /** Notes the change of the stack that the builtin being called asks for. */
  control(request: ControlRequest): void {
    if (!this.#parts.changesStack) {
      throw evalError("the walker has no continuations", "every other tier does: auto, baseline, jit");
    }
    this.#request = request;
  }

  /** Notes that the builtin being called fails: without a throw of the host's, where code runs. */
  fail(condition: Condition): void {
    if (!this.#parts.changesStack) throw condition;
    this.#request = condition;
  }

  /** Calls a function of the host; starts unwinding when it waits, changes the stack, or has redefined something. */
  call(callee: HostFunction, args: Value[]): Value | Unwind {
    const { machine, jit, tasks } = this.#parts;
    const before = jit().invalidations;
    const result = callee.run(args);
    const request = this.#request;
    if (request !== null) {
      this.#request = null;
      if (request instanceof Condition) return machine().unwinding.fail(request);
      return machine().unwinding.start({ kind: "control", request });
    }
    const value = result instanceof Wait ? tasks.await(result) : result;
    if (value instanceof Unwind) return value;
    // Compiled code below this call may rely on what the host has redefined: all of it goes on in the interpreter.
    return jit().invalidations === before ? value : machine().unwinding.start({ kind: "resume", value });
  }
}
