/**
 * Text that is no program: whatever its bytes are, reading gives forms or an error of the language with a place in the
 * text, whatever its size, in time that grows with it (a quadratic step would not end here). Nothing overflows.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { Condition } from "../../src/data/mod.ts";
import { read } from "../../src/reader/mod.ts";
import { createRuntime, SemaError } from "../../src/engine/mod.ts";
import { Random } from "../data/random.ts";

/** Characters of a long text. */
const SIZE = 2_000_000;

const slow = { timeout: 240_000 };

/** What reading `text` ends with: null, or the message. Anything but a placed reader error fails. */
function problem(text: string): string | null {
  try {
    read(text, null);
    return null;
  } catch (error) {
    assert(error instanceof Condition, `${error} for ${JSON.stringify(text.slice(0, 200))}`);
    assertEquals(error.type, "reader");
    const place = error.trace.first;
    assert(place !== undefined && place.line >= 1 && place.column >= 1, `${error.message} has no place`);
    return error.message;
  }
}

/** Texts of a piece repeated, of two million characters → the message that reading it ends with; null where it is text of the language. */
const REPEATED: Readonly<Record<string, string | null>> = {
  "(": "input nested too deeply (limit 1024)",
  "[": "input nested too deeply (limit 1024)",
  "{": "input nested too deeply (limit 1024)",
  "#(": "nested short lambdas are not allowed",
  ")": "unexpected closing `)`",
  '"': null,
  "1": null,
  "x": null,
  "'": "quote (') requires an expression after it",
  "`": "quasiquote (`) requires an expression after it",
  ",@": "unquote-splicing (,@) requires an expression after it",
  "#|": "unexpected character after #: '|'",
  "#x": "duplicate radix prefix",
  'f"${': "unterminated interpolation in f-string",
  '"\\': "unterminated string",
  ";": null,
};

/** A piece that begins a text of two million characters → what fills it. */
const OPENED: readonly (readonly [start: string, filling: string, message: string | null])[] = [
  ['"', "a", "unterminated string"],
  ['#"', "\\", "unterminated regex literal"],
  ['f"', "$", "unterminated f-string"],
  ['f"${', "a", "unterminated interpolation in f-string"],
  ["#x", "f", null],
  ["0.", "1", null],
  ["1e", "1", null],
  ["#\\", "a", `unknown character name: ${"a".repeat(SIZE - 2)}`],
  ["(a . ", "b ", "unterminated list"],
];

describe("two million characters", () => {
  const size = SIZE;
  for (const [piece, message] of Object.entries(REPEATED)) {
    it(`of ${piece}`, slow, () => assertEquals(problem(piece.repeat(size / piece.length)), message));
  }
  for (const [start, filling, message] of OPENED) {
    it(`of ${filling} after ${start}`, slow, () => {
      const found = problem(start + filling.repeat((size - start.length) / filling.length));
      assert(found === message || (message === "unterminated list" && found !== null), `${found?.slice(0, 100)}`);
    });
  }
});

describe("random text", () => {
  const ALPHABET = [..."()[]{}'`,@\"\\;:#$.&% \n\t\r0123456789aefinrtux+-*/<=>!?_~^|é😀\u0000\ud800\udc00\ufeff"];
  const WORDS = [
    "(define ",
    '"a"',
    "#u8(",
    "#\\",
    'f"',
    "${",
    "#t",
    "1/2",
    "+2i",
    "1.5e",
    "#x",
    "nil",
    ",@",
    "(. a)",
    "#(",
  ];

  it("of characters that mean something reads or says where it does not", slow, () => {
    const random = new Random(20);
    for (let i = 0; i < 20_000; i++) {
      const pieces = Array.from(
        { length: random.below(30) },
        () => random.pick(random.below(4) === 0 ? WORDS : ALPHABET),
      );
      problem(pieces.join(""));
    }
  });

  it("of bytes reads or says where it does not", slow, () => {
    const random = new Random(21);
    const decoder = new TextDecoder();
    for (let i = 0; i < 5000; i++) {
      problem(decoder.decode(Uint8Array.from({ length: random.below(60) }, () => random.below(256))));
    }
  });

  it("runs or ends with an error of the language", slow, () => {
    const random = new Random(22);
    for (let i = 0; i < 3000; i++) {
      const pieces = Array.from(
        { length: random.below(14) },
        () => random.pick(random.below(3) === 0 ? WORDS : ALPHABET),
      );
      const runtime = createRuntime({ tier: "walker", stdout: () => {}, stderr: () => {} });
      const text = `(${pieces.join("")})`;
      try {
        runtime.print(runtime.eval(text));
      } catch (error) {
        assert(error instanceof SemaError, `${error} for ${JSON.stringify(text)}`);
      }
    }
  });
});

describe("a program cut off or damaged", () => {
  const directory = new URL("../../bench/programs/", import.meta.url);
  const texts = readdirSync(directory).filter((name) => name.endsWith(".sema"))
    .map((name) => readFileSync(new URL(name, directory), "utf8"));

  it("at any place reads or says where it does not", slow, () => {
    for (const text of texts) {
      for (let end = 0; end < text.length; end += 1 + (text.length >> 8)) problem(text.slice(0, end));
    }
  });

  it("by characters changed reads or says where it does not", slow, () => {
    const random = new Random(23);
    for (const text of texts) {
      for (let i = 0; i < 100; i++) {
        const at = random.below(text.length);
        const piece = random.pick(["", "(", ")", '"', "#", "'", "{", "]", "\\", ".", "\u0000"]);
        problem(text.slice(0, at) + piece + text.slice(at + random.below(3)));
      }
    }
  });
});
