/**
 * Key-value stores in files (language reference: 05-host §19): a JSON object per store, which is read when the store is
 * opened and written anew at each change, whole: a crash leaves the store as it was before or after. Values come back as
 * JSON has them.
 */
import { Condition, evalError, Keyword, SortedMap, type Value } from "../../data/mod.ts";
import { isMap, listOf, text } from "../check.ts";
import { type Area, type BuiltinContext, one, requires, three, two } from "../declare.ts";
import { decodeJson, lossyJson } from "../formats/json.ts";
import { decodeUtf8, encodeUtf8 } from "../text/utf8.ts";
import { perRuntime } from "./per_runtime.ts";

interface Store {
  readonly path: string;
  /** Each as it was read, or as it will be read. */
  entries: ReadonlyMap<string, Value>;
}

const stores = perRuntime((): Map<string, Store> => new Map());

function store(name: Value, context: BuiltinContext): Store {
  const known = stores(context).get(text(name));
  if (known === undefined) throw evalError(`kv store '${text(name)}' not open`, "open it: (kv/open name path)");
  return known;
}

function malformed(path: string, reason: string): Condition {
  return new Condition("io", `kv/open: malformed JSON in ${path}: ${reason}`);
}

function load(path: string, { files }: BuiltinContext): Map<string, Value> {
  const bytes = files.read("kv/open", path, (system) => system.info(path, true) === null ? null : system.read(path));
  const entries: Map<string, Value> = new Map();
  if (bytes === null) return entries;
  let whole: Value;
  try {
    whole = decodeJson(decodeUtf8(bytes, "kv/open"));
  } catch (error) {
    if (!(error instanceof Condition)) throw error;
    throw malformed(path, error.message.replace(/^(json\/decode: parse error at|kv\/open:) /, ""));
  }
  if (!isMap(whole)) throw malformed(path, "not an object");
  for (const [key, value] of whole.entries()) if (key instanceof Keyword) entries.set(key.name, value);
  return entries;
}

/** Changes a store and its file; where the file cannot be written, neither. */
function change(
  name: string,
  store: Store,
  apply: (entries: Map<string, Value>) => void,
  { files }: BuiltinContext,
): void {
  const { path } = store;
  const entries = new Map(store.entries);
  apply(entries);
  const bytes = encodeUtf8(lossyJson(SortedMap.from([...entries]), "  "));
  files.replace(name, path, bytes);
  store.entries = entries;
}

function open(name: Value, path: Value, context: BuiltinContext): Value {
  const [label, file] = [text(name), text(path)];
  // That the file can be written is known before the first change.
  context.files.write("kv/open", file, () => {});
  stores(context).set(label, { path: file, entries: load(file, context) });
  return label;
}

function set(name: Value, key: Value, value: Value, context: BuiltinContext): Value {
  const target = store(name, context);
  const label = text(key);
  change("kv/set", target, (entries) => entries.set(label, decodeJson(lossyJson(value))), context);
  return value;
}

function remove(name: Value, key: Value, context: BuiltinContext): Value {
  const target = store(name, context);
  const label = text(key);
  if (!target.entries.has(label)) return false;
  change("kv/delete", target, (entries) => entries.delete(label), context);
  return true;
}

/** `kv/…`. */
export const keyValues: Area = () => [
  ...requires("fs-write", [
    two("kv/open", "(kv/open name path): opens the store in a file, which may be missing yet; its name.", open, [
      '(kv/open "settings" "settings.json")',
      '"settings"',
    ]),
    three("kv/set", "(kv/set name key value): keeps a value under a string, as JSON; the value.", set, [
      '(begin (kv/open "s" "s.json") (kv/set "s" "sizes" [1 2]) (kv/get "s" "sizes"))',
      "(1 2)",
    ]),
    two("kv/delete", "(kv/delete name key): forgets a key; whether it was there.", remove, [
      '(begin (kv/open "s" "s.json") (kv/set "s" "a" 1) (kv/delete "s" "a"))',
      "#t",
    ]),
  ]),
  two("kv/get", "(kv/get name key): the value of a key; nil when there is none.", (name, key, context) => {
    return store(name, context).entries.get(text(key)) ?? null;
  }, ['(begin (kv/open "s" "s.json") (kv/get "s" "a"))', "nil"]),
  one("kv/keys", "The keys of a store, sorted.", (name, context) => {
    return listOf([...store(name, context).entries.keys()].sort());
  }, ['(begin (kv/open "s" "s.json") (kv/set "s" "b" 1) (kv/set "s" "a" 2) (kv/keys "s"))', '("a" "b")']),
  one("kv/close", "Forgets that a store is open; nothing when it is not.", (name, context) => {
    stores(context).delete(text(name));
    return null;
  }, ['(kv/close "settings")', "nil"]),
];
