/** Numbers that have names: globals that are neither functions nor declared as such. */
import type { Value } from "../../data/mod.ts";

/** The numeric constants by name. */
export const numberConstants: Readonly<Record<string, Value>> = {
  pi: Math.PI,
  e: Math.E,
  "math/infinity": Infinity,
  "math/nan": NaN,
};
