/**
 * Which calls are a group that may be fused (`fusion.ts`): those of library functions that follow each other in a block,
 * each with the list that the one before it returns, at once or by way of a variable that nothing else reads. What the
 * later ones take besides may be pushed in between, as long as that does nothing but push.
 */
import { Builtin } from "../builtins/declare.ts";
import { Closure, type Code } from "../bytecode/mod.ts";
import type { GlobalCell } from "../globals/mod.ts";
import type { Kind, Stage } from "./fused_code.ts";
import { builtIn } from "./globals.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import type { Translator } from "./translator.ts";

/** The calls of a group. */
export interface Calls {
  readonly stages: readonly Stage[];
  /** For each call the instructions between it and the one before that push what it takes. */
  readonly pushes: readonly (readonly Decoded[])[];
  /** The index of the last. */
  readonly last: number;
}

/** Functions of the library: what they do with a list, and how many arguments they take besides. */
const FUNCTIONS: Readonly<Record<string, readonly [kind: Kind, own: number]>> = {
  "map": ["map", 1],
  "filter": ["filter", 1],
  "list/reject": ["reject", 1],
  "foldl": ["foldl", 2],
  "reduce": ["reduce", 1],
  "any": ["any", 1],
  "every": ["every", 1],
};

/** Builtins of the library, likewise; a range may have two bounds. */
const BUILTINS: Readonly<Record<string, readonly [kind: Kind, own: number]>> = {
  "range": ["range", 1],
  "string/join": ["join", 1],
  "list->vector": ["vector", 0],
};

/** What answers no list. */
const ENDS: ReadonlySet<Kind> = new Set(["foldl", "reduce", "any", "every", "length", "join", "vector"]);

/** What calls no function. */
const PLAIN: ReadonlySet<Kind> = new Set(["range", "length", "join", "vector"]);

/** The calls from an instruction on; null: there are none, or fusing them saves nothing. */
export function groupAt(t: Translator, instructions: readonly Decoded[], index: number): Calls | null {
  const stages: Stage[] = [];
  const pushes: Decoded[][] = [];
  let last = index;
  for (let next: Next | null = { at: index, pushed: [], variable: undefined }; next !== null;) {
    const stage = stageOf(t, instructions[next.at]);
    if (stage === null || (stage.kind === "range" && stages.length > 0) || !isTaken(t, stage, next)) break;
    stages.push(stage);
    pushes.push(next.pushed);
    last = next.at;
    if (ENDS.has(stage.kind) || instructions[last]?.row.flow === "return") break;
    next = nextCall(t, instructions, last + 1);
  }
  const first = stages[0]?.kind ?? "length";
  const calls = stages.some(({ kind }) => !PLAIN.has(kind));
  return calls && !ENDS.has(first) ? { stages, pushes, last } : null;
}

/** Whether the list is where the call takes it: on top, or for `join` below a separator that is known. */
function isTaken(t: Translator, { kind }: Stage, { pushed, variable }: Next): boolean {
  if (kind !== "join") return variable !== undefined || pushed.length === 0;
  const [separator] = pushed;
  if (variable !== undefined || pushed.length !== 1 || separator?.row.name !== "CONSTANT") return false;
  return typeof t.code.constants[operandOf(separator, "constant")] === "string";
}

/** Where the list may be taken next. */
interface Next {
  readonly at: number;
  readonly pushed: Decoded[];
  /** The variable that it went through. */
  readonly variable: number | undefined;
}

function nextCall(t: Translator, instructions: readonly Decoded[], from: number): Next | null {
  const first = instructions[from];
  if (first === undefined) return null;
  const variable = first.row.name === "SET_LOCAL" ? operandOf(first, "slot") : undefined;
  const pushed: Decoded[] = [];
  let i = variable === undefined ? from : from + 1;
  for (let at = instructions[i]; at !== undefined && onlyPushes(t, at, variable); at = instructions[++i]) {
    pushed.push(at);
  }
  if (variable === undefined) return { at: i, pushed, variable };
  const [read, call] = [instructions[i], instructions[i + 1]];
  if (read?.row.name !== "GET_LOCAL" || operandOf(read, "slot") !== variable || call === undefined) return null;
  if (t.code.slotShared[variable] === true || t.isLive(call.pc, variable)) return null;
  return { at: i + 1, pushed, variable };
}

/** Whether an instruction pushes one value and can be put off or done earlier. */
function onlyPushes(t: Translator, at: Decoded, variable: number | undefined): boolean {
  switch (at.row.name) {
    case "CONSTANT":
    case "INTEGER":
    case "NIL":
    case "TRUE":
    case "FALSE":
    case "GET_CAPTURE":
      return true;
    case "GET_LOCAL":
      return operandOf(at, "slot") !== variable;
    case "CLOSURE": {
      const { captures } = t.code.constants[operandOf(at, "code")] as Code;
      return !captures.some(({ from, index }) => from === "slot" && index === variable);
    }
    case "GET_GLOBAL":
      return builtIn(t, t.code.constants[operandOf(at, "cell")] as GlobalCell) !== null;
    default:
      return false;
  }
}

function stageOf(t: Translator, at: Decoded | undefined): Stage | null {
  if (at === undefined || at.redefined !== null) return null;
  if (at.row.name === "LENGTH") return { kind: "length", name: "length", own: 0, operation: null };
  if (at.row.name !== "CALL_GLOBAL" && at.row.name !== "TAIL_CALL_GLOBAL") return null;
  const cell = t.code.constants[operandOf(at, "cell")] as GlobalCell;
  const found = libraryFunction(cell);
  if (found === null || builtIn(t, cell) === null) return null;
  const [name, kind, own] = found;
  const count = operandOf(at, "count");
  if (kind === "range") return count === 1 || count === 2 ? { kind, name, own: count, operation: null } : null;
  return count === own + 1 ? { kind, name, own, operation: null } : null;
}

function libraryFunction({ value }: GlobalCell): readonly [name: string, kind: Kind, own: number] | null {
  let row: readonly [Kind, number] | undefined;
  let name = "";
  if (value instanceof Builtin && value.declaration.pure === true) {
    name = value.declaration.name;
    row = named(BUILTINS, name);
  } else if (value instanceof Closure && value.code.library && value.code.named) {
    name = value.code.name ?? "";
    row = named(FUNCTIONS, name);
  }
  return row === undefined ? null : [name, ...row];
}

function named<Row>(table: Readonly<Record<string, Row>>, name: string): Row | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
