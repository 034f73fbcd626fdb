/**
 * What each instruction becomes in JavaScript: one table by the names of the instruction set, one for the intrinsics.
 * Jumps and TRY are not here: they end blocks, and blocks are the structurer's.
 */
import type { Builtin } from "../builtins/declare.ts";
import { SEEN } from "../bytecode/mod.ts";
import { EMPTY, type Value } from "../data/mod.ts";
import { arithmetic, comparison, remainder } from "./arithmetic.ts";
import { applyList, builtinCall, call, redefinedIntrinsic, returnCall } from "./calls.ts";
import { fresh, getCapture, getShared, makeClosure, recapture, self, setShared } from "./closures.ts";
import { getGlobal, setGlobal } from "./globals.ts";
import { lacksElement, mayBe, ofClass } from "./guards.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import { Constant, MadeMap } from "./known.ts";
import { raise } from "./leaving.ts";
import { isName, pushEntry } from "./maps.ts";
import { constantOperand, type Operand } from "./operand.ts";
import type { Translator } from "./translator.ts";
import { ANY, ARRAY, BOOLEAN, FLOAT, INT32, INTEGER, LIST, OTHER, VECTOR, within } from "./types.ts";

type Translate = (t: Translator, at: Decoded) => void;

/** Appends the statements of one instruction to the translator's text. */
export function translateInstruction(t: Translator, at: Decoded): void {
  if (at.redefined !== null) return redefinedIntrinsic(t, at, at.redefined);
  const translate = INSTRUCTION[at.row.name] ?? INTRINSIC[at.row.name];
  if (translate === undefined) throw new Error(`no translation of ${at.row.name}`);
  translate(t, at);
}

const INSTRUCTION: Readonly<Record<string, Translate>> = {
  CONSTANT: (t, at) => t.push(constantOperand(t.code.constants[operandOf(at, "constant")] as Value)),
  INTEGER: (t, at) => t.push(constantOperand(operandOf(at, "integer"))),
  NIL: (t) => t.push(constantOperand(null)),
  TRUE: (t) => t.push(constantOperand(true)),
  FALSE: (t) => t.push(constantOperand(false)),
  POP: (t) => void t.pop(),
  DUP: (t) => {
    const top = t.stack.at(-1) as Operand;
    if (top.slot >= 0 || t.knownOf(top) !== null) t.push(top);
    else t.pushHome(top.text, top.type);
  },
  GET_LOCAL: (t, at) => t.getLocal(operandOf(at, "slot")),
  SET_LOCAL: (t, at) => t.setLocal(operandOf(at, "slot")),
  FRESH: (t, at) => fresh(t, operandOf(at, "slot")),
  GET_CAPTURE: (t, at) => getCapture(t, operandOf(at, "capture")),
  GET_SHARED: (t, at) => getShared(t, operandOf(at, "capture")),
  SET_SHARED: (t, at) => setShared(t, operandOf(at, "capture")),
  SELF: self,
  GET_GLOBAL: getGlobal,
  SET_GLOBAL: (t, at) => setGlobal(t, at, false),
  DEFINE_GLOBAL: (t, at) => setGlobal(t, at, true),
  CLOSURE: makeClosure,
  RECAPTURE: recapture,
  CALL: (t, at) => call(t, at),
  CALL_GLOBAL: (t, at) => call(t, at),
  CALL_SELF: (t, at) => call(t, at),
  APPLY: (t, at) => applyList(t, at),
  BUILTIN: (t, at) => {
    builtinCall(t, at, t.code.constants[operandOf(at, "builtin")] as Builtin, operandOf(at, "count"));
  },
  RETURN: returnCall,
  TAIL_CALL: returnCall,
  TAIL_CALL_GLOBAL: returnCall,
  TAIL_CALL_SELF: returnCall,
  TAIL_APPLY: returnCall,
  THROW: (t, at) => {
    raise(t, at, t.boxed(t.pop()));
  },
  AWAIT: (t, at) => t.called(at, `${t.helper("await")}(${t.boxed(t.pop())})`),
};

/** Intrinsics without speculation: helper → type of the result. */
function general(helper: string, type: number, count: 1 | 2): Translate {
  return (t, at) => {
    const b = count === 2 ? [t.boxed(t.pop())] : [];
    const a = t.boxed(t.pop());
    t.failing(at, `${t.helper(helper)}(${[a, ...b].join(", ")})`, type);
  };
}

/** A test of one value that cannot fail. */
function predicate(test: (t: Translator, text: string) => string): Translate {
  return (t, at) => t.pushTest(test(t, t.variable(t.pop())), t.following(at));
}

/** A field of a list, or the general operation. */
function onList(helper: string, field: string): Translate {
  return (t, at) => {
    const operand = t.stack.at(-1) as Operand;
    const list = t.variable(operand);
    if (mayBe(t, at, operand, LIST)) {
      let value = `${list}.${field}`;
      if (!within(t.typeOf(operand), LIST)) {
        t.noteGuard(operand, LIST);
        t.out.push(`if (${list} === null || (${t.auxiliary("$a")} = ${value}) === undefined) ${t.exit(at, "class")}`);
        t.refine(operand, LIST);
        value = "$a";
      }
      t.pop();
      return t.pushHome(value, field === "rest" ? LIST : ANY);
    }
    t.pop();
    t.failing(at, `${list} instanceof ${t.helper("List")} ? ${list}.${field} : ${t.helper(helper)}(${list})`, ANY);
  };
}

