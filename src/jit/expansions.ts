/**
 * Builtins that compiled code performs in place where the operands allow it, and calls where they do not. One table;
 * what is not in it is a plain call of the builtin's implementation.
 */
import type { Builtin, BuiltinDeclaration } from "../builtins/declare.ts";
import { declaration } from "../builtins/mod.ts";
import { Keyword, Procedure, Sym, type Value } from "../data/mod.ts";
import { COLLECT } from "./fused_code.ts";
import { lacksElement, mayBe, ofClass } from "./guards.ts";
import type { Decoded } from "./instructions.ts";
import { Constant, Made } from "./known.ts";
import { isName } from "./maps.ts";
import { isAtom } from "./names.ts";
import { constantOperand, type Operand } from "./operand.ts";
import type { Translator } from "./translator.ts";
import { ANY, ARRAY, BOOLEAN, FLOAT, INT32, LIST, OTHER, VECTOR } from "./types.ts";

/** Pushes the value of a call; `general` is the expression of the call itself. False: it has nothing better. */
type Expansion = (t: Translator, at: Decoded, args: readonly Operand[], general: () => string) => boolean;

/** A test that holds when the operand is a small integer; null when that is known. */
function isInt32(t: Translator, operand: Operand): string | null {
  if (t.typeOf(operand) === INT32) return null;
  const { text } = operand;
  return `typeof ${text} === "number" && (${text} | 0) === ${text}`;
}

/** Whether the operands can stand in an expression several times: no raw doubles, no unevaluated tests. */
function simple(t: Translator, args: readonly Operand[]): boolean {
  return args.every((operand) => t.typeOf(operand) !== FLOAT && isAtom(operand.text));
}

/** The same for one whose fields are read: a number that is written out has none. */
function isPlace(t: Translator, operand: Operand): boolean {
  return typeof operand.constant !== "number" && simple(t, [operand]);
}

/** `fast` when all operands are small integers (and `also` holds), the call otherwise. */
function onIntegers(
  fast: (...texts: string[]) => string,
  type: number,
  also?: (...texts: string[]) => string | null,
): Expansion {
  return (t, at, args, general) => {
    if (!simple(t, args)) return false;
    const texts = args.map((operand) => operand.text);
    const tests = [...args.map((operand) => isInt32(t, operand)), also?.(...texts) ?? null].filter((x) => x !== null);
    if (tests.length === 0) t.pushHome(fast(...texts), type);
    else t.failing(at, `${tests.join(" && ")} ? ${fast(...texts)} : ${general()}`, type === BOOLEAN ? BOOLEAN : ANY);
    return true;
  };
}

/**
 * A division by a positive constant: of small integers as 32-bit words, of large ones as the host does it (bignum 1.3 →
 * 1.1 | 1.65 → 1.5 times JavaScript).
 */
function division(operator: string, ofLarge: (t: Translator, text: string) => string): Expansion {
  const words = onIntegers((a, b) => `(${a} ${operator} ${b}) | 0`, INT32, (_, b) => Number(b) > 0 ? null : `${b} > 0`);
  return (t, at, args, general) => {
    const [{ text }, { constant }] = args as [Operand, Operand];
    const isLarge = typeof constant === "number" && constant > 0 && Number.isInteger(constant);
    return words(t, at, args, () => {
      if (!isLarge) return general();
      return `typeof ${text} === "bigint" ? ${ofLarge(t, `${text} ${operator} ${constant}n`)} : ${general()}`;
    });
  };
}

/** A sum or product of small integers that is one, too; `+ 0` because a product may be -0. */
function integers(operator: string): Expansion {
  return (t, at, args, general) => {
    if (args.length < 2 || args.length > 6 || !simple(t, args)) return false;
    const result = t.auxiliary("$r");
    const tests = args.flatMap((operand) => isInt32(t, operand) ?? []);
    const text = args.map((operand) => operand.text).join(` ${operator} `) + (operator === "*" ? " + 0" : "");
    tests.push(`(${result} = ${text}, (${result} | 0) === ${result})`);
    t.failing(at, `${tests.join(" && ")} ? ${result} : ${general()}`, ANY);
    return true;
  };
}

/** A comparison of two small integers. */
const compares = (operator: string): Expansion => (t, at, args, general) =>
  args.length === 2 && onIntegers((a, b) => `${a} ${operator} ${b}`, BOOLEAN)(t, at, args, general);

