/** Bytes that arrive piece by piece, taken by number or line by line. */
import { type ByteSource, joined } from "../collections/stream.ts";

const NEWLINE = 10;
const RETURN = 13;
/** Bytes asked for at a time. */
const CHUNK = 65_536;

/** A source of bytes that are asked for in large pieces and handed out in small ones. */
export class BufferedInput implements ByteSource {
  readonly #read: (into: Uint8Array) => number;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  #ended = false;
  /** The line taken last had an end. */
  #whole = false;

  /** `read` fills some of what it is given and tells how much; 0 at the end. */
  constructor(read: (into: Uint8Array) => number) {
    this.#read = read;
  }

  /** Whether something was looked for beyond the end. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Whether there are bytes that have arrived. */
  get available(): boolean {
    return this.#at < this.#chunk.length;
  }

  /** What has arrived and was not taken; not to be changed. */
  get arrived(): Uint8Array {
    return this.#chunk.subarray(this.#at);
  }

  /** Takes so many of the bytes that have arrived. */
  skip(count: number): void {
    this.#at += count;
  }

  /** Adds bytes that have come without being asked for here; none: there are no more. */
  add(bytes: Uint8Array): void {
    if (bytes.length === 0) this.#ended = true;
    this.#chunk = joined([this.arrived, bytes]);
    this.#at = 0;
  }

  /** Whether there are more bytes; waits for some where that is not known. */
  more(): boolean {
    return this.available || this.#fill();
  }

  /** Waits for bytes when none are there, not for as many as asked for. */
  take(count: number): Uint8Array {
    if (count === 0 || !this.more()) return new Uint8Array(0);
    const end = Math.min(this.#at + count, this.#chunk.length);
    const taken = this.#chunk.slice(this.#at, end);
    this.#at = end;
    return taken;
  }

  takeByte(): number | null {
    return this.more() ? this.#chunk[this.#at++] as number : null;
  }

  takeLine(): Uint8Array | null {
    const parts: Uint8Array[] = [];
    do {
      const newline = this.#chunk.indexOf(NEWLINE, this.#at);
      if (newline >= 0) {
        parts.push(this.#chunk.subarray(this.#at, newline));
        this.#at = newline + 1;
        this.#whole = true;
        return joined(parts);
      }
      parts.push(this.#chunk.subarray(this.#at));
    } while (this.#fill());
    this.#whole = false;
    const last = joined(parts);
    return last.length === 0 ? null : last;
  }

  /** The next line without its end, `\n` or `\r\n`; null after the last. */
  line(): Uint8Array | null {
    const line = this.takeLine();
    return line !== null && this.#whole && line.at(-1) === RETURN ? line.subarray(0, -1) : line;
  }

  /** Everything left. */
  all(): Uint8Array {
    const parts: Uint8Array[] = [];
    do parts.push(this.#chunk.subarray(this.#at)); while (this.#fill());
    return joined(parts);
  }

  /** Replaces the chunk, which was used up, by the next one; false at the end. */
  #fill(): boolean {
    // Where reading fails there is no chunk, as at the end.
    this.#chunk = new Uint8Array(0);
    this.#at = 0;
    if (this.#ended) return false;
    const next = new Uint8Array(CHUNK);
    const count = this.#read(next);
    this.#chunk = next.subarray(0, count);
    this.#ended = count === 0;
    return count > 0;
  }
}
