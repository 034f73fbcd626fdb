/**
 * The few things the command line asks of its host, behind one interface: `deno.ts` for Deno, `node.ts` for Node and
 * Bun. Nothing else in the project touches a host.
 */
import { joinBytes } from "../data/bytes.ts";
import { denoSystem } from "./deno.ts";
import type { Signal } from "../../mod.ts";
import { nodeSystem } from "./node.ts";

/** One of the two streams a program writes to. */
export type OutputNumber = 1 | 2;

/** What a host can do. Reads and writes throw what the host throws. */
export interface System {
  /** The command-line arguments, without the program's own name. */
  commandArguments(): string[];
  /** Whether the stream (0 is the standard input) is a terminal. */
  isTerminal(stream: 0 | OutputNumber): boolean;
  /** Whether the stream is a terminal or another device, so that what is written should arrive at once. */
  isDevice(stream: OutputNumber): boolean;
  /** An environment variable; undefined also where the host did not give the permission to look. */
  environment(name: string): string | undefined;
  /** Writes some of the bytes and tells how many. */
  write(stream: OutputNumber, bytes: Uint8Array): number;
  /** Reads some bytes of the standard input and tells how many; 0 at its end. */
  read(into: Uint8Array): number;
  /** The bytes of a file. */
  readFile(path: string): Uint8Array;
  /** What the process answers when it ends by itself. Ending it at once would cut off output still on its way. */
  setExitCode(code: number): void;
  /** Ends the process at once: for when nobody reads its output any more. */
  exitNow(code: number): never;
}

/** The terminal of a process, whichever that is. */
export const ANY_TERMINAL = "/dev/tty";

/** What systems call the signals that programs may watch. */
export const SIGNAL_NAMES: Readonly<Record<Signal, "SIGINT" | "SIGTERM" | "SIGWINCH">> = {
  int: "SIGINT",
  term: "SIGTERM",
  winch: "SIGWINCH",
};

function chooseSystem(): System {
  const found = denoSystem() ?? nodeSystem();
  if (found === null) throw new Error("the command line needs Deno, Bun or Node");
  return found;
}

/** The host of this process. */
export const system: System = chooseSystem();

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
      written += system.write(stream, written === 0 ? bytes : bytes.subarray(written));
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") throw error;
      pause();
    }
  }
}

/** Reads some bytes of the standard input, and tells how many; 0 at its end. Waits where there are none yet. */
export function readSome(into: Uint8Array): number {
  for (;;) {
    try {
      return system.read(into);
    } catch (error) {
      const code = errorCode(error);
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      pause();
    }
  }
}

/** Everything on the standard input. */
export function readInput(): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const chunk = new Uint8Array(65536);
    const count = readSome(chunk);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
  }
  return joinBytes(chunks);
}
