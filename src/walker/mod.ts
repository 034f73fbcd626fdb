/**
 * The reference evaluator. Comes in: resolved core; goes out: values and conditions. It never sees bytecode, and
 * the tiers never see it.
 */
export { makeWalker } from "./lazy.ts";
export type { Walker } from "./walker.ts";
export { WalkerClosure } from "./closure.ts";
