/**
 * What a task waits for, whatever it is: settled once, by whatever comes first, with a value or a condition.
 */
import { type Condition, Opaque, type Value } from "../data/mod.ts";

/** What is wrong with a program that waits for ever, where the wait knows nothing better. */
export const BLOCKED = "async scheduler: all tasks blocked (deadlock detected)";

/** A wait of one task. Programs never see one: `await` takes it where the library hands it out. */
export class Wait extends Opaque {
  override readonly typeName = "wait";
  settled = false;
  value: Value = null;
  condition: Condition | null = null;
  /** Settled, but the task has to go to the end of the queue all the same. */
  turn = false;
  /** What to say when nothing can ever settle it and the program cannot end for it. */
  readonly blocked: string;
  /** Takes it out of everything that could settle it. Called once: when it is settled or given up. */
  release: (() => void) | null = null;
  /** Called when it is settled. */
  wake: (() => void) | null = null;

  constructor(blocked: string = BLOCKED) {
    super();
    this.blocked = blocked;
  }

  /** A wait that is over already. */
  static over(value: Value, condition: Condition | null = null): Wait {
    const wait = new Wait();
    wait.settle(value, condition);
    return wait;
  }

  /** One that is over, but whose task goes to the end of the queue first; `then` is called when it is there. */
  static turn(value: Value, condition: Condition | null = null, then: (() => void) | null = null): Wait {
    const wait = Wait.over(value, condition);
    wait.turn = true;
    wait.wake = then;
    return wait;
  }

  override printed(): string {
    return "<wait>";
  }

  /** Settles it. The first time counts. */
  settle(value: Value, condition: Condition | null = null): void {
    if (this.settled) return;
    this.settled = true;
    this.value = value;
    this.condition = condition;
    this.abandon();
    this.wake?.();
  }

  /** Gives it up: nothing settles it any more. */
  abandon(): void {
    const { release } = this;
    this.release = null;
    release?.();
  }
}
