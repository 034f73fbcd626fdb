/** WebSockets by the class that Deno, Bun and Node have, which take headers as browsers do not. */
import type { Socket, SocketEvents, SocketOptions } from "../../mod.ts";

/** The code of a connection that breaks off (RFC 6455). */
const ABNORMAL = 1006;

/** What these hosts take beside an address. */
type Opening = new (url: string, options: { headers: Record<string, string>; protocols: string[] }) => WebSocket;

function isOpening(found: unknown): found is Opening {
  return typeof found === "function";
}

/** Opens a WebSocket; what closes it is noted in `opened` until it is closed. */
export function connect(
  opened: Set<() => void>,
  url: string,
  { headers, protocols }: SocketOptions,
  events: SocketEvents,
  signal: AbortSignal,
): Promise<Socket> {
  const SocketOfHost: unknown = Reflect.get(globalThis, "WebSocket");
  // Node has it since 22.
  if (!isOpening(SocketOfHost)) return Promise.reject(new Error("this version of the host has no WebSockets"));
  return new Promise((resolve, reject) => {
    const socket = new SocketOfHost(url, {
      headers: Object.fromEntries(headers),
      protocols: [...protocols],
    });
    socket.binaryType = "arraybuffer";
    let open = false;
    const close = (): void => {
      opened.delete(close);
      socket.close();
    };
    const giveUp = (): void => {
      close();
      reject(new Error("given up"));
    };
    opened.add(close);
    signal.addEventListener("abort", giveUp);
    socket.onopen = () => {
      signal.removeEventListener("abort", giveUp);
      open = true;
      // Bun's has more than the standard.
      const { ping } = socket as { ping?: (data: Uint8Array<ArrayBuffer>) => void };
      resolve({
        send: (data) => socket.send(data),
        close,
        ...typeof ping === "function" ? { ping: (data: Uint8Array<ArrayBuffer>) => ping.call(socket, data) } : {},
      });
    };
    socket.onmessage = ({ data }) => events.message(typeof data === "string" ? data : new Uint8Array(data));
    // The hosts' own words differ in everything but that there is no connection.
    socket.onerror = () => reject(new Error("the server cannot be reached, or speaks no WebSocket"));
    socket.onclose = ({ code, reason }) => {
      opened.delete(close);
      // Deno has no code for a connection that breaks off.
      if (open) events.closed(code === 0 ? ABNORMAL : code, reason);
      else reject(new Error("the server cannot be reached, or speaks no WebSocket"));
    };
  });
}
