/** Processes beside the program. */
import { describe, it } from "node:test";
import { spawn } from "node:child_process";
import process from "node:process";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { launch, program } from "./command.ts";
import { ends } from "./ending.ts";
import { outcome } from "./outcome.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

async function run(code: string, tier: Tier = "auto"): Promise<string> {
  const host = hostAccess();
  const runtime = createRuntime({ tier, host });
  return await outcome(runtime, code, host);
}

const CASES: readonly (readonly [code: string, value: string])[] = [
  [
    `(define h (proc/spawn (list "sh" "-c" "echo one; read x; echo got $x; echo err >&2; exit 4")))
     (define before (list h (proc/running? h) (proc/exit-code h)))
     (proc/write-stdin h "hällo\\n")
     (list before (proc/wait h) (proc/wait h) (proc/read-stdout h) (proc/read-stdout h) (proc/read-stderr h)
       (proc/running? h) (proc/exit-code h))`,
    '((1 #t nil) 4 4 "one\\ngot hällo\\n" "" "err\\n" #f 4)',
  ],
  [
    `(define h (proc/spawn ["cat"]))
     (proc/write-stdin h "a") (proc/write-stdin h "b") (proc/close-stdin h)
     (list (proc/wait h) (proc/read-stdout h) (try (proc/write-stdin h "c") (catch e (:message e))))`,
    '(0 "ab" "proc/write-stdin: stdin already closed")',
  ],
  [`(define h (proc/spawn ["sleep" "100"])) (proc/kill h) (list (proc/wait h) (proc/running? h))`, "(-1 #f)"],
  [
    `(define h (proc/spawn ["sh" "-c" "echo $A; pwd"] {:env {"A" "bee"} :cwd "/"}))
     (let loop () (if (proc/running? h) (loop) (proc/read-stdout h)))`,
    '"bee\\n/\\n"',
  ],
  [
    `(define h (proc/spawn ["cat"]))
     (define p (async (proc/wait h)))
     (define q (async (begin (proc/close-stdin h) :closed)))
     (list (await q) (await p))`,
    "(:closed 0)",
  ],
  [
    `(define h (proc/spawn ["sleep" "100"]))
     (list (proc/close h) (proc/close h) (try (proc/wait h) (catch e (:message e))) (proc/spawn ["true"]))`,
    '(nil nil "proc/wait: no such handle 1" 2)',
  ],
  ['(proc/spawn ["no-such-program-zzz"])', "eval: proc/spawn no-such-program-zzz: No such file or directory"],
  ["(proc/spawn [])", "eval: proc/spawn: argv must be non-empty"],
  ["(proc/spawn [5])", "type-error: expected string, got int"],
  ['(proc/spawn "ls")', "type-error: expected list or vector, got string"],
  ['(proc/wait "1")', "type-error: expected int, got string"],
];

describe("a process beside the program", () => {
  for (const tier of TIERS) {
    it(`is started, read, written to, waited for and ended, on ${tier}`, async (test) => {
      if (process.platform === "win32") return test.skip("the commands are those of Unix");
      for (const [code, value] of CASES) assertEquals(await run(code, tier), value, code);
    });
  }

  it("ends with the program that the command line runs", async (test) => {
    if (process.platform === "win32") return test.skip("the commands are those of Unix");
    for (const end of ["", "(exit 0)", "(error :no)"]) {
      const code = `(define h (proc/spawn ["sh" "-c" "echo $$; exec sleep 100"]))
        (let loop ((out "")) (if (= out "") (loop (proc/read-stdout h)) (print (string/trim out)))) ${end}`;
      const child = spawn(process.execPath, [...launch("--allow-run"), program("children.sema", code)], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      let out = "";
      child.stdout.on("data", (piece: Uint8Array) => out += new TextDecoder().decode(piece));
      await new Promise((resolve) => child.on("close", resolve));
      assertEquals(await ends(Number(JSON.parse(out))), true, end);
    }
  });
});
