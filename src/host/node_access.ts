/**
 * What a process of Node or Bun gives to programs: the powers of the process itself. The modules of the host are fetched
 * at their first use.
 */
import type nodeProcess from "node:process";
import type { ChildProcess, CommandResult, HostAccess } from "../../mod.ts";
import { spawn } from "./node_children.ts";
import { nodeFiles } from "./node_files.ts";
import { every } from "./beat.ts";
import { compression } from "./compression.ts";
import { openDatabase } from "./databases.ts";
import { keySource } from "./keys.ts";
import { request } from "./network.ts";
import { listen } from "./server.ts";
import { connect } from "./sockets.ts";
import { nodeWatcher } from "./watching.ts";
import { ANY_TERMINAL, readSome, SIGNAL_NAMES, type System } from "./system.ts";

/** The powers of this process; `programArguments` are those of the Sema program. */
export function nodeAccess(
  process: typeof nodeProcess,
  system: System,
  programArguments: readonly string[],
): HostAccess {
  const fs = process.getBuiltinModule("node:fs");
  /** What programs have started. */
  const running: Set<ChildProcess> = new Set();
  /** What closes their servers, connections and databases, and ends what is done again and again. */
  const opened: Set<() => void> = new Set();
  const keys = keySource(opened);
  return {
    files: nodeFiles(fs),
    environment: {
      get: (name) => process.env[name],
      all: () => Object.fromEntries(Object.entries(process.env).flatMap(([k, v]) => v === undefined ? [] : [[k, v]])),
      set: (name, value) => void (process.env[name] = value),
      directory: () => process.cwd(),
    },
    process: {
      arguments: () => programArguments,
      id: () => process.pid,
      exit: (code) => system.exitNow(code),
      run: ([program = "", ...args], { directory, environment }): CommandResult => {
        const { spawnSync } = process.getBuiltinModule("node:child_process");
        const { error, status, stdout, stderr } = spawnSync(program, args, {
          stdio: ["ignore", "pipe", "pipe"],
          env: { ...process.env, ...environment },
          maxBuffer: 2 ** 28,
          ...directory === null ? {} : { cwd: directory },
        });
        if (error !== undefined) throw error;
        return { code: status, stdout, stderr };
      },
      spawn: (command, options, output) => spawn(process, running, command, options, output),
    },
    release: () => {
      for (const child of running) child.kill();
      for (const close of opened) close();
    },
    network: {
      request,
      listen: (options, received) => listen(opened, options, received),
      connect: (...opening) => connect(opened, ...opening),
    },
    clock: { now: () => Date.now(), elapsed: () => performance.now() },
    random: () => Math.random(),
    every: (milliseconds, run) => every(opened, milliseconds, run),
    databases: { open: (path) => openDatabase(opened, path) },
    compression,
    keys,
    watch: nodeWatcher(process, opened),
    signals: {
      watch: (signal, arrived) => {
        process.on(SIGNAL_NAMES[signal], arrived);
        // Not at once: a process that ends now is not to be ended by a signal instead.
        opened.add(() => queueMicrotask(() => process.off(SIGNAL_NAMES[signal], arrived)));
      },
    },
    input: (into) => keys.take(into) || readSome(into),
    facts: {
      os: process.platform === "win32" ? "windows" : process.platform,
      architecture: ARCHITECTURES[process.arch] ?? process.arch,
      hostName: () => process.getBuiltinModule("node:os").hostname(),
      interactive: () => system.isTerminal(0),
      terminalPath: () => {
        if (!system.isTerminal(0)) return null;
        return process.platform === "linux" ? fs.readlinkSync("/proc/self/fd/0") : ANY_TERMINAL;
      },
      terminal: () => {
        const { rows, columns } = process.stdout;
        return rows > 0 && columns > 0 ? { rows, columns } : null;
      },
    },
  };
}

/** Node's names of processors in the words of programs. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "x86_64", arm64: "aarch64", ia32: "x86" };
