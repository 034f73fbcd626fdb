/** Byte streams of files, on disk and in memory, and of the standard streams. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { assertEquals, assertStringIncludes } from "../../src/compat/assert.ts";
import { createRuntime, memoryFiles, type Runtime, type RuntimeOptions, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { answering, program, sema } from "./command.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

const directory = mkdtempSync(join(tmpdir(), "sema-streams-"));
after(() => rmSync(directory, { recursive: true }));

const PREPARATION = `
  (define (p name) (string-append here "/" name))
  (define-syntax failure (syntax-rules () ((_ e) (try e (catch x (list (:type x) (:message x)))))))
`;

/** Name → a program on files, which come one after the other, and its value. */
const ON_FILES: Readonly<Record<string, readonly [code: string, value: string]>> = {
  "are written in pieces": [
    `(with-open (s (stream/open-output (p "a")))
       (list (stream/write-string s "one\\r\\nzwø\\n") (stream/write s #u8(255 0)) (stream/write-byte s 13) s))`,
    "(10 2 nil <stream:file-output>)",
  ],
  "are read in pieces": [
    `(with-open (s (stream/open-input (p "a")))
       (list s (stream/read-byte s) (stream/read-line s) (stream/available? s) (stream/read s 3) (stream/read s 9)
         (stream/available? s) (stream/read s 9) (stream/read-byte s) (stream/read-line s)))`,
    '(<stream:file-input> 111 "ne" #t #u8(122 119 195) #u8(184 10 255 0 13) #f #u8() nil nil)',
  ],
  "have been written even when nobody closes the stream": [
    `(let ((s (stream/open-output (p "open")))) (stream/write-string s "kept") (file/read (p "open")))`,
    '"kept"',
  ],
  "are emptied first": ['(begin (stream/close (stream/open-output (p "open"))) (file/read (p "open")))', '""'],
  "may be written twice at a time": [
    `(let ((s (stream/open-output (p "two"))))
       (begin (stream/write-string s "a") (file/append (p "two") "b") (:size (file/info (p "two")))))`,
    "2",
  ],
  "are copied, a megabyte, too": [
    `(begin
       (with-open (out (stream/open-output (p "big")))
         (dotimes (i 16384) (stream/write-string out "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\\n")))
       (with-open (in (stream/open-input (p "big")))
         (with-open (out (stream/open-output (p "copy")))
           (list (stream/copy in out)
             (= (hash/sha256 (file/read (p "big"))) (hash/sha256 (file/read (p "copy"))))))))`,
    "(1048576 #t)",
  ],
  "are read whole, and by large pieces": [
    `(list (bytevector-length (with-open (s (stream/open-input (p "big"))) (stream/read-all s)))
       (bytevector-length (with-open (s (stream/open-input (p "big"))) (stream/read s 200001)))
       (with-open (s (stream/open-input (p "big"))) (failure (stream/read-all s 1000))))`,
    '(1048576 200001 (:eval "stream/read-all: input exceeds the configured 1000-byte cap"))',
  ],
  "know their direction": [
    `(with-open (in (stream/open-input (p "a")))
       (with-open (out (stream/open-output (p "b")))
         (list (map stream/readable? (list in out)) (map stream/writable? (list in out))
           (map stream/type (list in out)) (stream/flush in) (stream/flush out))))`,
    '((#t #f) (#f #t) ("file-input" "file-output") nil nil)',
  ],
  "refuse the other direction": [
    `(with-open (in (stream/open-input (p "a")))
       (with-open (out (stream/open-output (p "b")))
         (list (failure (stream/write in #u8(1))) (failure (stream/read-line out)) (failure (stream/to-bytes in)))))`,
    `((:eval "stream/write: stream is read-only (file-input stream)") (:eval "stream/read: stream is write-only (file-output stream)") (:eval "stream/to-bytes: expected byte-buffer stream, got file-input stream"))`,
  ],
  "can be closed, once and again": [
    `(let ((in (stream/open-input (p "a"))) (out (stream/open-output (p "b"))))
       (begin (stream/close in) (stream/close in) (stream/close out)
         (list (stream/readable? in) (stream/writable? out) (stream/available? in) (failure (stream/read in 1))
           (failure (stream/write-string out "x")) (failure (stream/flush out)))))`,
    '(#f #f #f (:eval "stream/read: stream is closed") (:eval "stream/write: stream is closed") (:eval "stream/flush: stream is closed"))',
  ],
  "are closed on every way out": [
    `(let ((kept nil))
       (begin (failure (with-open (s (stream/open-output (p "b"))) (set! kept s) (throw 1))) (stream/writable? kept)))`,
    "#f",
  ],
  "that are no text cannot be read as lines": [
    '(begin (file/write-bytes (p "bin") #u8(97 10 255)) (with-open (s (stream/open-input (p "bin"))) (list (stream/read-line s) (car (failure (stream/read-line s))))))',
    '("a" :eval)',
  ],
  "that end in a carriage return lose it as a line": [
    '(begin (file/write (p "cr") "a\\r\\r\\nb\\r") (with-open (s (stream/open-input (p "cr"))) (list (stream/read-line s) (stream/read-line s) (stream/read-line s))))',
    '("a\\r" "b" nil)',
  ],
  "that are missing are told": [
    `(map (fn (f) (let ((e (failure (f (p "none/x"))))) (list (car e) (string/replace (nth e 1) here "HERE"))))
       (list stream/open-input stream/open-output))`,
    '((:io "stream/open-input HERE/none/x: No such file or directory") (:io "stream/open-output HERE/none/x: No such file or directory"))',
  ],
  "that are directories are told": [
    "(list (car (failure (with-open (s (stream/open-input here)) (stream/read s 1)))) (car (failure (stream/open-output here))))",
    "(:io :io)",
  ],
};

