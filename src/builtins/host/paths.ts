/** Paths as text, with `/` between their parts (language reference: 05-host §6), and where they lead. */
import type { Value } from "../../data/mod.ts";
import { text } from "../check.ts";
import { type Area, type BuiltinContext, many, one, pure, requires, same, two } from "../declare.ts";
import { parentOf, pathParts } from "./file_access.ts";

/** The last part, whatever slashes follow it; nothing for `/` and `..`. */
function fileName(path: string): string {
  const name = lastPart(path);
  return name === ".." ? "" : name;
}

function lastPart(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  return trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** Where the extension of a file name begins, its dot included; the length of the name where there is none. */
function extensionStart(name: string): number {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? dot : name.length;
}

function joined(args: readonly Value[]): string {
  return args.map((part) => text(part)).reduce((path, part) => {
    if (part.startsWith("/") || path === "") return part;
    return path.endsWith("/") ? path + part : `${path}/${part}`;
  }, "");
}

/** The parts of a path that starts at the root, or else in the current directory. */
function parts(path: string, directory: () => string): string[] {
  return pathParts(path.startsWith("/") ? path : `${directory()}/${path}`);
}

/** The path that leads from one absolute path to another. */
function relative(from: readonly string[], to: readonly string[]): string {
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  const steps = [...from.slice(shared).map(() => ".."), ...to.slice(shared)];
  return steps.length === 0 ? "." : steps.join("/");
}

function currentDirectory({ host }: BuiltinContext): () => string {
  return () => host.environment?.directory() ?? "/";
}

/** The path without symbolic links; of what is not there, that of the nearest directory that is, and the rest. */
function realParts(name: string, path: string, context: BuiltinContext): string[] {
  const rest: string[] = [];
  let existing = path.startsWith("/") ? path : `${currentDirectory(context)()}/${path}`;
  for (;;) {
    const found = existing;
    const info = context.files.search(name, path, (files) => files.info(found, true));
    if (info !== null || existing === "/" || existing === "") break;
    rest.unshift(lastPart(existing));
    existing = parentOf(existing);
  }
  const real = context.files.search(name, path, (files) => files.realPath(existing === "" ? "/" : existing));
  return pathParts([real, ...rest].join("/"));
}

function realPath(name: string): (path: Value, context: BuiltinContext) => Value {
  return (path, context) => {
    const file = text(path);
    return context.files.read(name, file, (files) => files.realPath(file));
  };
}

/** Paths. */
export const paths: Area = () => [
  ...pure([
    many(
      "path/join",
      1,
      Infinity,
      "(path/join part …): the parts with / between them; an absolute part starts anew.",
      joined,
      [
        '(path/join "a" "b/" "c")',
        '"a/b/c"',
      ],
      ['(path/join "a" "/b")', '"/b"'],
    ),
    one("path/dir", "(path/dir path): what stands before the last part.", (path) => {
      const trimmed = text(path).replace(/\/+$/, "");
      const slash = trimmed.lastIndexOf("/");
      return slash > 0 ? trimmed.slice(0, slash).replace(/(?<=.)\/+$/, "") : trimmed.slice(0, slash + 1);
    }, ['(path/dir "/a/b/c")', '"/a/b"']),
    same("path/dirname", "path/dir"),
    one("path/filename", "(path/filename path): the last part.", (path) => fileName(text(path)), [
      '(path/filename "/a/b.txt")',
      '"b.txt"',
    ]),
    same("path/basename", "path/filename"),
    one(
      "path/extension",
      "(path/extension path): what follows the last dot of the file's name.",
      (path) => {
        const name = fileName(text(path));
        return name.slice(extensionStart(name) + 1);
      },
      ['(path/extension "a/b.tar.gz")', '"gz"'],
      ['(path/extension ".env")', '""'],
    ),
    same("path/ext", "path/extension"),
    one("path/stem", "(path/stem path): the file's name without its extension.", (path) => {
      const name = fileName(text(path));
      return name.slice(0, extensionStart(name));
    }, ['(path/stem "a/b.tar.gz")', '"b.tar"']),
    one(
      "path/absolute?",
      "(path/absolute? path): whether a path starts at the root.",
      (path) => text(path).startsWith("/"),
      [
        '(path/absolute? "/a")',
        "#t",
      ],
    ),
  ]),
  two(
    "path/relative-to",
    "(path/relative-to base path): the path that leads from base to path.",
    (base, path, context) => {
      const directory = currentDirectory(context);
      return relative(parts(text(base), directory), parts(text(path), directory));
    },
    ['(path/relative-to "/a/b" "/a/c/d")', '"../c/d"'],
  ),
  ...requires("fs-read", [
    one(
      "path/absolute",
      "(path/absolute path): the absolute path of what is there, without links.",
      realPath("path/absolute"),
      ['(begin (file/write "notes.txt" "a") (string? (path/absolute "notes.txt")))', "#t"],
    ),
    one(
      "path/canonicalize",
      "(path/canonicalize path): the absolute path of what is there, without links.",
      realPath("path/canonicalize"),
      ['(begin (file/write "notes.txt" "a") (string? (path/canonicalize "notes.txt")))', "#t"],
    ),
    two(
      "path/within?",
      "(path/within? base path): whether a path, its links followed, is base or below it.",
      (base, path, context) => {
        const top = realParts("path/within?", text(base), context);
        const real = realParts("path/within?", text(path), context);
        return top.every((part, index) => part === real[index]);
      },
      ['(begin (file/mkdir "a/b") (path/within? "a" "a/b"))', "#t"],
    ),
  ]),
];
