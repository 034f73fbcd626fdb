/**
 * What a value is: representation, equality, order, arithmetic, printing, and the condition that a failure throws.
 * Imports nothing outside this folder and knows nothing of programs, runtimes or hosts.
 */
export * from "./value.ts";
export * from "./symbol.ts";
export * from "./list.ts";
export { floatsOf } from "./floats.ts";
export * from "./condition.ts";
export * from "./trace.ts";
export { joinBytes } from "./bytes.ts";
export * from "./text.ts";
export { forgetTexts } from "./text_index.ts";
export * from "./mutable.ts";
export { MapBase } from "./tree.ts";
export * from "./map.ts";
export * from "./names.ts";
export * from "./equal.ts";
export * from "./order.ts";
export * from "./print.ts";
export { type Example, usageOf } from "./documented.ts";
export * from "./number/mod.ts";
