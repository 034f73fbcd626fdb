/**
 * Global bindings. A site of code resolves its global once to a cell and keeps the cell; assignment writes the cell, and
 * tells who relies on its value. It knows names and values, and nothing of code or tiers.
 *
 * @module
 */
import { intern, type Sym, type Value } from "../data/mod.ts";

/** What an unbound cell holds; never a Sema value. */
export class Unbound {
  readonly #brand = true;
}

/** The one {@link Unbound}. */
export const UNBOUND: Unbound = new Unbound();

/** Code that was made for the value a cell had. */
export interface Watcher {
  /** The cell is about to be assigned. Returns true when code that is running now must be left. */
  changed(cell: GlobalCell): boolean;
  /** Whether it has no use for news any more, because its code is gone or out of use. */
  spent(): boolean;
}

/** Watchers of one cell at which the spent ones are looked for; twice as many the next time. */
const MANY_WATCHERS = 32;

/** One global binding. */
export class GlobalCell {
  readonly name: Sym;
  value: Value | Unbound;
  /** Who relies on the value; null while nobody does, which is all that an assignment has to look at. */
  watchers: Set<Watcher> | null = null;
  /** How often watchers were disappointed: code stops relying on a cell that keeps changing. */
  changes = 0;
  #watchersToClean = MANY_WATCHERS;

  constructor(name: Sym, value: Value | Unbound) {
    this.name = name;
    this.value = value;
  }

  /** Assigns a cell that has watchers. Returns true when code that is running now must be left. */
  assignWatched(value: Value): boolean {
    const { watchers } = this;
    let leave = false;
    if (watchers !== null) {
      this.watchers = null;
      this.changes++;
      for (const watcher of watchers) leave = watcher.changed(this) || leave;
    }
    this.value = value;
    return leave;
  }

  /** Registers one that relies on the value from now on. */
  watch(watcher: Watcher): void {
    const watchers = this.watchers ??= new Set();
    watchers.add(watcher);
    if (watchers.size < this.#watchersToClean) return;
    for (const each of watchers) if (each.spent()) watchers.delete(each);
    this.#watchersToClean = Math.max(MANY_WATCHERS, 2 * watchers.size);
  }
}

/** Where the code of a unit finds its globals. */
export interface Scope {
  /** The cell that `name` means now. */
  cell(name: Sym): GlobalCell;
  /** The cell that a definition of `name` binds. */
  definition(name: Sym): GlobalCell;
}

/** A scope of globals. */
export class Globals implements Scope {
  readonly #cells: Map<Sym, GlobalCell> = new Map();
  readonly #provide: (name: Sym) => Value | Unbound;
  /** Watchers of names that nobody has looked up yet. */
  readonly #awaited: Map<Sym, Watcher[]> = new Map();

  /** `provide`: the value of a name that is looked up for the first time. */
  constructor(provide: (name: Sym) => Value | Unbound = () => UNBOUND) {
    this.#provide = provide;
  }

  /** The cell of `name`, made unbound when it is new. */
  cell(name: Sym): GlobalCell {
    let cell = this.#cells.get(name);
    if (cell !== undefined) return cell;
    // The cell exists before its value: what provides the value may look the name up again.
    this.#cells.set(name, cell = new GlobalCell(name, UNBOUND));
    cell.value = this.#provide(name);
    const awaited = this.#awaited.get(name);
    if (awaited !== undefined) {
      for (const watcher of awaited) cell.watch(watcher);
      this.#awaited.delete(name);
    }
    return cell;
  }

  /** Here a name means the same before and after it is defined. */
  definition(name: Sym): GlobalCell {
    return this.cell(name);
  }

  /** The cell of the global called `name`. */
  named(name: string): GlobalCell {
    return this.cell(intern(name));
  }

  /** Watches the cell of a name, which is not looked up for that: what the name means may be dear to make. */
  watch(name: Sym, watcher: Watcher): void {
    const cell = this.#cells.get(name);
    if (cell !== undefined) cell.watch(watcher);
    else this.#awaited.set(name, [...this.#awaited.get(name) ?? [], watcher]);
  }

  /** Binds `name` without any of the checks that a running program's definition needs. */
  bind(name: string, value: Value): void {
    this.named(name).value = value;
  }

  /** All bound cells, in the order of their creation. */
  *bound(): IterableIterator<GlobalCell> {
    for (const cell of this.#cells.values()) if (cell.value !== UNBOUND) yield cell;
  }
}
