/** Programs of several real files, run by the command line on the host that runs the tests. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { assertEquals, assertStringIncludes } from "../../src/compat/assert.ts";
import { resolve } from "../../src/host/files.ts";

const MOD = fileURLToPath(new URL("../../mod.ts", import.meta.url));
const LAUNCH: readonly string[] = "Deno" in globalThis ? ["run", "-R", "--no-check", MOD] : [MOD];

const directory = mkdtempSync(join(tmpdir(), "sema-files-"));
after(() => rmSync(directory, { recursive: true }));

function write(name: string, text: string | Uint8Array): void {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function sema(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...LAUNCH, ...args], {
    cwd: directory,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", NODE_NO_WARNINGS: "1" },
    timeout: 60_000,
  });
  return { code: status, out: stdout, err: stderr };
}

const slow = { timeout: 120_000 };

write("app/main.sema", '(import "lib/shapes.sema" area)\n(println (area 3 4) (load "../data.sema"))\n');
write(
  "app/lib/shapes.sema",
  '#!/usr/bin/env sema\n(module shapes (export area)\n  (import "numbers.sema")\n  (define (area a b) (times a b)))\n',
);
write("app/lib/numbers.sema", "(define (times a b) (* a b))\n");
write("data.sema", "(list 1 2)\n");
write("broken/main.sema", '(import "lib.sema")\n(+ 1 (half "x"))\n');
write("broken/lib.sema", "(define (half x)\n  (/ x 2))\n");
write("bytes.sema", new Uint8Array([0xff, 0xfe]));

describe("files of a program", () => {
  it("are found relative to the file that loads them, on every tier", slow, () => {
    for (const tier of ["auto", "baseline", "jit", "walker"]) {
      assertEquals(sema(`--tier=${tier}`, "app/main.sema"), { code: 0, out: "12 (1 2)\n", err: "" });
    }
  });

  it("are found relative to the working directory by text without a file", slow, () => {
    assertEquals(sema("-e", '(import "app/lib/numbers.sema") (times 6 7)'), { code: 0, out: "42\n", err: "" });
  });

  it("are shown in reports", slow, () => {
    const { code, err } = sema("broken/main.sema");
    assertEquals(code, 1);
    assertStringIncludes(err, "broken/lib.sema:2:3: ");
    assertStringIncludes(err, "2 |   (/ x 2))");
    assertStringIncludes(err, "at half (broken/lib.sema:2:3)");
    assertStringIncludes(err, "broken/main.sema:2:6");
  });

  it("that cannot be had are errors of the program", slow, () => {
    const message = (path: string) =>
      sema("-e", `(try (import "${path}") (catch e (list (:type e) (:message e))))`).out;
    assertEquals(message("nope.sema"), '(:io "import nope.sema: no such file")\n');
    assertEquals(message("app"), '(:io "import app: is a directory")\n');
    assertEquals(message("bytes.sema"), '(:io "import bytes.sema: not a program: the file is not UTF-8 text")\n');
    assertEquals(message("github.com/u/r"), '(:eval "package not found: github.com/u/r")\n');
  });
});

describe("resolve", () => {
  const cases: readonly (readonly [string, string | null, string])[] = [
    ["a.sema", null, "a.sema"],
    ["./x/../a.sema", null, "a.sema"],
    ["../a.sema", null, "../a.sema"],
    ["../../a.sema", "x/main.sema", "../a.sema"],
    ["a.sema", "x/y/main.sema", "x/y/a.sema"],
    ["../a.sema", "/x/y/main.sema", "/x/a.sema"],
    ["/../a.sema", "x/main.sema", "/a.sema"],
    ["a.sema", "main.sema", "a.sema"],
    ["a.sema", "C:\\x\\main.sema", "C:\\x\\a.sema"],
  ];
  for (const [path, from, expected] of cases) {
    it(`${path} from ${from ?? "nowhere"}`, () => assertEquals(resolve(path, from), expected));
  }
});
