/** `diff/*`: line diffs in the unified format, written, read and applied. */
import { evalError, keyword, SortedMap, type Value } from "../../data/mod.ts";
import { int64, listOf, text } from "../check.ts";
import { type Area, type BuiltinContext, many, one, pure, two } from "../declare.ts";
import { diffLines, type Run } from "./line_diff.ts";

// --- Writing -----------------------------------------------------------------------------------------------------------

/** The lines of a text with their ends. */
function wholeLines(value: string): string[] {
  return value.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The changes that are near each other, with `context` kept lines around; kept runs of more than twice that divide. */
function groups(runs: readonly Run[], context: number): Run[][] {
  const result: Run[][] = [];
  let group: Run[] = [];
  const head = (run: Run): Run => ({ ...run, length: Math.min(run.length, context) });
  const tail = (run: Run): Run => {
    const skipped = Math.max(0, run.length - context);
    return { kind: "keep", old: run.old + skipped, new: run.new + skipped, length: run.length - skipped };
  };
  for (const [i, run] of runs.entries()) {
    if (run.kind !== "keep") group.push(run);
    else if (i === 0) group.push(tail(run));
    else if (i === runs.length - 1) group.push(head(run));
    else if (run.length <= 2 * context) group.push(run);
    else {
      result.push([...group, head(run)]);
      group = [tail(run)];
    }
  }
  if (group.some((run) => run.kind !== "keep")) result.push(group);
  return result;
}

/** A range of lines as headers have it: counted from 1, an empty one by the line before it. */
function range(start: number, length: number): string {
  return length === 1 ? String(start + 1) : `${length === 0 ? start : start + 1},${length}`;
}

const NO_NEWLINE = "\n\\ No newline at end of file\n";

function unified(args: Value[], context: BuiltinContext): Value {
  const old = wholeLines(text(args[0] as Value));
  const now = wholeLines(text(args[1] as Value));
  const around = args.length > 2 ? int64(args[2] as Value) : 3;
  if (around < 0) throw evalError("diff/unified: context must be >= 0");
  let result = "";
  for (const group of groups(diffLines(old, now, (units) => context.spend(units)), around)) {
    const [first] = group as [Run];
    const length = (other: Run["kind"]): number =>
      group.reduce((total, run) => run.kind === other ? total : total + run.length, 0);
    if (result === "") result = "--- old\n+++ new\n";
    result += `@@ -${range(first.old, length("add"))} +${range(first.new, length("remove"))} @@\n`;
    const write = (mark: string, lines: readonly string[]): void => {
      for (const line of lines) result += mark + (line.endsWith("\n") ? line : line + NO_NEWLINE);
    };
    for (let i = 0; i < group.length; i++) {
      const run = group[i] as Run;
      const next = group[i + 1];
      // Of what is replaced the old lines come first.
      const pair = next !== undefined && run.kind === "add" && next.kind === "remove" ? [next, run] : [run];
      i += pair.length - 1;
      for (const each of pair) {
        if (each.kind === "keep") write(" ", old.slice(each.old, each.old + each.length));
        else if (each.kind === "remove") write("-", old.slice(each.old, each.old + each.length));
        else write("+", now.slice(each.new, each.new + each.length));
      }
    }
  }
  return result;
}

// --- Reading -----------------------------------------------------------------------------------------------------------

/** A hunk of a patch. */
interface Hunk {
  readonly header: string;
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** With their marks. */
  readonly lines: string[];
}

/** The lines of a patch or of a text to be patched, without their ends. */
function bareLines(value: string): string[] {
  return wholeLines(value).map((line) => line.replace(/\r?\n$/, ""));
}

const HEADER = /^(@@ -(\+?\d+)(?:,(\+?\d+))? \+(\+?\d+)(?:,(\+?\d+))?(?: [^@]*?)? ?@@)/;

function hunkOf(line: string): Hunk | null {
  const [, header, ...numbers] = HEADER.exec(line) ?? [];
  const [oldStart = 0, oldCount = 1, newStart = 0, newCount = 1] = numbers.map((each) =>
    each === undefined ? undefined : Number(each)
  );
  if (header === undefined || ![oldStart, oldCount, newStart, newCount].every(Number.isSafeInteger)) return null;
  return { header, oldStart, oldCount, newStart, newCount, lines: [] };
}

/** The hunks among lines; what is neither a header nor marked as part of a hunk counts for nothing. */
function readHunks(lines: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  for (const line of lines) {
    const hunk = hunkOf(line);
    if (hunk !== null) hunks.push(hunk);
    else if (/^[ +\\-]/.test(line)) hunks.at(-1)?.lines.push(line);
  }
  return hunks;
}

function hunkValue({ header, oldStart, oldCount, newStart, newCount, lines }: Hunk): Value {
  return SortedMap.from([
    [keyword("header"), header],
    [keyword("lines"), listOf(lines)],
    [keyword("new-count"), newCount],
    [keyword("new-start"), newStart],
    [keyword("old-count"), oldCount],
    [keyword("old-start"), oldStart],
  ]);
}

/** Counts what follows any line that looks like a header, be it well-formed or not. */
function stat(patch: Value): Value {
  let [added, removed, hunks] = [0, 0, 0];
  for (const line of bareLines(text(patch))) {
    if (line.startsWith("@@")) hunks++;
    else if (hunks > 0 && line.startsWith("+")) added++;
    else if (hunks > 0 && line.startsWith("-")) removed++;
  }
  return SortedMap.from([[keyword("added"), added], [keyword("hunks"), hunks], [keyword("removed"), removed]]);
}

/** The files of a patch: each begins with `--- path`; a hunk before any such line is in a file without a name. */
function parse(patch: Value): Value {
  const files: { old: string | null; new: string | null; lines: string[] }[] = [];
  const path = (line: string): string => line.slice(4).split("\t", 1).join("");
  for (const line of bareLines(text(patch))) {
    if (line.startsWith("--- ")) {
      files.push({ old: path(line), new: null, lines: [] });
      continue;
    }
    if (files.length === 0 && (line.startsWith("+++ ") || hunkOf(line) !== null)) {
      files.push({ old: null, new: null, lines: [] });
    }
    const file = files.at(-1);
    if (file === undefined) continue;
    if (line.startsWith("+++ ")) file.new = path(line);
    else file.lines.push(line);
  }
  return SortedMap.from([[
    keyword("files"),
    listOf(files.map((file) =>
      SortedMap.from([
        [keyword("hunks"), listOf(readHunks(file.lines).map(hunkValue))],
        [keyword("new-path"), file.new],
        [keyword("old-path"), file.old],
      ])
    )),
  ]]);
}

// --- Applying ----------------------------------------------------------------------------------------------------------

/** How far from its place a hunk may be found. */
const DRIFT = 3;

/** A text with the lines changed that the hunks of a patch change; raises as `name` when one has no place. */
export function patched(source: string, patch: string, name: string): { text: string; hunks: number } {
  const lines = bareLines(source);
  const hunks = readHunks(bareLines(patch));
  let shift = 0;
  for (const hunk of hunks) {
    const side = (mark: string): string[] =>
      hunk.lines.filter((line) => line.startsWith(" ") || line.startsWith(mark)).map((line) => line.slice(1));
    const [before, after] = [side("-"), side("+")];
    const start = hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1;
    const wanted = Math.min(lines.length, Math.max(0, start + shift));
    const at = placeOf(lines, before, wanted);
    if (at < 0) {
      throw evalError(`${name}: hunk does not apply (context mismatch near old line ${hunk.oldStart})`);
    }
    lines.splice(at, before.length, ...after);
    shift += at - wanted + after.length - before.length;
  }
  const result = lines.join("\n");
  return { text: result !== "" && source.endsWith("\n") ? `${result}\n` : result, hunks: hunks.length };
}

function apply(value: Value, patch: Value): Value {
  return patched(text(value), text(patch), "diff/apply").text;
}

/** Where lines are, at a place or the nearest to it, up before down; -1 where they are not. */
function placeOf(lines: readonly string[], sought: readonly string[], wanted: number): number {
  const fits = (at: number): boolean =>
    at >= 0 && at + sought.length <= lines.length && sought.every((line, i) => lines[at + i] === line);
  for (let distance = 0; distance <= DRIFT; distance++) {
    for (const at of [wanted - distance, wanted + distance]) if (fits(at)) return at;
  }
  return -1;
}

/** The diff builtins. */
export const diffs: Area = () =>
  pure([
    many("diff/unified", 2, 3, "(diff/unified old new [context]): the changed lines, with 3 lines around.", unified, [
      '(diff/unified "milk\\neggs\\n" "milk\\nbread\\n")',
      '"--- old\\n+++ new\\n@@ -1,2 +1,2 @@\\n milk\\n-eggs\\n+bread\\n"',
    ]),
    two("diff/apply", "(diff/apply s patch): the text with its lines changed.", apply, [
      '(diff/apply "milk\\neggs\\n" "@@ -2 +2 @@\\n-eggs\\n+bread\\n")',
      '"milk\\nbread\\n"',
    ]),
    one("diff/stat", "The numbers of lines added and removed, and of hunks.", stat, [
      '(diff/stat "@@ -1 +1 @@\\n-x\\n+y\\n")',
      "{:added 1 :hunks 1 :removed 1}",
    ]),
    one(
      "diff/hunks",
      "The hunks of a patch.",
      (patch) => listOf(readHunks(bareLines(text(patch))).map(hunkValue)),
      ['(map :lines (diff/hunks "@@ -1 +1 @@\\n-x\\n+y\\n"))', '(("-x" "+y"))'],
    ),
    one("diff/parse", "The files of a patch, with their paths and hunks.", parse, [
      '(map :new-path (:files (diff/parse "--- a/p\\n+++ b/p\\n")))',
      '("b/p")',
    ]),
  ]);
