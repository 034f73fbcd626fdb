/** The command line as data: what was asked for, or what is wrong with it. Touches nothing outside its arguments. */
import { type Args, parseArgs } from "../compat/parse_args.ts";
import { CAPABILITIES, type Capability, type Limits } from "../../mod.ts";

/** The ways to run a program; `walker` is the plain evaluator kept as a reference. */
const TIERS = ["auto", "baseline", "jit", "walker"] as const;

/** One of {@link TIERS}. */
export type Tier = typeof TIERS[number];

/** Where a program's text comes from. */
export type Origin =
  | { readonly from: "file"; readonly path: string }
  | { readonly from: "input" }
  | { readonly from: "expressions"; readonly texts: readonly string[]; readonly print: "always" | "unless-nil" };

/** What to do. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  /** Nothing was said: the program on the standard input, or help where that is a terminal. */
  | { readonly kind: "nothing"; readonly settings: Settings }
  | {
    readonly kind: "run";
    readonly origin: Origin;
    readonly arguments: readonly string[];
    readonly settings: Settings;
  }
  /** Print what names of the library mean. */
  | { readonly kind: "doc"; readonly names: readonly string[]; readonly settings: Settings }
  /** Show what a program's functions are compiled to, after running it or not; `name` null: all of them. */
  | {
    readonly kind: "show";
    readonly what: "bytecode" | "javascript";
    readonly origin: Origin;
    readonly name: string | null;
    readonly run: boolean;
    /** Comments in the JavaScript. */
    readonly annotate: boolean;
    readonly settings: Settings;
  };

/** What holds for every command that runs a program. */
export interface Settings {
  readonly tier: Tier;
  readonly stats: boolean;
  /** Every step of the second tier is told. */
  readonly traceTier: boolean;
  readonly limits: Limits;
  /** What the program may not do although the process may. */
  readonly deny: readonly Capability[];
  /** The directories whose files the program may use; null: all. */
  readonly allowedPaths: readonly string[] | null;
}

/** What `--sandbox=strict` denies. */
const STRICT: readonly Capability[] = ["fs-write", "shell", "process", "network", "env-write", "llm", "serial"];

/** Options that bound a program, and the limit that each sets. */
const LIMITS: Readonly<Record<string, keyof Limits>> = {
  "max-steps": "steps",
  "max-ms": "milliseconds",
  "max-depth": "depth",
  "max-output": "output",
};

/** A command line that makes no sense. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What `--help` prints. */
export const HELP: string = `Runs Sema programs.

Usage:
  sema [options] FILE [ARGUMENT ...]   run a program
  sema [options] -                     run the program on the standard input
  sema [options] -e EXPR               evaluate, print the value unless it is nil
  sema [options] -p EXPR               evaluate, print the value
  sema dis [--run] FILE [NAME]         show the bytecode of a program, or of one function
  sema js [--run] [--annotate] FILE [NAME]
                                       show the JavaScript of its functions, or of one; with comments: the program,
                                       its bytecode and the types that were found
  sema doc NAME ...                    print what functions, macros and special forms do

Options:
  --tier=TIER    auto      start in the bytecode machine, compile what is hot (default)
                 baseline  bytecode machine only
                 jit       compile every function before its first call
                 walker    plain evaluator, the reference for the others
  --max-steps=N  end the program after about N function calls and rounds of loops
  --max-ms=N     end it after N milliseconds
  --max-depth=N  active function calls before a stack overflow (default: a million)
  --max-output=N end it when it has printed N bytes
  --sandbox=MODE deny what programs may do: none, strict (no writing, processes, network), all, or a list of
                 ${CAPABILITIES.slice(0, 5).join(", ")},
                 ${CAPABILITIES.slice(5).join(", ")}
  --allowed-paths=DIR,...  the only directories whose files programs may use
  --stats        print counters to the standard error when the program ends
  --trace-tier   print a line for everything that the compiler does, and why
  -h, --help     print this
  -V, --version  print the version

dis and js do not run the program, only its macros. With --run they run it first, silently, and show what its functions
have become for the types they were seen with.

The exit code is 0, 1 after an error in the program, or 2 after an error in the command line.
`;

const SHOW: Readonly<Record<string, "bytecode" | "javascript">> = { dis: "bytecode", js: "javascript" };

/** Parses the options of running a program, which end at the first positional, or those of looking into one. */
function parse(args: readonly string[], what: "run" | "show"): Args {
  let unknown: string | null = null;
  const parsed = parseArgs([...args], {
    boolean: ["stats", "trace-tier", "help", "version", ...what === "show" ? ["run", "annotate"] : []],
    string: ["_", "tier", "sandbox", "allowed-paths", "e", "p", ...Object.keys(LIMITS)],
    collect: ["e", "p"],
    alias: { h: "help", V: "version", e: "eval", p: "print" },
    stopEarly: what === "run",
    "--": true,
    unknown: (arg, key) => {
      if (key !== undefined) unknown ??= arg;
    },
  });
  if (unknown !== null) throw new UsageError(`unknown option ${unknown}`);
  return parsed;
}

