/**
 * Programs that are broken, hostile or without end: every one ends with exit code 1, a message at a place in its text,
 * and what it had printed before. `command.ts` checks of every run that no JavaScript stack shows and nothing hangs.
 */
import { describe, it } from "node:test";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../src/compat/assert.ts";
import { program, sema } from "./command.ts";

const slow = { timeout: 120_000 };

/** Runs a program that has to fail and gives its error output. */
function failing(name: string, text: string | Uint8Array, printed: string, ...options: string[]): string {
  const { code, out, err } = sema([...options, program(`${name}.sema`, text)]);
  assertEquals([code, out], [1, printed]);
  assert(err.length < 20_000, "the report is too long");
  return err;
}

/** Program → the message it ends with, `file:line:column:` before it. All of them print "before" first. */
const BROKEN: Readonly<Record<string, readonly [string, RegExp]>> = {
  "wrong arity": ["((fn (x) x))", /^2:1: .*expects 1 argument/],
  "wrong type": ["(+ 1 (car 5))", /^2:6: /],
  "an unbound name": ["(prntln 1)", /^2:2: Unbound variable: prntln|^2:1: Unbound variable: prntln/],
  "a thrown value": ['(throw "no")', /^2:1: User exception: "?no/],
  "division by zero": ["(/ 1 0)", /^2:1: .*zero/],
  "a power too large": ["(expt 10 (expt 10 9))", /^2:1: expt: result too large/],
  "a range too large": ["(range 10000000000)", /^2:1: range: .*too large/],
  "a string too long": ['(string/repeat "abc" 1000000000)', /^2:1: string\/repeat: .*too large/],
  "a string that doubles": [
    '(let loop ((s "ab")) (loop (string-append s s)))',
    /^2:\d+: (?:string too long|value too)/,
  ],
  "a list that doubles": ["(let loop ((l '(1))) (loop (append l l)))", /^2:\d+: append: .*too large/],
  "recursion without end": ["(define (f n) (+ 1 (f n))) (f 1)", /^2:20: stack overflow/],
};

/** Text that is no program → message. Nothing of it runs. */
const MALFORMED: Readonly<Record<string, readonly [string, RegExp]>> = {
  "an open list": ['(println "never")\n(define (f', /^2:\d+: unterminated list/],
  "a closed list too many": ['(println "never")\n(f))', /^2:4: unexpected closing/],
  "an open string": ['(println "never")\n(println "a', /^2:10: unterminated string/],
  "a form without its parts": ['(println "never")\n(if)', /^2:1: if/],
  "deep nesting": ["(".repeat(200_000) + ")".repeat(200_000), /^1:1025: input nested too deeply/],
  "text that is none": ["\x00\x01[1;2H]]\x1b[2J", /^1:1: unexpected character/],
};

function assertPlace(err: string, name: string, wanted: RegExp): void {
  const first = err.split("\n")[0] ?? "";
  const at = first.indexOf(`${name}.sema:`);
  assert(at >= 0, `no place in: ${first}`);
  assertMatch(first.slice(at + name.length + ".sema:".length), wanted);
}

describe("a broken program says where and why, after what it printed", () => {
  for (const [what, [text, wanted]] of Object.entries(BROKEN)) {
    it(what, slow, () => {
      const name = what.replaceAll(" ", "-");
      assertPlace(failing(name, `(println "before")\n${text}\n`, "before\n"), name, wanted);
    });
  }
});

describe("malformed text runs nothing and says where", () => {
  for (const [what, [text, wanted]] of Object.entries(MALFORMED)) {
    it(what, slow, () => {
      const name = what.replaceAll(" ", "-");
      assertPlace(failing(name, text, ""), name, wanted);
    });
  }

  it("bytes that are no text", slow, () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) & 255);
    assertStringIncludes(failing("bytes", bytes, ""), "bytes.sema: not a program");
  });
});

describe("limits end what would not end, on every tier", () => {
  for (const tier of ["auto", "baseline", "jit", "walker"]) {
    it(tier, slow, () => {
      const calls = '(println "before")\n(define (f) (g))\n(define (g) (f))\n(f)\n';
      const steps = failing(`steps-${tier}`, calls, "before\n", `--tier=${tier}`, "--max-steps=100000");
      assertPlace(steps, `steps-${tier}`, /^\d:\d+: evaluation exceeded step limit/);
      assertStringIncludes(steps, "hint: the limit of this runtime is 100000 steps");
      const loop = '(println "before")\n(let loop () (loop))\n';
      const time = failing(`time-${tier}`, loop, "before\n", `--tier=${tier}`, "--max-ms=100");
      assertStringIncludes(time, "evaluation exceeded time limit");
      const output = '(println "1234")\n(while #t (println "123"))\n';
      const most = failing(`output-${tier}`, output, "1234\n123\n", `--tier=${tier}`, "--max-output=10");
      assertPlace(most, `output-${tier}`, /^2:\d+: output limit exceeded/);
    });
  }

  it("depth", slow, () => {
    const err = failing("depth", "(define (f n) (+ 1 (f n)))\n(f 1)\n", "", "--max-depth=100");
    assertPlace(err, "depth", /^1:20: stack overflow/);
    assertStringIncludes(err, "98 more like this");
  });
});

describe("large is not broken", () => {
  for (const tier of ["auto", "baseline", "jit"]) {
    it(`a million calls deep on ${tier}`, slow, () => {
      const text = "(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))\n(println (count 1000000))\n";
      assertEquals(sema([`--tier=${tier}`, program("count.sema", text)]), { code: 0, out: "1000000\n", err: "" });
    });
  }

  it("literals", slow, () => {
    const text = `(println (string-length "${"x".repeat(5_000_000)}"))\n(println (> ${"9".repeat(100_000)} 1))\n` +
      `(println (length '(${"1 ".repeat(200_000)})))\n`;
    assertEquals(sema([program("literals.sema", text)]), { code: 0, out: "5000000\n#t\n200000\n", err: "" });
  });
});
