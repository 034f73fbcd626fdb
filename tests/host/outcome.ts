/** What becomes of a program that waits for the host, in one line. */
import { type HostAccess, type Runtime, SemaError } from "../../src/engine/mod.ts";

/** The value as it prints, or type and message of the error; then the host's resources are released. */
export async function outcome(runtime: Runtime, code: string, host: HostAccess): Promise<string> {
  try {
    return runtime.print(await runtime.evalAsync(code)).replaceAll(/\n\s*/g, " ");
  } catch (error) {
    if (error instanceof SemaError) return `${error.type}: ${error.message}`;
    throw error;
  } finally {
    host.release?.();
  }
}
