/**
 * What programs may reach outside of their runtime, as the embedder gives it: the interfaces of files, environment,
 * process, clock and randomness, and the capabilities that each builtin which uses one is declared with. What is not
 * given is not there: such builtins raise `:permission-denied` in its place, before they look at their arguments.
 *
 * Implementations throw what the host throws: an `Error` whose `code` names the system's error (`ENOENT`, …).
 */
import { Condition } from "../../data/mod.ts";
import type { Compression } from "./compression.ts";
import type { DatabaseAccess } from "./databases.ts";
import type { NetworkAccess } from "./network_access.ts";
import type { SignalAccess } from "./signals.ts";
import type { FileEvent } from "./watching.ts";

/** The capabilities by which a sandbox denies functions (language reference: 05-host §2), and two of this runtime's own. */
export const CAPABILITIES = [
  "fs-read",
  "fs-write",
  "shell",
  "process",
  "network",
  "env-read",
  "env-write",
  "llm",
  "serial",
  "clock",
  "random",
] as const;

/** One of {@link CAPABILITIES}. */
export type Capability = typeof CAPABILITIES[number];

/** What a path names. */
export interface FileInfo {
  /** What kind of thing. */
  readonly kind: "file" | "directory" | "symlink" | "other";
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970, where the system knows. */
  readonly modified: number | null;
}

/** A file being read piece by piece. */
export interface FileReader {
  /** Fills some of `into`, and tells how much; 0 at the end. */
  read(into: Uint8Array): number;
  /** Gives the file back to the system. */
  close(): void;
}

/** A file being written piece by piece. */
export interface FileWriter {
  /** Adds bytes, all of them, and gives them to the system. */
  write(bytes: Uint8Array): void;
  /** Gives the file back to the system. */
  close(): void;
}

/** Files by path; relative paths start where the program runs. */
export interface FileSystem {
  /** The bytes of a file. */
  read(path: string): Uint8Array;
  /** Opens a file to be read piece by piece. */
  open(path: string): FileReader;
  /** Empties a file, or makes it, to be written piece by piece. */
  create(path: string): FileWriter;
  /** Replaces or extends a file, or makes it. */
  write(path: string, bytes: Uint8Array, mode: "replace" | "append"): void;
  /** What `path` names, or null when there is nothing; a symbolic link itself unless `follow`. */
  info(path: string, follow: boolean): FileInfo | null;
  /** The names in a directory. */
  list(path: string): string[];
  /** Makes a directory and those above it; nothing when it is there. */
  makeDirectory(path: string): void;
  /** Removes a file. */
  remove(path: string): void;
  /** Moves a file or directory; a file in its place is replaced. */
  rename(from: string, to: string): void;
  /** Copies a file; a file in its place is replaced. */
  copy(from: string, to: string): void;
  /** The absolute path without symbolic links of something that is there. */
  realPath(path: string): string;
}

/** Environment variables, and where the program runs. */
export interface Environment {
  /** A variable; undefined when it is not set. */
  get(name: string): string | undefined;
  /** All of them. */
  all(): Readonly<Record<string, string>>;
  /** Sets a variable for this process and those it starts. */
  set(name: string, value: string): void;
  /** The current directory. */
  directory(): string;
}

/** How a command ended. */
export interface CommandResult {
  /** Its exit code; null when a signal ended it. */
  readonly code: number | null;
  /** What it wrote to its standard output. */
  readonly stdout: Uint8Array;
  /** What it wrote to its standard error. */
  readonly stderr: Uint8Array;
}

/** Where what a process writes goes, as it comes. */
export interface ChildOutput {
  /** Takes a piece of its standard output. */
  stdout(bytes: Uint8Array): void;
  /** Takes a piece of its standard error. */
  stderr(bytes: Uint8Array): void;
}

/** A process that runs beside the program. */
export interface ChildProcess {
  /** Its exit code, null after a signal: when it has ended and all that it wrote has been told. Never rejects. */
  readonly ended: Promise<number | null>;
  /** Writes to its standard input; rejects when it does not read any more. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends its standard input. */
  closeInput(): void;
  /** Ends it at once. */
  kill(): void;
}

/** The process that the program runs in, and others that it may start. */
export interface ProcessAccess {
  /** The program's name, its file, and what the user gave it. */
  arguments(): readonly string[];
  /** The number of the process. */
  id(): number;
  /** Ends the process at once. */
  exit(code: number): never;
  /** Runs a command to its end, with no input. */
  run(command: readonly string[], options: CommandOptions): CommandResult;
  /** Starts a command, whose standard streams are the program's; rejects when it cannot be started. */
  spawn(command: readonly string[], options: CommandOptions, output: ChildOutput): Promise<ChildProcess>;
}

