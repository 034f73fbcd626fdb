/**
 * The screen of a terminal (language reference: 05-host §24): fixed sequences, written to standard output and flushed.
 * Nobody asks whether that is a terminal. The forms that undo what they did are macros (`../../expand/prelude.ts`).
 */
import type { Value } from "../../data/mod.ts";
import { int64, text } from "../check.ts";
import { type Area, type BuiltinContext, many, one, three, two, zero } from "../declare.ts";

/** Flags of the kitty keyboard protocol when none are given: unambiguous escapes, and the text of keys. */
const KITTY_FLAGS = 17;

/** Name → what it does and the sequence that does it. */
const SEQUENCES: Readonly<Record<string, readonly [doc: string, sequence: string]>> = {
  "term/clear": ["Clears the screen and goes to its first column and row", "\x1b[2J\x1b[H"],
  "term/clear-line": ["Clears the line of the cursor", "\x1b[2K"],
  "term/clear-below": ["Clears from the cursor to the end of the screen", "\x1b[0J"],
  "term/cursor-home": ["Moves the cursor to the first column and row", "\x1b[H"],
  "term/hide-cursor": ["Hides the cursor", "\x1b[?25l"],
  "term/show-cursor": ["Shows the cursor", "\x1b[?25h"],
  "term/save-cursor": ["Remembers where the cursor is", "\x1b7"],
  "term/restore-cursor": ["Moves the cursor to where it was remembered", "\x1b8"],
  "term/bell": ["Rings the bell", "\x07"],
  "term/flush": ["Sees to it that what was printed has arrived", ""],
  "term/enter-alt-screen": ["Changes to the other screen, which has no history", "\x1b[?1049h"],
  "term/leave-alt-screen": ["Changes back from the other screen", "\x1b[?1049l"],
  "term/enable-mouse": ["Makes the terminal report the mouse", "\x1b[?1000h\x1b[?1002h\x1b[?1006h"],
  "term/disable-mouse": ["Makes the terminal report the mouse no more", "\x1b[?1006l\x1b[?1002l\x1b[?1000l"],
  "term/enable-bracketed-paste": ["Makes the terminal mark what is pasted", "\x1b[?2004h"],
  "term/disable-bracketed-paste": ["Makes the terminal mark no more what is pasted", "\x1b[?2004l"],
  "term/enable-focus-events": ["Makes the terminal report its focus", "\x1b[?1004h"],
  "term/disable-focus-events": ["Makes the terminal report its focus no more", "\x1b[?1004l"],
  "term/disable-kitty-keys!": ["Ends what term/enable-kitty-keys! began", "\x1b[<u"],
  "term/query-kitty-keys": ["Asks the terminal how it reports keys; it answers on standard input", "\x1b[?u"],
  "term/query-primary-da": ["Asks the terminal what it can do; it answers on standard input", "\x1b[c"],
  "term/query-secondary-da": ["Asks the terminal what it is; it answers on standard input", "\x1b[>c"],
  "term/query-cursor-position": ["Asks the terminal where the cursor is; it answers on standard input", "\x1b[6n"],
};

function send(sequence: string, context: BuiltinContext): null {
  context.write(sequence);
  context.flush();
  return null;
}

/** The sequence that goes to a row and column, which count from 1. */
function moveTo(row: Value, column: Value): string {
  return `\x1b[${Math.max(1, int64(row))};${Math.max(1, int64(column))}H`;
}

/** `term/…` for the screen. */
export const screen: Area = () => [
  ...Object.entries(SEQUENCES).map(([name, [doc, sequence]]) =>
    zero(name, `(${name}): ${doc}; nil.`, (context) => send(sequence, context), [`(${name})`, "nil"])
  ),
  two("term/move-to", "(term/move-to row column): moves the cursor; rows and columns count from 1; nil.", (
    row,
    column,
    context,
  ) => send(moveTo(row, column), context), ["(term/move-to 1 10)", "nil"]),
  three(
    "term/write-at",
    "(term/write-at row column text): writes a text there; nil.",
    (row, column, value, context) => {
      return send(moveTo(row, column) + text(value), context);
    },
    ['(term/write-at 1 10 "text")', "nil"],
  ),
  one("term/set-title", "(term/set-title text): the title of the terminal's window; nil.", (title, context) => {
    return send(`\x1b]0;${text(title)}\x07`, context);
  }, ['(term/set-title "text")', "nil"]),
  many(
    "term/enable-kitty-keys!",
    0,
    1,
    "(term/enable-kitty-keys! [flags]): makes the terminal report keys by the kitty protocol; nil.",
    ([flags = KITTY_FLAGS], context) => send(`\x1b[>${int64(flags)}u`, context),
    ["(term/enable-kitty-keys!)", "nil"],
  ),
];
