/**
 * Arithmetic and comparison, compiled for the types that are known or were seen. What is only likely is guarded; a
 * guard that fails leaves by a side exit, and the interpreter notes in the site's feedback what came instead, so that
 * the next compilation expects it.
 */
import { SEEN } from "../bytecode/mod.ts";
import { Flonum, Keyword, Sym } from "../data/mod.ts";
import { type Decoded, operandOf } from "./instructions.ts";
import { type Operand, rawLiteral } from "./operand.ts";
import type { Translator } from "./translator.ts";
import { ANY, BOOLEAN, FLOAT, INT32, INTEGER, NUMBER, OTHER, within } from "./types.ts";

/** How the operands of a site are taken. */
type Mode = "int32" | "integer" | "float" | "general";

function mode(t: Translator, at: Decoded, a: Operand, b: Operand): Mode {
  const seen = t.code.feedback[operandOf(at, "feedback")] as number;
  const [x, y] = [t.typeOf(a), t.typeOf(b)];
  if ((x & (INTEGER | FLOAT)) === 0 || (y & (INTEGER | FLOAT)) === 0 || (seen & SEEN.other) !== 0) return "general";
  if (x === FLOAT || y === FLOAT) return "float";
  const wide = (seen & SEEN.wide) !== 0;
  if (within(x, INTEGER) && within(y, INTEGER)) {
    return x === INT32 && y === INT32 && !wide ? "int32" : "integer";
  }
  if (seen === 0) return within(x, INT32 | ~INTEGER) || x === ANY || x === INT32 ? "int32" : "integer";
  if (seen === SEEN.wide) return "integer";
  return seen === SEEN.float ? "float" : "general";
}

/** `a operator b` for numbers. */
export function arithmetic(t: Translator, at: Decoded, operator: string, helper: string): void {
  const [a, b] = t.stack.slice(-2) as [Operand, Operand];
  let how = mode(t, at, a, b);
  if (operator === "/" && how !== "float") how = "general";
  switch (how) {
    case "int32":
      guard(t, at, a, "int32");
      guard(t, at, b, "int32");
      return integerResult(t, at, operator, (r) => `(${r} | 0) !== ${r}`, "overflow", INT32);
    case "integer":
      guard(t, at, a, "integer");
      guard(t, at, b, "integer");
      return integerResult(t, at, operator, (r) => isUnsafe(t, at, r), "unsafe", INTEGER);
    case "float": {
      const x = double(t, at, a, "$x1");
      const y = double(t, at, b, "$x2");
      notBothIntegers(t, at, [a, x], [b, y]);
      learnFloat(t, a, b, x);
      learnFloat(t, b, a, y);
      drop(t);
      return t.pushHome(`${x} ${operator} ${y}`, FLOAT);
    }
    case "general": {
      const large = (operator === "+" || operator === "-") && mayBeLarge(t, at, a, b);
      const right = t.boxed(t.pop());
      const left = t.boxed(t.pop());
      // A sum of large integers in place: bignum 1.92 → 1.67 | 2.84 → 2.74 ms.
      const test = `typeof ${left} === "bigint" && typeof ${right} === "bigint"`;
      const fast = large ? `${test} ? ${t.helper("integer")}(${left} ${operator} ${right}) : ` : "";
      return t.failing(at, `${fast}${t.helper(helper)}(${left}, ${right})`, ANY);
    }
    default:
      return how satisfies never;
  }
}

/** Whether both operands may be large integers, as far as is known and was seen. */
function mayBeLarge(t: Translator, at: Decoded, ...operands: readonly Operand[]): boolean {
  const seen = t.code.feedback[operandOf(at, "feedback")] as number;
  if ((seen & (SEEN.other | SEEN.float)) !== SEEN.other) return false;
  return operands.every((operand) => operand.constant === undefined && (t.typeOf(operand) & OTHER) !== 0);
}

/** A constant that equals nothing but itself, by the host's own comparison too. */
function isName({ constant }: Operand): boolean {
  return constant instanceof Sym || constant instanceof Keyword || constant === null || typeof constant === "boolean" ||
    typeof constant === "string";
}

