/**
 * What generated code calls: the ways out of it, general operations, and calls whose callee is not known. One object
 * per runtime; generated text refers to its members by name.
 */
import { Builtin, type BuiltinContext } from "../builtins/declare.ts";
import { intrinsics } from "../builtins/intrinsics.ts";
import { type Captured, Cell, Closure, UNWIND, type Unwind } from "../bytecode/mod.ts";
import {
  type Condition,
  cons,
  cut,
  display,
  EMPTY,
  float,
  floatsOf,
  Flonum,
  integer,
  Keyword,
  keyword,
  List,
  listFrom,
  MutableArray,
  Procedure,
  SortedMap,
  toArray,
  type Value,
  Vector,
} from "../data/mod.ts";
import {
  addTrace,
  CALL_WEIGHT,
  callArityError,
  errorMap,
  HeapFrame,
  HostFunction,
  lookUp,
  notCallable,
  toCondition,
  traceOperation,
} from "../runtime/mod.ts";
import { type GlobalCell, UNBOUND } from "../globals/mod.ts";
import type { Machine } from "../vm/mod.ts";
import { FIRST_INLINED_SITE, type Point, type Unit } from "./unit.ts";

/** What the support needs from the tier that it belongs to. */
export interface SupportHost {
  readonly machine: Machine;
  /** A side exit has been taken. */
  exited(unit: Unit, point: Point): void;
  /** What compiled code counts calls and rounds of loops down on. */
  readonly fuel: { left: number };
  /** It has run out: charges limits. True: the task is to let others go on. Throws when a limit is exceeded. */
  tick(): boolean;
  /** For code that is forced to leave: whether it has to now. */
  leaveNow(): boolean;
  /** For code that is forced to unwind: whether it has to now. */
  unwindNow(): boolean;
}

/** The members that generated code may use; see `translator.ts`, `calls.ts` and `table.ts` for where. */
export type Support = Readonly<Record<string, unknown>>;

const NO_VALUES: readonly Value[] = [];

