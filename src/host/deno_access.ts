/**
 * What a process of Deno gives to programs: what Deno itself permits, by Deno's own interface. A permission that is
 * missing is an error (`NotCapable`) at the moment it is needed, never a question to the user.
 */
import type { ChildProcess, HostAccess } from "../../mod.ts";
import { type DenoChild, spawn } from "./deno_children.ts";
import { type DenoFiles, denoFiles, type Permission } from "./deno_files.ts";
import { every } from "./beat.ts";
import { compression } from "./compression.ts";
import { openDatabase } from "./databases.ts";
import { keySource } from "./keys.ts";
import { request } from "./network.ts";
import { listen } from "./server.ts";
import { connect } from "./sockets.ts";
import { denoWatcher, type DenoWatching } from "./watching.ts";
import { ANY_TERMINAL, readSome, SIGNAL_NAMES, type System } from "./system.ts";

/** The part of Deno that is used. */
export interface DenoAccess extends DenoWatching, DenoFiles {
  readonly pid: number;
  readonly build: { readonly os: string; readonly arch: string };
  readonly permissions: { querySync(what: Permission): { readonly state: string } };
  readonly env: {
    get(name: string): string | undefined;
    set(name: string, value: string): void;
    toObject(): Record<string, string>;
  };
  cwd(): string;
  hostname(): string;
  consoleSize(): { readonly rows: number; readonly columns: number };
  readLinkSync(path: string): string;
  addSignalListener(signal: string, arrived: () => void): void;
  removeSignalListener(signal: string, arrived: () => void): void;
  readonly Command: new (program: string, options: Record<string, unknown>) => {
    spawn(): DenoChild;
    outputSync(): {
      readonly code: number;
      readonly signal: string | null;
      readonly stdout: Uint8Array;
      readonly stderr: Uint8Array;
    };
  };
}

/** The powers of this process; `programArguments` are those of the Sema program. */
export function denoAccess(deno: DenoAccess, system: System, programArguments: readonly string[]): HostAccess {
  // Deno would ask the user for a permission that it was not told about: it is looked up first.
  const permitted = (what: Permission) => {
    if (deno.permissions.querySync(what).state === "granted") return;
    throw Object.assign(new Error(`run deno with --allow-${what.name}`), { name: "NotCapable" });
  };
  const reading = (path: string) => permitted({ name: "read", path });
  const writing = (path: string) => permitted({ name: "write", path });
  /** What programs have started. */
  const running: Set<ChildProcess> = new Set();
  /** What closes their servers, connections and databases, and ends what is done again and again. */
  const opened: Set<() => void> = new Set();
  const keys = keySource(opened);
  return {
    files: denoFiles(deno, permitted),
    environment: {
      get: (name) => (permitted({ name: "env", variable: name }), deno.env.get(name)),
      all: () => (permitted({ name: "env" }), deno.env.toObject()),
      set: (name, value) => (permitted({ name: "env", variable: name }), deno.env.set(name, value)),
      directory: () => deno.cwd(),
    },
    process: {
      arguments: () => programArguments,
      id: () => deno.pid,
      exit: (code) => system.exitNow(code),
      run: ([program = "", ...args], { directory, environment }) => {
        permitted({ name: "run", command: program });
        const options = { args, env: environment, stdin: "null", ...directory === null ? {} : { cwd: directory } };
        const { code, signal, stdout, stderr } = new deno.Command(program, options).outputSync();
        return { code: signal === null ? code : null, stdout, stderr };
      },
      spawn: (command, options, output) =>
        Promise.resolve().then(() => {
          permitted({ name: "run", command: command[0] ?? "" });
          const start = (program: string, how: Record<string, unknown>) => new deno.Command(program, how).spawn();
          return spawn(start, running, command, options, output);
        }),
    },
    release: () => {
      for (const child of running) child.kill();
      for (const close of opened) close();
    },
    network: {
      request: (wanted, signal) => {
        permitted({ name: "net", host: new URL(wanted.url).host });
        return request(wanted, signal);
      },
      listen: (options, received) =>
        Promise.resolve().then(() => {
          permitted({ name: "net", host: `${options.host}:${options.port}` });
          return listen(opened, options, received);
        }),
      connect: (...opening) =>
        Promise.resolve().then(() => {
          permitted({ name: "net", host: new URL(opening[0]).host });
          return connect(opened, ...opening);
        }),
    },
    clock: { now: () => Date.now(), elapsed: () => performance.now() },
    random: () => Math.random(),
    every: (milliseconds, run) => every(opened, milliseconds, run),
    databases: {
      open: (path) => {
        if (path !== null) {
          reading(path);
          writing(path);
        }
        return openDatabase(opened, path);
      },
    },
    compression,
    keys,
    watch: denoWatcher(deno, opened, reading),
    signals: {
      watch: (signal, arrived) => {
        // Windows has no others.
        if (deno.build.os === "windows" && signal !== "int") return;
        deno.addSignalListener(SIGNAL_NAMES[signal], arrived);
        // Not at once: a process that ends now is not to be ended by a signal instead.
        opened.add(() => queueMicrotask(() => deno.removeSignalListener(SIGNAL_NAMES[signal], arrived)));
      },
    },
    input: (into) => keys.take(into) || readSome(into),
    facts: {
      os: deno.build.os,
      architecture: deno.build.arch,
      hostName: () => {
        const granted = deno.permissions.querySync({ name: "sys", kind: "hostname" }).state === "granted";
        return granted ? deno.hostname() : null;
      },
      interactive: () => system.isTerminal(0),
      terminalPath: () => {
        if (!system.isTerminal(0)) return null;
        const link = "/proc/self/fd/0";
        const known = deno.build.os === "linux" &&
          deno.permissions.querySync({ name: "read", path: link }).state === "granted";
        return known ? deno.readLinkSync(link) : ANY_TERMINAL;
      },
      terminal: () => system.isTerminal(1) ? deno.consoleSize() : null,
    },
  };
}
