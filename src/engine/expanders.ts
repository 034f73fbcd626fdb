/** What analysing asks of a runtime, for each scope: the macros that are in sight there, and running what they need. */
import { intern, type Sym, type Value } from "../data/mod.ts";
import type { Lambda } from "../core/mod.ts";
import { Macro } from "../expand/mod.ts";
import { analyseForms, type AnalysisHost } from "../frontend.ts";
import type { Positions } from "../reader/mod.ts";
import type { Globals } from "../globals/mod.ts";
import { keepsCaller } from "./library.ts";
import type { UnitScope } from "./modules.ts";

/** What expanding asks of the runtime. */
export interface ExpandersHost {
  readonly globals: Globals;
  readonly library: Globals;
  /** Runs a unit now. */
  evaluate(lambda: Lambda, scope: UnitScope): Value;
  /** Calls a procedure now. */
  apply(procedure: Value, args: readonly Value[]): Value;
}

/** One expander for each scope: macros know the one they were defined with. */
export class Expanders {
  readonly #host: ExpandersHost;
  readonly #made: WeakMap<UnitScope, AnalysisHost> = new WeakMap();
  #gensyms = 0;

  constructor(host: ExpandersHost) {
    this.#host = host;
  }

  /** The expander of a scope. */
  of(scope: UnitScope): AnalysisHost {
    let made = this.#made.get(scope);
    if (made === undefined) this.#made.set(scope, made = this.#make(scope));
    return made;
  }

  /** A symbol that no program contains. */
  readonly gensym = (prefix: string): Sym => intern(`${prefix}__${++this.#gensyms}`);

  #make(scope: UnitScope): AnalysisHost {
    const { globals, library, evaluate, apply } = this.#host;
    const host: AnalysisHost = {
      macro: (name) => {
        const { value } = scope.cell(name);
        return value instanceof Macro ? value : null;
      },
      // A macro of a module runs in the scope of the module, wherever it is used.
      defineMacro: (name, macro) =>
        void scope.definition(name).assignWatched(
          scope === globals ? macro : new Macro(macro.name, (form) => macro.transform(form, host), macro.usage),
        ),
      evaluate: (form, positions: Positions) => evaluate(analyseForms([form], host, positions), scope),
      apply: (procedure, args) => apply(procedure, args),
      gensym: this.gensym,
      keepsCaller: (name) => keepsCaller(name.name) && scope.cell(name).value === library.cell(name).value,
    };
    return host;
  }
}
