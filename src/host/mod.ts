/**
 * The command line. In: arguments, files and the standard streams of Deno, Bun or Node. Out: what a program prints,
 * error reports, an exit code. This is the only folder that knows Deno, Bun or Node; it uses the rest of the project
 * through the public API alone, but for what knows nothing of Sema (`data/bytes.ts`, `compat`). Nothing may import it but
 * `mod.ts` at the root, and that only when it is run, and `bin.ts`, the program of the npm package. `access.ts` is a door
 * of its own: the powers of the process, for embedders who want to give them to a runtime.
 */
export * from "./access.ts";
export * from "./cli.ts";
