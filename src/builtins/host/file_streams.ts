/**
 * Files and the standard streams as byte streams (language reference: 05-host §7). Reading a file is buffered; writing is
 * not, so that a stream which is never closed has lost nothing. The standard output and error are those that `println`
 * and the like write to, the standard input is the one that `read-line` reads.
 */
import type { Value } from "../../data/mod.ts";
import { text } from "../check.ts";
import { type ByteSource, Stream, upTo } from "../collections/stream.ts";
import { type Area, type BuiltinContext, one, requires } from "../declare.ts";
import { BufferedInput } from "./buffered_input.ts";
import { systemFailure } from "./file_access.ts";
import type { Capability, FileReader, FileWriter } from "./host_access.ts";

/** Does something with an open file; failures of the system are those of `name`. */
function attempt<T>(name: string, path: string, capability: Capability, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw systemFailure(error, name, path, capability);
  }
}

function closed(path: string, capability: Capability, file: FileReader | FileWriter): void {
  attempt("stream/close", path, capability, () => file.close());
}

/** A file being read: unlike what arrives from elsewhere, all of it is there to be had at once. */
class FileBytes implements ByteSource {
  readonly #input: BufferedInput;

  constructor(path: string, file: FileReader) {
    this.#input = new BufferedInput((into) => attempt("stream/read", path, "fs-read", () => file.read(into)));
  }

  get available(): boolean {
    return this.#input.more();
  }

  take(count: number): Uint8Array {
    return upTo(count, this.#input);
  }

  takeByte(): number | null {
    return this.#input.takeByte();
  }

  takeLine(): Uint8Array | null {
    return this.#input.takeLine();
  }
}

function openInput(path: Value, { files }: BuiltinContext): Value {
  const name = text(path);
  const file = files.read("stream/open-input", name, (system) => system.open(name));
  return new Stream("file-input", new FileBytes(name, file), null, () => closed(name, "fs-read", file));
}

function openOutput(path: Value, { files }: BuiltinContext): Value {
  const name = text(path);
  const file = files.write("stream/open-output", name, (system) => system.create(name));
  const put = (bytes: Uint8Array) => attempt("stream/write", name, "fs-write", () => file.write(bytes));
  // What was put has been given to the system.
  return new Stream("file-output", null, { put, flush: () => {} }, () => closed(name, "fs-write", file));
}

/** Opening files as streams. */
export const fileStreams: Area = () => [
  ...requires("fs-read", [
    one("stream/open-input", "(stream/open-input path): a stream that reads a file.", openInput, [
      '(begin (file/write "a" "one\\ntwo") (with-open (s (stream/open-input "a")) (stream/read-line s)))',
      '"one"',
    ]),
  ]),
  ...requires("fs-write", [
    one("stream/open-output", "(stream/open-output path): a stream that writes a file, which is emptied.", openOutput, [
      '(begin (with-open (s (stream/open-output "a")) (stream/write-string s "one")) (file/read "a"))',
      '"one"',
    ]),
  ]),
];

/** The standard input as a stream. */
export function standardInput(context: BuiltinContext): Stream {
  return new Stream("stdin", context.input, null);
}

/** The standard output or error as a stream. */
export function standardOutput(stream: "stdout" | "stderr", context: BuiltinContext): Stream {
  const put = (bytes: Uint8Array) => context.writeBytes(stream, bytes);
  return new Stream(stream, null, { put, flush: () => context.flush() });
}
