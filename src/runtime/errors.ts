/**
 * From a failure to what the program and its user see of it: the error map that `catch` binds, and traces.
 */
import type { Position } from "../core/mod.ts";
import { type Code, INSTRUCTIONS } from "../bytecode/mod.ts";
import { INTRINSICS, visibleNames } from "../core/mod.ts";
import {
  Condition,
  keyword,
  listFrom,
  noteOrigin,
  SortedMap,
  type Trace,
  type TraceFrame,
  type Value,
} from "../data/mod.ts";

const OVERFLOW_HINT =
  "this usually means unbounded recursion; ensure recursive calls are in tail position for TCO, or use 'do' for iteration";

/** The error for recursion beyond the limit. */
export function stackOverflow(): Condition {
  return new Condition("eval", "stack overflow: maximum call depth exceeded", { hint: OVERFLOW_HINT });
}

/** What V8 and JavaScriptCore say when a value exceeds what they can hold, and what that is to a program. */
const HOST_LIMITS: readonly (readonly [RegExp, string])[] = [
  [/BigInt/, "integer too large"],
  [/string length/i, "string too long"],
  [/array (?:length|buffer)|typed array/i, "collection too large"],
  [/out of memory/i, "value too large"],
];

/** Whatever was thrown, as a condition: the host's own failures are told apart and put into words. */
export function toCondition(thrown: unknown): Condition {
  if (thrown instanceof Condition) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof RangeError || (thrown instanceof Error && thrown.name === "InternalError")) {
    // No pattern here: with the stack full, the host may be unable to compile one.
    if (message.includes("call stack") || message.includes("recursion")) return stackOverflow();
    const exceeded = HOST_LIMITS.find(([pattern]) => pattern.test(message));
    return new Condition("eval", exceeded?.[1] ?? `out of range: ${message}`);
  }
  return new Condition("internal", message);
}

/**
 * Adds the trace lines of a frame whose innermost call returns to `pc`: its loops, innermost first, and the function
 * itself; what is in tail position stands for what is around it.
 */
export function addTrace(trace: Trace, code: Code, pc: number): void {
  const known = code.traceLines?.get(pc);
  if (known !== undefined) {
    // An index: of a recursion a million deep each frame comes here.
    for (let i = 0; i < known.length; i++) trace.add(known[i] as TraceFrame);
    return;
  }
  const lines = linesOf(code, pc);
  (code.traceLines ??= new Map()).set(pc, lines);
  for (const line of lines) trace.add(line);
}

function linesOf(code: Code, pc: number): TraceFrame[] {
  if (code.loops.length === 0) return [new FrameLine(code, pc, code.name ?? "<lambda>")];
  const lines: TraceFrame[] = [];
  let place = code.positionBefore(pc);
  for (const { start, end, name, position, tail } of code.loops) {
    if (pc <= start || pc > end) continue;
    lines.push(traceLine(code, name, place));
    if (tail) return lines;
    place = position;
  }
  lines.push(traceLine(code, code.name ?? "<lambda>", place));
  return lines;
}

/** The line of a frame, worked out when somebody looks: most errors are caught by handlers that do not. */
class FrameLine implements TraceFrame {
  readonly name: string;
  readonly #code: Code;
  readonly #pc: number;

  constructor(code: Code, pc: number, name: string) {
    this.name = name;
    this.#code = code;
    this.#pc = pc;
  }

  get file(): string | null {
    return this.#position?.file ?? null;
  }

  get line(): number {
    return this.#position?.line ?? 0;
  }

  get column(): number {
    return this.#position?.column ?? 0;
  }

  get library(): boolean {
    return this.#code.library;
  }

  get variables(): readonly string[] {
    return visibleNames(this.#code.names);
  }

  get #position(): Position | null {
    return this.#code.positionBefore(this.#pc);
  }
}

function traceLine(code: Code, name: string, position: Position | null): TraceFrame {
  return {
    name,
    file: position?.file ?? null,
    line: position?.line ?? 0,
    column: position?.column ?? 0,
    library: code.library,
    variables: visibleNames(code.names),
  };
}

