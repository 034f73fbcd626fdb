/** The system, the environment, other processes and time (language reference: 05-host §8). */
import { Flonum, keyword, listFrom, SortedMap, type Value } from "../../data/mod.ts";
import { isMap, listOrVectorItems, text, wrongType } from "../check.ts";
import { type Area, type BuiltinContext, many, one, requires, sema, two, zero } from "../declare.ts";
import { run } from "./commands.ts";
import { systemFailure } from "./file_access.ts";
import { option, stringPairs } from "./option_maps.ts";
import { type Clock, type Environment, given, type HostAccess, type ProcessAccess } from "./host_access.ts";

/** What the environment answers to the function `name`; a host may refuse, and means a capability then. */
function asked<T>(
  name: string,
  host: HostAccess,
  ask: (environment: Environment) => T,
  capability: "env-read" | "env-write" = "env-read",
): T {
  try {
    return ask(given(host.environment, name, capability));
  } catch (error) {
    throw systemFailure(error, name, "", capability);
  }
}

function processOf(host: HostAccess, name: string): ProcessAccess {
  return given(host.process, name, "process");
}

function clock(host: HostAccess, name: string): Clock {
  return given(host.clock, name, "clock");
}

/** For the function `name`: the first of these variables that is set. */
function firstSet(name: string, host: HostAccess, ...variables: string[]): Value {
  if (host.environment === undefined) return null;
  for (const variable of variables) {
    const value = asked(name, host, (environment) => environment.get(variable));
    if (value !== undefined && value !== "") return value;
  }
  return null;
}

/** For the function `name`: a path in the user's directory; nil when that is unknown. */
function inHome(name: string, host: HostAccess, path: string): Value {
  const home = firstSet(name, host, "HOME", "USERPROFILE");
  return typeof home === "string" ? `${home}/${path}` : null;
}

/** Where programs keep their settings: each system has its own place. */
function configDirectory(host: HostAccess): Value {
  const name = "sys/config-dir";
  switch (host.facts?.os) {
    case "darwin":
      return inHome(name, host, "Library/Application Support");
    case "windows":
      return firstSet(name, host, "APPDATA");
    default:
      return firstSet(name, host, "XDG_CONFIG_HOME") ?? inHome(name, host, ".config");
  }
}

/** What programs call the systems that hosts name otherwise. */
const PLATFORMS: Readonly<Record<string, string>> = { darwin: "macos", linux: "linux", windows: "windows" };

/** For await: how the command that a call of `shell` describes has ended. */
function shell(first: Value, others: Value, context: BuiltinContext): Value {
  const args = [first, ...listOrVectorItems(others)];
  const { host } = context;
  const last = args.at(-1) ?? null;
  const options = args.length > 1 && isMap(last) ? last : null;
  const words = (options === null ? args : args.slice(0, -1)).map((arg) => text(arg));
  const windows = host.facts?.os === "windows";
  const command = words.length > 1 ? words : windows ? ["cmd", "/C", ...words] : ["sh", "-c", ...words];
  const directory = option(options, "cwd");
  const decoder = new TextDecoder();
  return run(
    {
      name: "shell",
      capability: "shell",
      words: command,
      options: {
        directory: typeof directory === "string" ? directory : null,
        environment: stringPairs(option(options, "env")),
      },
    },
    ({ code, stdout, stderr }) =>
      SortedMap.from([
        [keyword("exit-code"), code ?? -1],
        [keyword("stderr"), decoder.decode(stderr)],
        [keyword("stdout"), decoder.decode(stdout)],
      ]),
    context,
  );
}

/** A directory of PATH that holds the program. */
function which(program: string, { host, files }: BuiltinContext): Value {
  const path = String(firstSet("sys/which", host, "PATH") ?? "");
  const candidates = program.includes("/") ? [program] : path.split(":").map((directory) => `${directory}/${program}`);
  for (const candidate of candidates) {
    if (isFile(candidate, files)) return candidate;
  }
  return null;
}

