/** A host of its own for each runtime of a test: files in memory, an empty environment, a process that does nothing. */
import { openDatabase } from "../src/host/databases.ts";
import { compression } from "../src/host/compression.ts";
import { type ChildProcess, type HostAccess, memoryFiles } from "../src/engine/mod.ts";

function absent(): never {
  throw new Error("the host of this test has no such thing");
}

/** A process that writes nothing and ends when there is nothing more to read. */
function child(): Promise<ChildProcess> {
  let end = (_code: number | null): void => {};
  const ended = new Promise<number | null>((resolve) => end = resolve);
  return Promise.resolve({ ended, write: () => Promise.resolve(), closeInput: () => end(0), kill: () => end(null) });
}

/** Everything that a program may ask for, and nothing of the machine. */
export function quietHost(): HostAccess {
  return {
    files: memoryFiles(),
    environment: { get: () => undefined, all: () => ({}), set: () => {}, directory: () => "/" },
    process: { arguments: () => ["sema"], id: () => 1, exit: absent, run: absent, spawn: child },
    databases: { open: () => openDatabase(new Set(), null) },
    compression,
    network: {
      // What it is sent comes back.
      request: ({ body }) => Promise.resolve({ status: 200, headers: [], body: body ?? new Uint8Array(0) }),
      // Every message comes back.
      connect: (_url, _options, { message, closed }) =>
        Promise.resolve({ send: message, close: () => closed(1000, ""), ping: () => {} }),
      listen: () => Promise.reject(new Error("nobody may connect here")),
    },
    clock: { now: () => Date.now(), elapsed: () => performance.now() },
    random: () => Math.random(),
    watch: () => () => {},
  };
}
