/** Requests to servers by the host's `fetch`, which Deno, Bun, Node and browsers share. */
import type { HttpRequest, HttpResponse } from "../../mod.ts";
import { joinBytes } from "../data/bytes.ts";

/** What is wrong, by the codes of Node and Bun, whose own texts say little. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Connection refused",
  ConnectionRefused: "Connection refused",
  ECONNRESET: "Connection reset",
  ConnectionClosed: "Connection closed",
  ENOTFOUND: "host not found",
  EAI_AGAIN: "host not found",
  UND_ERR_SOCKET: "Connection closed",
  UND_ERR_CONNECT_TIMEOUT: "connecting takes too long",
};

/** Why there is no answer: of an error and its causes, the one that knows most. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reason(error.cause);
  const known = "code" in error && typeof error.code === "string" ? REASONS[error.code] : undefined;
  // Deno's text repeats the request, and ends with what went wrong.
  return known ?? error.message.replace(/^error sending request.*: (?=[^:]+$)/, "").replace(/ \(os error \d+\)$/, "");
}

/** The body of an answer. Throws an `Error` for one of more than `limit` bytes, and reads no further. */
async function bodyOf(response: Response, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    pieces.push(next.value);
    size += next.value.length;
    if (size <= limit) continue;
    await reader?.cancel();
    throw new Error(`the answer has more than ${limit} bytes`);
  }
  return joinBytes(pieces);
}

/** Sends a request; see `NetworkAccess`. */
export async function request(
  { method, url, headers, body, limit }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  try {
    const response = await fetch(url, { method, headers: headers.map(([name, value]) => [name, value]), body, signal });
    return { status: response.status, headers: [...response.headers], body: await bodyOf(response, limit) };
  } catch (error) {
    if (error instanceof Error && error.name === "NotCapable") throw error;
    throw new Error(reason(error));
  }
}
