/** The format strings of times: directives that begin with `%`, as Rust's chrono crate has them. */
import { type Moment, MONTHS, WEEKDAYS, weekFrom } from "./calendar.ts";

/** What fills a number up to its width. */
export type Padding = "zero" | "space" | "none";

/** What a directive stands for. */
export type Item =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "space"; readonly text: string }
  | { readonly kind: "number"; readonly field: NumberField; readonly padding: Padding }
  | { readonly kind: "name"; readonly field: NameField }
  /** A fraction of a second with this many digits, 0 for as many as needed; with a point, or without. */
  | { readonly kind: "fraction"; readonly digits: number; readonly point: boolean }
  /** Hours and minutes from UTC; `zulu`: may be read as `Z` or `UTC`. */
  | { readonly kind: "offset"; readonly colons: number; readonly zulu: boolean }
  /** `T`, which may be read as `t` or a space. */
  | { readonly kind: "separator" };

/** Directives for numbers. */
export type NumberField =
  | "Y"
  | "C"
  | "y"
  | "q"
  | "m"
  | "d"
  | "e"
  | "w"
  | "u"
  | "j"
  | "U"
  | "W"
  | "G"
  | "g"
  | "V"
  | "H"
  | "k"
  | "I"
  | "l"
  | "M"
  | "S"
  | "f"
  | "s";

/** Directives for words. */
export type NameField = "b" | "B" | "a" | "A" | "P" | "p" | "Z";

interface NumberDirective {
  readonly width: number;
  readonly padding: Padding;
  readonly of: (at: Moment) => number;
}

/** Fields written as numbers, with the digits they are filled up to and how they follow from a moment. */
export const NUMBERS: Readonly<Record<NumberField, NumberDirective>> = {
  Y: { width: 4, padding: "zero", of: (at: Moment) => at.year },
  C: { width: 2, padding: "zero", of: (at: Moment) => Math.floor(at.year / 100) },
  y: { width: 2, padding: "zero", of: (at: Moment) => ((at.year % 100) + 100) % 100 },
  q: { width: 1, padding: "none", of: (at: Moment) => Math.ceil(at.month / 3) },
  m: { width: 2, padding: "zero", of: (at: Moment) => at.month },
  d: { width: 2, padding: "zero", of: (at: Moment) => at.day },
  e: { width: 2, padding: "space", of: (at: Moment) => at.day },
  w: { width: 1, padding: "none", of: (at: Moment) => at.weekday },
  u: { width: 1, padding: "none", of: (at: Moment) => at.weekday === 0 ? 7 : at.weekday },
  j: { width: 3, padding: "zero", of: (at: Moment) => at.ordinal },
  U: { width: 2, padding: "zero", of: (at: Moment) => weekFrom(0, at) },
  W: { width: 2, padding: "zero", of: (at: Moment) => weekFrom(1, at) },
  G: { width: 4, padding: "zero", of: (at: Moment) => at.isoYear },
  g: { width: 2, padding: "zero", of: (at: Moment) => ((at.isoYear % 100) + 100) % 100 },
  V: { width: 2, padding: "zero", of: (at: Moment) => at.isoWeek },
  H: { width: 2, padding: "zero", of: (at: Moment) => at.hour },
  k: { width: 2, padding: "space", of: (at: Moment) => at.hour },
  I: { width: 2, padding: "zero", of: (at: Moment) => (at.hour + 11) % 12 + 1 },
  l: { width: 2, padding: "space", of: (at: Moment) => (at.hour + 11) % 12 + 1 },
  M: { width: 2, padding: "zero", of: (at: Moment) => at.minute },
  S: { width: 2, padding: "zero", of: (at: Moment) => at.second },
  f: { width: 9, padding: "zero", of: (at: Moment) => at.nanosecond },
  s: { width: 9, padding: "none", of: (at: Moment) => at.seconds },
};

/** Fields written as words. */
const NAMES: Readonly<Record<NameField, (at: Moment) => string>> = {
  b: (at: Moment) => MONTHS[at.month - 1]?.slice(0, 3) ?? "",
  B: (at: Moment) => MONTHS[at.month - 1] ?? "",
  a: (at: Moment) => WEEKDAYS[at.weekday]?.slice(0, 3) ?? "",
  A: (at: Moment) => WEEKDAYS[at.weekday] ?? "",
  P: (at: Moment) => at.hour < 12 ? "am" : "pm",
  p: (at: Moment) => at.hour < 12 ? "AM" : "PM",
  Z: () => "UTC",
};

