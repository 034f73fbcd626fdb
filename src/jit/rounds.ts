/**
 * What compiled code counts for limits: rounds of loops, and activations that call something. An activation that calls
 * nothing is its caller's doing, and so are the few rounds of a loop that ends before it counts: whatever runs without
 * end counts again and again.
 *
 * Counting each round takes three times as long as the smallest ones, and what is called when the meter has run out makes
 * V8 keep the variables of the loop on its stack. So the bodies of innermost loops stand in the text several times, inside
 * of a loop that counts how often and has no such call in it; around that one rounds are counted at once. With limits
 * (`bench/limits.ts`, V8 | JSC) a sum of integers takes 1.09 | 0.79 times what it takes without, three functions 0.97 | 1.04,
 * even-odd 1.04 | 1.08, an empty loop 1.08 | 1.14; twice as many rounds at once: 1.01 | 0.89, 0.97 | 1.03, 1.02 | 1.05,
 * 1.04 | 1.09, but a limit is then late by twice as many. Five rounds of a body of seventy lines instead of two:
 * upvalue-counter 1.28 → 0.91 | 1.20 → 1.14. More lines gain more and start later: with twice as many fannkuch is at its
 * speed after 1.3 s on JSC instead of 0.9.
 *
 * Rounds that call builtins count one by one: a builtin may take a millisecond, so that thirty-two of them would be late. To
 * count those that call closures one by one, too, would cost more: ack 0.9 → 1.3 | 1.2 → 2.0 times what it takes without.
 * Others count in a variable of their own up to the meter's next turn, and so do those that make objects, which call
 * something anyway and gain nothing.
 */
import type { Decoded } from "./instructions.ts";
import type { State } from "./translation.ts";
import type { Translator } from "./translator.ts";

/** How often bodies stand in the text, at most, */
const MOST_COPIES = 16;
/** lines that they may take for it, */
const MOST_LINES = 192;
/** copies of a longer body that pay, if they take no more than twice as many, */
const FEWEST_COPIES = 5;
/** and rounds that are counted at once then, but for what the copies leave over. */
const COUNTED_ROUNDS = 32;
/** Rounds that are counted at once where a variable counts them. */
const ROUNDS = 16;
/** What loops begin with where rounds are counted. */
const HEAD = "for (;;) {";
/** A call of a builtin, but for those that are helpers and those that only unusual operands need. */
const CALL = /^\S+ = \$k\d+(\.apply)?\(.*\$context\);$/;

/** How often the body of a loop is to stand in the text. */
function copiesOf(body: readonly string[]): number {
  // Loops inside of this one would stand in the text as often as it does.
  if (body.includes(HEAD) || body.some(makesObject)) return 1;
  const few = FEWEST_COPIES * body.length <= 2 * MOST_LINES ? FEWEST_COPIES : 1;
  return Math.min(MOST_COPIES, Math.max(few, Math.floor(MOST_LINES / body.length)));
}

/** Whether a line makes an object where the loop goes on. */
function makesObject(line: string): boolean {
  return line.includes("new ") && !line.includes("return ");
}

/** Whether a line calls a builtin where the loop goes on. */
function callsBuiltin(line: string, index: number, body: readonly string[]): boolean {
  return CALL.test(line) && body[index + 1]?.startsWith("return ") !== true;
}

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
    if (site === undefined) return [HEAD, ...round, "}"];
    if (body.some(callsBuiltin)) return [HEAD, ...round, this.count(1, pc, state, site), "}"];
    const copies = copiesOf(body);
    const left = this.#t.auxiliary(this.#t.label("N", index));
    if (copies === 1) {
      const count = this.count(ROUNDS, pc, state, site);
      return [
        `${left} = ${ROUNDS};`,
        HEAD,
        ...round,
        `if (--${left} === 0) {`,
        `${left} = ${ROUNDS};`,
        count,
        "}",
        "}",
      ];
    }
    const turns = Math.floor(COUNTED_ROUNDS / copies);
    const count = this.count(turns * copies, pc, state, site);
    const bodies = Array.from({ length: copies }, () => round).flat();
    return [HEAD, `${left} = ${turns};`, HEAD, ...bodies, `if (--${left} === 0) break;`, "}", count, "}"];
  }

  /** Counts steps where control is about to come to `pc` in a state. `site`: what is to blame if a limit is exceeded. */
  count(steps: number, pc: number, state: State, site: number): string {
    const t = this.#t;
    t.enter(state);
    const fuel = `${t.helper("fuel")}.left`;
    const used = steps === 1 ? `--${fuel}` : `(${fuel} -= ${steps})`;
    return `if (${used} < 0 && ${t.helper("tick")}(${site})) ${t.exitTo(pc, "pause", null)}`;
  }
}
