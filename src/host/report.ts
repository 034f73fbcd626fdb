/**
 * What a person reads when a program fails or `--stats` was given, as text. Never shows a JavaScript stack.
 */

/** One active function of a failed program; `line` is 0 where it has no position. */
export interface Frame {
  readonly name: string;
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
}

/** A failed program. */
export interface Failure {
  readonly message: string;
  readonly hint?: string | undefined;
  /** Innermost first. */
  readonly trace: readonly Frame[];
}

/** How parts of a report look on a terminal. */
export interface Style {
  /** The message. */
  readonly strong: (text: string) => string;
  /** What matters less. */
  readonly faint: (text: string) => string;
}

/** No colours. */
export const PLAIN: Style = { strong: (text) => text, faint: (text) => text };

/** ANSI colours. */
export const COLOURED: Style = {
  strong: (text) => `\x1b[1;31m${text}\x1b[0m`,
  faint: (text) => `\x1b[2m${text}\x1b[0m`,
};

/** Frames of a long trace that are shown: the innermost and the outermost. */
const INNERMOST = 16;
const OUTERMOST = 4;
/** Columns of a source line that are shown. */
const WIDTH = 120;

/** Text without a file is called this. */
const NO_FILE = "<input>";

function place(frame: Frame): string {
  return `${frame.file ?? NO_FILE}:${frame.line}:${frame.column}`;
}

// deno-lint-ignore no-control-regex
const CONTROL = /[\x00-\x1f\x7f-\x9f]/g;

/** Makes control characters visible, so that junk in a program cannot drive the terminal. */
function printable(text: string): string {
  return text.replace(CONTROL, (c) => c === "\n" ? c : c === "\t" ? " " : "\ufffd");
}

/** The source line a frame points at, with a mark under the column. */
function excerpt(frame: Frame, source: string | undefined, style: Style): string {
  const line = source?.split("\n")[frame.line - 1]?.replace(/\r$/, "");
  const before = frame.column - 1;
  if (line === undefined || before >= line.length || before >= WIDTH) return "";
  const number = `${frame.line} | `;
  const text = printable(line.slice(0, WIDTH));
  return `${style.faint(number)}${text}\n${" ".repeat(number.length + before)}${style.strong("^")}\n`;
}

/**
 * `FILE:LINE:COLUMN: MESSAGE`, the source line, the trace and the hint. `file` is the program's name, used where no
 * frame has a position, and `sources` its text by file name (the text without a file under null).
 */
export function failureReport(
  failure: Failure,
  file: string | null,
  sources: ReadonlyMap<string | null, string>,
  style: Style,
): string {
  const placed = failure.trace.find((frame) => frame.line > 0);
  const where = placed === undefined ? file ?? NO_FILE : place(placed);
  let text = `${where}: ${style.strong(printable(failure.message))}\n`;
  if (placed !== undefined) text += excerpt(placed, sources.get(placed.file), style);
  const skipped = failure.trace.length - INNERMOST - OUTERMOST;
  failure.trace.forEach((frame, index) => {
    if (skipped > 1 && index >= INNERMOST && index < INNERMOST + skipped) {
      if (index === INNERMOST) text += style.faint(`  ... ${skipped} more\n`);
      return;
    }
    text += style.faint(`  at ${frame.name}${frame.line > 0 ? ` (${place(frame)})` : ""}\n`);
  });
  if (failure.hint !== undefined) text += `  hint: ${printable(failure.hint)}\n`;
  return text;
}

function plainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `functionsCompiled` → `functions compiled`. */
function words(key: string): string {
  return /^[a-z]+(?:[A-Z][a-z0-9]*)+$/.test(key) ? key.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`) : key;
}

/** The rows of an object of counters: indented name and value, or an empty value for a heading. */
function* rows(stats: Readonly<Record<string, unknown>>, indent: string): Generator<readonly [string, string]> {
  for (const [key, value] of Object.entries(stats)) {
    const name = indent + words(key);
    if (plainObject(value)) {
      const inner = [...rows(value, `${indent}  `)];
      yield [name, inner.length === 0 ? "none" : ""];
      yield* inner;
    } else if (Array.isArray(value)) {
      yield [name, value.length === 0 ? "none" : ""];
      for (const item of value) {
        if (plainObject(item)) yield [`${indent}  ${Object.values(item).map(String).join("  ")}`, ""];
        else yield [`${indent}  ${String(item)}`, ""];
      }
    } else {
      yield [name, typeof value === "number" ? value.toLocaleString("en-US") : String(value)];
    }
  }
}

/** An object of counters, possibly nested, as an aligned table. */
export function statsTable(stats: object): string {
  const table = [...rows(Object.fromEntries(Object.entries(stats)), "")];
  const width = Math.max(0, ...table.filter(([, value]) => value !== "").map(([name]) => name.length));
  return table.map(([name, value]) => value === "" ? `${name}\n` : `${name.padEnd(width)}  ${value}\n`).join("");
}
