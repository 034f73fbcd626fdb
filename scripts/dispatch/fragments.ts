/**
 * Text that several instructions of the dispatch loop share: slots and what they hold, calls, returns. The variables are
 * those that the generator declares (`generate.ts`). Slots are addressed as `words[2 * slot]` (low half),
 * `words[2 * slot + 1]` (high half), `doubles[slot]` and `refs[slot]`; see `src/vm/word.ts`.
 */
import { FIRST_TAG_UNSIGNED, TAG_INTEGER, TAG_NAME, TAG_REFERENCE, TAG_SPECIAL } from "../../src/vm/word.ts";
import type { Switches } from "./generate.ts";

/** High halves of slots: what a slot holds. */
export const INT: string = `${TAG_INTEGER}`;
export const SPECIAL: string = `${TAG_SPECIAL}`;
export const REFERENCE: string = `${TAG_REFERENCE}`;
export const NAME: string = `${TAG_NAME}`;
const FIRST_TAG = `0x${FIRST_TAG_UNSIGNED.toString(16)}`;

/** Writes the loop's registers back, so that a method of the machine finds them. */
export const SAVE = "m.pc = pc; m.sp = sp; m.fp = fp; m.base = base; m.closure = closure;";
const RELOAD_VIEWS = "words = m.words; doubles = m.doubles; refs = m.refs; meta = m.meta; capacity = m.capacity;";
/** After a method that may have run other code on this stack, or made it larger. */
export const REFRESH: string = `if (m.words !== words) { ${RELOAD_VIEWS} }`;
const RELOAD_CODE = "code = closure.code; text = code.variantWords; constants = code.constants;";
/** Finds the registers again, after a method of the machine that has changed them. */
export const RELOAD: string =
  `${RELOAD_VIEWS} pc = m.pc; sp = m.sp; fp = m.fp; base = m.base; closure = m.closure; ${RELOAD_CODE}`;

/** The halves of a slot. */
export const high = (slot: string): string => `words[2 * (${slot}) + 1]`;
export const low = (slot: string): string => `words[2 * (${slot})]`;

/** One slot from another. */
export function copy(from: string, to: string): string {
  return `{
    const h = ${high(from)} as number;
    ${low(to)} = ${low(from)} as number;
    ${high(to)} = h;
    if (h === ${REFERENCE} || h === ${NAME}) refs[${to}] = refs[${from}];
  }`;
}

/** What stores a value that is its tag and a number; a boolean; whether a slot holds false or nil. */
export const special = (slot: string, value: string): string => `${low(slot)} = ${value}; ${high(slot)} = ${SPECIAL};`;
export const boolean = (slot: string, test: string): string => special(slot, `(${test}) ? 2 : 1`);
export const isFalse = (slot: string): string => `(${high(slot)} === ${SPECIAL} && ${low(slot)} !== 2)`;

/** Goes to another function, for which there is room: `f` is the closure, its arguments start at slot `first`. */
const ENTER = (result: string, next: string): string =>
  `const at = 3 * ++fp;
          meta[at] = ${next}; meta[at + 1] = base; meta[at + 2] = ${result};
          closures[fp] = closure;
          closure = f; base = first; sp = base + callee.slots; pc = 0;
          code = callee; text = callee.variantWords; constants = callee.constants;`;

/** Moves arguments from `first` down to `base`; one by one where their number is known. */
function moved(count: string): string {
  if (!/^\d$/.test(count)) return `for (let i = 0; i < ${count}; i++) ${copy("first + i", "base + i")}`;
  return Array.from({ length: Number(count) }, (_, i) => copy(`first + ${i}`, `base + ${i}`)).join("\n    ");
}

/** Replaces the running function by one for which there is room: arguments move down to its own variables. */
const REPLACE = (count: string): string =>
  `if (m.openTop >= base) m.closeCells(base);
          const first = sp - ${count};
          ${moved(count)}
          closure = f; sp = base + callee.slots; pc = 0;
          code = callee; text = callee.variantWords; constants = callee.constants;`;

/** A call as the machine makes it, whatever is called; the registers are found again. */
const called = (result: string, count: string, width: number): string =>
  `${SAVE}
      if (!m.call(target, first, ${count}, ${result}, pc + ${width}, stop)) return UNWIND;
      break moved;`;

/** The part of a call that deals with closures that can be entered at once: `target` is called, arguments from `first` on. */
function callClosure(s: Switches, count: string, result: string, width: number): string {
  return !s.tagDispatch ? "" : `if (target instanceof Closure) {
        const f = target, callee = f.code;
        if (callee.exact === ${count} && 3 * fp + 6 <= meta.length && first + callee.room <= capacity && --callee.heat >= 0) {
          ${ENTER(result, `pc + ${width}`)}
          continue;
        }
      }`;
}

