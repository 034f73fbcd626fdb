/** The parts of links in Markdown: labels, destinations and titles, and the definitions that paragraphs begin with. */
import { strictReference } from "./entities.ts";

/** What a reference leads to. */
export interface Target {
  readonly destination: string;
  readonly title: string;
}

/** What was found in a text, and where it ends. */
export interface Found {
  readonly value: string;
  readonly end: number;
}

/** Longer labels are none. */
const LONGEST_LABEL = 999;
/** Parentheses in a destination may lie in each other so often. */
const DEEPEST_PARENTHESES = 32;

const PUNCTUATION = /[!-/:-@[-`{-~]/;

/** Whether a backslash in front of a character takes its meaning from it. */
export function isEscapable(character: string): boolean {
  return PUNCTUATION.test(character);
}

/** A text without backslashes and character references. */
export function unescaped(text: string): string {
  if (!/[\\&]/.test(text)) return text;
  let result = "";
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    const reference = character === "&" ? strictReference(text, at) : null;
    if (reference !== null) {
      result += reference[0];
      at = reference[1];
    } else if (character === "\\" && isEscapable(text.charAt(at + 1))) {
      result += text.charAt(at + 1);
      at += 2;
    } else {
      result += character;
      at++;
    }
  }
  return result;
}

/** An address with all characters percent-encoded that may not stand in one; what is encoded stays as it is. */
export function encodedAddress(address: string): string {
  return address.toWellFormed().replace(
    /%[0-9a-fA-F]{2}|[^a-zA-Z0-9;/?:@&=+$,\-_.!~*'()#]/gu,
    (part) => part.length === 3 && part.startsWith("%") ? part : encodeURIComponent(part),
  );
}

/** Past spaces and tabs, and one end of a line among them. */
export function skipSpace(source: string, at: number): number {
  let [end, newlines] = [at, 0];
  for (;; end++) {
    const character = source.charAt(end);
    if (character === "\n") newlines++;
    else if (character !== " " && character !== "\t") break;
    if (newlines > 1) break;
  }
  return end;
}

/** The label that begins at `at`, without its brackets; null where there is none. It may be empty. */
export function label(source: string, at: number): Found | null {
  if (source.charAt(at) !== "[") return null;
  for (let end = at + 1; end <= at + 1 + LONGEST_LABEL; end++) {
    const character = source.charAt(end);
    if (character === "]") return { value: source.slice(at + 1, end), end: end + 1 };
    if (character === "[" || character === "") return null;
    if (character === "\\") end++;
  }
  return null;
}

/** The name by which a label is found: letter case and the width of space are all the same. */
export function labelName(label: string): string {
  return label.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "").replace(/[ \t\r\n]+/g, " ").toLowerCase().toUpperCase();
}

function bracketed(source: string, at: number): Found | null {
  for (let end = at + 1;; end++) {
    const character = source.charAt(end);
    if (character === ">") return { value: encodedAddress(unescaped(source.slice(at + 1, end))), end: end + 1 };
    if (character === "" || character === "\n" || character === "<") return null;
    if (character === "\\" && source.charAt(end + 1) !== "\n") end++;
  }
}

/** The destination that begins at `at`. It may be empty in front of a parenthesis. */
export function destination(source: string, at: number): Found | null {
  if (source.charAt(at) === "<") return bracketed(source, at);
  let [end, open] = [at, 0];
  for (; end < source.length; end++) {
    const character = source.charAt(end);
    if (character === "\\" && isEscapable(source.charAt(end + 1))) end++;
    else if (character === "(") open++;
    else if (character === ")" && --open < 0) break;
    else if (character <= " " || character === "\x7f") break;
    if (open > DEEPEST_PARENTHESES) return null;
  }
  if (open > 0 || (end === at && source.charAt(end) !== ")")) return null;
  return { value: encodedAddress(unescaped(source.slice(at, end))), end };
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", "(": ")" };

/** The title that begins at `at`. */
export function title(source: string, at: number): Found | null {
  const opening = source.charAt(at);
  const closing = CLOSING[opening];
  if (closing === undefined) return null;
  for (let end = at + 1; end < source.length; end++) {
    const character = source.charAt(end);
    if (character === closing) return { value: unescaped(source.slice(at + 1, end)), end: end + 1 };
    if (character === "(" && opening === "(") return null;
    if (character === "\\") end++;
  }
  return null;
}

/** Where a line ends that has only spaces left; -1 where it has more. */
function lineEnd(source: string, at: number): number {
  let end = at;
  while (source.charAt(end) === " " || source.charAt(end) === "\t") end++;
  if (end >= source.length) return end;
  return source.charAt(end) === "\n" ? end + 1 : -1;
}

/** Notes the reference that a text begins with defining, the first of each name; where the definition ends, or -1. */
export function definition(source: string, at: number, references: Map<string, Target>): number {
  const named = label(source, at);
  if (named === null || source.charAt(named.end) !== ":") return -1;
  const found = destination(source, skipSpace(source, named.end + 1));
  // A destination that is not there is no empty one.
  if (found === null || (found.value === "" && source.charAt(found.end - 1) !== ">")) return -1;
  const after = skipSpace(source, found.end);
  const titled = after > found.end ? title(source, after) : null;
  const end = titled === null ? -1 : lineEnd(source, titled.end);
  const whole = end >= 0 ? end : lineEnd(source, found.end);
  const name = labelName(named.value);
  if (whole < 0 || name === "") return -1;
  if (!references.has(name)) {
    references.set(name, { destination: found.value, title: end >= 0 ? titled?.value ?? "" : "" });
  }
  return whole;
}
