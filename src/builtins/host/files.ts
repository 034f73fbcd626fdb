/**
 * Files (language reference: 05-host §5). What calls back for each line is written in Sema over an open reader, which is
 * closed on every way out.
 */
import {
  Bytevector,
  display,
  EMPTY,
  evalError,
  keyword,
  List,
  listFrom,
  Opaque,
  SortedMap,
  toArray,
} from "../../data/mod.ts";
import { type Value, Vector } from "../../data/mod.ts";
import { BufferedInput } from "./buffered_input.ts";
import { listOf, text, wrongType } from "../check.ts";
import {
  type Area,
  type BuiltinContext,
  type Declaration,
  type Example,
  one,
  requires,
  sema,
  two,
} from "../declare.ts";
import { matchingPaths } from "./glob.ts";
import type { FileInfo, FileReader } from "./host_access.ts";
import { decodeUtf8, encodeUtf8 } from "../text/utf8.ts";

/** A file being read line by line; programs never see one. */
class LineReader extends Opaque {
  override readonly typeName = "file";
  readonly name: string;
  readonly path: string;
  readonly lines: BufferedInput;
  readonly #file: FileReader;

  constructor(name: string, path: string, file: FileReader) {
    super();
    this.name = name;
    this.path = path;
    this.lines = new BufferedInput((into) => file.read(into));
    this.#file = file;
  }

  override printed(): string {
    return `<file ${this.path}>`;
  }

  close(): void {
    this.#file.close();
  }
}

function lineReader(value: Value): LineReader {
  if (value instanceof LineReader) return value;
  throw wrongType("file", value);
}

function bytesOf(name: string, path: Value, context: BuiltinContext): Uint8Array {
  const file = text(path);
  return context.files.read(name, file, (files) => files.read(file));
}

/** The text of a file; anything but UTF-8 is a failure of the file. */
export function readText(name: string, path: Value, context: BuiltinContext): string {
  const bytes = bytesOf(name, path, context);
  return context.files.read(name, text(path), () => strictText(bytes));
}

function strictText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error("stream did not contain valid UTF-8");
  }
}

/** Writes the text of a file. */
export function writeText(
  name: string,
  file: string,
  content: string,
  mode: "replace" | "append",
  context: BuiltinContext,
): null {
  context.files.write(name, file, (files) => files.write(file, encodeUtf8(content), mode));
  return null;
}

function informationMap(info: FileInfo): SortedMap {
  const entries: [Value, Value][] = [
    [keyword("size"), info.size],
    [keyword("is-dir"), info.kind === "directory"],
    [keyword("is-file"), info.kind === "file"],
  ];
  if (info.modified !== null) entries.push([keyword("modified"), Math.floor(info.modified)]);
  return SortedMap.from(entries);
}

/** What is at a path; null also where the system will not say. */
function kindOf(name: string, path: Value, follow: boolean, context: BuiltinContext): FileInfo["kind"] | null {
  const file = text(path);
  return context.files.read(name, file, (files) => files.info(file, follow))?.kind ?? null;
}

function lineItems(lines: Value): readonly Value[] {
  if (lines instanceof List) return toArray(lines);
  if (lines instanceof Vector) return lines.items;
  throw wrongType("list or vector", lines);
}

/** A function of a path that only asks. */
function question(
  name: string,
  doc: string,
  follow: boolean,
  answer: (kind: FileInfo["kind"] | null) => boolean,
  ...examples: Example[]
): Declaration {
  return one(name, doc, (path, context) => answer(kindOf(name, path, follow, context)), ...examples);
}

const WITH_LINES = (name: string, bytes: string, body: string) =>
  `(let* ((reader (__vm-open-lines path "${name}"))
          (result (try (let loop ((state init))
                         (let ((line (__vm-next-line reader ${bytes})))
                           (if (null? line) state (loop ${body}))))
                       (catch e (begin (__vm-close-lines reader) (__vm-rethrow e))))))
     (begin (__vm-close-lines reader) result))`;

