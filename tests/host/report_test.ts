/** What a person reads when a program fails. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { failureReport, type Frame, PLAIN, statsTable } from "../../src/host/report.ts";

const frame = (name: string, line: number, column: number, file: string | null = "f.sema"): Frame => {
  return { name, file, line, column };
};

const source = "(define (f x)\n  (+ x y))\n(f 1)\n";

function report(message: string, trace: readonly Frame[], hint?: string): string {
  const sources = new Map<string | null, string>([["f.sema", source]]);
  return failureReport({ message, trace, ...hint === undefined ? {} : { hint } }, "f.sema", sources, PLAIN);
}

describe("reports", () => {
  it("begin with the place, then show the line, the trace and the hint", () => {
    assertEquals(
      report("Unbound variable: y", [frame("f", 2, 8), frame("<lambda>", 3, 1)], "Did you mean '+'?"),
      `f.sema:2:8: Unbound variable: y
2 |   (+ x y))
           ^
  at f (f.sema:2:8)
  at <lambda> (f.sema:3:1)
  hint: Did you mean '+'?
`,
    );
  });

  it("take the place from the first frame that has one", () => {
    assertEquals(
      report("no", [frame("made-by-macro", 0, 0), frame("f", 9, 1)]),
      "f.sema:9:1: no\n  at made-by-macro\n  at f (f.sema:9:1)\n",
    );
  });

  it("name the program where no frame has a place", () => {
    assertEquals(report("no", []), "f.sema: no\n");
  });

  it("call text without a file <input>", () => {
    assertEquals(
      failureReport({ message: "no", trace: [frame("f", 1, 2, null)] }, null, new Map([[null, "(f)"]]), PLAIN),
      "<input>:1:2: no\n1 | (f)\n     ^\n  at f (<input>:1:2)\n",
    );
  });

  it("shorten a long trace in its middle", () => {
    const trace = Array.from({ length: 5000 }, (_, i) => frame(`f${i}`, 0, 0));
    const lines = report("stack overflow", trace).trimEnd().split("\n");
    assertEquals(lines.length, 1 + 16 + 1 + 4);
    assertEquals(lines.slice(16, 19), ["  at f15", "  ... 4980 more", "  at f4996"]);
  });

  it("let no control character through to the terminal", () => {
    const junk = new Map<string | null, string>([["f.sema", "\x1b[2J\x00)"]]);
    assertEquals(
      failureReport({ message: "unexpected \x1b", trace: [frame("f", 1, 1)] }, "f.sema", junk, PLAIN),
      "f.sema:1:1: unexpected \ufffd\n1 | \ufffd[2J\ufffd)\n    ^\n  at f (f.sema:1:1)\n",
    );
  });
});

describe("the table of counters", () => {
  it("aligns values, spells names out and says none", () => {
    assertEquals(
      statsTable({ functionsCompiled: 1234, exits: { guard: 2 }, refused: {}, sites: [{ name: "f", reason: "size" }] }),
      `functions compiled  1,234
exits
  guard             2
refused             none
sites
  f  size
`,
    );
  });
});
