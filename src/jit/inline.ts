/**
 * Small functions are compiled into their callers, and so are functions that get another one to call: those of the
 * library and their callbacks become one loop. The body is translated as that of any function, with variables of its
 * own; what differs is how it ends: a result is a value of the caller, and where its frame is saved or its errors are
 * traced, the caller's follows.
 *
 * The analysis of the caller decides what is inlined, and analyses it with what is known of the arguments. Both last:
 * a function that is inlined at a call stays so, and what is known of its arguments only becomes less.
 */
import type { Code } from "../bytecode/mod.ts";
import { EMPTY, Procedure } from "../data/mod.ts";
import { keep } from "./closures.ts";
import { type Block, buildGraph } from "./graph.ts";
import type { Decoded } from "./instructions.ts";
import { Made } from "./known.ts";
import { liveness } from "./liveness.ts";
import { constantOperand, type Operand } from "./operand.ts";
import { selfCalls } from "./self_calls.ts";
import { analyse, join } from "./analysis.ts";
import { Structurer } from "./structure.ts";
import type { Unit } from "./unit.ts";
import type { Callee, Flow, Fused, InlineSite, State } from "./translation.ts";
import { Translator } from "./translator.ts";
import { LIST, NONE } from "./types.ts";

/**
 * Words of bytecode of a function that is inlined, as far as the call can reach them, (100 against 64 on V8: nqueens
 * 2.0 → 1.4 times JavaScript, fannkuch 1.7 → 1.2, spectral-norm 1.3 → 1.1; 160 gains no more; on JSC nothing changes)
 */
const MOST_WORDS = 100;
/** and of one that is made in the text or gets a function that is known. */
const MOST_WORDS_WITH_FUNCTION = 160;
/** The same in all: no such function is looked at. */
const MOST_WORDS_AT_ALL = 400;
/** Words inlined in one unit. (With 800 main of matmul has all of the program, 606, and V8 takes 1.5 ms instead of 1.2.) */
const MOST_WORDS_IN_ALL = 550;
/** Functions inlined one in the other. */
const DEEPEST = 6;
/**
 * How often a function is inlined in itself: its guards, its check of the depth and the call are then paid once for
 * several calls. Once, as multiples of JavaScript on V8 | JSC: fib 1.5 → 0.85 | 2.0 → 1.1, ack 0.9 → 0.6 | 1.4 → 0.9.
 */
const SELF_INLINED = 1;

/** A function inlined at a call. */
export interface Inlined {
  readonly callee: Callee;
  readonly t: Translator;
  readonly blocks: readonly Block[];
  /** What is known where it begins, from all analyses; null before the first. */
  entry: State | null;
  /** The result of the last analysis, and when that was. */
  states: readonly (State | null)[];
  epoch: number;
  /** Words that the call can reach. */
  words: number;
}

/** Writes a call as the callee's body, its result in the place of the call's. False: it is not inlined. */
export function inlineCall(
  caller: Translator,
  at: Decoded,
  callee: Callee,
  operands: readonly Operand[],
  fused: Fused | null = null,
): boolean {
  const key = fused === null ? at.pc : ~fused.first.pc;
  const decided = caller.inlined.get(key);
  if (decided === null || (decided !== undefined && decided.callee !== callee)) return false;
  const inlined = decided ?? begin(caller, at, callee, operands, fused);
  if (inlined === null) {
    if (caller.analysing) caller.inlined.set(key, null);
    return false;
  }
  const args = packed(caller, inlined.t.code, operands);
  if (caller.analysing && !reanalyse(caller, inlined, args)) {
    caller.inlined.set(key, null);
    if (fused === null && takesFunction(caller, callee, operands)) caller.isCut = true;
    return false;
  }
  caller.inlined.set(key, inlined);
  if (!caller.analysing) write(caller, inlined, args);
  const { result } = inlined.t.site as InlineSite;
  if (at.row.flow !== "return" && result !== null) {
    caller.stack.push(caller.place(result.k, result.type, result.known ?? null));
  }
  return true;
}

/** The operands with those of a rest parameter in a list. */
function packed(caller: Translator, { rest, parameters }: Code, operands: readonly Operand[]): Operand[] {
  const args = operands.slice(0, parameters);
  if (!rest) return args;
  const more = operands.slice(parameters);
  if (more.length === 0) return [...args, constantOperand(EMPTY)];
  const link = caller.helper("link");
  const text = more.reduceRight((list, item) => `${link}(${caller.boxed(item)}, ${list})`, caller.helper("EMPTY"));
  return [...args, { text, type: LIST, slot: -1, constant: undefined }];
}

