/**
 * The check that side exits teach: what is compiled after an exit differs from what was compiled before it. An exit that
 * recurs in later code, though neither the feedback nor the misses of any function in that code have changed between the
 * two compilations, would recur for ever. Only tests ask for the check, because it copies all feedback at each compilation.
 */
import type { Code } from "../bytecode/mod.ts";
import type { Point, Unit } from "./unit.ts";

/** A place in the code of one unit or of those that replace it. */
type Place = string;

/** What is kept of the exits of one function and its loops. */
export class Progress {
  readonly #misses: (code: Code) => ReadonlySet<number>;
  /** What each unit was compiled with. */
  readonly #compiledWith: WeakMap<Unit, string> = new WeakMap();
  /** The places that a function's units were left at → the last such unit. */
  readonly #exits: WeakMap<Code, Map<Place, Unit>> = new WeakMap();
  readonly #numbers: WeakMap<Code, number> = new WeakMap();
  #seen = 0;

  constructor(misses: (code: Code) => ReadonlySet<number>) {
    this.#misses = misses;
  }

  /** A unit has been compiled. */
  compiled(unit: Unit): void {
    const known = [...unit.codes].map((code) => `${code.feedback.join(" ")} but ${[...this.#misses(code)].join(" ")}`);
    this.#compiledWith.set(unit, known.join("\n"));
  }

  /** A unit was left. Throws when an earlier unit was left there as well and the later one was made with no more knowledge. */
  exited(unit: Unit, point: Point): void {
    let exits = this.#exits.get(unit.code);
    if (exits === undefined) this.#exits.set(unit.code, exits = new Map());
    const { code, pc } = point.guess ?? point;
    const place = `${unit.entry} ${this.#number(code)} ${pc} ${point.exit}`;
    const earlier = exits.get(place);
    if (earlier !== undefined && earlier !== unit && this.#compiledWith.get(earlier) === this.#compiledWith.get(unit)) {
      throw new Error(`an exit of ${unit.code.name ?? "a lambda"} at ${pc} (${point.exit}) taught nothing`);
    }
    exits.set(place, unit);
  }
  /** Functions by number: what was inlined may have been redefined since, by the same text. */
  #number(code: Code): number {
    let number = this.#numbers.get(code);
    if (number === undefined) this.#numbers.set(code, number = this.#seen++);
    return number;
  }
}
