/** Key-value stores in files. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, memoryFiles, SemaError, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { directory } from "./command.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

function run(code: string, files = memoryFiles(), tier: Tier = "auto"): string {
  const runtime = createRuntime({ tier, host: { files } });
  try {
    return runtime.print(runtime.eval(code)).replaceAll(/\n\s*/g, " ");
  } catch (error) {
    if (error instanceof SemaError) return `${error.type}: ${error.message}`;
    throw error;
  }
}

describe("a key-value store", () => {
  it("is as it was when its file cannot be written", () => {
    const files = memoryFiles();
    let full = false;
    const write = files.write.bind(files);
    files.write = (...args) => {
      if (full) throw Object.assign(new Error(), { code: "ENOSPC" });
      write(...args);
    };
    const runtime = createRuntime({ host: { files } });
    runtime.define("fill", () => void (full = true));
    const code = `(kv/open "s" "s.json") (kv/set "s" "a" 1) (fill)
      (define set (try (kv/set "s" "a" 2) (catch e (:message e))))
      (define deleted (try (kv/delete "s" "a") (catch e (:type e))))
      (list set deleted (kv/get "s" "a") (kv/keys "s"))`;
    const expected = '("kv/set s.json: No space left on device" :io 1 ("a"))';
    assertEquals(runtime.print(runtime.eval(code)).replaceAll(/\n\s*/g, " "), expected);
  });

  it("has all of the old or all of the new in its file, whatever happens while it is written", () => {
    const files = memoryFiles({ "s.json": '{"a": 1}' });
    const write = files.write.bind(files);
    files.write = (path, bytes, mode) => {
      write(path, bytes.subarray(0, 5), mode);
      throw Object.assign(new Error(), { code: "ENOSPC" });
    };
    const code = '(kv/open "s" "s.json") (try (kv/set "s" "a" 2) (catch e (:type e)))';
    assertEquals([run(code, files), run('(file/read "s.json")', files)], [":io", '"{\\"a\\": 1}"']);
    assertEquals(files.list("/"), ["s.json"]);
  });

  it("is written in its place where nothing may be made beside it", () => {
    const files = memoryFiles({ "s.json": "{}" });
    const copy = files.copy.bind(files);
    files.copy = (from, to) => {
      if (to !== "s.json") throw Object.assign(new Error(), { code: "EACCES" });
      copy(from, to);
    };
    assertEquals(
      run('(kv/open "s" "s.json") (kv/set "s" "a" 2) (file/read "s.json")', files),
      '"{\\n  \\"a\\": 2\\n}"',
    );
    const runtime = createRuntime({ host: { files: memoryFiles({ "s.json": "{}" }) }, allowedPaths: ["s.json"] });
    assertEquals(runtime.eval('(kv/open "s" "s.json") (kv/set "s" "a" 2) (kv/open "t" "s.json") (kv/get "t" "a")'), 2);
  });

  it("keeps the permissions of its file, and a link to it", () => {
    const own = join(directory, "store");
    mkdirSync(own);
    const [file, link] = [join(own, "s.json"), join(own, "link.json")];
    writeFileSync(file, "{}");
    chmodSync(file, 0o600);
    symlinkSync("s.json", link);
    const runtime = createRuntime({ host: hostAccess() });
    runtime.eval(`(kv/open "s" ${JSON.stringify(link)}) (kv/set "s" "a" 2)`);
    assertEquals(readFileSync(file, "utf8"), '{\n  "a": 2\n}');
    assertEquals(lstatSync(link).isSymbolicLink(), true);
    if (process.platform !== "win32") assertEquals(statSync(file).mode & 0o777, 0o600);
    assertEquals(readdirSync(own).sort(), ["link.json", "s.json"]);
  });

  for (const tier of TIERS) {
    it(`keeps values as JSON has them (${tier})`, () => {
      const code = `(kv/open "s" "s.json")
        (define set (kv/set "s" "b" {:x [1 2] "y" nan}))
        (kv/set "s" "a" :word)
        (list set (kv/get "s" "b") (kv/get "s" "a") (kv/get "s" "c") (kv/keys "s") (kv/delete "s" "a") (kv/delete "s" "a")
          (kv/keys "s"))`;
      const value = '({"y" NaN :x [1 2]} {:x (1 2) :y nil} "word" nil ("a" "b") #t #f ("b"))';
      assertEquals(run(code, memoryFiles(), tier), value);
    });
  }

  it("is a file, which the next program reads", () => {
    const files = memoryFiles();
    assertEquals(run('(kv/open "s" "s.json") (file/exists? "s.json")', files), "#f");
    run('(kv/open "s" "s.json") (kv/set "s" "b" 1) (kv/set "s" "a" {:k [1.5 nil]}) (kv/close "s")', files);
    const text = '"{\\n  \\"a\\": {\\n    \\"k\\": [\\n      1.5,\\n      null\\n    ]\\n  },\\n  \\"b\\": 1\\n}"';
    assertEquals(run('(file/read "s.json")', files), text);
    assertEquals(
      run('(kv/open "t" "s.json") (list (kv/keys "t") (kv/get "t" "a"))', files),
      '(("a" "b") {:k (1.5 nil)})',
    );
  });

  it("says what is wrong", () => {
    const files = () => memoryFiles({ "list.json": "[1]", "bad.json": "{" });
    const CASES: readonly (readonly [code: string, error: string])[] = [
      ['(kv/get "s" "a")', "eval: kv store 's' not open"],
      ['(kv/open "s" "s.json") (kv/close "s") (kv/keys "s")', "eval: kv store 's' not open"],
      ['(kv/open "s" "list.json")', "io: I/O error: kv/open: malformed JSON in list.json: not an object"],
      [
        '(kv/open "s" "bad.json")',
        "io: I/O error: kv/open: malformed JSON in bad.json: line 1 column 1: EOF while parsing an object at line 1 column 1",
      ],
      ['(kv/open "s" "s.json") (kv/set "s" :key 1)', "type-error: expected string, got keyword"],
    ];
    for (const [code, error] of CASES) assertEquals(run(code, files()), error, code);
  });
});
