/**
 * Archives of files (language reference: 05-host §21). They are made of files under their base names, and extracted into a
 * directory: what would land outside of it is passed over.
 */
import { evalError, type Value } from "../../data/mod.ts";
import { listArgument, listOf, text } from "../check.ts";
import { toArray } from "../../data/mod.ts";
import { type Area, type BuiltinContext, one, requires, two } from "../declare.ts";
import { compressing, MOST_BYTES } from "./compression.ts";
import { parentOf } from "./file_access.ts";
import { tarred, untarred } from "./tar.ts";
import { ArchiveError, type Entry, unzipped, zipped } from "./zip.ts";

/** What a file is called in an archive. */
function baseName(path: string): string {
  return path.replace(/\/+$/, "").replace(/^.*\//s, "");
}

/** The files of an archive to be. */
function entriesFrom(name: string, paths: Value, { files }: BuiltinContext): Entry[] {
  const entries = toArray(listArgument(paths, `${name} expects a list of paths`)).map((each): Entry => {
    const path = text(each);
    return { name: baseName(path), bytes: files.read(name, path, (system) => system.read(path)) };
  });
  const seen = new Set<string>();
  for (const { name: label } of entries) {
    if (seen.has(label)) throw evalError(`${name}: two of the files are called ${label}`);
    seen.add(label);
  }
  return entries;
}

/** Does something with an archive; what is wrong with it is an error of the function `name`. */
function attempt<T>(name: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof ArchiveError) throw evalError(`${name}: ${path}: ${error.message}`);
    throw error;
  }
}

/** Whether a name leads to somewhere inside of the directory it is extracted to. */
function isInside(name: string): boolean {
  return !/^[\\/]|^[A-Za-z]:|\0/.test(name) && !name.split(/[\\/]/).includes("..");
}

/** Writes entries below a directory; how many files that are. */
function extract(name: string, into: string, entries: Iterable<Entry>, { files }: BuiltinContext): number {
  let count = 0;
  const makeDirectory = (path: string) => files.write(name, path, (system) => system.makeDirectory(path));
  makeDirectory(into);
  for (const { name: label, bytes } of entries) {
    if (!isInside(label)) continue;
    const path = `${into.replace(/\/+$/, "")}/${label}`;
    if (label.endsWith("/")) {
      makeDirectory(path.replace(/\/+$/, ""));
      continue;
    }
    makeDirectory(parentOf(path));
    files.write(name, path, (system) => system.write(path, bytes, "replace"));
    count++;
  }
  return count;
}

function createZip(target: Value, paths: Value, context: BuiltinContext): Value {
  const name = "zip/create";
  const path = text(target);
  const entries = entriesFrom(name, paths, context);
  const bytes = attempt(
    name,
    path,
    () => compressing(name, `${path}: `, context, ({ deflate }) => zipped(entries, deflate)),
  );
  context.files.write(name, path, (system) => system.write(path, bytes, "replace"));
  return entries.length;
}

/** The entries of a zip archive, each expanded when its turn comes. */
function* zipEntries(name: string, path: string, context: BuiltinContext): Generator<Entry> {
  const bytes = context.files.read(name, path, (system) => system.read(path));
  let left = MOST_BYTES;
  for (const { name: label, content } of attempt(name, path, () => unzipped(bytes))) {
    const expanded = attempt(
      name,
      path,
      () =>
        compressing(name, `${path}: `, context, ({ inflate }) =>
          content((packed, size) => {
            if (size > left) throw new ArchiveError(`more than ${MOST_BYTES} bytes`);
            return inflate(packed, Math.max(size, 1));
          })),
    );
    left -= expanded.length;
    // What is stored as it is may lie in many entries, too.
    if (left < 0) throw evalError(`${name}: ${path}: more than ${MOST_BYTES} bytes`);
    yield { name: label, bytes: expanded };
  }
}

function extractZip(source: Value, target: Value, context: BuiltinContext): Value {
  const [path, into] = [text(source), text(target)];
  return extract("zip/extract", into, zipEntries("zip/extract", path, context), context);
}

function listZip(source: Value, { files }: BuiltinContext): Value {
  const path = text(source);
  const bytes = files.read("zip/list", path, (system) => system.read(path));
  return listOf(attempt("zip/list", path, () => unzipped(bytes)).map(({ name }) => name));
}

function createTar(target: Value, paths: Value, context: BuiltinContext): Value {
  const name = "tar/create";
  const path = text(target);
  const entries = entriesFrom(name, paths, context);
  const plain = tarred(entries);
  const bytes = /\.(tar\.gz|tgz)$/.test(path)
    ? compressing(name, `${path}: `, context, ({ gzip }) => gzip(plain))
    : plain;
  context.files.write(name, path, (system) => system.write(path, bytes, "replace"));
  return entries.length;
}

function extractTar(source: Value, target: Value, context: BuiltinContext): Value {
  const name = "tar/extract";
  const [path, into] = [text(source), text(target)];
  const bytes = context.files.read(name, path, (system) => system.read(path));
  const zippedIn = /\.(tar\.gz|tgz)$/.test(path) || (bytes[0] === 0x1f && bytes[1] === 0x8b);
  const plain = zippedIn ? compressing(name, `${path}: `, context, ({ gunzip }) => gunzip(bytes, MOST_BYTES)) : bytes;
  return extract(name, into, attempt(name, path, () => untarred(plain)), context);
}

/** `zip/…` and `tar/…`. */
export const archives: Area = () => [
  ...requires("fs-write", [
    two("zip/create", "(zip/create path files): archives a list of files by their base names; how many.", createZip, [
      '(begin (file/write "a.txt" "one") (zip/create "a.zip" (list "a.txt")))',
      "1",
    ]),
    two("zip/extract", "(zip/extract path directory): writes the files of an archive; how many.", extractZip, [
      '(begin (file/write "a" "1") (zip/create "a.zip" (list "a")) (zip/extract "a.zip" "d") (file/read "d/a"))',
      '"1"',
    ]),
    two(
      "tar/create",
      "(tar/create path files): the same as a tar archive, compressed for .tar.gz and .tgz.",
      createTar,
      [
        '(begin (file/write "a.txt" "one") (tar/create "a.tar.gz" (list "a.txt")))',
        "1",
      ],
    ),
    two("tar/extract", "(tar/extract path directory): writes the files of an archive; how many.", extractTar, [
      '(begin (file/write "a" "1") (tar/create "a.tgz" (list "a")) (tar/extract "a.tgz" "d") (file/read "d/a"))',
      '"1"',
    ]),
  ]),
  ...requires("fs-read", [
    one("zip/list", "(zip/list path): the names in an archive.", listZip, [
      '(begin (file/write "a.txt" "one") (zip/create "a.zip" (list "a.txt")) (zip/list "a.zip"))',
      '("a.txt")',
    ]),
  ]),
];
