/** Durations, as tasks and events are given them. */
import { evalError, Flonum, type Value } from "../../data/mod.ts";
import { double, wrongType } from "../check.ts";

/** The longest sleep or timeout, in milliseconds. */
const LONGEST = 86_400_000;

/** A duration in whole milliseconds; `hint` is for one that is too long. */
export function duration(value: Value, name: string, hint: string): number {
  let milliseconds: number;
  if (typeof value === "number" || value instanceof Flonum || typeof value === "bigint") milliseconds = double(value);
  else throw wrongType("number", value);
  if (!Number.isFinite(milliseconds)) throw evalError(`${name}: duration must be a finite number`);
  if (milliseconds < 0) throw evalError(`${name}: duration must be non-negative`);
  const rounded = Math.round(milliseconds);
  if (rounded <= LONGEST) return rounded;
  throw evalError(`${name}: duration ${rounded} ms exceeds maximum ${LONGEST} ms (1 day)`, hint);
}
