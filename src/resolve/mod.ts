/**
 * Named core to resolved core. Comes in: one unit as {@link Named}; goes out: its {@link Lambda}, well-formed as
 * `core` describes. Decides scopes, slots, captures, loops and tail calls; knows nothing of how code runs.
 */
import type { Gradual, Lambda, Position } from "../core/mod.ts";
import type { Sym } from "../data/mod.ts";
import type { Named } from "../lower/mod.ts";
import { emitUnit } from "./emit.ts";
import { bindNames } from "./scope.ts";

/**
 * Resolves the forms of a unit to a function without parameters. `keepsCaller`: whether the global is a function whose
 * caller's frame stays, so that calls of it are no tail calls.
 */
export function* resolve(
  unit: readonly Named[],
  position: Position | null,
  keepsCaller: (name: Sym) => boolean,
): Gradual<Lambda> {
  const { facts, scope } = yield* bindNames(unit);
  return yield* emitUnit(unit, facts, scope, position, keepsCaller);
}
