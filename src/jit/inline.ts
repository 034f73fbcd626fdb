/**
 * Small functions are compiled into their callers. The body is translated as that of any function, with variables of
 * its own; what differs is how it ends: a result is a value of the caller, and where its frame is saved or its errors
 * are traced, the caller's follows.
 */
import type { Closure, Code } from "../bytecode/mod.ts";
import { buildGraph } from "./graph.ts";
import type { Decoded } from "./instructions.ts";
import { liveness } from "./liveness.ts";
import { type Operand, rawLiteral } from "./operand.ts";
import { selfCalls } from "./self_calls.ts";
import { analyseTypes, Structurer } from "./structure.ts";
import { type InlineSite, Translator } from "./translator.ts";
import { ANY, FLOAT, isRaw, NONE, STALE } from "./types.ts";
import { Flonum } from "../data/mod.ts";

/** Words of bytecode of a function that is inlined. */
const MOST_WORDS = 64;
/** Words inlined in one unit. */
const MOST_WORDS_IN_ALL = 500;
/** Functions inlined one in the other. */
const DEEPEST = 4;
/**
 * How often a function is inlined in itself: its guards, its check of the depth and the call are then paid once for
 * several calls. Once, as multiples of JavaScript on V8 | JSC: fib 1.5 → 0.85 | 2.0 → 1.1, ack 0.9 → 0.6 | 1.4 → 0.9.
 */
const SELF_INLINED = 1;

/** The statements of a call as the callee's body, its result in the place of the call's; null: it is not inlined. */
export function inlineCall(
  caller: Translator,
  at: Decoded,
  callee: Closure,
  args: readonly Operand[],
): string[] | null {
  const { code } = callee;
  const { unit } = caller;
  if (!isInlinable(caller, code) || unit.inlinedWords + code.words.length > MOST_WORDS_IN_ALL) return null;
  unit.inlinedWords += code.words.length;
  unit.codes.add(code);
  const site: InlineSite = {
    id: ++unit.inlined,
    parent: caller,
    closure: unit.constant(callee),
    ...(at.row.flow === "return"
      ? afterTailCall(caller, at)
      : { caller, at, result: caller.home(caller.stack.length) }),
  };
  const blocks = buildGraph(code, 0, selfCalls(code, unit));
  const t = new Translator(caller.shared, code, liveness(code, blocks), site);
  const types = code.slotNames.map((_, slot) => slot < args.length ? typeOfArgument(caller, t, args[slot]) : NONE);
  const entry = { slots: types, stack: [] };
  const states = analyseTypes(t, blocks, entry);
  // Where the function starts again its parameters may hold other types: a float is passed raw only if it stays one.
  const expected = states[0]?.slots ?? types;
  const lines = args.map((operand, slot) => {
    const type = isRaw(types[slot] ?? ANY) && !isRaw(expected[slot] ?? ANY) ? ANY : types[slot] ?? ANY;
    return `${isRaw(type) ? t.rawName(slot) : t.slotNames[slot]} = ${argument(caller, operand, type)};`;
  });
  t.analysing = false;
  const body = new Structurer(t, blocks, states).run();
  for (const name of t.variableNames()) caller.shared.variables.add(name);
  return site.result === null ? [...lines, ...body] : [`$I${site.id}: {`, ...lines, ...body, "}"];
}

/** Who goes on after a tail call: whoever goes on after the function that makes it. */
function afterTailCall(caller: Translator, at: Decoded): Pick<InlineSite, "caller" | "at" | "result"> {
  const { site } = caller;
  return site === null ? { caller, at, result: null } : { caller: site.caller, at: site.at, result: site.result };
}

function isInlinable(caller: Translator, code: Code): boolean {
  if (code.words.length > MOST_WORDS || code.handlers.length > 0 || code.captures.length > 0) return false;
  if (code.slotShared.includes(true) || caller.tryDepth > 0) return false;
  let depth = 0;
  let self = 0;
  for (let t: Translator | null = caller; t !== null; t = t.site?.parent ?? null) {
    if (t.code === code && ++self > SELF_INLINED || ++depth > DEEPEST) return false;
  }
  return true;
}

function typeOfArgument(caller: Translator, t: Translator, operand: Operand | undefined): number {
  const type = operand === undefined ? ANY : caller.typeOf(operand);
  return !isRaw(type) ? type : t.raw ? FLOAT | STALE : ANY;
}

function argument(caller: Translator, operand: Operand, type: number): string {
  if (!isRaw(type)) return caller.boxed(operand);
  const { constant } = operand;
  if (constant instanceof Flonum) return rawLiteral(constant.value);
  return operand.text;
}
