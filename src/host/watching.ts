/** Watching files on Node and Bun, by `fs.watch`, and on Deno by its own interface, which keeps the process until that is ended. */
import type nodeProcess from "node:process";
import type { FileEvent, FileEventKind } from "../../mod.ts";

/** Begins to watch; what ends that is noted in `opened` until it has been called. */
export type Watcher = (
  path: string,
  recursive: boolean,
  happened: (event: FileEvent) => void,
) => () => void;

function noted(opened: Set<() => void>, stop: () => void): () => void {
  const once = (): void => {
    if (opened.delete(once)) stop();
  };
  opened.add(once);
  return once;
}

/** On Node and Bun. They tell names that come and go alike: looking tells which. */
export function nodeWatcher(process: typeof nodeProcess, opened: Set<() => void>): Watcher {
  return (path, recursive, happened) => {
    const fs = process.getBuiltinModule("node:fs");
    const isDirectory = fs.statSync(path).isDirectory();
    const known: Set<string> = new Set(isDirectory ? names(fs, path, recursive) : [path]);
    const watcher = fs.watch(path, { recursive: recursive && isDirectory, persistent: false }, (change, name) => {
      const file = isDirectory && typeof name === "string" ? `${path.replace(/\/+$/, "")}/${name}` : path;
      const there = fs.existsSync(file);
      const kind: FileEventKind = there ? known.has(file) || change === "change" ? "modify" : "create" : "remove";
      if (there) known.add(file);
      else known.delete(file);
      happened({ kind, paths: [file] });
    });
    watcher.on("error", () => happened({ kind: "other", paths: [path] }));
    return noted(opened, () => watcher.close());
  };
}

/** What is below a directory already. */
function names(fs: typeof import("node:fs"), path: string, recursive: boolean): string[] {
  const top = path.replace(/\/+$/, "");
  try {
    return fs.readdirSync(path, { recursive, encoding: "utf8" }).map((name) => `${top}/${name}`);
  } catch {
    return [];
  }
}

/** What Deno tells. */
interface DenoEvents extends AsyncIterable<{ readonly kind: string; readonly paths: string[] }> {
  close(): void;
}

/** The part of Deno that is used. */
export interface DenoWatching {
  watchFs(path: string, options: { readonly recursive: boolean }): DenoEvents;
}

const KINDS: Readonly<Record<string, FileEventKind>> = {
  create: "create",
  modify: "modify",
  remove: "remove",
  access: "access",
};

/** On Deno; `permitted` throws where reading is not. */
export function denoWatcher(deno: DenoWatching, opened: Set<() => void>, permitted: (path: string) => void): Watcher {
  return (path, recursive, happened) => {
    permitted(path);
    const events = deno.watchFs(path, { recursive });
    void (async () => {
      for await (const { kind, paths } of events) happened({ kind: KINDS[kind] ?? "other", paths });
    })().catch(() => happened({ kind: "other", paths: [path] }));
    return noted(opened, () => events.close());
  };
}
