import { describe, test } from "node:test";
import { chunks } from "../../src/builtins/text/text.ts";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { SortedMap, utf8Length } from "../../src/data/mod.ts";
import { callWith, cases } from "./call.ts";

describe("texts", () => {
  cases("are cut into chunks at the first separator that occurs", {
    '(text/chunk "ab cd" {:size 99999999999999999999})': '("ab cd")',
    '(text/chunk "abcd" {:size 2 :overlap "x"})': '("ab" "cd")',
    '(text/chunk "a b. c d" {:size 4 :overlap 0})': '("a b" "c d")',
    '(document/chunk {:text "ab cd" :metadata 5} {:size 2 :overlap 0})':
      '({:metadata {:chunk-index 0 :total-chunks 2} :text "ab"} {:metadata {:chunk-index 1 :total-chunks 2} :text "cd"})',
  });

  test("lose nothing but separators in chunks", () => {
    const word = "añb ";
    const value = word.repeat(500);
    const pieces = chunks(value, null);
    assertEquals(pieces.length, 3);
    assert(pieces.every((piece, i) => utf8Length(piece) <= (i === 0 ? 1000 : 1300)));
    assertEquals(pieces.map((piece, i) => i === 0 ? piece : piece.slice(200)).join(" "), value);
  });

  cases("are cleaned", {
    '(text/strip-html "a<b<c>d>e")': '"ade"',
    '(text/trim-indent "\u00a0 abcd\n  b\n\u00a0")': '"abcd\\nb\\n"',
    '(text/trim-indent "\u00a0a\n  b")': '"a\\n b"',
    '(text/normalize-newlines "a\n\rb")': '"a\\n\\nb"',
    '(text/split-sentences "a.b! c?\u00a0d")': '("a.b!" "c?" "d")',
    '(text/truncate "abc" 99999999999999999999)': "type-error: expected integer, got int",
  });

  cases("are quoted from where the original says, not its lower case", {
    '(text/excerpt "İabc" "b" {:radius 0})': '"...b..."',
    '(text/excerpt "İé" "é" {:radius 0})': '"...é"',
    '(text/excerpt "ab😀CD" "😀c" {:radius 1})': '"...b😀CD"',
    '(text/excerpt "ΑΣ x" "ς" {:radius 1})': '"ΑΣ ..."',
    '(text/excerpt "abc" "b" {:radius 1.0 :omission 5})': '"abc"',
  });

  cases("are filled into templates once", {
    '(prompt/render "{{a}} {{}}" {:a "{{b}}" :b 2})': '"{{b}} {{}}"',
    '(prompt/render "{{a{{b}}" {:b 1})': '"{{a{{b}}"',
    '(prompt/render "$& {{a}}" {:a "$1"})': '"$& $1"',
  });

  test("are looked through once for holes that never end", () => {
    const template = "{{".repeat(500_000);
    assertEquals(callWith("prompt/render", [template, SortedMap.EMPTY]).value, template);
  });
});
