/**
 * The system on Node and Bun, by `process`, which the two share.
 *
 * Nothing is imported from `node:` at run time: a bundler for browsers would follow the import from `mod.ts` and fail.
 */
import type { System } from "./system.ts";
import { thisProcess } from "./this_process.ts";

/** The system, where this is Node or Bun. */
export function nodeSystem(): System | null {
  const process = thisProcess();
  if (process === null) return null;
  const fs = process.getBuiltinModule("node:fs");
  return {
    commandArguments: () => process.argv.slice(2),
    isTerminal: (stream) => process.getBuiltinModule("node:tty").isatty(stream),
    // Loading `tty` takes Bun 6 ms.
    isDevice: (stream) => {
      try {
        return fs.fstatSync(stream).isCharacterDevice();
      } catch {
        return false; // A stream that is closed fails when it is written to.
      }
    },
    environment: (name) => process.env[name],
    write: (stream, bytes) => fs.writeSync(stream, bytes),
    read: (into) => fs.readSync(0, into),
    readFile: (path) => fs.readFileSync(path),
    setExitCode: (code) => void (process.exitCode = code),
    exitNow: (code) => process.exit(code),
  };
}
