/** Character references, named and numeric, in the two ways that they are read: CommonMark's, which wants a semicolon, and HTML's. */
import { ENTITY_TABLE, LEGACY_NAMES } from "./entity_names.ts";

/** What stands in the place of a character that must not be. */
const REPLACEMENT = "\ufffd";

let named: ReadonlyMap<string, string> | null = null;
let legacy: ReadonlySet<string> | null = null;

/** Made from their texts when they are first needed: most documents have no reference but `&amp;`. */
function names(): ReadonlyMap<string, string> {
  if (named !== null) return named;
  const words = ENTITY_TABLE.trim().split(/\s+/);
  const table: Map<string, string> = new Map();
  for (let i = 0; i < words.length; i += 2) {
    const points = (words[i + 1] ?? "").split("+").map((digits) => parseInt(digits, 36));
    table.set(words[i] ?? "", String.fromCodePoint(...points));
  }
  return named = table;
}

function legacyNames(): ReadonlySet<string> {
  return legacy ??= new Set(LEGACY_NAMES.trim().split(/\s+/));
}

/** The character of a number, where a document may have it. */
function character(code: number): string {
  const allowed = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return allowed ? String.fromCodePoint(code) : REPLACEMENT;
}

const STRICT = /&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z][a-zA-Z0-9]{1,31}));/y;

/** The reference that begins at `at`, as CommonMark reads it: what it stands for and where it ends; null where there is none. */
export function strictReference(source: string, at: number): readonly [value: string, end: number] | null {
  STRICT.lastIndex = at;
  const found = STRICT.exec(source);
  if (found === null) return null;
  const [whole, hexadecimal, decimal, name] = found;
  const value = name !== undefined
    ? names().get(name)
    : character(hexadecimal === undefined ? parseInt(decimal ?? "", 10) : parseInt(hexadecimal, 16));
  return value === undefined ? null : [value, at + whole.length];
}

/** What HTML reads for the numbers 128 to 159, of which Windows makes characters. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function htmlCharacter(code: number): string {
  return code >= 128 && code <= 159 ? WINDOWS.charAt(code - 128) : character(code);
}

const LOOSE = /&(?:#[xX]([0-9a-fA-F]+);?|#([0-9]+);?|([a-zA-Z][a-zA-Z0-9]*)(;?))/g;

/** The longest beginning of a name that HTML knows without a semicolon. */
function legacyBeginning(name: string): string | undefined {
  for (let size = Math.min(name.length, 6); size > 1; size--) {
    const beginning = name.slice(0, size);
    if (legacyNames().has(beginning)) return beginning;
  }
  return undefined;
}

/** A text of HTML, or the value of an attribute, with all references replaced by what they stand for. */
export function decodeHtml(source: string, inAttribute: boolean): string {
  if (!source.includes("&")) return source;
  return source.replace(LOOSE, (whole, hexadecimal, decimal, name, end, at: number) => {
    if (hexadecimal !== undefined) return htmlCharacter(parseInt(hexadecimal, 16));
    if (decimal !== undefined) return htmlCharacter(parseInt(decimal, 10));
    if (end === ";") {
      const value = names().get(name);
      if (value !== undefined) return value;
    }
    const beginning = legacyBeginning(name);
    if (beginning === undefined) return whole;
    // In an address such as `?a=1&copy=2` the name goes on, or a value follows.
    const next = source.charAt(at + 1 + beginning.length);
    if (inAttribute && (next === "=" || /[a-zA-Z0-9]/.test(next))) return whole;
    return (names().get(beginning) ?? "") + whole.slice(1 + beginning.length);
  });
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as it stands in HTML, between tags or in quotes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (special) => ESCAPES[special] ?? special);
}
