/**
 * Processes that run beside the program (language reference: 05-host §9), by handles: small numbers. What they write is
 * kept until the program reads it. Looking at one gives the host its turn first, so that waiting in a loop comes to an end.
 */
import { Condition, evalError, type Value } from "../../data/mod.ts";
import { int64, listOrVectorItems, text } from "../check.ts";
import {
  type Area,
  type BuiltinContext,
  type Declaration,
  type Example,
  one,
  requires,
  sema,
  two,
  zero,
} from "../declare.ts";
import { encodeUtf8 } from "../text/utf8.ts";

import { refusal, systemFailure } from "./file_access.ts";
import { type ChildProcess, given } from "./host_access.ts";
import { option, stringPairs } from "./option_maps.ts";
import { perRuntime } from "./per_runtime.ts";

/** The exit code of a process that a signal has ended. */
const BY_SIGNAL = -1;

/** So much may a process write that nobody reads: who writes more is ended. */
const MOST_UNREAD = 2 ** 26;

/** What a process has written and the program has not read. */
class Piped {
  readonly #decoder: TextDecoder = new TextDecoder();
  #text = "";

  get empty(): boolean {
    return this.#text === "";
  }

  /** False where there is no room for it. */
  add(bytes: Uint8Array): boolean {
    if (this.#text.length + bytes.length > MOST_UNREAD) return false;
    this.#text += this.#decoder.decode(bytes, { stream: true });
    return true;
  }

  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}

/** A process of a program. */
export interface Child {
  readonly process: ChildProcess;
  readonly stdout: Piped;
  readonly stderr: Piped;
  /** Who is told when it has written something or has ended. */
  readonly watchers: Set<() => void>;
  /** Null while it runs. */
  code: number | null;
  inputClosed: boolean;
}

/** The processes of one runtime; a handle is never used twice. */
interface Children {
  readonly byHandle: Map<number, Child>;
  last: number;
}

const children = perRuntime((): Children => ({ byHandle: new Map(), last: 0 }));

/** The process of a handle, for the function `name`. */
export function child(name: string, handle: Value, context: BuiltinContext): Child {
  const known = children(context).byHandle.get(int64(handle));
  if (known === undefined) throw evalError(`${name}: no such handle ${handle}`);
  return known;
}

/** For await: the handle of a process that has been started. */
function spawn(command: Value, options: Value, context: BuiltinContext): Value {
  const name = "proc/spawn";
  const words = listOrVectorItems(command).map(text);
  const [program] = words;
  if (program === undefined) throw evalError(`${name}: argv must be non-empty`);
  const directory = option(options, "cwd");
  const access = given(context.host.process, name, "process");
  const [stdout, stderr] = [new Piped(), new Piped()];
  const watchers: Set<() => void> = new Set();
  let started: Child | null = null;
  const into = (pipe: Piped) => (bytes: Uint8Array) => {
    // Nobody would wait for who writes for ever.
    if (!pipe.add(bytes)) started?.process.kill();
    for (const changed of [...watchers]) changed();
  };
  return context.tasks.outside(async (signal) => {
    let process: ChildProcess;
    try {
      process = await access.spawn(words, {
        directory: typeof directory === "string" ? directory : null,
        environment: stringPairs(option(options, "env")),
      }, { stdout: into(stdout), stderr: into(stderr) });
    } catch (error) {
      const failure = systemFailure(error, name, program, "process");
      throw failure.type === "io" ? evalError(failure.message) : failure;
    }
    // Nobody would ever have its handle.
    if (signal.aborted) process.kill();
    const own = children(context);
    const made: Child = started = { process, stdout, stderr, watchers, code: null, inputClosed: false };
    void process.ended.then((code) => {
      made.code = code ?? BY_SIGNAL;
      for (const changed of [...watchers]) changed();
    });
    own.byHandle.set(++own.last, made);
    return own.last;
  });
}

/** For await: nil, when the process has been given a text. */
function write(handle: Value, content: Value, context: BuiltinContext): Value {
  const name = "proc/write-stdin";
  const target = child(name, handle, context);
  const bytes = encodeUtf8(text(content));
  if (target.inputClosed) throw evalError(`${name}: stdin already closed`);
  return context.tasks.outside(async () => {
    try {
      await target.process.write(bytes);
      return null;
    } catch (error) {
      throw refusal(error, name, "process") ?? new Condition("io", `${name}: the process reads no more`);
    }
  });
}

function close(handle: Value, context: BuiltinContext): Value {
  const own = children(context).byHandle;
  const number = int64(handle);
  const known = own.get(number);
  if (known?.code === null) known.process.kill();
  own.delete(number);
  return null;
}

/** A function of a handle that answers what there is after the host has had its turn. */
function looking(
  name: string,
  doc: string,
  look: (child: Child) => Value,
  ...examples: Example[]
): readonly Declaration[] {
  const helper = `__vm-${name.replaceAll(/[/?]/g, "-")}`;
  return [
    one(helper, doc, (handle, context) => look(child(name, handle, context))),
    sema(name, 1, 1, doc, `(fn (handle) (begin (await (__vm-host-turn)) (${helper} handle)))`, ...examples),
  ];
}

/** A function of a handle that does something at once. */
function doing(name: string, doc: string, act: (child: Child) => void, ...examples: Example[]): Declaration {
  return one(name, doc, (handle, context) => {
    act(child(name, handle, context));
    return null;
  }, ...examples);
}

const START = '(proc/spawn (list "cat"))';

/** `proc/…`. */
export const processes: Area = () =>
  requires("process", [
    zero("__vm-host-turn", "For await: nil, after the host has attended to what is due.", ({ tasks }) => {
      return tasks.outside(() => new Promise((resolve) => setTimeout(() => resolve(null), 0)));
    }),
    two("__vm-proc-spawn", "For await: the handle of a process.", spawn),
    sema(
      "proc/spawn",
      1,
      2,
      "(proc/spawn command [{:cwd directory :env variables}]): starts a program with its arguments; a handle for it. It is ended if it writes 64 MB that nobody reads.",
      "(fn (command . options) (await (__vm-proc-spawn command (if (null? options) nil (car options)))))",
      ['(proc/spawn (list "ls" "-l") {:cwd "/"})', "1"],
    ),
    ...looking(
      "proc/read-stdout",
      "What a process has written to its standard output since this was asked last; it waits for nothing.",
      ({ stdout }) => stdout.take(),
      [`(proc/read-stdout ${START})`, '""'],
    ),
    ...looking(
      "proc/read-stderr",
      "What a process has written to its standard error since this was asked last; it waits for nothing.",
      ({ stderr }) => stderr.take(),
      [`(proc/read-stderr ${START})`, '""'],
    ),
    two("__vm-proc-write-stdin", "For await: nil, when a process has been given a text.", write),
    sema(
      "proc/write-stdin",
      2,
      2,
      "(proc/write-stdin handle text): gives a process something to read.",
      "(fn (handle text) (await (__vm-proc-write-stdin handle text)))",
      [`(proc/write-stdin ${START} "text")`, "nil"],
    ),
    doing("proc/close-stdin", "Tells a process that there is no more to read.", (target) => {
      target.inputClosed = true;
      target.process.closeInput();
    }, [`(proc/close-stdin ${START})`, "nil"]),
    one("__vm-proc-wait", "For await: the exit code of a process.", (handle, context) => {
      const { code, process } = child("proc/wait", handle, context);
      if (code !== null) return code;
      return context.tasks.outside(async () => await process.ended ?? BY_SIGNAL);
    }),
    sema(
      "proc/wait",
      1,
      1,
      "(proc/wait handle): the exit code of a process, when it has ended; -1 after a signal.",
      "(fn (handle) (await (__vm-proc-wait handle)))",
      [`(let ((h ${START})) (proc/close-stdin h) (proc/wait h))`, "0"],
    ),
    ...looking("proc/exit-code", "The exit code of a process; nil while it runs.", ({ code }) => code, [
      `(proc/exit-code ${START})`,
      "nil",
    ]),
    ...looking("proc/running?", "Whether a process has not ended.", ({ code }) => code === null, [
      `(proc/running? ${START})`,
      "#t",
    ]),
    doing("proc/kill", "Ends a process at once.", ({ process }) => process.kill(), [`(proc/kill ${START})`, "nil"]),
    one("proc/close", "Ends a process if it runs, and forgets it; nothing when there is none.", close, [
      `(proc/close ${START})`,
      "nil",
    ]),
  ]);
