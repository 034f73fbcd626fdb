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
}
