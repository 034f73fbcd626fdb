/** Files in memory, for programs that shall not touch a disk and for hosts that have none. */
import { lexicalPath, parentOf } from "../builtins/host/file_access.ts";
import type { FileInfo, FileReader, FileSystem, FileWriter } from "../builtins/host/host_access.ts";

/** A file. It stays the same when it is moved, and when it is written anew. */
class MemoryFile {
  /** The contents are the first `#size` bytes; what is behind them is room to grow into. */
  #bytes: Uint8Array = new Uint8Array(0);
  #size = 0;
  #modified = Date.now();

  /** What is in it, not to be changed. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  /** When it was written last. */
  get modified(): number {
    return this.#modified;
  }

  /** Forgets its contents; who reads them goes on doing so. */
  empty(): void {
    this.#bytes = new Uint8Array(0);
    this.#size = 0;
    this.#modified = Date.now();
  }

  append(bytes: Uint8Array): void {
    const size = this.#size + bytes.length;
    if (size > this.#bytes.length) {
      // Doubling keeps the cost of a byte constant, however small the pieces are.
      const grown = new Uint8Array(this.#size === 0 ? size : Math.max(size, 2 * this.#size));
      grown.set(this.bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#size);
    this.#size = size;
    this.#modified = Date.now();
  }
}

/** A file, or null for a directory. */
type Entry = MemoryFile | null;

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

class MemoryFiles implements FileSystem {
  readonly #entries: Map<string, Entry> = new Map([["/", null]]);

  read(path: string): Uint8Array {
    return this.#file(path).bytes.slice();
  }

  open(path: string): FileReader {
    let rest = this.#file(path).bytes;
    return {
      read: (into) => {
        const part = rest.subarray(0, into.length);
        into.set(part);
        rest = rest.subarray(part.length);
        return part.length;
      },
      close: () => {},
    };
  }

  create(path: string): FileWriter {
    const file = this.#made(path);
    file.empty();
    return { write: (bytes) => file.append(bytes), close: () => {} };
  }

  write(path: string, bytes: Uint8Array, mode: "replace" | "append"): void {
    const file = this.#made(path);
    if (mode === "replace") file.empty();
    file.append(bytes);
  }

  info(path: string): FileInfo | null {
    const entry = this.#entries.get(lexicalPath(path));
    if (entry === undefined) return null;
    if (entry === null) return { kind: "directory", size: 0, modified: null };
    return { kind: "file", size: entry.bytes.length, modified: entry.modified };
  }

  list(path: string): string[] {
    const at = this.#directory(lexicalPath(path));
    return [...this.#entries.keys()].filter((each) => each !== "/" && parentOf(each) === at)
      .map((each) => each.slice(each.lastIndexOf("/") + 1));
  }

  makeDirectory(path: string): void {
    const at = lexicalPath(path);
    const entry = this.#entries.get(at);
    if (entry === null) return;
    if (entry !== undefined) throw failure("EEXIST");
    this.makeDirectory(parentOf(at));
    this.#entries.set(at, null);
  }

  remove(path: string): void {
    this.#file(path);
    this.#entries.delete(lexicalPath(path));
  }

  rename(from: string, to: string): void {
    const source = lexicalPath(from);
    const target = lexicalPath(to);
    const entry = this.#entry(source);
    this.#directory(parentOf(target));
    if (source === target) return;
    if (entry === null && target.startsWith(`${source}/`)) throw failure("EINVAL");
    if (this.#entries.get(target) === null) throw failure(entry === null ? "ENOTEMPTY" : "EISDIR");
    for (const [path, each] of [...this.#entries]) {
      if (path !== source && !path.startsWith(`${source}/`)) continue;
      this.#entries.delete(path);
      this.#entries.set(target + path.slice(source.length), each);
    }
  }

  copy(from: string, to: string): void {
    this.write(to, this.#file(from).bytes, "replace");
  }

  realPath(path: string): string {
    const at = lexicalPath(path);
    this.#entry(at);
    return at;
  }

  #entry(path: string): Entry {
    const entry = this.#entries.get(path);
    if (entry === undefined) throw failure("ENOENT");
    return entry;
  }

  /** The file of a path, a new one when there is none. */
  #made(path: string): MemoryFile {
    const at = lexicalPath(path);
    const before = this.#entries.get(at);
    if (before === null) throw failure("EISDIR");
    if (before !== undefined) return before;
    this.#directory(parentOf(at));
    const file = new MemoryFile();
    this.#entries.set(at, file);
    return file;
  }

  #file(path: string): MemoryFile {
    const entry = this.#entry(lexicalPath(path));
    if (entry === null) throw failure("EISDIR");
    return entry;
  }

  #directory(path: string): string {
    if (this.#entry(path) !== null) throw failure("ENOTDIR");
    return path;
  }
}

/**
 * Files in memory. Relative paths start at the root. Takes texts by path; their directories are made.
 *
 * @example
 * ```ts
 * const sema = createRuntime({ host: { files: memoryFiles({ "notes/today.txt": "buy ink" }) } });
 * sema.eval('(file/read "notes/today.txt")'); // "buy ink"
 * ```
 */
export function memoryFiles(texts: Readonly<Record<string, string>> = {}): FileSystem {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(texts)) {
    files.makeDirectory(parentOf(lexicalPath(path)));
    files.write(path, new TextEncoder().encode(content), "replace");
  }
  return files;
}
