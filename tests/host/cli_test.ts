/**
 * The command line as its user meets it, in a process of its own on the host that runs the tests: what is printed
 * where, exit codes, bad input. Nothing may ever show a JavaScript stack.
 */
import { join } from "node:path";
import { describe, it } from "node:test";
import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "../../src/compat/assert.ts";
import { VERSION } from "../../src/version.ts";
import { directory, program, sema } from "./command.ts";

const slow = { timeout: 120_000 };

describe("running", () => {
  it("a file", slow, () => {
    const path = program("hello.sema", '#!/usr/bin/env sema\n(println "hello" (+ 1 2))\n');
    assertEquals(sema([path]), { code: 0, out: "hello 3\n", err: "" });
  });

  it("a file on every tier", slow, () => {
    const path = program("loop.sema", "(define (f n a) (if (= n 0) a (f (- n 1) (+ a n))))\n(println (f 20000 0))\n");
    for (const tier of ["auto", "baseline", "jit", "walker"]) {
      assertEquals(sema([`--tier=${tier}`, path]), { code: 0, out: "200010000\n", err: "" });
    }
  });

  it("standard input", slow, () => {
    assertEquals(sema(["-"], "(println 1)"), { code: 0, out: "1\n", err: "" });
    assertEquals(sema([], "(println 2)"), { code: 0, out: "2\n", err: "" });
  });

  it("-e and -p", slow, () => {
    assertEquals(sema(["-e", "(define x 2)", "-e", "(* x 21)"]), { code: 0, out: "42\n", err: "" });
    assertEquals(sema(["-p", "nil", "-p", '"a"']), { code: 0, out: 'nil\n"a"\n', err: "" });
  });

  it("a file with arguments, which are the program's", slow, () => {
    const path = program("arguments.sema", "(println (cdr (cdr (sys/args))))");
    assertEquals(sema([path, "--stats", "-e", "5"]), { code: 0, out: '("--stats" "-e" "5")\n', err: "" });
  });

  it("more output than a pipe holds, all of it", slow, () => {
    const { code, out } = sema(["-e", '(dotimes (i 60000) (println "line" i))']);
    assertEquals([code, out.length, out.endsWith("line 59999\n")], [0, 648890, true]);
  });

  it("--stats, on standard error", slow, () => {
    const { code, out, err } = sema(["--stats", "-e", "(+ 1 2)"]);
    assertEquals([code, out], [0, "3\n"]);
    assert(err.length > 0);
  });
});

describe("looking inside", () => {
  const path = () => program("inside.sema", '(define (double n) (* 2 n))\n(println (double 21))\n(println "ran")\n');

  it("dis shows bytecode", slow, () => {
    const { code, out } = sema(["dis", path(), "double"]);
    assertEquals(code, 0);
    assertStringIncludes(out, "double");
    assertFalse(out.includes("42\n"));
  });

  it("js shows JavaScript", slow, () => {
    const { code, out } = sema(["js", path(), "double"]);
    assertEquals(code, 0);
    assertStringIncludes(out, "return function double(");
  });

  it("runs nothing, so that a program without end is no matter", slow, () => {
    const endless = program(
      "endless.sema",
      "(define (f n) (+ n 1))\n(define x (let loop () (loop)))\n(while #t (f 1))\n",
    );
    for (const what of ["dis", "js"]) {
      assertEquals(sema([what, endless]).code, 0);
      assertStringIncludes(sema([what, endless, "f"]).out, "f");
    }
  });

  it("--run runs the program first, for the types that it uses, within the limits given", slow, () => {
    const typed = program("typed.sema", "(define (half x) (* x 0.5))\n(println (map half (range 9)))\n");
    const { code, out } = sema(["js", "--run", typed, "half"]);
    assertEquals(code, 0);
    assertFalse(out.includes("(0.0"));
    const endless = program("runs.sema", "(define (f n) (f n))\n(f 1)\n");
    assertStringIncludes(sema(["js", "--run", "--max-steps=100000", endless]).err, "step limit");
  });

  it("says so when there is no such function", slow, () => {
    const { code, err } = sema(["dis", path(), "triple"]);
    assertEquals(code, 1);
    assertStringIncludes(err, "triple");
  });
});

