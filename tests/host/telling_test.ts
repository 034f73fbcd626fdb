/** What programs tell on standard error, and what they tell nobody: logs, errors, spans, styled text. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

/** What a program answers, or its error, and what it wrote. */
function told(tier: Tier, program: string): { value: string; stdout: string; stderr: string } {
  const written = { stdout: "", stderr: "" };
  const sema = createRuntime({
    tier,
    stdout: (text) => written.stdout += text,
    stderr: (text) => written.stderr += text,
  });
  try {
    return { value: sema.print(sema.eval(program)), ...written };
  } catch (error) {
    if (!(error instanceof SemaError)) throw error;
    return { value: `${error.type}: ${error.message}`, ...written };
  }
}

/** Program → what it writes to standard error. */
const ERRORS: Readonly<Record<string, string>> = {
  '(log/info "port" 8080 (list "a" :b))': '[INFO] port 8080 ("a" :b)\n',
  '(begin (log/debug 1) (log/warn "") (log/error nil))': "[DEBUG] 1\n[WARN] \n[ERROR] nil\n",
  '(begin (context/set :user "ann") (log/info "in") (context/remove :user) (log/info "out"))':
    '[INFO] in {:user "ann"}\n[INFO] out\n',
  '(context/with {:n 1} (fn () (log/info "x")))': "[INFO] x {:n 1}\n",
  '(begin (print-error "a" (list "b")) (io/println-error "c" 1))': 'a ("b")c 1\n',
  "(begin (io/print-error) (println-error))": "\n",
};

/** Spans are the calls of their functions. */
const SPANS: Readonly<Record<string, string>> = {
  '(with-span "work" {:n 1} (define x 6) (* x 7))': "42",
  '(with-session "s" {} (with-span "a" nil (otel/event "e") (otel/set-status :ok) :done))': ":done",
  '(otel/with-session "s" (fn () 1))': "1",
  '(otel/tool-span "t" (fn () (otel/llm-span {} (fn () (otel/retrieval-span "r" (fn () 5) {})))))': "5",
  '(try (with-span "a" {} (throw 5)) (catch e (:value e)))': "5",
  '(let loop ((i 0)) (if (= i 100000) i (with-span "a" {} (loop (+ i 1)))))': "100000",
  "(otel/configure {})": "#f",
  "(otel/span 5 5)": "type-error: expected string, got int",
  '(otel/span "a" 5)': "type-error: expected callable, got int",
  '(otel/with-session "s" (fn () 1) 5)': "type-error: expected callable, got int",
  '(otel/span "a" (fn (x) x))': "arity: <lambda> expects 1 argument, got 0",
  '(with-span "a" {})': "arity: lambda expects 2 or more arguments, got 1",
  '(with-session "a")': "arity: with-session expects 2 or more arguments, got 1",
  "(otel/set-status 5)": "type-error: expected keyword or string, got int",
};

const ESC = "\x1b";

/** Expression → the text that it makes. */
const STYLED: Readonly<Record<string, string>> = {
  '(term/bold "a")': `${ESC}[1ma${ESC}[0m`,
  '(term/gray "")': `${ESC}[90m${ESC}[0m`,
  '(term/style "a" :bold :red)': `${ESC}[1;31ma${ESC}[0m`,
  '(term/style "a")': "a",
  '(term/rgb "a" 1 -5 300)': `${ESC}[38;2;1;0;255ma${ESC}[0m`,
  '(term/strip (term/style (term/rgb "a b" 1 2 3) :dim :inverse))': "a b",
  '(term/strip "a\\x1b;[2J\\x1b;]0;title\\x7;b\\x1b;]8;;x\\x1b;\\\\c\\x1b;7d\\x1b;(Be[1m")': "abcde[1m",
};

/** Program → what it writes to standard output. */
const SCREENS: Readonly<Record<string, string>> = {
  "(term/clear)": `${ESC}[2J${ESC}[H`,
  '(begin (term/move-to 3 0) (term/write-at -1 12 "x") (term/bell))': `${ESC}[3;1H${ESC}[1;12Hx\x07`,
  '(term/set-title "sema")': `${ESC}]0;sema\x07`,
  "(begin (term/enable-kitty-keys!) (term/enable-kitty-keys! 1))": `${ESC}[>17u${ESC}[>1u`,
  '(term/with-alt-screen (display "x") nil)': `${ESC}[?1049h${ESC}[?25lx${ESC}[?25h${ESC}[?1049l`,
  "(try (term/with-mouse (throw 1)) (catch e nil))":
    `${ESC}[?1000h${ESC}[?1002h${ESC}[?1006h${ESC}[?1006l${ESC}[?1002l${ESC}[?1000l`,
  "(let loop ((i 0)) (if (= i 2) nil (begin (term/with-focus-events (loop (+ i 1))))))": `${ESC}[?1004h`.repeat(2) +
    `${ESC}[?1004l`.repeat(2),
};

describe("on every tier", () => {
  for (const tier of TIERS) {
    it(`logs and errors are written to standard error (${tier})`, () => {
      for (const [program, stderr] of Object.entries(ERRORS)) {
        assertEquals(told(tier, program), { value: "nil", stdout: "", stderr }, program);
      }
    });

    it(`spans call their functions and tell nobody (${tier})`, () => {
      for (const [program, value] of Object.entries(SPANS)) {
        // A loop inside of spans goes deeper than the walker can.
        if (tier === "walker" && program.includes("loop")) continue;
        assertEquals(told(tier, program), { value, stdout: "", stderr: "" }, program);
      }
    });

    it(`styles are escapes around the text (${tier})`, () => {
      for (const [program, text] of Object.entries(STYLED)) {
        assertEquals(told(tier, `(display ${program})`).stdout, text, program);
      }
    });
  }

  for (const tier of TIERS) {
    it(`screens are controlled by escapes, and restored on every way out (${tier})`, () => {
      for (const [program, stdout] of Object.entries(SCREENS)) {
        assertEquals(told(tier, program), { value: "nil", stdout, stderr: "" }, program);
      }
    });
  }

  it("an unknown style is named", () => {
    assertEquals(told("auto", '(term/style "a" :blink)').value, "eval: term/style: unknown style keyword :blink");
    assertEquals(told("auto", '(term/style "a" "bold")').value, "type-error: expected keyword, got string");
  });
});

describe("io/flush", () => {
  it("asks the embedder, after what was written", () => {
    const seen: string[] = [];
    const sema = createRuntime({ stdout: (text) => seen.push(text), flush: () => seen.push("flush") });
    sema.eval('(begin (display "a") (io/flush) (display "b"))');
    assertEquals(seen, ["a", "flush", "b"]);
  });
});
