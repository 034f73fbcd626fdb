/** Tests of what is kept alive need a host that lets itself be told to collect garbage. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** The host's garbage collector, or null where it cannot be called. */
export function collector(): (() => void) | null {
  const host: object = globalThis;
  if ("Bun" in host) {
    const { gc } = host.Bun as { gc(full: boolean): void };
    return () => gc(true);
  }
  try {
    setFlagsFromString("--expose-gc");
    const gc: unknown = runInNewContext("gc");
    return typeof gc === "function" ? () => gc() : null;
  } catch {
    return null;
  }
}
