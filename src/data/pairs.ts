/** A set of pairs of objects: what a walk over two mutable structures at once has met, since they may contain themselves. */
export class Pairs {
  readonly #seconds: Map<object, Set<object>> = new Map();

  /** Adds a pair. False: it was there. */
  add(first: object, second: object): boolean {
    const seconds = this.#seconds.get(first);
    if (seconds === undefined) this.#seconds.set(first, new Set([second]));
    else if (seconds.has(second)) return false;
    else seconds.add(second);
    return true;
  }
}
