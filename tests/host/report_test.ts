/** What a person reads when a program fails. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import type { Stats } from "../../src/engine/mod.ts";
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

  it("tell equal frames in a row once, and leave out a place without a function", () => {
    const trace = [frame("", 2, 3), ...Array.from({ length: 500 }, () => frame("f", 2, 8)), frame("<lambda>", 3, 1)];
    const lines = report("deep", trace).trimEnd().split("\n").slice(3);
    assertEquals(lines, ["  at f (f.sema:2:8)", "  ... 499 more like this", "  at <lambda> (f.sema:3:1)"]);
  });

  it("tell frames once that follow each other in turn", () => {
    const pair = [frame("ping", 1, 3), frame("pong", 2, 3)];
    const trace = [frame("car", 9, 9), ...Array.from({ length: 300 }, () => pair).flat(), frame("<lambda>", 3, 1)];
    const lines = report("deep", trace).trimEnd().split("\n").slice(1);
    assertEquals(lines, [
      "  at car (f.sema:9:9)",
      "  at ping (f.sema:1:3)",
      "  at pong (f.sema:2:3)",
      "  ... 299 more like these 2",
      "  at <lambda> (f.sema:3:1)",
    ]);
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
  it("names and aligns them, those by reason below their sum, without what never happened", () => {
    const stats: Stats = {
      tier: "auto",
      codeGeneration: true,
      functions: 1234,
      compiled: 3,
      compiledLoops: 2,
      recompiled: 1,
      compileTime: 12.5,
      invalidated: 0,
      refusals: {},
      exits: { overflow: 2, "no number": 5 },
      unwinds: { call: 7, await: 0 },
      globalSites: 10,
      sharedCells: 4,
    };
    assertEquals(
      statsTable(stats),
      `tier                                       auto
code generation                         allowed
functions made                            1,234
functions compiled                            3
loops compiled                                2
of these recompiled                           1
milliseconds compiling                       13
code invalidated                              0
compilations refused                          0
side exits                                    7
  overflow                                    2
  no number                                   5
unwinds                                       7
  to call deeper than the host's stack        7
cached global sites                          10
upvalue cells made                            4
`,
    );
  });
});
