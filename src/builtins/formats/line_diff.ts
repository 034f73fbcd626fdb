/**
 * The shortest edit from one sequence of lines to another: Myers' algorithm in linear space, with additions moved
 * together as the `similar` crate does, so that the same of several shortest edits is found.
 */

/**
 * A run of lines: kept, removed from the old ones, or added of the new ones; `old` and `new` are where it starts. While
 * runs are moved only `new` is kept up to date, and only of those that are not removed.
 */
export interface Run {
  kind: "keep" | "remove" | "add";
  old: number;
  new: number;
  length: number;
}

/** Is told of work done, in units of about one comparison. */
export type Spend = (units: number) => void;

/** The runs that lead from `old` to `new`, in order. */
export function diffLines(old: readonly string[], now: readonly string[], spend: Spend): Run[] {
  const differ = new Differ(old, now, spend);
  differ.conquer(0, old.length, 0, now.length);
  for (const kind of ["remove", "add"] as const) differ.compact(kind);
  return differ.placed();
}

/** The furthest position on each diagonal, which may be negative. */
class Frontier {
  readonly #positions: Int32Array;
  readonly #middle: number;

  constructor(most: number) {
    this.#middle = most;
    this.#positions = new Int32Array(2 * most + 2);
  }

  get(diagonal: number): number {
    return this.#positions[this.#middle + diagonal] as number;
  }

  set(diagonal: number, position: number): void {
    this.#positions[this.#middle + diagonal] = position;
  }
}

class Differ {
  readonly #old: readonly string[];
  readonly #new: readonly string[];
  readonly #spend: Spend;
  readonly #forward: Frontier;
  readonly #backward: Frontier;
  #runs: Run[] = [];

  constructor(old: readonly string[], now: readonly string[], spend: Spend) {
    this.#old = old;
    this.#new = now;
    this.#spend = spend;
    const most = rounds(old.length, now.length);
    this.#forward = new Frontier(most);
    this.#backward = new Frontier(most);
  }

  /** Finds the runs of a part. The recursion halves the number of changes. */
  conquer(oldStart: number, oldEnd: number, newStart: number, newEnd: number): void {
    let [a, b, c, d] = [oldStart, oldEnd, newStart, newEnd];
    const prefix = this.#prefix(a, b, c, d);
    this.#push("keep", a, c, prefix);
    a += prefix;
    c += prefix;
    const suffix = this.#suffix(a, b, c, d);
    b -= suffix;
    d -= suffix;
    if (c === d) this.#push("remove", a, c, b - a);
    else if (a === b) this.#push("add", a, c, d - c);
    else {
      const [x, y] = this.#middle(a, b, c, d);
      this.conquer(a, x, c, y);
      this.conquer(x, b, y, d);
    }
    this.#push("keep", b, d, suffix);
  }