function texts(parsed: Args, name: "e" | "p"): string[] {
  const values = parsed[name];
  const found = Array.isArray(values) ? values.map(String) : [];
  if (found.includes("")) throw new UsageError(`-${name} needs an expression`);
  return found;
}

function settings(parsed: Args): Settings {
  const given = parsed["tier"];
  const tier = TIERS.find((name) => name === (given ?? "auto"));
  if (tier === undefined) throw new UsageError(`--tier must be one of ${TIERS.join(", ")}`);
  return {
    tier,
    stats: parsed["stats"] === true,
    traceTier: parsed["trace-tier"] === true,
    limits: limits(parsed),
    deny: denied(parsed["sandbox"] ?? "none"),
    allowedPaths: allowedPaths(parsed["allowed-paths"]),
  };
}

/** What a mode of the sandbox denies. A capability may be written with `no-` before it. */
function denied(mode: unknown): readonly Capability[] {
  if (mode === "none") return [];
  if (mode === "strict") return STRICT;
  if (mode === "all") return CAPABILITIES;
  return String(mode).split(",").map((word) => {
    const name = word.trim().replace(/^no-/, "");
    const capability = CAPABILITIES.find((each) => each === name);
    if (capability === undefined) throw new UsageError(`--sandbox does not know ${JSON.stringify(word)}`);
    return capability;
  });
}

function allowedPaths(given: unknown): readonly string[] | null {
  if (given === undefined) return null;
  const paths = String(given).split(",").filter((path) => path !== "");
  if (paths.length === 0) throw new UsageError("--allowed-paths needs a directory");
  return paths;
}

function limits(parsed: Args): Limits {
  const found: { -readonly [name in keyof Limits]: number } = {};
  for (const [option, name] of Object.entries(LIMITS)) {
    const given = parsed[option];
    if (given === undefined) continue;
    const amount = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : 0;
    if (amount < 1 || !Number.isSafeInteger(amount)) throw new UsageError(`--${option} needs a positive whole number`);
    found[name] = amount;
  }
  return found;
}

function fileOrInput(path: string): Origin {
  return path === "-" ? { from: "input" } : { from: "file", path };
}

function show(what: "bytecode" | "javascript", args: readonly string[], outer: readonly string[]): Command {
  const parsed = parse([...outer, ...args], "show");
  const [path, name, ...more] = [...parsed._, ...parsed["--"] ?? []].map(String);
  const verb = what === "bytecode" ? "dis" : "js";
  if (path === undefined) throw new UsageError(`${verb} needs a file`);
  if (more.length > 0) throw new UsageError(`${verb} takes a file and at most one name`);
  const [run, annotate] = [parsed["run"] === true, parsed["annotate"] === true];
  if (annotate && what === "bytecode") throw new UsageError("--annotate is for js");
  return {
    kind: "show",
    what,
    origin: fileOrInput(path),
    name: name ?? null,
    run,
    annotate,
    settings: settings(parsed),
  };
}

/** The command that `args` ask for. Throws a {@link UsageError}. */
export function parseCommand(args: readonly string[]): Command {
  const parsed = parse(args, "run");
  if (parsed["help"] === true) return { kind: "help" };
  if (parsed["version"] === true) return { kind: "version" };
  const positionals = [...parsed._, ...parsed["--"] ?? []].map(String);
  const evaluate = texts(parsed, "e");
  const print = texts(parsed, "p");
  const common = settings(parsed);
  if (evaluate.length > 0 && print.length > 0) throw new UsageError("-e and -p exclude each other");
  if (evaluate.length > 0 || print.length > 0) {
    const origin: Origin = evaluate.length > 0
      ? { from: "expressions", texts: evaluate, print: "unless-nil" }
      : { from: "expressions", texts: print, print: "always" };
    return { kind: "run", origin, arguments: positionals, settings: common };
  }
  const [first, ...rest] = positionals;
  if (first === undefined) return { kind: "nothing", settings: common };
  if (first === "doc") {
    if (rest.length === 0) throw new UsageError("doc needs a name");
    return { kind: "doc", names: rest, settings: common };
  }
  const what = Object.hasOwn(SHOW, first) ? SHOW[first] : undefined;
  if (what !== undefined) {
    const start = args.indexOf(first);
    return show(what, args.slice(start + 1), args.slice(0, start));
  }
  return { kind: "run", origin: fileOrInput(first), arguments: rest, settings: common };
}
