/**
 * A queue from whose middle an entry can be removed at once, so that a million cancelled tasks leave nothing behind.
 */

/** One place in a queue. */
export class Entry<T> {
  readonly item: T;
  queue: Queue<T> | null;
  previous: Entry<T> | null = null;
  next: Entry<T> | null = null;

  constructor(item: T, queue: Queue<T>) {
    this.item = item;
    this.queue = queue;
  }
}

/** First in, first out. */
export class Queue<T> {
  #first: Entry<T> | null = null;
  #last: Entry<T> | null = null;
  #size = 0;

  /** How many entries there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds an item at the end. */
  push(item: T): Entry<T> {
    const entry = new Entry(item, this);
    entry.previous = this.#last;
    if (this.#last === null) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
    this.#size++;
    return entry;
  }

  /** Takes the first item. */
  shift(): T | undefined {
    const first = this.#first;
    if (first === null) return undefined;
    this.remove(first);
    return first.item;
  }

  /** Takes an entry out, wherever it is; nothing when it has left already. */
  remove(entry: Entry<T>): void {
    if (entry.queue !== this) return;
    if (entry.previous === null) this.#first = entry.next;
    else entry.previous.next = entry.next;
    if (entry.next === null) this.#last = entry.previous;
    else entry.next.previous = entry.previous;
    entry.queue = entry.previous = entry.next = null;
    this.#size--;
  }
}
