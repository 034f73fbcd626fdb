/** When assertions hold: by what is just before and just after a position. */
import { ASCII_CLASSES, type CharSet, has, UNICODE_CLASSES } from "./charset.ts";
import type { Look } from "./syntax.ts";

/** What assertions can tell about a neighbour, as bits: there is none, or it is of a kind. */
export const EDGE = 1;
const NEWLINE = 2;
const RETURN = 4;
const WORD = 8;
const ASCII_WORD = 16;

/** The assertions in the order of their numbers in programs. */
export const LOOKS: readonly Look[] = [
  "text start",
  "text end",
  "line start",
  "line end",
  "crlf line start",
  "crlf line end",
  "word boundary",
  "no word boundary",
  "word start",
  "word end",
  "word start half",
  "word end half",
  "ascii word boundary",
  "no ascii word boundary",
  "ascii word start",
  "ascii word end",
  "ascii word start half",
  "ascii word end half",
];

/** The kinds of neighbour that an assertion asks about. */
const ASKED: Readonly<Record<Look, number>> = {
  "text start": EDGE,
  "text end": EDGE,
  "line start": EDGE | NEWLINE,
  "line end": EDGE | NEWLINE,
  "crlf line start": EDGE | NEWLINE | RETURN,
  "crlf line end": EDGE | NEWLINE | RETURN,
  "word boundary": WORD,
  "no word boundary": WORD,
  "word start": WORD,
  "word end": WORD,
  "word start half": WORD,
  "word end half": WORD,
  "ascii word boundary": ASCII_WORD,
  "no ascii word boundary": ASCII_WORD,
  "ascii word start": ASCII_WORD,
  "ascii word end": ASCII_WORD,
  "ascii word start half": ASCII_WORD,
  "ascii word end half": ASCII_WORD,
};

/** The members of each kind but the edge. */
const KINDS: readonly (readonly [number, CharSet])[] = [
  [NEWLINE, { kind: "ranges", ranges: [10, 10], others: null }],
  [RETURN, { kind: "ranges", ranges: [13, 13], others: null }],
  [WORD, UNICODE_CLASSES["w"] as CharSet],
  [ASCII_WORD, ASCII_CLASSES["w"] as CharSet],
];

/** All that some assertions ask about. */
export function asked(looks: Iterable<Look>): number {
  let bits = 0;
  for (const look of looks) bits |= ASKED[look];
  return bits;
}

/** What the asked-about kinds say of a character. */
export function kindsOf(code: number, bits: number): number {
  let kinds = 0;
  for (const [bit, set] of KINDS) if ((bits & bit) !== 0 && has(set, code)) kinds |= bit;
  return kinds;
}

/** Whether an assertion holds between neighbours of these kinds. */
export function holds(look: Look, before: number, after: number): boolean {
  switch (look) {
    case "text start":
      return (before & EDGE) !== 0;
    case "text end":
      return (after & EDGE) !== 0;
    case "line start":
      return (before & (EDGE | NEWLINE)) !== 0;
    case "line end":
      return (after & (EDGE | NEWLINE)) !== 0;
    case "crlf line start":
      return (before & (EDGE | NEWLINE)) !== 0 || ((before & RETURN) !== 0 && (after & NEWLINE) === 0);
    case "crlf line end":
      return (after & (EDGE | RETURN)) !== 0 || ((after & NEWLINE) !== 0 && (before & RETURN) === 0);
    case "word boundary":
      return (before & WORD) !== (after & WORD);
    case "no word boundary":
      return (before & WORD) === (after & WORD);
    case "word start":
      return (before & WORD) === 0 && (after & WORD) !== 0;
    case "word end":
      return (before & WORD) !== 0 && (after & WORD) === 0;
    case "word start half":
      return (before & WORD) === 0;
    case "word end half":
      return (after & WORD) === 0;
    case "ascii word boundary":
      return (before & ASCII_WORD) !== (after & ASCII_WORD);
    case "no ascii word boundary":
      return (before & ASCII_WORD) === (after & ASCII_WORD);
    case "ascii word start":
      return (before & ASCII_WORD) === 0 && (after & ASCII_WORD) !== 0;
    case "ascii word end":
      return (before & ASCII_WORD) !== 0 && (after & ASCII_WORD) === 0;
    case "ascii word start half":
      return (before & ASCII_WORD) === 0;
    case "ascii word end half":
      return (after & ASCII_WORD) === 0;
    default:
      return look satisfies never;
  }
}
