/** The assertion adapter: each assertion holds where it should and fails where it should. */
import { describe, it } from "node:test";
import {
  assert,
  assertEquals,
  assertFalse,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "../../src/compat/assert.ts";

const boom = () => {
  throw new RangeError("too far");
};

/** One call that must hold and one that must fail, by name. */
const CASES: Readonly<Record<string, { readonly holds: () => void; readonly fails: () => void }>> = {
  assert: { holds: () => assert(1), fails: () => assert(0) },
  assertFalse: { holds: () => assertFalse(""), fails: () => assertFalse("x") },
  assertEquals: {
    holds: () => assertEquals({ a: [1, new Map([[1, NaN]])] }, { a: [1, new Map([[1, NaN]])] }),
    fails: () => assertEquals<unknown>([1, 2], [1, "2"]),
  },
  assertNotEquals: { holds: () => assertNotEquals([1], [2]), fails: () => assertNotEquals([1], [1]) },
  assertInstanceOf: { holds: () => assertInstanceOf([], Array), fails: () => assertInstanceOf({}, Array) },
  assertMatch: { holds: () => assertMatch("abc", /b/), fails: () => assertMatch("abc", /d/) },
  assertStringIncludes: {
    holds: () => assertStringIncludes("abc", "bc"),
    fails: () => assertStringIncludes("abc", "cb"),
  },
  assertLess: { holds: () => assertLess(1, 2), fails: () => assertLess(1, 1) },
  "assertThrows with a class": {
    holds: () => void assertThrows(boom, RangeError, "far"),
    fails: () => void assertThrows(boom, TypeError),
  },
  "assertThrows with a message": {
    holds: () => void assertThrows(boom),
    fails: () => void assertThrows(boom, RangeError, "near"),
  },
  "assertThrows of nothing": { holds: () => {}, fails: () => void assertThrows(() => 1) },
  "assertThrows of no Error": {
    holds: () =>
      assertEquals(
        assertThrows(() => {
          throw 1;
        }),
        1,
      ),
    fails: () =>
      void assertThrows(() => {
        throw 1;
      }, Error),
  },
};

describe("assertions", () => {
  for (const [name, { holds, fails }] of Object.entries(CASES)) {
    it(name, () => {
      holds();
      let error: unknown;
      try {
        fails();
      } catch (caught) {
        error = caught;
      }
      if (!(error instanceof AssertionError)) throw new Error(`expected an AssertionError, got ${String(error)}`);
    });
  }

  it("assertThrows returns what was thrown", () => {
    assertEquals(assertThrows(boom, RangeError).message, "too far");
  });

  it("assertRejects", async () => {
    const error = await assertRejects(() => Promise.reject(new TypeError("no")), TypeError, "no");
    assertEquals(error.message, "no");
    await assertRejects(() => assertRejects(() => Promise.resolve(1)), AssertionError);
    await assertRejects(() => assertRejects(() => Promise.reject(new TypeError("no")), RangeError), AssertionError);
  });
});
