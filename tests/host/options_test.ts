/** The command line as data. */
import { describe, it } from "node:test";
import { assertEquals, assertThrows } from "../../src/compat/assert.ts";
import { type Command, parseCommand, UsageError } from "../../src/host/options.ts";

const auto = { tier: "auto", stats: false, traceTier: false, limits: {}, deny: [], allowedPaths: null } as const;

const GOOD: readonly (readonly [string, Command])[] = [
  ["--help", { kind: "help" }],
  ["-V", { kind: "version" }],
  ["", { kind: "nothing", settings: auto }],
  ["f.sema", { kind: "run", origin: { from: "file", path: "f.sema" }, arguments: [], settings: auto }],
  ["f.sema -x --stats 1", {
    kind: "run",
    origin: { from: "file", path: "f.sema" },
    arguments: ["-x", "--stats", "1"],
    settings: auto,
  }],
  ["--stats --tier=jit f.sema", {
    kind: "run",
    origin: { from: "file", path: "f.sema" },
    arguments: [],
    settings: { ...auto, tier: "jit", stats: true },
  }],
  ["-", { kind: "run", origin: { from: "input" }, arguments: [], settings: auto }],
  ["-e 1 -e 2 a", {
    kind: "run",
    origin: { from: "expressions", texts: ["1", "2"], print: "unless-nil" },
    arguments: ["a"],
    settings: auto,
  }],
  ["-p 1", {
    kind: "run",
    origin: { from: "expressions", texts: ["1"], print: "always" },
    arguments: [],
    settings: auto,
  }],
  ["doc map if", { kind: "doc", names: ["map", "if"], settings: auto }],
  ["dis f.sema", {
    kind: "show",
    what: "bytecode",
    origin: { from: "file", path: "f.sema" },
    name: null,
    run: false,
    annotate: false,
    settings: auto,
  }],
  ["js f.sema g --tier=baseline", {
    kind: "show",
    what: "javascript",
    origin: { from: "file", path: "f.sema" },
    name: "g",
    run: false,
    annotate: false,
    settings: { ...auto, tier: "baseline", stats: false },
  }],
  ["--tier jit dis - 5", {
    kind: "show",
    what: "bytecode",
    origin: { from: "input" },
    name: "5",
    run: false,
    annotate: false,
    settings: { ...auto, tier: "jit", stats: false },
  }],
  ["--max-steps=5 --max-ms 6 --max-depth=7 --max-output=8 f", {
    kind: "run",
    origin: { from: "file", path: "f" },
    arguments: [],
    settings: { ...auto, limits: { steps: 5, milliseconds: 6, depth: 7, output: 8 } },
  }],
  ["--sandbox=strict --allowed-paths=a,/b f", {
    kind: "run",
    origin: { from: "file", path: "f" },
    arguments: [],
    settings: {
      ...auto,
      deny: ["fs-write", "shell", "process", "network", "env-write", "llm", "serial"],
      allowedPaths: ["a", "/b"],
    },
  }],
  ["--sandbox no-shell,network -", {
    kind: "run",
    origin: { from: "input" },
    arguments: [],
    settings: { ...auto, deny: ["shell", "network"] },
  }],
  ["js --run f --max-ms=9", {
    kind: "show",
    what: "javascript",
    origin: { from: "file", path: "f" },
    name: null,
    run: true,
    annotate: false,
    settings: { ...auto, limits: { milliseconds: 9 } },
  }],
];

const BAD: readonly (readonly [string, string])[] = [
  ["--bogus", "unknown option --bogus"],
  ["-x f.sema", "unknown option -x"],
  ["--tier=fast f.sema", "--tier must be one of"],
  ["--tier", "--tier must be one of"],
  ["dis --annotate f", "--annotate is for js"],
  ["--run f", "unknown option --run"],
  ["--sandbox=strong f", '--sandbox does not know "strong"'],
  ["--allowed-paths= f", "--allowed-paths needs a directory"],
  ["--max-ms=soon f", "--max-ms needs a positive whole number"],
  ["--max-steps=0 f", "--max-steps needs a positive whole number"],
  ["--max-depth f", "--max-depth needs a positive whole number"],
  ["-e", "-e needs an expression"],
  ["-e 1 -p 2", "exclude each other"],
  ["dis", "dis needs a file"],
  ["doc", "doc needs a name"],
  ["js a b c", "at most one name"],
];

const split = (line: string) => line.split(" ").filter((word) => word !== "");

describe("the command line", () => {
  for (const [line, command] of GOOD) {
    it(`understands '${line}'`, () => assertEquals(parseCommand(split(line)), command));
  }
  for (const [line, message] of BAD) {
    it(`refuses '${line}'`, () => void assertThrows(() => parseCommand(split(line)), UsageError, message));
  }
});