describe("help about names", () => {
  it("is printed for each of them, and errors for those that nothing has", slow, () => {
    const { code, out, err } = sema(["doc", "take", "lenght", "if"]);
    assertEquals(code, 1);
    assertStringIncludes(out, "(take n coll)\n  function, 2 arguments\n  The first n elements.\n");
    assertStringIncludes(out, "(if test then [else])\n  special form\n");
    assertEquals(err, "sema: doc: nothing is called lenght\nsema: Did you mean 'length'?\n");
  });
});

describe("failing", () => {
  it("errors name the place, the trace and a hint, after what was printed", slow, () => {
    const path = program("fails.sema", '(println "before")\n(define (f x)\n  (+ 1 (prntln x)))\n(f 1)\n');
    const { code, out, err } = sema([path]);
    assertEquals([code, out], [1, "before\n"]);
    assertEquals(err.split("\n")[0], `${path}:3:8: Unbound variable: prntln`);
    assertMatch(err, /^ {2}at f \(.*fails\.sema:3:8\)$/m);
    assertMatch(err, /^ {2}hint: Did you mean 'println'\?$/m);
  });

  it("malformed source runs nothing", slow, () => {
    const { code, out, err } = sema([program("open.sema", '(println "never")\n(define (f')]);
    assertEquals([code, out], [1, ""]);
    assertMatch(err, /open\.sema:2:\d+: unterminated list/);
  });

  it("arity, type and missing cases of an expression", slow, () => {
    for (const expression of ["((fn (x) x))", "(car 5)", "(/ 1 0)", '(throw "x")', '(error "bad")', "(1 2)", "(if)"]) {
      const { code, out, err } = sema(["-e", expression]);
      assertEquals([code, out], [1, ""]);
      assertMatch(err, /^<input>:1:\d+: ./);
    }
  });

  it("infinite recursion", slow, () => {
    for (const tier of ["auto", "baseline", "jit"]) {
      const { code, err } = sema([`--tier=${tier}`, "-e", "(define (f n) (+ 1 (f n)))", "-e", "(f 1)"]);
      assertEquals(code, 1);
      assertStringIncludes(err, "stack overflow");
      assert(err.split("\n").length < 60, "the trace was not shortened");
    }
  });

  it("files that are not there, are directories or are no text", slow, () => {
    const missing = sema([join(directory, "nope.sema")]);
    assertEquals([missing.code, missing.out], [1, ""]);
    assertStringIncludes(missing.err, "nope.sema: no such file");
    const folder = sema([directory]);
    assertEquals(folder.code, 1);
    assertStringIncludes(folder.err, "is a directory");
    const junk = sema([program("junk.sema", new Uint8Array([0x28, 0xff, 0xfe, 0x00, 0x81]))]);
    assertEquals(junk.code, 1);
    assertStringIncludes(junk.err, "not UTF-8");
    const control = sema([program("control.sema", new Uint8Array([0x00, 0x01, 0x1b, 0x5b]))]);
    assertEquals(control.code, 1);
    assertFalse(control.err.includes("\x1b"));
  });

  it("misuse exits with 2 and says how to get help", slow, () => {
    for (const args of [["--bogus"], ["--tier=x", "f"], ["-e"], ["dis"]]) {
      const { code, out, err } = sema(args);
      assertEquals([code, out], [2, ""]);
      assertStringIncludes(err, "--help");
    }
  });
});

describe("telling about itself", () => {
  it("--help and --version", slow, () => {
    assertStringIncludes(sema(["--help"]).out, "Usage:");
    assertEquals(sema(["--version"]), { code: 0, out: `sema-jit ${VERSION}\n`, err: "" });
  });

  it("colours only when forced, here where nothing is a terminal", slow, () => {
    assertFalse(sema(["-e", "(car 5)"], "", { NO_COLOR: "" }).err.includes("\x1b"));
    assertStringIncludes(sema(["-e", "(car 5)"], "", { NO_COLOR: "", FORCE_COLOR: "1" }).err, "\x1b[");
  });
});
