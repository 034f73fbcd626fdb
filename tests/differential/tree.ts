/** Programs as trees, so that a failing one can be cut down: an atom is its text, anything else a bracketed sequence. */

/** A form. The first item of a sequence may be one of {@link BRACKETS} or {@link INTERPOLATION}. */
export type Tree = string | readonly Tree[];

/** A program: the forms of one unit, in order. */
export type Program = readonly Tree[];

const BRACKETS: Readonly<Record<string, readonly [string, string]>> = {
  "[]": ["[", "]"],
  "{}": ["{", "}"],
  "#()": ["#(", ")"],
};

/** Short forms: `'x` for `(quote x)`. */
const PREFIXES: Readonly<Record<string, string>> = {
  "quote": "'",
  "quasiquote": "`",
  "unquote": ",",
  "unquote-splicing": ",@",
};

/** The head of an f-string: `(f-string a b)` stands for `f"${a} ${b}"`. */
const INTERPOLATION = "f-string";

/** The text of a form. */
export function write(tree: Tree): string {
  if (typeof tree === "string") return tree;
  const [head, first] = tree;
  if (head === INTERPOLATION) return `f"${tree.slice(1).map((part) => `\${${write(part)}}`).join(" ")}"`;
  const prefix = typeof head === "string" && tree.length === 2 ? PREFIXES[head] : undefined;
  if (prefix !== undefined) return prefix + write(first ?? "");
  const brackets = typeof head === "string" ? BRACKETS[head] : undefined;
  const items = brackets === undefined ? tree : tree.slice(1);
  const [open, close] = brackets ?? ["(", ")"];
  return open + items.map(write).join(" ") + close;
}

/** The text of a program, one form per line. */
export function programText(program: Program): string {
  return program.map((form) => `${write(form)}\n`).join("");
}

/** Smaller trees of which one may do as well: parts of it first, then it without one of its parts. */
function* smaller(tree: Tree): IterableIterator<Tree> {
  if (typeof tree === "string") {
    if (/^-?\d{2,}$/.test(tree)) yield "1";
    return;
  }
  for (const part of tree.slice(1)) yield part;
  for (let i = tree.length - 1; i > 0; i--) yield [...tree.slice(0, i), ...tree.slice(i + 1)];
  yield "0";
  for (let i = 0; i < tree.length; i++) {
    for (const part of smaller(tree[i] as Tree)) yield [...tree.slice(0, i), part, ...tree.slice(i + 1)];
  }
}

function* candidates(program: Program): IterableIterator<Program> {
  for (let size = program.length >> 1; size >= 1; size >>= 1) {
    for (let i = 0; i + size <= program.length; i += size) {
      yield [...program.slice(0, i), ...program.slice(i + size)];
    }
  }
  for (let i = program.length - 1; i >= 0; i--) {
    for (const form of smaller(program[i] as Tree)) yield [...program.slice(0, i), form, ...program.slice(i + 1)];
  }
}

/** Cuts a program down for as long as `fails` holds and for about so many milliseconds. */
export function shrink(program: Program, fails: (program: Program) => boolean, milliseconds: number): Program {
  const deadline = performance.now() + milliseconds;
  const better = (from: Program): Program | null => {
    for (const candidate of candidates(from)) {
      if (performance.now() > deadline) return null;
      if (fails(candidate)) return candidate;
    }
    return null;
  };
  let best = program;
  for (let next = better(best); next !== null; next = better(best)) best = next;
  return best;
}
