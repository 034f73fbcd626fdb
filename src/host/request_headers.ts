/** The headers of requests, as servers hand them on. */
import type { IncomingMessage } from "node:http";

/** Names in lower case, and values; of a name that was sent several times, all values together. */
export function headersOf(request: IncomingMessage): [name: string, value: string][] {
  return Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value ?? "",
  ]);
}