/** Where and with what a command runs. */
export interface CommandOptions {
  /** Null: where this process runs. */
  readonly directory: string | null;
  /** Variables besides those of this process. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, never going back. */
  elapsed(): number;
}

/** Facts about the machine that no sandbox hides. */
export interface SystemFacts {
  /** `linux`, `darwin`, `windows`, `freebsd`, … */
  readonly os: string;
  /** `x86_64`, `aarch64`, … */
  readonly architecture: string;
  /** The name of the machine, or null. */
  hostName(): string | null;
  /** Whether the standard input is a terminal. */
  interactive(): boolean;
  /** The path of that terminal, or null. */
  terminalPath(): string | null;
  /** The size of the terminal, or null. */
  terminal(): { readonly rows: number; readonly columns: number } | null;
}

/** The standard input, for programs that read keys. */
export interface KeyInput {
  /** The next bytes, when they come; none at the end. Once `signal` is aborted, what comes is for the next who reads. */
  read(signal: AbortSignal): Promise<Uint8Array>;
  /** Makes the terminal give each key at once, and not show it; null where the input is none. The result undoes that. */
  raw(): (() => void) | null;
}

/** What an embedder gives to a runtime. */
export interface HostAccess {
  /** For `file/…`, file streams and `path/absolute`: the capabilities `fs-read` and `fs-write`. */
  readonly files?: FileSystem;
  /** `env-read` and `env-write`. */
  readonly environment?: Environment;
  /** `process` and `shell`. */
  readonly process?: ProcessAccess;
  /** `network`. */
  readonly network?: NetworkAccess;
  /** `clock`. */
  readonly clock?: Clock;
  /** Floats from 0, included, to 1, excluded: `random`. */
  readonly random?: () => number;
  /** The standard input: fills some of `into`, and tells how much; 0 at the end. Without it, the input is empty. */
  readonly input?: (into: Uint8Array) => number;
  /** For `io/read-key` and what waits for keys. Without it, keys are read from `input`, where others cannot go on meanwhile. */
  readonly keys?: KeyInput;
  /** For `fs/…`, within `fs-read`: tells what happens to a file or below a directory until the result is called. */
  readonly watch?: (path: string, recursive: boolean, happened: (event: FileEvent) => void) => () => void;
  /** For `db/…`, within `fs-read` and `fs-write`. */
  readonly databases?: DatabaseAccess;
  /** Calls `run` every so many milliseconds until its result is called; that does not keep the process alive. */
  readonly every?: (milliseconds: number, run: () => void) => () => void;
  /** Ends what programs have started and left running: for when no program of this access runs any more. */
  readonly release?: () => void;
  /** Without it, there is none. No capability: it is for what programs hold already. */
  readonly compression?: Compression;
  /** Without it, no signal arrives. */
  readonly signals?: SignalAccess;
  /** Without it, programs hear that the system is unknown. */
  readonly facts?: SystemFacts;
}

/** The parts of {@link HostAccess} that hold the power of a capability. */
const PARTS: Readonly<Record<Capability, keyof HostAccess | null>> = {
  "fs-read": "files",
  "fs-write": "files",
  "shell": "process",
  "process": "process",
  "network": "network",
  "env-read": "environment",
  "env-write": "environment",
  "llm": null,
  "serial": null,
  "clock": "clock",
  "random": "random",
};

/** Capabilities that are of no use without another one. */
const NEEDS: Readonly<Partial<Record<Capability, Capability>>> = { "shell": "process" };

/** The capabilities of a runtime: what was given and is not denied. */
export function grantedCapabilities(host: HostAccess, denied: readonly Capability[]): ReadonlySet<Capability> {
  return new Set(CAPABILITIES.filter((each) => {
    const part = PARTS[each];
    return part !== null && host[part] !== undefined && !denied.includes(each) && !denied.includes(NEEDS[each] ?? each);
  }));
}

const NOT_GIVEN = "the runtime that runs this program was not given it, or denies it";

/** The error of a function that needs what its runtime was not given. */
export function permissionDenied(name: string, capability: Capability, hint: string = NOT_GIVEN): Condition {
  return new Condition("permission-denied", `Permission denied: ${name} requires '${capability}' capability`, {
    extra: { function: name, capability },
    hint,
  });
}

/** The error of a function for a path that lies elsewhere than its runtime may go. */
export function outsideAllowed(name: string, path: string): Condition {
  const message = `Permission denied: ${name} - path '${path}' is outside allowed directories`;
  return new Condition("permission-denied", message, { extra: { function: name, path } });
}

/** A part of the host, for a builtin that only runs where it was given. */
export function given<T>(part: T | undefined, name: string, capability: Capability): T {
  if (part === undefined) throw permissionDenied(name, capability);
  return part;
}

/** Where the random numbers of a builtin come from. */
export function randomSource({ host }: { readonly host: HostAccess }, name: string): () => number {
  return given(host.random, name, "random");
}
