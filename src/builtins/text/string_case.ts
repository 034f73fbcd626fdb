/** Letter case, case folding, and the identifier styles built on words. */
import type { Value } from "../../data/mod.ts";
import { listOf, text, textArgument } from "../check.ts";
import { type Area, type Declaration, type Example, one, pure, same, two } from "../declare.ts";

/** The first character in upper case, every other one in lower case by itself (so without a final sigma). */
function capitalize(value: string): string {
  const [first = "", ...rest] = value;
  return first.toUpperCase() + rest.map((character) => character.toLowerCase()).join("");
}

/**
 * Where folding is not lower case of upper case: `same` letters stay, `upper` letters fold up. Cherokee folds to its
 * older, upper-case letters; the last ranges are letters newer than the reference's Unicode tables.
 */
const FOLD_SAME = /^[\u0131\u13a0-\u13f5\ua7ce\ua7d2\ua7d4\u{16ea0}-\u{16eb8}]$/u;
const FOLD_UPPER = /^[\uab70-\uabbf\u13f8-\u13fd]$/u;

function fold(character: string): string {
  if (character < "\u0080") return character.toLowerCase();
  if (character === "\u1e9e") return "ss";
  if (FOLD_SAME.test(character)) return character;
  return FOLD_UPPER.test(character) ? character.toUpperCase() : character.toUpperCase().toLowerCase();
}

function foldCase(value: string): string {
  let result = "";
  for (const character of value) result += fold(character);
  return result;
}

const SEPARATORS = "_- .";

/** The words of an identifier: separated, or told apart by a change of case (`JSONDecoder`: JSON, Decoder). */
function words(value: string): string[] {
  const upper = /^\p{Uppercase}$/u;
  const lower = /^\p{Lowercase}$/u;
  const result: string[] = [];
  let word: string[] = [];
  let afterUpper = false;
  const end = (): void => {
    if (word.length > 0) result.push(word.join(""));
    word = [];
  };
  for (const character of value) {
    if (SEPARATORS.includes(character)) {
      end();
      afterUpper = false;
    } else if (upper.test(character)) {
      if (!afterUpper) end();
      word.push(character);
      afterUpper = true;
    } else {
      if (afterUpper && word.length > 1 && lower.test(character)) {
        const start = word.pop() ?? "";
        end();
        word.push(start);
      }
      word.push(character);
      afterUpper = false;
    }
  }
  end();
  return result;
}

/** A style of identifier: how each word is written, and what stands between words. */
function style(
  name: string,
  doc: string,
  write: (word: string, index: number) => string,
  separator: string,
  ...examples: Example[]
): Declaration {
  return one(name, doc, (value: Value) => words(text(value)).map(write).join(separator), ...examples);
}

const lower = (word: string): string => word.toLowerCase();

/** The letter case builtins. */
export const stringCase: Area = () =>
  pure([
    one("string/upper", "In upper case.", (value) => textArgument(value, "string/upper", 1).toUpperCase(), [
      '(string/upper "abc")',
      '"ABC"',
    ]),
    same("string-upcase", "string/upper"),
    one("string/lower", "In lower case.", (value) => textArgument(value, "string/lower", 1).toLowerCase(), [
      '(string/lower "ABC")',
      '"abc"',
    ]),
    same("string-downcase", "string/lower"),
    one(
      "string/capitalize",
      "The first character in upper case, the others in lower case.",
      (value) => capitalize(text(value)),
      ['(string/capitalize "hello World")', '"Hello world"'],
    ),
    one(
      "string/title-case",
      "Every word capitalized, with single spaces between.",
      (value) => text(value).split(/\p{White_Space}+/u).filter((word) => word !== "").map(capitalize).join(" "),
      ['(string/title-case "hello world")', '"Hello World"'],
    ),
    one("string/foldcase", "Folded for comparison without regard to case.", (value) => foldCase(text(value)), [
      '(string/foldcase "Straße")',
      '"strasse"',
    ]),
    two("string-ci=?", "Whether two strings are equal but for case.", (a, b) => {
      const folded = foldCase(text(a));
      return folded === foldCase(text(b));
    }, ['(string-ci=? "ABC" "abc")', "#t"]),
    one("string/words", "The words of an identifier.", (value) => listOf(words(text(value))), [
      '(string/words "helloWorld foo_bar")',
      '("hello" "World" "foo" "bar")',
    ]),
    style("string/snake-case", "As snake_case.", lower, "_", ['(string/snake-case "helloWorld")', '"hello_world"']),
    style("string/kebab-case", "As kebab-case.", lower, "-", ['(string/kebab-case "helloWorld")', '"hello-world"']),
    style("string/camel-case", "As camelCase.", (word, i) => i === 0 ? lower(word) : capitalize(word), "", [
      '(string/camel-case "hello-world")',
      '"helloWorld"',
    ]),
    style("string/pascal-case", "As PascalCase.", capitalize, "", [
      '(string/pascal-case "hello-world")',
      '"HelloWorld"',
    ]),
    style("string/headline", "As a Headline Of Words.", capitalize, " ", [
      '(string/headline "hello-world")',
      '"Hello World"',
    ]),
  ]);
