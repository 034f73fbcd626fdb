/**
 * A byte stream: a place to read bytes from, a place to write them to, or both. What those places are is known to who
 * makes the stream: memory (here), files and the standard streams (`../host`).
 */
import { evalError, joinBytes, Opaque, type OpaqueKind } from "../../data/mod.ts";

const LINE_FEED = 10;

/** What `stream/type` answers. */
export type StreamType =
  | "byte-buffer"
  | "string"
  | "file-input"
  | "file-output"
  | "stdin"
  | "stdout"
  | "stderr"
  | "websocket";

/** Where bytes come from. */
export interface ByteSource {
  /** Whether bytes are left that can be had without waiting. */
  readonly available: boolean;
  /** The next bytes, at most `count`; none only at the end, or when `count` is 0. */
  take(count: number): Uint8Array;
  /** The next byte, or null at the end. */
  takeByte(): number | null;
  /** The bytes up to the next line feed, which is passed over; null at the end. */
  takeLine(): Uint8Array | null;
}

/** Where bytes go to. */
export interface ByteSink {
  /** Adds bytes, all of them. */
  put(bytes: Uint8Array): void;
  /** Sees to it that what was added has arrived. */
  flush(): void;
}

/** The pieces as one; a single piece is itself. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first : joinBytes(parts);
}

/** The next bytes of a source, as many as asked for unless they end. */
export function upTo(count: number, source: ByteSource): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let left = count; left > 0;) {
    const part = source.take(left);
    if (part.length === 0) break;
    parts.push(part);
    left -= part.length;
  }
  return joined(parts);
}

/** A byte stream, as programs see it. */
export class Stream extends Opaque {
  override readonly typeName = "stream";
  readonly streamType: StreamType;
  /** Null: it cannot be read. */
  readonly source: ByteSource | null;
  /** Null: it cannot be written. */
  readonly sink: ByteSink | null;
  readonly #release: (() => void) | null;
  #closed = false;

  /** `release` is called once, when the stream is closed. */
  constructor(
    streamType: StreamType,
    source: ByteSource | null,
    sink: ByteSink | null,
    release: (() => void) | null = null,
  ) {
    super();
    this.streamType = streamType;
    this.source = source;
    this.sink = sink;
    this.#release = release;
  }

  override printed(): string {
    return `<stream:${this.streamType}>`;
  }

  override kind(): OpaqueKind {
    return "stream";
  }

  /** Whether it was closed. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Closes it; nothing when it is closed. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#release?.();
  }

  /** Its source; raises when it is closed or has none. */
  reading(): ByteSource {
    this.checkOpen("read");
    if (this.source !== null) return this.source;
    throw evalError(`stream/read: ${this.#called()} is write-only${this.#kind()}`);
  }

  /** Its sink; raises when it is closed or has none. */
  writing(): ByteSink {
    this.checkOpen("write");
    if (this.sink !== null) return this.sink;
    throw evalError(`stream/write: ${this.#called()} is read-only${this.#kind()}`);
  }

  /** Raises when it is closed. */
  checkOpen(operation: "read" | "write" | "flush"): void {
    if (this.#closed) throw evalError(`stream/${operation}: stream is closed`);
  }

  /** The standard streams are called by the names of their globals. */
  #called(): string {
    return this.streamType.startsWith("std") ? `*${this.streamType}*` : "stream";
  }

  #kind(): string {
    return this.streamType.startsWith("std") ? "" : ` (${this.streamType} stream)`;
  }
}

/** Bytes in memory: keeps everything ever put into it, and a position that only reading moves. */
export class MemoryBytes implements ByteSource, ByteSink {
  /** The contents are the first `#size` bytes; what is behind them is room to grow into. */
  #bytes: Uint8Array;
  #size: number;
  #position = 0;

  /** `bytes` becomes its own. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#size = bytes.length;
  }

  get available(): boolean {
    return this.#position < this.#size;
  }

  take(count: number): Uint8Array {
    const end = Math.min(this.#position + count, this.#size);
    const taken = this.#bytes.slice(this.#position, end);
    this.#position = end;
    return taken;
  }

  takeByte(): number | null {
    return this.available ? this.#bytes[this.#position++] as number : null;
  }

  takeLine(): Uint8Array | null {
    if (!this.available) return null;
    const found = this.#bytes.subarray(0, this.#size).indexOf(LINE_FEED, this.#position);
    const line = this.take((found < 0 ? this.#size : found) - this.#position);
    if (found >= 0) this.#position++;
    return line;
  }

  put(bytes: Uint8Array): void {
    const size = this.#size + bytes.length;
    if (size > this.#bytes.length) {
      // Doubling keeps the cost of a byte constant, however small the pieces are.
      const grown = new Uint8Array(Math.max(size, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#size);
    this.#size = size;
  }

  flush(): void {
    // What was put into memory has arrived.
  }

  /** A copy of everything that was ever in it. */
  contents(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}