/** `a operator b` as a truth value. */
export function comparison(t: Translator, at: Decoded, operator: string, helper: string): void {
  const [a, b] = t.stack.slice(-2) as [Operand, Operand];
  if (operator === "===" && (isName(a) || isName(b))) {
    drop(t);
    return t.pushTest(`${t.boxed(a)} === ${t.boxed(b)}`, t.following(at));
  }
  let how = mode(t, at, a, b);
  // Two integers compare as doubles do, so a site that saw both kinds is not a general one.
  const seen = t.code.feedback[operandOf(at, "feedback")] as number;
  if (how === "general" && seen !== 0 && (seen & SEEN.other) === 0) how = "float";
  switch (how) {
    case "int32":
    case "integer":
      guard(t, at, a, how);
      guard(t, at, b, how);
      drop(t);
      return t.pushTest(`${a.text} ${operator} ${b.text}`, t.following(at));
    case "float": {
      const x = double(t, at, a, "$x1");
      const y = double(t, at, b, "$x2");
      drop(t);
      return t.pushTest(`${x} ${operator} ${y}`, t.following(at));
    }
    case "general": {
      const right = t.boxed(t.pop());
      const left = t.boxed(t.pop());
      const text = `${t.helper(helper)}(${left}, ${right})`;
      // A large integer equals no small one: with the order of tests in the operations, bignum 1.5 → 1.3 | 2.0 → 1.65 times JavaScript.
      const small = operator === "===" && typeof b.constant === "number" && Number.isInteger(b.constant);
      const fast = small ? `typeof ${left} === "number" ? ${left} === ${right} : typeof ${left} !== "bigint" && ` : "";
      return t.failing(at, `${fast}${text}`, BOOLEAN);
    }
    default:
      return how satisfies never;
  }
}

/**
 * `(mod a b)`: on integers that are not negative it is the host's own. What fits in 32 bits is made a word, because both
 * hosts keep it as a double otherwise, in lists, too: quicksort of such numbers 2.6 → 2.1 ms on V8 with words, 2.6 → 3.2
 * on JSC without.
 */
export function remainder(t: Translator, at: Decoded, helper: string): void {
  const [a, b] = t.stack.slice(-2) as [Operand, Operand];
  const how = mode(t, at, a, b);
  if (how !== "int32" && how !== "integer") {
    const right = t.boxed(t.pop());
    const left = t.boxed(t.pop());
    return t.failing(at, `${t.helper(helper)}(${left}, ${right})`, ANY);
  }
  guard(t, at, a, how);
  guard(t, at, b, how);
  drop(t);
  const isPositive = typeof b.constant === "number" && b.constant > 0;
  const isSmall = how === "int32" || (isPositive && (b.constant | 0) === b.constant);
  const general = `${t.helper(helper)}(${a.text}, ${b.text})`;
  const test = `${a.text} >= 0${isPositive ? "" : ` && ${b.text} > 0`}`;
  const result = `${a.text} % ${b.text}`;
  t.failing(
    at,
    `${test} ? ${how === "integer" && isSmall ? `${result} | 0` : result} : ${general}`,
    isSmall ? INT32 : INTEGER,
  );
}

/** Leaves unless the operand is an integer of the kind. */
function guard(t: Translator, at: Decoded, operand: Operand, kind: "int32" | "integer"): void {
  const type = t.typeOf(operand);
  if (kind === "int32" ? type === INT32 : within(type, INTEGER)) return;
  const { text } = operand;
  t.noteGuard(operand, kind === "integer" ? INTEGER : INT32);
  const test = kind === "integer"
    ? `!Number.isSafeInteger(${text})`
    : within(type, INTEGER)
    ? `(${text} | 0) !== ${text}`
    : `typeof ${text} !== "number" || (${text} | 0) !== ${text}`;
  t.out.push(`if (${test}) ${t.exit(at, kind)}`);
  t.refine(operand, kind === "int32" ? INT32 : INTEGER);
}