/** A path of fields of a list: the empty list answers them all. */
function listPath(path: string): Expansion {
  return (t, at, [list], general) => {
    if (list === undefined || !isPlace(t, list)) return false;
    t.failing(at, `${list.text} instanceof ${t.helper("List")} ? ${list.text}${path} : ${general()}`, ANY);
    return true;
  };
}

/** Constants that are equal only to themselves, by the host's own comparison. */
function comparesByIdentity(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (typeof value === "number") return Number.isInteger(value);
  return value === null || typeof value === "boolean" || typeof value === "string" || value instanceof Sym ||
    value instanceof Keyword;
}

const equality: Expansion = (t, at, [a, b]) => {
  if (a === undefined || b === undefined) return false;
  if (!comparesByIdentity(a.constant) && !comparesByIdentity(b.constant)) return false;
  t.pushTest(`${t.boxed(a)} === ${t.boxed(b)}`, t.following(at));
  return true;
};

/** An extreme of two small integers. */
const extreme = (operator: string): Expansion => (t, at, args, general) =>
  args.length === 2 && onIntegers((a, b) => `(${a} ${operator} ${b} ? ${a} : ${b})`, INT32)(t, at, args, general);

/** A function of the host that makes a float of a float (with `sqrt`: nbody 2.7 → 2.0 | 1.9 → 1.0 times JavaScript). */
const ofFloat = (name: string): Expansion => (t, _at, [value]) => {
  if (value === undefined || t.typeOf(value) !== FLOAT) return false;
  t.pushHome(`Math.${name}(${t.rawText(value)})`, FLOAT);
  return true;
};

