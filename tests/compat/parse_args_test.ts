/** The argument parser, on what the real one documents. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { parseArgs } from "../../src/compat/parse_args.ts";

describe("parseArgs", () => {
  it("tells flags, values and positionals apart", () => {
    assertEquals(parseArgs(["--quiet", "--name=a", "--other", "b", "c", "-5", "-x"], { boolean: ["quiet"] }), {
      _: ["c", -5],
      quiet: true,
      name: "a",
      other: "b",
      x: true,
    });
  });

  it("makes numbers of what looks like one, unless a string is wanted", () => {
    assertEquals(parseArgs(["--a=1.5", "--b=2", "3"], { string: ["b", "_"] }), { _: ["3"], a: 1.5, b: "2" });
  });

  it("gives booleans false and strings nothing by default", () => {
    assertEquals(parseArgs([], { boolean: ["a"], string: ["b"], default: { c: 1 } }), { _: [], a: false, c: 1 });
  });

  it("knows aliases", () => {
    assertEquals(parseArgs(["-h"], { boolean: ["help"], alias: { h: "help" } }), { _: [], h: true, help: true });
  });

  it("collects", () => {
    assertEquals(parseArgs(["-e", "1", "-e", "2"], { string: ["e"], collect: ["e"] }), { _: [], e: ["1", "2"] });
  });

  it("negates where asked", () => {
    assertEquals(parseArgs(["--no-color", "--no-x"], { boolean: ["color", "no-x"], negatable: ["color"] }), {
      _: [],
      "color": false,
      "no-x": true,
    });
  });

  it("splits grouped letters, the last taking the value", () => {
    assertEquals(parseArgs(["-abc", "v"]), { _: [], a: true, b: true, c: "v" });
  });

  it("stops early", () => {
    assertEquals(parseArgs(["-a", "1", "f", "--b", "x"], { stopEarly: true }), { _: ["f", "--b", "x"], a: 1 });
  });

  it("leaves what follows -- alone", () => {
    assertEquals(parseArgs(["a", "--", "--b"], { "--": true }), { _: ["a"], "--": ["--b"] });
    assertEquals(parseArgs(["a", "--", "--b"]), { _: ["a", "--b"] });
  });

  it("reports what was not declared", () => {
    const seen: [string, string | undefined][] = [];
    const unknown = (arg: string, key?: string) => {
      seen.push([arg, key]);
      return key === undefined;
    };
    assertEquals(parseArgs(["--x=1", "file", "-v"], { boolean: ["v"], unknown }), { _: ["file"], v: true });
    assertEquals(seen, [["--x=1", "x"], ["file", undefined]]);
  });
});
