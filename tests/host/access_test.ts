/** Files, environment and processes as programs see them through the host that runs these tests. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import process from "node:process";
import { assert, assertEquals, assertStringIncludes } from "../../src/compat/assert.ts";
import { createRuntime, type FileSystem, memoryFiles, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";

const directory = mkdtempSync(join(tmpdir(), "sema-access-"));
after(() => rmSync(directory, { recursive: true }));

const access = hostAccess(["sema", "program.sema", "first"]);

function run(code: string, options: { tier?: Tier; files?: FileSystem } = {}): string {
  const { tier = "auto", files = access.files } = options;
  const sema = createRuntime({ tier, host: { ...access, ...files === undefined ? {} : { files } } });
  sema.define("here", options.files === undefined ? directory : "/here");
  return sema.print(sema.eval(code));
}

const ON_FILES: readonly (readonly [name: string, code: string, expected: string])[] = [
  [
    "write and read",
    '(begin (file/write (p "a") "grønn\\n") (list (file/read (p "a")) (:size (file/info (p "a")))))',
    '("grønn\\n" 7)',
  ],
  ["append", '(begin (file/append (p "log") "1") (file/append (p "log") "2") (file/read (p "log")))', '"12"'],
  ["bytes", '(begin (file/write-bytes (p "b") #u8(0 255 10)) (file/read-bytes (p "b")))', "#u8(0 255 10)"],
  ["lines", '(begin (file/write (p "l") "x\\r\\ny\\n\\nz") (file/read-lines (p "l")))', '("x" "y" "" "z")'],
  ["lines of an empty file", '(begin (file/write (p "e") "") (file/read-lines (p "e")))', "()"],
  ["fold over lines", '(file/fold-lines (p "l") (fn (n line) (+ n (string-length line))) 0)', "3"],
  [
    "fold over lines as bytes",
    '(file/fold-lines-bytes (p "l") (fn (all line) (append all (list line))) (list))',
    "(#u8(120) #u8(121) #u8() #u8(122))",
  ],
  [
    "a throw while folding closes the file",
    '(try (file/for-each-line (p "l") (fn (line) (throw line))) (catch e (:value e)))',
    '"x"',
  ],
  [
    "directories",
    '(begin (file/mkdir (p "d/e")) (file/mkdir (p "d/e")) (list (file/is-directory? (p "d")) (file/list (p "d"))))',
    '(#t ("e"))',
  ],
  [
    "rename and copy",
    '(begin (file/rename (p "a") (p "d/c")) (file/copy (p "d/c") (p "d/f")) (list (file/exists? (p "a")) (file/list (p "d"))))',
    '(#f ("c" "e" "f"))',
  ],
  ["rename a directory", '(begin (file/rename (p "d") (p "g")) (file/read (p "g/c")))', '"grønn\\n"'],
  ["delete", '(begin (file/delete (p "g/c")) (file/exists? (p "g/c")))', "#f"],
  ["delete a directory", '(try (file/delete (p "g")) (catch e (:type e)))', ":io"],
  ["glob", '(map (fn (path) (last (string/split path "/"))) (file/glob (p "**/[a-f]")))', '("b" "e" "e" "f")'],
  ["a bad pattern", '(try (file/glob (p "[a")) (catch e (:type e)))', ":eval"],
  [
    "a missing file",
    '(try (file/read (p "none/x")) (catch e (list (:type e) (string/ends-with? (:message e) "x: No such file or directory"))))',
    "(:io #t)",
  ],
  [
    "a directory as a file",
    '(try (file/read here) (catch e (list (:type e) (string/ends-with? (:message e) "Is a directory"))))',
    "(:io #t)",
  ],
  [
    "what is no text",
    '(begin (file/write-bytes (p "bin") #u8(255 254)) (try (file/read (p "bin")) (catch e (:type e))))',
    ":io",
  ],
  [
    "a patch",
    '(begin (file/write (p "milk") "milk\\neggs\\n") (list (patch/apply-file (p "milk") "@@ -2 +2 @@\\n-eggs\\n+bread\\n") (file/read (p "milk"))))',
    '(1 "milk\\nbread\\n")',
  ],
  [
    "a patch that does not fit",
    '(list (try (patch/apply-file (p "milk") "@@ -2 +2 @@\\n-eggs\\n+x\\n") (catch e (:type e))) (file/read (p "milk")))',
    '(:eval "milk\\nbread\\n")',
  ],
  [
    "checking programs",
    '(begin (file/write (p "p.sema") "(+ 1") (list (:ok (sema/check-file (p "p.sema"))) (:ok (sema/check-file (p "milk")))))',
    "(#f #t)",
  ],
  ["a missing directory", '(try (file/write (p "none/x") "") (catch e (:type e)))', ":io"],
];

