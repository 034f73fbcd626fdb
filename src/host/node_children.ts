/** Processes beside the program on Node and Bun. */
import type nodeProcess from "node:process";
import type { ChildOutput, ChildProcess, CommandOptions } from "../../mod.ts";

/** Starts a command; it is noted in `running` until it has ended. */
export function spawn(
  process: typeof nodeProcess,
  running: Set<ChildProcess>,
  [program = "", ...args]: readonly string[],
  { directory, environment }: CommandOptions,
  output: ChildOutput,
): Promise<ChildProcess> {
  const child = process.getBuiltinModule("node:child_process").spawn(program, args, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...environment },
    ...directory === null ? {} : { cwd: directory },
  });
  child.stdout.on("data", (bytes: Uint8Array) => output.stdout(bytes));
  child.stderr.on("data", (bytes: Uint8Array) => output.stderr(bytes));
  // That nobody reads is told to who writes.
  child.stdin.on("error", () => {});
  const started: ChildProcess = {
    ended: new Promise((resolve) =>
      child.on("close", (code) => {
        running.delete(started);
        resolve(code);
      })
    ),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        child.stdin.write(bytes, (error) => error === null || error === undefined ? resolve() : reject(error));
      }),
    closeInput: () => void child.stdin.end(),
    kill: () => void child.kill("SIGKILL"),
  };
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("spawn", () => {
      running.add(started);
      resolve(started);
    });
  });
}
