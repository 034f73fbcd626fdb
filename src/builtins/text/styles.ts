/**
 * Text in the colours and weights of terminals (language reference: 05-host §24). The functions are pure: they do not look
 * at whether anybody reads the text on a terminal.
 */
import { evalError, Keyword, repr, type Value } from "../../data/mod.ts";
import { int64, text, wrongType } from "../check.ts";
import { type Area, many, one, pure } from "../declare.ts";

/** The styles by name → the code that selects them. */
const STYLES: ReadonlyMap<string, number> = new Map([
  ["bold", 1],
  ["dim", 2],
  ["italic", 3],
  ["underline", 4],
  ["inverse", 7],
  ["strikethrough", 9],
  ["black", 30],
  ["red", 31],
  ["green", 32],
  ["yellow", 33],
  ["blue", 34],
  ["magenta", 35],
  ["cyan", 36],
  ["white", 37],
  ["gray", 90],
]);

/** A control sequence with its parameters and final letter, a command to the system up to its end, or a lone escape. */
// deno-lint-ignore no-control-regex
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-Z\\^-~])/g;

function styled(value: string, codes: readonly (number | string)[]): string {
  return `\x1b[${codes.join(";")}m${value}\x1b[0m`;
}

function code(style: Value): number {
  if (!(style instanceof Keyword)) throw wrongType("keyword", style);
  const found = STYLES.get(style.name);
  if (found !== undefined) return found;
  throw evalError(`term/style: unknown style keyword ${repr(style)}`, `styles: :${[...STYLES.keys()].join(" :")}`);
}

function style([value = null, ...names]: readonly Value[]): Value {
  const plain = text(value);
  return names.length === 0 ? plain : styled(plain, names.map(code));
}

/** A part of a colour; what no terminal could show is the nearest that it can. */
function shade(value: Value): number {
  return Math.min(255, Math.max(0, int64(value)));
}

function rgb([value = null, ...colour]: readonly Value[]): Value {
  return styled(text(value), [38, 2, ...colour.map(shade)]);
}

/** `term/…` for text. */
export const styles: Area = () =>
  pure([
    ...[...STYLES].map(([name, number]) =>
      one(`term/${name}`, `(term/${name} text): the text between the escapes that make it ${name}.`, (value) => {
        return styled(text(value), [number]);
      }, [`(term/strip (term/${name} "text"))`, '"text"'])
    ),
    many("term/style", 1, Infinity, "(term/style text :bold :red ...): the text in these styles.", style, [
      '(string-length (term/style "text" :bold :red))',
      "15",
    ]),
    many("term/rgb", 4, 4, "(term/rgb text red green blue): the text in a colour, whose parts go from 0 to 255.", rgb, [
      '(term/strip (term/rgb "text" 255 128 0))',
      '"text"',
    ]),
    one("term/strip", "The text without the escapes of terminals.", (value) => text(value).replace(ESCAPES, ""), [
      '(term/strip (term/red "text"))',
      '"text"',
    ]),
  ]);
