/** Who bounds the work of a search, which is linear in the text but may still be much. */

/** Is told of work done, in units of about one character; may throw to end the search. */
export interface Budget {
  spend(units: number): void;
}

/** A budget without bound. */
export const UNLIMITED: Budget = { spend: () => {} };
