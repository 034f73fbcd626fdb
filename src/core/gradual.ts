/** Work on a whole text in small steps, so that who asked for it can do something else in between. */

/** Work that yields wherever it may be interrupted, some microseconds to a millisecond apart, and returns its result. */
export type Gradual<T> = Generator<void, T, void>;

/** Does all of the work. */
export function atOnce<T>(work: Gradual<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Work that cannot be interrupted, as one step. */
export function* oneStep<T>(work: () => T): Gradual<T> {
  yield;
  return work();
}
