/**
 * Sema, a Scheme-like Lisp, for Deno, Bun, Node and browsers: a bytecode machine that starts at once, and a compiler
 * that turns hot bytecode into JavaScript.
 *
 * @example Run a program
 * ```ts
 * import { createRuntime } from "@sema-jit/sema";
 *
 * const sema = createRuntime();
 * sema.eval("(define (square x) (* x x))");
 * console.log(sema.toJS(sema.call("square", 12))); // 144
 * ```
 *
 * Run as a program, this file is the command line: `deno run -R mod.ts --help`.
 *
 * @module
 */
export * from "./src/bundle/engine.generated.js";

// The test of the URL keeps a bundle that contains this library from running the command line, the dynamic import
// keeps hosts without files from loading it, and `then` keeps this module free of top-level await.
if (import.meta.main && /\/mod\.[jt]s$/.test(import.meta.url)) {
  void import("./src/bundle/cli.generated.js").then((m) => m.main());
}
