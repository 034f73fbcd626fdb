/**
 * Interning. The tables are weak: a symbol that no program can reach any more is forgotten, so they are not state,
 * only a way to give equal names one object.
 */
import { Keyword, Sym } from "./value.ts";

class WeakTable<T extends object> {
  readonly #make: (name: string) => T;
  readonly #entries: Map<string, WeakRef<T>> = new Map();
  readonly #registry: FinalizationRegistry<string> = new FinalizationRegistry((name) => {
    if (this.#entries.get(name)?.deref() === undefined) this.#entries.delete(name);
  });

  constructor(make: (name: string) => T) {
    this.#make = make;
  }

  /** The names that have an object. */
  get names(): Iterable<string> {
    return this.#entries.keys();
  }

  get(name: string): T {
    const known = this.#entries.get(name)?.deref();
    if (known !== undefined) return known;
    const made = this.#make(name);
    this.#entries.set(name, new WeakRef(made));
    this.#registry.register(made, name);
    return made;
  }
}

let nextId = 1;
const symbols: WeakTable<Sym> = new WeakTable((name) => new Sym(name, nextId++));
const keywords: WeakTable<Keyword> = new WeakTable((name) => new Keyword(name, nextId++));

/** The one symbol called `name`. */
export function intern(name: string): Sym {
  return symbols.get(name);
}

/** The one keyword called `name` (without its colon). */
export function keyword(name: string): Keyword {
  return keywords.get(name);
}

/** The names of all symbols and keywords that have not been forgotten. */
export function internedNames(): string[] {
  return [...symbols.names, ...keywords.names];
}
