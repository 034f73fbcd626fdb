/** Bracketed classes: `[a-z&&[^aeiou]]`. Read with a stack of their own, since they nest. */
import { type Case, type CharSet, complement, has, type Operation, POSIX_CLASSES, ranges, union } from "./charset.ts";
import type { Cursor } from "./cursor.ts";
import type { Span } from "./errors.ts";
import { type Atom, readEscape } from "./escapes.ts";
import { type Flags, letterCase } from "./flags.ts";

/** A class that has been opened. */
interface Open {
  readonly span: Span;
  readonly negated: boolean;
  /** The operands so far, and the operations between them; they bind equally, to the left. */
  left: Item | null;
  operation: Operation | null;
  /** The items of the operand being read. */
  items: Item[];
}

/** A part of a class and how deep it nests. */
interface Item {
  readonly set: CharSet;
  readonly depth: number;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "&": "intersection",
  "-": "difference",
  "~": "symmetric difference",
};

/** Reads a class; the cursor is at its bracket. */
export function readClass(cursor: Cursor, flags: Flags): Item & { readonly span: Span } {
  const start = cursor.index;
  const letters = letterCase(flags);
  const stack: Open[] = [];
  for (;;) {
    cursor.skip();
    const open = stack.at(-1);
    if (cursor.atEnd && open !== undefined) throw unclosed(cursor, open);
    if (open === undefined || cursor.char === "[") {
      const posix = open === undefined ? null : readPosix(cursor, flags);
      if (posix === null) stack.push(openClass(cursor, letters));
      else open?.items.push({ set: posix, depth: 0 });
      continue;
    }
    const operation = cursor.char === cursor.next ? OPERATIONS[cursor.char] : undefined;
    if (cursor.char === "]") {
      cursor.bump();
      stack.pop();
      const item = closed(cursor, open, flags);
      const outer = stack.at(-1);
      if (outer === undefined) return { ...item, span: { start, end: cursor.index } };
      outer.items.push(item);
    } else if (operation !== undefined) {
      cursor.index += 2;
      open.left = operand(open);
      open.operation = operation;
      open.items = [];
    } else open.items.push({ set: readRange(cursor, flags, open), depth: 0 });
  }
}

function unclosed(cursor: Cursor, open: Open): Error {
  return cursor.error("unclosed character class", open.span);
}

/** `[`, `[^`, and the `-` and `]` that stand for themselves at the beginning. */
function openClass(cursor: Cursor, letters: Case): Open {
  const start = cursor.index;
  const bump = (): void => {
    if (!cursor.bumpSolid()) throw cursor.since(start, "unclosed character class");
  };
  bump();
  const negated = cursor.char === "^";
  if (negated) bump();
  const items: Item[] = [];
  const push = (): void => {
    const code = cursor.char.codePointAt(0) ?? 0;
    items.push({ set: ranges([code, code], letters), depth: 0 });
  };
  while (cursor.char === "-") {
    push();
    if (!cursor.bumpSolid()) throw cursor.error("unclosed character class", { start, end: start });
  }
  if (items.length === 0 && cursor.char === "]") {
    push();
    bump();
  }
  return { span: { start, end: cursor.index }, negated, left: null, operation: null, items };
}

/** What has been read of a class so far, as one set. */
function operand({ left, operation, items }: Open): Item {
  const depth = items.reduce((deepest, item) => Math.max(deepest, item.depth), 0);
  const right: Item = { set: union(items.map(({ set }) => set)), depth };
  if (left === null || operation === null) return right;
  return {
    set: { kind: operation, left: left.set, right: right.set },
    depth: Math.max(left.depth, right.depth) + 1,
  };
}

function closed(cursor: Cursor, open: Open, flags: Flags): Item {
  const { set, depth } = operand(open);
  const item = { set: open.negated ? complement(set) : set, depth: depth + 1 };
  // Without Unicode a class is one of bytes: all that is not ASCII is in it, or nothing.
  if (!flags.unicode && has(item.set, 0x80)) {
    cursor.refuse("pattern can match invalid UTF-8", { start: open.span.start, end: cursor.index });
  }
  return item;
}

/** `[:name:]`; null, having gone nowhere, where the bracket starts something else. */
function readPosix(cursor: Cursor, flags: Flags): CharSet | null {
  const start = cursor.index;
  if (cursor.next !== ":") return null;
  const close = cursor.pattern.indexOf(":", start + 2);
  if (close < 0 || cursor.pattern[close + 1] !== "]") return null;
  const text = cursor.pattern.slice(start + 2, close).join("");
  const negated = text.startsWith("^");
  const name = negated ? text.slice(1) : text;
  const members = Object.hasOwn(POSIX_CLASSES, name) ? POSIX_CLASSES[name] : undefined;
  if (members === undefined) return null;
  cursor.index = close + 2;
  const set = ranges(members, letterCase(flags));
  if (negated && !flags.unicode) cursor.refuse("pattern can match invalid UTF-8", { start, end: cursor.index });
  return negated ? complement(set) : set;
}

/** One item of a class: a character, a class with a backslash, or a range. */
function readRange(cursor: Cursor, flags: Flags, open: Open): CharSet {
  const first = readItem(cursor, flags);
  cursor.skip();
  if (cursor.atEnd) throw unclosed(cursor, open);
  if (cursor.char !== "-" || ["]", "-"].includes(cursor.nextSolid)) return itemSet(cursor, first, flags);
  if (!cursor.bumpSolid()) throw unclosed(cursor, open);
  const last = readItem(cursor, flags);
  const low = rangeEnd(cursor, first);
  const high = rangeEnd(cursor, last);
  if (low > high) {
    throw cursor.error("invalid character class range, the start must be <= the end", {
      start: first.span.start,
      end: last.span.end,
    });
  }
  for (const each of [first, last]) checkItem(cursor, each, flags);
  return ranges([low, high], letterCase(flags));
}

function readItem(cursor: Cursor, flags: Flags): Atom {
  if (cursor.char === "\\") return readEscape(cursor, flags);
  const start = cursor.index;
  const code = cursor.char.codePointAt(0) ?? 0;
  cursor.bump();
  return { kind: "literal", code, byte: false, span: { start, end: cursor.index } };
}

function rangeEnd(cursor: Cursor, atom: Atom): number {
  if (atom.kind === "literal") return atom.code;
  throw cursor.error("invalid range boundary, must be a literal", atom.span);
}

function itemSet(cursor: Cursor, atom: Atom, flags: Flags): CharSet {
  if (atom.kind === "look") throw cursor.error("invalid escape sequence found in character class", atom.span);
  if (atom.kind === "class") return atom.set;
  checkItem(cursor, atom, flags);
  return ranges([atom.code, atom.code], letterCase(flags));
}

/** Without Unicode only ASCII may stand in a class. */
function checkItem(cursor: Cursor, atom: Atom, flags: Flags): void {
  if (flags.unicode || atom.kind !== "literal" || atom.code <= 0x7f) return;
  cursor.refuse(atom.byte ? "pattern can match invalid UTF-8" : "Unicode not allowed here", atom.span);
}
