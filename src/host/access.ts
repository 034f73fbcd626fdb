/**
 * Everything that this process can do, for a runtime that shall be as powerful: `createRuntime({ host: hostAccess() })`.
 * On Deno it is what Deno permits.
 */
import type { HostAccess } from "../../mod.ts";
import { type DenoAccess, denoAccess } from "./deno_access.ts";
import { nodeAccess } from "./node_access.ts";
import { system } from "./system.ts";
import { thisProcess } from "./this_process.ts";

/** The powers of this process of Deno, Bun or Node; `programArguments` is what `(sys/args)` answers. */
export function hostAccess(programArguments: readonly string[] = ["sema"]): HostAccess {
  const { Deno: deno } = globalThis as { Deno?: DenoAccess };
  if (deno !== undefined) return denoAccess(deno, system, programArguments);
  const process = thisProcess();
  if (process === null) throw new Error("only Deno, Bun and Node have access to a system");
  return nodeAccess(process, system, programArguments);
}