/** The text of a value on one line. */
function printed(runtime: Runtime, code: string): string {
  return runtime.print(runtime.eval(code)).replaceAll(/\n\s*/g, " ");
}

function onFiles(options: RuntimeOptions, here: string): string[] {
  const runtime = createRuntime(options);
  runtime.define("here", here);
  runtime.eval(PREPARATION);
  return Object.values(ON_FILES).map(([code]) => printed(runtime, code));
}

describe("files as streams", () => {
  const expected = Object.values(ON_FILES).map(([, value]) => value);
  for (const tier of TIERS) {
    it(`on the disk (${tier})`, () => {
      const here = join(directory, tier);
      mkdirSync(here);
      assertEquals(onFiles({ tier, host: hostAccess() }, here), expected);
    });
    it(`in memory (${tier})`, () => {
      assertEquals(onFiles({ tier, host: { files: memoryFiles({ "here/first": "" }) } }, "/here"), expected);
    });
  }

  it("in memory stay the same file when it is moved, and vanish when it is deleted", () => {
    const runtime = createRuntime({ host: { files: memoryFiles() } });
    runtime.eval('(define s (stream/open-output "a")) (stream/write-string s "1")');
    runtime.eval('(file/rename "a" "b") (stream/write-string s "2")');
    assertEquals(printed(runtime, '(list (file/exists? "a") (file/read "b"))'), '(#f "12")');
    runtime.eval('(file/delete "b") (stream/write-string s "3")');
    assertEquals(printed(runtime, '(file/list ".")'), "()");
  });

  it("need the capability and an allowed directory", () => {
    const files = memoryFiles({ "data/a": "one", "secret/b": "two" });
    const caught = (code: string, options: RuntimeOptions) =>
      printed(
        createRuntime({ host: { files }, ...options }),
        `(try ${code} (catch e (list (:type e) (:path e) (:capability e))))`,
      );
    assertEquals(
      caught('(stream/open-output "data/a")', { deny: ["fs-write"] }),
      '(:permission-denied nil "fs-write")',
    );
    assertEquals(caught('(stream/open-input "data/a")', { deny: ["fs-read"] }), '(:permission-denied nil "fs-read")');
    const allowedPaths = ["/data"];
    assertEquals(caught('(stream/open-input "secret/b")', { allowedPaths }), '(:permission-denied "secret/b" nil)');
    assertEquals(caught('(stream/open-output "data/../c")', { allowedPaths }), '(:permission-denied "data/../c" nil)');
    assertEquals(caught('(stream/read-line (stream/open-input "data/a"))', { allowedPaths }), '"one"');
  });
});

/** A standard input whose pieces have `size` bytes. */
function pieces(text: string, size: number): (into: Uint8Array) => number {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return (into) => {
    const part = bytes.subarray(at, at + Math.min(size, into.length));
    into.set(part);
    at += part.length;
    return part.length;
  };
}

