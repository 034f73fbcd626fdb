/** JSON, CSV, TOML, times, hashes and base64 beyond the recorded cases. */
import { createHash, createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { hmacSha256, md5, sha256 } from "../../src/builtins/formats/digests.ts";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { Condition, cons, EMPTY, repr, SortedMap, type Value } from "../../src/data/mod.ts";
import { Random } from "../data/random.ts";
import { callWith, cases } from "./call.ts";

function call(name: string, ...args: Value[]): Value {
  return callWith(name, args).value;
}

/** A list in a list, and so on. */
function nested(depth: number): Value {
  let value: Value = EMPTY;
  for (let i = 0; i < depth; i++) value = cons(value, EMPTY);
  return value;
}

describe("JSON", () => {
  cases("is written with exact numbers and ordered keys", {
    '(json/encode {"b" 1 "é" 2 "😀" 3 "\uffee" 4 :a 5})': '"{\\"a\\":5,\\"b\\":1,\\"é\\":2,\\"\uffee\\":4,\\"😀\\":3}"',
    "(json/encode (1e-6 1e-5 1e16 5e-324 -2.5 123456789012345680.0))":
      '"[1e-6,0.00001,1e+16,5e-324,-2.5,1.2345678901234568e+17]"',
  });

  cases("is refused with the place of the error", {
    '(json/decode "[é]")': "eval: json/decode: parse error at line 1 column 2: expected value at line 1 column 2",
    '(json/decode "nulé")': "eval: json/decode: parse error at line 1 column 4: expected ident at line 1 column 4",
    '(json/decode "1.\n")': "eval: json/decode: parse error at line 2 column 0: invalid number at line 2 column 0",
    '(json/decode "\\"\\\\ud83d\\\\u0041\\"")':
      "eval: json/decode: parse error at line 1 column 13: lone leading surrogate in hex escape at line 1 column 13",
    '(json/decode "1ex")': "eval: json/decode: parse error at line 1 column 3: invalid number at line 1 column 3",
  });

  it("may be as deep as memory allows when written, and as deep as the reference allows when read", () => {
    const text = call("json/encode", nested(100_000));
    assertEquals(text, `${"[".repeat(100_001)}${"]".repeat(100_001)}`);
    assertEquals(repr(call("json/decode", "[".repeat(127) + "]".repeat(127))), repr(nested(126)));
    const { message } = assertCondition(() => call("json/decode", text));
    assert(message.includes("recursion limit exceeded at line 1 column 128"), message);
  });
});

function assertCondition(run: () => unknown): Condition {
  try {
    run();
  } catch (error) {
    if (error instanceof Condition) return error;
  }
  throw new TypeError("nothing was raised");
}

describe("CSV", () => {
  cases("places errors where the row before ended", {
    '(csv/parse "a,b\r\n\n1")':
      "eval: csv/parse: parse error: CSV error: record 1 (line: 1, byte: 4): found record with 1 fields, but the previous " +
      "record has 2 fields",
  });

  cases("is read leniently", { '(csv/parse "\r,\\"x\n\\"\\"y\\"z,\\"")': '(("" "x\\n\\"yz" ""))' });
});

describe("TOML", () => {
  cases("is read as version 1.1", {
    '(toml/decode "a = {b = 1,\n c.d = [1,],}")': "{:a {:b 1 :c {:d (1)}}}",
    '(toml/decode "a = 1979-05-27 07:32:00.100z\nb = 07:32")': '{:a "1979-05-27T07:32:00.1Z" :b "07:32"}',
    '(toml/decode "a = \\"\\"\\"\\\\\n  x\\"\\"\\"\\"")': '{:a "x\\""}',
    '(toml/decode "[a]\nb.c = 1\n[a.b.x]\nd = 2")': "{:a {:b {:c 1 :x {:d 2}}}}",
    '(toml/decode "[[a]]\n[a.b]\nc = 1\n[[a]]")': "{:a ({:b {:c 1}} {})}",
  });

  it("is refused where a table is defined twice", () => {
    for (
      const text of ["[a]\n[a]", "a = {b = 1}\n[a.c]", "[a]\nb.c = 1\n[a.b]", "a = [{b = 1}]\n[[a]]", "a.b = 1\na = 2"]
    ) {
      const { message } = assertCondition(() => call("toml/decode", text));
      assert(message.startsWith("toml/decode: parse error: TOML parse error at line "), message);
    }
  });

  it("is read again as it was written", () => {
    const random = new Random(5);
    const texts = ["", "a", "'", '"', "\\", "\n", "\t", "é", '"""', "'''", "\x01"];
    const text = (): string => random.pick(texts) + random.pick(texts) + random.pick(texts);
    const value = (depth: number): Value => {
      if (depth === 0 || random.below(2) === 0) return random.pick([text(), random.below(1000), true, 0.5, 1e-9]);
      if (random.below(2) === 0) return cons(value(depth - 1), EMPTY);
      return map(depth);
    };
    const map = (depth: number): Value =>
      SortedMap.from(Array.from({ length: random.below(4) }, (): [Value, Value] => [text(), value(depth - 1)]));
    for (let i = 0; i < 300; i++) {
      const whole = map(3);
      const written = call("toml/encode", whole);
      const keywords = call("toml/decode", written);
      assertEquals(call("toml/encode", keywords), written);
      assertEquals(call("json/encode", keywords), call("json/encode", whole));
    }
  });

  it("refuses what is too deep", () => {
    assertCondition(() => call("toml/encode", SortedMap.from([["a", nested(10_000)]])));
    assertCondition(() => call("toml/decode", `a = ${"[".repeat(10_000)}`));
  });
});

describe("times", () => {
  cases("are written", {
    '(time/format -1 "%_s|%0e|%_Y|%C|%q|%::z")': '"       -1|31|1969|19|4|+00:00:00"',
    '(time/format -99999999999 "%F %G-W%V-%u %j %U %W")': '"-1199-02-15 -1199-W07-4 046 06 07"',
    '(time/format 0.5 "%.f %3f %.6f %+")': '".500 500 .500000 1970-01-01T00:00:00.500+00:00"',
    '(time/format 0 "%-F")': 'eval: time/format: invalid format string: "%-F"',
  });

  cases("are read", {
    '(time/parse "2031-W31-6 10:20:30" "%G-W%V-%u %T")': "1943432430.0",
    '(time/parse "2031 214 10:20" "%Y %j %R")': "1943432400.0",
    '(time/parse "31 30 6 10:20:30" "%y %U %w %T")': "1943432430.0",
    '(time/parse "2031-08-02t10:20:30.5Z" "%+")': "1943432430.0",
    '(time/parse "1943432430 2031" "%s %Y")': "1943432430.0",
    '(time/parse "1943432430 2030" "%s %Y")': "eval: time/parse: parse error: no possible date and time matching input",
    '(time/parse "2031-08-02 10:20:60" "%F %T")': "1943432459.0",
    '(time/parse "2031-08-02 10" "%F %T")': "eval: time/parse: parse error: premature end of input",
  });
});

describe("diffs", () => {
  cases("find the same shortest edit as the reference", {
    '(diff/unified "c\nb\na\na\nc\nd\na\nb\na\n" "c\nb\na\na\na\nc\nd\na\n" 2)':
      '"--- old\\n+++ new\\n@@ -3,7 +3,6 @@\\n a\\n a\\n+a\\n c\\n d\\n-a\\n-b\\n a\\n"',
    '(diff/unified "d\nc\nd\nc\nb" "\nd\nc\n" 0)':
      '"--- old\\n+++ new\\n@@ -1,2 +1 @@\\n-d\\n-c\\n+\\n@@ -5 +3,0 @@\\n-b\\n\\\\ No newline at end of file\\n"',
  });

  cases("are applied near their place", {
    '(diff/apply "a\nx\nx\nx\na\n" "@@ -4 +4 @@\n-a\n+A\n")': '"a\\nx\\nx\\nx\\nA\\n"',
    '(diff/apply "x\nx\nx\na\n" "@@ -1 +1 @@\n-a\n+A\n@@ -1 +1 @@\n-x\n+X\n")': '"x\\nx\\nX\\nA\\n"',
  });

  it("lead from any text to any other, with any context", () => {
    const random = new Random(11);
    const text = (): string => {
      const lines = Array.from({ length: random.below(25) }, () => random.pick(["a", "b", "c", ""]));
      return lines.map((line) => `${line}\n`).join("") + random.pick(["", "z"]);
    };
    for (let i = 0; i < 400; i++) {
      const [old, now] = [text(), text()];
      const patch = call("diff/unified", old, now, random.below(5));
      // A patch does not say whether the last line ends, and to an empty text lines are added without an end.
      const ended = old.endsWith("\n");
      const expected = now.replace(/\n$/, "");
      assertEquals(call("diff/apply", old, patch), ended && expected !== "" ? `${expected}\n` : expected, `${patch}`);
    }
  });
});

describe("digests", () => {
  it("are those of the host, for messages and keys of any length", () => {
    const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const random = new Random(3);
    for (let length = 0; length < 200; length++) {
      const message = Uint8Array.from({ length }, () => random.below(256));
      const key = Uint8Array.from({ length: random.below(150) }, () => random.below(256));
      assertEquals(hex(sha256(message)), createHash("sha256").update(message).digest("hex"));
      assertEquals(hex(md5(message)), createHash("md5").update(message).digest("hex"));
      assertEquals(hex(hmacSha256(key, message)), createHmac("sha256", key).update(message).digest("hex"));
    }
  });

  cases("and base64 are strict", {
    '(base64/decode "AR==")': "eval: base64/decode: Invalid last symbol 82, offset 1.",
    '(base64/decode "A")': "eval: base64/decode: Invalid input length: 1",
    '(base64/decode "AB")': "eval: base64/decode: Invalid padding",
    '(base64/decode "eHl6\n")': "eval: base64/decode: Invalid symbol 10, offset 4.",
    '(base64/decode "eH==eHl6")': "eval: base64/decode: Invalid symbol 61, offset 2.",
    '(base64/decode "é")': "eval: base64/decode: Invalid symbol 195, offset 0.",
  });
});
