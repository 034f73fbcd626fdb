/**
 * The files that the programs of one runtime load: finds, reads and caches them, and gives every module its scope. Their
 * forms are handed out one by one; the library (`builtins/control/modules.ts`) runs each before it asks for the next.
 *
 * Invariant: a file is open from its first form until it is closed; the open files are those whose forms are running,
 * each loaded by the one before it.
 */
import type { ModuleLoader } from "../builtins/declare.ts";
import type { Core, Lambda } from "../core/mod.ts";
import { Condition, evalError, type List, Opaque, Sym, type Value } from "../data/mod.ts";
import { read, type Source } from "../reader/mod.ts";
import type { Globals } from "../globals/mod.ts";
import type { FileStore } from "./api.ts";
import { beside, isPackage, normalise } from "./paths.ts";
import { ModuleScope } from "./scopes.ts";

/** What the names of programs usually end in. */
const EXTENSION = ".sema";

/** The scope of a unit: the program's, or that of the module it belongs to. */
export type UnitScope = Globals | ModuleScope;

/** What loading asks of the runtime. */
export interface ModulesHost {
  readonly globals: Globals;
  /** Null: there are no files. */
  readonly files: FileStore | null;
  /** Throws unless programs may `load` the file. What they import is part of the program. */
  permit(path: string): void;
  /** A scope for a module. */
  makeScope(): ModuleScope;
  /** A function without parameters that runs a form of a file. */
  unit(form: Value, source: Source, scope: UnitScope): Value;
  /** A function that runs resolved core. */
  procedure(lambda: Lambda, scope: UnitScope): Value;
}

/** A module that was imported. */
interface Module {
  readonly scope: ModuleScope;
  /** What it exported when it was complete. */
  readonly exports: ReadonlyMap<Sym, Value>;
}

/** A file being run; programs never see one. */
class OpenFile extends Opaque {
  override readonly typeName = "file";
  readonly path: string;
  readonly source: Source;
  readonly scope: UnitScope;
  /** Where an import copies the exports to. */
  readonly importer: UnitScope;
  /** What an earlier import made of it. */
  readonly known: Module | null;
  /** What its last `module` form lists. */
  listed: List | null = null;
  /** The index of the next form. */
  next = 0;

  constructor(path: string, source: Source, scope: UnitScope, importer: UnitScope, known: Module | null) {
    super();
    this.path = path;
    this.source = source;
    this.scope = scope;
    this.importer = importer;
    this.known = known;
  }

  override printed(): string {
    return `<file ${this.path}>`;
  }
}

/** Where a path leads: to a module that is there, or to a text. */
type Found =
  | { readonly path: string; readonly known: Module }
  | { readonly path: string; readonly known: null; readonly text: string };

/** The files of one runtime. */
export class Modules implements ModuleLoader {
  readonly #host: ModulesHost;
  readonly #complete: Map<string, Module> = new Map();
  readonly #open: OpenFile[] = [];

  constructor(host: ModulesHost) {
    this.#host = host;
  }

  open(path: string, importing: boolean, from: string | null): Value {
    const importer = from ?? this.#open.at(-1)?.path ?? null;
    const found = this.#find(path, importing, importer);
    if (!importing) this.#host.permit(found.path);
    const scope = this.#scopeOf(importer);
    if (found.known !== null) {
      return new OpenFile(found.path, read("", found.path), found.known.scope, scope, found.known);
    }
    this.#refuseCycle(found.path);
    const source = read(found.text, found.path);
    const own = importing ? this.#host.makeScope() : this.#host.globals;
    const file = new OpenFile(found.path, source, own, scope, null);
    this.#open.push(file);
    return file;
  }

  next(value: Value): Value {
    const file = asFile(value);
    const { forms } = file.source;
    if (file.next >= forms.length) return null;
    return this.#host.unit(forms[file.next++] ?? null, file.source, file.scope);
  }

  close(value: Value, complete: boolean, names: readonly Value[]): Value {
    const file = asFile(value);
    const at = this.#open.lastIndexOf(file);
    if (at >= 0) this.#open.splice(at, 1);
    if (!complete) return null;
    const module = file.known ?? this.#finish(file);
    return module === null ? null : this.#host.procedure(copying(selected(module, names)), file.importer);
  }

