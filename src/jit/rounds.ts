/**
 * Rounds of loops and the meter. Where rounds are counted, a loop is one of at most {@link ROUNDS} rounds inside another
 * one that charges them: so it has no call that would keep the host from using registers.
 */
import type { Decoded } from "./instructions.ts";
import type { State } from "./translation.ts";
import type { Translator } from "./translator.ts";

/** Rounds of a loop between two looks at the meter, the first time and later. Those left when it ends are not charged. */
const FIRST_ROUNDS = 16;
const ROUNDS = 128;

/** Writes the heads and ends of the loops of one function. */
export class Rounds {
  readonly #t: Translator;
  /** The site of the latest back-edge. */
  #backEdge = -1;
  /** Per loop the site of its latest back-edge. */
  readonly #sites: Map<number, number> = new Map();

  constructor(t: Translator) {
    this.#t = t;
  }

  /** The place of a back-edge, which is to blame when a limit ends its loop. */
  backEdge(at: Decoded): void {
    if (this.#t.shared.metered) this.#backEdge = this.#t.siteNumber(at);
  }

  /** The jump to the start of the next round. */
  next(index: number): string[] {
    return [...this.counted(index), `continue ${this.#t.label("L", index)};`];
  }

  /** What counts a round down, at its end. */
  counted(index: number): string[] {
    if (!this.#t.shared.metered) return [];
    this.#sites.set(index, this.#backEdge);
    return [`if (--${this.#left(index)} < 0) break ${this.#t.label("L", index)};`];
  }

  /** The start of a loop. */
  start(index: number): string[] {
    const loop = `${this.#t.label("L", index)}: for (;;) {`;
    return this.#t.shared.metered ? [`${this.#left(index)} = ${FIRST_ROUNDS};`, "for (;;) {", loop] : [loop];
  }

  /** The end of a loop whose rounds start at `pc` in a state. */
  end(index: number, pc: number, state: State): string[] {
    const t = this.#t;
    if (!t.shared.metered) return ["}"];
    t.enter(state);
    const left = `${t.helper("meter")}.left`;
    return [
      "}",
      `$s = ${this.#sites.get(index) ?? -1};`,
      `${this.#left(index)} = ${ROUNDS};`,
      `if ((${left} -= ${ROUNDS}) < 0 && ${t.helper("tick")}()) ${t.exitTo(pc, "pause", null)}`,
      ...t.fused === null ? [] : [`$s = ${t.fused.number};`],
      "}",
    ];
  }

  /** The variable for the rounds until the meter is looked at. */
  #left(index: number): string {
    return this.#t.auxiliary(this.#t.label("N", index));
  }
}
