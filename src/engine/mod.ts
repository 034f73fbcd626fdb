/**
 * The engine: ties reader, expander, compiler, tiers and library into a runtime, and is its embedding interface. Knows
 * every stage; no stage knows it. Touches nothing of the host but the standard streams of a runtime that is given none.
 */
export {
  type FileStore,
  type InspectOptions,
  type Limits,
  type Listing,
  type Runtime,
  type RuntimeOptions,
  SemaError,
  type SemaValue,
  type SourceOptions,
  type Stats,
  type Tier,
  type TraceLine,
} from "./api.ts";
export { createRuntime } from "./runtime.ts";
