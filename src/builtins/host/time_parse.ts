/** Reads times by the items of a format, and finds the moment that the fields read leave no doubt about. */
import { DAY, dayNumber, isoYearStart, momentOf, MONTHS, weekdayOf, WEEKDAYS, weekFrom } from "./calendar.ts";
import { type Item, type NumberField, NUMBERS } from "./time_format.ts";

/** Why a text is refused, in the reference's words. */
export type Refusal =
  | "input contains invalid characters"
  | "premature end of input"
  | "trailing input"
  | "input is out of range"
  | "no possible date and time matching input"
  | "input is not enough for unique date and time";

/** What the fields of a text said. The names of days are numbers from 0 for Sunday. */
type Fields = Partial<Record<Field, number>>;

type Field =
  | "year"
  | "century"
  | "yearOfCentury"
  | "isoYear"
  | "isoYearOfCentury"
  | "quarter"
  | "month"
  | "day"
  | "ordinal"
  | "weekFromSunday"
  | "weekFromMonday"
  | "isoWeek"
  | "weekday"
  | "half"
  | "hourOfHalf"
  | "minute"
  | "second"
  | "nanosecond"
  | "timestamp"
  | "offset";

/** A text that is no time. */
class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

/** The range of each directive's number, and the fields that it sets. */
const SETTERS: Readonly<
  Record<
    NumberField,
    readonly [low: number, high: number, set: (value: number) => readonly (readonly [Field, number])[]]
  >
> = {
  Y: [-(2 ** 31), 2 ** 31 - 1, (value) => [["year", value]]],
  C: [0, 99, (value) => [["century", value]]],
  y: [0, 99, (value) => [["yearOfCentury", value]]],
  q: [1, 4, (value) => [["quarter", value]]],
  m: [1, 12, (value) => [["month", value]]],
  d: [1, 31, (value) => [["day", value]]],
  e: [1, 31, (value) => [["day", value]]],
  w: [0, 6, (value) => [["weekday", value]]],
  u: [1, 7, (value) => [["weekday", value % 7]]],
  j: [1, 366, (value) => [["ordinal", value]]],
  U: [0, 53, (value) => [["weekFromSunday", value]]],
  W: [0, 53, (value) => [["weekFromMonday", value]]],
  G: [-(2 ** 31), 2 ** 31 - 1, (value) => [["isoYear", value]]],
  g: [0, 99, (value) => [["isoYearOfCentury", value]]],
  V: [1, 53, (value) => [["isoWeek", value]]],
  H: [0, 23, (value) => [["half", Math.floor(value / 12)], ["hourOfHalf", value % 12]]],
  k: [0, 23, (value) => [["half", Math.floor(value / 12)], ["hourOfHalf", value % 12]]],
  I: [1, 12, (value) => [["hourOfHalf", value % 12]]],
  l: [1, 12, (value) => [["hourOfHalf", value % 12]]],
  M: [0, 59, (value) => [["minute", value]]],
  S: [0, 60, (value) => [["second", value]]],
  f: [0, 999_999_999, (value) => [["nanosecond", value]]],
  s: [0, Infinity, (value) => [["timestamp", value]]],
};

