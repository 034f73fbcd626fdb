/** The files of Deno, as far as it permits them: what is missing is looked up first, since Deno would ask the user for it. */
import type { FileInfo, FileSystem } from "../../mod.ts";

interface DenoInfo {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly isSymlink: boolean;
  readonly size: number;
  readonly mtime: Date | null;
}

/** What a permission is asked for by. */
export type Permission =
  | { readonly name: "read" | "write"; readonly path: string }
  | { readonly name: "env"; readonly variable?: string }
  | { readonly name: "run"; readonly command: string }
  | { readonly name: "net"; readonly host: string }
  | { readonly name: "sys"; readonly kind: string };

/** The part of Deno that files are reached by. */
export interface DenoFiles {
  readFileSync(path: string): Uint8Array;
  writeFileSync(path: string, bytes: Uint8Array, options: { readonly append: boolean }): void;
  openSync(path: string, options?: Readonly<Record<"write" | "create" | "truncate", boolean>>): {
    readSync(into: Uint8Array): number | null;
    writeSync(bytes: Uint8Array): number;
    close(): void;
  };
  statSync(path: string): DenoInfo;
  lstatSync(path: string): DenoInfo;
  readDirSync(path: string): Iterable<{ readonly name: string }>;
  mkdirSync(path: string, options: { readonly recursive: boolean }): void;
  removeSync(path: string): void;
  renameSync(from: string, to: string): void;
  copyFileSync(from: string, to: string): void;
  realPathSync(path: string): string;
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function describe(info: DenoInfo): FileInfo {
  const kind = info.isFile ? "file" : info.isDirectory ? "directory" : info.isSymlink ? "symlink" : "other";
  return { kind, size: info.size, modified: info.mtime?.getTime() ?? null };
}

/** Files by path; `permitted` throws where Deno does not permit something. */
export function denoFiles(deno: DenoFiles, permitted: (what: Permission) => void): FileSystem {
  const reading = (path: string) => permitted({ name: "read", path });
  const writing = (path: string) => permitted({ name: "write", path });
  return {
    read: (path) => (reading(path), deno.readFileSync(path)),
    open: (path) => {
      reading(path);
      const file = deno.openSync(path);
      return { read: (into) => file.readSync(into) ?? 0, close: () => file.close() };
    },
    create: (path) => {
      writing(path);
      const file = deno.openSync(path, { write: true, create: true, truncate: true });
      return {
        write: (bytes) => {
          for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
        },
        close: () => file.close(),
      };
    },
    write: (path, bytes, mode) => (writing(path), deno.writeFileSync(path, bytes, { append: mode === "append" })),
    info: (path, follow) => {
      reading(path);
      try {
        return describe((follow ? deno.statSync : deno.lstatSync)(path));
      } catch (error) {
        if (error instanceof Error && (error.name === "NotFound" || error.name === "NotADirectory")) return null;
        throw error;
      }
    },
    list: (path) => (reading(path), [...deno.readDirSync(path)].map(({ name }) => name)),
    makeDirectory: (path) => (writing(path), deno.mkdirSync(path, { recursive: true })),
    remove: (path) => {
      reading(path);
      writing(path);
      // Deno removes empty directories, too.
      if (deno.lstatSync(path).isDirectory) throw failure("EISDIR");
      deno.removeSync(path);
    },
    rename: (from, to) => (reading(from), writing(from), writing(to), deno.renameSync(from, to)),
    copy: (from, to) => (reading(from), writing(to), deno.copyFileSync(from, to)),
    realPath: (path) => (reading(path), deno.realPathSync(path)),
  };
}
