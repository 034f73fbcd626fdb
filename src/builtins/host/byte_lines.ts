/** Bytes that arrive piece by piece, taken line by line. */

const NEWLINE = 10;
const RETURN = 13;
/** Bytes asked for at a time. */
const CHUNK = 65_536;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] ?? new Uint8Array(0);
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The lines of a source of bytes. */
export class ByteLines {
  readonly #read: (into: Uint8Array) => number;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  #ended = false;

  /** `read` fills some of what it is given and tells how much; 0 at the end. */
  constructor(read: (into: Uint8Array) => number) {
    this.#read = read;
  }

  /** Whether something was looked for beyond the end. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The next line without its end, `\n` or `\r\n`; null after the last. */
  line(): Uint8Array | null {
    const parts: Uint8Array[] = [];
    do {
      const newline = this.#chunk.indexOf(NEWLINE, this.#at);
      if (newline >= 0) {
        parts.push(this.#chunk.subarray(this.#at, newline));
        this.#at = newline + 1;
        const line = joined(parts);
        return line.at(-1) === RETURN ? line.subarray(0, -1) : line;
      }
      parts.push(this.#chunk.subarray(this.#at));
    } while (this.#fill());
    const last = joined(parts);
    return last.length === 0 ? null : last;
  }

  /** Everything left. */
  all(): Uint8Array {
    const parts: Uint8Array[] = [];
    do parts.push(this.#chunk.subarray(this.#at)); while (this.#fill());
    return joined(parts);
  }

  /** Replaces the chunk by the next one; false at the end. */
  #fill(): boolean {
    this.#at = 0;
    this.#chunk = new Uint8Array(this.#ended ? 0 : CHUNK);
    if (this.#ended) return false;
    const count = this.#read(this.#chunk);
    this.#chunk = this.#chunk.subarray(0, count);
    this.#ended = count === 0;
    return count > 0;
  }
}
