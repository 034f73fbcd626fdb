/**
 * The compiled form of programs: the instruction set, code, closures and the call contract between the tiers, and the
 * disassembler. Made by `compile`, proved by `verify`, run by `vm` and `jit`; runs nothing itself.
 */
export * from "./closure.ts";
export * from "./code.ts";
export * from "./disassemble.ts";
export * from "./instructions.ts";
export * from "./liveness.ts";
export * from "./variants.ts";
