/**
 * What each instruction does in the dispatch loop, as TypeScript text. `$1`, `$2` … are operand words by offset; the rest
 * is put together from `fragments.ts`.
 */
import {
  boolean,
  BOTH_DOUBLES,
  BOTH_INTS,
  call,
  callGlobal,
  cellValue,
  copy,
  DOUBLES,
  high,
  INT,
  INTS,
  isFalse,
  low,
  NAME,
  OPERANDS,
  REFERENCE,
  REFRESH,
  RETURN,
  SAVE,
  SAW_DOUBLES,
  SPECIAL,
  special,
  tailCall,
  tailCallGlobal,
  told,
} from "./fragments.ts";
import type { Switches } from "./generate.ts";

function arithmetic(s: Switches, operator: string, method: string): string {
  const integers = `if (${BOTH_INTS}) {
        const r = ${INTS.join(` ${operator} `)};
        if ((r | 0) === r${
    operator === "*" ? " && (r !== 0 || 1 / r > 0)" : ""
  }) { words[at] = r; sp--; pc += 2; continue; }
      } else `;
  return `{
      ${OPERANDS}
      ${s.integerPaths ? integers : ""}${ofDoubles(operator)}
      ${inMachine(method)}
    }`;
}

/** What is left over of an operation on two numbers, often enough to be called without a detour. */
const inMachine = (method: string): string => `${SAVE} m.${method}(sp - 2, sp - 1); sp--; pc += 2; continue;`;

function ofDoubles(operator: string): string {
  return `if (${BOTH_DOUBLES}) {
        ${SAW_DOUBLES}
        doubles[sp - 2] = ${DOUBLES.join(` ${operator} `)}; sp--; pc += 2; continue;
      }`;
}

function comparison(s: Switches, operator: string): string {
  return `{
      ${OPERANDS}
      ${s.integerPaths ? `if (${BOTH_INTS}) { ${told(INTS.join(` ${operator} `))} }` : ""}
      if (${BOTH_DOUBLES}) {
        ${SAW_DOUBLES}
        ${told(DOUBLES.join(` ${operator} `))}
      }
      break;
    }`;
}

/** An operation on one value that the general implementation performs. */
const unary = (key: string): string =>
  `{
      ${SAVE}
      m.put(sp - 1, intrinsics.${key}(m.take(sp - 1))); pc += 2; continue;
    }`;

const binary = (key: string): string =>
  `{
      ${SAVE}
      m.put(sp - 2, intrinsics.${key}(m.take(sp - 2), m.take(sp - 1))); sp--; pc += 2; continue;
    }`;

/** A list operation that needs no check beyond the class. */
const onList = (field: string): string =>
  `{
      const at = sp - 1, list = refs[at];
      if (${high("at")} === ${REFERENCE} && list instanceof List) { ${field} pc += 2; continue; }
      break;
    }`;

const FIRST = "m.put(at, list.first);";
const REST = "refs[at] = list.rest;";

