/** Archives and compression: what is written can be read, what others have written too, and nothing lands outside. */
import { describe, it } from "node:test";
import { Buffer } from "node:buffer";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type FileSystem, memoryFiles, SemaError, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

/** Written by Python's zipfile: a directory, a deflated and a stored file, two that lead elsewhere, a comment. */
const ZIP = [
  "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAEAAAAZGlyL1BLAwQUAAAICAAAACEApmvLfgYAAADIAAAACgAAAGRpci/DvC50eHSr",
  "qBgeAABQSwMEFAAAAAAAAAAhAAv5Q1YGAAAABgAAAAoAAABzdG9yZWQudHh0c3RvcmVkUEsDBBQAAAAIAAAAIQAfKKpnBAAAAAIA",
  "AAALAAAALi4vZXZpbC50eHTLywcAUEsDBBQAAAAIAAAAIQAfKKpnBAAAAAIAAAAIAAAAL2Ficy50eHTLywcAUEsBAhQDFAAAAAAA",
  "AAAhAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAIABAAAAAGRpci9QSwECFAMUAAAICAAAACEApmvLfgYAAADIAAAACgAAAAAAAAAA",
  "AAAAgAEiAAAAZGlyL8O8LnR4dFBLAQIUAxQAAAAAAAAAIQAL+UNWBgAAAAYAAAAKAAAAAAAAAAAAAACAAVAAAABzdG9yZWQudHh0",
  "UEsBAhQDFAAAAAgAAAAhAB8oqmcEAAAAAgAAAAsAAAAAAAAAAAAAAIABfgAAAC4uL2V2aWwudHh0UEsBAhQDFAAAAAgAAAAhAB8o",
  "qmcEAAAAAgAAAAgAAAAAAAAAAAAAAIABqwAAAC9hYnMudHh0UEsFBgAAAAAFAAUAEQEAANUAAAAJAGEgY29tbWVudA==",
].join("");

/** Written by Python's tarfile: a directory, a file with a long name, a symbolic link, a file that leads elsewhere. */
const TARS: Readonly<Record<string, string>> = {
  GNU: [
    "H4sIAAAAAAACA+3WTQ6CMBAF4DlKT9BpS6FbD8AljBBDxGKk/hzfxoWJSGIiKSbwvs10//KmUzElp6LC2ueMhnPkXWiTk8hpBpc+",
    "bM9C0EpJlrwpO78vG39ImP9I7q/MzUf+ztmYf4n8k6vYT8DHCWS4B4Ll5/99/9v3/meZ0paEQv+Ta+PqRwvWq0337f9+/2lVZJqE",
    "4Trs+LTt+1uF/ie6/yTX16b9c/5meP87Z7D/5+A77EAAAAAAAAAAAAAAAIAleQC3mUsHACgAAA==",
  ].join(""),
  PAX: [
    "H4sIAAAAAAACA+3WvQ6CMBQF4M4+RZ+gfxQ6mTg6+gqNbZSIQKQqjy9xMIGQOJCCkfMtt1uH03NTx0l0opNp/Z6d4Rw5ZzJLCU3J",
    "DO5NsLfuSrJOjDO+O9h2763zt3j5j+T+yVxJ2c9fCiUMoS3yj04mhtY2nLeOlxPw6wQstGFDYAlzxP59/+t+/5NEpJpQgf5HV1Tl",
    "CS1YryIvLz/3/5MiM5JQxX048to2zdOh/5H+f4z7R14snL8avAUjEoX9P4eywg4EAAAAAAAAAAAAAAD4Jy/0NcwdACgAAA==",
  ].join(""),
  USTAR: [
    "H4sIAAAAAAACA+3UTQ6CMBCG4TkKJ6CllnIeIsQQazFSf44PcSdxh6DI+2xmdrP4Jl+lZHZ64Kx9zsF4vtld5nJJclnAtYvlZTgp",
    "23SaII2P+Jn87Wv+VufGSaLXnH+lwgSL5e/bcBBslm/C8ef6P9OuyCQxqo57dS677l7R//NIU1XfGv/l/M3oFwq9Myvv/5UILR0I",
    "AAAAAAAAAAAAAP+gB93ZcPgAKAAA",
  ].join(""),
};

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

function withFiles(archives: Readonly<Record<string, Uint8Array>> = {}): FileSystem {
  const files = memoryFiles();
  for (const [path, content] of Object.entries(archives)) files.write(path, content, "replace");
  return files;
}

function run(code: string, files: FileSystem = withFiles(), tier: Tier = "auto"): string {
  const runtime = createRuntime({ tier, host: { ...hostAccess(), files } });
  try {
    return runtime.print(runtime.eval(code)).replaceAll(/\n\s*/g, " ");
  } catch (error) {
    if (error instanceof SemaError) return `${error.type}: ${error.message}`;
    throw error;
  }
}

const MAKE = `(define long (string-append (string/repeat "l" 120) ".txt"))
  (file/mkdir "in")
  (file/write "in/ä.txt" "grün")
  (file/write-bytes "in/big" (apply bytevector (map (fn (x) (mod (* x x) 251)) (range 5000))))
  (file/write "in/empty" "")
  (file/write long "long")
  (define all (list "in/ä.txt" "in/big" "in/empty" long))
  (define (same? directory)
    (map (fn (path)
           (= (file/read-bytes path) (file/read-bytes (string-append directory "/" (path/filename path)))))
      all))`;

