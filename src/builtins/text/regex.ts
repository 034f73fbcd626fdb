/** `regex/*`: patterns first, texts last. What a pattern means is in `src/regex`; positions are UTF-8 offsets. */
import { Condition, keyword, listFrom, SortedMap, utf8Length, type Value } from "../../data/mod.ts";
import { type Regex, RegexError, type Span } from "../../regex/mod.ts";
import { listOf, text } from "../check.ts";
import { type Area, type BuiltinContext, type Declaration, type Example, pure, three, two } from "../declare.ts";

const HINT = "Sema uses Rust regex syntax (no lookahead/lookbehind). See https://docs.rs/regex";

function compile(pattern: string, context: BuiltinContext): Regex {
  try {
    return context.patterns.get(pattern);
  } catch (error) {
    if (error instanceof RegexError) {
      throw new Condition("eval", `invalid regex pattern: ${error.message}`, { hint: HINT });
    }
    throw error;
  }
}

function part(string: string, { start, end }: Span): string {
  return string.slice(start, end);
}

/** A builtin of a pattern and a text. */
function search(
  name: string,
  doc: string,
  implementation: (regex: Regex, string: string, context: BuiltinContext) => Value,
  example: Example,
): Declaration {
  return two(name, doc, (pattern, value, context) => {
    const source = text(pattern);
    const string = text(value);
    return implementation(compile(source, context), string, context);
  }, example);
}

function match(regex: Regex, string: string, context: BuiltinContext): Value {
  const found = regex.find(string, 0, context);
  if (found === null) return null;
  const groups: Value[] = [];
  const positions = regex.positions(string, found, context);
  for (let i = 2; i < positions.length; i += 2) groups.push(group(string, positions, i / 2) ?? null);
  const start = utf8Length(string.slice(0, found.start));
  const whole = part(string, found);
  return SortedMap.from([
    [keyword("end"), start + utf8Length(whole)],
    [keyword("groups"), listOf(groups)],
    [keyword("match"), whole],
    [keyword("start"), start],
  ]);
}

/** The text of a group; undefined where it took no part or there is none. */
function group(string: string, positions: ArrayLike<number>, index: number): string | undefined {
  const start = positions[2 * index];
  return start === undefined || start < 0 ? undefined : string.slice(start, positions[2 * index + 1]);
}

function split(regex: Regex, string: string, context: BuiltinContext): Value {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of regex.matches(string, context)) {
    pieces.push(string.slice(from, start));
    from = end;
  }
  pieces.push(string.slice(from));
  return listFrom(pieces);
}

/** A replacement as literal texts and references to groups, by number or name. */
type Template = readonly (string | { readonly group: number | string })[];

/** `$$`, `$name` with the longest name, `${name}`, a `$` that is none of these, or a text without any. */
const TEMPLATE = /\$\$|\$([0-9A-Za-z_]+)|\$\{([^}]*)\}|\$|[^$]+/g;

function template(replacement: string): Template {
  return Array.from(replacement.matchAll(TEMPLATE), ([piece, bare, braced]) => {
    const name = bare ?? braced;
    if (name === undefined) return piece === "$$" ? "$" : piece;
    return { group: /^\+?[0-9]+$/.test(name) ? Number(name) : name };
  });
}

/** What a template makes of a match. */
function expanded(template: Template, regex: Regex, string: string, found: Span, context: BuiltinContext): string {
  if (template.every((piece) => typeof piece === "string")) return template.join("");
  const positions = regex.positions(string, found, context);
  return template.map((piece) => {
    if (typeof piece === "string") return piece;
    const index = typeof piece.group === "number" ? piece.group : regex.names.get(piece.group);
    return index === undefined ? "" : group(string, positions, index) ?? "";
  }).join("");
}

/** A builtin that replaces the matches up to a number of them. */
function replacing(name: string, doc: string, limit: number, example: Example): Declaration {
  return three(name, doc, (pattern, replacement, value, context) => {
    const source = text(pattern);
    const pieces = template(text(replacement));
    const string = text(value);
    const regex = compile(source, context);
    let result = "";
    let from = 0;
    let count = 0;
    for (const found of regex.matches(string, context)) {
      result += string.slice(from, found.start) + expanded(pieces, regex, string, found, context);
      from = found.end;
      if (++count === limit) break;
    }
    return result + string.slice(from);
  }, example);
}

/** The regular expression builtins. */
export const regexes: Area = () =>
  pure([
    search(
      "regex/match?",
      "(regex/match? pattern s): whether pattern matches anywhere in s.",
      (regex, string, context) => regex.test(string, context),
      ['(regex/match? "[0-9]+" "room 12")', "#t"],
    ),
    search(
      "regex/match",
      "(regex/match pattern s): the first match with its groups and byte offsets, or nil.",
      match,
      [String.raw`(regex/match #"(\w+)=(\d+)" "let x=10;")`, '{:end 8 :groups ("x" "10") :match "x=10" :start 4}'],
    ),
    search(
      "regex/find-all",
      "(regex/find-all pattern s): the texts of all matches.",
      (regex, string, context) => listOf(Array.from(regex.matches(string, context), (found) => part(string, found))),
      ['(regex/find-all "[0-9]+" "7 cats, 12 dogs")', '("7" "12")'],
    ),
    replacing(
      "regex/replace",
      "(regex/replace pattern replacement s): the first match replaced; $1, ${1} and $name are groups.",
      1,
      ['(regex/replace "([a-z]+) ([a-z]+)" "$2 $1" "hello world")', '"world hello"'],
    ),
    replacing(
      "regex/replace-all",
      "(regex/replace-all pattern replacement s): every match replaced; $1, ${1} and $name are groups.",
      Infinity,
      ['(regex/replace-all "[0-9]+" "#" "a12b34")', '"a#b#"'],
    ),
    search("regex/split", "(regex/split pattern s): the pieces between matches.", split, [
      '(regex/split "[,;] ?" "a, b;c")',
      '("a" "b" "c")',
    ]),
  ]);