/** The whole seconds since 1970 that a text says, or why it says none. */
export function parseMoment(text: string, items: readonly Item[]): number | Refusal {
  try {
    return resolve(new Scanner(text).read(items));
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

class Scanner {
  #rest: string;
  readonly #fields: Fields = {};

  constructor(text: string) {
    this.#rest = text;
  }

  read(items: readonly Item[]): Fields {
    for (const item of items) this.#item(item);
    if (this.#rest !== "") throw new Refused("trailing input");
    return this.#fields;
  }

  #item(item: Item): void {
    switch (item.kind) {
      case "literal":
        return this.#literal(item.text);
      case "space":
        return this.#space();
      case "number":
        return this.#number(item.field);
      case "name":
        return this.#name(item.field);
      case "fraction":
        if (!item.point) {
          return this.#set("nanosecond", this.#digits(item.digits, item.digits) * 10 ** (9 - item.digits));
        }
        // A fraction that is written after its point may be missing.
        if (!this.#rest.startsWith(".")) return;
        this.#rest = this.#rest.slice(1);
        return this.#set("nanosecond", this.#fraction());
      case "separator":
        if (this.#rest === "") throw new Refused("premature end of input");
        if (!/^[Tt ]/.test(this.#rest)) throw new Refused("input contains invalid characters");
        this.#rest = this.#rest.slice(1);
        return;
      case "offset": {
        this.#space();
        const [zulu] = item.zulu ? /^(?:utc|z)/i.exec(this.#rest) ?? [] : [];
        if (zulu === undefined) return this.#offset();
        this.#rest = this.#rest.slice(zulu.length);
        return this.#set("offset", 0);
      }
      default:
        return item satisfies never;
    }
  }

  #set(field: Field, value: number): void {
    const known = this.#fields[field];
    if (known !== undefined && known !== value) throw new Refused("no possible date and time matching input");
    this.#fields[field] = value;
  }

  #space(): void {
    this.#rest = this.#rest.replace(/^\p{White_Space}+/u, "");
  }

  #literal(text: string): void {
    if (this.#rest.startsWith(text)) this.#rest = this.#rest.slice(text.length);
    else {throw new Refused(
        this.#rest.length < text.length ? "premature end of input" : "input contains invalid characters",
      );}
  }

  /** The number of the `least` to `most` digits that come next. */
  #digits(least: number, most: number): number {
    const [digits = ""] = /^\d*/.exec(this.#rest.slice(0, most)) ?? [];
    if (digits.length < least) {
      throw new Refused(this.#rest.length < least ? "premature end of input" : "input contains invalid characters");
    }
    this.#rest = this.#rest.slice(digits.length);
    const value = Number(digits);
    if (!Number.isSafeInteger(value)) throw new Refused("input is out of range");
    return value;
  }

  #fraction(): number {
    const [digits = ""] = /^\d*/.exec(this.#rest) ?? [];
    if (digits === "") {
      throw new Refused(this.#rest === "" ? "premature end of input" : "input contains invalid characters");
    }
    this.#rest = this.#rest.slice(digits.length);
    return Number(digits.slice(0, 9).padEnd(9, "0"));
  }

  #number(field: NumberField): void {
    this.#space();
    const signed = field === "Y" || field === "G";
    const sign = signed ? /^[-+]?/.exec(this.#rest)?.[0] ?? "" : "";
    this.#rest = this.#rest.slice(sign.length);
    const magnitude = this.#digits(1, sign !== "" || field === "s" ? Infinity : NUMBERS[field].width);
    const value = sign === "-" ? 0 - magnitude : magnitude;
    const [low, high, fields] = SETTERS[field];
    if (value < low || value > high) throw new Refused("input is out of range");
    for (const [name, part] of fields(value)) this.#set(name, part);
  }

  #name(field: (Item & { kind: "name" })["field"]): void {
    switch (field) {
      case "b":
      case "B":
        return this.#set("month", this.#word(MONTHS, field === "B") + 1);
      case "a":
      case "A":
        return this.#set("weekday", this.#word(WEEKDAYS, field === "A"));
      case "p":
      case "P":
        return this.#set("half", this.#half());
      case "Z":
        this.#rest = this.#rest.replace(/^\P{White_Space}+/u, "");
        return;
      default:
        return field satisfies never;
    }
  }

  /** The index of the word that comes next, or of its first three letters; in either case of letters. */
  #word(words: readonly string[], long: boolean): number {
    if (this.#rest.length < 3) throw new Refused("premature end of input");
    const start = this.#rest.slice(0, 3).toLowerCase();
    const index = words.findIndex((word) => word.slice(0, 3).toLowerCase() === start);
    if (index < 0) throw new Refused("input contains invalid characters");
    const word = words[index] as string;
    const whole = long && this.#rest.slice(0, word.length).toLowerCase() === word.toLowerCase();
    this.#rest = this.#rest.slice(whole ? word.length : 3);
    return index;
  }

  #half(): number {
    if (this.#rest.length < 2) throw new Refused("premature end of input");
    const half = ["am", "pm"].indexOf(this.#rest.slice(0, 2).toLowerCase());
    if (half < 0) throw new Refused("input contains invalid characters");
    this.#rest = this.#rest.slice(2);
    return half;
  }

  /** Hours and minutes from UTC, which are read but do not move the time. */
  #offset(): void {
    if (this.#rest === "") throw new Refused("premature end of input");
    const sign = this.#rest[0] === "-" || this.#rest[0] === "\u2212" ? -1 : 1;
    if (!/^[-+\u2212]/.test(this.#rest)) throw new Refused("input contains invalid characters");
    this.#rest = this.#rest.slice(1);
    const hours = this.#digits(2, 2);
    this.#rest = this.#rest.replace(/^[:\p{White_Space}]*/u, "");
    const minutes = this.#digits(2, 2);
    if (minutes > 59) throw new Refused("input is out of range");
    this.#set("offset", sign * (hours * 60 + minutes));
  }
}

/** The year that fields of a year and its century leave; null when there are too few. */
function yearOf(year: number | undefined, century: number | undefined, rest: number | undefined): number | null {
  if (year !== undefined) {
    // The two digits of a year before the first century mean nothing.
    const fits = (part: number | undefined, expected: number): boolean => part === undefined || part === expected;
    if ((century ?? rest) !== undefined && year < 0) throw new Refused("no possible date and time matching input");
    if (fits(century, Math.floor(year / 100)) && fits(rest, year % 100)) return year;
    throw new Refused("no possible date and time matching input");
  }
  if (rest === undefined) {
    if (century !== undefined) throw new Refused("input is not enough for unique date and time");
    return null;
  }
  return (century ?? (rest < 70 ? 20 : 19)) * 100 + rest;
}

/** The day that the fields of the date say. */
function dayOf(fields: Fields): number {
  const { month, day, ordinal, weekFromSunday, weekFromMonday, weekday, isoWeek } = fields;
  const year = yearOf(fields.year, fields.century, fields.yearOfCentury);
  const isoYear = yearOf(fields.isoYear, undefined, fields.isoYearOfCentury);
  const found = (number: number | null): number => {
    if (number === null) throw new Refused("input is out of range");
    return number;
  };
  if (year !== null) {
    if (month !== undefined && day !== undefined) return found(dayNumber(year, month, day));
    const first = found(dayNumber(year, 1, 1));
    const inYear = (number: number): number => {
      if (number < first || number >= found(dayNumber(year + 1, 1, 1))) throw new Refused("input is out of range");
      return number;
    };
    if (ordinal !== undefined) return inYear(first + ordinal - 1);
    for (const [start, week] of [[0, weekFromSunday], [1, weekFromMonday]] as const) {
      if (week === undefined || weekday === undefined) continue;
      const firstOfWeek = first + (start - weekdayOf(first) + 7) % 7;
      return inYear(firstOfWeek + (week - 1) * 7 + (weekday - start + 7) % 7);
    }
  }
  if (isoYear !== null && isoWeek !== undefined && weekday !== undefined) {
    const number = isoYearStart(isoYear) + (isoWeek - 1) * 7 + (weekday + 6) % 7;
    if (number >= isoYearStart(isoYear + 1)) throw new Refused("input is out of range");
    return number;
  }
  throw new Refused("input is not enough for unique date and time");
}

/** Seconds of the day. */
function timeOf({ half, hourOfHalf, minute, second, nanosecond }: Fields): number {
  if (half === undefined || hourOfHalf === undefined || minute === undefined) {
    throw new Refused("input is not enough for unique date and time");
  }
  if (nanosecond !== undefined && second === undefined) {
    throw new Refused("input is not enough for unique date and time");
  }
  return (half * 12 + hourOfHalf) * 3600 + minute * 60 + Math.min(59, second ?? 0);
}

/** The moment by date and time, or by a timestamp where those are not enough. */
function secondsOf(fields: Fields): number {
  try {
    return dayOf(fields) * DAY + timeOf(fields);
  } catch (error) {
    if (fields.timestamp === undefined || !(error instanceof Refused)) throw error;
    if (error.refusal !== "input is not enough for unique date and time") throw error;
    return fields.timestamp;
  }
}

/** The moment that all fields together say; each of them must fit it. */
function resolve(fields: Fields): number {
  const seconds = secondsOf(fields);
  const moment = momentOf(seconds, 0);
  if (moment === null) throw new Refused("input is out of range");
  const { isoYear } = moment;
  const said: Fields = {
    timestamp: seconds,
    half: Math.floor(moment.hour / 12),
    hourOfHalf: moment.hour % 12,
    minute: moment.minute,
    second: fields.second === 60 && moment.second === 59 ? 60 : moment.second,
    quarter: Math.ceil(moment.month / 3),
    month: moment.month,
    day: moment.day,
    ordinal: moment.ordinal,
    weekFromSunday: weekFrom(0, moment),
    weekFromMonday: weekFrom(1, moment),
    weekday: moment.weekday,
    isoWeek: moment.isoWeek,
    year: moment.year,
    isoYear,
    isoYearOfCentury: ((isoYear % 100) + 100) % 100,
  };
  for (const [field, value] of Object.entries(said)) {
    const given = fields[field as Field];
    if (given !== undefined && given !== value) throw new Refused("no possible date and time matching input");
  }
  return seconds;
}
