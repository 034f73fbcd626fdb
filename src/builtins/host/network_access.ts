/** What programs may ask of the network, as the embedder gives it: a part of `HostAccess`. */

/** A request to a server. */
export interface HttpRequest {
  /** In upper case. */
  readonly method: string;
  /** Absolute, with the scheme `http` or `https`. */
  readonly url: string;
  /** Names and values, in the order in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Null: none. */
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** The most bytes that the body of the answer may have once it is expanded: a longer one is none. */
  readonly limit: number;
}

/** What a server has answered, whatever its status. */
export interface HttpResponse {
  /** Such as 200. */
  readonly status: number;
  /** Names in lower case, and values. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** All of it. */
  readonly body: Uint8Array;
}

/** The network. */
export interface NetworkAccess {
  /**
   * Sends a request, follows redirections, and reads the whole answer. Rejects with an `Error` that says what is wrong when
   * there is none, and with anything once `signal` is aborted.
   */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /**
   * Begins to receive requests. Rejects with an `Error` that says what is wrong, whose `code` is `EADDRINUSE` where another
   * server listens already.
   */
  listen(options: ListenOptions, received: (request: ServerRequest) => void): Promise<HttpServer>;
  /** Opens a WebSocket. Rejects with an `Error` that says what is wrong, and with anything once `signal` is aborted. */
  connect(url: string, options: SocketOptions, events: SocketEvents, signal: AbortSignal): Promise<Socket>;
}

/** Where a server listens. */
export interface ListenOptions {
  /** A name or address of this machine. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** The most bytes that the body of a request may have: others are answered by status 413. */
  readonly limit: number;
}

/** An answer whose body comes piece by piece. */
export interface ResponseStream {
  /** Sends a piece; rejects when nobody receives it any more. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the body. */
  end(): void;
}

/** A request that a server has received, and the way to answer it, once. */
export interface ServerRequest {
  /** In upper case. */
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  /** Names in lower case, and values. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** All of it. */
  readonly body: Uint8Array;
  /** When the connection is closed, or the answer has been sent. Never rejects. */
  readonly closed: Promise<void>;
  /** Sends a whole answer. Throws an `Error` where its headers cannot be sent. */
  respond(response: HttpResponse): void;
  /** Begins an answer. Throws as `respond` does. */
  begin(head: Omit<HttpResponse, "body">): ResponseStream;
  /** Answers by a WebSocket; null where none was asked for. `closed` is settled when the program has closed it. */
  readonly upgrade: (() => ServerSocket) | null;
}

/** A WebSocket of a server. Messages of a client may be as long as bodies; who sends longer ones is closed. */
export interface ServerSocket {
  /** Sends a message; rejects when nobody receives it any more. */
  send(data: string | Uint8Array): Promise<void>;
  /** The next message; null when it is closed, by whomever. Few are kept that nobody has asked for. */
  receive(signal: AbortSignal): Promise<string | Uint8Array | null>;
  /** Closes it: as it should be, or because something has failed. */
  close(why: "done" | "failed"): void;
}

/** A server that listens. */
export interface HttpServer {
  /** Where. */
  readonly port: number;
  /** Receives no more requests, and closes all connections. */
  close(): void;
}

/** How a WebSocket is opened. */
export interface SocketOptions {
  /** Names and values. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What the program can speak, the best first. */
  readonly protocols: readonly string[];
}

/** What a WebSocket tells. */
export interface SocketEvents {
  /** A message has come. */
  message(data: string | Uint8Array): void;
  /** It is closed, by whomever: nothing comes after this. */
  closed(code: number, reason: string): void;
}

/** A WebSocket that is open. */
export interface Socket {
  /** Sends a message. */
  send(data: string | Uint8Array<ArrayBuffer>): void;
  /** Closes it. */
  close(): void;
  /** Asks the other side for a sign of life, with at most 125 bytes that come back; missing where the host cannot. */
  readonly ping?: (data: Uint8Array<ArrayBuffer>) => void;
}
