/**
 * The check that side exits teach: what is compiled after an exit differs from what was compiled before it. An exit that
 * recurs in later code, though neither the feedback nor the misses of any function in that code have changed between the
 * two compilations, would recur for ever. Only tests ask for the check, because it copies all feedback at each compilation.
 */
import type { Code } from "../bytecode/mod.ts";
import type { Point, Unit } from "./unit.ts";

/** A place in the code of one unit or of those that replace it. */
type Place = string;

/** What a unit was compiled with, and how many compilations there had been until then. */
interface Compilation {
  readonly knowledge: string;
  readonly number: number;
}

/** What is kept of the exits of one function and its loops. */
export class Progress {
  readonly #misses: (code: Code) => ReadonlySet<number>;
  readonly #compilations: WeakMap<Unit, Compilation> = new WeakMap();
  /** The places that a function's units were left at → the knowledge in the last such unit, and the compilations until then. */
  readonly #exits: WeakMap<Code, Map<Place, { readonly knowledge: string; readonly until: number }>> = new WeakMap();
  readonly #numbers: WeakMap<Code, number> = new WeakMap();
  #compiled = 0;
  #seen = 0;

  constructor(misses: (code: Code) => ReadonlySet<number>) {
    this.#misses = misses;
  }

  /** A unit has been compiled. */
  compiled(unit: Unit): void {
    const known = [...unit.codes].map((code) => `${code.feedback.join(" ")} but ${[...this.#misses(code)].join(" ")}`);
    this.#compilations.set(unit, { knowledge: known.join("\n"), number: ++this.#compiled });
  }

  /** A unit was left. Throws when one was left there before it was compiled, and it was made with no more knowledge. */
  exited(unit: Unit, point: Point): void {
    const compilation = this.#compilations.get(unit);
    if (compilation === undefined) return;
    const { knowledge, number } = compilation;
    let exits = this.#exits.get(unit.code);
    if (exits === undefined) this.#exits.set(unit.code, exits = new Map());
    const { code, pc } = point.guess ?? point;
    const place = `${unit.entry} ${this.#number(code)} ${pc} ${point.exit}`;
    const earlier = exits.get(place);
    if (earlier !== undefined && earlier.until < number && earlier.knowledge === knowledge) {
      throw new Error(`an exit of ${unit.code.name ?? "a lambda"} at ${pc} (${point.exit}) taught nothing`);
    }
    exits.set(place, { knowledge, until: this.#compiled });
  }

  /** Functions by number: what was inlined may have been redefined since, by the same text. */
  #number(code: Code): number {
    let number = this.#numbers.get(code);
    if (number === undefined) this.#numbers.set(code, number = this.#seen++);
    return number;
  }
}
