/** Hints for unbound names: what is called so in other languages, or the nearest name that is bound. */

/** The words of other Lisps that the reference implementation knows (language reference §12.6). */
const FOREIGN: Readonly<Record<string, string>> = {
  setq: "Sema uses 'set!' for variable assignment",
  setf: "Sema uses 'set!' for variable assignment",
  funcall: "In Sema, functions are called directly: (f arg ...)",
  loop: "Sema uses 'do' or 'while' for iteration, or tail recursion",
  princ: "Sema uses 'print' or 'println' for output",
  prin1: "Sema uses 'print' or 'println' for output",
  "format-string": "Sema uses 'format' with ~a (display) and ~s (write) directives",
  defvar: "Sema uses 'define' for variable definitions",
  defparameter: "Sema uses 'define' for variable definitions",
  labels: "Sema uses 'letrec' for local recursive bindings",
  flet: "Sema uses 'letrec' for local recursive bindings",
  block: "Sema uses 'begin' for sequencing; use 'throw'/'try' for non-local exits",
  "return-from": "Sema uses 'begin' for sequencing; use 'throw'/'try' for non-local exits",
  "multiple-value-bind": "Sema uses destructuring 'let' for multiple return values",
  typep: "Sema uses 'type' to get the type of a value",
  atom: "Sema is single-threaded; use 'define' for mutable state with 'set!'",
  "swap!": "Sema is single-threaded; use 'set!' for mutation",
  deref: "Sema uses 'force' to evaluate delayed/promised values",
  into: "Use type-specific conversions like 'list->vector' or 'vector->list'",
  conj: "Sema uses 'cons' to prepend and 'append' to add to the end",
  some: "Sema uses 'any' to test if any element matches a predicate",
  "not=": "Use (not (equal? a b)) for inequality in Sema",
  "syntax-case": "Sema supports 'define-syntax' with 'syntax-rules', or use 'defmacro'",
  "string-contains": "Sema uses 'string/contains?' (slash-namespaced, with '?')",
  "hash-set!": "Sema maps are immutable; use 'assoc' to create an updated copy",
  "with-exception-handler": "Sema uses 'try'/'catch', 'throw'/'raise', and 'guard' for exception handling",
};

/** What newcomers from other languages write, by what it is called here. */
const ELSEWHERE: readonly (readonly [names: string, hint: string])[] = [
  ["vector-ref list-ref list-tail", "Sema uses 'nth' for an element, and 'drop' for what follows"],
  ["vector-set! list-set!", "Sema lists and vectors are immutable; 'mutable-array/new' makes one that is not"],
  ["hash-table-ref hash-table/get assoc-ref", "Sema uses 'get': (get map key)"],
  ["hash-set hash-table-set!", "Sema maps are immutable; use 'assoc' to create an updated copy"],
  ["dict hash make-hash make-hash-table hash-table", "Sema uses {key value ...} or 'hash-map' for maps"],
  ["hash-keys", "Sema uses 'keys'"],
  ["hash-values", "Sema uses 'vals'"],
  ["has-key? hash-has-key?", "Sema uses 'contains?'"],
  ["inc add1 ++ +=", "Sema uses (+ n 1); to change a variable, (set! n (+ n 1))"],
  ["dec sub1 -- -=", "Sema uses (- n 1); to change a variable, (set! n (- n 1))"],
  ["return", "the value of a function is that of its last expression"],
  ["parse-int parseInt string->int str->int", "Sema uses 'string->number'"],
  ["to-string toString number->str int->string", "Sema uses 'str', or 'number->string'"],
  ["to-int", "Sema uses 'int'"],
  ["when-not if-not", "Sema uses 'unless'"],
  ["else", "'else' begins the last clause of cond or case; if takes (if test then else)"],
  ["elif elseif else-if elsif", "Sema uses 'cond' for several tests"],
  ["function func fun", "Sema uses 'define' or 'fn' for functions"],
  ["var const", "Sema uses 'define' for variable definitions, or 'let'"],
  ["class defclass struct defstruct", "Sema uses 'define-record-type', or maps"],
  ["for foreach doseq", "Sema uses 'for-each', 'dotimes' or 'do' for iteration"],
  ["recur", "Sema calls are tail calls where they can be: call the function by its name"],
  ["mapcat", "Sema uses 'flat-map'"],
  ["True TRUE", "Sema uses #t"],
  ["False FALSE", "Sema uses #f"],
  ["None null NULL undefined void", "Sema uses nil"],
  ["console.log echo puts printf say displayln write-line print-line", "Sema uses 'println', or 'format' with 'print'"],
  ["input readline", "Sema uses 'read-line'"],
  ["require use include", "Sema uses 'import': (import \"file.sema\")"],
  ["== ===", "Sema uses '=' to compare"],
  ["!= !== <> /= not-equal?", "Use (not (= a b)) for inequality in Sema"],
  ["&&", "Sema uses 'and'"],
  ["!", "Sema uses 'not'"],
  ["%", "Sema uses 'mod'"],
  ["** ^", "Sema uses 'expt'"],
  ["//", "Sema uses 'quotient'; comments begin with ;"],
  ["len size", "Sema uses 'length'"],
  ["push push! prepend", "Sema lists are immutable; use 'cons' to prepend and 'append' to add to the end"],
  ["head", "Sema uses 'first'"],
  ["tail", "Sema uses 'rest'"],
  ["quit", "Sema uses 'exit'"],
];

/** Hints by the names that they are for. */
const known: ReadonlyMap<string, string> = new Map([
  ...Object.entries(FOREIGN),
  ...ELSEWHERE.flatMap(([names, hint]) => names.split(" ").map((name) => [name, hint] as const)),
]);

/** `0xff` is read as 0 and this. */
const HEXADECIMAL = /^x[0-9a-f]+$/i;

/** A hint for the unbound `name`; `candidates` are the bound names, the preferred ones of equal distance first. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const hint = known.get(name);
  if (hint !== undefined) return hint;
  const names = [...candidates];
  const best = nearest(name, names, false) ?? nearest(name, names, true);
  if (best !== null) return `Did you mean '${best}'?`;
  return HEXADECIMAL.test(name) ? `hexadecimal numbers are written #${name.toLowerCase()}` : undefined;
}

/** The name with the fewest mistakes, if they are few; `swaps`: two letters in the wrong order are one mistake. */
function nearest(name: string, candidates: readonly string[], swaps: boolean): string | null {
  const limit = Math.min(3, Math.max(1, Math.floor(new TextEncoder().encode(name).length / 3)));
  let best: string | null = null;
  let bound = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bound) continue;
    const found = distance(name, candidate, bound, swaps);
    if (found === 0 || found >= bound) continue;
    bound = found;
    best = candidate;
  }
  return best;
}

/** Levenshtein distance, with swaps as one edit if wanted, or `bound` when it is at least that. */
function distance(a: string, b: string, bound: number, swaps: boolean): number {
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = swaps && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (above[j - 2] as number) + 1 : Infinity;
      next.push(Math.min(change, swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    if (Math.min(...next, ...row) >= bound) return bound;
    above = row;
    row = next;
  }
  return Math.min(bound, row[b.length] as number);
}
