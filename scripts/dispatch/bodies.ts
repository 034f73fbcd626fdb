/**
 * What each instruction does in the dispatch loop, as TypeScript text. `$1`, `$2` … are operand words by offset; the
 * variables are those that the generator declares (`generate.ts`). Slots are addressed as `words[2 * slot]` (low half),
 * `words[2 * slot + 1]` (high half), `doubles[slot]` and `refs[slot]`; see `src/vm/word.ts`.
 */
import type { Switches } from "./generate.ts";

const INT = "-458752";
const SPECIAL = "-393216";
const REFERENCE = "-196608";
const FIRST_TAG = "0xfff90000";

/** Writes the loop's registers back, so that a method of the machine finds them. */
const SAVE = "m.pc = pc; m.sp = sp; m.fp = fp; m.base = base; m.closure = closure;";
const RELOAD_VIEWS = "words = m.words; doubles = m.doubles; refs = m.refs; meta = m.meta; capacity = m.capacity;";
/** After a method that may have run other code on this stack, or made it larger. */
const REFRESH = `if (m.words !== words) { ${RELOAD_VIEWS} }`;
const RELOAD_CODE = "code = closure.code; text = code.variantWords; constants = code.constants;";
const RELOAD = `${RELOAD_VIEWS} pc = m.pc; sp = m.sp; fp = m.fp; base = m.base; closure = m.closure; ${RELOAD_CODE}`;

const high = (slot: string): string => `words[2 * (${slot}) + 1]`;
const low = (slot: string): string => `words[2 * (${slot})]`;

function copy(from: string, to: string): string {
  return `{
    const h = ${high(from)} as number;
    ${low(to)} = ${low(from)} as number;
    ${high(to)} = h;
    if (h === ${REFERENCE} || h === -262144) refs[${to}] = refs[${from}];
  }`;
}

