/**
 * What compiled code counts for limits: rounds of loops, and activations that call something. An activation that calls
 * nothing is its caller's doing, and so are the few rounds of a loop that ends before it counts: whatever runs without
 * end counts again and again.
 *
 * Small loops count several rounds at once: their bodies stand in the text as often, because counting each round takes
 * three times as long as the smallest ones. With and without limits (`bench/limits.ts`, V8 | JSC): a sum of integers
 * 14.4 and 13.6 ms | 19.0 and 12.6, a tail call to itself 5.9 and 5.1 | 5.2 and 6.3, fib 8.0 and 7.2 | 6.4 and 6.2, ack
 * 28.7 and 29.8 | 33.0 and 25.6; the geometric mean of fourteen programs is 1.02 | 1.05 times as long.
 */
import type { Decoded } from "./instructions.ts";
import type { State } from "./translation.ts";
import type { Translator } from "./translator.ts";

/** Lines of text of a loop that counts several rounds at once, */
const MOST_LINES = 128;
/** and how many. */
const MOST_ROUNDS = 16;

/** Writes the heads and ends of the loops of one function. */
export class Rounds {
  readonly #t: Translator;
  /** The site of the latest back-edge. */
  #backEdge = -1;
  /** Per loop that has rounds which count nothing otherwise, the site of the latest back-edge of one. */
  readonly #sites: Map<number, number> = new Map();

  constructor(t: Translator) {
    this.#t = t;
  }

  /** The place of a back-edge, which is to blame when a limit ends its loop. */
  backEdge(at: Decoded): void {
    if (this.#t.shared.metered) this.#backEdge = this.#t.siteNumber(at);
  }

  /** The jump to the start of the next round. `counted`: the one that ends has counted as an activation. */
  next(index: number, counted: boolean): string[] {
    const label = this.#t.label("L", index);
    if (!this.#t.shared.metered) return [`continue ${label};`];
    this.ended(index, counted);
    return [`break ${label};`];
  }

  /** A round ends; see {@link next}. */
  ended(index: number, counted: boolean): void {
    if (!counted) this.#sites.set(index, this.#backEdge);
  }

  /** The loop of these rounds, which start at `pc` in a state. */
  loop(index: number, body: readonly string[], pc: number, state: State): string[] {
    const label = this.#t.label("L", index);
    if (!this.#t.shared.metered) return [`${label}: for (;;) {`, ...body, "}"];
    const round = [`${label}: {`, ...body, "}"];
    const site = this.#sites.get(index);
    if (site === undefined) return ["for (;;) {", ...round, "}"];
    const rounds = Math.max(1, Math.min(MOST_ROUNDS, Math.floor(MOST_LINES / body.length)));
    return [
      "for (;;) {",
      ...Array.from({ length: rounds }, () => round).flat(),
      this.count(rounds, pc, state, site),
      "}",
    ];
  }

  /** Counts steps where control is about to come to `pc` in a state. `site`: what is to blame if a limit is exceeded. */
  count(steps: number, pc: number, state: State, site: number): string {
    const t = this.#t;
    t.enter(state);
    const fuel = `${t.helper("fuel")}.left`;
    const tick = `${t.helper("tick")}()`;
    // In a fused group `$s` tells that errors start it again.
    const pauses = t.fused === null ? tick : `${tick} || ($s = ${t.fused.number}, false)`;
    const test = `${steps === 1 ? `--${fuel}` : `(${fuel} -= ${steps})`} < 0 && ($s = ${site}, ${pauses})`;
    return `if (${test}) ${t.exitTo(pc, "pause", null)}`;
  }
}
