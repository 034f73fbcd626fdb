/**
 * Where generated programs do something else than the reference, on purpose: it contradicts itself there or crashes
 * (language reference §16 and §18, and `tests/conformance/deviations.jsonl`).
 */

import { symbols } from "./template.ts";
import type { Program, Tree } from "./tree.ts";

/** A program, and what it does here and on the reference. */
export interface Observed {
  readonly program: Program;
  readonly ours: string;
  readonly theirs: string;
}

/** One reason to differ. */
export interface KnownDifference {
  readonly reason: string;
  readonly fits: (observed: Observed) => boolean;
}

const NO_TOWER = /expected (?:number|comparable values), got (?:rational|complex)/;

/** The reasons; the first that fits is the one that is told. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason: "arithmetic takes rationals and complex numbers only where it sees two operands",
    fits: ({ ours, theirs }) => NO_TOWER.test(theirs) && !NO_TOWER.test(ours),
  },
  {
    reason: "an error caught inside a map literal leaves the operands of the literal in disorder",
    fits: ({ program }) => program.some((form) => has(form, "{}", ["catch", "guard"])),
  },
];

/** Whether a form with this head contains one of the symbols. */
function has(tree: Tree, head: string, names: readonly string[]): boolean {
  if (typeof tree === "string") return false;
  if (tree[0] === head) {
    const found = symbols(tree);
    if (names.some((name) => found.has(name))) return true;
  }
  return tree.some((part) => has(part, head, names));
}

/** Why the two differ; null when there is no good reason. */
export function knownDifference(observed: Observed): KnownDifference | null {
  return KNOWN_DIFFERENCES.find(({ fits }) => fits(observed)) ?? null;
}
