/**
 * The value stack of the baseline tier, its call frames, and the cells open on it. A slot is a NaN-boxed word
 * (`word.ts`).
 */
import { Cell } from "../bytecode/mod.ts";
import { filled, Slots } from "./slots.ts";
import { FIRST_TAG_UNSIGNED, TAG_NAME, TAG_REFERENCE, TAG_SPECIAL, TRUE } from "./word.ts";

const INITIAL_SLOTS = 2048;
const INITIAL_FRAMES = 256;

/** Words of `meta` per frame: the caller's pc and base, and the slot for the result. */
export const META = 3;

/**
 * The stack of values and frames. The dispatch loop keeps its fields in locals and writes them back where they show.
 * Objects above the top are cleared when a run ends.
 */
export class Stack extends Slots {
  /** Per frame: where its caller goes on. */
  meta: Int32Array;
  /** Slots that may be used without asking: all that `reserve` has given since the machine was last at rest. */
  capacity: number;
  /** First slot above the used ones. */
  sp = 0;
  /** Cells open on the stack, highest slot first. */
  openCells: Cell | null = null;
  /** Slot of the first open cell; -1 when there is none. */
  openTop = -1;
  /** Cells made so far. */
  cellsMade = 0;

  readonly #initialSlots: number;

  /** `maxFrames`: the highest number that a frame may have; `mostSlots`: how many are wanted at all, if that is few. */
  constructor(maxFrames: number, mostSlots: number) {
    super(new Int32Array(2 * INITIAL_SLOTS), filled(INITIAL_SLOTS));
    this.capacity = this.#initialSlots = Math.min(INITIAL_SLOTS, mostSlots);
    this.meta = new Int32Array(META * Math.min(INITIAL_FRAMES, maxFrames + 1));
  }

  /** Makes room for `slots` slots. */
  reserve(slots: number): void {
    if (slots <= this.capacity) return;
    // A stack that is to stay small asks every time whether it may grow.
    this.capacity = this.#initialSlots < INITIAL_SLOTS ? slots : Math.max(slots, 2 * this.capacity);
    if (this.capacity <= this.refs.length) return;
    const words = new Int32Array(2 * this.capacity);
    words.set(this.words);
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
    while (this.refs.length < this.capacity) this.refs.push(null);
  }

  /** Makes room for frame number `frame`, but none beyond number `most`, so that one more has to ask. */
  reserveFrame(frame: number, most: number): void {
    if (META * (frame + 1) <= this.meta.length) return;
    const meta = new Int32Array(Math.min(2 * this.meta.length, META * (most + 1)));
    meta.set(this.meta);
    this.meta = meta;
  }

  /** Takes back room for frames beyond number `most`. */
  trimFrames(most: number): void {
    if (this.meta.length > META * (most + 1)) this.meta = this.meta.slice(0, META * (most + 1));
  }

  /** Forgets objects that dead slots still refer to; beyond the capacity given out there are none. */
  clearAbove(slot: number): void {
    this.refs.fill(null, slot, this.capacity);
    if (slot === 0) this.capacity = this.#initialSlots;
  }

  /** Whether a slot holds nil or #f. */
  isFalse(slot: number): boolean {
    return this.words[2 * slot + 1] === TAG_SPECIAL && this.words[2 * slot] !== TRUE;
  }

  /** Whether a slot holds a double. */
  isDouble(slot: number): boolean {
    return ((this.words[2 * slot + 1] as number) >>> 0) < FIRST_TAG_UNSIGNED;
  }

  /** Copies one slot to another. */
  copy(from: number, to: number): void {
    const high = this.words[2 * from + 1] as number;
    this.words[2 * to] = this.words[2 * from] as number;
    this.words[2 * to + 1] = high;
    if (high === TAG_REFERENCE || high === TAG_NAME) this.refs[to] = this.refs[from];
  }

  /** The cell of the variable in `slot`: the open one, or a new one. */
  openCell(slot: number): Cell {
    let above: Cell | null = null;
    let cell = this.openCells;
    while (cell !== null && cell.slot > slot) {
      above = cell;
      cell = cell.next;
    }
    if (cell !== null && cell.slot === slot) return cell;
    const made = new Cell(null, slot, cell);
    this.cellsMade++;
    this.#link(above, made);
    return made;
  }

  /** Opens a closed cell on `slot`, which must lie above all open ones, and moves its value there. */
  reopen(cell: Cell, slot: number): void {
    this.put(slot, cell.value);
    cell.slot = slot;
    cell.next = this.openCells;
    this.#link(null, cell);
  }

  /** Closes all cells at or above `slot`: they keep the values that their variables have now. */
  closeCells(slot: number): void {
    let cell = this.openCells;
    while (cell !== null && cell.slot >= slot) {
      cell.value = this.take(cell.slot);
      cell.slot = -1;
      const next: Cell | null = cell.next;
      cell.next = null;
      cell = next;
    }
    this.#link(null, cell);
  }

  /** Closes the cell of one variable, if there is one: the slot becomes a new variable. */
  fresh(slot: number): void {
    let above: Cell | null = null;
    let cell = this.openCells;
    while (cell !== null && cell.slot > slot) {
      above = cell;
      cell = cell.next;
    }
    if (cell === null || cell.slot !== slot) return;
    this.#link(above, cell.next);
    cell.value = this.take(slot);
    cell.slot = -1;
    cell.next = null;
  }

  #link(above: Cell | null, cell: Cell | null): void {
    if (above !== null) {
      above.next = cell;
      return;
    }
    this.openCells = cell;
    this.openTop = cell === null ? -1 : cell.slot;
  }
}
