/** What makes rare events in compiled code frequent, for the hostile tests. */

/** What compiled code is made to do without need, so that tests see it everywhere. */
export interface Forcing {
  /** Leave for the interpreter at every n-th instruction. */
  readonly leaveEvery?: number;
  /** Unwind the stack at every n-th call. At least 2: the call is made again. */
  readonly unwindEvery?: number;
  /** Recompilations of a function instead of the usual number. */
  readonly recompilations?: number;
  /** Throw an error of the host when an exit recurs in code compiled after it without anything learned in between. */
  readonly checkExits?: boolean;
}

/** True every so many times. */
export function everyTime(count: number): () => boolean {
  let left = count;
  return () => {
    if (--left > 0) return false;
    left = count;
    return true;
  };
}