/**
 * Whether the result of an operation on integers is too large to be exact. Where wide ones were seen it is two
 * comparisons, because JSC boxes what it asks whether it is a safe integer (sum of integers in `bench/limits.ts`, V8 |
 * JSC: 13.6 → 12.7 | 12.7 → 11.2 ms, walk a list 6.0 → 5.2 on JSC, with limits 14.3 → 13.0 | 19.1 → 10.1 and 6.9 → 4.8).
 * Where they are small both hosts know that without a look, and would make doubles of them to compare (upvalue-counter
 * 0.59 → 0.82 | 0.50 → 0.71 ms).
 */
function isUnsafe(t: Translator, at: Decoded, result: string): string {
  const wide = ((t.code.feedback[operandOf(at, "feedback")] as number) & SEEN.wide) !== 0;
  if (!wide) return `!Number.isSafeInteger(${result})`;
  return `!(${result} <= ${Number.MAX_SAFE_INTEGER} && ${result} >= ${Number.MIN_SAFE_INTEGER})`;
}

function integerResult(
  t: Translator,
  at: Decoded,
  operator: string,
  fails: (result: string) => string,
  exit: "overflow" | "unsafe",
  type: number,
): void {
  const [a, b] = t.stack.slice(-2) as [Operand, Operand];
  // A product may be -0, which no Sema integer is.
  const text = `${a.text} ${operator} ${b.text}${operator === "*" ? " + 0" : ""}`;
  const place = t.home(t.stack.length - 2);
  // The operands must survive until the check has passed.
  const result = a.text === place || b.text === place ? t.auxiliary("$r") : place;
  t.out.push(`${result} = ${text};`, `if (${fails(result)}) ${t.exit(at, exit)}`);
  drop(t);
  t.pushHome(result, type);
}

/** The operand as a raw double. */
function double(t: Translator, at: Decoded, operand: Operand, auxiliary: string): string {
  const { constant } = operand;
  if (constant instanceof Flonum) return rawLiteral(constant.value);
  const type = t.typeOf(operand);
  if (typeof constant === "number" || type === FLOAT || within(type, INTEGER)) return operand.text;
  if (t.hasCopy(operand)) return t.rawName(operand.slot);
  t.noteGuard(operand, NUMBER);
  t.shared.unboxes = true;
  const name = t.auxiliary(auxiliary);
  const { text } = operand;
  t.out.push(
    `if (typeof ${text} === "number") ${name} = +${text}; else if (${text} instanceof ${t.helper("Flonum")}) ` +
      `${name} = ${text}.value; else ${t.exit(at, "number")}`,
  );
  return name;
}

/**
 * Leaves when both operands are integers: their result would be one, too. A double that is not integral settles it;
 * only for the others it matters whether they are boxed.
 */
function notBothIntegers(t: Translator, at: Decoded, ...operands: readonly (readonly [Operand, string])[]): void {
  if (operands.some(([operand]) => t.typeOf(operand) === FLOAT)) return;
  const unknown = operands.filter(([operand]) => !within(t.typeOf(operand), INTEGER));
  const tests = [
    ...unknown.map(([, raw]) => `Math.floor(${raw}) === ${raw}`),
    ...unknown.map(([operand]) => `Number.isInteger(${operand.text})`),
  ];
  t.out.push(`if (${tests.join(" && ") || "true"}) ${t.exit(at, "float", SEEN.integer)}`);
}

/** A variable that has been checked to be a float, because the other operand is an integer, holds it raw from now on. */
function learnFloat(t: Translator, operand: Operand, other: Operand, text: string): void {
  if (!t.raw || operand.slot < 0 || t.typeOf(operand) === FLOAT || within(t.typeOf(operand), INTEGER)) return;
  if (!within(t.typeOf(other), INTEGER)) return;
  t.out.push(`${t.rawName(operand.slot)} = ${text};`);
  t.unboxed(operand.slot);
}

function drop(t: Translator): void {
  t.pop();
  t.pop();
}