describe("the standard streams", () => {
  for (const tier of TIERS) {
    it(`are those of println and read-line (${tier})`, () => {
      let written = "";
      const runtime = createRuntime({
        tier,
        stdout: (text) => written += text,
        stderr: (text) => written += `<${text}>`,
        host: { input: pieces("one\ntwo\nthree\nfour", 100) },
      });
      const code = `(begin
        (display "a") (stream/write-string *stdout* "bé") (println "c") (stream/write-string *stderr* "e")
        (list (read-line) (stream/read-line *stdin*) (read-line) (stream/read *stdin* 100) (read-line) (io/eof?)))`;
      assertEquals(printed(runtime, code), '("one" "two" "three" #u8(102 111 117 114) nil #t)');
      assertEquals(written, "abéc\n<e>");
    });
  }

  it("have one direction and names", () => {
    const runtime = createRuntime({ stdout: () => {}, stderr: () => {} });
    runtime.eval(PREPARATION);
    assertEquals(
      printed(
        runtime,
        "(map (fn (s) (list s (stream/type s) (stream/readable? s) (stream/writable? s))) (list *stdin* *stdout* *stderr*))",
      ),
      '((<stream:stdin> "stdin" #t #f) (<stream:stdout> "stdout" #f #t) (<stream:stderr> "stderr" #f #t))',
    );
    assertEquals(
      printed(runtime, "(list (failure (stream/write-byte *stdin* 1)) (failure (stream/read *stdout* 1)))"),
      '((:eval "stream/write: *stdin* is read-only") (:eval "stream/read: *stdout* is write-only"))',
    );
    assertEquals(runtime.doc("*stdout*")?.kind, "constant");
    assertEquals(runtime.complete("*std"), ["*stderr*", "*stdin*", "*stdout*"]);
  });

  it("belong to their runtime alone", () => {
    const [one, other] = [createRuntime({ stdout: () => {} }), createRuntime({ stdout: () => {} })];
    one.eval("(stream/close *stdout*)");
    assertEquals(printed(one, "(list (stream/writable? *stdout*) (println 1))"), "(#f nil)");
    assertEquals(printed(other, "(stream/writable? *stdout*)"), "#t");
  });

  it("give what has arrived, without waiting for the rest", () => {
    const runtime = createRuntime({ host: { input: pieces("abcdef", 4) } });
    const code =
      "(list (stream/available? *stdin*) (stream/read *stdin* 3) (stream/available? *stdin*) (stream/read *stdin* 3) (stream/read *stdin* 3) (stream/read *stdin* 3))";
    assertEquals(printed(runtime, code), "(#f #u8(97 98 99) #t #u8(100) #u8(101 102) #u8())");
    const whole = createRuntime({ host: { input: pieces("abcdef", 4) } });
    assertEquals(printed(whole, "(stream/read-all *stdin*)"), "#u8(97 98 99 100 101 102)");
  });

  it("take bytes that are no text, in their place", () => {
    const seen: unknown[] = [];
    const runtime = createRuntime({
      stdout: (text) => seen.push(text),
      stdoutBytes: (bytes) => seen.push([...bytes]),
      stderrBytes: (bytes) => seen.push(new TextDecoder().decode(bytes)),
    });
    runtime.eval('(begin (display "a") (stream/write *stdout* #u8(255 0)) (display "b") (print-error "c"))');
    assertEquals(seen, ["a", [255, 0], "b", "c"]);
  });

  it("decode bytes where there is a place for text alone", () => {
    let written = "";
    const runtime = createRuntime({ stdout: (text) => written += text });
    runtime.eval("(stream/write *stdout* #u8(195)) (stream/write *stdout* #u8(169))");
    assertEquals(written, "é");
    runtime.eval('(stream/write *stdout* #u8(195)) (display "x")');
    assertEquals(written, "é\ufffdx");
  });

  it("tell when the input fails, and make nothing up", () => {
    let fails = true;
    const input = (into: Uint8Array): number => {
      if (fails) throw Object.assign(new Error("no"), { code: "EISDIR" });
      into.set([65, 10]);
      fails = true;
      return 2;
    };
    const runtime = createRuntime({ host: { input } });
    runtime.eval(PREPARATION);
    const failure = '(:io "*stdin*: Is a directory")';
    assertEquals(printed(runtime, "(failure (read-line))"), failure);
    assertEquals(printed(runtime, "(failure (stream/read *stdin* 5))"), failure);
    fails = false;
    assertEquals(printed(runtime, "(list (read-line) (failure (read-line)) (io/eof?))"), `("A" ${failure} #f)`);
  });

  it("count for the limit of output", () => {
    const runtime = createRuntime({ limits: { output: 10 }, stdout: () => {} });
    const caught = (): string => {
      try {
        return printed(runtime, "(dotimes (i 11) (stream/write-byte *stdout* 65))");
      } catch (error) {
        return String(error);
      }
    };
    assertStringIncludes(caught(), "output limit exceeded");
  });
});

describe("the command line", { timeout: 120_000 }, () => {
  it("copies bytes from its input to its output", () => {
    const path = program("cat.sema", '(stream/copy *stdin* *stdout*) (stream/write-string *stderr* "done")');
    assertEquals(sema([path], "a\r\nbé"), { code: 0, out: "a\r\nbé", err: "done" });
  });

  it("shows what was printed before it waits for input", async () => {
    const path = program("prompt.sema", '(display "name? ") (println "hello" (read-line))');
    assertEquals(await answering([path], "ann"), "name? hello ann\n");
  });
});
