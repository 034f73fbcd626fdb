/** Writes TOML as the reference does: plain values first, tables after them under headers, keys in order. */
import {
  compareText,
  evalError,
  Flonum,
  isExactInteger,
  isFloat,
  isInt64,
  Keyword,
  List,
  MapBase,
  repr,
  Sym,
  toArray,
  typeName,
  type Value,
  Vector,
} from "../../data/mod.ts";

/** How deep data may nest to be written; deeper is refused, as it could not be read again. */
const DEPTH = 80;

/** The TOML text of a map. */
export function encodeToml(value: Value): string {
  check(value, 0);
  if (!(value instanceof MapBase)) throw evalError("toml/encode: top-level value must be a map");
  const sections: string[] = [];
  writeTable(value, [], null, sections);
  return sections.join("\n");
}

/** Refuses what TOML cannot express, and what is too deep to be written by recursion, in the order of the data. */
function check(value: Value, depth: number): void {
  if (depth > DEPTH) throw evalError("toml/encode: data is nested too deeply");
  if (value instanceof MapBase) { for (const [, item] of value) check(item, depth + 1); }
  else if (value instanceof List || value instanceof Vector) {
    for (const item of itemsOf(value) ?? []) check(item, depth + 1);
  } else if (scalarText(value) === null) throw evalError(`toml/encode: cannot encode ${typeName(value)}`);
}

/** The elements of a list or vector; null for anything else. */
function itemsOf(value: Value): readonly Value[] | null {
  return value instanceof List ? toArray(value) : value instanceof Vector ? value.items : null;
}

/** The maps in a list of nothing else; null for anything else. */
function tablesOf(value: Value): readonly MapBase[] | null {
  const maps = itemsOf(value)?.filter((item) => item instanceof MapBase) ?? [];
  return maps.length > 0 && maps.length === itemsOf(value)?.length ? maps : null;
}

/** The entries of a map by the text of their keys, in order. */
function entriesOf(map: MapBase): [string, Value][] {
  const entries = new Map<string, Value>();
  for (const [key, value] of map) {
    entries.set(
      typeof key === "string" ? key : key instanceof Keyword || key instanceof Sym ? key.name : repr(key),
      value,
    );
  }
  return [...entries].sort(([a], [b]) => compareText(a, b));
}

/**
 * Adds the sections of a table: its own, which has no header at the top and none where there are only tables in it, and
 * those of the tables in it. `brackets`: what its header stands between; null at the top.
 */
function writeTable(table: MapBase, path: readonly string[], brackets: "[]" | "[[]]" | null, sections: string[]): void {
  const entries = entriesOf(table);
  const isTable = (value: Value): boolean => value instanceof MapBase || tablesOf(value) !== null;
  const plain = entries.filter(([, value]) => !isTable(value));
  const lines = plain.map(([key, value]) => `${keyText(key)} = ${valueText(value)}\n`).join("");
  if (brackets === null) { if (lines !== "") sections.push(lines); }
  else if (plain.length > 0 || entries.length === 0 || brackets === "[[]]") {
    const header = path.map(keyText).join(".");
    sections.push(`${brackets.replace("[]", `[${header}]`)}\n${lines}`);
  }
  for (const [key, value] of entries) {
    if (value instanceof MapBase) writeTable(value, [...path, key], "[]", sections);
    else for (const each of tablesOf(value) ?? []) writeTable(each, [...path, key], "[[]]", sections);
  }
}

function keyText(key: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(key)) return key;
  return stringText(key, false);
}

/** A value without parts; null for what is none or cannot be written. */
function scalarText(value: Value): string | null {
  if (typeof value === "string") return stringText(value, true);
  if (typeof value === "boolean") return String(value);
  if (value instanceof Keyword || value instanceof Sym) return stringText(value.name, true);
  if (isExactInteger(value)) return isInt64(value) ? String(value) : null;
  return isFloat(value) ? floatText(value instanceof Flonum ? value.value : Number(value)) : null;
}

/** A value on the line of its key. */
function valueText(value: Value): string {
  const items = itemsOf(value);
  if (items !== null) return `[${items.map(valueText).join(", ")}]`;
  if (!(value instanceof MapBase)) return scalarText(value) ?? "";
  const entries = entriesOf(value).map(([key, item]) => `${keyText(key)} = ${valueText(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  if (Object.is(value, -0)) return "-0.0";
  // All digits are written out: there are no exponents.
  const [, sign = "", first = "", rest = "", power] = /^(-?)(\d)(?:\.(\d+))?e(.+)$/.exec(value.toExponential()) ?? [];
  const exponent = Number(power);
  const digits = first + rest;
  if (exponent < 0) return `${sign}0.${"0".repeat(-1 - exponent)}${digits}`;
  return `${sign}${digits.slice(0, exponent + 1).padEnd(exponent + 1, "0")}.${digits.slice(exponent + 1) || "0"}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

function escaped(character: string): string {
  return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

// deno-lint-ignore no-control-regex
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f]/;

/** A string in the first of the five ways of writing it that needs no escapes but of tabs. */
function stringText(text: string, multiline: boolean): string {
  const control = CONTROLS.test(text);
  const newline = text.includes("\n");
  const backslash = text.includes("\\");
  if (!control && !newline && !backslash && !text.includes('"')) return `"${text.replaceAll("\t", "\\t")}"`;
  if (!control && !newline && !text.includes("'")) return `'${text}'`;
  const start = newline ? "\n" : "";
  if (multiline && !control && !backslash && !text.includes('"""')) {
    return `"""${start}${text.replaceAll("\t", "\\t")}"""`;
  }
  if (multiline && !control && !text.includes("'''")) return `'''${start}${text}'''`;
  // deno-lint-ignore no-control-regex
  if (!multiline || !newline) return `"${text.replace(/[\0-\x1f\x7f"\\]/g, escaped)}"`;
  // deno-lint-ignore no-control-regex
  const special = /[\0-\x09\x0b-\x1f\x7f\\]|"{3}/g;
  return `"""\n${text.replace(special, (part) => part === '"""' ? '""\\"' : escaped(part))}"""`;
}
