import type { Value } from "../../data/mod.ts";

/** The numeric constants, ordinary globals. */
export const numberConstants: Readonly<Record<string, Value>> = {
  pi: Math.PI,
  e: Math.E,
  "math/infinity": Infinity,
  "math/nan": NaN,
};
