/**
 * Servers (language reference: 05-host §11). Each request is answered by a task of its own, so that a handler may wait;
 * who goes away cancels that task. The server ends with the task that serves.
 */
import {
  Bytevector,
  Condition,
  evalError,
  keyword,
  listFrom,
  Opaque,
  Procedure,
  SortedMap,
  type Value,
} from "../../data/mod.ts";
import { isCallable, listOf, text, wrongType } from "../check.ts";
import { type Area, type BuiltinContext, one, requires, sema, two } from "../declare.ts";
import { decodeJson } from "../formats/json.ts";
import { encodeUtf8 } from "../text/utf8.ts";
import { refusal } from "./file_access.ts";
import { given } from "./host_access.ts";
import type { HttpServer, NetworkAccess, ResponseStream, ServerRequest, ServerSocket } from "./network_access.ts";
import { option } from "./option_maps.ts";
import { answer, responseFrom, streamer, upgrader } from "./responses.ts";

/** The most bytes of a request's body. */
const LIMIT = 2 ** 24;
/** Ports that are tried where the first is taken and another will do. */
const MOST_PORTS = 100;

/** Headers of answers that are plain text. */
const TEXT = { "content-type": "text/plain" };

/** A server and the requests that nobody has taken yet. */
class Serving extends Opaque {
  override readonly typeName = "server";
  readonly server: HttpServer;
  readonly host: string;
  readonly #waiting: ServerRequest[];
  readonly #closed: () => void;
  #taker: ((request: Received) => void) | null = null;

  constructor(server: HttpServer, host: string, waiting: ServerRequest[], closed: () => void) {
    super();
    this.server = server;
    this.host = host;
    this.#waiting = waiting;
    this.#closed = closed;
  }

  close(): void {
    this.server.close();
    this.#closed();
  }

  override printed(): string {
    return "<server>";
  }

  /** A request has come. */
  add(request: ServerRequest): void {
    const taker = this.#taker;
    this.#taker = null;
    if (taker === null) this.#waiting.push(request);
    else taker(new Received(request));
  }

  /** The next request; null while there is none. */
  take(): Received | null {
    const request = this.#waiting.shift();
    return request === undefined ? null : new Received(request);
  }

  /** The next request, when there is one. */
  next(): Promise<Received> {
    return new Promise((resolve) => this.#taker = resolve);
  }
}

/** A request, for the task that answers it. */
class Received extends Opaque {
  override readonly typeName = "request";
  readonly request: ServerRequest;
  stream: ResponseStream | null = null;
  socket: ServerSocket | null = null;

  constructor(request: ServerRequest) {
    super();
    this.request = request;
  }

