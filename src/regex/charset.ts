/**
 * Sets of code points, as a small algebra that answers membership only: the host's own tables are behind the
 * properties, so nothing here enumerates Unicode.
 *
 * In a pattern without regard to case every leaf is closed under simple case folding. All that is built of closed
 * sets is closed, complements included.
 */

/** A set of code points. */
export type CharSet =
  /** Pairs of first and last; `others` tells what is equal but for case, null where case counts. */
  | { readonly kind: "ranges"; readonly ranges: readonly number[]; readonly others: RegExp | null }
  | { readonly kind: "property"; readonly test: Property }
  | { readonly kind: "complement"; readonly of: CharSet }
  | { readonly kind: "union"; readonly sets: readonly CharSet[] }
  | { readonly kind: Operation; readonly left: CharSet; readonly right: CharSet };

/** A binary operation of character classes. */
export type Operation = "intersection" | "difference" | "symmetric difference";

/** A regular expression of the host for one character, made when it is first asked: V8 takes 0.5 ms for that of `\w`. */
class Property {
  readonly #source: string;
  readonly #flags: string;
  #made: RegExp | null = null;

  constructor(source: string, flags: string) {
    this.#source = `^${source}$`;
    this.#flags = flags;
  }

  /** Whether the character has the property. */
  test(character: string): boolean {
    return (this.#made ??= new RegExp(this.#source, this.#flags)).test(character);
  }
}

/** Whether `code` is in `set`. */
export function has(set: CharSet, code: number): boolean {
  switch (set.kind) {
    case "ranges":
      return inRanges(set.ranges, code) || (set.others !== null && set.others.test(String.fromCodePoint(code)));
    case "property":
      return set.test.test(String.fromCodePoint(code));
    case "complement":
      return !has(set.of, code);
    case "union":
      return set.sets.some((each) => has(each, code));
    case "intersection":
      return has(set.left, code) && has(set.right, code);
    case "difference":
      return has(set.left, code) && !has(set.right, code);
    case "symmetric difference":
      return has(set.left, code) !== has(set.right, code);
    default:
      return set satisfies never;
  }
}

function inRanges(ranges: readonly number[], code: number): boolean {
  for (let i = 0; i < ranges.length; i += 2) {
    if (code >= (ranges[i] as number) && code <= (ranges[i + 1] as number)) return true;
  }
  return false;
}

/** How case counts: exactly, not at all, or not for ASCII letters only. */
export type Case = "exact" | "folded" | "ascii";

/** Pairs of first and last as a set. */
export function ranges(pairs: readonly number[], letters: Case): CharSet {
  if (letters === "exact" || !pairs.some((_, i) => i % 2 === 0 && cased(pairs[i] as number, pairs[i + 1] as number))) {
    return { kind: "ranges", ranges: pairs, others: null };
  }
  if (letters === "folded") {
    const parts = pairs.map((code, i) => (i % 2 === 0 ? "" : "-") + escaped(code));
    return { kind: "ranges", ranges: pairs, others: new RegExp(`^[${parts.join("")}]$`, "iu") };
  }
  const both = [...pairs];
  for (let i = 0; i < pairs.length; i += 2) {
    const [first, last] = [pairs[i] as number, pairs[i + 1] as number];
    for (const [low, high, shift] of ASCII_CASES) {
      if (first <= high && last >= low) both.push(Math.max(first, low) + shift, Math.min(last, high) + shift);
    }
  }
  return { kind: "ranges", ranges: both, others: null };
}

const ASCII_CASES = [[0x41, 0x5a, 32], [0x61, 0x7a, -32]] as const;

/** Whether case can matter in a range; all but single characters count as if it did. */
function cased(first: number, last: number): boolean {
  if (first !== last) return true;
  const text = String.fromCodePoint(first);
  return text.toLowerCase() !== text || text.toUpperCase() !== text;
}

function escaped(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

/** A property of the host's regular expressions, written as between the braces of `\p{…}`. */
export function property(name: string, letters: Case): CharSet {
  return { kind: "property", test: new Property(`\\p{${name}}`, letters === "folded" ? "iu" : "u") };
}

/** What is not in a set. */
export function complement(of: CharSet): CharSet {
  return { kind: "complement", of };
}

/** What is in any of the sets. */
export function union(sets: readonly CharSet[]): CharSet {
  return sets.length === 1 ? sets[0] as CharSet : { kind: "union", sets };
}

/** The code point of a set that has just one, spelt out; -1 for other sets. */
export function single(set: CharSet): number {
  if (set.kind !== "ranges" || set.others !== null || set.ranges.length !== 2) return -1;
  const [first = -1, last] = set.ranges;
  return first === last ? first : -1;
}

const exact = (...pairs: number[]): CharSet => ranges(pairs, "exact");

/** The classes `\d`, `\s` and `\w` by letter, as Unicode has them. */
export const UNICODE_CLASSES: Readonly<Record<string, CharSet>> = {
  d: union([exact(0x30, 0x39), property("Nd", "exact")]),
  s: union([exact(9, 13, 32, 32), property("White_Space", "exact")]),
  w: {
    kind: "property",
    test: new Property("[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]", "u"),
  },
};

/** The same of ASCII. */
export const ASCII_CLASSES: Readonly<Record<string, CharSet>> = {
  d: exact(0x30, 0x39),
  s: exact(9, 13, 32, 32),
  w: exact(0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a),
};

/** The classes `[:name:]` as pairs of first and last. */
export const POSIX_CLASSES: Readonly<Record<string, readonly number[]>> = {
  alnum: [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a],
  alpha: [0x41, 0x5a, 0x61, 0x7a],
  ascii: [0, 0x7f],
  blank: [9, 9, 32, 32],
  cntrl: [0, 0x1f, 0x7f, 0x7f],
  digit: [0x30, 0x39],
  graph: [0x21, 0x7e],
  lower: [0x61, 0x7a],
  print: [0x20, 0x7e],
  punct: [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e],
  space: [9, 13, 32, 32],
  upper: [0x41, 0x5a],
  word: [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a],
  xdigit: [0x30, 0x39, 0x41, 0x46, 0x61, 0x66],
};

/** Every code point. */
export const ANY: CharSet = complement(ranges([], "exact"));
