/**
 * Maps that are written with constant keys, `{:x 1 :y 2}`: while a program does no more with one than to look up such keys
 * it is as many variables of the text (`known.ts` says when it is made after all). That is how programs give several
 * values back, and how they keep closures that share variables (upvalue-counter
 * 1.8 → 0.28 | 1.4 → 0.28 times JavaScript on V8 | JSC).
 */
import type { Builtin } from "../builtins/declare.ts";
import { primitives } from "../builtins/primitives.ts";
import { Keyword, Sym, type Value } from "../data/mod.ts";
import { keep, learn, limitLeaving, need, pushMade } from "./closures.ts";
import type { Decoded } from "./instructions.ts";
import { Caught, isMade, MadeMap } from "./known.ts";
import { constantOperand, type Operand } from "./operand.ts";
import type { Translator } from "./translator.ts";
import { isRaw, OTHER } from "./types.ts";

/** Entries of a map that is kept track of. */
const MOST_ENTRIES = 8;

/** A constant that any map takes as a key. */
export function isName(value: Value | undefined): value is string | Keyword | Sym {
  return typeof value === "string" || value instanceof Keyword || value instanceof Sym;
}

/** A primitive that makes a map or takes one apart. False: nothing is known of its operands. */
export function onMap(t: Translator, at: Decoded, builtin: Builtin, count: number): boolean {
  if (builtin === primitives.map) return makeMap(t, at, count);
  const [map, key] = t.stack.slice(t.stack.length - count);
  const known = map === undefined ? null : t.knownOf(map);
  if (!(known instanceof MadeMap)) return false;
  if (builtin === primitives.checkMap) {
    t.pop();
    t.push(constantOperand(null));
    return true;
  }
  if (builtin !== primitives.lookup || !isName(key?.constant)) return false;
  t.popMany(2);
  pushEntry(t, known, key.constant, null);
  return true;
}

function makeMap(t: Translator, at: Decoded, count: number): boolean {
  const keys = t.stack.slice(t.stack.length - count).flatMap(({ constant }, i) => i % 2 === 0 ? [constant] : []);
  if (keys.length > MOST_ENTRIES || !keys.every(isName) || new Set(keys).size < keys.length) return false;
  const made = madeAt(t, at, keys);
  t.forget(made);
  const operands = t.popMany(count);
  made.captures.forEach((entry, i) => {
    const operand = operands[2 * i + 1] as Operand;
    const known = t.knownOf(operand);
    if (known instanceof Caught) need(t.shared, known);
    learn(t, entry, { type: t.typeOf(operand), known });
    if (isMade(entry.known) || !(made.virtual || made.kept)) return;
    t.out.push(`${t.auxiliary(entry.name)} = ${isRaw(entry.type) ? t.rawText(operand) : t.boxed(operand)};`);
  });
  limitLeaving(t.shared, made);
  if (made.virtual) {
    t.out.push(`${t.auxiliary(made.name)} = undefined;`);
    t.push({ text: made.name, type: OTHER, slot: -1, constant: undefined, known: made });
    return true;
  }
  const values = made.captures.map((_, i) => t.boxed(operands[2 * i + 1] as Operand));
  t.pushHome(mapText(t, made, values), OTHER);
  const { text } = t.pop();
  if (made.kept) t.out.push(`${t.auxiliary(made.name)} = ${text};`);
  t.push({ text, type: OTHER, slot: -1, constant: undefined, known: made });
  return true;
}

function madeAt(t: Translator, at: Decoded, keys: readonly Value[]): MadeMap {
  let made = t.maps.get(at.pc);
  if (made === undefined) t.maps.set(at.pc, made = new MadeMap(keys, `$m${t.shared.names.take("m").slice(1)}`, t.raw));
  return made;
}

/** The expression that makes the map. */
export function mapText(t: Translator, { keys }: MadeMap, values: readonly string[]): string {
  const items = keys.flatMap((key, i) => [t.constantText(key), values[i] ?? ""]);
  return `${t.unit.constant(primitives.map.fn)}([${items.join(", ")}], ${t.helper("context")})`;
}

/** What a map holds under a key, on the stack. */
export function pushEntry(t: Translator, made: MadeMap, key: Value, otherwise: Value): void {
  const entry = made.captures[made.keys.indexOf(key)];
  if (entry === undefined) return t.push(constantOperand(otherwise));
  if (!made.virtual) keep(t.shared, made);
  const { name, type, known } = entry;
  if (isMade(known)) return pushMade(t, known);
  const operand = { text: name, type, slot: -1, constant: undefined };
  t.push(known === null ? operand : { ...operand, known });
}
