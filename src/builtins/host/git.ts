/** What the `git` program says of the repository that the program runs in (language reference: 05-host §27). */
import { type Condition, evalError, keyword, SortedMap, type Value } from "../../data/mod.ts";
import { count, listOf, text } from "../check.ts";
import { type Area, type BuiltinContext, many, one, requires, zero } from "../declare.ts";
import { systemFailure } from "./file_access.ts";
import { type CommandResult, given } from "./host_access.ts";

/** Commits that `git/recent-files` looks at. */
const RECENT = 20;

function run(name: string, args: readonly string[], { host }: BuiltinContext): CommandResult {
  const command = ["git", "-c", "core.quotepath=false", ...args];
  try {
    return given(host.process, name, "process").run(command, { directory: null, environment: {} });
  } catch (error) {
    throw systemFailure(error, name, "", "process");
  }
}

function failure(args: readonly string[], { stderr }: CommandResult): Condition {
  return evalError(`git ${args.join(" ")}: ${new TextDecoder().decode(stderr).trim()}`);
}

/** What git prints; raises when it fails. */
function output(name: string, args: readonly string[], context: BuiltinContext): string {
  const result = run(name, args, context);
  if (result.code !== 0) throw failure(args, result);
  return new TextDecoder().decode(result.stdout);
}

/** The names in what git prints with `-z`. */
function names(printed: string): string[] {
  return printed.split(/[\0\n]/).filter((name) => name !== "");
}

/** A path that is not as it was committed; `status` has two letters, for the index and for the directory. */
interface Change {
  readonly path: string;
  readonly status: string;
}

function changes(name: string, context: BuiltinContext): Change[] {
  const fields = output(name, ["status", "--porcelain=v1", "-z"], context).split("\0");
  const found: Change[] = [];
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? "";
    if (field === "") continue;
    const status = field.slice(0, 2);
    found.push({ path: field.slice(3), status });
    // What was moved or copied has a second path: the one it had.
    if (/[RC]/.test(status)) at++;
  }
  return found;
}

function changeMap({ path, status }: Change): Value {
  const untracked = status === "??";
  return SortedMap.from([
    [keyword("path"), path],
    [keyword("staged"), !untracked && !status.startsWith(" ")],
    [keyword("status"), status],
    [keyword("untracked"), untracked],
  ]);
}

function ignored(path: Value, context: BuiltinContext): Value {
  const args = ["check-ignore", "-q", "--", text(path)];
  const result = run("git/ignore-matches?", args, context);
  if (result.code !== 0 && result.code !== 1) throw failure(args, result);
  return result.code === 0;
}

function recentFiles([commits = RECENT]: readonly Value[], context: BuiltinContext): Value {
  const most = count(commits, "git/recent-files");
  const args = ["log", `-n${most}`, "--name-only", "-z", "--pretty=format:"];
  return listOf([...new Set(names(output("git/recent-files", args, context)))]);
}

/** `git/…`. */
export const git: Area = () =>
  requires("process", [
    zero("git/root", "The directory of the repository.", (context) => {
      return output("git/root", ["rev-parse", "--show-toplevel"], context).trimEnd();
    }),
    zero("git/current-branch", "The name of the branch, or HEAD when there is none.", (context) => {
      return output("git/current-branch", ["rev-parse", "--abbrev-ref", "HEAD"], context).trimEnd();
    }),
    zero(
      "git/status",
      "The files that are not as committed: maps of :path, :status, :staged and :untracked.",
      (context) => {
        return listOf(changes("git/status", context).map(changeMap));
      },
    ),
    zero("git/changed-files", "The paths of the files that are not as committed.", (context) => {
      return listOf(changes("git/changed-files", context).map(({ path }) => path));
    }),
    many("git/diff", 0, 1, "(git/diff [path]): what is not in the index, as a patch.", ([path], context) => {
      return output("git/diff", ["diff", ...path === undefined ? [] : ["--", text(path)]], context);
    }),
    zero("git/diff-files", "The paths of the files that are not as in the index.", (context) => {
      return listOf(names(output("git/diff-files", ["diff", "--name-only", "-z"], context)));
    }),
    many(
      "git/recent-files",
      0,
      1,
      "(git/recent-files [n]): the paths that the last n (20) commits changed.",
      recentFiles,
    ),
    one("git/ignore-matches?", "(git/ignore-matches? path): whether git ignores a path.", ignored),
  ]);
