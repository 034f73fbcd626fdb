/**
 * Commands that run to their end for one call of a function. Other tasks and the host go on meanwhile where the program can
 * wait for the host, and the command is ended with the task that waits; elsewhere all stand still until it has ended.
 */
import { joinBytes, type Value } from "../../data/mod.ts";
import type { BuiltinContext } from "../declare.ts";
import { systemFailure } from "./file_access.ts";
import { type Capability, type CommandOptions, type CommandResult, given, type ProcessAccess } from "./host_access.ts";

/** Bytes that a command may write to each of its outputs. */
const MOST_OUTPUT = 2 ** 28;

/** A command of the function `name`, which needs a capability. */
export interface Command {
  readonly name: string;
  readonly capability: Capability;
  readonly words: readonly string[];
  readonly options: CommandOptions;
}

/** What a command writes, up to a limit. */
class Output {
  readonly #pieces: Uint8Array[] = [];
  #size = 0;

  /** False where there is no room for it. */
  add(bytes: Uint8Array): boolean {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    return this.#size <= MOST_OUTPUT;
  }

  all(): Uint8Array {
    return joinBytes(this.#pieces);
  }
}

/** Runs a command beside the program. */
async function beside(
  process: ProcessAccess,
  { words, options }: Command,
  signal: AbortSignal,
): Promise<CommandResult> {
  const [stdout, stderr] = [new Output(), new Output()];
  let full = false;
  const into = (output: Output) => (bytes: Uint8Array) => {
    if (full || output.add(bytes)) return;
    full = true;
    started.then((child) => child.kill());
  };
  const started = process.spawn(words, options, { stdout: into(stdout), stderr: into(stderr) });
  const child = await started;
  const stop = (): void => child.kill();
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop);
  child.closeInput();
  const code = await child.ended;
  signal.removeEventListener("abort", stop);
  if (full) throw Object.assign(new Error("too much output"), { code: "ENOBUFS" });
  return { code, stdout: stdout.all(), stderr: stderr.all() };
}

/** For await: what `answer` makes of how a command has ended. */
export function run(
  command: Command,
  answer: (result: CommandResult) => Value,
  { host, tasks }: BuiltinContext,
): Value {
  const { name, capability, words, options } = command;
  const process = given(host.process, name, capability);
  if (!tasks.hostGoesOn) {
    try {
      return answer(process.run(words, options));
    } catch (error) {
      throw systemFailure(error, name, "", capability);
    }
  }
  return tasks.outside(async (signal) => {
    try {
      return answer(await beside(process, command, signal));
    } catch (error) {
      throw systemFailure(error, name, "", capability);
    }
  });
}
