/**
 * Where generated programs do something else than the reference, on purpose: it contradicts itself there or crashes
 * (language reference §16 and §18, and `tests/conformance/deviations.jsonl`). A reason says of which programs and results
 * it may be the cause, so it hides as little as possible.
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
const PLACE = / @(?:\d+|-)$/;
const MAKERS = ["eval", "defmacro", "define-syntax", "->", "->>", "as->", "some->", "guard", "parameterize"] as const;
const LOOPS: ReadonlySet<string> = new Set(["do", "while", "dotimes", "for-range"]);
const BINDERS: ReadonlySet<string> = new Set([
  "let",
  "let*",
  "letrec",
  "do",
  "case",
  "match",
  "match*",
  "try",
  "guard",
]);
const CLOSURES = ["fn", "lambda", "delay", "async", "#()", "parameterize"] as const;

/** The reasons; the first that fits is the one that is told. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason: "arithmetic takes rationals and complex numbers only where it sees two operands",
    fits: ({ ours, theirs }) => NO_TOWER.test(theirs) && !NO_TOWER.test(ours),
  },
  {
    reason: "an error caught inside a map literal leaves the operands of the literal in disorder",
    fits: ({ program }) => contains(program, (head) => head === "{}", ["catch", "guard"]),
  },
  {
    reason: "a destructuring error has the place of whatever ran before it",
    fits: ({ ours, theirs }) =>
      /=> (?:destructure: |expected (?:list or vector|map or hashmap), got )/.test(theirs) &&
      ours.replace(PLACE, "") === theirs.replace(PLACE, ""),
  },
  {
    reason: "forms that macros and eval make have no place, or that of whatever ran before them",
    fits: ({ program, ours, theirs }) =>
      MAKERS.some((name) => symbols(program).has(name)) && ours.replace(PLACE, "") === theirs.replace(PLACE, ""),
  },
  {
    reason: "variables of a let inside a loop are the same in every round",
    fits: ({ program }) => contains(program, (head) => LOOPS.has(head), ["let", "let*", "letrec"], CLOSURES),
  },
  {
    reason: "variables that closures of the top level captured are shared with later forms",
    fits: ({ program }) => {
      const outside = program.filter((form) => typeof form[0] === "string" && !isFunctionDefinition(form));
      return outside.filter((form) => contains([form], (head) => BINDERS.has(head), CLOSURES)).length > 0 &&
        outside.filter((form) => contains([form], (head) => BINDERS.has(head))).length > 1;
    },
  },
];

/** Why the two differ; null when there is no good reason. */
export function knownDifference(observed: Observed): KnownDifference | null {
  return KNOWN_DIFFERENCES.find(({ fits }) => fits(observed)) ?? null;
}

/** Whether somewhere there is a form with such a head that contains a symbol of every group. */
function contains(
  forms: readonly Tree[],
  isHead: (head: string) => boolean,
  ...groups: readonly (readonly string[])[]
): boolean {
  return forms.some((form) => {
    if (typeof form === "string") return false;
    const [head] = form;
    if (typeof head === "string" && isHead(head)) {
      const found = symbols(form);
      if (groups.every((group) => group.some((name) => found.has(name)))) return true;
    }
    return contains(form, isHead, ...groups);
  });
}

function isFunctionDefinition(form: Tree): boolean {
  if (typeof form === "string") return false;
  const [head, target] = form;
  return head === "defn" || head === "defun" || (head === "define" && typeof target !== "string");
}