const reading: Area = () => [
  one("file/read", "(file/read path): the text of a file.", (path, context) => readText("file/read", path, context), [
    '(begin (file/write "notes.txt" "one\\ntwo") (file/read "notes.txt"))',
    '"one\\ntwo"',
  ]),
  one(
    "file/read-bytes",
    "(file/read-bytes path): the bytes of a file.",
    (path, context) => new Bytevector(bytesOf("file/read-bytes", path, context)),
    ['(begin (file/write "notes.txt" "ab") (file/read-bytes "notes.txt"))', "#u8(97 98)"],
  ),
  one("file/read-lines", "(file/read-lines path): the lines of a file, without their ends.", (path, context) => {
    const lines = readText("file/read-lines", path, context).split("\n");
    const last = lines.length - 1;
    if (lines[last] === "") lines.pop();
    return listOf(lines.map((line, index) => index < last && line.endsWith("\r") ? line.slice(0, -1) : line));
  }, ['(begin (file/write "notes.txt" "one\\ntwo") (file/read-lines "notes.txt"))', '("one" "two")']),
  question("file/exists?", "Whether there is anything at a path.", true, (kind) => kind !== null, [
    '(file/exists? "missing.txt")',
    "#f",
  ]),
  question("file/is-file?", "Whether a path names a regular file.", true, (kind) => kind === "file", [
    '(begin (file/write "notes.txt" "a") (file/is-file? "notes.txt"))',
    "#t",
  ]),
  question("file/is-directory?", "Whether a path names a directory.", true, (kind) => kind === "directory", [
    '(begin (file/mkdir "sub") (file/is-directory? "sub"))',
    "#t",
  ]),
  question("file/is-symlink?", "Whether a path names a symbolic link.", false, (kind) => kind === "symlink", [
    '(begin (file/write "notes.txt" "a") (file/is-symlink? "notes.txt"))',
    "#f",
  ]),
  one("file/list", "(file/list directory): the names in a directory, sorted.", (path, context) => {
    const directory = text(path);
    return listOf(context.files.read("file/list", directory, (files) => files.list(directory)).toSorted());
  }, [
    '(begin (file/mkdir "sub") (file/write "sub/b.txt" "") (file/write "sub/a.txt" "") (file/list "sub"))',
    '("a.txt" "b.txt")',
  ]),
  one("file/info", "(file/info path): a map of :size, :is-dir, :is-file and :modified.", (path, context) => {
    const file = text(path);
    return context.files.read("file/info", file, (files) => {
      const info = files.info(file, true);
      if (info === null) throw Object.assign(new Error("not found"), { code: "ENOENT" });
      return informationMap(info);
    });
  }, ['(begin (file/write "notes.txt" "abc") (get (file/info "notes.txt") :size))', "3"]),
  one(
    "file/glob",
    "(file/glob pattern): the paths that match, sorted; ** is any number of directories.",
    (pattern, context) => {
      const wanted = text(pattern);
      const found = context.files.search("file/glob", wanted, (files) => matchingPaths(wanted, files));
      if (found === null) throw evalError(`file/glob: invalid pattern: ${wanted}`);
      for (const path of found) context.files.check("file/glob", path);
      return found.length === 0 ? EMPTY : listFrom(found);
    },
    ['(begin (file/write "a.txt" "") (file/write "b.md" "") (file/glob "*.txt"))', '("a.txt")'],
  ),
  two(
    "__vm-open-lines",
    "Opens a file to be read line by line by the function of that name.",
    (path, name, context) => {
      const file = text(path);
      return new LineReader(text(name), file, context.files.read(text(name), file, (files) => files.open(file)));
    },
  ),
  sema(
    "file/for-each-line",
    2,
    2,
    "(file/for-each-line path f): calls f with each line; nil.",
    `(fn (path f) (let ((init nil)) ${WITH_LINES("file/for-each-line", "#f", "(begin (f line) nil)")}))`,
    ['(begin (file/write "notes.txt" "one\\ntwo") (file/for-each-line "notes.txt" println))', "nil"],
  ),
  sema(
    "file/fold-lines",
    3,
    3,
    "(file/fold-lines path f init): the last of init and what f makes of it and each line.",
    `(fn (path f init) ${WITH_LINES("file/fold-lines", "#f", "(f state line)")})`,
    ['(begin (file/write "notes.txt" "one\\ntwo") (file/fold-lines "notes.txt" (fn (n line) (+ n 1)) 0))', "2"],
  ),
  sema(
    "file/fold-lines-bytes",
    3,
    3,
    "(file/fold-lines-bytes path f init): file/fold-lines with lines as bytevectors.",
    `(fn (path f init) ${WITH_LINES("file/fold-lines-bytes", "#t", "(f state line)")})`,
    [
      '(begin (file/write "notes.txt" "one\\ntwo") (file/fold-lines-bytes "notes.txt" (fn (n line) (+ n (bytes/length line))) 0))',
      "6",
    ],
  ),
];

