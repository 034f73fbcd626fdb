import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import {
  compareText,
  forgetTexts,
  scalarAt,
  scalarCount,
  scalarIndex,
  unitOffset,
  utf8Length,
} from "../../src/data/mod.ts";
import { Random } from "./random.ts";

const KINDS: Readonly<Record<string, readonly string[]>> = {
  "ASCII": ["a", "b"],
  "Latin": ["a", "é", "ÿ"],
  "wide": ["a", "漢", "\uffee"],
  "astral": ["a", "漢", "😀", "🚀"],
};

describe("strings as sequences of characters", () => {
  for (const [kind, alphabet] of Object.entries(KINDS)) {
    it(`are counted and indexed, in ${kind} texts of any length`, () => {
      const random = new Random(7);
      // Several at once, of few lengths, so that what is remembered of one must not serve another.
      const texts = Array.from({ length: 12 }, (_, i) => {
        const length = [0, 5, 32, 33, 64, 200][i % 6] as number;
        return Array.from({ length }, () => random.pick(alphabet)).join("");
      });
      for (let round = 0; round < 600; round++) {
        const text = random.pick(texts);
        const characters = [...text];
        const index = random.below(characters.length + 3);
        const offset = characters.slice(0, index).join("").length + Math.max(0, index - characters.length);
        assertEquals(scalarCount(text), characters.length);
        assertEquals(scalarAt(text, index), characters[index]?.codePointAt(0) ?? -1);
        assertEquals(unitOffset(text, index), offset);
        if (index <= characters.length) assertEquals(scalarIndex(text, offset), index);
        if (round % 50 === 0) forgetTexts();
      }
    });
  }

  it("are ordered by code point and measured in UTF-8", () => {
    const sorted = ["", "a", "ab", "b", "é", "\uffee", "😀", "😀a", "🚀"];
    for (const [i, a] of sorted.entries()) {
      for (const [j, b] of sorted.entries()) assertEquals(Math.sign(compareText(a, b)), Math.sign(i - j));
      assertEquals(utf8Length(a), new TextEncoder().encode(a).length);
    }
  });
});
