/** Moments as seconds since 1970, UTC: taken apart, written, read and reckoned with. */
import { evalError, float, keyword, SortedMap, type Value } from "../../data/mod.ts";
import { type Moment, momentOf, WEEKDAYS } from "./calendar.ts";
import { double, text } from "../check.ts";
import { type Area, type BuiltinContext, one, pure, requires, same, two, zero } from "../declare.ts";
import { given } from "./host_access.ts";
import { quotedText } from "../text/quoted.ts";
import { formatItems, formatMoment, type Item } from "./time_format.ts";
import { parseMoment } from "./time_parse.ts";

const DIRECTIVES = "uses chrono format specifiers like %Y-%m-%d %H:%M:%S (see " +
  "https://docs.rs/chrono/latest/chrono/format/strftime/index.html)";

function moment(timestamp: Value): Moment {
  const value = double(timestamp);
  const seconds = Math.floor(value);
  const found = Number.isFinite(value) ? momentOf(seconds, Math.floor((value - seconds) * 1e9)) : null;
  if (found === null) throw evalError("time: invalid timestamp");
  return found;
}

function items(format: string, name: string): Item[] {
  const found = formatItems(format);
  if (found === null) throw evalError(`${name}: invalid format string: ${quotedText(format)}`, `${name} ${DIRECTIVES}`);
  return found;
}

function format(timestamp: Value, pattern: Value): Value {
  double(timestamp);
  const source = text(pattern);
  return formatMoment(items(source, "time/format"), moment(timestamp));
}

function parse(value: Value, pattern: Value): Value {
  const string = text(value);
  const seconds = parseMoment(string, items(text(pattern), "time/parse"));
  if (typeof seconds === "string") {
    throw evalError(`time/parse: parse error: ${seconds}`, `time/parse ${DIRECTIVES}`);
  }
  return float(seconds);
}

function parts(timestamp: Value): Value {
  const { year, month, day, hour, minute, second, weekday } = moment(timestamp);
  const numbers = { year, month, day, hour, minute, second };
  return SortedMap.from([
    ...Object.entries(numbers).map(([name, value]): [Value, Value] => [keyword(name), value]),
    [keyword("weekday"), WEEKDAYS[weekday] ?? ""],
  ]);
}

function now({ host }: BuiltinContext, name: string): number {
  return Math.floor(given(host.clock, name, "clock").now());
}

/** The builtins of moments. */
export const times: Area = () => [
  ...pure([
    two("time/format", "(time/format seconds format): a moment as text, by directives such as %Y and %H.", format, [
      '(time/format 0 "%Y-%m-%d %H:%M:%S")',
      '"1970-01-01 00:00:00"',
    ]),
    two("time/parse", "(time/parse s format): the seconds since 1970 that a text says.", parse, [
      '(time/parse "1970-01-02 00:00" "%F %H:%M")',
      "86400.0",
    ]),
    one("time/date-parts", "Year, month, day, hour, minute, second and weekday of a moment.", parts, [
      "(:weekday (time/date-parts 0))",
      '"Thursday"',
    ]),
    two("time/add", "(time/add seconds more): a later moment.", (a, b) => float(double(a) + double(b)), [
      "(time/add 1000 500)",
      "1500.0",
    ]),
    two("time/diff", "(time/diff a b): the seconds from b to a.", (a, b) => float(double(a) - double(b)), [
      "(time/diff 5000 2000)",
      "3000.0",
    ]),
  ]),
  ...requires("clock", [
    zero("time/now", "The seconds since 1970.", (context) => float(now(context, "time/now") / 1000), [
      "(float? (time/now))",
      "#t",
    ]),
    zero("time-ms", "The milliseconds since 1970.", (context) => now(context, "time-ms"), [
      "(integer? (time-ms))",
      "#t",
    ]),
    same("time/now-ms", "time-ms"),
  ]),
];