const writing: Area = () => [
  two(
    "file/write",
    "(file/write path text): makes or replaces a file.",
    (path, content, context) => writeText("file/write", text(path), text(content), "replace", context),
    ['(begin (file/write "notes.txt" "one") (file/read "notes.txt"))', '"one"'],
  ),
  two(
    "file/append",
    "(file/append path text): writes at the end of a file, which is made if it is missing.",
    (path, content, context) => writeText("file/append", text(path), text(content), "append", context),
    ['(begin (file/write "notes.txt" "one") (file/append "notes.txt" " more") (file/read "notes.txt"))', '"one more"'],
  ),
  two("file/write-bytes", "(file/write-bytes path bytes): makes or replaces a file.", (path, bytes, context) => {
    const file = text(path);
    if (!(bytes instanceof Bytevector)) throw wrongType("bytevector", bytes);
    context.files.write("file/write-bytes", file, (files) => files.write(file, bytes.bytes, "replace"));
    return null;
  }, ['(begin (file/write-bytes "notes.txt" #u8(97 98)) (file/read "notes.txt"))', '"ab"']),
  two(
    "file/write-lines",
    "(file/write-lines path lines): writes a list or vector, an element a line.",
    (path, lines, context) => {
      const file = text(path);
      const content = lineItems(lines).map((line) => display(line)).join("\n");
      return writeText("file/write-lines", file, content, "replace", context);
    },
    ['(begin (file/write-lines "notes.txt" \'("one" "two")) (file/read-lines "notes.txt"))', '("one" "two")'],
  ),
  one("file/delete", "(file/delete path): removes a file.", (path, context) => {
    const file = text(path);
    context.files.write("file/delete", file, (files) => files.remove(file));
    return null;
  }, ['(begin (file/write "notes.txt" "a") (file/delete "notes.txt") (file/exists? "notes.txt"))', "#f"]),
  one("file/mkdir", "(file/mkdir path): makes a directory and those above it.", (path, context) => {
    const directory = text(path);
    context.files.write("file/mkdir", directory, (files) => files.makeDirectory(directory));
    return null;
  }, ['(begin (file/mkdir "a/b") (file/is-directory? "a/b"))', "#t"]),
  two("file/rename", "(file/rename from to): moves a file or directory.", (from, to, context) => {
    const [source, target] = [text(from), text(to)];
    context.files.move("file/rename", source, target, (files) => files.rename(source, target));
    return null;
  }, ['(begin (file/write "a.txt" "one") (file/rename "a.txt" "b.txt") (file/read "b.txt"))', '"one"']),
  two("file/copy", "(file/copy from to): copies a file.", (from, to, context) => {
    const [source, target] = [text(from), text(to)];
    context.files.move("file/copy", source, target, (files) => files.copy(source, target));
    return null;
  }, ['(begin (file/write "a.txt" "one") (file/copy "a.txt" "b.txt") (file/read "b.txt"))', '"one"']),
];

/** Files. */
export const files: Area = () => [
  two(
    "__vm-next-line",
    "The next line of an open file, as bytes (#t) or text; nil at the end.",
    (value, bytes, context) => {
      const reader = lineReader(value);
      const line = context.files.read(reader.name, reader.path, () => reader.lines.line());
      if (line === null) return null;
      return bytes === true ? new Bytevector(line.slice()) : decodeUtf8(line, reader.name);
    },
  ),
  one("__vm-close-lines", "Closes a file that was read line by line.", (reader) => {
    lineReader(reader).close();
    return null;
  }),
  ...requires("fs-read", reading()),
  ...requires("fs-write", writing()),
];
