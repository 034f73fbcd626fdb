/**
 * What `context/…` keeps for one task: frames of keys and values, innermost last, and two stores beside them. Everything
 * in it is immutable, so that a snapshot for a new task costs nothing.
 */
import { EMPTY, List, SortedMap, type Value } from "../data/mod.ts";

const NO_FRAMES: readonly SortedMap[] = [SortedMap.EMPTY];

/** The context of one task. */
export class TaskContext {
  frames: readonly SortedMap[];
  /** Name → list of values, newest first. */
  stacks: SortedMap;
  hidden: SortedMap;

  constructor(
    frames: readonly SortedMap[] = NO_FRAMES,
    stacks: SortedMap = SortedMap.EMPTY,
    hidden: SortedMap = SortedMap.EMPTY,
  ) {
    this.frames = frames;
    this.stacks = stacks;
    this.hidden = hidden;
  }

  /** Another context that holds the same for now. */
  snapshot(): TaskContext {
    return new TaskContext(this.frames, this.stacks, this.hidden);
  }

  /** The value of a key, from the inside out. */
  get(key: Value): Value | undefined {
    for (let i = this.frames.length - 1; i >= 0; i--) {
      const value = this.frames[i]?.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Sets a key in the innermost frame. */
  set(key: Value, value: Value): void {
    const innermost = this.frames.at(-1) ?? SortedMap.EMPTY;
    this.frames = [...this.frames.slice(0, -1), innermost.with(key, value)];
  }

  /** Deletes a key from every frame; the innermost value, or undefined. */
  remove(key: Value): Value | undefined {
    const value = this.get(key);
    if (value !== undefined) this.frames = this.frames.map((frame) => frame.without(key));
    return value;
  }

  /** All that is visible. */
  all(): SortedMap {
    return this.frames.reduce((merged, frame) => {
      for (const [key, value] of frame) merged = merged.with(key, value);
      return merged;
    }, SortedMap.EMPTY);
  }

  /** Empties all frames. */
  clear(): void {
    this.frames = this.frames.map(() => SortedMap.EMPTY);
  }

  /** Opens a frame; how many there were before. */
  open(frame: SortedMap): number {
    this.frames = [...this.frames, frame];
    return this.frames.length - 1;
  }

  /** Closes frames until there are `count`. */
  close(count: number): void {
    this.frames = this.frames.slice(0, count);
  }

  /** The values of a named stack, newest first. */
  stack(name: Value): List {
    const values = this.stacks.get(name);
    return values instanceof List ? values : EMPTY;
  }
}