  /** Notes what the file that is running exports. */
  list(names: List): void {
    const file = this.#open.at(-1);
    if (file !== undefined) file.listed = names;
  }

  /** Nothing is running any more: files that could not be closed are not open. */
  reset(): void {
    this.#open.length = 0;
  }

  /** An imported file has run to its end. Null for a file that was loaded. */
  #finish({ path, scope, listed }: OpenFile): Module | null {
    if (!(scope instanceof ModuleScope)) return null;
    const exports = new Map(scope.bound());
    if (listed !== null) {
      const kept = new Set(listed);
      for (const name of exports.keys()) if (!kept.has(name)) exports.delete(name);
    }
    const module: Module = { scope, exports };
    this.#complete.set(path, module);
    return module;
  }

  /** The scope that forms of a file belong to. */
  #scopeOf(path: string | null): UnitScope {
    const open = this.#open.findLast((file) => file.path === path);
    return open?.scope ?? this.#complete.get(path ?? "")?.scope ?? this.#host.globals;
  }

  #refuseCycle(path: string): void {
    const paths = this.#open.map((file) => file.path);
    const start = paths.indexOf(path);
    if (start < 0) return;
    throw evalError(`cyclic import detected: ${[...paths.slice(start), path].join(" -> ")}`);
  }

  #find(path: string, importing: boolean, from: string | null): Found {
    const form = importing ? "import" : "load";
    const { files } = this.#host;
    if (files !== null) {
      for (const candidate of candidates(files, path, from)) {
        const known = importing ? this.#complete.get(candidate) : undefined;
        if (known !== undefined) return { path: candidate, known };
        const text = readText(files, candidate, `${form} ${path}`);
        if (text !== null) return { path: candidate, known: null, text };
      }
    }
    if (isPackage(path)) throw evalError(`package not found: ${path}`, `Run: sema pkg add ${path}`);
    const reason = files === null ? "this runtime has no access to files" : "no such file";
    throw new Condition("io", `${form} ${path}: ${reason}`, {
      hint: files === null ? undefined : hint(files, path, from),
    });
  }
}

/** What helps where there is no file of that path. */
function hint(files: FileStore, path: string, from: string | null): string {
  const tried = candidates(files, path, from);
  const complete = tried.some((candidate) => {
    try {
      return files.read(`${candidate}${EXTENSION}`) !== null;
    } catch {
      return false;
    }
  });
  if (complete) return `a path is taken as it is: did you mean "${path}${EXTENSION}"?`;
  return tried.length === 0 ? "the path leads out of the root" : `looked for ${tried.join(" and ")}`;
}

function asFile(value: Value): OpenFile {
  if (value instanceof OpenFile) return value;
  throw new TypeError("not a file being run");
}

/** The paths that a path may mean, in the order in which they are tried. */
function candidates(files: FileStore, path: string, from: string | null): readonly string[] {
  if (files.resolve !== undefined) return [files.resolve(path, from)];
  const paths = [normalise(path), from === null ? null : normalise(beside(path, from))];
  return [...new Set(paths)].filter((each) => each !== null);
}

/** The text of a file; what the host says against reading it becomes the error of the form `what`. */
function readText(files: FileStore, path: string, what: string): string | null {
  try {
    return files.read(path);
  } catch (error) {
    throw new Condition("io", `${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The exports that a form selects by name; without names all. */
function selected({ exports }: Module, names: readonly Value[]): Iterable<readonly [Sym, Value]> {
  if (names.length === 0) return exports;
  return names.flatMap((name) => {
    const value = name instanceof Sym ? exports.get(name) : undefined;
    if (name instanceof Sym && value !== undefined) return [[name, value] as const];
    throw evalError(`import: module does not export '${name instanceof Sym ? name.name : ""}'`);
  });
}

/** A function that defines globals. */
function copying(values: Iterable<readonly [Sym, Value]>): Lambda {
  const body = Array.from(
    values,
    ([name, value]): Core => ({ kind: "defineGlobal", name, value: { kind: "const", value } }),
  );
  return {
    name: null,
    named: false,
    parameters: [],
    rest: null,
    body: body.length === 0 ? { kind: "const", value: null } : { kind: "seq", body },
    captures: [],
    variables: [],
    outer: null,
    position: null,
  };
}
