/**
 * Evaluations that the host's event loop carries on: runs their tasks in slices, and between two slices waits for
 * timers, for the host, or only for the host to have had its turn.
 *
 * Invariant: while there are evaluations, either a slice is running or something is arranged that begins the next.
 */
import { Condition } from "../data/mod.ts";
import type { Gradual } from "../core/mod.ts";
import { type Evaluation, type Scheduler, type Step, toCondition } from "../runtime/mod.ts";
import type { Timing } from "../tasks/mod.ts";
import { type Account, interruption, type Meter } from "./meter.ts";

/**
 * Milliseconds that the tasks of a polite evaluation run before they are asked to give the host its thread back, within
 * 10 in all: then there is still a portion of steps, unwinding, and what the host's collector does.
 */
const POLITE_SLICE = 6;
/** The same where none is polite: only between tasks, so that timers and what the host waits for get on. */
const SLICE = 100;

/** One evaluation on the host's loop. */
export interface Guest {
  readonly evaluation: Evaluation;
  readonly account: Account;
  readonly polite: boolean;
  readonly signal: AbortSignal | undefined;
  /** What has to be done before its main task can begin, with that task's first step; null when it has begun. */
  preparing: Gradual<Step> | null;
}

/** One that is there until its evaluation has ended. */
interface PresentGuest extends Guest {
  readonly ended: () => void;
}

/** What the loop needs from the runtime. */
export interface LoopHost {
  readonly clock: Timing;
  readonly scheduler: Scheduler<Account>;
  readonly meter: Meter;
  /** Runs something as the host's outermost call into the runtime. */
  outermost<T>(run: () => T): T;
  /** Sees to it that what was printed has arrived. */
  flush(): void;
}

/** The evaluations of one runtime that wait for the host. */
export class HostLoop {
  readonly #host: LoopHost;
  readonly #guests: Set<PresentGuest> = new Set();
  /** Takes back what would begin the next slice. */
  #arranged: (() => void) | null = null;
  #running = false;

  constructor(host: LoopHost) {
    this.#host = host;
  }

  /** Runs an evaluation to its end. Its outcome is there when the promise is resolved. */
  run(guest: Guest): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = guest;
      const aborted = () => {
        guest.evaluation.stop(interruption());
        this.wake();
      };
      const ended = () => {
        signal?.removeEventListener("abort", aborted);
        resolve();
      };
      const present = { ...guest, ended };
      this.#guests.add(present);
      signal?.addEventListener("abort", aborted);
      this.#slice(present);
    });
  }

  /** A task is ready, or an evaluation has been stopped. */
  wake(): void {
    if (this.#guests.size === 0 || this.#running) return;
    this.#arrange(0);
  }

  /** Arranges for the next slice: in so many milliseconds, or with 0 as soon as the host has had its turn. */
  #arrange(milliseconds: number): void {
    this.#arranged?.();
    const { clock } = this.#host;
    let valid = true;
    const next = () => {
      if (!valid) return;
      this.#arranged = null;
      this.#slice(null);
    };
    const cancel = milliseconds > 0 ? clock.after(milliseconds, next) : void clock.soon(next);
    this.#arranged = () => {
      valid = false;
      cancel?.();
    };
  }

  /** `newcomer`: one that begins now. */
  #slice(newcomer: PresentGuest | null): void {
    const { clock, scheduler, meter } = this.#host;
    const inside = this.#running || !scheduler.idle;
    const { deadline } = meter;
    const polite = [...this.#guests].some((guest) => guest.polite);
    const end = clock.now() + (polite ? POLITE_SLICE : SLICE);
    meter.deadline = polite && !inside ? end : Infinity;
    meter.over = false;
    const outer = this.#running;
    this.#running = true;
    try {
      if (inside) {
        if (newcomer !== null) this.#host.outermost(() => this.#prepare(newcomer, Infinity));
        // The rest has to wait until the host's function has returned, inside of which it is.
        return;
      }
      this.#host.outermost(() => this.#prepareAll(end));
      while (
        this.#host.outermost(() => scheduler.drive(() => this.#someFinished(), end, () => meter.over)) === "done"
      ) {
        this.#endFinished();
      }
    } finally {
      this.#running = outer;
      meter.deadline = deadline;
    }
    if (this.#guests.size === 0) return this.#arranged?.();
    // The host may have nothing to do for a long time.
    this.#host.flush();
    if (scheduler.busy || this.#somePrepares()) return this.#arrange(0);
    this.#await();
  }

  /** Goes on preparing until the time is up. */
  #prepareAll(end: number): void {
    for (const guest of this.#guests) this.#prepare(guest, guest.polite ? end : Infinity);
  }

  #prepare(guest: PresentGuest, end: number): void {
    const { evaluation, account, preparing } = guest;
    if (preparing === null || evaluation.over) return;
    const { clock, scheduler, meter } = this.#host;
    const { account: payer, deadline } = meter;
    meter.account = account;
    // What macros do is not interrupted: the time is looked at between two forms.
    meter.deadline = Infinity;
    try {
      let step = preparing.next();
      for (let now = clock.now(); step.done !== true && now < end; now = clock.now()) {
        account.look(now);
        step = preparing.next();
      }
      if (step.done !== true) return;
      guest.preparing = null;
      meter.deadline = deadline;
      scheduler.start(step.value, evaluation, account);
    } catch (thrown) {
      guest.preparing = null;
      evaluation.stop(toCondition(thrown));
    } finally {
      meter.account = payer;
      meter.deadline = deadline;
    }
  }

  #somePrepares(): boolean {
    for (const { preparing, evaluation } of this.#guests) if (preparing !== null && !evaluation.over) return true;
    return false;
  }

  #someFinished(): boolean {
    for (const { evaluation } of this.#guests) if (evaluation.finished) return true;
    return false;
  }

  #endFinished(): void {
    for (const guest of this.#guests) {
      if (!guest.evaluation.finished) continue;
      this.#guests.delete(guest);
      guest.ended();
    }
  }

  /** Nothing is ready: waits for the host, or gives up where it cannot help. */
  #await(): void {
    const { clock, scheduler } = this.#host;
    const now = clock.now();
    let next = scheduler.timers.next;
    for (const { evaluation, account } of this.#guests) {
      if (now > account.deadline) {
        try {
          account.look(now);
        } catch (condition) {
          if (!(condition instanceof Condition)) throw condition;
          evaluation.stop(condition);
        }
      }
      next = Math.min(next, account.deadline);
    }
    if (!scheduler.expecting || this.#someFinished()) {
      for (const guest of this.#guests) {
        if (scheduler.expecting && !guest.evaluation.finished) continue;
        this.#guests.delete(guest);
        guest.ended();
      }
      if (this.#guests.size === 0) return;
    }
    if (next !== Infinity) this.#arrange(Math.max(1, next - now));
  }
}
