/** `git/…`, in a repository made for it: the command line runs there in a process of its own. */
import { spawnSync } from "node:child_process";
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { before, describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { type CommandResult, createRuntime, type ProcessAccess, SemaError, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { directory } from "./command.ts";

const repository = join(directory, "repository");

/** Runs git, as nobody in particular and without the settings of whoever runs the tests. */
function git(args: readonly string[], cwd: string): CommandResult {
  const env = { ...SETTINGS, PATH: process.env["PATH"] };
  const { error, status, stdout, stderr } = spawnSync("git", args, { cwd, env });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

const SETTINGS: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@b",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@b",
  // A directory that is no repository must not find one above it.
  GIT_CEILING_DIRECTORIES: realpathSync(directory),
};

/** The value of a program on one line, or its error, which is the same by eval and evalAsync; its processes run in `cwd`. */
async function run(
  code: string,
  { cwd = repository, tier = "auto" }: { cwd?: string; tier?: Tier } = {},
): Promise<string> {
  const access = hostAccess();
  const { process: own } = access;
  if (own === undefined) throw new Error("this host has no processes");
  const processes: ProcessAccess = {
    ...own,
    run: ([, ...args]) => git(args, cwd),
    spawn: (words, _, output) => own.spawn(words, { directory: cwd, environment: SETTINGS }, output),
  };
  const sema = createRuntime({ tier, host: { ...access, process: processes } });
  const outcomes: string[] = [];
  for (const evaluate of [() => sema.eval(code), () => sema.evalAsync(code)]) {
    try {
      outcomes.push(sema.print(await evaluate()).replaceAll(/\n\s*/g, " "));
    } catch (error) {
      if (!(error instanceof SemaError)) throw error;
      outcomes.push(`${error.type}: ${error.message}`);
    }
  }
  const [atOnce = "", later] = outcomes;
  assertEquals(later, atOnce, code);
  return atOnce;
}

describe("git", { timeout: 60_000 }, () => {
  before(() => {
    mkdirSync(repository);
    const write = (name: string, content: string) => writeFileSync(join(repository, name), content);
    git(["init", "-q", "-b", "trunk"], repository);
    write("a b.txt", "one\n");
    write("old.txt", "the same lines\nas before\n");
    write(".gitignore", "*.log\n");
    git(["add", "."], repository);
    git(["commit", "-q", "-m", "first"], repository);
    write("a b.txt", "two\n");
    git(["mv", "old.txt", "nøw.txt"], repository);
    write("new.txt", "");
  });

  for (const tier of ["walker", "baseline", "jit", "auto"] as const) {
    it(`tells what has changed (${tier})`, async () => {
      assertEquals(
        await run("(map (fn (f) (list (:path f) (:status f) (:staged f) (:untracked f))) (git/status))", { tier }),
        '(("a b.txt" " M" #f #f) ("nøw.txt" "R " #t #f) ("new.txt" "??" #f #t))',
      );
      assertEquals(await run("(git/changed-files)", { tier }), '("a b.txt" "nøw.txt" "new.txt")');
      assertEquals(await run("(git/diff-files)", { tier }), '("a b.txt")');
    });
  }

  it("makes patches that diff/apply takes", async () => {
    assertEquals(await run('(diff/apply "one\\n" (git/diff))'), '"two\\n"');
    assertEquals(await run('(git/diff "new.txt")'), '""');
  });

  it("knows the repository", async () => {
    assertEquals(await run("(git/root)"), JSON.stringify(realpathSync(repository)));
    assertEquals(await run("(git/current-branch)"), '"trunk"');
    assertEquals(await run("(git/recent-files)"), '(".gitignore" "a b.txt" "old.txt")');
    assertEquals(await run("(git/recent-files 0)"), "()");
    assertEquals(await run('(map git/ignore-matches? (list "x.log" "x.txt"))'), "(#t #f)");
  });

  it("says what git says where it fails", async () => {
    const message = await run("(git/status)", { cwd: directory });
    assertEquals(message.split(": ", 3).join(": "), "eval: git status --porcelain=v1 -z: fatal");
  });

  it("needs the capability", () => {
    const sema = createRuntime({ host: hostAccess(), deny: ["process"] });
    assertEquals(sema.print(sema.eval("(try (git/root) (catch e (:type e)))")), ":permission-denied");
  });
});