function isFile(path: string, files: BuiltinContext["files"]): boolean {
  try {
    return files.read("sys/which", path, (system) => system.info(path, true))?.kind === "file";
  } catch {
    // A directory of PATH that may not be looked into.
    return false;
  }
}

function exitCode(value: Value): number {
  if (typeof value === "number") return Math.trunc(value) & 255;
  if (value instanceof Flonum) return Math.trunc(value.value) & 255;
  throw wrongType("int", value);
}

const reading: Area = () => [
  one("env", "(env name): an environment variable; nil when it is not set.", (name, { host }): Value => {
    const variable = text(name);
    return asked("env", host, (environment) => environment.get(variable)) ?? null;
  }, ['(env "NO_SUCH_VARIABLE")', "nil"]),
  zero("sys/env-all", "The environment variables by keyword.", ({ host }) => {
    const variables = Object.entries(asked("sys/env-all", host, (environment) => environment.all()));
    return SortedMap.from(variables.map(([name, value]) => [keyword(name), value]));
  }, ["(map? (sys/env-all))", "#t"]),
  zero(
    "sys/cwd",
    "The current directory.",
    ({ host }) => asked("sys/cwd", host, (environment) => environment.directory()),
    [
      "(string? (sys/cwd))",
      "#t",
    ],
  ),
  zero(
    "sys/home-dir",
    "The user's directory; nil when unknown.",
    ({ host }) => firstSet("sys/home-dir", host, "HOME", "USERPROFILE"),
    [
      "(begin (sys/home-dir) :done)",
      ":done",
    ],
  ),
  zero(
    "sys/temp-dir",
    "A directory for temporary files.",
    ({ host }) => firstSet("sys/temp-dir", host, "TMPDIR", "TEMP", "TMP") ?? "/tmp",
    ["(string? (sys/temp-dir))", "#t"],
  ),
  zero("sys/user", "The user's name; nil when unknown.", ({ host }) => firstSet("sys/user", host, "USER", "USERNAME"), [
    "(begin (sys/user) :done)",
    ":done",
  ]),
];

const processes: Area = () => [
  zero("sys/args", "The program's name, its file, and what the user gave it.", ({ host }) => {
    return listFrom(processOf(host, "sys/args").arguments());
  }, ["(car (sys/args))", '"sema"']),
  zero("sys/pid", "The number of the process.", ({ host }) => processOf(host, "sys/pid").id(), [
    "(> (sys/pid) 0)",
    "#t",
  ]),
  one(
    "sys/which",
    "(sys/which name): the path of a program that PATH leads to; nil when there is none.",
    (name, context) => {
      return which(text(name), context);
    },
    ['(sys/which "no-such-program")', "nil"],
  ),
  many("exit", 0, 1, "(exit [code]): ends the process at once.", ([code = 0], { host }) => {
    return processOf(host, "exit").exit(exitCode(code));
  }),
];

const time: Area = () => [
  zero("__vm-elapsed", "What sys/elapsed answers.", ({ host }) => Math.round(clock(host, "time").elapsed() * 1e6)),
  zero("sys/elapsed", "Nanoseconds since some moment.", ({ host }) => {
    return Math.round(clock(host, "sys/elapsed").elapsed() * 1e6);
  }, ["(>= (sys/elapsed) 0)", "#t"]),
  sema(
    "time/ms",
    1,
    1,
    "(time/ms f): how many milliseconds a call of f takes.",
    `(fn (f) (let ((start (__vm-elapsed))) (begin (f) (/ (- (__vm-elapsed) start) 1000000.0))))`,
    ["(>= (time/ms (fn () (+ 1 2))) 0)", "#t"],
  ),
  sema(
    "time",
    1,
    1,
    "(time f): calls f, tells on standard error how long it took, and answers its value.",
    `(fn (f) (let* ((start (__vm-elapsed)) (value (f)))
       (begin (__vm-tell-elapsed (- (__vm-elapsed) start)) value)))`,
    ["(time (fn () (+ 1 2)))", "3"],
  ),
];

