/** `shell`: other tasks and the host go on while a command runs, and it is ended with the task that waits for it. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type HostAccess, SemaError, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { directory } from "./command.ts";
import { ends } from "./ending.ts";
import { outcome } from "./outcome.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

/** Programs that have the same outcome whether all stand still or others go on. */
const CASES: readonly (readonly [code: string, value: string])[] = [
  [
    '(shell "echo out; echo err >&2; exit 3")',
    '{:exit-code 3 :stderr "err\\n" :stdout "out\\n"}',
  ],
  ['(:stdout (shell "cat"))', '""'],
  ['(:exit-code (shell "kill -9 $$"))', "-1"],
  ['(:stdout (shell "echo" "$A" "b c"))', '"$A b c\\n"'],
  ['(:stdout (shell "echo $A; pwd" {:env {"A" "bee"} :cwd "/"}))', '"bee\\n/\\n"'],
  ['(map (fn (each) (:stdout (shell "printf" each))) (list "a" "b"))', '("a" "b")'],
  ['(shell "no-such-program-zzz" "a")', "io: I/O error: shell: No such file or directory"],
  ["(shell 5)", "type-error: expected string, got int"],
  ["(shell)", "arity: shell expects 1 or more arguments, got 0"],
];

/** A directory that no other test uses. */
function ownDirectory(name: string): string {
  const own = join(directory, name);
  mkdirSync(own);
  return own;
}

/** The number that a command has written into a file, once it is there. */
async function numberIn(path: string): Promise<number> {
  while (!existsSync(path) || !readFileSync(path, "utf8").endsWith("\n")) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return Number(readFileSync(path, "utf8"));
}

describe("a command that runs to its end", { timeout: 60_000, skip: process.platform === "win32" }, () => {
  for (const tier of [...TIERS, "walker"] as const) {
    it(`is answered by how it ended, on ${tier}`, async () => {
      for (const [code, value] of CASES) {
        const host = hostAccess();
        assertEquals(await outcome(createRuntime({ tier, host }), code, host), value, code);
        const atOnce = createRuntime({ tier, host });
        let printed: string;
        try {
          printed = atOnce.print(atOnce.eval(code));
        } catch (error) {
          if (!(error instanceof SemaError)) throw error;
          printed = `${error.type}: ${error.message}`;
        }
        assertEquals(printed, value, code);
      }
    });
  }

  for (const tier of TIERS) {
    it(`lets other tasks go on, on ${tier}`, async () => {
      const file = join(ownDirectory(`others-${tier}`), "made");
      const host = hostAccess();
      const code = `(define seen (async (shell "while [ ! -e ${file} ]; do sleep 0.01; done; echo seen")))
        (async/sleep 1)
        (file/write "${file}" "")
        (:stdout (await seen))`;
      assertEquals(await outcome(createRuntime({ tier, host }), code, host), '"seen\\n"');
    });

    it(`ends when the task is cancelled, on ${tier}`, async () => {
      const file = join(ownDirectory(`cancelled-${tier}`), "number");
      const host = hostAccess();
      const code = `(define running (async (shell "echo $$ > ${file}; exec sleep 100")))
        (let loop () (unless (file/exists? "${file}") (async/sleep 5) (loop)))
        (async/cancel running)
        (async/sleep 1)
        (async/cancelled? running)`;
      assertEquals(await outcome(createRuntime({ tier, host }), code, host), "#t");
      assertEquals(await ends(await numberIn(file)), true);
    });
  }

  it("ends when the evaluation is interrupted", async () => {
    const file = join(ownDirectory("interrupted"), "number");
    const stop = new AbortController();
    const running = createRuntime({ host: hostAccess() })
      .evalAsync(`(shell "echo $$ > ${file}; exec sleep 100")`, { signal: stop.signal })
      .then(() => "", (error: unknown) => error instanceof SemaError ? error.message : String(error));
    const id = await numberIn(file);
    stop.abort();
    assertEquals(await running, "evaluation was interrupted");
    assertEquals(await ends(id), true);
  });

  it("is ended when it writes without end", async () => {
    const much = new Uint8Array(2 ** 26);
    let killed = false;
    const host: HostAccess = {
      process: {
        arguments: () => [],
        id: () => 1,
        exit: () => {
          throw new Error("exit");
        },
        run: () => ({ code: 0, stdout: much, stderr: much }),
        spawn: (_command, _options, output) => {
          const ended = Promise.resolve().then(() => {
            for (let i = 0; i < 5; i++) output.stdout(much);
            return null;
          });
          return Promise.resolve({
            ended,
            write: () => Promise.resolve(),
            closeInput: () => {},
            kill: () => void (killed = true),
          });
        },
      },
    };
    assertEquals(
      await outcome(createRuntime({ host }), '(shell "yes")', host),
      "io: I/O error: shell: Too much output",
    );
    assertEquals(killed, true);
  });
});
