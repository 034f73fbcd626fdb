/** What the second tier shows to people: comments in its code, and a line for each of its steps. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertStringIncludes } from "../../src/compat/assert.ts";
import { createRuntime, type TierEvent } from "../../src/engine/mod.ts";
import { tierLine } from "../../src/host/report.ts";
import { definitions, PROGRAMS } from "../../bench/programs.ts";

function withoutComments(source: string): string {
  return source.split("\n").filter((line) => line !== "" && !/^\s*\/\/ /.test(line)).join("\n");
}

describe("annotated code", () => {
  it("differs from the plain code by comments alone, for every function of the bench programs", async () => {
    let compared = 0;
    for (const name of Object.keys(PROGRAMS)) {
      const listings = await createRuntime({ tier: "baseline" }).inspect(definitions(name));
      for (const listing of listings) {
        const annotated = listing.javascript({ annotate: true });
        assertEquals(withoutComments(annotated), withoutComments(listing.javascript()), `${name}: ${listing.name}`);
        assert(annotated.includes("// "), listing.name);
        compared++;
      }
    }
    assert(compared > 50);
  });

  it("shows the line of the program, the instruction and the types of what it takes", async () => {
    const source = "(define (f x)\n  (* x 2))\n(f 3)";
    const [, f] = await createRuntime({ tier: "baseline" }).inspect(source, { file: "a.sema", run: true });
    const text = f?.javascript({ annotate: true }) ?? "";
    assertStringIncludes(text, "//    2 |   (* x 2))\n");
    assertStringIncludes(text, "//      |   ^\n");
    assertStringIncludes(text, "MULTIPLY   [any, int32]\n");
    assertStringIncludes(text, "//# sourceURL=sema:a.sema:1:f");
  });

  it("keeps hostile names and strings inside their comments", async () => {
    const source = `
      (defmacro hostile ()
        (let ((name (string->symbol "f\\n*/ throw 1 //\u2028throw 1")))
          (list 'define (list name 'x) (list 'list name 'x "x\u2029\\n*/ throw 2"))))
      (hostile) "\u2028throw 2"`;
    for (const { name, javascript } of await createRuntime().inspect(source, { file: "a\nb.sema" })) {
      const text = javascript({ annotate: true });
      new Function("$", "$F", "$K", text);
      assert(!/throw [12]/.test(withoutComments(text).replaceAll(/"(?:[^"\\]|\\.)*"/g, "")), name);
    }
  });
});

describe("the events of the tier", () => {
  function events(source: string): TierEvent[] {
    const seen: TierEvent[] = [];
    const sema = createRuntime({ onTier: (event) => seen.push(event) });
    sema.eval(source, { file: "a.sema" });
    return seen;
  }

  it("tell of functions and loops that are compiled, and how long it took", () => {
    const seen = events("(define (f n) (if (< n 1) 0 (+ 1 (f (- n 1)))))\n(do ((i 0 (+ i 1))) ((= i 100000)) (f 5))");
    const compiled = seen.filter(({ kind }) => kind === "compiled");
    assert(compiled.some(({ name, loop, line, file }) => name === "f" && !loop && line === 1 && file === "a.sema"));
    assert(compiled.some(({ loop }) => loop));
    for (const { milliseconds } of compiled) assert(milliseconds !== null && milliseconds >= 0);
  });

  it("tell of functions of the library without a place in the program", () => {
    const seen = events("(define (plus x) (lambda (y) (+ x y)))\n(foldl + 0 (map (plus 1) (range 100000)))");
    const ofLibrary = seen.filter(({ library }) => library);
    assert(ofLibrary.some(({ name }) => name === "map" || name === "foldl"), ofLibrary.map(tierLine).join("\n"));
    for (const event of ofLibrary) {
      assertEquals([event.file, event.line], [null, 0]);
      assertStringIncludes(tierLine(event), `${event.name} (library) in `);
    }
  });

  it("tell that what makes closures of compiled code is compiled after few more calls", () => {
    const program = (called: number) => `
      (define (adder k) (fn (x) (+ x k)))
      (define (call f n) (if (> n 0) (begin (f n) (call f (- n 1)))))
      (call (adder 1) ${called})
      (do ((i 0 (+ i 1))) ((= i 20)) (adder i))`;
    const isCompiled = (called: number) =>
      events(program(called)).some(({ kind, name }) => kind === "compiled" && name === "adder");
    assert(isCompiled(5000));
    assert(!isCompiled(10));
  });

  it("tell why code is left, and that it is compiled again with what that taught", () => {
    const seen = events(`
      (define (f n) (+ n 1))
      (define (repeat k x) (if (> k 0) (begin (f x) (repeat (- k 1) x))))
      (repeat 5000 1)
      (repeat 5000 0.5)`);
    const about = seen.filter(({ name }) => name === "f" || name === "repeat").map(({ kind }) => kind);
    assert(about.includes("exited") && about.includes("retired") && about.includes("recompiled"));
    for (const { kind, reason } of seen) assert((reason === null) === (kind === "compiled" || kind === "recompiled"));
  });

  it("tell of code that a redefinition has made wrong", () => {
    const seen = events(`
      (define (g n) n)
      (define (f n) (g n))
      (do ((i 0 (+ i 1))) ((= i 20000)) (f i))
      (define (g n) (+ n 1))
      (f 1)`);
    assert(seen.some(({ kind }) => kind === "invalidated"));
  });
});
