/** Watching files: what happens below a directory while a program goes on. */
import { describe, it } from "node:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type FileEvent, type HostAccess, SemaError, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { quietHost } from "../quiet_host.ts";
import { outcome } from "./outcome.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

async function run(code: string, host: HostAccess, tier: Tier = "auto", top = ""): Promise<string> {
  const runtime = createRuntime({ tier, host });
  runtime.define("top", top);
  return await outcome(runtime, code, host);
}

/** Functions of the programs: all kinds of events that come before one is wanted, of paths that end in a name. */
const HELP = `(define (wait handle wanted name)
    (let loop ((seen '()) (n 0))
      (if (or (any (fn (kind) (any (fn (w) (= kind w)) wanted)) seen) (> n 400))
        (reverse seen)
        (begin
          (async/sleep 10)
          (loop
            (append
              (reverse (map (fn (e) (:kind e))
                (filter (fn (e) (any (fn (p) (string/ends-with? p name)) (:paths e))) (fs/watch-events handle))))
              seen)
            (+ n 1))))))
  (define (has? kinds kind) (any (fn (k) (= k kind)) kinds))`;

describe("fs/watch", () => {
  for (const tier of TIERS) {
    it(`tells what happens below a directory, on ${tier}`, async () => {
      const top = mkdtempSync(join(tmpdir(), "sema-watch-"));
      mkdirSync(join(top, "inner"));
      try {
        const code = `${HELP}
          (define h (fs/watch top))
          (define before (fs/watch-events h))
          (file/write (string-append top "/inner/new.txt") "one")
          (define made (wait h '(:create) "inner/new.txt"))
          (file/delete (string-append top "/inner/new.txt"))
          (define gone (wait h '(:remove) "inner/new.txt"))
          (fs/unwatch h)
          (list h before (has? made :create) (has? gone :remove) (try (fs/watch-events h) (catch e (:message e))))`;
        assertEquals(await run(code, hostAccess(), tier, top), '(1 () #t #t "fs/watch-events: no such handle 1")');
      } finally {
        rmSync(top, { recursive: true });
      }
    });
  }

  it("tells of one file alone", async () => {
    const top = mkdtempSync(join(tmpdir(), "sema-watch-"));
    try {
      const code = `${HELP}
        (define file (string-append top "/a.txt"))
        (file/write file "one")
        (define h (fs/watch file {:recursive #f}))
        (file/write (string-append top "/b.txt") "other")
        (file/append file "two")
        (define kinds (wait h '(:modify) "a.txt"))
        (list (has? kinds :modify) (wait h '() "b.txt"))`;
      const host = hostAccess();
      assertEquals(await run(code.replace("(> n 400)", "(> n 50)"), host, "auto", top), "(#t ())");
    } finally {
      rmSync(top, { recursive: true });
    }
  });

  it("refuses what is not there or not allowed", async () => {
    const missing = await run('(fs/watch "/no/such/path")', hostAccess());
    assertEquals(missing, "io: I/O error: fs/watch /no/such/path: No such file or directory");
    assertEquals(await run("(fs/unwatch 7)", quietHost()), "eval: fs/unwatch: no such handle 7");
    const denied = createRuntime({ host: hostAccess(), allowedPaths: [tmpdir()] });
    let message = "";
    try {
      denied.eval('(fs/watch "/")');
    } catch (error) {
      message = error instanceof SemaError ? error.message : "";
    }
    assert(message.includes("outside allowed directories"), message);
  });

  it("keeps so many events, and tells how many were too many", async () => {
    let happened = (_event: FileEvent): void => {};
    const host: HostAccess = {
      ...quietHost(),
      watch: (_path, _recursive, tell) => {
        happened = tell;
        return () => {};
      },
    };
    const runtime = createRuntime({ host });
    const handle = runtime.eval('(begin (file/write "a" "") (fs/watch "a"))');
    for (let i = 0; i < 5000; i++) happened({ kind: "modify", paths: ["a"] });
    const code = `(let* ((events (fs/watch-events ${
      runtime.print(handle)
    })) (end (last events))) (list (length events) end (fs/watch-events 1)))`;
    assertEquals(
      runtime.print(await runtime.evalAsync(code)).replaceAll(/\n\s*/g, " "),
      "(4097 {:dropped 904 :kind :overflow :paths ()} ())",
    );
  });
});