function all(options: { tier?: Tier; files?: FileSystem }): string[] {
  const begin = `(define (p name) (string-append here "/" name)) (file/mkdir here)`;
  const { tier = "auto" } = options;
  const sema = createRuntime({
    tier,
    host: { ...access, files: options.files ?? access.files ?? memoryFiles() },
  });
  sema.define("here", options.files === undefined ? join(directory, tier) : "/here");
  sema.eval(begin);
  return ON_FILES.map(([, code]) => sema.print(sema.eval(code)));
}

describe("files", () => {
  const expected = ON_FILES.map(([, , value]) => value);
  for (const tier of ["walker", "baseline", "jit", "auto"] as const) {
    it(`of the disk (${tier})`, () => assertEquals(all({ tier }), expected));
    it(`in memory (${tier})`, () => assertEquals(all({ tier, files: memoryFiles() }), expected));
  }

  it("behind symbolic links", () => {
    writeFileSync(join(directory, "target"), "t");
    symlinkSync(join(directory, "target"), join(directory, "link"));
    symlinkSync("/", join(directory, "root"));
    const code = '(map (fn (f) (f (string-append here "/link"))) (list file/is-symlink? file/is-file? file/read))';
    assertEquals(run(code), '(#t #t "t")');
    const sema = createRuntime({ host: access, allowedPaths: [directory] });
    sema.define("here", directory);
    const outside = '(try (file/list (string-append here "/root/etc")) (catch e (:type e)))';
    assertEquals(sema.print(sema.eval(outside)), ":permission-denied");
  });

  it("know where paths lead, and what lies within them", () => {
    const within = (base: string, path: string) => run(`(path/within? ${base} ${path})`);
    const at = (path: string) => `(string-append here "/${path}")`;
    assertEquals(run(`(= (path/absolute ${at("link")}) (path/absolute ${at("target")}))`), "#t");
    assertEquals(run(`(try (path/absolute ${at("none")}) (catch e (:type e)))`), ":io");
    assertEquals(within("here", at("target")), "#t");
    assertEquals(within("here", "here"), "#t");
    assertEquals(within("here", at("not/there/yet")), "#t");
    assertEquals(within("here", at("../x")), "#f");
    assertEquals(within("here", at("root/etc")), "#f");
    assertEquals(within("here", '(string-append here "2")'), "#f");
  });

  it("of a hundred thousand lines are read piece by piece", () => {
    const path = join(directory, "long");
    writeFileSync(path, Array.from({ length: 100_000 }, (_, index) => `line ${index}\n`).join(""));
    assertEquals(run('(file/fold-lines (string-append here "/long") (fn (n line) (+ n 1)) 0)'), "100000");
  });
});

