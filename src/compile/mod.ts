/**
 * Resolved core → bytecode. Knows the instruction set and the core language; knows no tier and runs nothing.
 */
export { compile, type CompileTarget, type LibraryFunction } from "./compile.ts";