/** Makes the support of one runtime. */
export function makeSupport(host: SupportHost): Support {
  const { machine } = host;
  const context: BuiltinContext = machine.host.context;

  /** The frame of an activation whose values are in `flat` from `first` on. */
  function frame({ slots, height, pc }: Point, closure: Closure, flat: readonly unknown[], first: number): HeapFrame {
    // Of exact length, and filled where nothing is put: recursion a million deep saves a million.
    const values: (Captured | undefined)[] = new Array(height);
    for (let i = 0, slot = 0; slot < height; slot++) {
      values[slot] = slots[i] === slot ? flat[first + i++] as Captured : undefined;
    }
    return new HeapFrame(closure, pc, values);
  }

  /** Activations as generated code hands them over: for each the number of the point, the closure and the values. */
  function frames(unit: Unit, flat: readonly (number | Captured)[]): HeapFrame[] {
    const result: HeapFrame[] = [];
    for (let i = 0; i < flat.length;) {
      const point = unit.points[flat[i] as number] as Point;
      result.push(frame(point, flat[i + 1] as Closure, flat, i + 2));
      i += 2 + point.slots.length;
    }
    return result;
  }

  /** Adds the lines of one function at a site to the trace. Returns the site that it is inlined at, or -1. */
  function addSite({ trace }: Condition, unit: Unit, site: number): number {
    // An index below 0 would be a name, which hosts look up by its digits: throw-catch 4.6 → 2.3 ms on V8, 5.4 → 2.4 on JSC.
    const inlined = site < FIRST_INLINED_SITE ? undefined : unit.sites[site - FIRST_INLINED_SITE];
    const { code, pc, caller } = inlined ?? { code: unit.code, pc: site, caller: -1 };
    const operation = trace.isEmpty ? traceOperation(code, pc) : null;
    if (operation !== null) trace.add(operation);
    addTrace(trace, code, pc + 1);
    return caller;
  }

  /** The condition with the lines of the activation, and of those inlined in it, added to its trace. */
  function failed(unit: Unit, thrown: unknown, site: number): Condition {
    const condition = toCondition(thrown);
    for (let number = site; number >= 0;) number = addSite(condition, unit, number);
    return condition;
  }

  /** The condition for a handler. What no program can catch goes on; its lines are added where it leaves the activation. */
  function caught(unit: Unit, thrown: unknown, site: number): Condition {
    const condition = toCondition(thrown);
    if (!condition.catchable) throw condition;
    return failed(unit, condition, site);
  }

  /** What a procedure that is no closure answered last. */
  let answer: Value | Unwind = null;

  /** The closure that a call enters, `args` made to fit its parameters; null: there is none, and `answer` is the value. */
  function enter(callee: Value, args: Value[]): Closure | null {
    if (callee instanceof Closure) {
      const { code } = callee;
      if (code.exact === args.length) return callee;
      if (args.length < code.min || args.length > code.max) throw callArityError(code, args.length);
      if (code.rest) args.push(listFrom(args.splice(code.parameters)));
      return callee;
    }
    if (callee instanceof Builtin) {
      answer = callee.apply(args, context);
      return null;
    }
    if (callee instanceof HostFunction) {
      answer = machine.host.callHost(callee, args);
      return null;
    }
    if (callee instanceof Keyword) {
      answer = lookUp(callee, args);
      return null;
    }
    const caller = callee instanceof Procedure ? machine.host.caller(callee) : null;
    if (caller === null) throw notCallable(callee);
    args.push(listFrom(args.splice(0)));
    args.unshift(callee);
    return caller;
  }

  /** The answer, which nothing here keeps alive any longer. */
  function takeAnswer(): Value | Unwind {
    const taken = answer;
    answer = null;
    return taken;
  }

  function call(callee: Value, depth: number, args: Value[]): Value | Unwind {
    const closure = enter(callee, args);
    return closure === null ? takeAnswer() : closure.code.entry(closure, depth + CALL_WEIGHT, ...args);
  }

  /** A tail call: what fails before the callee is entered is in this activation, what fails inside is not. */
  function tailCall(unit: Unit, site: number, callee: Value, depth: number, args: Value[]): Value | Unwind {
    let closure: Closure | null;
    try {
      closure = enter(callee, args);
    } catch (thrown) {
      // The function that makes the call is no longer the site of the activation; those it is inlined in are.
      const condition = toCondition(thrown);
      addSite(condition, unit, site);
      throw condition;
    }
    return closure === null ? takeAnswer() : closure.code.entry(closure, depth + CALL_WEIGHT, ...args);
  }

  /** The limit that {@link tick} has found exceeded, on its way out of the activation that counts, and the site to blame. */
  let ended: { readonly thrown: unknown; readonly site: number } | null = null;

  /**
   * The fuel has run out. True: the activation is to be left. It does not throw, so that generated code need not note the
   * site in front of a call that is hardly ever made: fib with limits takes 1.11 → 1.03 times as long as without on V8.
   * That it catches makes a sum of floats take 1.19 instead of 1.00 times as long on JSC, also with the `try` in a function
   * of its own.
   */
  function tick(site: number): boolean {
    try {
      return host.tick();
    } catch (thrown) {
      ended = { thrown, site };
      return true;
    }
  }

  /** Leaves the activation in which a limit was exceeded. */
  function limitReached(unit: Unit, { thrown, site }: NonNullable<typeof ended>): Unwind {
    ended = null;
    return machine.unwinding.fail(failed(unit, thrown, site));
  }

  return {
    ...intrinsics,
    U: UNWIND,
    depthLimit: machine.host.depthLimit,
    leaveNow: host.leaveNow,
    unwindNow: host.unwindNow,
    UNBOUND,
    EMPTY,
    Closure,
    Flonum,
    List,
    MutableArray,
    SortedMap,
    Vector,
    context,
    lookUp,
    float,
    integer,
    call,
    tailCall,
    tailApply: (unit: Unit, site: number, callee: Value, depth: number, list: Value): Value | Unwind =>
      tailCall(unit, site, callee, depth, toArray(list as List)),
    fuel: host.fuel,
    tick,
    raise: (value: Value): Condition => machine.host.raise(value),
    /** THROW where no handler of the activation receives it. */
    throw: (unit: Unit, value: Value, site: number): Unwind =>
      machine.unwinding.fail(failed(unit, machine.host.raise(value), site)),
    /** An error that something called from the activation has thrown leaves it. */
    failed: (unit: Unit, thrown: unknown, site: number): Unwind => machine.unwinding.fail(failed(unit, thrown, site)),
    /** The error that a call has returned with, if a handler may have it. */
    failure: (): Condition | null =>
      machine.unwinding.failure?.catchable === true ? machine.unwinding.takeFailure() : null,
    unbound(cell: GlobalCell): never {
      throw machine.host.unbound(cell);
    },
    await: (promise: Value): Value | Unwind => machine.host.await(promise),
    apply: (callee: Value, depth: number, list: Value): Value | Unwind => call(callee, depth, toArray(list as List)),
    link: cons,
    display,
    cut,
    /** A vector of the first elements, as `list->vector` makes it. Beyond them there is only room for the first few. */
    vectorOf(items: Value[] | null, count: number): Vector {
      if (items === null) return new Vector([]);
      items.length = count;
      const floats = floatsOf(items);
      return floats === undefined ? new Vector(items.slice()) : new Vector(NO_VALUES, floats);
    },
    cell(value: Value): Cell {
      machine.cellsMade++;
      return new Cell(value, -1, null);
    },
    readCell: (cell: Cell): Value => machine.take(cell.slot),
    writeCell: (cell: Cell, value: Value): void => machine.put(cell.slot, value),
    /** True: the activation must be left, because code that is running relied on the old value. */
    assign(cell: GlobalCell, value: Value, define: boolean): boolean {
      if (!cell.assignWatched(value)) return false;
      machine.unwinding.start({ kind: "resume", value: define ? null : value });
      return true;
    },
    postpone: (closure: Closure, args: readonly Value[]): Unwind =>
      machine.unwinding.start({ kind: "call", closure, args }),
    /** Saves the activation for a pending call, or adds its lines to the trace of the error that the call failed with. */
    save(unit: Unit, ...flat: readonly (number | Captured)[]): Unwind {
      const { unwinding } = machine;
      const { failure } = unwinding;
      if (failure === null) {
        for (let i = 0; i < flat.length;) {
          const point = unit.points[flat[i] as number] as Point;
          unwinding.save(frame(point, flat[i + 1] as Closure, flat, i + 2));
          i += 2 + point.slots.length;
        }
        return UNWIND;
      }
      for (let i = 0; i < flat.length;) {
        const { code, pc, slots } = unit.points[flat[i] as number] as Point;
        addTrace(failure.trace, code, pc);
        i += 2 + slots.length;
      }
      return UNWIND;
    },
    /**
     * A side exit: the interpreter runs the rest of the activation, and of those that it is inlined in; where the task is
     * to pause, after others have run.
     */
    leave(unit: Unit, depth: number, ...flat: readonly (number | Captured)[]): Value | Unwind {
      if (ended !== null) return limitReached(unit, ended);
      const point = unit.points[flat[0] as number] as Point;
      host.exited(unit, point);
      if (point.exit === "pause") return machine.pauseAll(frames(unit, flat));
      try {
        return machine.leaveAll(frames(unit, flat), depth);
      } catch (thrown) {
        // The activation is not there any more: nothing is added to the trace.
        return machine.unwinding.fail(toCondition(thrown));
      }
    },
    /** The error for a handler that does not look at the trace. */
    caught,
    /** The map that stands for it. */
    errorMap: (condition: Condition): Value => errorMap(condition, null),
    /** What `(:value e)` or `(:type e)` finds in that map. */
    entryOfError(condition: Condition, key: Keyword): Value {
      const { reraised, value, type } = condition;
      if (reraised && value instanceof SortedMap) return value.get(key) ?? null;
      return key.name === "value" ? value ?? null : keyword(type);
    },
    /** Unwinds, so that the handler gets an error map with the whole trace. */
    caughtWithTrace(
      unit: Unit,
      number: number,
      closure: Closure,
      thrown: unknown,
      site: number,
      values: readonly Captured[],
    ): Unwind {
      machine.unwinding.start({ kind: "catch", condition: caught(unit, thrown, site) });
      return machine.unwinding.save(frame(unit.points[number] as Point, closure, values, 0));
    },
  };
}
