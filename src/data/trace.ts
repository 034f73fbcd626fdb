/**
 * The trace of an error, innermost frame first, of bounded length however deep the recursion: frames that repeat are
 * told once and counted, and of very many that do not only the first and the last are kept.
 */

/** One line of a trace; `line` is 0 where a form has no position (made by a macro or by `eval`). */
export interface TraceFrame {
  readonly name: string;
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
  /** A frame of the library, which traces do not show. */
  readonly library: boolean;
  /** What the variables are called that the function can see. */
  readonly variables: readonly string[];
}

/** Frames that are looked at for a repetition, each time as many have come. Shorter traces are complete. */
const WINDOW = 32;
/** Most frames of what repeats. */
const LONGEST_PERIOD = 8;
/** Frames that are kept before the rest is only counted, and how many of the outermost are kept then. */
const MOST_FRAMES = 1000;
const OUTERMOST = 100;

/** A run of equal frames, or of equal groups of them; what repeats are the last frames before it. */
interface Fold {
  readonly period: number;
  /** Frames that have come since. */
  count: number;
}

/** Collects frames. */
export class Trace {
  readonly #frames: TraceFrame[] = [];
  #fold: Fold | null = null;
  #sinceLook = 0;
  /** Frames beyond the most that are kept: their number, and the latest of them in a ring. */
  #beyond = 0;
  readonly #latest: TraceFrame[] = [];

  /** Whether there is none yet. */
  get isEmpty(): boolean {
    return this.#frames.length === 0;
  }

  /** The innermost frame. */
  get first(): TraceFrame | undefined {
    return this.#frames[0];
  }

  /** Adds a frame outside of all others. */
  add(frame: TraceFrame): void {
    if (this.#fold !== null) {
      if (this.#repeats(this.#fold, frame)) {
        this.#fold.count++;
        return;
      }
      this.#unfold(this.#fold);
    }
    this.#keep(frame);
  }

  /** The same frames, to be added to without changing this one. */
  copy(): Trace {
    const copy = new Trace();
    copy.#frames.push(...this.#frames);
    copy.#fold = this.#fold === null ? null : { ...this.#fold };
    copy.#sinceLook = this.#sinceLook;
    copy.#beyond = this.#beyond;
    copy.#latest.push(...this.#latest);
    return copy;
  }

  /** The lines to be shown; a remark stands for frames left out. */
  lines(): TraceFrame[] {
    const lines = [...this.#frames];
    if (this.#fold !== null) {
      const { period, count } = this.#fold;
      lines.push(...this.#told(period, Math.floor(count / period)));
      lines.push(...this.#rest(this.#fold));
    }
    const kept = this.#latest.length;
    if (this.#beyond > kept) lines.push(remark(`${this.#beyond - kept} more`, false));
    const oldest = this.#beyond % OUTERMOST;
    if (this.#beyond <= OUTERMOST) lines.push(...this.#latest);
    else lines.push(...this.#latest.slice(oldest), ...this.#latest.slice(0, oldest));
    return lines;
  }

  #keep(frame: TraceFrame): void {
    if (this.#frames.length >= MOST_FRAMES) {
      this.#latest[this.#beyond++ % OUTERMOST] = frame;
      return;
    }
    this.#frames.push(frame);
    if (++this.#sinceLook < WINDOW) return;
    this.#sinceLook = 0;
    for (let period = 1; period <= LONGEST_PERIOD; period++) {
      if (this.#hasPeriod(period)) return this.#startFold(period);
    }
  }

  /** Whether each of the latest frames is the same as the one `period` before it. */
  #hasPeriod(period: number): boolean {
    const frames = this.#frames;
    for (let i = frames.length - WINDOW + period; i < frames.length; i++) {
      if (!same(frames[i] as TraceFrame, frames[i - period] as TraceFrame)) return false;
    }
    return true;
  }

  #startFold(period: number): void {
    const frames = this.#frames;
    let start = frames.length - WINDOW;
    while (start > 0 && same(frames[start - 1] as TraceFrame, frames[start - 1 + period] as TraceFrame)) start--;
    const count = frames.length - start - period;
    frames.length = start + period;
    this.#fold = { period, count };
  }

  #repeats({ period, count }: Fold, frame: TraceFrame): boolean {
    return same(frame, this.#frames[this.#frames.length - period + count % period] as TraceFrame);
  }

  /** The repetition is over: what is told of it becomes part of the frames. */
  #unfold(fold: Fold): void {
    const { period, count } = fold;
    const rest = this.#rest(fold);
    this.#frames.push(...this.#told(period, Math.floor(count / period)), ...rest);
    this.#fold = null;
    this.#sinceLook = 0;
  }

  /** The frames of a last, incomplete round. */
  #rest({ period, count }: Fold): TraceFrame[] {
    const start = this.#frames.length - period;
    return this.#frames.slice(start, start + count % period);
  }

  #told(period: number, times: number): TraceFrame[] {
    if (times === 0) return [];
    const shown = this.#frames.slice(-period).filter((frame) => !frame.library).length;
    return [remark(`${times} more like ${shown <= 1 ? "this" : `these ${shown}`}`, shown === 0)];
  }
}

/** A line that says something about the frames around it. `library`: they are all of the library. */
export function remark(text: string, library: boolean): TraceFrame {
  return { name: `... ${text}`, file: null, line: 0, column: 0, library, variables: [] };
}

function same(a: TraceFrame, b: TraceFrame): boolean {
  return a === b ||
    (a.name === b.name && a.line === b.line && a.column === b.column && a.file === b.file && a.library === b.library);
}
