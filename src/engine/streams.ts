/**
 * Where the output of a runtime goes: to what it was given, or to the host's standard streams. Text and bytes arrive in
 * the order in which they were written. The command line has buffered streams of its own.
 */

/** A place for text. */
type Write = (text: string) => void;

/** One of the two outputs of a program. */
export interface Sink {
  /** Adds text. */
  text(text: string): void;
  /** Adds bytes, which need not be text. */
  bytes(bytes: Uint8Array): void;
}

/** The sink for standard output (1) or standard error (2) that was given for `text`, for `bytes`, for both or not at all. */
export function sink(descriptor: 1 | 2, text?: Write, bytes?: (bytes: Uint8Array) => void): Sink {
  if (bytes !== undefined) {
    const encoder = new TextEncoder();
    return { text: text ?? ((piece) => bytes(encoder.encode(piece))), bytes };
  }
  if (text !== undefined) return new Decoded(text);
  // Looked up at the first write: the first use of `process` costs Deno 30 ms.
  let found: Sink | null = null;
  const host = () => found ??= hostSink(descriptor);
  return { text: (piece) => host().text(piece), bytes: (piece) => host().bytes(piece) };
}

/** The host's own stream; the console where there is no such stream. */
function hostSink(descriptor: 1 | 2): Sink {
  const { process } = globalThis as { process?: { stdout?: HostStream; stderr?: HostStream } };
  const stream = descriptor === 1 ? process?.stdout : process?.stderr;
  if (stream?.write !== undefined) {
    return { text: (piece) => void stream.write(piece), bytes: (piece) => void stream.write(piece) };
  }
  return new Decoded(lines(descriptor === 1 ? (line) => console.log(line) : (line) => console.error(line)));
}

interface HostStream {
  write(piece: string | Uint8Array): unknown;
}

/** A sink that takes bytes for UTF-8. A character may arrive in pieces; what is none becomes U+FFFD. */
class Decoded implements Sink {
  readonly #write: Write;
  readonly #decoder: TextDecoder = new TextDecoder();
  /** The decoder may hold the beginning of a character. */
  #inside = false;

  constructor(write: Write) {
    this.#write = write;
  }

  text(text: string): void {
    if (this.#inside) {
      this.#inside = false;
      this.#pass(this.#decoder.decode());
    }
    this.#write(text);
  }

  bytes(bytes: Uint8Array): void {
    this.#inside = true;
    this.#pass(this.#decoder.decode(bytes, { stream: true }));
  }

  #pass(text: string): void {
    if (text !== "") this.#write(text);
  }
}

/** A console writes whole lines only: the last, unfinished one waits. */
function lines(write: Write): Write {
  let rest = "";
  return (text) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) write(part);
  };
}