const special = (slot: string, value: string): string => `${low(slot)} = ${value}; ${high(slot)} = ${SPECIAL};`;
const boolean = (slot: string, test: string): string => special(slot, `(${test}) ? 2 : 1`);
const isFalse = (slot: string): string => `(${high(slot)} === ${SPECIAL} && ${low(slot)} !== 2)`;

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
function call(s: Switches, target: string, count: string, result: (first: string) => string, width: number): string {
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

function tailCall(s: Switches, target: string, count: string): string {
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
const RETURN = (from: string): string =>
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

const bothInts = (a: string, b: string): string => `${high(a)} === ${INT} && ${high(b)} === ${INT}`;
const bothDoubles = (a: string, b: string): string =>
  `((${high(a)} as number) >>> 0) < ${FIRST_TAG} && ((${high(b)} as number) >>> 0) < ${FIRST_TAG}`;

function arithmetic(s: Switches, operator: string, method: string): string {
  const integers = `if (${bothInts("a", "b")}) {
        const r = (${low("a")} as number) ${operator} (${low("b")} as number);
        if ((r | 0) === r${operator === "*" ? " && (r !== 0 || 1 / r > 0)" : ""}) { ${
    low("a")
  } = r; sp--; pc += 2; continue; }
      } else `;
  return `{
      const a = sp - 2, b = sp - 1;
      ${s.integerPaths ? integers : ""}if (${bothDoubles("a", "b")}) {
        doubles[a] = (doubles[a] as number) ${operator} (doubles[b] as number);
        const site = text[pc + 1] as number;
        code.feedback[site] = (code.feedback[site] as number) | 1;
        sp--; pc += 2; continue;
      }
      ${SAVE}
      m.${method}(a, b); sp--; pc += 2; continue;
    }`;
}

function comparison(s: Switches, operator: string, method: string): string {
  const integers = `if (${bothInts("a", "b")}) {
        ${boolean("a", `(${low("a")} as number) ${operator} (${low("b")} as number)`)} sp--; pc += 2; continue;
      } else `;
  return `{
      const a = sp - 2, b = sp - 1;
      ${s.integerPaths ? integers : ""}if (${bothDoubles("a", "b")}) {
        const site = text[pc + 1] as number;
        code.feedback[site] = (code.feedback[site] as number) | 1;
        ${boolean("a", `(doubles[a] as number) ${operator} (doubles[b] as number)`)} sp--; pc += 2; continue;
      }
      ${SAVE}
      m.${method}(a, b); sp--; pc += 2; continue;
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
const onList = (key: string, field: string): string =>
  `{
      const at = sp - 1, list = refs[at];
      if (${high("at")} === ${REFERENCE} && list instanceof List) { ${field} pc += 2; continue; }
      ${SAVE}
      m.put(at, intrinsics.${key}(m.take(at))); pc += 2; continue;
    }`;

const FIRST = "m.put(at, list.first);";
const REST = "refs[at] = list.rest;";

/** The value of the global whose cell is a constant. */
function cellValue(s: Switches, operand: string): string {
  return s.globalCells
    ? `(constants[${operand}] as GlobalCell).value`
    : `lookedUp(constants[${operand}] as GlobalCell).value`;
}

/** Text of each instruction. */
export function bodies(s: Switches): Record<string, string> {
  return {
    CONSTANT: `{
      const k = $1, constantWords = code.constantWords as Int32Array, h = constantWords[2 * k + 1] as number;
      ${low("sp")} = constantWords[2 * k] as number; ${high("sp")} = h;
      if (h === ${REFERENCE} || h === -262144) refs[sp] = constants[k];
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
        ${RELOAD} continue;
      }`,
    CALL: call(s, "m.callable(sp - $1 - 1)", "$1", (first) => `${first} - 1`, 2),
    CALL_GLOBAL: call(s, cellValue(s, "$1"), "$2", (first) => first, 3),
    CALL_SELF: call(s, "closure as Value | Unbound", "$1", (first) => first, 2),
    TAIL_CALL: tailCall(s, "m.callable(sp - $1 - 1)", "$1"),
    TAIL_CALL_GLOBAL: tailCall(s, cellValue(s, "$1"), "$2"),
    TAIL_CALL_SELF: tailCall(s, "closure as Value | Unbound", "$1"),
    APPLY: `{
      const target = m.take(sp - 2);
      ${SAVE}
      const count = m.spread();
      if (!m.call(target, m.sp - count, count, m.sp - count - 1, pc + 1, stop)) return UNWIND;
      ${RELOAD} continue;
    }`,
    TAIL_APPLY: `{
      const target = m.take(sp - 2);
      ${SAVE}
      const count = m.spread();
      const left = m.tailCall(target, m.sp - count, count, stop);
      if (left !== undefined) return left;
      ${RELOAD} continue;
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
      ${RELOAD} continue;
    }`,
    ADD: arithmetic(s, "+", "add"),
    SUBTRACT: arithmetic(s, "-", "subtract"),
    MULTIPLY: arithmetic(s, "*", "multiply"),
    DIVIDE: `{
      const a = sp - 2, b = sp - 1;
      if (${bothDoubles("a", "b")}) {
        doubles[a] = (doubles[a] as number) / (doubles[b] as number);
        const site = text[pc + 1] as number;
        code.feedback[site] = (code.feedback[site] as number) | 1;
        sp--; pc += 2; continue;
      }
      ${SAVE}
      m.divide(a, b); sp--; pc += 2; continue;
    }`,
    EQUAL: comparison(s, "===", "equal"),
    LESS: comparison(s, "<", "less"),
    GREATER: comparison(s, ">", "greater"),
    LESS_OR_EQUAL: comparison(s, "<=", "lessOrEqual"),
    GREATER_OR_EQUAL: comparison(s, ">=", "greaterOrEqual"),
    NEGATE: unary("negate"),
    NOT: `${boolean("sp - 1", isFalse("sp - 1"))} pc += 2; continue;`,
    CONS: `{
      const a = sp - 2, b = sp - 1, list = refs[b];
      if (${high("b")} === ${REFERENCE} && list instanceof List) {
        refs[a] = cons(m.take(a), list); ${high("a")} = ${REFERENCE}; sp--; pc += 2; continue;
      }
      ${SAVE}
      m.put(a, intrinsics.cons(m.take(a), m.take(b))); sp--; pc += 2; continue;
    }`,
    CAR: onList("car", FIRST),
    CDR: onList("cdr", REST),
    FIRST: onList("first", FIRST),
    REST: onList("rest", REST),
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
      if (!m.floatElement(a, b)) m.put(a, intrinsics.nth(m.take(a), m.take(b)));
      sp--; pc += 2; continue;
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
      if (!m.floatElement(a, b)) m.put(a, intrinsics.arrayGet(m.take(a), m.take(b)));
      sp--; pc += 2; continue;
    }`,
  };
}

function remainder(s: Switches, key: string): string {
  const integers = `if (${bothInts("a", "b")} && (${low("a")} as number) >= 0 && (${low("b")} as number) > 0) {
        ${low("a")} = (${low("a")} as number) % (${low("b")} as number); sp--; pc += 2; continue;
      }`;
  return `{
      const a = sp - 2, b = sp - 1;
      ${s.integerPaths ? integers : ""}
      ${SAVE}
      m.saw(a, b);
      m.put(a, intrinsics.${key}(m.take(a), m.take(b))); sp--; pc += 2; continue;
    }`;
}

/** Goes on with the base instruction on whose first word a variant lies: a `GET_LOCAL`. */
const UNFUSED = `${copy("x", "sp")} sp++; pc += 2; continue;`;

/** A fused form without its integer path: the `GET_LOCAL` at its beginning. */
const FIRST_ALONE = `{ const x = base + $1; ${UNFUSED} }`;

const OPERATORS: Readonly<Record<string, string>> = {
  EQUAL: "===",
  LESS: "<",
  GREATER: ">",
  LESS_OR_EQUAL: "<=",
  GREATER_OR_EQUAL: ">=",
};

/** Name of a branch, words of its instructions, and whether it is taken when the test holds. */
const BRANCHES: readonly (readonly [name: string, width: number, inverse: boolean])[] = [
  ["BRANCH", 2, false],
  ["INVERSE", 2, true],
  ["NOT_BRANCH", 4, true],
];

/** Text of each variant. Offsets are those of the base sequence, whose operands are all in place. */
export function variantBodies(s: Switches): Record<string, string> {
  const base = bodies(s);
  const result: Record<string, string> = {
    IS_NULL_LOCAL_BRANCH: `{
      const x = base + $1, list = refs[x];
      if (${high("x")} === ${REFERENCE} && list instanceof List) { pc = list === EMPTY ? pc + 6 : $5; continue; }
      ${UNFUSED}
    }`,
    NOT_BRANCH: `sp--; pc = ${isFalse("sp")} ? pc + 4 : $3; continue;`,
    ADD_LOCAL_INTEGER_TO_LOCAL: toLocal(s, "+"),
    SUBTRACT_LOCAL_INTEGER_TO_LOCAL: toLocal(s, "-"),
    ADD_LOCAL_INTEGER: withInteger(s, "+"),
    SUBTRACT_LOCAL_INTEGER: withInteger(s, "-"),
    ADD_LOCAL_LOCAL: !s.integerPaths ? FIRST_ALONE : `{
      const x = base + $1, y = base + $3;
      if (${bothInts("x", "y")}) {
        const r = (${low("x")} as number) + (${low("y")} as number);
        if ((r | 0) === r) { ${low("sp")} = r; ${high("sp")} = ${INT}; sp++; pc += 6; continue; }
      }
      ${UNFUSED}
    }`,
    CAR_LOCAL: `{
      const x = base + $1, list = refs[x];
      if (${high("x")} === ${REFERENCE} && list instanceof List) { m.put(sp, list.first); sp++; pc += 4; continue; }
      ${UNFUSED}
    }`,
    CDR_LOCAL: `{
      const x = base + $1, list = refs[x];
      if (${high("x")} === ${REFERENCE} && list instanceof List) {
        refs[sp] = list.rest; ${high("sp")} = ${REFERENCE}; sp++; pc += 4; continue;
      }
      ${UNFUSED}
    }`,
    RETURN_LOCAL: RETURN("base + $1"),
  };
  for (const slot of [0, 1, 2, 3]) {
    result[`GET_LOCAL_${slot}`] = (base.GET_LOCAL ?? "").replace("$1", String(slot)).replace("base + 0", "base");
  }
  for (const count of [1, 2, 3]) {
    result[`CALL_GLOBAL_${count}`] = (base.CALL_GLOBAL ?? "").replaceAll("$2", String(count));
    result[`TAIL_CALL_GLOBAL_${count}`] = tailCall(s, cellValue(s, "$1"), String(count));
  }
  for (const [name, operator] of Object.entries(OPERATORS)) {
    const integers = (a: string, b: string): string => `(${low(a)} as number) ${operator} ${b}`;
    for (const [branch, width, inverse] of BRANCHES) {
      const go = (test: string, from: number): string => {
        const [target, next] = [`$${from + width - 1}`, `pc + ${from + width}`];
        return `pc = ${test} ? ${inverse ? `${target} : ${next}` : `${next} : ${target}`}; continue;`;
      };
      if (!s.integerPaths) {
        result[`${name}_LOCAL_LOCAL_${branch}`] = FIRST_ALONE;
        result[`${name}_LOCAL_INTEGER_${branch}`] = FIRST_ALONE;
        result[`${name}_${branch}`] = base[name] ?? "";
        continue;
      }
      result[`${name}_LOCAL_LOCAL_${branch}`] = `{
        const x = base + $1, y = base + $3;
        if (${bothInts("x", "y")}) { ${go(integers("x", `(${low("y")} as number)`), 6)} }
        ${UNFUSED}
      }`;
      result[`${name}_LOCAL_INTEGER_${branch}`] = `{
        const x = base + $1;
        if (${high("x")} === ${INT}) { ${go(integers("x", "$3"), 6)} }
        ${UNFUSED}
      }`;
      result[`${name}_${branch}`] = `{
        const a = sp - 2, b = sp - 1;
        if (${bothInts("a", "b")}) { sp -= 2; ${go(integers("a", `(${low("b")} as number)`), 2)} }
      }
      ${base[name] ?? ""}`;
    }
  }
  return result;
}

function toLocal(s: Switches, operator: string): string {
  if (!s.integerPaths) return FIRST_ALONE;
  return `{
      const x = base + $1;
      if (${high("x")} === ${INT}) {
        const r = (${low("x")} as number) ${operator} $3;
        if ((r | 0) === r) { const y = base + $7; ${low("y")} = r; ${high("y")} = ${INT}; pc += 8; continue; }
      }
      ${UNFUSED}
    }`;
}

function withInteger(s: Switches, operator: string): string {
  if (!s.integerPaths) return FIRST_ALONE;
  return `{
      const x = base + $1;
      if (${high("x")} === ${INT}) {
        const r = (${low("x")} as number) ${operator} $3;
        if ((r | 0) === r) { ${low("sp")} = r; ${high("sp")} = ${INT}; sp++; pc += 6; continue; }
      }
      ${UNFUSED}
    }`;
}
