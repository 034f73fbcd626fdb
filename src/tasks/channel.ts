/** Bounded queues between tasks. Who waits longest is served first, and values come out in the order they were sent. */
import { evalError, Opaque, repr, type Value } from "../data/mod.ts";
import { AsyncPromise } from "./promise.ts";
import { Queue } from "./queue.ts";
import { Wait } from "./wait.ts";

/** A task that waits for room, and what it sends. */
interface Sender {
  readonly value: Value;
  readonly wait: Wait;
}

/** A channel. */
export class Channel extends Opaque {
  override readonly typeName = "channel";
  readonly capacity: number;
  closed = false;
  readonly #values: Queue<Value> = new Queue();
  readonly #receivers: Queue<Wait> = new Queue();
  readonly #senders: Queue<Sender> = new Queue();

  constructor(capacity: number) {
    super();
    this.capacity = capacity;
  }

  override printed(): string {
    return "<channel>";
  }

  /** Values that are in it. */
  get count(): number {
    return this.#values.size;
  }

  /** Whether a sender would have to wait. */
  get full(): boolean {
    return this.count >= this.capacity;
  }

  /** Sends; a wait when there is no room. */
  send(value: Value): Value {
    if (this.closed) throw dropped(value);
    const receiver = this.#receivers.shift();
    if (receiver !== undefined) {
      receiver.settle(value);
      return null;
    }
    if (!this.full) {
      this.#values.push(value);
      return null;
    }
    const wait = new Wait("channel/send: channel is full");
    const entry = this.#senders.push({ value, wait });
    wait.release = () => this.#senders.remove(entry);
    return wait;
  }

  /** Receives; a wait when there is nothing, nil when there never will be. */
  receive(): Value {
    if (this.count > 0) {
      const value = this.#take();
      return value instanceof AsyncPromise ? Wait.over(value) : value;
    }
    if (this.closed) return null;
    const wait = new Wait("channel/recv: channel is empty");
    const entry = this.#receivers.push(wait);
    wait.release = () => this.#receivers.remove(entry);
    return wait;
  }

  /** The next value if there is one. */
  tryReceive(): Value {
    return this.count > 0 ? this.#take() : null;
  }

  /** Lets nothing more in. Waiting receivers get nil, waiting senders fail. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (let wait = this.#receivers.shift(); wait !== undefined; wait = this.#receivers.shift()) wait.settle(null);
    for (let sender = this.#senders.shift(); sender !== undefined; sender = this.#senders.shift()) {
      sender.wait.settle(null, dropped(sender.value));
    }
  }

  /** The first value; the longest waiting sender takes the room. */
  #take(): Value {
    const value = this.#values.shift() ?? null;
    const sender = this.#senders.shift();
    if (sender !== undefined) {
      this.#values.push(sender.value);
      sender.wait.settle(null);
    }
    return value;
  }
}

function dropped(value: Value): ReturnType<typeof evalError> {
  return evalError(`channel/send: channel is closed; value ${repr(value)} was dropped`);
}
