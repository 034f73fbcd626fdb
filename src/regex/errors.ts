/** What is wrong with a pattern, with its place in it. Wording and layout are those of Rust's regex-syntax crate. */

/** A part of a pattern, by the indexes of its first character and of the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A pattern that is not one. The message has several lines: the pattern, carets below, and what is wrong. */
export class RegexError extends Error {}

/** An error of syntax at `spans`, which are in order. */
export function syntaxError(pattern: readonly string[], what: string, ...spans: readonly Span[]): RegexError {
  const lines = split(pattern);
  if (!pattern.includes("\n")) {
    const carets = underline(lines[0] as Line, spans);
    return new RegexError(`regex parse error:\n    ${pattern.join("")}\n    ${carets}\nerror: ${what}`);
  }
  // A newline at the end starts a line that is numbered for but not shown.
  const digits = String(lines.length).length;
  const shown = pattern.at(-1) === "\n" ? lines.slice(0, -1) : lines;
  const text = shown.map((line, i) => {
    const within = spans.filter((span) => lineOf(lines, span.start) === i && lineOf(lines, span.end) === i);
    const carets = within.length === 0 ? "" : `\n${" ".repeat(digits + 2)}${underline(line, within)}`;
    const content = pattern.slice(line.start, line.end).join("").replace(/\r$/, "");
    return `${String(i + 1).padStart(digits)}: ${content}${carets}\n`;
  });
  const across = spans
    .filter((span) => lineOf(lines, span.start) !== lineOf(lines, span.end))
    .map((span) => `on ${place(lines, span.start, 1)} through ${place(lines, span.end, 0)}\n`);
  const divider = "~".repeat(79);
  return new RegexError(`regex parse error:\n${divider}\n${text.join("")}${divider}\n${across.join("")}error: ${what}`);
}

/** A line of a pattern, by character indexes, without its newline. */
type Line = Span;

function split(pattern: readonly string[]): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let end = pattern.indexOf("\n"); end >= 0; end = pattern.indexOf("\n", start)) {
    lines.push({ start, end });
    start = end + 1;
  }
  lines.push({ start, end: pattern.length });
  return lines;
}

function lineOf(lines: readonly Line[], index: number): number {
  return lines.findLastIndex(({ start }) => start <= index);
}

function place(lines: readonly Line[], index: number, first: number): string {
  const line = lineOf(lines, index);
  return `line ${line + 1} (column ${index - (lines[line]?.start ?? 0) + first})`;
}

/** Carets below the spans, at least one each. */
function underline(line: Line, spans: readonly Span[]): string {
  let text = "";
  for (const { start, end } of spans) {
    text = text.padEnd(start - line.start) + "^".repeat(Math.max(1, end - start));
  }
  return text;
}
