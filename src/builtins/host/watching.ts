/**
 * Watching files (language reference: 05-host §5): what happens to them is kept until the program asks, as far as there is room.
 * Asking gives the host its turn first, so that asking in a loop comes to an end.
 */
import { evalError, keyword, SortedMap, type Value } from "../../data/mod.ts";
import { int64, listOf, text } from "../check.ts";
import { type Area, type BuiltinContext, many, one, requires, sema } from "../declare.ts";
import { systemFailure } from "./file_access.ts";
import { given } from "./host_access.ts";
import { option } from "./option_maps.ts";
import { perRuntime } from "./per_runtime.ts";

/** What happens to files. */
export type FileEventKind = "create" | "modify" | "remove" | "access" | "other";

/** Something has happened to files. */
export interface FileEvent {
  /** What it is. */
  readonly kind: FileEventKind;
  /** Absolute, or below the path that is watched as that was given. */
  readonly paths: readonly string[];
}

/** So many events are kept that nobody has asked for. */
const MOST = 4096;

interface Watch {
  events: FileEvent[];
  dropped: number;
  readonly stop: () => void;
}

/** The watches of one runtime; a handle is never used twice. */
interface Watches {
  readonly byHandle: Map<number, Watch>;
  last: number;
}

const watches = perRuntime((): Watches => ({ byHandle: new Map(), last: 0 }));

function watch([path = null, options = null]: readonly Value[], context: BuiltinContext): Value {
  const name = "fs/watch";
  const top = text(path);
  const recursive = (option(options, "recursive") ?? true) !== false;
  const missing = context.files.read(name, top, (system) => system.info(top, true)) === null;
  const begin = given(context.host.watch, name, "fs-read");
  if (missing) throw systemFailure(Object.assign(new Error(), { code: "ENOENT" }), name, top, "fs-read");
  const own = watches(context);
  const noted: { watch: Watch | null } = { watch: null };
  const happened = (event: FileEvent): void => {
    const { watch } = noted;
    if (watch === null) return;
    if (watch.events.length < MOST) watch.events.push(event);
    else watch.dropped++;
  };
  try {
    const made: Watch = { events: [], dropped: 0, stop: begin(top, recursive, happened) };
    noted.watch = made;
    own.byHandle.set(++own.last, made);
  } catch (error) {
    throw systemFailure(error, name, top, "fs-read");
  }
  return own.last;
}

function find(name: string, handle: Value, context: BuiltinContext): Watch {
  const known = watches(context).byHandle.get(int64(handle));
  if (known === undefined) throw evalError(`${name}: no such handle ${handle}`, "it is what fs/watch has given");
  return known;
}

function eventMap(kind: string, paths: readonly string[], more: readonly [Value, Value][] = []): Value {
  return SortedMap.from([[keyword("kind"), keyword(kind)], [keyword("paths"), listOf(paths)], ...more]);
}

function takeEvents(handle: Value, context: BuiltinContext): Value {
  const known = find("fs/watch-events", handle, context);
  const maps = known.events.map(({ kind, paths }) => eventMap(kind, paths));
  if (known.dropped > 0) maps.push(eventMap("overflow", [], [[keyword("dropped"), known.dropped]]));
  known.events = [];
  known.dropped = 0;
  return listOf(maps);
}

function stop(handle: Value, context: BuiltinContext): Value {
  find("fs/unwatch", handle, context).stop();
  watches(context).byHandle.delete(int64(handle));
  return null;
}

/** `fs/…`. */
export const watching: Area = () =>
  requires("fs-read", [
    many(
      "fs/watch",
      1,
      2,
      "(fs/watch path [{:recursive #t}]): notes what happens to a file, or below a directory, from now on; a handle for it.",
      watch,
      ['(begin (file/write "a" "") (fs/watch "a"))', "1"],
    ),
    one("__vm-watch-events", "What has happened since this was asked last.", takeEvents),
    sema(
      "fs/watch-events",
      1,
      1,
      "(fs/watch-events handle): what has happened since this was asked last, maps of :kind and :paths; it waits for nothing.",
      "(fn (handle) (begin (await (__vm-host-turn)) (__vm-watch-events handle)))",
      ['(begin (file/write "a" "") (fs/watch-events (fs/watch "a")))', "()"],
    ),
    one("fs/unwatch", "(fs/unwatch handle): notes no more what happens.", stop, [
      '(begin (file/write "a" "") (fs/unwatch (fs/watch "a")))',
      "nil",
    ]),
  ]);