  #push(kind: Run["kind"], old: number, now: number, length: number): void {
    if (length > 0) this.#runs.push({ kind, old, new: now, length });
  }

  /** The number of equal lines at the beginnings of two ranges. */
  #prefix(a: number, b: number, c: number, d: number): number {
    let length = 0;
    while (a + length < b && c + length < d && this.#old[a + length] === this.#new[c + length]) length++;
    this.#spend(length + 1);
    return length;
  }

  /** The number of equal lines at the ends of two ranges. */
  #suffix(a: number, b: number, c: number, d: number): number {
    let length = 0;
    while (b - length > a && d - length > c && this.#old[b - length - 1] === this.#new[d - length - 1]) length++;
    this.#spend(length + 1);
    return length;
  }

  /** A point in the middle of a shortest edit, found from both ends at once. */
  #middle(a: number, b: number, c: number, d: number): [number, number] {
    const [n, m] = [b - a, d - c];
    const delta = n - m;
    const odd = (delta & 1) === 1;
    const [forward, backward] = [this.#forward, this.#backward];
    forward.set(1, 0);
    backward.set(1, 0);
    for (let round = 0; round < rounds(n, m); round++) {
      for (let k = round; k >= -round; k -= 2) {
        const start = step(forward, k, round);
        const y = start - k;
        let x = start;
        if (x < n && y < m) x += this.#prefix(a + x, b, c + y, d);
        forward.set(k, x);
        const meets = odd && Math.abs(k - delta) <= round - 1;
        if (meets && x + backward.get(delta - k) >= n) return [a + start, c + y];
      }
      for (let k = round; k >= -round; k -= 2) {
        let x = step(backward, k, round);
        let y = x - k;
        if (x < n && y < m) {
          const length = this.#suffix(a, b - x, c, d - y);
          x += length;
          y += length;
        }
        backward.set(k, x);
        const meets = !odd && Math.abs(k - delta) <= round;
        if (meets && x + forward.get(delta - k) >= n) return [b - x, d - y];
      }
    }
    throw new RangeError("an edit has a middle");
  }

  // --- Moving changes together -----------------------------------------------------------------------------------------

  /** Moves every run of a kind up as far as it goes and then down, merging it with others on the way. */
  compact(kind: "remove" | "add"): void {
    for (let at = 0; at < this.#runs.length; at++) {
      if (this.#runs[at]?.kind === kind) at = this.#shift(this.#shift(at, -1), 1);
    }
  }

  /**
   * Moves the change at `at` up (-1) or down (1): past changes of the other kind, into those of its own, and, if it adds,
   * over kept lines that equal its own on the far side. Where it is then.
   */
  #shift(start: number, direction: 1 | -1): number {
    let at = start;
    for (let next = this.#runs[at + direction]; next !== undefined; next = this.#runs[at + direction]) {
      const run = this.#runs[at] as Run;
      if (next.kind === "keep") {
        const length = run.kind === "add" ? this.#equalLines(run, next, direction) : 0;
        if (length === 0) break;
        at = this.#moveOver(at, length, direction);
      } else if (next.kind === run.kind) {
        const upper = direction < 0 ? next : run;
        upper.length = run.length + next.length;
        this.#runs.splice(direction < 0 ? at : at + 1, 1);
        if (direction < 0) at--;
      } else {
        this.#runs[at] = next;
        at += direction;
        this.#runs[at] = run;
      }
    }
    return at;
  }

  /** How many added lines at the far end of a run equal the kept lines that it would move over. */
  #equalLines(run: Run, kept: Run, direction: 1 | -1): number {
    const [start, end] = [run.new, run.new + run.length];
    const [from, to] = [kept.new, kept.new + kept.length];
    let length = 0;
    const same = (): boolean =>
      direction < 0
        ? this.#new[to - 1 - length] === this.#new[end - 1 - length]
        : this.#new[from + length] === this.#new[start + length];
    while (length < run.length && length < kept.length && same()) length++;
    this.#spend(length + 1);
    return length;
  }

  /** Moves an addition over so many lines of the kept run beside it; they are kept on its other side. */
  #moveOver(at: number, length: number, direction: 1 | -1): number {
    const run = this.#runs[at] as Run;
    const over = this.#runs[at + direction] as Run;
    const behind = this.#runs[at - direction];
    let now = at;
    if (behind?.kind === "keep") {
      behind.length += length;
      if (direction < 0) behind.new -= length;
    } else {
      const place = direction < 0 ? run.new + run.length - length : run.new;
      this.#runs.splice(direction < 0 ? at + 1 : at, 0, { kind: "keep", old: 0, new: place, length });
      if (direction > 0) now++;
    }
    run.new += direction * length;
    if (direction > 0) over.new += length;
    over.length -= length;
    if (over.length > 0) return now;
    this.#runs.splice(now + direction, 1);
    return direction < 0 ? now - 1 : now;
  }

  /** The runs with the places that follow from their lengths; kept ones beside each other are one. */
  placed(): Run[] {
    const result: Run[] = [];
    let [old, now] = [0, 0];
    for (const { kind, length } of this.#runs) {
      const last = result.at(-1);
      if (kind === "keep" && last?.kind === "keep") last.length += length;
      else result.push({ kind, old, new: now, length });
      if (kind !== "add") old += length;
      if (kind !== "remove") now += length;
    }
    return result;
  }
}

/** More rounds than a shortest edit of sequences of these lengths needs from both ends. */
function rounds(n: number, m: number): number {
  return Math.floor((n + m + 1) / 2) + 1;
}

/** Where a diagonal is reached from its neighbours by one change. */
function step(frontier: Frontier, k: number, round: number): number {
  const down = k === -round || (k !== round && frontier.get(k - 1) < frontier.get(k + 1));
  return down ? frontier.get(k + 1) : frontier.get(k - 1) + 1;
}
