/**
 * The core language between `resolve` and its consumers (`compile`, `walker`): types, closed lists, and how the stages
 * share out their work. Imports nothing but `data`.
 */
export {
  type Capture,
  type Core,
  docString,
  type Lambda,
  type LoopLabel,
  type Names,
  type Position,
  type Variable,
  visibleNames,
} from "./core.ts";
export { atOnce, type Gradual, oneStep } from "./gradual.ts";
export { type Intrinsic, INTRINSICS, MESSAGE_ROLES, type Primitive, PRIMITIVES } from "./operations.ts";
export { printLambda } from "./print.ts";
export * from "./place.ts";
