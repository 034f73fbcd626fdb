/**
 * The second tier: bytecode → JavaScript → `new Function`. Comes in: verified code with its feedback; goes out: an
 * entry that keeps the call contract of `bytecode/closure.ts`.
 */
import type { Captured, Closure, Code, LoopEntry } from "../bytecode/mod.ts";
import type { Machine } from "../vm/mod.ts";

export class Jit {
  constructor(_machine: Machine, _enabled: boolean, _meter: { readonly active: boolean; charge(): void }) {}
  consider(_code: Code): void {}
  loop(_closure: Closure, _pc: number, _frame: readonly (Captured | undefined)[]): LoopEntry | null {
    return null;
  }
  invalidate(_codes: readonly Code[]): boolean {
    return false;
  }
  source(_code: Code): string {
    return "";
  }
  stats(): {
    codeGeneration: boolean;
    compiled: number;
    compiledLoops: number;
    recompiled: number;
    invalidated: number;
    refusals: Record<string, number>;
    exits: Record<string, number>;
  } {
    return {
      codeGeneration: false,
      compiled: 0,
      compiledLoops: 0,
      recompiled: 0,
      invalidated: 0,
      refusals: {},
      exits: {},
    };
  }
}
