/**
 * What a person reads when a program fails or `--stats` was given, as text. Never shows a JavaScript stack.
 */
import type { Stats, TierEvent } from "../../mod.ts";

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

/** Different frames of a long trace that are shown: the innermost and the outermost. */
const INNERMOST = 16;
const OUTERMOST = 4;
/** The most functions that call each other in turn and are told once. */
const LONGEST_CYCLE = 6;
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
  for (const line of traceLines(failure.trace)) text += style.faint(`  ${printable(line)}\n`);
  if (failure.hint !== undefined) text += `  hint: ${printable(failure.hint)}\n`;
  return text;
}

/** Frames that follow each other several times in the same order. */
interface Run {
  readonly cycle: readonly Frame[];
  readonly count: number;
}

function sameFrame(a: Frame | undefined, b: Frame | undefined): boolean {
  return a !== undefined && b !== undefined && a.name === b.name && a.line === b.line && a.column === b.column &&
    a.file === b.file;
}

/** How often the `length` frames at `start` follow each other. */
function repetitions(trace: readonly Frame[], start: number, length: number): number {
  let end = start + length;
  while (sameFrame(trace[end], trace[end - length])) end++;
  return Math.floor((end - start) / length);
}

/** The trace as runs: of one frame if it is there twice in a row, of several if they are there three times. */
function foldedRuns(trace: readonly Frame[]): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < trace.length;) {
    let length = 1;
    let count = repetitions(trace, i, 1);
    for (let longer = 2; count === 1 && longer <= LONGEST_CYCLE; longer++) {
      const found = repetitions(trace, i, longer);
      if (found >= 3) [length, count] = [longer, found];
    }
    runs.push({ cycle: trace.slice(i, i + length), count });
    i += length * count;
  }
  return runs;
}

function runLines({ cycle, count }: Run): string[] {
  const lines = cycle.map((frame) => {
    // A line that stands for frames left out says so itself.
    const at = frame.name.startsWith("... ") ? "" : "at ";
    return `${at}${frame.name}${frame.line > 0 ? ` (${place(frame)})` : ""}`;
  });
  if (count === 1) return lines;
  return [
    ...lines,
    cycle.length === 1 ? `... ${count - 1} more like this` : `... ${count - 1} more like these ${cycle.length}`,
  ];
}

/** The trace, repeated frames told once. The place that the reader adds for a form without a function is left out. */
function traceLines(trace: readonly Frame[]): string[] {
  const runs = foldedRuns(trace.filter((frame) => frame.name !== ""));
  const skipped = runs.slice(INNERMOST, -OUTERMOST);
  if (skipped.length < 2) return runs.flatMap(runLines);
  const frames = skipped.reduce((sum, { cycle, count }) => sum + cycle.length * count, 0);
  const [inner, outer] = [runs.slice(0, INNERMOST), runs.slice(-OUTERMOST)];
  return [...inner.flatMap(runLines), `... ${frames} more`, ...outer.flatMap(runLines)];
}

/** What the counters are called, in the order in which they are shown. */
const COUNTERS: Readonly<Record<keyof Stats, string>> = {
  tier: "tier",
  codeGeneration: "code generation",
  functions: "functions made",
  compiled: "functions compiled",
  compiledLoops: "loops compiled",
  recompiled: "of these recompiled",
  compileTime: "milliseconds compiling",
  invalidated: "code invalidated",
  refusals: "compilations refused",
  exits: "side exits",
  unwinds: "unwinds",
  globalSites: "cached global sites",
  sharedCells: "upvalue cells made",
};

/** What tells about unwinding, by the action that made the stack unwind. */
const UNWINDS: Readonly<Record<string, string>> = {
  call: "to call deeper than the host's stack",
  resume: "to leave invalidated code",
  catch: "to an error handler",
  await: "to wait",
  pause: "to let other tasks go on",
  control: "to continuations and coroutines",
};

function shownCounter(value: unknown): string {
  if (typeof value === "boolean") return value ? "allowed" : "forbidden by the host";
  return typeof value === "number" ? Math.round(value).toLocaleString("en-US") : String(value);
}

/** One step of the second tier as one line. */
export function tierLine({ kind, name, file, line, library, loop, reason, milliseconds }: TierEvent): string {
  const place = library ? " (library)" : line > 0 ? ` (${file ?? "<input>"}:${line})` : "";
  const time = milliseconds === null ? "" : ` in ${milliseconds.toFixed(1)} ms`;
  return `[tier] ${kind.padEnd(11)} ${loop ? "a loop of " : ""}${name}${place}${time}${
    reason === null ? "" : `: ${reason}`
  }`;
}

/** The counters as an aligned table: those by reason below a heading, without what never happened. */
export function statsTable(stats: Stats): string {
  const rows: [string, string][] = [];
  for (const [key, name] of Object.entries(COUNTERS) as [keyof Stats, string][]) {
    const value = stats[key];
    if (typeof value !== "object") {
      rows.push([name, shownCounter(value)]);
      continue;
    }
    const reasons = Object.entries(value).filter(([, count]) => count > 0);
    rows.push([name, shownCounter(reasons.reduce((sum, [, count]) => sum + count, 0))]);
    for (const [reason, count] of reasons) {
      const named = key === "unwinds" ? UNWINDS[reason] ?? reason : reason;
      rows.push([`  ${named}`, shownCounter(count)]);
    }
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  const digits = Math.max(...rows.map(([, value]) => value.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value.padStart(digits)}\n`).join("");
}
