/** Slots of NaN-boxed words (`word.ts`) and their objects; this file alone translates between words and values. */
import { Char, Flonum, Keyword, Sym, type Value } from "../data/mod.ts";
import { FALSE, NAN_HIGH, NIL, TAG_CHAR, TAG_INTEGER, TAG_NAME, TAG_REFERENCE, TAG_SPECIAL, TRUE } from "./word.ts";

/** A stretch of slots. */
export class Slots {
  /** Two halves per slot. */
  words: Int32Array;
  /** The same memory as doubles. */
  doubles: Float64Array;
  /** Objects of reference and name slots; elsewhere stale. */
  refs: unknown[];

  constructor(words: Int32Array, refs: unknown[]) {
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
    this.refs = refs;
  }

  /** Writes a value into a slot. */
  put(slot: number, value: Value): void {
    const words = this.words;
    const at = slot << 1;
    if (typeof value === "number") {
      if ((value | 0) === value) {
        words[at] = value;
        words[at + 1] = TAG_INTEGER;
      } else if (Number.isInteger(value)) {
        words[at + 1] = TAG_REFERENCE;
        this.refs[slot] = value;
      } else if (value === value) {
        this.doubles[slot] = value;
      } else {
        words[at] = 0;
        words[at + 1] = NAN_HIGH;
      }
    } else if (value === null) {
      words[at] = NIL;
      words[at + 1] = TAG_SPECIAL;
    } else if (typeof value === "boolean") {
      words[at] = value ? TRUE : FALSE;
      words[at + 1] = TAG_SPECIAL;
    } else if (value instanceof Flonum) {
      this.doubles[slot] = value.value;
    } else if (value instanceof Char) {
      words[at] = value.code;
      words[at + 1] = TAG_CHAR;
    } else if (value instanceof Sym || value instanceof Keyword) {
      words[at] = value.id;
      words[at + 1] = TAG_NAME;
      this.refs[slot] = value;
    } else {
      words[at + 1] = TAG_REFERENCE;
      this.refs[slot] = value;
    }
  }

  /** Reads the value of a slot. */
  take(slot: number): Value {
    const at = slot << 1;
    switch (this.words[at + 1]) {
      case TAG_INTEGER:
        return this.words[at] as number;
      case TAG_REFERENCE:
      case TAG_NAME:
        return this.refs[slot] as Value;
      case TAG_SPECIAL:
        return this.words[at] === NIL ? null : this.words[at] === TRUE;
      case TAG_CHAR:
        return new Char(this.words[at] as number);
      default: {
        const double = this.doubles[slot] as number;
        return Number.isInteger(double) ? new Flonum(double) : double;
      }
    }
  }

  /** Reads `count` slots from `slot` on. */
  takeMany(slot: number, count: number): Value[] {
    // An array that grows from nothing has room for seventeen at once (V8).
    if (count === 1) return [this.take(slot)];
    if (count === 2) return [this.take(slot), this.take(slot + 1)];
    const values: Value[] = [];
    for (let i = 0; i < count; i++) values.push(this.take(slot + i));
    return values;
  }
}

/** An array for the objects of so many slots. */
export function filled(length: number): unknown[] {
  const items: unknown[] = [];
  for (let i = 0; i < length; i++) items.push(null);
  return items;
}
