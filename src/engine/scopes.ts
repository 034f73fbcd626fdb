/**
 * The scope of a module: its own definitions in front of the program's globals. A name means the program's global until
 * the module has defined it; that moment moves the sites of the module's code from the one cell to the other, so that
 * sites hold cells here as everywhere, and makes instructions that stand for a builtin of that name calls.
 */
import { type Code, intrinsicsOf, redefine } from "../bytecode/mod.ts";
import { INTRINSICS } from "../core/mod.ts";
import { intern, type Sym, type Value } from "../data/mod.ts";
import { GlobalCell, type Globals, type Scope, UNBOUND, Unbound } from "../globals/mod.ts";

/** What happens to code whose sites were moved. True: some of it is running compiled and must be left. */
export type Relinked = (codes: readonly Code[]) => boolean;

/** The globals of one module. */
export class ModuleScope implements Scope {
  readonly #globals: Globals;
  readonly #relinked: Relinked;
  readonly #own: Map<Sym, GlobalCell> = new Map();
  /** Code with sites of a name that is not the module's own so far. */
  readonly #borrowers: Map<Sym, WeakRef<Code>[]> = new Map();

  constructor(globals: Globals, relinked: Relinked) {
    this.#globals = globals;
    this.#relinked = relinked;
  }

  /** The module's own cell once it is defined, the program's until then. */
  cell(name: Sym): GlobalCell {
    const own = this.#own.get(name);
    return own === undefined || own.value === UNBOUND ? this.#globals.cell(name) : own;
  }

  /** The module's own cell. */
  definition(name: Sym): GlobalCell {
    let own = this.#own.get(name);
    if (own === undefined) {
      this.#own.set(name, own = new GlobalCell(name, UNBOUND));
      own.watch({ changed: (cell) => this.#defined(cell), spent: () => false });
    }
    return own;
  }

  /** The module's own names with their values, in the order of their first mention. */
  *bound(): IterableIterator<readonly [Sym, Value]> {
    for (const [name, { value }] of this.#own) if (!(value instanceof Unbound)) yield [name, value];
  }

  /** Notes that a code has sites of the program's globals, or does what some of them do by instructions. */
  borrow(code: Code): void {
    const names = new Set([...intrinsicsOf(code)].map((intrinsic) => intern(INTRINSICS[intrinsic][0])));
    for (const constant of code.constants) {
      if (constant instanceof GlobalCell && constant !== this.#own.get(constant.name)) names.add(constant.name);
    }
    const reference = new WeakRef(code);
    for (const name of names) {
      const others = this.#borrowers.get(name);
      if (others === undefined) this.#borrowers.set(name, [reference]);
      else others.push(reference);
    }
  }

  #defined(own: GlobalCell): boolean {
    // A first definition disappoints nobody.
    own.changes = 0;
    const borrowers = this.#borrowers.get(own.name) ?? [];
    this.#borrowers.delete(own.name);
    const global = this.#globals.cell(own.name);
    return this.#relinked(borrowers.flatMap((reference) => {
      const code = reference.deref();
      return code !== undefined && moved(code, global, own) ? [code] : [];
    }));
  }
}

/** Whether anything in `code` meant the one global and now means the other. */
function moved(code: Code, from: GlobalCell, to: GlobalCell): boolean {
  let any = code.relink(from, to);
  for (const intrinsic of intrinsicsOf(code)) {
    if (INTRINSICS[intrinsic][0] === to.name.name) any = redefine(code, intrinsic, to) || any;
  }
  return any;
}
