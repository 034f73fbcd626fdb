/** Code written by hand, well-formed or not: for what the compiler never writes. */
import {
  type CaptureSource,
  Closure,
  Code,
  type Constant,
  type Handler,
  instruction,
  overlay,
  Unwind,
  type Variant,
} from "../src/bytecode/mod.ts";
import { BufferedInput } from "../src/builtins/host/buffered_input.ts";
import type { BuiltinContext } from "../src/builtins/declare.ts";
import { FileAccess } from "../src/builtins/host/file_access.ts";
import { Condition, EMPTY, repr, type Value } from "../src/data/mod.ts";
import { RegexCache } from "../src/regex/mod.ts";
import { TaskContext } from "../src/tasks/mod.ts";
import { Machine } from "../src/vm/mod.ts";

/** A label, or an instruction with its operands; an operand that is a string names a label. */
export type Line = string | readonly [name: string, ...operands: (number | string)[]];

/** What is not given is roomy enough for anything small. */
export interface Frame {
  readonly parameters?: number;
  readonly slots?: number;
  readonly maxStack?: number;
  readonly constants?: readonly Constant[];
  readonly captures?: readonly CaptureSource[];
  readonly handlers?: readonly Handler[];
  readonly feedback?: number;
  /** Groups of variants to overlay; none when not given. */
  readonly variants?: readonly Variant["group"][];
}

/** The words of `lines`, and where their labels stand. */
export function words(lines: readonly Line[]): { words: Int32Array; labels: ReadonlyMap<string, number> } {
  const labels = new Map<string, number>();
  let pc = 0;
  for (const line of lines) {
    if (typeof line === "string") labels.set(line, pc);
    else pc += line.length;
  }
  const flat = lines.flatMap((line) => {
    if (typeof line === "string") return [];
    const [name, ...operands] = line;
    return [instruction(name).opcode, ...operands.map((o) => typeof o === "number" ? o : labels.get(o) ?? -1)];
  });
  return { words: Int32Array.from(flat), labels };
}

/** A function of the given words. */
export function codeOf(text: Int32Array, frame: Frame = {}): Code {
  const parameters = frame.parameters ?? 0;
  const slots = frame.slots ?? Math.max(parameters, 4);
  const variantWords = text.slice();
  if (frame.variants !== undefined) overlay(variantWords, new Set(frame.variants));
  return new Code({
    name: "made",
    named: true,
    doc: null,
    names: { variables: [], outer: null },
    library: false,
    parameters,
    rest: false,
    min: parameters,
    max: parameters,
    slots,
    slotNames: Array.from({ length: slots }, (_, slot) => `v${slot}`),
    slotShared: Array.from({ length: slots }, () => false),
    slotAssigned: Array.from({ length: slots }, () => false),
    captures: frame.captures ?? [],
    captureNames: (frame.captures ?? []).map((_, index) => `c${index}`),
    position: null,
    words: text,
    variantWords,
    constants: [...frame.constants ?? []],
    handlers: frame.handlers ?? [],
    loops: [],
    feedback: new Uint8Array(frame.feedback ?? 8),
    maxStack: frame.maxStack ?? 8,
    positionPcs: new Int32Array(0),
    positions: [],
    heat: 0x3fffffff,
    entry: () => {
      throw new Error("not entered by a call");
    },
  });
}

/** A function of the given lines. */
export function assemble(lines: readonly Line[], frame: Frame = {}): Code {
  return codeOf(words(lines).words, frame);
}

function unused(): never {
  throw new Error("hand-made code does not ask for this");
}

const CONTEXT: BuiltinContext = {
  write: unused,
  writeError: unused,
  writeBytes: unused,
  flush: unused,
  gensym: unused,
  patterns: new RegexCache(),
  charges: false,
  spend: unused,
  documentation: unused,
  namesWith: unused,
  unit: unused,
  check: unused,
  macroexpand: unused,
  defineMacro: unused,
  moduleExports: unused,
  modules: { open: unused, next: unused, close: unused },
  tasks: {
    context: new TaskContext(),
    hostGoesOn: false,
    spawn: unused,
    settled: unused,
    cancel: unused,
    turn: unused,
    all: unused,
    race: unused,
    timeout: unused,
    sleep: unused,
    barrier: unused,
    outside: unused,
    atEnd: unused,
  },
  awaitHere: unused,
  control: unused,
  fail: unused,
  winders: EMPTY,
  files: new FileAccess(undefined, unused, null),
  input: new BufferedInput(unused),
  host: {},
};

/** A machine outside of any runtime. */
export function bareMachine(): Machine {
  return new Machine(
    {
      context: CONTEXT,
      pace: { pausing: false, active: false, returned: () => {} },
      depthLimit: 60_000,
      stackSlots: 100_000,
      raise: (value) => new Condition("user", repr(value), { value }),
      unbound: (cell) => new Condition("unbound", cell.name.name),
      await: (promise) => promise,
      caller: () => null,
      callHost: (callee, args) => callee.run(args),
      hot: () => true,
      hotLoop: () => null,
      waitingTrace: () => {},
    },
    new Closure(assemble([["NIL"], ["RETURN"]]), []),
    1000,
  );
}

/** Runs code in a machine of its own: the printed value, or the message of the condition. */
export function outcome(code: Code, args: readonly Value[] = []): string {
  const machine = bareMachine();
  try {
    const value = machine.interpret(new Closure(machine.link(code), []), 0, args);
    if (!(value instanceof Unwind)) return repr(value);
    throw machine.unwinding.takeFailure() ?? new Error("left without an error");
  } catch (thrown) {
    if (thrown instanceof Condition) return `${thrown.type}: ${thrown.message}`;
    throw thrown;
  }
}
