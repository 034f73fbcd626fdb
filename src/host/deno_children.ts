/** Processes beside the program on Deno. */
import type { ChildOutput, ChildProcess, CommandOptions } from "../../mod.ts";

/** A process of Deno, as far as it is used. */
export interface DenoChild {
  readonly status: Promise<{ readonly code: number; readonly signal: string | null }>;
  readonly stdin: WritableStream<Uint8Array>;
  readonly stdout: ReadableStream<Uint8Array>;
  readonly stderr: ReadableStream<Uint8Array>;
  kill(signal: "SIGKILL"): void;
}

/** Reads a stream to its end. */
async function drain(stream: ReadableStream<Uint8Array>, take: (bytes: Uint8Array) => void): Promise<void> {
  const reader = stream.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) take(piece.value);
}

/** Starts a command; it is noted in `running` until it has ended. */
export function spawn(
  start: (program: string, options: Record<string, unknown>) => DenoChild,
  running: Set<ChildProcess>,
  [program = "", ...args]: readonly string[],
  { directory, environment }: CommandOptions,
  output: ChildOutput,
): ChildProcess {
  const child = start(program, {
    args,
    env: environment,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    ...directory === null ? {} : { cwd: directory },
  });
  const input = child.stdin.getWriter();
  // That nobody reads is told to who writes.
  input.closed.catch(() => {});
  const all = [drain(child.stdout, output.stdout), drain(child.stderr, output.stderr)];
  const started: ChildProcess = {
    ended: Promise.all([child.status, Promise.allSettled(all)]).then(([{ code, signal }]) => {
      running.delete(started);
      return signal === null ? code : null;
    }),
    write: (bytes) => input.write(bytes),
    closeInput: () => void input.close().catch(() => {}),
    kill: () => {
      // Deno refuses to end what has ended already.
      if (running.has(started)) child.kill("SIGKILL");
    },
  };
  running.add(started);
  return started;
}
