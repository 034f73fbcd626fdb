/**
 * The files of one runtime as its builtins see them: paths are checked against the directories that it may use, failures
 * of the system become `:io` errors under the name of the function.
 */
import { Condition } from "../../data/mod.ts";
import { type Capability, type FileSystem, given, outsideAllowed, permissionDenied } from "./host_access.ts";

/** What is wrong with a path, by the code of the failed system call. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory",
  EEXIST: "File exists",
  ENOTDIR: "Not a directory",
  EISDIR: "Is a directory",
  EACCES: "Permission denied",
  EPERM: "Operation not permitted",
  ENOTEMPTY: "Directory not empty",
  EROFS: "Read-only file system",
  ENOSPC: "No space left on device",
  EMFILE: "Too many open files",
  ENAMETOOLONG: "File name too long",
  ELOOP: "Too many levels of symbolic links",
  EINVAL: "Invalid argument",
  EXDEV: "Cross-device link",
  ENOBUFS: "Too much output",
};

/** Codes by which a host says that it was not allowed, rather than the system. */
const FORBIDDEN: ReadonlySet<string> = new Set(["NotCapable", "ERR_ACCESS_DENIED"]);

function codeOf(error: Error): string {
  if (FORBIDDEN.has(error.name)) return error.name;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** The condition for what a host throws where it was not allowed to do what `name` asked for; null for anything else. */
export function refusal(error: unknown, name: string, capability: Capability): Condition | null {
  if (error instanceof Condition) return error.type === "permission-denied" ? error : null;
  return error instanceof Error && FORBIDDEN.has(codeOf(error))
    ? permissionDenied(name, capability, error.message)
    : null;
}

/** The condition for what a host throws in place of doing something with `subject`. Anything but an error is thrown on. */
export function systemFailure(error: unknown, name: string, subject: string, capability: Capability): Condition {
  if (error instanceof Condition || !(error instanceof Error)) throw error;
  const refused = refusal(error, name, capability);
  if (refused !== null) return refused;
  const code = codeOf(error);
  const separator = subject === "" ? ":" : ` ${subject}:`;
  return new Condition("io", `${name}${separator} ${REASONS[code] ?? error.message}`);
}

/** The parts of an absolute path without `.` and `..`, as far as its text tells. */
export function pathParts(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts;
}

/** An absolute path without `.` and `..`; one that is not starts at the root. */
export function lexicalPath(path: string): string {
  return `/${pathParts(path).join("/")}`;
}

/** The directory that an absolute path is in. */
export function parentOf(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  return trimmed.slice(0, trimmed.lastIndexOf("/")) || "/";
}

/** The checked files of a runtime. */
export class FileAccess {
  readonly #files: FileSystem | undefined;
  readonly #directory: () => string;
  /** Null: any. */
  readonly #allowed: readonly string[] | null;
  #canonicalAllowed: readonly string[] | null = null;

  constructor(files: FileSystem | undefined, directory: () => string, allowed: readonly string[] | null) {
    this.#files = files;
    this.#directory = directory;
    this.#allowed = allowed;
  }

  /** Runs `act` on the files for the function `name`, which reads `path`. Throws `:io` and `:permission-denied`. */
  read<T>(name: string, path: string, act: (files: FileSystem) => T): T {
    return this.#use(name, [path], path, "fs-read", act);
  }

  /** The same for a function that looks for paths; what it finds is to be checked. */
  search<T>(name: string, pattern: string, act: (files: FileSystem) => T): T {
    return this.#use(name, [], pattern, "fs-read", act);
  }

  /** The same for a function that changes what `path` names. */
  write<T>(name: string, path: string, act: (files: FileSystem) => T): T {
    return this.#use(name, [path], path, "fs-write", act);
  }

  /**
   * Gives a file other contents, or makes it. Who reads it meanwhile, or after a crash, finds all of the old or all of the
   * new: they are written beside it and moved to its place, unless nothing may be made there.
   */
  replace(name: string, path: string, bytes: Uint8Array): void {
    this.write(name, path, (files) => {
      const target = realPath(files, path) ?? path;
      const beside = `${target}.sema-new`;
      try {
        this.check(name, beside);
        // The copy has the permissions of the file.
        if (files.info(target, true) !== null) files.copy(target, beside);
        files.write(beside, bytes, "replace");
        files.rename(beside, target);
      } catch (error) {
        removeIfThere(files, beside);
        if (!isRefused(error)) throw error;
        files.write(path, bytes, "replace");
      }
    });
  }

  /** The same for a function that takes what is at `from` to `to`. */
  move(name: string, from: string, to: string, act: (files: FileSystem) => void): void {
    this.#use(name, [from, to], `${from} -> ${to}`, "fs-write", act);
  }

  /** Throws unless `path` lies in an allowed directory. */
  check(name: string, path: string): void {
    const files = given(this.#files, name, "fs-read");
    if (this.#allowed === null) return;
    this.#canonicalAllowed ??= this.#allowed.map((each) => this.#canonical(files, each));
    const real = this.#canonical(files, path);
    const inside = this.#canonicalAllowed.some((top) => real === top || real.startsWith(top === "/" ? "/" : `${top}/`));
    if (!inside) throw outsideAllowed(name, path);
  }

  #use<T>(
    name: string,
    paths: readonly string[],
    subject: string,
    capability: Capability,
    act: (files: FileSystem) => T,
  ): T {
    const files = given(this.#files, name, capability);
    for (const path of paths) this.check(name, path);
    try {
      return act(files);
    } catch (error) {
      throw systemFailure(error, name, subject, capability);
    }
  }

  /** The path that symbolic links lead to; of what is not there yet, that of its directory and its own name. */
  #canonical(files: FileSystem, path: string): string {
    const absolute = path.startsWith("/") ? path : `${this.#directory()}/${path}`;
    const real = realPath(files, absolute);
    if (real !== null) return real;
    const trimmed = absolute.replace(/\/+$/, "");
    const parent = realPath(files, parentOf(trimmed));
    const name = trimmed.slice(trimmed.lastIndexOf("/") + 1);
    return parent === null || name === ".." ? lexicalPath(absolute) : lexicalPath(`${parent}/${name}`);
  }
}

/** Whether a failure says that something may not be done. */
function isRefused(error: unknown): boolean {
  if (error instanceof Condition) return error.type === "permission-denied";
  return error instanceof Error &&
    (FORBIDDEN.has(codeOf(error)) || ["EACCES", "EPERM", "EROFS"].includes(codeOf(error)));
}

function removeIfThere(files: FileSystem, path: string): void {
  try {
    files.remove(path);
  } catch {
    // It was not made, or the system keeps it: what went wrong before is what matters.
  }
}

function realPath(files: FileSystem, path: string): string | null {
  try {
    return files.realPath(path);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
