/** The files of Node and Bun. */
import type { Stats } from "node:fs";
import type { FileInfo, FileSystem } from "../../mod.ts";

function kindOf(stats: Stats): FileInfo["kind"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  return stats.isSymbolicLink() ? "symlink" : "other";
}

/** Files by path, by the module `node:fs`. */
export function nodeFiles(fs: typeof import("node:fs")): FileSystem {
  return {
    read: (path) => fs.readFileSync(path),
    open: (path) => {
      const file = fs.openSync(path, "r");
      return { read: (into) => fs.readSync(file, into), close: () => fs.closeSync(file) };
    },
    create: (path) => {
      const file = fs.openSync(path, "w");
      return {
        write: (bytes) => {
          for (let at = 0; at < bytes.length;) at += fs.writeSync(file, bytes, at);
        },
        close: () => fs.closeSync(file),
      };
    },
    write: (path, bytes, mode) => fs.writeFileSync(path, bytes, { flag: mode === "append" ? "a" : "w" }),
    info: (path, follow) => {
      const stats = (follow ? fs.statSync : fs.lstatSync)(path, { throwIfNoEntry: false });
      return stats === undefined ? null : { kind: kindOf(stats), size: stats.size, modified: stats.mtimeMs };
    },
    list: (path) => fs.readdirSync(path),
    makeDirectory: (path) => void fs.mkdirSync(path, { recursive: true }),
    remove: (path) => fs.unlinkSync(path),
    rename: (from, to) => fs.renameSync(from, to),
    copy: (from, to) => fs.copyFileSync(from, to),
    realPath: (path) => fs.realpathSync(path),
  };
}
