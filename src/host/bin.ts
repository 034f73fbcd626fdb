/**
 * The program `sema` of the npm package: the command line, started with what the host has, or is given here, to keep
 * compiled code from one process to the next. Does no more than it has to: every start pays for it.
 */
import type nodeProcess from "node:process";
import { type Bun, kept } from "./kept.ts";

/** What is used of the module with the command line. */
interface CommandLine {
  main(): Promise<void>;
}

function isCommandLine(module: unknown): module is CommandLine {
  return typeof module === "object" && module !== null && "main" in module && typeof module.main === "function";
}

/**
 * Keeps what Node compiles while it loads the modules, where it can (22.8). Node has the variable
 * `NODE_DISABLE_COMPILE_CACHE` to prevent that. Tried, too: a script with the code that V8 has after a run, as `cachedData`
 * of `node:vm`. It takes a one-line program 2 ms less, one that is compiled 9 of 66, and a sum against damage, from
 * which V8 crashes: not enough for a second cache.
 */
function keepCompiledCode(): void {
  const { process } = globalThis as { process?: typeof nodeProcess };
  // Older ones do not have the function, whatever the types say.
  const module: { enableCompileCache?: () => unknown } | undefined = process?.getBuiltinModule("node:module");
  module?.enableCompileCache?.();
}

const { Bun: bun } = globalThis as { Bun?: Bun };
// Not on Deno, which has a cache of its own, and which the mere sight of `process` costs 30 ms.
if (bun === undefined && !("Deno" in globalThis)) keepCompiledCode();
const found = bun === undefined ? null : kept(bun, import.meta, isCommandLine);
void (found === null ? import("../bundle/cli.generated.js").then(({ main }) => main()) : found.main());
