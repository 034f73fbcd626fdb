/** Servers by the `node:http` that Deno, Bun and Node have. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { HttpServer, ListenOptions, ServerRequest } from "../../mod.ts";
import { headersOf } from "./request_headers.ts";
import { upgradeRequest } from "./server_sockets.ts";
import { joinBytes } from "../data/bytes.ts";
import { thisProcess } from "./this_process.ts";

/** Answers of these statuses have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/** The body of a request; null where it is too long. */
function bodyOf(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    request.on("data", (piece: Uint8Array) => {
      size += piece.length;
      if (size > limit) resolve(null);
      else pieces.push(piece);
    });
    request.on("end", () => resolve(joinBytes(pieces)));
    // Who goes away in the middle is nobody to be answered.
    request.on("error", () => resolve(null));
  });
}

function serverRequest(request: IncomingMessage, response: ServerResponse, body: Uint8Array): ServerRequest {
  const head = (status: number, pairs: ServerRequest["headers"]) => {
    // Those of an answer that could not be sent.
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    // A name that is there twice is sent twice.
    for (const [name, value] of pairs) response.appendHeader(name, value);
    response.writeHead(status);
  };
  return {
    method: request.method ?? "GET",
    target: request.url ?? "/",
    headers: headersOf(request),
    body,
    upgrade: null,
    closed: new Promise((resolve) => response.on("close", resolve)),
    respond: (answer) => {
      const { status, body: content } = answer;
      const length: ServerRequest["headers"] = BODILESS.has(status) ? [] : [["content-length", String(content.length)]];
      head(status, [...answer.headers.filter(([name]) => name.toLowerCase() !== "content-length"), ...length]);
      response.end(content);
    },
    begin: (start) => {
      head(start.status, start.headers);
      response.flushHeaders();
      return {
        write: (bytes) =>
          new Promise((resolve, reject) => {
            if (response.closed || response.destroyed) return reject(new Error("closed"));
            response.write(bytes, (error) => error === null || error === undefined ? resolve() : reject(error));
          }),
        end: () => void response.end(),
      };
    },
  };
}

/** Begins to listen; the server is noted in `open` until it is closed. */
export function listen(
  open: Set<() => void>,
  { host, port, limit }: ListenOptions,
  received: (request: ServerRequest) => void,
): Promise<HttpServer> {
  const process = thisProcess();
  if (process === null) return Promise.reject(new Error("only Deno, Bun and Node can serve"));
  const { createServer } = process.getBuiltinModule("node:http");
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request, limit);
    if (body !== null) return received(serverRequest(request, response, body));
    response.writeHead(413, { "content-type": "text/plain", "connection": "close" });
    response.end("Payload Too Large");
  });
  /** The connections that are WebSockets, or are to be. */
  const upgraded: Set<Duplex> = new Set();
  server.on("upgrade", (request, socket, head) => {
    upgraded.add(socket);
    socket.on("close", () => upgraded.delete(socket));
    const made = upgradeRequest(process, request, socket, head, limit);
    if (made !== null) received(made);
  });
  const close = (): void => {
    open.delete(close);
    server.close();
    server.closeAllConnections();
    for (const socket of upgraded) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, host, () => {
      open.add(close);
      const address = server.address();
      resolve({ port: typeof address === "object" ? address?.port ?? port : port, close });
    });
  });
}
