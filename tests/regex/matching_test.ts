/** Where patterns match: against the host's regular expressions where both agree, and by hand where they do not. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { Regex, type Span, UNLIMITED } from "../../src/regex/mod.ts";
import { Random } from "../data/random.ts";
import { randomPattern, randomText } from "./generate.ts";

/** The positions of the groups in the first match, or null. */
function first(regex: Regex, text: string): number[] | null {
  const found = regex.find(text, 0, UNLIMITED);
  return found === null ? null : Array.from(regex.positions(text, found, UNLIMITED));
}

/** The same by the host. */
function firstOfHost(pattern: RegExp, text: string): number[] | null {
  const { indices } = pattern.exec(text) ?? {};
  return indices === undefined ? null : Array.from(indices).flatMap((pair) => pair ?? [-1, -1]);
}

/** All matches by the host, but with no empty match where another one ended. */
function matchesOfHost(pattern: RegExp, text: string): Span[] {
  const found = Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
  return found.filter(({ start, end }, i) => start < end || start !== found[i - 1]?.end);
}

function texts(pattern: string, text: string): string[] {
  return Array.from(new Regex(pattern).matches(text, UNLIMITED), ({ start, end }) => text.slice(start, end));
}

/** The texts of the groups in the first match, the whole match first. */
function groups(pattern: string, text: string): (string | null)[] | null {
  const positions = first(new Regex(pattern), text);
  if (positions === null) return null;
  return Array.from({ length: positions.length / 2 }, (_, i) => {
    const start = positions[2 * i] as number;
    return start < 0 ? null : text.slice(start, positions[2 * i + 1]);
  });
}

describe("patterns", () => {
  it("match where those of the host do, on random patterns and texts", () => {
    const random = new Random(1);
    let matched = 0;
    for (let i = 0; i < 1000; i++) {
      const pattern = randomPattern(random);
      const regex = new Regex(pattern);
      const all = new Regex(`(?s)${pattern}`);
      const allOfHost = new RegExp(pattern, "usd");
      // Without `(?s)` a dot is no newline, and nothing else.
      const { source } = new RegExp(pattern.replaceAll(".", "[^\\n]"), "u");
      const host = new RegExp(source, "ud");
      const hostsAll = new RegExp(source, "ug");
      for (let j = 0; j < 6; j++) {
        const text = randomText(random, 12);
        const claim = `${pattern} on ${JSON.stringify(text)}`;
        const expected = firstOfHost(host, text);
        assertEquals(first(regex, text), expected, claim);
        assertEquals(regex.test(text, UNLIMITED), expected !== null, claim);
        assertEquals([...regex.matches(text, UNLIMITED)], matchesOfHost(hostsAll, text), claim);
        assertEquals(first(all, text), firstOfHost(allOfHost, text), `(?s) ${claim}`);
        if (expected !== null) matched++;
      }
    }
    assert(matched > 2000, `${matched} match`);
  });

  it("keep the last group that took part in a repetition", () => {
    assertEquals(groups("(?:(a)|b)*", "ab"), ["ab", "a"]);
    assertEquals(groups("(?:(a)|(b)|c)*", "abc"), ["abc", "a", "b"]);
  });

  it("end a repetition with a round that matches nothing", () => {
    assertEquals(groups("(a*)*", "aab"), ["aa", "aa"]);
    assertEquals(groups("(a|b?)+", "abc"), ["ab", "b"]);
    assertEquals(groups("(?:a??)*b", "aab"), ["aab"]);
  });

  it("number the groups that a repetition leaves out, but end at the last that is left", () => {
    assertEquals(groups("(a){0}(b)", "b"), ["b", null, "b"]);
    assertEquals(groups("(b)(a){0}", "b"), ["b", "b"]);
  });

  it("are greedy, lazy, or the other way round", () => {
    assertEquals(texts("a+?", "aa"), ["a", "a"]);
    assertEquals(texts("(?U)a+", "aa"), ["a", "a"]);
    assertEquals(texts("(?U)a+?", "aa"), ["aa"]);
    assertEquals(texts("a{2,3}", "aaaaa"), ["aaa", "aa"]);
  });

  it("skip an empty match where the one before ended", () => {
    assertEquals(texts("x*", "axxb"), ["", "xx", ""]);
    assertEquals(texts("", "a😀"), ["", "", ""]);
    assertEquals(texts("b|", "abc"), ["", "b", ""]);
  });

  it("know Unicode's classes and word boundaries", () => {
    assertEquals(texts("\\d+", "1५x"), ["1५"]);
    assertEquals(texts("\\w+", "naïve café-bar"), ["naïve", "café", "bar"]);
    assertEquals(texts("\\s", "\u0085\ufeff "), ["\u0085", " "]);
    assertEquals(texts("\\b.", "é ab"), ["é", " ", "a"]);
    assertEquals(texts("(?-u:\\b).", "é ab"), ["a"]);
    assertEquals(texts("(?-u)\\w", "né"), ["n"]);
    assertEquals(texts("[\\w&&[^a-y]]", "xyzé"), ["z", "é"]);
    assertEquals(texts("[a-f--cd]+", "abcdef"), ["ab", "ef"]);
    assertEquals(texts("[a-c~~b-d]", "abcd"), ["a", "d"]);
    assertEquals(texts("[[:^alpha:]_]", "a1_"), ["1", "_"]);
    assertEquals(texts("\\p{is Greek }\\p{sc != grek}", "πa"), ["πa"]);
  });

  it("fold case simply", () => {
    assertEquals(texts("(?i)σ", "ςΣ"), ["ς", "Σ"]);
    assertEquals(texts("(?i)k", "kK\u212a"), ["k", "K", "\u212a"]);
    assertEquals(texts("(?i)ß", "ẞss"), ["ẞ"]);
    assertEquals(texts("(?i)[^k]", "K\u212aa"), ["a"]);
    assertEquals(texts("(?i)\\p{Lu}", "aA1"), ["a", "A"]);
    assertEquals(texts("(?i-u)k", "K\u212a"), ["K"]);
    assertEquals(texts("a(?i)b|c", "aBC"), ["aB", "C"]);
  });

  it("look at lines and at the text", () => {
    assertEquals(texts("(?m)^.", "ab\ncd"), ["a", "c"]);
    assertEquals(texts("^.", "ab\ncd"), ["a"]);
    assertEquals(texts(".$", "ab\n"), []);
    assertEquals(texts("(?mR)^.*$", "ab\r\ncd\r"), ["ab", "cd", ""]);
    assertEquals(texts("(?m)$", "a\nb").length, 2);
    assertEquals(texts("\\b{start}\\w|\\w\\b{end}", "abc d"), ["a", "c", "d"]);
    assertEquals(texts("\\b{start-half}-", "a--"), ["-"]);
  });

  it("begin with a text that is looked for first", () => {
    assertEquals(texts("foo\\d", "foofoo1 fo2 foo3"), ["foo1", "foo3"]);
    assertEquals(texts("aba", "ababa"), ["aba"]);
    assertEquals(texts("aa(?:b|$)", "aaab aa"), ["aab", "aa"]);
    assertEquals(texts("😀+", "x😀😀y😀"), ["😀😀", "😀"]);
  });

  it("may be written with spaces and comments", () => {
    assertEquals(texts("(?x) a  b # note\n | [c d] { 2 }", "ab cd"), ["ab", "cd"]);
    assertEquals(texts("(?x: a )\\ (?-x: b)", "a  b"), ["a  b"]);
  });
});