/** Looks whether the function may be inlined here. */
function begin(
  caller: Translator,
  at: Decoded,
  callee: Callee,
  operands: readonly Operand[],
  fused: Fused | null,
): Inlined | null {
  const { code } = callee;
  const { unit, shared } = caller;
  if (!caller.analysing || !isInlinable(caller, code, mostWords(caller, callee, operands))) return null;
  if (callee instanceof Made) keep(shared, callee);
  unit.codes.add(code);
  const site: InlineSite = { id: ++unit.inlined, parent: caller, callee, fused, ...continuation(caller, at) };
  const { blocks, live } = flowOf(caller, code);
  const t = new Translator(shared, code, live, site);
  return { callee, t, blocks, entry: null, states: [], epoch: -1, words: 0 };
}

/** The graph of a function, which is the same at all calls where it is inlined. */
function flowOf({ shared, unit }: Translator, code: Code): Flow {
  let flow = shared.flows.get(code);
  if (flow === undefined) {
    const blocks = buildGraph(code, 0, selfCalls(code, unit), shared.misses(code));
    shared.flows.set(code, flow = { blocks, live: liveness(code, blocks) });
  }
  return flow;
}

/** Who goes on after the call; after a tail call it is whoever goes on after the function that makes it. */
function continuation(caller: Translator, at: Decoded): Pick<InlineSite, "caller" | "at" | "result"> {
  const { site } = caller;
  if (at.row.flow !== "return") return { caller, at, result: { k: caller.stack.length, type: NONE, known: undefined } };
  return site === null ? { caller, at, result: null } : { caller: site.caller, at: site.at, result: site.result };
}

function mostWords(caller: Translator, callee: Callee, operands: readonly Operand[]): number {
  return takesFunction(caller, callee, operands) ? MOST_WORDS_WITH_FUNCTION : MOST_WORDS;
}

/** Whether the call is of a function made in the text or gets one that is known. */
function takesFunction(caller: Translator, callee: Callee, operands: readonly Operand[]): boolean {
  const isFunction = (operand: Operand): boolean =>
    caller.knownOf(operand) instanceof Made || operand.constant instanceof Procedure;
  return callee instanceof Made || operands.some(isFunction);
}

function isInlinable(caller: Translator, code: Code, most: number): boolean {
  if (code.words.length > (most === MOST_WORDS ? MOST_WORDS : MOST_WORDS_AT_ALL)) return false;
  if (code.handlers.length > 0) return false;
  let depth = 0;
  let self = 0;
  for (let t: Translator | null = caller; t !== null; t = t.site?.parent ?? null) {
    if (t.code === code && ++self > SELF_INLINED || ++depth > DEEPEST) return false;
  }
  return true;
}

/** Analyses the function with what is known now. False: it is too much to be inlined. */
function reanalyse(caller: Translator, inlined: Inlined, args: readonly Operand[]): boolean {
  const { t, blocks } = inlined;
  const { unit, shared } = caller;
  const joined = join(t, 0, inlined.entry, entryOf(caller, t, args));
  if (joined === null && inlined.epoch === shared.epoch) return true;
  const entry = joined ?? inlined.entry as State;
  inlined.entry = entry;
  // What is found out meanwhile has all of the caller analysed once more, and this with it.
  inlined.epoch = shared.epoch;
  inlined.states = analyse(t, blocks, entry);
  const reached = blocks.filter((_, i) => inlined.states[i] !== null).flatMap((block) => block.instructions);
  const words = reached.reduce((sum, at) => sum + at.row.width, 0);
  unit.inlinedWords += words - inlined.words;
  inlined.words = words;
  const most = inlined.callee instanceof Made || t.code.words.length > MOST_WORDS
    ? MOST_WORDS_WITH_FUNCTION
    : MOST_WORDS;
  if (words <= most && unit.inlinedWords <= MOST_WORDS_IN_ALL && !t.isCut) return true;
  giveUp(unit, inlined);
  return false;
}

/** What is not inlined after all, and what is inlined in it, takes no room. */
export function giveUp(unit: Unit, { words, t }: Inlined): void {
  unit.inlinedWords -= words;
  for (const inner of t.inlined.values()) if (inner !== null) giveUp(unit, inner);
}

/** Gives the parameters their values. Returns what is known then. */
function entryOf(caller: Translator, t: Translator, args: readonly Operand[]): State {
  t.begin();
  args.forEach((operand, slot) => t.bindParameter(slot, caller.handedOver(operand)));
  return t.endState();
}

/** The text of the call. */
function write(caller: Translator, { t, blocks, states }: Inlined, args: readonly Operand[]): void {
  const { id, result } = t.site as InlineSite;
  if (result !== null) caller.out.push(`$I${id}: {`);
  t.analysing = false;
  t.out = caller.out;
  const from = entryOf(caller, t, args);
  // Where the function starts again its parameters may hold other types: a float is passed raw only if it stays one.
  caller.out.push(...t.loadCaptures(), ...t.edge(from, states[0] as State, 0));
  t.out = caller.out;
  caller.out.push(...new Structurer(t, blocks, states).run());
  if (result !== null) caller.out.push("}");
  for (const name of t.variableNames()) caller.shared.variables.add(name);
}
