/**
 * The system on Deno, by Deno's own interface: its `process` and `node:fs` load polyfills on first use, which took 32 ms
 * of a start (2026-11). Nothing here needs a permission except reading files.
 */
import type { System } from "./system.ts";

/** The part of Deno that is used. */
interface Deno {
  readonly args: readonly string[];
  exitCode: number;
  readonly stdin: DenoInput;
  readonly stdout: DenoOutput;
  readonly stderr: DenoOutput;
  readonly env: { get(name: string): string | undefined };
  readonly permissions: {
    querySync(what: { readonly name: "env"; readonly variable: string }): { readonly state: string };
  };
  exit(code: number): never;
  readFileSync(path: string): Uint8Array;
}

interface DenoInput {
  isTerminal(): boolean;
  readSync(into: Uint8Array): number | null;
}

interface DenoOutput {
  isTerminal(): boolean;
  writeSync(bytes: Uint8Array): number;
}

/** What Deno lets any program read. */
const READABLE: ReadonlySet<string> = new Set(["NO_COLOR", "FORCE_COLOR"]);

/** The system, where this is Deno. */
export function denoSystem(): System | null {
  const { Deno: deno } = globalThis as { Deno?: Deno };
  if (deno === undefined) return null;
  return {
    commandArguments: () => [...deno.args],
    isTerminal: (stream) => [deno.stdin, deno.stdout, deno.stderr][stream]?.isTerminal() === true,
    isDevice: (stream) => (stream === 1 ? deno.stdout : deno.stderr).isTerminal(),
    environment: (name) => {
      // Asking for a variable without permission would make Deno ask the user.
      const allowed = READABLE.has(name) ||
        deno.permissions.querySync({ name: "env", variable: name }).state === "granted";
      return allowed ? deno.env.get(name) : undefined;
    },
    write: (stream, bytes) => (stream === 1 ? deno.stdout : deno.stderr).writeSync(bytes),
    read: (into) => deno.stdin.readSync(into) ?? 0,
    readFile: (path) => deno.readFileSync(path),
    setExitCode: (code) => void (deno.exitCode = code),
    exitNow: (code) => deno.exit(code),
  };
}