const TABLE: Readonly<Record<string, Expansion>> = {
  "abs": ofFloat("abs"),
  "sin": ofFloat("sin"),
  "cos": ofFloat("cos"),
  "log": ofFloat("log"),
  "math/exp": ofFloat("exp"),
  "math/tan": ofFloat("tan"),
  "math/atan": ofFloat("atan"),
  "eq?": equality,
  "equal?": equality,
  "nil?": (t, at, [value]) => {
    if (value === undefined) return false;
    t.pushTest(`${t.boxed(value)} === null`, t.following(at));
    return true;
  },
  "__vm-sequence": (t, at, [sequence], general) => {
    if (sequence === undefined || !simple(t, [sequence])) return false;
    t.failing(at, `${sequence.text} instanceof ${t.helper("List")} ? ${sequence.text} : ${general()}`, LIST);
    return true;
  },
  "__vm-reverse": (t, at, _args, general) => {
    t.failing(at, general(), LIST);
    return true;
  },
  "__vm-callable": (t, at, [callback], general) => {
    if (callback === undefined) return false;
    const known = t.knownOf(callback);
    const callable = known instanceof Constant ? known.value instanceof Procedure : known instanceof Made;
    if (callable) t.push(constantOperand(null));
    else if (!simple(t, [callback])) return false;
    else t.failing(at, `${callback.text} instanceof ${t.helper("Closure")} ? null : ${general()}`, ANY);
    return true;
  },
  "+": integers("+"),
  "-": integers("-"),
  "*": integers("*"),
  "=": compares("==="),
  "<": compares("<"),
  ">": compares(">"),
  "<=": compares("<="),
  ">=": compares(">="),
  "mod": onIntegers((a, b) => `${a} % ${b}`, INT32, (a, b) => `${a} >= 0 && ${b} > 0`),
  "car": listPath(".first"),
  "cdr": listPath(".rest"),
  "get": (t, at, [map, key, otherwise], general) => {
    if (map === undefined || key === undefined || !isPlace(t, map)) return false;
    const found = t.auxiliary("$a");
    const isMap = `${map.text} instanceof ${t.helper("SortedMap")}`;
    const absent = otherwise === undefined ? "null" : t.boxed(otherwise);
    const value = `(${found} = ${map.text}.get(${t.boxed(key)})) === undefined ? ${absent} : ${found}`;
    t.failing(at, `${isMap} ? ${value} : ${general()}`, ANY);
    return true;
  },
  "assoc": (t, at, args, general) => {
    const [map, key, value] = args;
    if (args.length !== 3 || map === undefined || key === undefined || value === undefined) return false;
    if (!isPlace(t, map) || (!isName(key.constant) && !simple(t, [key]))) return false;
    const tests = [`${map.text} instanceof ${t.helper("SortedMap")}`];
    // Other keys have to be looked at: some cannot be compared.
    if (!isName(key.constant)) tests.push(`typeof ${key.text} === "string"`);
    const made = `${map.text}.with(${t.boxed(key)}, ${t.boxed(value)})`;
    t.failing(at, `${tests.join(" && ")} ? ${made} : ${general()}`, ANY);
    return true;
  },
  "substring": (t, at, args, general) => {
    const [text, start, end] = args;
    if (text === undefined || text.constant !== undefined || start === undefined || !simple(t, args)) return false;
    const tests = [`typeof ${text.text} === "string"`, isInt32(t, start), end === undefined ? null : isInt32(t, end)];
    const found = t.auxiliary("$a");
    const cut = `(${found} = ${t.helper("cut")}(${text.text}, ${start.text}, ${
      end?.text ?? `${text.text}.length`
    })) !== null`;
    const test = [...tests, cut].filter((each) => each !== null).join(" && ");
    t.failing(at, `${test} ? ${found} : ${general()}`, OTHER);
    return true;
  },
  "number->string": (t, at, args, general) =>
    args.length === 1 && onIntegers((a) => `"" + ${a}`, OTHER)(t, at, args, general),
  "string-append": (t, at, args, general) => {
    const varying = args.filter(({ constant }) => typeof constant !== "string");
    if (args.length < 2 || args.length > 6 || varying.length === 0 || !simple(t, varying)) return false;
    const tests = varying.map(({ text }) => `typeof ${text} === "string"`);
    t.failing(at, `${tests.join(" && ")} ? ${args.map((arg) => t.boxed(arg)).join(" + ")} : ${general()}`, OTHER);
    return true;
  },
  "zero?": onIntegers((a) => `${a} === 0`, BOOLEAN),
  "even?": onIntegers((a) => `(${a} & 1) === 0`, BOOLEAN),
  "odd?": onIntegers((a) => `(${a} & 1) !== 0`, BOOLEAN),
  "vector": (t, _at, args) => {
    t.pushHome(`new ${t.helper("Vector")}([${args.map((item) => t.boxed(item)).join(", ")}])`, VECTOR);
    return true;
  },
  "quotient": division("/", (t, text) => `${t.helper("integer")}(${text})`),
  "remainder": division("%", (_, text) => `Number(${text})`),
  "max": extreme(">"),
  "min": extreme("<"),
  "cadr": listPath(".rest.first"),
  "cddr": listPath(".rest.rest"),
  "caddr": listPath(".rest.rest.first"),
  "list": (t, _at, args) => {
    if (args.length > 6) return false;
    const link = t.helper("link");
    const text = args.reduceRight((rest, item) => `${link}(${t.boxed(item)}, ${rest})`, t.helper("EMPTY"));
    t.pushHome(text, LIST);
    return true;
  },
  "sqrt": (t, at, [value], general) => {
    if (value === undefined) return false;
    const { text } = value;
    const root = `${t.helper("float")}(Math.sqrt(${text}))`;
    if (t.typeOf(value) === FLOAT && at.row.operands.includes("cell") && !t.misses.has(at.pc)) {
      // The root of a negative number is no float. An exit finds the operand of the call on the stack.
      t.push(value);
      t.out.push(`if (!(${t.rawText(value)} >= 0)) ${t.exit(at, "class")}`);
      t.pop();
      t.pushHome(`Math.sqrt(${t.rawText(value)})`, FLOAT);
    } else if (t.typeOf(value) === FLOAT) t.failing(at, `${text} >= 0 ? ${root} : ${general()}`, ANY);
    else if (!simple(t, [value])) return false;
    else {
      const test = `typeof ${text} === "number" && ${text} >= 0 && !Number.isInteger(${text})`;
      t.failing(at, `${test} ? ${root} : ${general()}`, ANY);
    }
    return true;
  },
  "mutable-array/set!": (t, at, args, general) => {
    const [array, index, value] = args;
    if (array === undefined || index === undefined || value === undefined) return false;
    // A guard that fails repeats the call, and so needs its operands, which are all that a call of a global has.
    if (!at.row.operands.includes("cell")) return false;
    args.forEach((operand) => t.push(operand));
    // What is surely an array may keep other values than this one.
    const known = !t.misses.has(at.pc) && mayBe(t, at, array, ARRAY) && ofClass(t, at, index, INT32);
    if (known) {
      const isFloat = t.typeOf(value) === FLOAT;
      const leave = t.exit(at, "class");
      t.out.push(`if (${lacksElement(t, array, ARRAY, isFloat ? "doubles" : "slots", index.text, null)}) ${leave}`);
      t.out.push(`$a[${index.text}] = ${isFloat ? t.rawText(value) : t.boxed(value)};`);
    }
    t.popMany(args.length);
    if (!known) {
      t.noteSite(at);
      t.out.push(`${general()};`);
    }
    t.push(array);
    return true;
  },
  "mutable-array/length": (t, at, [array], general) => {
    if (array === undefined || !isPlace(t, array)) return false;
    const test = `${array.text} instanceof ${t.helper("MutableArray")}`;
    t.failing(at, `${test} ? ${array.text}.length : ${general()}`, ANY);
    return true;
  },
};

