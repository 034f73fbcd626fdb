/**
 * The second tier of a runtime, made when something is hot, or when somebody asks what it would do or has done. Before
 * that nothing has been compiled: there is nothing to count and nothing to throw away.
 */
import type { Closure, Code, LoopEntry } from "../bytecode/mod.ts";
import { makeJit } from "../jit/lazy.ts";
import type { Jit } from "../jit/mod.ts";

type Frame = Parameters<Jit["loop"]>[2];

/** The second tier, made at its first use. */
export class JitOnDemand {
  readonly #make: () => Jit;
  readonly #enabled: boolean;
  #made: Jit | null = null;

  /** What a {@link Jit} is made of. */
  constructor(...parts: Parameters<typeof makeJit>) {
    const [, enabled] = parts;
    this.#enabled = enabled;
    this.#make = () => makeJit(...parts);
  }

  /** The tier itself, to ask it what it would do or has done. */
  get tier(): Jit {
    return this.#made ??= this.#make();
  }

  /** How often code was taken out of use because a global that it relies on was redefined. */
  get invalidations(): number {
    return this.#made === null ? 0 : this.#made.invalidations;
  }

  /** {@link Jit.count} */
  count(): void {
    this.#made?.count();
  }

  /** {@link Jit.invalidate} */
  invalidate(codes: readonly Code[]): boolean {
    return this.#made !== null && this.#made.invalidate(codes);
  }

  /** {@link Jit.compiles} */
  compiles(code: Code): boolean {
    return this.#enabled && (this.#made === null || this.#made.compiles(code));
  }

  /** {@link Jit.consider} */
  consider(code: Code): void {
    if (this.#enabled) this.tier.consider(code);
  }

  /** {@link Jit.expect} */
  expect(code: Code): boolean {
    return !this.#enabled || this.tier.expect(code);
  }

  /** {@link Jit.knows} */
  knows(code: Code, pc: number): boolean {
    return this.#made !== null && this.#made.knows(code, pc);
  }

  /** {@link Jit.loop} */
  loop(closure: Closure, pc: number, frame: Frame): LoopEntry | null {
    return this.#enabled ? this.tier.loop(closure, pc, frame) : null;
  }
}