/** Text of each instruction. */
export function bodies(s: Switches): Record<string, string> {
  return {
    CONSTANT: `{
      const k = $1, constantWords = code.constantWords as Int32Array, h = constantWords[2 * k + 1] as number;
      ${low("sp")} = constantWords[2 * k] as number; ${high("sp")} = h;
      if (h === ${REFERENCE} || h === ${NAME}) refs[sp] = constants[k];
      sp++; pc += 2; continue;
    }`,
    INTEGER: `${low("sp")} = $1; ${high("sp")} = ${INT}; sp++; pc += 2; continue;`,
    NIL: `${special("sp", "0")} sp++; pc++; continue;`,
    TRUE: `${special("sp", "2")} sp++; pc++; continue;`,
    FALSE: `${special("sp", "1")} sp++; pc++; continue;`,
    POP: "sp--; pc++; continue;",
    DUP: `{ const top = sp - 1; ${copy("top", "sp")} } sp++; pc++; continue;`,
    GET_LOCAL: `{ const from = base + $1; ${copy("from", "sp")} } sp++; pc += 2; continue;`,
    SET_LOCAL: `{ const to = base + $1; sp--; ${copy("sp", "to")} } pc += 2; continue;`,
    FRESH: s.lazyUpvalues
      ? "if (m.openTop >= base + $1) m.fresh(base + $1); pc += 2; continue;"
      : "m.fresh(base + $1); m.openCell(base + $1); pc += 2; continue;",
    GET_CAPTURE: "m.put(sp, closure.captures[$1] as Value); sp++; pc += 2; continue;",
    GET_SHARED: `{
      const cell = closure.captures[$1] as Cell, slot = cell.slot;
      if (slot >= 0) ${copy("slot", "sp")} else m.put(sp, cell.value);
      sp++; pc += 2; continue;
    }`,
    SET_SHARED: `{
      const cell = closure.captures[$1] as Cell, slot = cell.slot;
      sp--;
      if (slot >= 0) ${copy("sp", "slot")} else cell.value = m.take(sp);
      pc += 2; continue;
    }`,
    SELF: `refs[sp] = closure; ${high("sp")} = ${REFERENCE}; sp++; pc++; continue;`,
    GET_GLOBAL: `{
      const value = ${cellValue(s, "$1")};
      if (value === UNBOUND) { ${SAVE} throw m.unbound(constants[$1] as GlobalCell); }
      m.put(sp, value as Value); sp++; pc += 2; continue;
    }`,
    SET_GLOBAL: `{
      const cell = constants[$1] as GlobalCell;
      if (cell.watchers === null) { cell.value = m.take(sp - 1); pc += 2; continue; }
      ${SAVE}
      if (m.assign(cell, m.take(sp - 1), false, stop)) return UNWIND;
      pc += 2; continue;
    }`,
    DEFINE_GLOBAL: `{
      const cell = constants[$1] as GlobalCell;
      if (cell.watchers === null) { cell.value = m.take(sp - 1); ${special("sp - 1", "0")} pc += 2; continue; }
      ${SAVE}
      if (m.assign(cell, m.take(sp - 1), true, stop)) return UNWIND;
      ${special("sp - 1", "0")} pc += 2; continue;
    }`,
    CLOSURE: `${SAVE} refs[sp] = m.close(constants[$1] as Code); ${REFRESH} ${
      high("sp")
    } = ${REFERENCE}; sp++; pc += 2; continue;`,
    RECAPTURE: "m.base = base; m.closure = closure; m.recapture(refs[base + $1] as Closure); pc += 3; continue;",
    JUMP: "pc = $1; continue;",
    JUMP_IF_FALSE: `sp--; pc = ${isFalse("sp")} ? $1 : pc + 2; continue;`,
    JUMP_IF_TRUE: `sp--; pc = ${isFalse("sp")} ? pc + 2 : $1; continue;`,
    LOOP: `if (--code.heat >= 0) { pc = $1; continue; }
      {
        ${SAVE}
        const left = m.loopIsHot($1, stop);
        if (left !== undefined) return left;
        break moved;
      }`,
    CALL: call(s, "m.callable(sp - $1 - 1)", "$1", "first - 1", 2),
    CALL_GLOBAL: callGlobal(s, "$2"),
    CALL_SELF: call(s, "closure as Value | Unbound", "$1", "first", 2),
    TAIL_CALL: tailCall(s, "m.callable(sp - $1 - 1)", "$1"),
    TAIL_CALL_GLOBAL: tailCallGlobal(s, "$2"),
    TAIL_CALL_SELF: tailCall(s, "closure as Value | Unbound", "$1"),
    APPLY: `{
      const target = m.take(sp - 2);
      ${SAVE}
      const count = m.spread();
      if (!m.call(target, m.sp - count, count, m.sp - count - 1, pc + 1, stop)) return UNWIND;
      break moved;
    }`,
    TAIL_APPLY: `{
      const target = m.take(sp - 2);
      ${SAVE}
      const count = m.spread();
      const left = m.tailCall(target, m.sp - count, count, stop);
      if (left !== undefined) return left;
      break moved;
    }`,
    BUILTIN:
      `${SAVE} m.callBuiltin(constants[$1] as Builtin, sp - $2, $2, sp - $2); ${REFRESH} sp -= $2 - 1; pc += 3; continue;`,
    AWAIT: `{
      ${SAVE}
      const value = m.host.await(m.take(sp - 1));
      if (value === UNWIND) return m.saveFrames(sp - 1, pc + 1, stop);
      m.put(sp - 1, value as Value); pc++; continue;
    }`,
    RETURN: RETURN("sp - 1"),
    THROW: `${SAVE} throw m.host.raise(m.take(sp - 1));`,
    TRY: "pc += 3; continue;",
    END_TRY: "pc = $1; continue;",
    REDEFINED: `{
      ${SAVE}
      const count = m.openGap();
      if (!m.call(m.redefinition(), m.sp - count, count, m.sp - count - 1, pc + 2, stop)) return UNWIND;
      break moved;
    }`,
    ADD: arithmetic(s, "+", "add"),
    SUBTRACT: arithmetic(s, "-", "subtract"),
    MULTIPLY: arithmetic(s, "*", "multiply"),
    DIVIDE: `{
      ${OPERANDS}
      ${ofDoubles("/")}
      ${inMachine("divide")}
    }`,
    EQUAL: comparison(s, "==="),
    LESS: comparison(s, "<"),
    GREATER: comparison(s, ">"),
    LESS_OR_EQUAL: comparison(s, "<="),
    GREATER_OR_EQUAL: comparison(s, ">="),
    NEGATE: unary("negate"),
    NOT: `${boolean("sp - 1", isFalse("sp - 1"))} pc += 2; continue;`,
    CONS: `{
      const a = sp - 2, b = sp - 1, list = refs[b];
      if (${high("b")} === ${REFERENCE} && list instanceof List) {
        refs[a] = cons(m.take(a), list); ${high("a")} = ${REFERENCE}; sp--; pc += 2; continue;
      }
      break;
    }`,
    CAR: onList(FIRST),
    CDR: onList(REST),
    FIRST: onList(FIRST),
    REST: onList(REST),
    IS_NULL: `{
      const at = sp - 1, list = refs[at];
      if (${high("at")} === ${REFERENCE} && list instanceof List) { ${boolean("at", "list === EMPTY")} }
      else { ${boolean("at", `${high("at")} === ${SPECIAL} && ${low("at")} === 0`)} }
      pc += 2; continue;
    }`,
    IS_PAIR: unary("isPair"),
    IS_LIST: unary("isList"),
    IS_NUMBER: unary("isNumber"),
    IS_STRING: unary("isString"),
    IS_SYMBOL: unary("isSymbol"),
    LENGTH: unary("length"),
    STRING_LENGTH: unary("stringLength"),
    APPEND: binary("append"),
    GET: binary("get"),
    CONTAINS: binary("contains"),
    MOD: remainder(s, "mod"),
    MODULO: remainder(s, "modulo"),
    NTH: `{
      const a = sp - 2, b = sp - 1, vector = refs[a];
      if (${high("b")} === ${INT} && ${high("a")} === ${REFERENCE} && vector instanceof Vector) {
        const value = vector.boxed === undefined ? undefined : vector.boxed[${low("b")} as number];
        if (value !== undefined) { m.put(a, value); sp--; pc += 2; continue; }
      }
      ${SAVE}
      if (m.floatElement(a, b)) { sp--; pc += 2; continue; }
      break;
    }`,
    STRING_REF: binary("stringRef"),
    STRING_APPEND: binary("stringAppend"),
    ARRAY_GET: `{
      const a = sp - 2, b = sp - 1, array = refs[a];
      if (${high("b")} === ${INT} && ${high("a")} === ${REFERENCE} && array instanceof MutableArray) {
        const value = array.slots === undefined ? undefined : array.slots[${low("b")} as number];
        if (value !== undefined) { m.put(a, value); sp--; pc += 2; continue; }
      }
      ${SAVE}
      if (m.floatElement(a, b)) { sp--; pc += 2; continue; }
      break;
    }`,
  };
}

function remainder(s: Switches, method: string): string {
  const [x, y] = INTS;
  const integers = `if (${BOTH_INTS} && ${x} >= 0 && ${y} > 0) { words[at] = ${x} % ${y}; sp--; pc += 2; continue; }`;
  return `{
      ${OPERANDS}
      ${s.integerPaths ? integers : ""}
      ${inMachine(method)}
    }`;
}
