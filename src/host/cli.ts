/**
 * The command line: reads what is to run, runs it in a fresh runtime, reports how it ended.
 *
 * Invariants: whatever the program printed is written before any report; no error leaves here as a JavaScript stack;
 * the process ends by itself with `exitCode` set, except when nobody reads its output any more.
 */
import {
  createRuntime,
  type FileStore,
  type HostAccess,
  type Listing,
  type Runtime,
  SemaError,
  type Tier,
} from "../../mod.ts";
import { VERSION } from "../version.ts";
import { hostAccess } from "./access.ts";
import { resolve } from "./files.ts";
import { type Command, HELP, type Origin, parseCommand, type Settings, UsageError } from "./options.ts";
import { Output } from "./output.ts";
import { COLOURED, failureReport, PLAIN, statsTable, type Style, tierLine } from "./report.ts";
import { errorCode, readInput, system, writeBytes } from "./system.ts";

/** Exit codes. */
const FAILED = 1;
const MISUSED = 2;

/** A program that cannot be had: a missing file, a directory, no text. */
class SourceError extends Error {
  override readonly name = "SourceError";
  readonly reason: string;

  constructor(source: string, reason: string) {
    super(`${source}: ${reason}`);
    this.reason = reason;
  }
}

const MISSING = "no such file";

/** What is wrong with a file, by the code of the failed system call. */
const READ_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: MISSING,
  EISDIR: "is a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOTDIR: "part of the path is not a directory",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "too many symbolic links",
  ERR_ACCESS_DENIED: "reading files is not allowed",
  NotCapable: "reading files is not allowed (run deno with -R)",
};

/** Where nobody reads standard output any more there is nothing left to do; errors that cannot be shown are dropped. */
function outputFailed(error: unknown): void {
  if (errorCode(error) === "EPIPE") system.exitNow(0);
  writeBytes(2, new TextEncoder().encode("sema: cannot write the output\n"));
  system.exitNow(FAILED);
}

/** The standard streams, in step with each other. */
class Streams {
  readonly out: Output = new Output({
    write: (bytes) => writeBytes(1, bytes),
    failed: outputFailed,
    watched: system.isDevice(1),
  });
  readonly #errors: Output = new Output({
    write: (bytes) => writeBytes(2, bytes),
    failed: () => {},
    watched: true,
  });

  /** Writes to standard error at once, after everything written to standard output before. */
  error(text: string): void {
    this.out.flush();
    this.#errors.write(text);
    this.#errors.flush();
  }

  /** The same for bytes. */
  errorBytes(bytes: Uint8Array): void {
    this.out.flush();
    this.#errors.writeBytes(bytes);
  }
}

/** `NO_COLOR` and `FORCE_COLOR` decide; otherwise colours are for terminals that have them. */
function style(): Style {
  const set = (name: string) => (system.environment(name) ?? "") !== "";
  if (set("NO_COLOR")) return PLAIN;
  if (set("FORCE_COLOR")) return system.environment("FORCE_COLOR") === "0" ? PLAIN : COLOURED;
  return system.isTerminal(2) && system.environment("TERM") !== "dumb" ? COLOURED : PLAIN;
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SourceError(name, "not a program: the file is not UTF-8 text");
  }
}

function readText(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = system.readFile(path);
  } catch (error) {
    throw new SourceError(path, READ_ERRORS[errorCode(error)] ?? "cannot be read");
  }
  return decode(bytes, path);
}

/** The files that a program loads; those that it did are added to `loaded`. */
function programFiles(loaded: Unit[]): FileStore {
  return {
    resolve,
    read: (path) => {
      try {
        const text = readText(path);
        loaded.push({ text, file: path });
        return text;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        if (error.reason === MISSING) return null;
        throw new Error(error.reason);
      }
    },
  };
}

/** A text to run; `file` is what reports call it. */
interface Unit {
  readonly text: string;
  readonly file: string | null;
}

function readUnits(origin: Origin): readonly Unit[] {
  switch (origin.from) {
    case "expressions":
      return origin.texts.map((text) => ({ text, file: null }));
    case "input":
      return [{ text: decode(readInput(), "standard input"), file: null }];
    case "file":
      return [{ text: readText(origin.path), file: origin.path }];
    default: {
      const impossible: never = origin;
      return impossible;
    }
  }
}

/** Writes the report of whatever was thrown. */
function report(error: unknown, units: readonly Unit[], streams: Streams): void {
  if (error instanceof SourceError) return streams.error(`sema: ${error.message}\n`);
  const file = units[0]?.file ?? null;
  if (error instanceof SemaError) {
    const sources = new Map(units.map((unit) => [unit.file, unit.text]));
    return streams.error(failureReport(error, file, sources, style()));
  }
  const message = error instanceof Error ? error.message : String(error);
  streams.error(`sema: internal error: ${message}\nsema: this is a fault of the runtime, not of the program\n`);
}

/** What the host gives to a runtime: `tier` to run on, where output goes, and `loaded`, which gets the files that are loaded. */
interface Opening {
  readonly tier: Tier;
  readonly stdout: Pick<Output, "write" | "writeBytes">;
  readonly loaded: Unit[];
  readonly host: HostAccess;
}

/** Where the output goes of a program that runs only so that its functions can be shown. */
const SILENCE: Opening["stdout"] = { write: () => {}, writeBytes: () => {} };

