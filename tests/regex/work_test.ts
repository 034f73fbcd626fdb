/** No pattern can hang a program: searches take time linear in the text, and limits end what is long nevertheless. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";
import { Regex, RegexCache, UNLIMITED } from "../../src/regex/mod.ts";

/** Patterns on which backtracking takes exponential or quadratic time, and a text that none matches. */
const HOSTILE: readonly (readonly [pattern: string, text: (size: number) => string])[] = [
  ["(a+)+$", (size) => "a".repeat(size) + "b"],
  ["(?:a|a)*c", (size) => "a".repeat(size)],
  ["(a|aa)+$", (size) => "a".repeat(size) + "b"],
  ["(.*)(.*)(.*)(.*)x", (size) => "a".repeat(size)],
  ["a*b", (size) => "a".repeat(size)],
  ["(x+x+)+y", (size) => "x".repeat(size)],
  ["\\s+$", (size) => " ".repeat(size) + "x"],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", (size) => "a".repeat(size)],
];

function work(pattern: string, text: string): number {
  let units = 0;
  new Regex(pattern).find(text, 0, { spend: (more) => units += more });
  return units;
}

describe("the work of a search", () => {
  for (const [pattern, text] of HOSTILE) {
    it(`is linear in the text: ${pattern}`, () => {
      const [small, large] = [work(pattern, text(20_000)), work(pattern, text(40_000))];
      assert(large < 2.5 * small && large < 40 * 40_000, `${small} and ${large}`);
    });
  }

  it("is linear with groups", () => {
    const text = "a".repeat(20_000);
    const regex = new Regex("((a+)+)+(b?)");
    let units = 0;
    const budget = { spend: (more: number) => units += more };
    const found = regex.find(text, 0, budget);
    assert(found !== null);
    assertEquals(Array.from(regex.positions(text, found, budget)), [0, 20_000, 0, 20_000, 0, 20_000, 20_000, 20_000]);
    assert(units < 100 * text.length, String(units));
  });

  it("is linear where states are without number", () => {
    const pattern = "[ab]*a[ab]{16}c";
    let text = "";
    for (let i = 0, state = 1; i < 60_000; i++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      text += state >>> 16 & 1 ? "a" : "b";
    }
    assertEquals(new Regex(pattern).test(text, UNLIMITED), false);
    assert(new Regex(pattern).test(text + "c", UNLIMITED) === /a[ab]{16}c/.test(text + "c"));
  });
});

describe("a limit of the runtime ends", () => {
  const tiers: readonly Tier[] = ["walker", "baseline", "jit", "auto"];
  // Every match looks at all of the text that follows.
  const quadratic = '(length (regex/find-all "a(?:[^b]*b)?" (string/repeat "a" 100000)))';
  for (const tier of tiers) {
    for (const limits of [{ steps: 100_000 }, { milliseconds: 200 }]) {
      it(`a quadratic program on ${tier}, by ${Object.keys(limits)}`, () => {
        const runtime = createRuntime({ tier, limits });
        let message = "";
        try {
          runtime.eval(`(try ${quadratic} (catch e 0))`);
        } catch (error) {
          message = error instanceof SemaError ? error.message : "";
        }
        assert(message.startsWith("evaluation exceeded"), message);
        assertEquals(runtime.eval('(regex/match? "a" "ba")'), true);
      });
    }
  }
});

describe("the cache of patterns", () => {
  it("gives the same again, and forgets what was not used for long", () => {
    const cache = new RegexCache();
    const [a, b] = [cache.get("a"), cache.get("b")];
    assert(cache.get("a") === a && cache.get("b") === b);
    for (let i = 0; i < 63; i++) {
      cache.get(`x${i}`);
      assert(cache.get("a") === a);
    }
    assert(cache.get("b") !== b);
  });
});