/** The trace line that an intrinsic operation or `throw` adds when it fails itself; null for other instructions. */
export function traceOperation(code: Code, pc: number): TraceFrame | null {
  if (code.library || !code.failsAt(pc) || code.redefined?.has(pc) === true) return null;
  const row = INSTRUCTIONS[code.words[pc] ?? 0];
  if (row === undefined) return null;
  const name = row.intrinsic !== null ? INTRINSICS[row.intrinsic][0] : row.name === "THROW" ? "throw" : null;
  return name === null ? null : new FrameLine(code, pc + 1, name);
}

/** The frames of a trace that are shown: none of the library, and none below a library function that called back. */
export function shownTrace(trace: Trace): TraceFrame[] {
  const lines = trace.lines();
  const first = lines.findIndex((frame) => !frame.library);
  if (first < 0) return [];
  const end = lines.findIndex((frame, i) => i > first && frame.library);
  return lines.slice(first, end < 0 ? undefined : end);
}

/** The frames that a report of an error shows which nothing caught: all but those of the library. */
export function reportedTrace(trace: Trace): TraceFrame[] {
  return trace.lines().filter((frame) => !frame.library);
}

const TYPE = keyword("type");
const MESSAGE = keyword("message");
const VALUE = keyword("value");
const STACK_TRACE = keyword("stack-trace");

/** The error maps of conditions that were raised in several tasks. */
const sharedMaps: WeakMap<Condition, Value> = new WeakMap();

function sharedMap(original: Condition): Value {
  let map = sharedMaps.get(original);
  if (map === undefined) sharedMaps.set(original, map = errorMap(original, () => {}));
  return map;
}

/** Types whose error maps have no trace. */
const UNTRACED: ReadonlySet<string> = new Set(["timeout", "cancelled"]);

/**
 * The map that `catch` binds (language reference §12.3). `below` adds the active frames below those the condition passed;
 * null when the handler does not look at the trace, which is then left out. `origin`: the handler may raise it again by
 * its map, as only those of the library do; noting that takes a tenth of the time of a throw.
 */
export function errorMap(condition: Condition, below: ((trace: Trace) => void) | null, origin: boolean = true): Value {
  if (condition.original !== null) return sharedMap(condition.original);
  if (condition.reraised && condition.value !== undefined) {
    if (condition.value instanceof SortedMap) noteOrigin(condition.value, condition);
    return condition.value;
  }
  const again = origin && below === null;
  if (again && condition.libraryMap !== null) return condition.libraryMap;
  let map = SortedMap.EMPTY.with(TYPE, keyword(condition.type)).with(MESSAGE, placedMessage(condition));
  for (const [name, value] of Object.entries(condition.extra ?? {})) map = map.with(keyword(name), value);
  if (condition.value !== undefined) map = map.with(VALUE, condition.value);
  if (below === null || UNTRACED.has(condition.type)) {
    if (origin) noteOrigin(map, condition);
    if (again) condition.libraryMap = map;
    return map;
  }
  const trace = condition.trace.copy();
  below(trace);
  const lines = shownTrace(trace).filter(({ name }) => name !== "");
  map = map.with(STACK_TRACE, listFrom(lines.map(frameMap)));
  noteOrigin(map, condition);
  return map;
}

/** A reader error says where in its text it is; the frame without a name is that place. */
function placedMessage(condition: Condition): string {
  const place = condition.trace.first;
  return place === undefined || place.name !== "" || condition.type !== "reader"
    ? condition.message
    : `${condition.message} at ${place.line}:${place.column}`;
}

function frameMap(frame: TraceFrame): Value {
  let map = SortedMap.EMPTY.with(keyword("name"), frame.name);
  if (frame.line > 0) map = map.with(keyword("line"), frame.line).with(keyword("col"), frame.column);
  if (frame.line > 0 && frame.file !== null) map = map.with(keyword("file"), frame.file);
  return map;
}
