/** Servers for tests, on a free port of this machine. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSocketServer, type Socket } from "node:net";
import { joinBytes } from "../../src/data/bytes.ts";

/** What a request was, as the server has seen it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** A server that has begun to listen. */
export interface TestServer {
  readonly url: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

/** The body of a request; null when the client goes away before its end. */
function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const pieces: Uint8Array[] = [];
    request.on("data", (piece: Uint8Array) => pieces.push(piece));
    request.on("end", () => resolve(joinBytes(pieces)));
    request.on("error", () => resolve(null));
  });
}

/** Starts a server that answers by `answer`. */
export async function serve(answer: (seen: Seen, response: ServerResponse) => void): Promise<TestServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const body = await bodyOf(request);
    if (body === null) return;
    const one = { method, path: url, headers, body };
    seen.push(one);
    answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const [TEXT, BINARY, CLOSE] = [1, 2, 8];

/** A short frame of the WebSocket protocol. */
function frame(kind: number, content: Uint8Array): Uint8Array {
  return Uint8Array.from([0x80 | kind, content.length, ...content]);
}

/** Answers the frames of a client, which are short and masked; how many bytes they are. */
function answerFrames(bytes: Uint8Array, socket: Socket): number {
  let at = 0;
  while (at + 6 <= bytes.length) {
    const [kind, size] = [(bytes[at] ?? 0) & 15, (bytes[at + 1] ?? 0) & 127];
    const start = at + 6;
    if (start + size > bytes.length) break;
    const mask = bytes.subarray(at + 2, start);
    const content = bytes.slice(start, start + size).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
    const text = new TextDecoder().decode(content);
    if (kind === CLOSE) socket.end(frame(CLOSE, content));
    else if (kind === TEXT && text === "break") socket.destroy();
    else if (kind === TEXT && text === "bye") {
      socket.end(frame(CLOSE, Uint8Array.from([4001 >> 8, 4001 & 255, ...new TextEncoder().encode("done")])));
    } else if (kind === TEXT || kind === BINARY) socket.write(frame(kind, content));
    at = start + size;
  }
  return at;
}

/** Starts a server of WebSockets that sends back what it gets, and `heads` of requests to it. */
export async function serveSockets(heads: string[]): Promise<{ readonly url: string; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let open = false;
    let bytes = new Uint8Array(0);
    socket.on("data", (piece: Uint8Array) => {
      bytes = Uint8Array.from([...bytes, ...piece]);
      if (!open) {
        const head = new TextDecoder().decode(bytes);
        if (!head.includes("\r\n\r\n")) return;
        heads.push(head);
        bytes = new Uint8Array(0);
        const [, key = ""] = /sec-websocket-key: (.*)\r/i.exec(head) ?? [];
        // A server that is slow to answer never does.
        if (head.startsWith("GET /slow")) return;
        const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
        const [, protocol] = /sec-websocket-protocol: (\w+)/i.exec(head) ?? [];
        const chosen = protocol === undefined ? "" : `Sec-WebSocket-Protocol: ${protocol}\r\n`;
        open = true;
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${chosen}\r\n`,
        );
        return;
      }
      bytes = bytes.slice(answerFrames(bytes, socket));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `ws://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