/** Where sequences keep their elements as Sema values and as doubles. */
const STORAGE: Readonly<Record<number, readonly [boxed: string, floats: string]>> = {
  [VECTOR]: ["boxed", "floats"],
  [ARRAY]: ["slots", "doubles"],
};

/** An element of an array or vector; anything else, and no element, is for the interpreter. */
function element(type: number, helper: string): Translate {
  return (t, at) => {
    const [sequence, index] = t.stack.slice(-2) as [Operand, Operand];
    const seen = t.code.feedback[operandOf(at, "feedback")] as number;
    const isOneKind = seen === SEEN.float || seen === 0;
    const isSequence = isOneKind ? mayBe(t, at, sequence, type) : ofClass(t, at, sequence, type);
    // What is surely a sequence may have lacked the element.
    if (t.misses.has(at.pc) || !isSequence || !ofClass(t, at, index, INT32)) {
      const i = t.boxed(t.pop());
      return t.failing(at, `${t.helper(helper)}(${t.boxed(t.pop())}, ${i})`, ANY);
    }
    const isFloat = seen === SEEN.float;
    const item = t.auxiliary(isFloat ? "$er" : "$e");
    if (isOneKind) {
      const [boxed, floats] = STORAGE[type] as readonly [string, string];
      const leave = t.exit(at, "storage", isFloat ? SEEN.integer : SEEN.float);
      t.out.push(`if (${lacksElement(t, sequence, type, isFloat ? floats : boxed, index.text, item)}) ${leave}`);
    } else {
      t.out.push(`${item} = ${t.variable(sequence)}.at(${index.text});`);
      t.out.push(`if (${item} === undefined) ${t.exit(at, "class")}`);
    }
    t.popMany(2);
    t.pushHome(item, isFloat ? FLOAT : ANY);
  };
}

const INTRINSIC: Readonly<Record<string, Translate>> = {
  ADD: (t, at) => arithmetic(t, at, "+", "add"),
  SUBTRACT: (t, at) => arithmetic(t, at, "-", "subtract"),
  MULTIPLY: (t, at) => arithmetic(t, at, "*", "multiply"),
  DIVIDE: (t, at) => arithmetic(t, at, "/", "divide"),
  EQUAL: (t, at) => comparison(t, at, "===", "equal"),
  LESS: (t, at) => comparison(t, at, "<", "less"),
  GREATER: (t, at) => comparison(t, at, ">", "greater"),
  LESS_OR_EQUAL: (t, at) => comparison(t, at, "<=", "lessOrEqual"),
  GREATER_OR_EQUAL: (t, at) => comparison(t, at, ">=", "greaterOrEqual"),
  MOD: (t, at) => remainder(t, at, "mod"),
  MODULO: (t, at) => remainder(t, at, "modulo"),
  NEGATE: (t, at) => {
    const operand = t.pop();
    if (t.typeOf(operand) === FLOAT && operand.constant === undefined) t.pushHome(`-${operand.text}`, FLOAT);
    else if (within(t.typeOf(operand), INTEGER)) t.pushHome(`0 - ${operand.text}`, INTEGER);
    else t.failing(at, `${t.helper("negate")}(${t.boxed(operand)})`, ANY);
  },
  NOT: (t, at) => t.pushTest(t.testNot(t.pop()), t.following(at)),
  CONS: (t, at) => {
    const [item, list] = t.stack.slice(-2) as [Operand, Operand];
    if (!within(t.typeOf(list), LIST)) return general("cons", LIST, 2)(t, at);
    t.popMany(2);
    t.pushHome(`${t.helper("link")}(${t.boxed(item)}, ${t.boxed(list)})`, LIST);
  },
  CAR: onList("car", "first"),
  CDR: onList("cdr", "rest"),
  FIRST: onList("first", "first"),
  REST: onList("rest", "rest"),
  IS_NULL: (t, at) => {
    const operand = t.pop();
    const known = t.knownOf(operand);
    if (known instanceof Constant) return t.push(constantOperand(known.value === EMPTY || known.value === null));
    const list = t.variable(operand);
    const empty = `${list} === ${t.helper("EMPTY")}`;
    t.pushTest(within(t.typeOf(operand), LIST) ? empty : `(${empty} || ${list} === null)`, t.following(at));
  },
  IS_PAIR: predicate((t, x) => `(${x} instanceof ${t.helper("List")} && ${x} !== ${t.helper("EMPTY")})`),
  IS_LIST: predicate((t, x) => `${x} instanceof ${t.helper("List")}`),
  IS_NUMBER: predicate((t, x) => `(typeof ${x} === "number" || ${t.helper("isNumber")}(${x}))`),
  IS_STRING: predicate((_, x) => `typeof ${x} === "string"`),
  IS_SYMBOL: predicate((t, x) => `${t.helper("isSymbol")}(${x})`),
  LENGTH: general("length", INT32, 1),
  STRING_LENGTH: general("stringLength", INT32, 1),
  APPEND: general("append", ANY, 2),
  GET: (t, at) => {
    const [map, key] = t.stack.slice(-2) as [Operand, Operand];
    const known = t.knownOf(map);
    if (!(known instanceof MadeMap) || !isName(key.constant)) return general("get", ANY, 2)(t, at);
    t.popMany(2);
    pushEntry(t, known, key.constant, null);
  },
  CONTAINS: general("contains", BOOLEAN, 2),
  NTH: element(VECTOR, "nth"),
  ARRAY_GET: element(ARRAY, "arrayGet"),
  STRING_REF: general("stringRef", OTHER, 2),
  STRING_APPEND: general("stringAppend", OTHER, 2),
};
