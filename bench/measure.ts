/**
 * The loop that times a function. Reports minimum and median, because on a machine with neighbours an average says
 * more about them. Warm-up is counted in calls and not in time, so that every tier gets the same chance to warm up.
 */

/** How long to measure. */
export interface Effort {
  /** Calls that are not timed. */
  readonly warmup: number;
  /** At least this many calls are timed, */
  readonly calls: number;
  /** and more until this many milliseconds have been measured, */
  readonly milliseconds: number;
  /** but no more calls begin once this many milliseconds have gone by, warm-up included. */
  readonly limit: number;
}

/** For figures worth keeping. */
export const THOROUGH: Effort = { warmup: 5, calls: 7, milliseconds: 400, limit: 4000 };

/** For a quick look. */
export const QUICK: Effort = { warmup: 2, calls: 3, milliseconds: 100, limit: 2500 };

/** Times of single calls, in milliseconds. */
export interface Timing {
  readonly first: number;
  readonly min: number;
  readonly median: number;
  readonly calls: number;
}

/**
 * Times `body`. Its first call is reported by itself: it pays for compiling. `clock` gives milliseconds: of the wall, or
 * of this thread alone where neighbours take turns on the processor.
 */
export function measure(body: () => unknown, effort: Effort, clock: () => number = () => performance.now()): Timing {
  const times: number[] = [];
  const begin = performance.now();
  const once = () => {
    const start = clock();
    body();
    return clock() - start;
  };
  const late = () => performance.now() - begin > effort.limit;
  const first = once();
  for (let i = 1; i < effort.warmup && !late(); i++) body();
  let sum = 0;
  while ((times.length < effort.calls || sum < effort.milliseconds) && !late()) {
    const time = once();
    times.push(time);
    sum += time;
  }
  if (times.length === 0) times.push(first);
  times.sort((a, b) => a - b);
  const at = (index: number) => times[index] ?? first;
  const middle = times.length >> 1;
  const median = times.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { first, min: at(0), median, calls: times.length };
}
