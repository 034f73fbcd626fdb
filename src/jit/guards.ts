/**
 * Guards: tests that a value is of the type that code is compiled for, and leaves otherwise. What they find out is known
 * from then on; those of variables that a loop does not change move in front of it (`analysis.ts`).
 */
import type { Decoded } from "./instructions.ts";
import type { Operand } from "./operand.ts";
import type { Translator } from "./translator.ts";
import { ANY, ARRAY, BOXED, COPY, FLOATS, INT32, INTEGER, isRaw, LIST, NONE, VECTOR, within } from "./types.ts";

/**
 * A statement that leaves unless the slot is of the type, and fills its raw variable where the type says so. The plus
 * tells JSC that the variable is a double (mandelbrot 2.5 → 1.1 times JavaScript; on V8 it costs some 5 %).
 */
export function slotGuard(t: Translator, slot: number, type: number, leave: string): string {
  const name = t.names[slot] as string;
  // Hosts that know an integer for a double, or for a value of any kind, go on with it as one unless they are told (even-odd
  // 0.65 → 0.37 ms for a million calls on V8). A capture is a constant.
  const told = (type & ANY) === INT32 && slot < t.slotNames.length ? ` ${name} |= 0;` : "";
  if (type === INT32 && within(t.types[slot] as number, INTEGER)) {
    return `if ((${name} | 0) !== ${name}) ${leave}${told}`;
  }
  const field = (type & FLOATS) !== 0 ? "floats" : (type & BOXED) !== 0 ? "boxed" : null;
  if (field !== null) {
    const test = within(t.types[slot] as number, VECTOR) ? "" : `!(${typeTest(t, name, type)}) || `;
    return `if (${test}(${t.itemsName(slot)} = ${name}.${field}) === undefined) ${leave}`;
  }
  if (!isRaw(type) && (type & COPY) === 0) return `if (!(${typeTest(t, name, type)})) ${leave}${told}`;
  const raw = t.rawName(slot);
  const number = `typeof ${name} === "number"${isRaw(type) ? ` && !Number.isInteger(${name})` : ""}`;
  const flonum = `${name} instanceof ${t.helper("Flonum")}`;
  return `if (${number}) ${raw} = +${name}; else if (${flonum}) ${raw} = ${name}.value; else ${leave}`;
}

/** An expression that tells whether a Sema value is of the type: integers, or one class. */
export function typeTest(t: Translator, name: string, type: number): string {
  switch (type & ANY) {
    case INT32:
      return `typeof ${name} === "number" && (${name} | 0) === ${name}`;
    case INTEGER:
      return `Number.isSafeInteger(${name})`;
    case LIST:
      return `${name} instanceof ${t.helper("List")}`;
    case VECTOR:
      return `${name} instanceof ${t.helper("Vector")}`;
    case ARRAY:
      return `${name} instanceof ${t.helper("MutableArray")}`;
    default:
      throw new Error(`no test for type ${type}`);
  }
}

/** Leaves unless the operand is of the type. False: it is not to be taken for granted here. */
export function ofClass(t: Translator, at: Decoded, operand: Operand, type: number): boolean {
  const known = t.typeOf(operand);
  if (within(known, type)) return true;
  if (!mayBe(t, at, operand, type)) return false;
  t.noteGuard(operand, type);
  t.out.push(`if (!(${typeTest(t, t.variable(operand), type)})) ${t.exit(at, "class")}`);
  t.refine(operand, type);
  return true;
}

/**
 * A test that fails unless the operand is a sequence with its elements in the field and has one at `index`, which
 * `item` is set to, and `$a` to all of them. It is one test because each exit weighs in the size of a loop. Only one
 * class has such a field: reading it costs V8 less than the walk along prototypes that `instanceof` is (binary-trees:
 * 2.2 → 1.5 times JavaScript), and it is undefined where there is none, whatever the class: a comparison costs V8 less
 * than asking for the truth of an object (fannkuch 1.5 → 1.25, matmul 3.6 → 3.1 ms). The elements of a vector never
 * change: in a loop that does not change the variable they are read in front of it (matmul 2.85 → 2.5 ms on V8).
 */
export function lacksElement(
  t: Translator,
  operand: Operand,
  type: number,
  field: string,
  index: string,
  item: string | null,
): string {
  const { slot } = operand;
  const held = type !== VECTOR ? 0 : field === "floats" ? FLOATS : BOXED;
  const known = within(t.typeOf(operand), type);
  if (!known || held !== 0) t.noteGuard(operand, type | held);
  if (slot >= 0 && ((t.types[slot] as number) & held) !== 0) {
    const element = `${t.itemsName(slot)}[${index}]`;
    return `${item === null ? element : `(${item} = ${element})`} === undefined`;
  }
  const items = t.auxiliary("$a");
  const object = t.variable(operand);
  if (!known) t.refine(operand, type);
  const element = item === null ? `${items}[${index}]` : `(${item} = ${items}[${index}])`;
  const none = `(${items} = ${object}.${field}) === undefined`;
  return `${known ? "" : `${object} === null || `}${none} || ${element} === undefined`;
}

/** Whether the operand may be taken for one of the type, with a guard or without. */
export function mayBe(t: Translator, at: Decoded, operand: Operand, type: number): boolean {
  const known = t.typeOf(operand);
  if (within(known, type)) return true;
  return t.knownOf(operand) === null && (known & type) !== NONE && !t.misses.has(at.pc);
}
