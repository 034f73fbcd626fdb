/** Timers of one runtime: a heap by due time, from which any can be removed at once. */

/** Time, as a runtime sees it. The host's own when it is given none; a test may give one that it moves itself. */
export interface Timing {
  /** Milliseconds since some moment. */
  now(): number;
  /** Calls `run` once in `milliseconds`; call the result to take that back. */
  after(milliseconds: number, run: () => void): () => void;
  /** Calls `run` as soon as the host has attended to what else is due. */
  soon(run: () => void): void;
}

/** The longest delay that hosts take. */
const LONGEST = 2 ** 31 - 1;

/** The clock of the host. */
export const hostTiming: Timing = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, Math.min(LONGEST, Math.max(0, Math.ceil(milliseconds))));
    return () => clearTimeout(timer);
  },
  // A message would be due without the millisecond that timers take, but Bun attends to messages before timers: those of
  // the host came late by 200 ms.
  soon: (run) => void setTimeout(run, 0),
};

/** One timer. */
export class Timer {
  readonly due: number;
  readonly sequence: number;
  readonly fire: () => void;
  /** Its place in the heap; -1 when it is out. */
  index = -1;

  constructor(due: number, sequence: number, fire: () => void) {
    this.due = due;
    this.sequence = sequence;
    this.fire = fire;
  }
}

/** All timers of a runtime; equal due times fire in the order they were started. */
export class Timers {
  readonly #clock: Timing;
  readonly #heap: Timer[] = [];
  #sequence = 0;

  constructor(clock: Timing) {
    this.#clock = clock;
  }

  /** Starts a timer. */
  start(milliseconds: number, fire: () => void): Timer {
    const timer = new Timer(this.#clock.now() + milliseconds, this.#sequence++, fire);
    timer.index = this.#heap.length;
    this.#heap.push(timer);
    this.#up(timer);
    return timer;
  }

  /** Stops a timer; nothing when it has fired already. */
  stop(timer: Timer): void {
    const { index } = timer;
    if (index < 0) return;
    timer.index = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === timer) return;
    this.#place(last, index);
    this.#up(last);
    this.#down(last);
  }

  /** When the next is due; Infinity when there is none. */
  get next(): number {
    return this.#heap[0]?.due ?? Infinity;
  }

  /** Fires all that are due. */
  fireDue(): void {
    if (this.#heap.length === 0) return;
    const now = this.#clock.now();
    for (let first = this.#heap[0]; first !== undefined && first.due <= now; first = this.#heap[0]) {
      this.stop(first);
      first.fire();
    }
  }

  #place(timer: Timer, index: number): void {
    this.#heap[index] = timer;
    timer.index = index;
  }

  #up(timer: Timer): void {
    while (timer.index > 0) {
      const parent = this.#heap[(timer.index - 1) >> 1] as Timer;
      if (!before(timer, parent)) return;
      this.#swap(timer, parent);
    }
  }

  #down(timer: Timer): void {
    for (;;) {
      const left = this.#heap[2 * timer.index + 1];
      const right = this.#heap[2 * timer.index + 2];
      const least = right !== undefined && left !== undefined && before(right, left) ? right : left;
      if (least === undefined || !before(least, timer)) return;
      this.#swap(timer, least);
    }
  }

  #swap(a: Timer, b: Timer): void {
    const { index } = a;
    this.#place(a, b.index);
    this.#place(b, index);
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.due < b.due || (a.due === b.due && a.sequence < b.sequence);
}
