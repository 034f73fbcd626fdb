/** Key-value stores in files. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, memoryFiles, SemaError, type Tier } from "../../src/engine/mod.ts";

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
