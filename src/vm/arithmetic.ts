/**
 * Arithmetic and comparison of two slots where the dispatch loop's own paths do not fit: mixed operands, results that
 * need more than 32 bits, and everything the general operations know. Each leaves word in the site's feedback.
 */
import { intrinsics } from "../builtins/intrinsics.ts";
import { type Closure, SEEN } from "../bytecode/mod.ts";
import { Flonum, MutableArray, type Value, Vector } from "../data/mod.ts";
import { Stack } from "./stack.ts";
import { FALSE, NAN_HIGH, TAG_INTEGER, TAG_REFERENCE, TAG_SPECIAL, TRUE } from "./word.ts";

/** The stack with operations on its two topmost slots `a` and `b`; the result replaces `a`. */
export abstract class Arithmetic extends Stack {
  abstract pc: number;
  abstract closure: Closure;

  /** a + b */
  add(a: number, b: number): void {
    if (this.#mixed(a, b)) this.doubles[a] = this.#double(a) + this.#double(b);
    else this.#general(a, b, intrinsics.add);
  }

  /** a - b */
  subtract(a: number, b: number): void {
    if (this.#mixed(a, b)) this.doubles[a] = this.#double(a) - this.#double(b);
    else this.#general(a, b, intrinsics.subtract);
  }

  /** a × b */
  multiply(a: number, b: number): void {
    if (this.#mixed(a, b)) this.doubles[a] = this.#double(a) * this.#double(b);
    else this.#general(a, b, intrinsics.multiply);
  }

  /** a ÷ b */
  divide(a: number, b: number): void {
    this.#general(a, b, intrinsics.divide);
  }

  /** a = b */
  equal(a: number, b: number): void {
    this.#compared(a, b, intrinsics.equal);
  }

  /** a < b */
  less(a: number, b: number): void {
    this.#compared(a, b, intrinsics.less);
  }

  /** a > b */
  greater(a: number, b: number): void {
    this.#compared(a, b, intrinsics.greater);
  }

  /** a ≤ b */
  lessOrEqual(a: number, b: number): void {
    this.#compared(a, b, intrinsics.lessOrEqual);
  }

  /** a ≥ b */
  greaterOrEqual(a: number, b: number): void {
    this.#compared(a, b, intrinsics.greaterOrEqual);
  }

  /** a mod b */
  mod(a: number, b: number): void {
    this.#saw(a, b);
    this.put(a, intrinsics.mod(this.take(a), this.take(b)));
  }

  /** a modulo b */
  modulo(a: number, b: number): void {
    this.#saw(a, b);
    this.put(a, intrinsics.modulo(this.take(a), this.take(b)));
  }

  /** The element `b` of `a`, if that is a sequence kept as doubles; noted in the site's feedback. False: it is not. */
  floatElement(a: number, b: number): boolean {
    const { words } = this;
    if (words[2 * a + 1] !== TAG_REFERENCE || words[2 * b + 1] !== TAG_INTEGER) return false;
    const sequence = this.refs[a];
    const doubles = sequence instanceof Vector
      ? sequence.floats
      : sequence instanceof MutableArray
      ? sequence.doubles
      : null;
    const double = doubles?.[words[2 * b] as number];
    if (double === undefined) return false;
    this.#see(SEEN.float);
    if (double === double) this.doubles[a] = double;
    else {
      words[2 * a] = 0;
      words[2 * a + 1] = NAN_HIGH;
    }
    return true;
  }

  #saw(a: number, b: number): void {
    this.#see(this.#sort(this.take(a)) | this.#sort(this.take(b)));
  }

  /** Whether one slot is a double and the other a small integer: the loop has dealt with two doubles. */
  #mixed(a: number, b: number): boolean {
    const integer = this.words[2 * a + 1] === TAG_INTEGER ? b : this.words[2 * b + 1] === TAG_INTEGER ? a : -1;
    if (integer < 0 || !this.isDouble(integer)) return false;
    this.#see(SEEN.float);
    return true;
  }

  #double(slot: number): number {
    return this.words[2 * slot + 1] === TAG_INTEGER ? this.words[2 * slot] as number : this.doubles[slot] as number;
  }

  /** Operands that are no numbers of the host are noted before the operation, which may fail because of them. */
  #general(a: number, b: number, operation: (x: Value, y: Value) => Value): void {
    const x = this.take(a);
    const y = this.take(b);
    if (((this.#sort(x) | this.#sort(y)) & SEEN.other) !== 0) this.#see(SEEN.other);
    const result = operation(x, y);
    const sort = this.#sort(result);
    this.#see(sort === 0 ? SEEN.wide : sort);
    this.put(a, result);
  }

  #compared(a: number, b: number, comparison: (x: Value, y: Value) => boolean): void {
    const x = this.take(a);
    const y = this.take(b);
    this.#see(this.#sort(x) | this.#sort(y));
    this.words[2 * a] = comparison(x, y) ? TRUE : FALSE;
    this.words[2 * a + 1] = TAG_SPECIAL;
  }

  /** What a value means for the feedback; nothing for a small integer. */
  #sort(value: Value): number {
    if (value instanceof Flonum) return SEEN.float;
    if (typeof value !== "number") return SEEN.other;
    return (value | 0) === value ? 0 : Number.isInteger(value) ? SEEN.wide : SEEN.float;
  }

  #see(what: number): void {
    const { feedback, words } = this.closure.code;
    const site = words[this.pc + 1] as number;
    feedback[site] = (feedback[site] as number) | what;
  }
}