/** Directives that stand for several others. */
const COMPOUNDS: Readonly<Record<string, string>> = {
  h: "%b",
  D: "%m/%d/%y",
  x: "%m/%d/%y",
  F: "%Y-%m-%d",
  v: "%e-%b-%Y",
  R: "%H:%M",
  T: "%H:%M:%S",
  X: "%H:%M:%S",
  r: "%I:%M:%S %p",
  c: "%a %b %e %H:%M:%S %Y",
};

const LITERALS: Readonly<Record<string, string>> = { t: "\t", n: "\n", "%": "%" };

const PADDINGS: Readonly<Record<string, Padding>> = { "-": "none", _: "space", "0": "zero" };

/** A directive, white space, or other text. */
const PIECE = /%([-_0]?)(\.[369]?f|[369]f|:{0,3}z|[^])|(\p{White_Space}+)|([^%\p{White_Space}]+|%)/guy;

/** The items of a format string; null when it has a directive that is none. */
export function formatItems(format: string): Item[] | null {
  const items: Item[] = [];
  for (const [, flag = "", directive, space, text] of format.matchAll(PIECE)) {
    if (space !== undefined) items.push({ kind: "space", text: space });
    else if (directive === undefined) {
      if (text === "%") return null;
      items.push({ kind: "literal", text: text ?? "" });
    } else {
      const expanded = directiveItems(directive);
      const padding = PADDINGS[flag];
      if (expanded === null) return null;
      if (padding === undefined) {
        items.push(...expanded);
        continue;
      }
      const [only] = expanded;
      if (expanded.length !== 1 || only?.kind !== "number") return null;
      items.push({ ...only, padding });
    }
  }
  return items;
}

function isKey<T extends object>(table: T, key: string): key is string & keyof T {
  return Object.hasOwn(table, key);
}

function directiveItems(directive: string): Item[] | null {
  if (isKey(NUMBERS, directive)) return [{ kind: "number", field: directive, padding: NUMBERS[directive].padding }];
  if (isKey(NAMES, directive)) return [{ kind: "name", field: directive }];
  const compound = COMPOUNDS[directive];
  if (compound !== undefined) return formatItems(compound);
  if (directive === "+") return rfc3339();
  const literal = LITERALS[directive];
  if (literal !== undefined) return [{ kind: literal === "%" ? "literal" : "space", text: literal }];
  if (directive.endsWith("z")) return [{ kind: "offset", colons: directive.length - 1, zulu: false }];
  if (!directive.endsWith("f")) return null;
  const digits = Number(/\d/.exec(directive)?.[0] ?? 0);
  return [{ kind: "fraction", digits, point: directive.startsWith(".") }];
}

/** `%+`: a format that is read more liberally than written. */
function rfc3339(): Item[] {
  const [date, time] = [formatItems("%F") ?? [], formatItems("%T%.f") ?? []];
  return [...date, { kind: "separator" }, ...time, { kind: "offset", colons: 1, zulu: true }];
}

/** A number with its sign before what fills it up; years of more than four digits always have one. */
function padded(value: number, field: NumberField, padding: Padding): string {
  const { width } = NUMBERS[field];
  const signed = (field === "Y" || field === "G") && (value < 0 || value > 9999);
  const sign = value < 0 ? "-" : signed ? "+" : "";
  const digits = String(Math.abs(value));
  const size = signed ? width + 1 : width;
  if (padding === "zero") return sign + digits.padStart(size - sign.length, "0");
  return padding === "space" ? (sign + digits).padStart(size) : sign + digits;
}

function fraction(nanosecond: number, digits: number, point: boolean): string {
  const all = String(nanosecond).padStart(9, "0");
  if (digits > 0) return (point ? "." : "") + all.slice(0, digits);
  if (nanosecond === 0) return "";
  return `.${all.replace(/(?:000){1,2}$/, "")}`;
}

const OFFSETS = ["+0000", "+00:00", "+00:00:00", "+00"] as const;

/** A moment by the items of a format. */
export function formatMoment(items: readonly Item[], at: Moment): string {
  return items.map((item) => {
    switch (item.kind) {
      case "literal":
      case "space":
        return item.text;
      case "number":
        return padded(NUMBERS[item.field].of(at), item.field, item.padding);
      case "name":
        return NAMES[item.field](at);
      case "fraction":
        return fraction(at.nanosecond, item.digits, item.point);
      case "separator":
        return "T";
      case "offset":
        return OFFSETS[item.colons] ?? "";
      default:
        return item satisfies never;
    }
  }).join("");
}
