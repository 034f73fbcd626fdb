/**
 * The format of a stack slot: a 64-bit word seen through an `Int32Array` (two halves, low first) and a `Float64Array`.
 * A double is itself; everything else has one of five high halves, which no double has once NaNs are canonical.
 *
 * Copy slots as two halves, never as doubles: engines may change the bits of a NaN on the way. Compare the high half
 * with `===` before the double view is touched. A reference's object, and a symbol's or keyword's, stands at the same
 * index of the parallel array `refs`.
 */

/** High half of a 32-bit integer; the low half is the integer. */
export const TAG_INTEGER = -458752; // 0xfff90000
/** High half of nil, #f and #t; the low half is one of the constants below. */
export const TAG_SPECIAL = -393216; // 0xfffa0000
/** High half of a character; the low half is its code. */
export const TAG_CHAR = -327680; // 0xfffb0000
/** High half of a symbol or keyword; the low half is its id, the object is in `refs`. */
export const TAG_NAME = -262144; // 0xfffc0000
/** High half of everything else; the object is in `refs`. */
export const TAG_REFERENCE = -196608; // 0xfffd0000

/** Low half of nil. */
export const NIL = 0;
/** Low half of #f. Above it only #t is true. */
export const FALSE = 1;
/** Low half of #t. */
export const TRUE = 2;

/** High halves below this, taken as unsigned, are doubles. */
export const FIRST_TAG_UNSIGNED = 0xfff90000;

/** High half of the one NaN that is stored. */
export const NAN_HIGH = 0x7ff80000;

if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1) throw new Error("a little-endian host is required");
