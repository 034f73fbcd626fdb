/**
 * The standard input as it comes, without keeping the thread: for keys. By `process.stdin`, which Deno, Bun and Node share; it
 * is touched when keys are first asked for, because on Deno it takes its time.
 */
import type nodeProcess from "node:process";
import type { KeyInput } from "../../mod.ts";
import { readSome } from "./system.ts";
import { thisProcess } from "./this_process.ts";

/** The input of keys of one access to the host. */
export interface KeySource extends KeyInput {
  /** Moves what has come and nobody has taken into `into`, as far as it fits; how much that is. */
  take(into: Uint8Array): number;
}

type Stdin = typeof nodeProcess.stdin;
/** Bytes that are asked for at a time. */
const CHUNK = 65_536;

/** The process: whoever reads keys has one. */
function readersProcess(): typeof nodeProcess {
  const process = thisProcess();
  if (process === null) throw new Error("this host has no process");
  return process;
}

/** Whether reading may have to wait: of a file, or of nothing, some hosts never tell the end. */
function waits(stdin: Stdin): boolean {
  if (stdin.isTTY) return true;
  const info = readersProcess().getBuiltinModule("node:fs").fstatSync(0);
  return info.isFIFO() || info.isSocket();
}

/** What restores the terminal and ends reading is noted in `opened`. */
export function keySource(opened: Set<() => void>): KeySource {
  const pieces: Uint8Array[] = [];
  let waiting: ((bytes: Uint8Array) => void)[] = [];
  let ended = false;
  /** What is read from; null before the first reading, and where nothing waits. */
  let source: Stdin | null = null;
  let raw = 0;

  const give = (): void => {
    while (waiting.length > 0 && (pieces.length > 0 || ended)) waiting.shift()?.(pieces.shift() ?? new Uint8Array(0));
    // What is paused keeps no process alive.
    if (waiting.length === 0) source?.pause();
  };
  const add = (bytes: Uint8Array): void => {
    if (bytes.length === 0) ended = true;
    else pieces.push(bytes);
    give();
  };
  const begin = (): void => {
    const { stdin } = readersProcess();
    if (!waits(stdin)) {
      const into = new Uint8Array(CHUNK);
      return add(into.subarray(0, readSome(into)));
    }
    if (source !== null) return void source.resume();
    source = stdin;
    opened.add(stop);
    stdin.on("data", add);
    stdin.on("end", () => add(new Uint8Array(0)));
    stdin.on("error", () => add(new Uint8Array(0)));
  };
  const stop = (): void => {
    if (raw > 0) readersProcess().stdin.setRawMode(false);
    raw = 0;
    source?.pause();
  };
  return {
    read: (signal) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        signal.addEventListener("abort", () => {
          waiting = waiting.filter((each) => each !== resolve);
          give();
        });
        if (pieces.length > 0 || ended) give();
        else begin();
      }),
    raw: () => {
      const { stdin } = readersProcess();
      if (!stdin.isTTY) return null;
      opened.add(stop);
      if (raw++ === 0) stdin.setRawMode(true);
      let held = true;
      return () => {
        if (held && raw > 0 && --raw === 0) stdin.setRawMode(false);
        held = false;
      };
    },
    take: (into) => {
      const [first] = pieces;
      if (first === undefined) return 0;
      const count = Math.min(first.length, into.length);
      into.set(first.subarray(0, count));
      if (count === first.length) pieces.shift();
      else pieces[0] = first.subarray(count);
      return count;
    },
  };
}