describe("the system", () => {
  it("tells of itself", () => {
    assertEquals(run("(sys/args)"), '("sema" "program.sema" "first")');
    assertEquals(run("(sys/pid)"), String(process.pid));
    assertEquals(run("(sys/cwd)"), JSON.stringify(process.cwd()));
    assert(["linux", "macos", "windows"].includes(JSON.parse(run("(sys/platform)"))));
  });

  it("has an environment", () => {
    assertEquals(
      run('(begin (sys/set-env "SEMA_TEST_A" "1") (list (env "SEMA_TEST_A") (env "SEMA_TEST_B")))'),
      '("1" nil)',
    );
    assertEquals(run("(:SEMA_TEST_A (sys/env-all))"), '"1"');
  });

  it("says which capability is missing where the host refuses to look", () => {
    const refused = () => {
      throw Object.assign(new Error("run it with more permissions"), { name: "NotCapable" });
    };
    const environment = { get: refused, all: refused, set: refused, directory: refused };
    const sema = createRuntime({ host: { ...access, environment } });
    const caught = (code: string) => sema.toJS(sema.eval(`(try ${code} (catch e (list (:type e) (:capability e))))`));
    for (const code of ['(env "A")', "(sys/env-all)", "(sys/home-dir)", "(sys/config-dir)", "(sys/cwd)"]) {
      assertEquals(caught(code), ["permission-denied", "env-read"], code);
    }
    assertEquals(caught('(sys/set-env "A" "b")'), ["permission-denied", "env-write"]);
  });

  it("has places for settings", () => {
    const set: Record<string, string> = { HOME: "/home/ann" };
    const environment = { get: (name: string) => set[name], all: () => set, set: () => {}, directory: () => "/" };
    const facts = {
      os: "linux",
      architecture: "x86_64",
      hostName: () => null,
      interactive: () => false,
      terminalPath: () => null,
      terminal: () => null,
    };
    const places = (os: string) => {
      const sema = createRuntime({ host: { environment, facts: { ...facts, os } } });
      return sema.toJS(sema.eval("(list (sys/config-dir) (sys/sema-home))"));
    };
    assertEquals(places("linux"), ["/home/ann/.config", "/home/ann/.sema"]);
    assertEquals(places("darwin"), ["/home/ann/Library/Application Support", "/home/ann/.sema"]);
    assertEquals(places("windows"), [null, "/home/ann/.sema"]);
    Object.assign(set, { XDG_CONFIG_HOME: "/settings", SEMA_HOME: "/sema", APPDATA: "C:/data" });
    assertEquals(places("linux"), ["/settings", "/sema"]);
    assertEquals(places("windows"), ["C:/data", "/sema"]);
  });

  it("runs commands", () => {
    assertEquals(run('(shell "echo out; echo err >&2; exit 3")'), '{:exit-code 3 :stderr "err\\n" :stdout "out\\n"}');
    assertEquals(run('(:stdout (shell "printenv" "SEMA_X" {:env {"SEMA_X" "it\'s"}}))'), '"it\'s\\n"');
    assertEquals(run('(:stdout (shell "pwd" {:cwd "/"}))'), '"/\\n"');
    assertEquals(run('(try (shell "no-such-program-zzz" "x") (catch e (:type e)))'), ":io");
  });

  it("measures time", () => {
    assertEquals(run("(let ((t (time/ms (fn () 1)))) (and (>= t 0) (float? t)))"), "#t");
    let told = "";
    const sema = createRuntime({ host: access, stderr: (text) => told += text });
    assertEquals(sema.print(sema.eval("(time (fn () 42))")), "42");
    assertStringIncludes(told, "Elapsed: ");
  });

  it("leaves the files of the tests alone", () => {
    assertEquals(readFileSync(join(directory, "target"), "utf8"), "t");
  });
});

describe("the standard input", () => {
  it("is read line by line, however its pieces fall", () => {
    for (const size of [1, 2, 3, 7, 1000]) {
      const bytes = new TextEncoder().encode("erste\r\n\nzweite ø\nlast");
      let at = 0;
      const input = (into: Uint8Array): number => {
        const part = bytes.subarray(at, at + Math.min(size, into.length));
        into.set(part);
        at += part.length;
        return part.length;
      };
      const sema = createRuntime({ host: { input } });
      const code =
        "(let loop ((lines (list))) (let ((line (read-line))) (if (nil? line) (reverse lines) (loop (cons line lines)))))";
      assertEquals(sema.print(sema.eval(code)), '("erste" "" "zweite ø" "last")');
      assertEquals(sema.print(sema.eval("(io/eof?)")), "#t");
    }
  });

  it("is empty where there is none", () => {
    assertEquals(createRuntime().print(createRuntime().eval("(list (read-line) (read-stdin))")), '(nil "")');
  });
});
