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

/** Goes to another function: `f` is the closure, its arguments start at slot `first`. */
const ENTER = (first: string, result: string, next: string): string =>
  `{
    if (3 * fp + 6 > meta.length || ${first} + callee.room > capacity) {
      ${SAVE}
      if (m.isFull(${first} + callee.room)) return m.callOnHeap(f, ${first}, ${result}, ${next}, stop);
      m.grow(fp + 1, ${first} + callee.room); ${RELOAD_VIEWS}
    }
    const at = 3 * ++fp;
    meta[at] = ${next}; meta[at + 1] = base; meta[at + 2] = ${result};
    closures[fp] = closure;
    closure = f; base = ${first}; sp = base + callee.slots; pc = 0;
    code = callee; text = callee.variantWords; constants = callee.constants;
  }`;

/** Moves arguments from `first` down to `base`; one by one where their number is known. */
function moved(count: string): string {
  if (!/^\d$/.test(count)) return `for (let i = 0; i < ${count}; i++) ${copy("first + i", "base + i")}`;
  return Array.from({ length: Number(count) }, (_, i) => copy(`first + ${i}`, `base + ${i}`)).join("\n    ");
}

/** Replaces the running function: arguments move down to its own variables. */
const REPLACE = (count: string): string =>
  `{
    if (m.openTop >= base) m.closeCells(base);
    const first = sp - ${count};
    ${moved(count)}
    if (base + callee.room > capacity) {
      ${SAVE} m.grow(fp, base + callee.room); ${RELOAD_VIEWS}
    }
    closure = f; sp = base + callee.slots; pc = 0;
    code = callee; text = callee.variantWords; constants = callee.constants;
  }`;

/** A call: the callee is in `target`, the arguments from `first` on. */
export function call(
  s: Switches,
  target: string,
  count: string,
  result: (first: string) => string,
  width: number,
): string {
  const fast = s.tagDispatch
    ? `if (target instanceof Closure) {
        const f = target, callee = f.code;
        if (callee.exact === ${count} && --callee.heat >= 0) {
          ${ENTER("first", result("first"), `pc + ${width}`)}
          continue;
        }
      }`
    : "";
  const builtin = s.tagDispatch
    ? `if (target instanceof Builtin) {
        ${SAVE} m.callBuiltin(target, first, ${count}, ${result("first")}); ${REFRESH}
        sp = ${result("first")} + 1; pc += ${width}; continue;
      }`
    : "";
  return `{
      const target = ${target}, first = sp - ${count};
      ${fast}
      ${builtin}
      ${SAVE}
      if (!m.call(target, first, ${count}, ${result("first")}, pc + ${width}, stop)) return UNWIND;
      ${RELOAD} continue;
    }`;
}

/** A call that replaces the running function. */
export function tailCall(s: Switches, target: string, count: string): string {
  const fast = s.tagDispatch
    ? `if (target instanceof Closure) {
        const f = target, callee = f.code;
        if (callee.exact === ${count} && --callee.heat >= 0) {
          ${REPLACE(count)}
          continue;
        }
      }`
    : "";
  return `{
      const target = ${target};
      ${fast}
      ${SAVE}
      const left = m.tailCall(target, sp - ${count}, ${count}, stop);
      if (left !== undefined) return left;
      ${RELOAD} continue;
    }`;
}

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

/** Whether two slots hold integers, or doubles. */
export const bothInts = (a: string, b: string): string => `${high(a)} === ${INT} && ${high(b)} === ${INT}`;
export const bothDoubles = (a: string, b: string): string =>
  `((${high(a)} as number) >>> 0) < ${FIRST_TAG} && ((${high(b)} as number) >>> 0) < ${FIRST_TAG}`;

/** The value of the global whose cell is a constant. */
export function cellValue(s: Switches, operand: string): string {
  return s.globalCells
    ? `(constants[${operand}] as GlobalCell).value`
    : `lookedUp(constants[${operand}] as GlobalCell).value`;
}
