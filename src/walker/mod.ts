/**
 * The reference evaluator. Comes in: resolved core; goes out: values and conditions. It never sees bytecode, and
 * the tiers never see it.
 */
export { Walker, type WalkerHost } from "./walker.ts";
export { WalkerClosure } from "./closure.ts";
