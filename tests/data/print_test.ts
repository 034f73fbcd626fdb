/** The printed forms: numbers that read back, escapes, and the layout that breaks at 80 bytes. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import {
  Char,
  complex,
  display,
  exactFromDecimal,
  float,
  formatFixed,
  formatNumber,
  keyword,
  layout,
  listFrom,
  parseDouble,
  rational,
  repr,
  roundToPlaces,
  scalarCount,
  SortedMap,
  utf8Length,
  Vector,
} from "../../src/data/mod.ts";
import { Random } from "./random.ts";

describe("numbers", () => {
  it("print so that they read back, without an exponent", () => {
    const random = new Random(43);
    for (let i = 0; i < 3000; i++) {
      const value = random.double();
      const text = formatNumber(float(value));
      assert(/^-?\d+\.\d+$/.test(text), text);
      assert(Object.is(Number(text), value), text);
    }
  });

  it("print in the documented forms", () => {
    const texts: [Parameters<typeof formatNumber>[0], string][] = [
      [float(1e21), "1000000000000000000000.0"],
      [float(1e23), "99999999999999991611392.0"],
      [float(-0), "-0.0"],
      [1e-9, "0.000000001"],
      [-1.5e-7, "-0.00000015"],
      [1599942906459628.25, "1599942906459628.3"],
      [99117008663531.125, "99117008663531.13"],
      [NaN, "NaN"],
      [-Infinity, "-inf"],
      [rational(-7n, 14n), "-1/2"],
      [complex(0, -1), "0-1i"],
      [complex(1, Infinity), "1+infi"],
      [1n << 64n, "18446744073709551616"],
    ];
    for (const [value, text] of texts) assertEquals(formatNumber(value), text);
  });

  it("read from text", () => {
    assertEquals([parseDouble(".5"), parseDouble("5."), parseDouble("-INF")], [0.5, 5, -Infinity]);
    for (const text of ["", " 1", "1/2", "0x1", "1e", "."]) assertEquals(parseDouble(text), null);
    assertEquals(exactFromDecimal("2.75"), rational(11n, 4n));
    assertEquals(exactFromDecimal("1e400"), Infinity);
  });

  it("round to places", () => {
    assertEquals([formatFixed(0.375, 2), formatFixed(0.125, 2), formatFixed(-0.004, 2)], ["0.38", "0.12", "-0.00"]);
    assertEquals(formatFixed(0.3, 18), "0.299999999999999989");
    assertEquals([roundToPlaces(1.005, 2), roundToPlaces(6543.21, -2), roundToPlaces(9.75, 300)], [1, 6500, 9.75]);
  });
});

describe("text", () => {
  it("counts scalars and bytes as the encodings do", () => {
    for (const text of ["", "plain", "é", "\u{1f44d}\u{1f3fd}", "a\uffffb", "日本\u{20000}"]) {
      assertEquals(scalarCount(text), Array.from(text).length);
      assertEquals(utf8Length(text), new TextEncoder().encode(text).length);
    }
  });

  it("differs between the two printers only for a string on top", () => {
    assertEquals([display('a"b'), repr('a"b\n')], ['a"b', '"a\\"b\\n"']);
    assertEquals(display(listFrom(["x", new Char(32), new Char(233)])), '("x" #\\space #\\é)');
  });
});

describe("layout", () => {
  const long = "x".repeat(50);

  it("keeps 80 bytes on one line and breaks 81", () => {
    const fitting = listFrom(["y".repeat(76)]);
    assertEquals(layout(fitting), repr(fitting));
    assertEquals(layout(listFrom([long, "z".repeat(25)])), `("${long}"\n "${"z".repeat(25)}")`);
    assertEquals(layout(listFrom(["é".repeat(38)])).includes("\n"), false);
    assertEquals(layout(new Vector([1, "é".repeat(38)])), `[1\n "${"é".repeat(38)}"]`);
  });

  it("puts a container that does not fit under its key", () => {
    const map = SortedMap.from([[keyword("outer"), SortedMap.from([[keyword("a"), long], [keyword("b"), long]])]]);
    assertEquals(layout(map), `{:outer\n   {:a "${long}"\n    :b "${long}"}}`);
  });
});
