/** The patterns that a runtime has compiled, the most recently used ones. */
import { Regex } from "./regex.ts";

/** Programs use few patterns; this bounds what is held for those that make many. */
const CAPACITY = 64;

/** Compiled patterns by their text. */
export class RegexCache {
  /** From the one that was not used for longest to the last used. */
  readonly #patterns = new Map<string, Regex>();
  #last: Regex | null = null;
  #lastPattern = "";

  /** The compiled pattern. Throws a `RegexError`. */
  get(pattern: string): Regex {
    if (this.#last !== null && pattern === this.#lastPattern) return this.#last;
    const regex = this.#patterns.get(pattern) ?? new Regex(pattern);
    this.#patterns.delete(pattern);
    this.#patterns.set(pattern, regex);
    const [oldest] = this.#patterns.keys();
    if (this.#patterns.size > CAPACITY && oldest !== undefined) this.#patterns.delete(oldest);
    this.#last = regex;
    this.#lastPattern = pattern;
    return regex;
  }
}