/** What the program may do: all that the process may, but that its output is written before it reads and before it ends. */
function programAccess(programArguments: readonly string[], streams: Streams): HostAccess {
  const access = hostAccess(programArguments);
  const input = (into: Uint8Array): number => {
    streams.out.flush();
    return access.input?.(into) ?? 0;
  };
  if (access.process === undefined) return { ...access, input };
  const exit = (code: number): never => {
    streams.out.flush();
    access.release?.();
    system.exitNow(code);
  };
  return { ...access, input, process: { ...access.process, exit } };
}

function openRuntime(opening: Opening, settings: Settings, streams: Streams): Runtime {
  const { limits, deny, allowedPaths, traceTier } = settings;
  const { tier, stdout, loaded, host } = opening;
  return createRuntime({
    tier,
    limits,
    host,
    deny,
    ...traceTier ? { onTier: (event) => streams.error(`${tierLine(event)}\n`) } : {},
    ...allowedPaths === null ? {} : { allowedPaths },
    files: programFiles(loaded),
    stdout: (text) => stdout.write(text),
    stdoutBytes: (bytes) => stdout.writeBytes(bytes),
    stderr: (text) => streams.error(text),
    stderrBytes: (bytes) => streams.errorBytes(bytes),
    flush: () => streams.out.flush(),
  });
}

async function run(command: Extract<Command, { kind: "run" }>, streams: Streams): Promise<number> {
  const { origin, settings } = command;
  let units: readonly Unit[] = [];
  const loaded: Unit[] = [];
  const program = origin.from === "file" ? [origin.path] : [];
  const host = programAccess(["sema", ...program, ...command.arguments], streams);
  let runtime: Runtime | null = null;
  try {
    units = readUnits(origin);
    runtime = openRuntime({ tier: settings.tier, stdout: streams.out, loaded, host }, settings, streams);
    for (const { text, file } of units) {
      const value = await runtime.evalAsync(text, file === null ? {} : { file });
      if (origin.from !== "expressions") continue;
      if (value !== null || origin.print === "always") streams.out.write(`${runtime.print(value)}\n`);
    }
    return 0;
  } catch (error) {
    report(error, [...units, ...loaded], streams);
    return FAILED;
  } finally {
    host.release?.();
    if (settings.stats && runtime !== null) streams.error(statsTable(runtime.stats()));
  }
}

/** What `dis` and `js` print; `name` null: the bytecode of the program with all functions in it, or all their JavaScript. */
function shown(listings: readonly Listing[], command: Extract<Command, { kind: "show" }>): string[] {
  const { what, name, annotate } = command;
  const [program, ...functions] = listings;
  if (name === null && what === "bytecode") return program === undefined ? [] : [program.bytecode()];
  const chosen = name === null ? functions : functions.filter((listing) => listing.name === name);
  return chosen.map((listing) => what === "bytecode" ? listing.bytecode() : listing.javascript({ annotate }));
}

async function show(command: Extract<Command, { kind: "show" }>, streams: Streams): Promise<number> {
  const { origin, settings, name } = command;
  let units: readonly Unit[] = [];
  const loaded: Unit[] = [];
  const host = programAccess(["sema"], streams);
  try {
    units = readUnits(origin);
    // The walker compiles nothing that could be shown.
    const tier = settings.tier === "walker" ? "baseline" : settings.tier;
    const runtime = openRuntime({ tier, stdout: SILENCE, loaded, host }, settings, streams);
    for (const { text, file } of units) {
      const listings = await runtime.inspect(text, { ...file === null ? {} : { file }, run: command.run });
      const texts = shown(listings, command);
      if (texts.length === 0 && name !== null) {
        throw new SourceError(file ?? "standard input", `no function is called ${name}`);
      }
      streams.out.write(texts.map((each) => `${each.trimEnd()}\n`).join("\n"));
    }
    return 0;
  } catch (error) {
    report(error, [...units, ...loaded], streams);
    return FAILED;
  } finally {
    host.release?.();
  }
}

/** Prints what names mean; those that mean nothing are told, and make it fail. */
function describe({ names, settings }: Extract<Command, { kind: "doc" }>, streams: Streams): number {
  const host = programAccess([], streams);
  const runtime = openRuntime({ tier: "baseline", stdout: streams.out, loaded: [], host }, settings, streams);
  let code = 0;
  for (const name of names) {
    try {
      runtime.call("doc", name);
    } catch (error) {
      if (!(error instanceof SemaError)) throw error;
      streams.error(`sema: ${error.message}\n${error.hint === undefined ? "" : `sema: ${error.hint}\n`}`);
      code = FAILED;
    }
  }
  return code;
}

function perform(command: Command, streams: Streams): Promise<number> | number {
  switch (command.kind) {
    case "help":
      streams.out.write(HELP);
      return 0;
    case "version":
      streams.out.write(`sema-jit ${VERSION}\n`);
      return 0;
    case "nothing":
      if (system.isTerminal(0)) return perform({ kind: "help" }, streams);
      return run({ kind: "run", origin: { from: "input" }, arguments: [], settings: command.settings }, streams);
    case "run":
      return run(command, streams);
    case "show":
      return show(command, streams);
    case "doc":
      return describe(command, streams);
    default: {
      const impossible: never = command;
      return impossible;
    }
  }
}

/** Runs the command line of this process; sets its exit code. */
export async function main(): Promise<void> {
  const streams = new Streams();
  try {
    system.setExitCode(await perform(parseCommand(system.commandArguments()), streams));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    streams.error(`sema: ${error.message}\nsema: try --help\n`);
    system.setExitCode(MISUSED);
  }
  streams.out.flush();
}
