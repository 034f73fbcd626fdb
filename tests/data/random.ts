/** Seeded random operands for the tests of values: the same on every run, dense around the edges of the tower. */
import { float, integer, rational, type Value } from "../../src/data/mod.ts";

/** A random number generator with 32 bits of state (xorshift). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 1;
  }

  /** An integer from 0 to `limit` - 1. */
  below(limit: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % limit;
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** A bigint near 0, 2^31, 2^53 or 2^64, of either sign. */
  bigint(): bigint {
    const edge = this.pick([0n, 1n << 31n, 1n << 52n, 1n << 53n, 1n << 64n, 3n ** 60n]);
    const near = edge + BigInt(this.below(9) - 4);
    return this.below(2) === 0 ? near : -near;
  }

  /** An integer value near an edge. */
  integer(): Value {
    return integer(this.bigint());
  }

  /** A double of any size; one in four is integral. */
  double(): number {
    const size = this.below(4) === 0 ? this.below(1000) : this.below(2 ** 31) / 977;
    const scale = this.pick([0, 0, 0, 18, -24, 300, -300]);
    return (this.below(2) === 0 ? size : -size) * 10 ** scale;
  }

  /** A real of any kind. */
  real(): Value {
    switch (this.below(3)) {
      case 0:
        return this.integer();
      case 1:
        return rational(this.bigint(), BigInt(1 + this.below(12)));
      default:
        return float(this.double());
    }
  }
}
