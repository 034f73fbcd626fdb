/** Days of the Gregorian calendar, as numbers counted from 1970-01-01. All times are UTC. */

/** A moment taken apart. */
export interface Moment {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** From 0 for Sunday. */
  readonly weekday: number;
  /** The day of the year, from 1. */
  readonly ordinal: number;
  readonly isoYear: number;
  readonly isoWeek: number;
  /** Whole seconds since 1970. */
  readonly seconds: number;
}

/** Seconds in a day. */
export const DAY = 86_400;

/** The years that the reference's calendar has. */
const FIRST_YEAR = -262_143;
const LAST_YEAR = 262_142;

/** Whether the calendar has a year. */
function hasYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** The day by year, month and day of the month; null where there is no such day. */
export function dayNumber(year: number, month: number, day: number): number | null {
  if (!hasYear(year) || month < 1 || month > 12 || day < 1 || day > 31) return null;
  // The host takes years from 0 to 99 for others.
  const shifted = new Date(Date.UTC(2000, month - 1, day));
  shifted.setUTCFullYear(year, month - 1, day);
  return shifted.getUTCMonth() === month - 1 ? Math.floor(shifted.getTime() / (DAY * 1000)) : null;
}

/** The day of a week, from 0 for Sunday. */
export function weekdayOf(day: number): number {
  return ((day + 4) % 7 + 7) % 7;
}

/** The Monday of the first week of a year by ISO 8601: that with January 4. */
export function isoYearStart(year: number): number {
  const fourth = dayNumber(year, 1, 4) as number;
  return fourth - (weekdayOf(fourth) + 6) % 7;
}

/** A moment by whole seconds since 1970, and nanoseconds; null outside of the calendar. */
export function momentOf(seconds: number, nanosecond: number): Moment | null {
  const date = new Date(Math.abs(seconds) <= 8.64e12 ? seconds * 1000 : NaN);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || !hasYear(year)) return null;
  const number = Math.floor(seconds / DAY);
  const ordinal = number - (dayNumber(year, 1, 1) as number) + 1;
  const isoYear = number >= isoYearStart(year + 1) ? year + 1 : number < isoYearStart(year) ? year - 1 : year;
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond,
    weekday: weekdayOf(number),
    ordinal,
    isoYear,
    isoWeek: Math.floor((number - isoYearStart(isoYear)) / 7) + 1,
    seconds,
  };
}

/** The week of the year, counted from its first Sunday or Monday: `first` is the day of the week, 0 or 1. */
export function weekFrom(first: number, { ordinal, weekday }: Pick<Moment, "ordinal" | "weekday">): number {
  return Math.floor((ordinal + 6 - (weekday - first + 7) % 7) / 7);
}

/** The names of the days of the week, from Sunday. */
export const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** The names of the months. */
export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
