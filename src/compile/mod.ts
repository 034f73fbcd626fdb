/**
 * Resolved core → bytecode. Knows the instruction set and the core language; knows no tier and runs nothing.
 */
export { type CompileTarget, compiling, type LibraryFunction } from "./compile.ts";
