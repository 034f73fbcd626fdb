/**
 * The command line as bytecode of Bun, kept between processes: Bun has no cache of compiled code, as Node has, so the
 * program of the npm package keeps one. A one-line program takes 19 ms over an empty script with it and 56
 * without (`deno task startup`), 4 of them to read the entry.
 *
 * An entry of the cache is a directory, named after all that its content depends on, with one module in it, beside that
 * its bytecode, and their sums. It appears in one step, when it is complete. Nothing relies on it: an entry that is not
 * whole is made anew. (Bun 1.4.5 finds out about damaged bytecode by itself, 1.3 crashes; the sums take 0.4 ms.)
 */
import type nodeProcess from "node:process";
import { VERSION } from "../version.ts";

/** The part of Bun that is used here and by `keep.ts`. */
export interface Bun {
  readonly version: string;
  readonly revision: string;
  hash(bytes: Uint8Array): bigint | number;
  mmap(path: string): Uint8Array;
  build(options: BuildOptions): Promise<unknown>;
}

/** What Bun is told to build. */
interface BuildOptions {
  readonly entrypoints: readonly string[];
  readonly outdir: string;
  readonly target: "bun";
  readonly format: "cjs";
  readonly bytecode: true;
}

/** What a module of the package knows of itself on Bun. */
export interface Place {
  readonly dirname?: string;
  readonly require?: (path: string) => unknown;
}

/** The module of the package that is kept, and what it is called in an entry. */
export const KEPT_MODULE = "cli.js";

/** The file of an entry with its {@link sums}. */
export const SUMS = "sums";

/** For so many milliseconds after an entry could not be made nobody tries again. */
export const PATIENCE: number = 24 * 60 * 60 * 1000;

/** Where an entry is made. */
export function unfinished(entry: string): string {
  return `${entry}.unfinished`;
}

type Process = typeof nodeProcess;

/** What the module and the bytecode of an entry hash to. */
export function sums(bun: Bun, process: Process, entry: string): string {
  const fs = process.getBuiltinModule("node:fs");
  // Reading takes 3 ms, but Windows cannot do without.
  const bytes = (path: string) => process.platform === "win32" ? fs.readFileSync(path) : bun.mmap(path);
  return [KEPT_MODULE, `${KEPT_MODULE}.jsc`].map((name) => bun.hash(bytes(`${entry}/${name}`))).join(" ");
}

/** The directory of the cache; null where the system does not say, or nothing shall be kept. */
function cacheDirectory({ env, platform }: Process): string | null {
  if (env["NODE_DISABLE_COMPILE_CACHE"] !== undefined) return null; // As Node reads it.
  const given = platform === "win32" ? env["LOCALAPPDATA"] : env["XDG_CACHE_HOME"];
  const home = given || (env["HOME"] && `${env["HOME"]}/.cache`);
  return home && /^(?:\/|\w:)/.test(home) ? `${home}/sema` : null;
}

/**
 * What the entry for the package in `directory` is called. That tells the versions, and size and time of the modules,
 * since a package may be written anew under its version.
 */
function entryName(directory: string, bun: Bun, process: Process): string {
  const fs = process.getBuiltinModule("node:fs");
  const stamps = ["mod.js", KEPT_MODULE].map((name) => {
    const { size, mtimeMs } = fs.statSync(`${directory}/${name}`);
    return `${size.toString(36)}.${Math.trunc(mtimeMs).toString(36)}`;
  });
  return [VERSION, ...stamps, "bun", bun.version, bun.revision.slice(0, 9), process.platform, process.arch].join("-");
}

/** Has a process of its own make an entry, unless one does so already or has failed. */
function startKeeping(entry: string, cwd: string, keeper: string, process: Process): void {
  const fs = process.getBuiltinModule("node:fs");
  const begun = fs.statSync(unfinished(entry), { throwIfNoEntry: false });
  if (begun !== undefined && Date.now() - begun.mtimeMs < PATIENCE) return;
  fs.mkdirSync(cwd, { recursive: true });
  const { spawn } = process.getBuiltinModule("node:child_process");
  spawn(process.execPath, [keeper, entry], { cwd, detached: true, stdio: "ignore" }).unref();
}

/** The kept module if it is whole; null where it is not, or there is none yet: it is made after this process has ended. */
export function kept<T>(bun: Bun, { dirname, require }: Place, isWhole: (module: unknown) => module is T): T | null {
  const { process } = globalThis as { process?: Process };
  if (process === undefined || dirname === undefined || require === undefined) return null;
  const directory = cacheDirectory(process);
  if (directory === null) return null;
  const entry = `${directory}/${entryName(dirname, bun, process)}`;
  try {
    const noted = process.getBuiltinModule("node:fs").readFileSync(`${entry}/${SUMS}`, "utf8");
    const module = noted === sums(bun, process, entry) ? require(`${entry}/${KEPT_MODULE}`) : null;
    if (isWhole(module)) return module;
  } catch {
    // None yet, or damaged.
  }
  process.once("exit", () => {
    try {
      startKeeping(entry, directory, `${dirname}/keep.js`, process);
    } catch {
      // A directory that nobody may write to, perhaps: then nothing is kept.
    }
  });
  return null;
}