/**
 * How a fused group collects what it answers. The cells of a list are made one after the other, each behind the last.
 * A vector is collected in an array of the host, made with room for a few when the first comes, because most are short
 * and what hosts make for the first `push` is long.
 */
const COLLECTING: readonly (readonly [BuiltinDeclaration, Expansion])[] = [
  [COLLECT.start, (t) => {
    t.pushHome("null", OTHER);
    return true;
  }],
  [COLLECT.link, (t, _at, [list, item]) => {
    if (list === undefined || item === undefined) return false;
    const head = list.text;
    const last = t.auxiliary(`$l${head}`);
    const cell = `new ${t.helper("List")}(${t.boxed(item)}, ${t.helper("EMPTY")})`;
    t.out.push(`if (${head} === null) ${head} = ${last} = ${cell};`, `else ${last} = ${last}.rest = ${cell};`);
    t.push(constantOperand(null));
    return true;
  }],
  [COLLECT.list, (t, _at, [list]) => {
    if (list === undefined) return false;
    t.pushHome(`${list.text} ?? ${t.helper("EMPTY")}`, LIST);
    return true;
  }],
  [COLLECT.add, (t, _at, [items, item]) => {
    if (items === undefined || item === undefined) return false;
    const [array, count] = collected(t, items);
    const value = t.boxed(item);
    t.out.push(
      `if (${array} === null) {`,
      `${array} = [${value}, null, null, null];`,
      `${count} = 1;`,
      `} else ${array}[${count}++] = ${value};`,
    );
    t.push(constantOperand(null));
    return true;
  }],
  [COLLECT.vector, (t, _at, [items]) => {
    if (items === undefined) return false;
    const [array, count] = collected(t, items);
    t.pushHome(`${t.helper("vectorOf")}(${array}, ${count})`, VECTOR);
    return true;
  }],
  [COLLECT.join, (t, _at, [text, separator, item]) => {
    if (text === undefined || separator === undefined || item === undefined) return false;
    const [before, piece] = [t.boxed(text), t.auxiliary("$a")];
    t.out.push(`${piece} = ${t.boxed(item)};`);
    t.out.push(`if (typeof ${piece} !== "string") ${piece} = ${t.helper("display")}(${piece});`);
    t.pushHome(`${before} === null ? ${piece} : ${before} + ${t.boxed(separator)} + ${piece}`, ANY);
    return true;
  }],
  [COLLECT.joined, (t, _at, [text]) => {
    if (text === undefined) return false;
    t.pushHome(`${t.boxed(text)} ?? ""`, OTHER);
    return true;
  }],
];

/** The variables for the array, which is one of the group's code, and for the number of its elements. */
function collected(t: Translator, { text }: Operand): readonly [array: string, count: string] {
  return [text, t.auxiliary(`$n${text}`)];
}

const collecting: ReadonlyMap<BuiltinDeclaration, Expansion> = new Map(COLLECTING);
const expansions: ReadonlyMap<string, Expansion> = new Map(Object.entries(TABLE));

/** Names of the builtins that the table is for. */
export const EXPANDED: readonly string[] = [...expansions.keys()];

/** What the table says of a builtin of the library: a function of the host may have the same name. */
function expansionOf({ name, declaration: row }: Builtin): Expansion | undefined {
  const expansion = expansions.get(name);
  return expansion !== undefined && declaration(name) === row ? expansion : collecting.get(row);
}

/** Writes a call of a builtin in place. False: the table has nothing for it, or not for these operands. */
export function expand(
  t: Translator,
  at: Decoded,
  builtin: Builtin,
  args: readonly Operand[],
  general: () => string,
): boolean {
  const expansion = expansionOf(builtin);
  if (expansion === undefined || args.length < builtin.min || args.length > builtin.max) return false;
  return expansion(t, at, args, general);
}
