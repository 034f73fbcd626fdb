/**
 * What JavaScript strings, UTF-16 inside, do not offer: the order, the length and the index of a string as a sequence
 * of Unicode scalars. The fast paths rest on one fact: without surrogates, units and scalars are the same.
 */
import { indexed, indexFor, isPlainLong, SHORT, unitsAt } from "./text_index.ts";

/** The number of Unicode scalars in `text`. */
export function scalarCount(text: string): number {
  if (text.length > SHORT) return isPlain(text) ? text.length : indexed(text).count;
  let count = 0;
  for (let i = 0; i < text.length; count++) i += unitsAt(text, i);
  return count;
}

/** Whether units and scalars of the text are the same. */
export function isPlain(text: string): boolean {
  if (text.length > SHORT) return isPlainLong(text);
  for (let i = 0; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xf800) === 0xd800) return false;
  }
  return true;
}

/** The characters from `start` up to `end` where units and scalars are the same; null elsewhere, and out of bounds. */
export function cut(text: string, start: number, end: number): string | null {
  if (start < 0 || start > end || end > text.length || !isPlain(text)) return null;
  return text.slice(start, end);
}

/** The scalar at scalar index `index`, or -1 past the end. */
export function scalarAt(text: string, index: number): number {
  const offset = unitOffset(text, index);
  return offset < text.length ? text.codePointAt(offset) ?? -1 : -1;
}

/** The UTF-16 offset of scalar index `index`; as far past the end as the index is. */
export function unitOffset(text: string, index: number): number {
  const known = indexFor(text, index);
  if (known !== null) return known.offset(index);
  let offset = 0;
  let i = 0;
  for (; i < index && offset < text.length; i++) offset += unitsAt(text, offset);
  return offset + index - i;
}

/** The scalar index of what is at a UTF-16 offset. */
export function scalarIndex(text: string, offset: number): number {
  const known = indexFor(text, offset);
  if (known !== null) return known.index(offset);
  let index = 0;
  for (let i = 0; i < offset; index++) i += unitsAt(text, i);
  return index;
}

/** Code point order: negative, zero or positive. Differs from `<` where a surrogate meets U+E000 to U+FFFF. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return ordinal(x) - ordinal(y);
  }
  return a.length - b.length;
}

/** Moves surrogates above every other unit. */
function ordinal(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** The length of `text` in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A surrogate pair takes four bytes: two for each half.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}