describe("an archive", () => {
  for (const tier of TIERS) {
    it(`gives back what was put into it (${tier})`, () => {
      const archives: readonly (readonly [kind: string, file: string])[] = [
        ["zip", "a.zip"],
        ["tar", "a.tar"],
        ["tar", "a.tar.gz"],
        ["tar", "a.tgz"],
      ];
      for (const [kind, file] of archives) {
        const code =
          `${MAKE} (list (${kind}/create "${file}" all) (${kind}/extract "${file}" "out/here") (same? "out/here"))`;
        assertEquals(run(code, withFiles(), tier), "(4 4 (#t #t #t #t))", file);
      }
    });
  }

  it("is compressed where its name says so", () => {
    const code = `(file/write "a" (string/repeat "x" 10000))
      (map (fn (make path) (make path (list "a")) (:size (file/info path)))
        (list zip/create tar/create tar/create) (list "a.zip" "a.tar" "a.tgz"))`;
    const [zip = 0, tar = 0, gz = 0] = run(code).slice(1, -1).split(" ").map(Number);
    assertEquals([zip < 300, tar, gz < 300], [true, 10000 + 240 + 3 * 512, true]);
  });

  it("tells what is in it", () => {
    assertEquals(run(`${MAKE} (zip/create "a.zip" (take 2 all)) (zip/list "a.zip")`), '("ä.txt" "big")');
    const files = withFiles({ "a.zip": bytes(ZIP) });
    assertEquals(run('(zip/list "a.zip")', files), '("dir/" "dir/ü.txt" "stored.txt" "../evil.txt" "/abs.txt")');
  });

  it("made by others is read; what leads elsewhere is left out", () => {
    const zip = withFiles({ "a.zip": bytes(ZIP) });
    assertEquals(
      run(
        '(list (zip/extract "a.zip" "o/p") (string-length (file/read "o/p/dir/ü.txt")) (file/read "o/p/stored.txt"))',
        zip,
      ),
      '(2 200 "stored")',
    );
    assertEquals(run('(map file/exists? (list "o/evil.txt" "/abs.txt" "o/p/abs.txt"))', zip), "(#f #f #f)");
    const path = `o/p/d/${"n".repeat(60)}/${"m".repeat(60)}.txt`;
    for (const [kind, content] of Object.entries(TARS)) {
      const files = withFiles({ a: bytes(content) });
      assertEquals(run(`(list (tar/extract "a" "o/p") (file/read "${path}"))`, files), '(1 "long")', kind);
      assertEquals(run('(map file/exists? (list "o/evil" "o/p/link" "o/p/d"))', files), "(#f #f #t)", kind);
    }
  });

  it("stays within the directories that a program may use", () => {
    const files = withFiles();
    files.makeDirectory("in");
    files.write("in/a.zip", bytes(ZIP), "replace");
    const runtime = createRuntime({ host: { ...hostAccess(), files }, allowedPaths: ["/in"] });
    const caught = '(try (zip/extract "in/a.zip" "out") (catch e (list (:type e) (:path e))))';
    assertEquals(runtime.print(runtime.eval(caught)), '(:permission-denied "out")');
  });

  it("that is none, damaged, or not there is an error that says so", () => {
    const damaged = bytes(ZIP);
    damaged[60] = (damaged[60] ?? 0) ^ 0xff;
    const cut = bytes(ZIP).slice(40);
    const files = () => withFiles({ "d.zip": damaged, "c.zip": cut, "x": new Uint8Array(2000).fill(65) });
    const CASES: readonly (readonly [code: string, error: string])[] = [
      ['(zip/list "no.zip")', "io: I/O error: zip/list no.zip: No such file or directory"],
      ['(zip/list "x")', "eval: zip/list: x: not a zip archive"],
      ['(zip/extract "c.zip" "o")', "eval: zip/extract: c.zip: the archive is damaged"],
      ['(tar/extract "x" "o")', "eval: tar/extract: x: not a tar archive"],
      ['(tar/create "a.tar" ["x"])', "type-error: expected list, got vector"],
      ['(zip/create "a.zip" (list "x" "./x"))', "eval: zip/create: two of the files are called x"],
      ["(gzip/decompress #u8(1 2 3))", "eval: gzip/decompress: the compressed data is damaged"],
      ['(gzip/decompress "text")', "type-error: expected bytevector, got string"],
      ["(gzip/compress 5)", "type-error: expected bytevector or string, got int"],
    ];
    for (const [code, error] of CASES) assertEquals(run(code, files()), error, code);
    assertEquals(/damaged/.test(run('(zip/extract "d.zip" "o")', files())), true);
  });
});

describe("compression", () => {
  for (const tier of TIERS) {
    it(`gives back what was compressed (${tier})`, () => {
      const code = `(define text (string/repeat "compress me " 1000))
        (define packed (gzip/compress text))
        (list (< (bytevector-length packed) 200) (= text (utf8->string (gzip/decompress packed)))
          (gzip/decompress (gzip/compress #u8())))`;
      assertEquals(run(code, withFiles(), tier), "(#t #t #u8())");
    });
  }

  it("is not there where the runtime was not given it", () => {
    const runtime = createRuntime();
    const caught = '(try (gzip/compress "x") (catch e (:message e)))';
    assertEquals(runtime.print(runtime.eval(caught)), '"gzip/compress: this runtime was not given compression"');
  });
});