  override printed(): string {
    return "<request>";
  }
}

function received(value: Value): Received {
  if (value instanceof Received) return value;
  throw new TypeError("not a request");
}

function serving(value: Value): Serving {
  if (value instanceof Serving) return value;
  throw new TypeError("not a server");
}

/** Listens at the first port of some that is free. */
async function listen(
  network: NetworkAccess,
  host: string,
  first: number,
  tries: number,
  received: (request: ServerRequest) => void,
): Promise<HttpServer> {
  for (let port = first;; port++) {
    try {
      return await network.listen({ host, port, limit: LIMIT }, received);
    } catch (error) {
      const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (taken && port + 1 < first + tries && port < 65535) continue;
      const reason = taken ? "Address already in use" : error instanceof Error ? error.message : String(error);
      throw refusal(error, "http/serve", "network") ?? new Condition("io", `bind ${host}:${port}: ${reason}`);
    }
  }
}

/** For await: a server. */
function open(handler: Value, options: Value, { host, tasks }: BuiltinContext): Value {
  if (!isCallable(handler)) throw wrongType("function", handler);
  const network = given(host.network, "http/serve", "network");
  const wanted = option(options, "port");
  const port = typeof wanted === "number" ? wanted : 3000;
  if (!(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    throw evalError(`http/serve: port must be in 0..=65535, got ${port}`);
  }
  const name = option(options, "host");
  const address = typeof name === "string" ? name : "0.0.0.0";
  const fallback = option(options, "port-fallback") ?? false;
  let made: Serving | null = null;
  // The task that serves closes the server, unless the evaluation is stopped between two of its waits.
  const closed = tasks.atEnd(() => made?.server.close());
  return tasks.outside(async (signal) => {
    const early: ServerRequest[] = [];
    const add = (request: ServerRequest) => made === null ? void early.push(request) : made.add(request);
    const server = await listen(network, address, port, fallback === false ? 1 : MOST_PORTS, add);
    if (signal.aborted) server.close();
    return made = new Serving(server, address, early, closed);
  });
}

/** Tells where a server listens; the function that wants to hear of that, and with what, or nothing. */
function told(server: Value, options: Value, context: BuiltinContext): Value {
  const { host, server: { port } } = serving(server);
  context.writeError(`Listening on ${host}:${port}\n`);
  const listener = option(options, "on-listen");
  if (!(listener instanceof Procedure)) return listOf([]);
  const where = SortedMap.from([
    [keyword("host"), host],
    [keyword("port"), port],
    [keyword("url"), `http://${host}:${port}`],
  ]);
  return listFrom([listener, where]);
}

/** For await: the next request. Who does not wait for it any more closes the server. */
function next(server: Value, { tasks }: BuiltinContext): Value {
  const source = serving(server);
  // Many that come at a time are taken in one turn: 5,200 requests a second on Node, 750 where each waits for its turn.
  const ready = source.take();
  if (ready !== null) return ready;
  return tasks.outside((signal) => {
    signal.addEventListener("abort", () => source.close());
    return source.next();
  });
}

function queryOf(query: string): Value {
  const pairs = query.split("&").filter((pair) => pair !== "").map((pair): [Value, Value] => {
    const [, name = pair, value = ""] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    return [keyword(name), value];
  });
  return SortedMap.from(pairs);
}

/** The value of a JSON text; undefined when it is none. */
function parsed(body: string): Value | undefined {
  try {
    return decodeJson(body);
  } catch (error) {
    if (error instanceof Condition) return undefined;
    throw error;
  }
}

/** What a handler gets. */
function requestMap({ method, target, headers, body }: ServerRequest): Value {
  const [, path = "", query = ""] = /^([^?]*)\??(.*)$/s.exec(target) ?? [];
  const content = new TextDecoder().decode(body);
  const json = headers.some(([name, value]) => name === "content-type" && value.includes("json"));
  const value = json ? parsed(content) : undefined;
  return SortedMap.from([
    [keyword("method"), keyword(method.toLowerCase())],
    [keyword("path"), path],
    [keyword("query"), queryOf(query)],
    [keyword("headers"), SortedMap.from(headers.map(([name, value]): [Value, Value] => [name, value]))],
    [keyword("params"), SortedMap.EMPTY],
    [keyword("body"), content],
    ...value === undefined ? [] : [[keyword("json"), value] as [Value, Value]],
  ]);
}

function respond(to: Value, value: Value, { files }: BuiltinContext): Value {
  const { request } = received(to);
  try {
    // A handler that speaks by a WebSocket is no answer for who has asked for none.
    const plain = upgrader(value) === null ? value : answer(400, TEXT, "WebSocket upgrade required");
    request.respond(responseFrom(plain, files));
  } catch (error) {
    if (error instanceof Condition || !(error instanceof Error)) throw error;
    throw evalError(`http/serve: the answer cannot be sent: ${error.message}`);
  }
  return null;
}

/** A handler has failed, or its answer cannot be sent. */
function failed(to: Value, error: Value, context: BuiltinContext): Value {
  const { request, stream, socket } = received(to);
  const message = option(error, "message");
  // Who has asked is gone.
  if (option(error, "type") === keyword("cancelled") || (socket !== null && message === CLOSED.socket)) return null;
  const path = request.target.replace(/\?.*$/s, "");
  context.writeError(`http/serve: ${request.method} ${path}: ${typeof message === "string" ? message : "failed"}\n`);
  socket?.close("failed");
  if (stream !== null || socket !== null) return null;
  const headers = [["content-type", "text/plain"]] as const;
  request.respond({ status: 500, headers, body: encodeUtf8("Handler did not respond") });
  return null;
}

/** The error of sending to who is gone. */
const CLOSED: Readonly<Record<"stream" | "socket", string>> = {
  stream: "SSE stream closed",
  socket: "http/websocket: connection is closed",
};

/** The way in which an answer goes on, as the function that does it and whether that is a WebSocket; nil for other answers. */
function begin(to: Value, value: Value, { files }: BuiltinContext): Value {
  const target = received(to);
  const streaming = streamer(value);
  if (streaming !== null) {
    const { status, headers } = responseFrom(value, files);
    target.stream = target.request.begin({ status, headers });
    return listOf([streaming, false]);
  }
  const speaking = upgrader(value);
  const { upgrade } = target.request;
  if (speaking === null || upgrade === null) return null;
  target.socket = upgrade();
  return listOf([speaking, true]);
}

/** For await: nil, when a message has been sent. */
function sendMessage(to: Value, value: Value, { tasks }: BuiltinContext): Value {
  const { socket } = received(to);
  if (typeof value !== "string" && !(value instanceof Bytevector)) throw wrongType("string or bytevector", value);
  return tasks.outside(async () => {
    try {
      await socket?.send(typeof value === "string" ? value : value.bytes);
      return null;
    } catch {
      throw evalError(CLOSED.socket);
    }
  });
}

/** For await: the next message, nil when the connection is closed. */
function receiveMessage(from: Value, { tasks }: BuiltinContext): Value {
  const { socket } = received(from);
  return tasks.outside(async (signal) => {
    const message = await socket?.receive(signal) ?? null;
    return message instanceof Uint8Array ? new Bytevector(message) : message;
  });
}

/** Ends an answer that goes on. */
function end(of: Value): Value {
  const { stream, socket } = received(of);
  stream?.end();
  socket?.close("done");
  return null;
}

/** For await: nil, when an event has been sent. */
function send(to: Value, value: Value, { tasks }: BuiltinContext): Value {
  const { stream } = received(to);
  // Each of the three ends a line of events.
  const lines = text(value).split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return tasks.outside(async () => {
    try {
      await stream?.write(encodeUtf8(`${lines.join("")}\n`));
      return null;
    } catch {
      throw evalError(CLOSED.stream);
    }
  });
}

const SERVE = `(fn (handler . more)
  (let* ((options (if (null? more) nil (car more))) (server (await (__vm-http-listen handler options))))
    (try
      (begin
        (let ((told (__vm-http-told server options)))
          (if (null? told) nil ((car told) (car (cdr told)))))
        (let loop ()
          (let* ((request (await (__vm-http-next server)))
                 (task
                   (await (__vm-async-spawn
                     (fn ()
                       (try
                         (let* ((answer (handler (__vm-http-request-map request)))
                                (begun (__vm-http-begin request answer)))
                           (if begun
                             (begin
                               ((car begun)
                                 (if (nth begun 1)
                                   {:send (fn (message) (await (__vm-http-send-message request message)))
                                    :recv (fn () (await (__vm-http-receive request)))
                                    :close (fn () (__vm-http-end request))}
                                   (fn (text) (await (__vm-http-send request text)))))
                               (__vm-http-end request))
                             (__vm-http-respond request answer)))
                         (catch e
                           (begin (__vm-http-failed request e) (__vm-http-end request)))))))))
            (begin
              (await (__vm-async-spawn
                (fn () (begin (await (__vm-http-closed request)) (await (__vm-async-cancel task))))))
              (loop)))))
      (catch e
        (begin (__vm-http-close server) (__vm-rethrow e))))))`;

/** `http/serve`. */
export const server: Area = () =>
  requires("network", [
    two("__vm-http-listen", "For await: a server.", open),
    two("__vm-http-told", "Tells where a server listens; whom else to tell.", told),
    one("__vm-http-next", "For await: the next request of a server.", next),
    one("__vm-http-close", "Closes a server.", (server) => {
      serving(server).close();
      return null;
    }),
    one("__vm-http-request-map", "What a handler gets.", (request) => requestMap(received(request).request)),
    two("__vm-http-respond", "Answers a request.", respond),
    two("__vm-http-failed", "Answers a request whose handler has failed.", failed),
    two("__vm-http-begin", "Begins an answer that goes on; nil for others.", begin),
    two("__vm-http-send", "For await: nil, when an event has been sent.", send),
    two("__vm-http-send-message", "For await: nil, when a message has been sent.", sendMessage),
    one("__vm-http-receive", "For await: the next message of a WebSocket; nil at the end.", receiveMessage),
    one("__vm-http-end", "Ends an answer that goes on.", end),
    one("__vm-http-closed", "For await: nil, when the connection of a request is closed.", (request, { tasks }) => {
      return tasks.outside(() => received(request).request.closed.then(() => null));
    }),
    sema(
      "http/serve",
      1,
      2,
      '(http/serve handler [{:port 3000 :host "0.0.0.0" :port-fallback #f :on-listen f}]): answers requests, for ever.',
      SERVE,
    ),
  ]);
