/** A host of its own for each runtime of a test: files in memory, an empty environment, a process that does nothing. */
import { compression } from "../src/host/compression.ts";
import { type HostAccess, memoryFiles } from "../src/engine/mod.ts";

function absent(): never {
  throw new Error("the host of this test has no such thing");
}

/** Everything that a program may ask for, and nothing of the machine. */
export function quietHost(): HostAccess {
  return {
    files: memoryFiles(),
    environment: { get: () => undefined, all: () => ({}), set: () => {}, directory: () => "/" },
    process: { arguments: () => ["sema"], id: () => 1, exit: absent, run: absent },
    compression,
    network: {
      // What it is sent comes back.
      request: ({ body }) => Promise.resolve({ status: 200, headers: [], body: body ?? new Uint8Array(0) }),
    },
    clock: { now: () => Date.now(), elapsed: () => performance.now() },
    random: () => Math.random(),
  };
}
