/**
 * From resolved core to code that runs, for one runtime: compiles, verifies and keeps track of all code of programs,
 * because the redefinition of a builtin that has an instruction of its own concerns code that is running.
 */
import type { Builtin } from "../builtins/declare.ts";
import { primitives } from "../builtins/primitives.ts";
import { Code, type Entry, redefine, type Variant } from "../bytecode/mod.ts";
import { type CompileTarget, compiling, type LibraryFunction } from "../compile/mod.ts";
import { atOnce, type Gradual, type Intrinsic, INTRINSICS, type Lambda } from "../core/mod.ts";
import { intern } from "../data/mod.ts";
import type { GlobalCell, Globals, Scope } from "../globals/mod.ts";
import type { HostFunction } from "../runtime/mod.ts";
import { verifying } from "../verify/mod.ts";
import { ModuleScope } from "./scopes.ts";

/** Variations of the baseline tier that `bench/ablation.ts` measures. */
export interface CodeOptions {
  readonly variants?: ReadonlySet<Variant["group"]>;
  readonly copyCaptures?: boolean;
  /** Calls and back-edges before the second tier is considered. */
  readonly heat: (words: number) => number;
  /** A builtin as it is to be called: as a function of the host when it runs programs. */
  readonly procedure: (builtin: Builtin) => Builtin | HostFunction;
  /** How compiled code enters a function that has not been compiled. */
  readonly interpret: (parameters: number) => Entry;
}

const ALL_VARIANTS: ReadonlySet<Variant["group"]> = new Set<Variant["group"]>(["slots", "fused"]);

const MANY_CODES = 1000;

/** Makes and knows the code of one runtime. */
export class Codes {
  /** Functions made so far, those of the library included. */
  made = 0;
  /** Places in code that hold the cell of their global. */
  globalSites = 0;
  readonly #globals: Globals;
  readonly #library: Globals;
  readonly #options: CodeOptions;
  readonly #live: Set<WeakRef<Code>> = new Set();
  /** The modules that code belongs to. */
  readonly #modules: WeakMap<Code, ModuleScope> = new WeakMap();
  readonly #redefined: Set<Intrinsic> = new Set();
  /** Entries of `#live` at which those that are gone are dropped. */
  #liveToClean = MANY_CODES;

  constructor(globals: Globals, library: Globals, options: CodeOptions) {
    this.#globals = globals;
    this.#library = library;
    this.#options = options;
  }

  /** Code of a unit or function of a program in the global scope or in a module's. */
  compile(lambda: Lambda, scope: Globals | ModuleScope = this.#globals): Code {
    return atOnce(this.compiling(lambda, scope));
  }

  /** The same in steps. */
  *compiling(lambda: Lambda, scope: Globals | ModuleScope = this.#globals): Gradual<Code> {
    let code: Code;
    let redefined: number;
    do {
      redefined = this.#redefined.size;
      code = yield* this.#compiling(lambda, scope, null);
      // Meanwhile somebody else may have redefined what a part of it relies on, when it was not known here yet.
    } while (redefined !== this.#redefined.size);
    if (scope instanceof ModuleScope) this.#belongs(code, scope);
    return code;
  }

  /** Code of a library function; `lambda` is its `(fn …)` form. */
  compileLibrary(lambda: Lambda, declaration: LibraryFunction): Code {
    const code = atOnce(this.#compiling(lambda, this.#library, declaration));
    code.frames = declaration.frames ?? 1;
    return code;
  }

  *#compiling(lambda: Lambda, scope: Scope, library: LibraryFunction | null): Gradual<Code> {
    const { variants = ALL_VARIANTS, copyCaptures = true, heat, interpret } = this.#options;
    const target: CompileTarget = {
      cell: (name) => {
        this.globalSites++;
        return scope.cell(name);
      },
      definition: (name) => {
        this.globalSites++;
        return scope.definition(name);
      },
      primitive: (name) => this.#options.procedure(primitives[name]),
      isIntrinsic: (operation) => library !== null || !this.#isRedefined(operation, scope),
      interpret,
      heat,
      variants,
      copyCaptures,
    };
    const code = yield* compiling(lambda, target, library);
    yield* verifying(code);
    yield* this.#registering(code);
    return code;
  }

  /** Code of a module follows the definitions of that module. */
  #belongs(code: Code, scope: ModuleScope): void {
    this.#modules.set(code, scope);
    scope.borrow(code);
    for (const constant of code.constants) if (constant instanceof Code) this.#belongs(constant, scope);
  }

  #isRedefined(operation: Intrinsic, scope: Scope): boolean {
    if (this.#redefined.has(operation)) return true;
    if (scope === this.#globals) return false;
    const name = intern(INTRINSICS[operation][0]);
    return scope.cell(name) !== this.#globals.cell(name);
  }

  *#registering(code: Code): Gradual<void> {
    this.made++;
    if (!code.library) this.#live.add(new WeakRef(code));
    if (this.#live.size > this.#liveToClean) {
      let count = 0;
      for (const _ of this.live()) count++;
      this.#liveToClean = Math.max(MANY_CODES, 2 * count);
    }
    for (const constant of code.constants) if (constant instanceof Code) yield* this.#registering(constant);
    yield;
  }

  /** All code of programs that is still reachable. */
  *live(): IterableIterator<Code> {
    for (const reference of this.#live) {
      const code = reference.deref();
      if (code === undefined) this.#live.delete(reference);
      else yield code;
    }
  }

  /** Calls `changed` for all code that performs an intrinsic when its global is redefined. */
  watchIntrinsics(changed: (codes: readonly Code[]) => boolean): void {
    for (const key of Object.keys(INTRINSICS) as Intrinsic[]) {
      this.#globals.watch(intern(INTRINSICS[key][0]), {
        changed: ({ name }: GlobalCell): boolean => {
          this.#redefined.add(key);
          const scope = (code: Code): Scope => this.#modules.get(code) ?? this.#globals;
          return changed([...this.live()].filter((code) => redefine(code, key, scope(code).cell(name))));
        },
        spent: () => false,
      });
    }
  }
}
