/** What the `git` program says of the repository that the program runs in (language reference: 05-host §27). */
import { type Condition, evalError, keyword, SortedMap, type Value } from "../../data/mod.ts";
import { count, listOf, listOrVectorItems, text } from "../check.ts";
import { type Area, type BuiltinContext, type Declaration, one, requires, sema } from "../declare.ts";
import { run } from "./commands.ts";
import type { CommandResult } from "./host_access.ts";

/** Commits that `git/recent-files` looks at. */
const RECENT = 20;

/** What a function takes: its arity, its parameters in Sema, and the list of what it was given. */
const TAKES = {
  nothing: [0, 0, "()", "'()"],
  "at most one": [0, 1, "(. given)", "given"],
  one: [1, 1, "(given)", "(cons given '())"],
} as const;

/** A function that git answers. */
interface Question {
  readonly name: string;
  readonly takes: keyof typeof TAKES;
  readonly doc: string;
  /** What git is asked with, for the arguments of a call. */
  readonly words: (args: readonly Value[]) => readonly string[];
  /** What git prints, as a value. */
  readonly answer: (printed: string) => Value;
  /** The exit code that means no, rather than a failure. */
  readonly no?: number;
}

function failure(words: readonly string[], { stderr }: CommandResult): Condition {
  return evalError(`git ${words.join(" ")}: ${new TextDecoder().decode(stderr).trim()}`);
}

/** For await: the answer to a question that a call asks. */
function ask({ name, words, answer, no }: Question, args: Value, context: BuiltinContext): Value {
  const asked = words(listOrVectorItems(args));
  const command = ["git", "-c", "core.quotepath=false", ...asked];
  const options = { directory: null, environment: {} };
  return run({ name, capability: "process", words: command, options }, (result) => {
    if (result.code === no) return false;
    if (result.code !== 0) throw failure(asked, result);
    return answer(new TextDecoder().decode(result.stdout));
  }, context);
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

function changes(printed: string): Change[] {
  const fields = printed.split("\0");
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

const STATUS = ["status", "--porcelain=v1", "-z"];

const QUESTIONS: readonly Question[] = [
  {
    name: "git/root",
    takes: "nothing",
    doc: "The directory of the repository.",
    words: () => ["rev-parse", "--show-toplevel"],
    answer: (printed) => printed.trimEnd(),
  },
  {
    name: "git/current-branch",
    takes: "nothing",
    doc: "The name of the branch, or HEAD when there is none.",
    words: () => ["rev-parse", "--abbrev-ref", "HEAD"],
    answer: (printed) => printed.trimEnd(),
  },
  {
    name: "git/status",
    takes: "nothing",
    doc: "The files that are not as committed: maps of :path, :status, :staged and :untracked.",
    words: () => STATUS,
    answer: (printed) => listOf(changes(printed).map(changeMap)),
  },
  {
    name: "git/changed-files",
    takes: "nothing",
    doc: "The paths of the files that are not as committed.",
    words: () => STATUS,
    answer: (printed) => listOf(changes(printed).map(({ path }) => path)),
  },
  {
    name: "git/diff",
    takes: "at most one",
    doc: "(git/diff [path]): what is not in the index, as a patch.",
    words: ([path]) => ["diff", ...path === undefined ? [] : ["--", text(path)]],
    answer: (printed) => printed,
  },
  {
    name: "git/diff-files",
    takes: "nothing",
    doc: "The paths of the files that are not as in the index.",
    words: () => ["diff", "--name-only", "-z"],
    answer: (printed) => listOf(names(printed)),
  },
  {
    name: "git/recent-files",
    takes: "at most one",
    doc: "(git/recent-files [n]): the paths that the last n (20) commits changed.",
    words: ([commits = RECENT]) => {
      return ["log", `-n${count(commits, "git/recent-files")}`, "--name-only", "-z", "--pretty=format:"];
    },
    answer: (printed) => listOf([...new Set(names(printed))]),
  },
  {
    name: "git/ignore-matches?",
    takes: "one",
    doc: "(git/ignore-matches? path): whether git ignores a path.",
    words: ([path = null]) => ["check-ignore", "-q", "--", text(path)],
    answer: () => true,
    no: 1,
  },
];

function declared(question: Question): readonly Declaration[] {
  const { name, takes, doc } = question;
  const [min, max, parameters, given] = TAKES[takes];
  const helper = `__vm-${name.replace(/[/?]/g, "-")}`;
  return [
    one(helper, `For await: what ${name} answers.`, (args, context) => ask(question, args, context)),
    sema(name, min, max, doc, `(fn ${parameters} (await (${helper} ${given})))`),
  ];
}

/** `git/…`. */
export const git: Area = () => requires("process", QUESTIONS.flatMap(declared));
