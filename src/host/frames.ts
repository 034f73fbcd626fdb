/** The frames of WebSockets as servers read and write them (RFC 6455 §5). */
import { joinBytes } from "../data/bytes.ts";

/** The kinds of frames that are used. */
export const FRAME = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Why a connection is closed (RFC 6455 §7.4.1). */
export const CLOSE_CODE = { normal: 1000, protocol: 1002, notText: 1007, tooLong: 1009, failure: 1011 } as const;

/** A message may come in so many pieces, which may be empty. */
const MOST_PIECES = 2 ** 16;

/** What a client has sent, complete. */
export type Message =
  | { readonly kind: "message"; readonly data: string | Uint8Array<ArrayBuffer> }
  | { readonly kind: "ping"; readonly content: Uint8Array<ArrayBuffer> }
  /** Nothing of what follows counts: the client closes, or has done what it must not. The code is the answer. */
  | { readonly kind: "end"; readonly code: number };

/** The frame of a server. */
export function frame(kind: number, content: Uint8Array): Uint8Array {
  const size = content.length;
  const head = size < 126 ? [size] : size < 65536 ? [126, size >> 8, size & 255] : [127, ...eightBytes(size)];
  const whole = new Uint8Array(1 + head.length + size);
  whole[0] = 0x80 | kind;
  whole.set(head, 1);
  whole.set(content, 1 + head.length);
  return whole;
}

function eightBytes(size: number): number[] {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, BigInt(size));
  return [...new Uint8Array(bytes.buffer)];
}

/** A frame that closes. */
export function closeFrame(code: number): Uint8Array {
  return frame(FRAME.close, Uint8Array.of(code >> 8, code & 255));
}

/** The start of a frame: what kind, whether it is the last of its message, and where its mask and content are. */
interface Head {
  readonly kind: number;
  readonly last: boolean;
  readonly mask: number;
  readonly size: number;
}

/** Makes messages of the bytes of a client, as they come. No message may have more bytes than `limit`. */
export class FrameReader {
  readonly #limit: number;
  /** What has come and is no whole frame yet. */
  #chunks: Uint8Array[] = [];
  #length = 0;
  /** So many bytes are needed to go on. */
  #needed = 2;
  /** The pieces of the message that is not complete. */
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #kind: number = FRAME.continuation;
  #size = 0;
  #ended = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes what has come, and gives the messages that are complete by that. */
  take(bytes: Uint8Array): Message[] {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    if (this.#ended || this.#length < this.#needed) return [];
    const joined = joinBytes(this.#chunks);
    const messages: Message[] = [];
    let at = 0;
    for (;;) {
      const head = readHead(joined, at);
      if (head === "short") {
        this.#needed = joined.length - at + 1;
        break;
      }
      const wrong = head === "wrong" ? CLOSE_CODE.protocol : this.#check(head);
      if (head === "wrong" || wrong !== null) {
        messages.push(this.#end(wrong ?? CLOSE_CODE.protocol));
        break;
      }
      const end = head.mask + 4 + head.size;
      if (joined.length < end) {
        this.#needed = end - at;
        break;
      }
      const message = this.#add(head, unmasked(joined, head));
      if (message !== null) messages.push(message);
      at = end;
      if (this.#ended) break;
    }
    this.#chunks = this.#ended ? [] : [joined.slice(at)];
    this.#length = this.#ended ? 0 : joined.length - at;
    return messages;
  }

  #end(code: number): Message {
    this.#ended = true;
    return { kind: "end", code };
  }

  /** The code for a frame that must not come here; null where it may. */
  #check({ kind, last, size }: Head): number | null {
    if (kind >= FRAME.close) return last && size < 126 && kind <= FRAME.pong ? null : CLOSE_CODE.protocol;
    if (kind > FRAME.binary || (kind === FRAME.continuation) !== this.#pieces.length > 0) return CLOSE_CODE.protocol;
    const tooLong = this.#size + size > this.#limit || this.#pieces.length >= MOST_PIECES;
    return tooLong ? CLOSE_CODE.tooLong : null;
  }

  #add({ kind, last }: Head, content: Uint8Array<ArrayBuffer>): Message | null {
    if (kind === FRAME.ping) return { kind: "ping", content };
    if (kind === FRAME.pong) return null;
    if (kind === FRAME.close) {
      const code = content.length >= 2 ? (content[0] ?? 0) * 256 + (content[1] ?? 0) : CLOSE_CODE.normal;
      return this.#end(isSendable(code) ? code : CLOSE_CODE.protocol);
    }
    if (kind !== FRAME.continuation) this.#kind = kind;
    this.#pieces.push(content);
    this.#size += content.length;
    if (!last) return null;
    const whole = joinBytes(this.#pieces);
    this.#pieces = [];
    this.#size = 0;
    if (this.#kind === FRAME.binary) return { kind: "message", data: whole };
    try {
      return { kind: "message", data: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(whole) };
    } catch {
      return this.#end(CLOSE_CODE.notText);
    }
  }
}

/** Whether a close frame may have that code. */
function isSendable(code: number): boolean {
  return (code >= 3000 && code <= 4999) || (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code));
}

/** The frame that begins at `at`: too short to tell, or none that a client may send. */
function readHead(bytes: Uint8Array<ArrayBuffer>, at: number): Head | "short" | "wrong" {
  const [first, second] = [bytes[at], bytes[at + 1]];
  if (first === undefined || second === undefined) return "short";
  // There are no extensions, and clients mask what they send.
  if ((first & 0x70) !== 0 || (second & 0x80) === 0) return "wrong";
  const short = second & 127;
  const mask = at + 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  if (bytes.length < mask + 4) return "short";
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const size = short === 126 ? view.getUint16(at + 2) : short === 127 ? Number(view.getBigUint64(at + 2)) : short;
  return { kind: first & 15, last: (first & 0x80) !== 0, mask, size };
}

function unmasked(bytes: Uint8Array, { mask, size }: Head): Uint8Array<ArrayBuffer> {
  const content = bytes.slice(mask + 4, mask + 4 + size);
  for (let i = 0; i < size; i++) content[i] = (content[i] ?? 0) ^ (bytes[mask + (i & 3)] ?? 0);
  return content;
}
