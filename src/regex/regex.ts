/**
 * A compiled pattern. A search runs a machine forward to the end of the first match, one backward from there to its
 * start, and only where groups are asked for one that follows positions, on the match alone. Everything takes time linear
 * in the text, whatever the pattern. The machines are made when they are first needed.
 *
 * Positions are UTF-16 offsets.
 */
import { Alphabet } from "./alphabet.ts";
import type { Budget } from "./budget.ts";
import { Captures } from "./captures.ts";
import { ANY, type CharSet } from "./charset.ts";
import { Dfa } from "./dfa.ts";
import type { Span } from "./errors.ts";
import { contents, type Prefix, prefixOf, startsText } from "./literal.ts";
import { asked } from "./look.ts";
import { parse } from "./parser.ts";
import { emit } from "./program.ts";
import type { Node } from "./syntax.ts";

/** A pattern that can be looked for in texts. */
export class Regex {
  /** The number of groups, not counting the whole match. */
  readonly groups: number;
  /** The numbers of the named groups. */
  readonly names: ReadonlyMap<string, number>;
  readonly #node: Node;
  readonly #sets: readonly CharSet[];
  readonly #alphabet: Alphabet;
  readonly #prefix: Prefix;
  readonly #atStart: boolean;
  #forward: Dfa | null = null;
  #backward: Dfa | null = null;
  #captures: Captures | null = null;

  /** Throws a `RegexError`. */
  constructor(pattern: string) {
    const { node, sets, names } = parse(pattern);
    const { looks, groups } = contents(node);
    this.groups = groups;
    this.names = names;
    this.#node = node;
    this.#sets = [...sets, ANY];
    this.#alphabet = new Alphabet(this.#sets, asked(looks));
    this.#prefix = prefixOf(node, sets);
    this.#atStart = startsText(node);
    // A pattern that is too large is refused here, not when it is used.
    if (!this.#prefix.whole) this.#forward = this.#makeForward();
  }

  /** Whether there is a match in `text`. */
  test(text: string, budget: Budget): boolean {
    if (this.#forward === null) return text.includes(this.#prefix.text);
    return this.#forward.forward(text, 0, !this.#atStart, true, budget) >= 0;
  }

  /** The first match that starts at `from` or later. */
  find(text: string, from: number, budget: Budget): Span | null {
    if (this.#forward === null) {
      const start = text.indexOf(this.#prefix.text, from);
      return start < 0 ? null : { start, end: start + this.#prefix.text.length };
    }
    if (this.#atStart && from > 0) return null;
    const end = this.#forward.forward(text, from, !this.#atStart, false, budget);
    if (end < 0) return null;
    if (this.#atStart) return { start: 0, end };
    this.#backward ??= this.#makeBackward();
    return { start: this.#backward.backward(text, end, from, budget), end };
  }

  /** All matches from left to right. An empty one where the one before ended does not count. */
  *matches(text: string, budget: Budget): Generator<Span, void> {
    let last = -1;
    for (let from = 0; from <= text.length;) {
      const found = this.find(text, from, budget);
      if (found === null) return;
      if (found.start === found.end && found.end === last) {
        from = last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1);
        continue;
      }
      yield found;
      from = last = found.end;
    }
  }

  /** The start and end of every group of a match, the whole match first; -1 where a group took no part. */
  positions(text: string, { start, end }: Span, budget: Budget): ArrayLike<number> {
    if (this.groups === 0) return [start, end];
    this.#captures ??= this.#makeCaptures();
    return this.#captures.find(text, start, end, budget);
  }

  #makeForward(): Dfa {
    const program = emit(this.#node, { reverse: false, groups: false, any: this.#sets.length - 1 });
    return new Dfa(program, this.#alphabet, { reverse: false, first: true }, this.#prefix.text);
  }

  #makeBackward(): Dfa {
    const program = emit(this.#node, { reverse: true, groups: false, any: -1 });
    return new Dfa(program, this.#alphabet, { reverse: true, first: false }, "");
  }

  #makeCaptures(): Captures {
    const program = emit(this.#node, { reverse: false, groups: true, any: -1 });
    return new Captures(program, this.#alphabet, this.groups + 1);
  }
}