/** The part of a call that deals with everything else. */
function callOther(s: Switches, count: string, result: string, width: number): string {
  const builtin = `if (target instanceof Builtin) {
        ${SAVE} m.callBuiltin(target, first, ${count}, ${result}); ${REFRESH}
        sp = ${result} + 1; pc += ${width}; continue;
      }`;
  return `${s.tagDispatch ? builtin : ""}
      ${called(result, count, width)}`;
}

/** A call: the callee is in `target`, the arguments from `first` on; the result replaces slot `result`. */
export function call(s: Switches, target: string, count: string, result: string, width: number): string {
  return `{
      const target = ${target}, first = sp - ${count};
      ${callClosure(s, count, result, width)}
      ${callOther(s, count, result, width)}
    }`;
}

/** A call of a global; where that is no closure to be entered at once, {@link CALL_GLOBAL_OTHER} makes it. */
export function callGlobal(s: Switches, count: string): string {
  return `{
      const target = ${cellValue(s, "$1")}, first = sp - ${count};
      ${callClosure(s, count, "first", 3)}
      break callGlobal;
    }`;
}

/** What {@link callGlobal} leaves over. */
export const CALL_GLOBAL_OTHER = (s: Switches): string =>
  `const target = ${cellValue(s, "$1")}, first = sp - $2;
      ${callOther(s, "$2", "first", 3)}`;

/** The part of a tail call that deals with closures that can be entered at once. */
function replaceByClosure(s: Switches, count: string): string {
  return !s.tagDispatch ? "" : `if (target instanceof Closure) {
        const f = target, callee = f.code;
        if (callee.exact === ${count} && base + callee.room <= capacity && --callee.heat >= 0) {
          ${REPLACE(count)}
          continue;
        }
      }`;
}

/** The part of a tail call that deals with everything else. */
const replaceByOther = (count: string): string =>
  `${SAVE}
      const left = m.tailCall(target, sp - ${count}, ${count}, stop);
      if (left !== undefined) return left;
      break moved;`;

/** A call that replaces the running function. */
export function tailCall(s: Switches, target: string, count: string): string {
  return `{
      const target = ${target};
      ${replaceByClosure(s, count)}
      ${replaceByOther(count)}
    }`;
}

/** A tail call of a global, see {@link callGlobal}. */
export function tailCallGlobal(s: Switches, count: string): string {
  return `{
      const target = ${cellValue(s, "$1")};
      ${replaceByClosure(s, count)}
      break tailCallGlobal;
    }`;
}

/** What {@link tailCallGlobal} leaves over. */
export const TAIL_CALL_GLOBAL_OTHER = (s: Switches): string =>
  `const target = ${cellValue(s, "$1")};
      ${replaceByOther("$2")}`;

/** Returns the value in slot `from` to the caller. */
export const RETURN = (from: string): string =>
  `{
      if (m.openTop >= base) m.closeCells(base);
      const at = 3 * fp, result = meta[at + 2] as number;
      ${copy(from, "result")}
      pc = meta[at] as number; base = meta[at + 1] as number; sp = result + 1;
      closure = closures[fp] as Closure; fp--;
      if (fp === stop) {
        m.pc = pc; m.sp = result; m.fp = fp; m.base = base; m.closure = closure;
        return m.take(result);
      }
      ${RELOAD_CODE}
      continue;
    }`;

/** The two topmost slots: their tags, and where the halves of the first begin; those of the second are two further. */
export const OPERANDS = "const at = 2 * sp - 4, s = words[at + 1] as number, t = words[at + 3] as number;";
/** Whether the operands are integers, or doubles; them as such. */
export const BOTH_INTS: string = `s === ${INT} && t === ${INT}`;
export const BOTH_DOUBLES: string = `(s >>> 0) < ${FIRST_TAG} && (t >>> 0) < ${FIRST_TAG}`;
export const INTS: readonly [string, string] = ["(words[at] as number)", "(words[at + 2] as number)"];
export const DOUBLES: readonly [string, string] = ["(doubles[sp - 2] as number)", "(doubles[sp - 1] as number)"];

/** A result that is a boolean, in place of the operands. */
export const told = (test: string): string =>
  `words[at] = ${test} ? 2 : 1; words[at + 1] = ${SPECIAL}; sp--; pc += 2; continue;`;

/** Notes that a site has seen doubles; see `SEEN`. */
export const SAW_DOUBLES =
  "const site = text[pc + 1] as number; code.feedback[site] = (code.feedback[site] as number) | 1;";

/** The value of the global whose cell is a constant. */
export function cellValue(s: Switches, operand: string): string {
  return s.globalCells
    ? `(constants[${operand}] as GlobalCell).value`
    : `lookedUp(constants[${operand}] as GlobalCell).value`;
}
