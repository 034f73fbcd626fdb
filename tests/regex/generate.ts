/** Random patterns that mean the same to the host's regular expressions (flags `us`), and texts for them. */
import type { Random } from "../data/random.ts";

const ATOMS = ["a", "b", "c", "é", "😀", ".", "[ab]", "[^a]", "[b-é]", "\\p{Lu}", "\\P{L}", "[0-9]", "[^\\p{Ll}😀]"];
const LOOKS = ["^", "$"];
const REPEATS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}"];

/** A random pattern. The hosts disagree on groups that are repeated and on repetitions of what may be empty. */
export function randomPattern(random: Random): string {
  return pattern(random, 4, true);
}

function pattern(random: Random, depth: number, groups: boolean): string {
  const part = (): string => pattern(random, depth - 1, groups);
  switch (depth === 0 ? 0 : random.below(8)) {
    case 0:
    case 1:
      return random.pick(ATOMS);
    case 2:
      return random.pick(LOOKS);
    case 3:
    case 4:
      return part() + part();
    case 5:
      return `(?:${part()}|${part()})`;
    case 6:
      return groups ? `(${part()})` : `(?:${part()})`;
    default:
      return `(?:${random.pick(ATOMS)}${pattern(random, depth - 1, false)})${random.pick(REPEATS)}`;
  }
}

const CHARACTERS = ["a", "a", "b", "b", "c", "é", "😀", "A", "7", "\n"];

/** A random text of up to `length` characters. */
export function randomText(random: Random, length: number): string {
  return Array.from({ length: random.below(length + 1) }, () => random.pick(CHARACTERS)).join("");
}
