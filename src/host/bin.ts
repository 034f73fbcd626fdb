/**
 * The program `sema` of the npm package: the command line, started with the host's means to keep compiled code. Does no
 * more before that than it has to, since every start pays for it.
 */
import type nodeProcess from "node:process";

/** Keeps what Node compiles for the next process, where it can (22.8) and `NODE_DISABLE_COMPILE_CACHE` does not say no. */
function keepCompiledCode(): void {
  const { process } = globalThis as { process?: typeof nodeProcess };
  // Older ones do not have the function, whatever the types say.
  const module: { enableCompileCache?: () => unknown } | undefined = process?.getBuiltinModule("node:module");
  module?.enableCompileCache?.();
}

// Only Node has one, and the mere sight of `process` costs Deno 30 ms.
if (!("Deno" in globalThis || "Bun" in globalThis)) keepCompiledCode();
void import("../bundle/cli.generated.js").then(({ main }) => main());
