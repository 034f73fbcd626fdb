/**
 * Signals of the system (language reference: 05-host §8). One that arrives is only noted; what a program wants done about
 * it is called when the program asks whether there are any.
 */
import { evalError, Keyword, repr, type Value } from "../../data/mod.ts";
import { isCallable, listOf, wrongType } from "../check.ts";
import { type Area, type BuiltinContext, sema, two, zero } from "../declare.ts";
import { perRuntime } from "./per_runtime.ts";

/** A signal that programs may ask for: an interruption, the wish that the program end, or another size of the terminal. */
export type Signal = "int" | "term" | "winch";

const SIGNALS: readonly Signal[] = ["int", "term", "winch"];

/** What an embedder gives that hears of signals: a part of `HostAccess`. */
export interface SignalAccess {
  /** Calls `arrived` at each such signal from now on, which has no other effect any more. Must not keep the process alive. */
  watch(signal: Signal, arrived: () => void): void;
}

/** What one runtime does about signals. */
interface Watched {
  readonly thunks: Map<Signal, Value[]>;
  readonly arrived: Set<Signal>;
}

const watched = perRuntime((): Watched => ({ thunks: new Map(), arrived: new Set() }));

function watch(name: Value, thunk: Value, context: BuiltinContext): Value {
  if (!(name instanceof Keyword)) throw wrongType("keyword", name);
  if (!isCallable(thunk)) throw wrongType("function", thunk);
  const signal = SIGNALS.find((each) => each === name.name);
  if (signal === undefined) {
    throw evalError(`sys/on-signal: unknown signal ${repr(name)}, expected :int, :term or :winch`);
  }
  const { thunks, arrived } = watched(context);
  const known = thunks.get(signal);
  if (known !== undefined) known.push(thunk);
  else {
    thunks.set(signal, [thunk]);
    context.host.signals?.watch(signal, () => arrived.add(signal));
  }
  return null;
}

/** For await: what is to be called for the signals that have arrived. The host tells of them when it has its turn. */
function arrivals(context: BuiltinContext): Value {
  const { thunks, arrived } = watched(context);
  if (thunks.size === 0) return listOf([]);
  return context.tasks.outside(async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    const all = [...arrived].flatMap((signal) => thunks.get(signal) ?? []);
    arrived.clear();
    return listOf(all);
  });
}

const CHECK = `(fn ()
  (let loop ((thunks (await (__vm-arrived-signals))))
    (if (null? thunks)
      nil
      (begin ((car thunks)) (loop (cdr thunks))))))`;

/** `sys/on-signal` and `sys/check-signals`. */
export const signals: Area = () => [
  two(
    "sys/on-signal",
    "(sys/on-signal signal f): what sys/check-signals calls after :int, :term or :winch, which does nothing else then.",
    watch,
    ["(sys/on-signal :winch (fn () (println :resized)))", "nil"],
  ),
  zero("__vm-arrived-signals", "For await: the functions for the signals that have arrived.", arrivals),
  sema(
    "sys/check-signals",
    0,
    0,
    "Calls what was asked for by sys/on-signal for the signals that have arrived.",
    CHECK,
    [
      "(sys/check-signals)",
      "nil",
    ],
  ),
];