/** The system, the environment, other processes and time. */
export const system: Area = () => [
  ...requires("env-read", reading()),
  ...requires("env-write", [
    two(
      "sys/set-env",
      "(sys/set-env name value): sets an environment variable for this process.",
      (name, value, { host }) => {
        const [variable, content] = [text(name), text(value)];
        asked("sys/set-env", host, (environment) => environment.set(variable, content), "env-write");
        return null;
      },
      ['(sys/set-env "GREETING" "hello")', "nil"],
    ),
  ]),
  ...requires("process", processes()),
  ...requires("shell", [
    two("__vm-shell", "For await: what shell answers.", shell),
    sema(
      "shell",
      1,
      Infinity,
      "(shell command) or (shell program argument …): runs a command to its end; a map of :exit-code, :stdout and :stderr.",
      "(fn (command . others) (await (__vm-shell command others)))",
    ),
  ]),
  ...requires("clock", time()),
  one("__vm-tell-elapsed", "Writes how long something took, given in nanoseconds.", (nanoseconds, context) => {
    context.writeError(`Elapsed: ${(Number(nanoseconds) / 1e6).toFixed(3)}ms\n`);
    return null;
  }),
  zero(
    "sys/platform",
    "macos, linux, windows or unknown.",
    ({ host }) => PLATFORMS[host.facts?.os ?? ""] ?? "unknown",
    ["(string? (sys/platform))", "#t"],
  ),
  zero("sys/os", "The system's own name.", ({ host }) => {
    const os = host.facts?.os ?? "unknown";
    return PLATFORMS[os] ?? os;
  }, ["(string? (sys/os))", "#t"]),
  zero(
    "sys/arch",
    "The kind of processor: x86_64, aarch64 or another.",
    ({ host }) => host.facts?.architecture ?? "unknown",
    ["(string? (sys/arch))", "#t"],
  ),
  zero(
    "sys/config-dir",
    "The directory for the user's settings; nil when unknown.",
    ({ host }) => configDirectory(host),
    [
      "(begin (sys/config-dir) :done)",
      ":done",
    ],
  ),
  zero("sys/sema-home", "The directory for what Sema keeps; nil when unknown.", ({ host }) => {
    return firstSet("sys/sema-home", host, "SEMA_HOME") ?? inHome("sys/sema-home", host, ".sema");
  }, ["(begin (sys/sema-home) :done)", ":done"]),
  zero("sys/hostname", "The machine's name; nil when unknown.", ({ host }) => host.facts?.hostName() ?? null, [
    "(begin (sys/hostname) :done)",
    ":done",
  ]),
  zero(
    "sys/interactive?",
    "Whether the standard input is a terminal.",
    ({ host }) => host.facts?.interactive() ?? false,
    ["(begin (sys/interactive?) :done)", ":done"],
  ),
  zero("sys/tty", "The path of the terminal that the standard input is; nil when it is none.", ({ host }) => {
    return host.facts?.terminalPath() ?? null;
  }, ["(begin (sys/tty) :done)", ":done"]),
  zero("sys/term-size", "A map of :rows and :cols; nil when there is no terminal.", ({ host }): Value => {
    const size = host.facts?.terminal() ?? null;
    return size === null ? null : SortedMap.from([[keyword("rows"), size.rows], [keyword("cols"), size.columns]]);
  }, ["(begin (sys/term-size) :done)", ":done"]),
  one("shell/quote", "(shell/quote text): the text as one word for a shell.", (value) => {
    return `'${text(value).replaceAll("'", "'\\''")}'`;
  }, ['(shell/quote "it\'s")', "\"'it'\\\\''s'\""]),
];
