/**
 * WebSockets of servers, on the connections that `node:http` hands over when a request asks for another protocol. The frames
 * are written here (`frames.ts`), since the hosts' own servers have nothing in common.
 */
import type { IncomingMessage } from "node:http";
import type nodeProcess from "node:process";
import type { Duplex } from "node:stream";
import type { HttpResponse, ServerRequest, ServerSocket } from "../../mod.ts";
import { CLOSE_CODE, closeFrame, FRAME, frame, FrameReader, type Message } from "./frames.ts";
import { headersOf } from "./request_headers.ts";

/** What the key of a client is joined with for the answer (RFC 6455 §4.2.2). */
const KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/** So many messages are kept that nobody has asked for, before the client has to wait. */
const MOST_WAITING = 64;
/** Milliseconds that a client has to answer when it is told that the connection ends. */
const PATIENCE = 2000;

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A connection that speaks in messages. */
class Connection implements ServerSocket {
  readonly #socket: Duplex;
  readonly #reader: FrameReader;
  readonly #done: () => void;
  readonly #messages: (string | Uint8Array)[] = [];
  #takers: ((message: string | Uint8Array | null) => void)[] = [];
  /** Nothing comes any more. */
  #ended = false;
  /** A frame that closes has been sent. */
  #closing = false;

  constructor(socket: Duplex, head: Uint8Array, limit: number, done: () => void) {
    this.#socket = socket;
    this.#reader = new FrameReader(limit);
    this.#done = done;
    socket.on("data", (bytes: Uint8Array) => this.#take(bytes));
    socket.on("close", () => this.#end());
    // Some hosts leave a connection half open whose client has ended it.
    socket.on("end", () => {
      this.#end();
      socket.end();
    });
    if (head.length > 0) this.#take(head);
  }

  send(data: string | Uint8Array): Promise<void> {
    if (this.#ended || this.#closing) return Promise.reject(new Error("closed"));
    const text = typeof data === "string";
    return this.#write(frame(text ? FRAME.text : FRAME.binary, text ? new TextEncoder().encode(data) : data));
  }

  receive(signal: AbortSignal): Promise<string | Uint8Array | null> {
    const message = this.#messages.shift();
    if (this.#messages.length < MOST_WAITING && this.#socket.isPaused()) this.#socket.resume();
    if (message !== undefined || this.#ended) return Promise.resolve(message ?? null);
    return new Promise((resolve) => {
      this.#takers.push(resolve);
      signal.addEventListener("abort", () => this.#takers = this.#takers.filter((each) => each !== resolve));
    });
  }

  close(why: "done" | "failed"): void {
    this.#finish(why === "done" ? CLOSE_CODE.normal : CLOSE_CODE.failure);
    this.#end();
    this.#done();
  }

  #take(bytes: Uint8Array): void {
    for (const message of this.#reader.take(bytes)) this.#accept(message);
    if (this.#messages.length >= MOST_WAITING && !this.#closing) this.#socket.pause();
  }

  #accept(message: Message): void {
    switch (message.kind) {
      case "message": {
        if (this.#ended) return;
        const taker = this.#takers.shift();
        if (taker === undefined) this.#messages.push(message.data);
        else taker(message.data);
        return;
      }
      case "ping":
        if (!this.#closing) void this.#write(frame(FRAME.pong, message.content)).catch(() => {});
        return;
      case "end":
        this.#finish(message.code);
        this.#socket.end();
        return this.#end();
    }
    message satisfies never;
  }

  /** Says that the connection ends, if that has not been said. */
  #finish(code: number): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#socket.resume();
    if (this.#socket.writable) this.#socket.write(closeFrame(code));
    const timer = setTimeout(() => this.#socket.destroy(), PATIENCE);
    this.#socket.on("close", () => clearTimeout(timer));
  }

  #end(): void {
    this.#ended = true;
    for (const taker of this.#takers.splice(0)) taker(null);
  }

  #write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#socket.writable) return reject(new Error("closed"));
      this.#socket.write(bytes, (error) => error === null || error === undefined ? resolve() : reject(error));
    });
  }
}

/** The start of an answer. Throws where a header cannot be sent. */
function headText(status: number, headers: HttpResponse["headers"]): string {
  for (const [name, value] of headers) {
    if (!HEADER_NAME.test(name)) throw new TypeError(`Header name must be a valid HTTP token ["${name}"]`);
    if (!HEADER_VALUE.test(value)) throw new TypeError(`Invalid character in header content ["${name}"]`);
  }
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${status === 101 ? "Switching Protocols" : ""}\r\n${lines}\r\n`;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * A request that asks for another protocol, which may be answered in this one: then the connection ends with the answer.
 * Null for one that is answered here, because it has a body, for which there is no reader on such a connection.
 */
export function upgradeRequest(
  process: typeof nodeProcess,
  request: IncomingMessage,
  socket: Duplex,
  head: Uint8Array,
  limit: number,
): ServerRequest | null {
  socket.on("error", () => socket.destroy());
  const { method = "GET", url = "/", headers } = request;
  const key = headers["sec-websocket-key"];
  const isSocket = method === "GET" && headers.upgrade?.toLowerCase() === "websocket" &&
    headers["sec-websocket-version"] === "13" && typeof key === "string";
  if (!isSocket && (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0)) {
    socket.end(headText(501, [["connection", "close"], ["content-length", "0"]]));
    return null;
  }
  let done = (): void => {};
  let upgraded = false;
  const closed = new Promise<void>((resolve) => {
    done = resolve;
    socket.on("close", () => upgraded || resolve());
  });
  const end: readonly [string, string] = ["connection", "close"];
  const own = ([name]: readonly [string, string]) => !["connection", "content-length"].includes(name.toLowerCase());
  return {
    method,
    target: url,
    headers: headersOf(request),
    body: new Uint8Array(0),
    closed,
    respond: ({ status, headers, body }) => {
      const length: [string, string] = ["content-length", String(body.length)];
      socket.write(bytesOf(headText(status, [...headers.filter(own), length, end])));
      socket.end(body);
    },
    begin: ({ status, headers }) => {
      socket.write(bytesOf(headText(status, [...headers.filter(own), end])));
      return {
        write: (bytes) =>
          new Promise((resolve, reject) => {
            if (!socket.writable) return reject(new Error("closed"));
            socket.write(bytes, (error) => error === null || error === undefined ? resolve() : reject(error));
          }),
        end: () => void socket.end(),
      };
    },
    upgrade: !isSocket ? null : () => {
      upgraded = true;
      const { createHash } = process.getBuiltinModule("node:crypto");
      const accept = createHash("sha1").update(key + KEY_SUFFIX).digest("base64");
      const answer: HttpResponse["headers"] = [
        ["upgrade", "websocket"],
        ["connection", "Upgrade"],
        ["sec-websocket-accept", accept],
      ];
      socket.write(headText(101, answer));
      return new Connection(socket, head, limit, done);
    },
  };
}
