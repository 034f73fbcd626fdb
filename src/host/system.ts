/**
 * The few things the command line asks of Deno, Bun or Node, all through `process`, which the three share.
 *
 * Nothing is imported from `node:` at run time: a bundler for browsers would follow the import from `mod.ts` and fail.
 * Nothing here needs a Deno permission except reading files.
 */
import type fileSystem from "node:fs";
import type nodeProcess from "node:process";

const found: typeof nodeProcess | undefined = (globalThis as { process?: typeof nodeProcess }).process;
if (found === undefined) throw new Error("the command line needs Deno, Bun or Node");
const process: typeof nodeProcess = found;
const fs: typeof fileSystem = process.getBuiltinModule("node:fs");

/** One of the two streams a program writes to. */
export type OutputNumber = 1 | 2;

/** The command-line arguments, without the program's own name. */
export function commandArguments(): string[] {
  return process.argv.slice(2);
}

/** Whether the stream (0 is the standard input) is a terminal. */
export function isTerminal(stream: 0 | OutputNumber): boolean {
  const streams = { 0: process.stdin, 1: process.stdout, 2: process.stderr };
  return streams[stream].isTTY === true;
}

/** The part of Deno that tells whether reading a variable would make it ask the user. */
interface DenoPermissions {
  readonly permissions: {
    querySync(what: { readonly name: "env"; readonly variable: string }): { readonly state: string };
  };
}

/** What Deno lets any program read. */
const READABLE: ReadonlySet<string> = new Set(["NO_COLOR", "FORCE_COLOR"]);

/** An environment variable; undefined also where Deno was not given the permission to look. Never makes Deno ask. */
export function environment(name: string): string | undefined {
  const deno = (globalThis as { Deno?: DenoPermissions }).Deno;
  if (deno !== undefined && !READABLE.has(name)) {
    if (deno.permissions.querySync({ name: "env", variable: name }).state !== "granted") return undefined;
  }
  return process.env[name];
}

/** The code of a failed system call (`ENOENT`, …), or the name of Deno's error class where it has none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** Waits a little without giving up the thread: a pipe is full, or a non-blocking input is empty. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

/** Writes all bytes. Throws what the system throws, except that it waits while a pipe is full. */
export function writeBytes(stream: OutputNumber, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += fs.writeSync(stream, bytes, written, bytes.length - written);
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") throw error;
      pause();
    }
  }
}

/** Everything on the standard input. */
export function readInput(): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const chunk = new Uint8Array(65536);
    let count: number;
    try {
      count = fs.readSync(0, chunk);
    } catch (error) {
      const code = errorCode(error);
      if (code === "EOF") break;
      if (code !== "EAGAIN") throw error;
      pause();
      continue;
    }
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
  }
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** The bytes of a file. */
export function readFile(path: string): Uint8Array {
  return fs.readFileSync(path);
}

/** What the process answers when it ends by itself. Ending it at once would cut off output still on its way. */
export function setExitCode(code: number): void {
  process.exitCode = code;
}

/** Ends the process at once: for when nobody reads its output any more. */
export function exitNow(code: number): never {
  process.exit(code);
}
