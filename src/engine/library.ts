/**
 * The library as a scope of globals of its own, which no program can change: functions of the library go on meaning the
 * same when a program redefines a builtin. Those written in Sema are compiled when their global is first looked up.
 */
import { declarations, numberConstants } from "../builtins/mod.ts";
import { type AliasDeclaration, Builtin, type Declaration, type PreludeDeclaration } from "../builtins/declare.ts";
import type { Value } from "../data/mod.ts";
import { type Macro, preludeMacros } from "../expand/mod.ts";
import { Globals, UNBOUND, type Unbound } from "../runtime/globals.ts";

/** Makes the procedure of a library function written in Sema. */
export type MakeFunction = (declaration: PreludeDeclaration) => Value;

/** Makes the procedure of a builtin: itself, unless it runs programs. */
export type MakeBuiltin = (builtin: Builtin) => Value;

const macros: ReadonlyMap<string, Macro> = new Map(preludeMacros().map((macro) => [macro.name, macro]));
const rows: ReadonlyMap<string, Declaration> = new Map(declarations.map((row) => [row.name, row]));

/** Names of the library that programs may use, in the order of declaration: hidden helpers are left out. */
export const libraryNames: readonly string[] = [
  ...declarations.map((row) => row.name),
  ...Object.keys(numberConstants),
  ...macros.keys(),
].filter((name) => !name.startsWith("__"));

/** The scope of the library for one runtime. */
export function libraryGlobals(make: MakeFunction, builtin: MakeBuiltin): Globals {
  const globals: Globals = new Globals(({ name }) => {
    const row = rows.get(name);
    if (row !== undefined) return fromRow(row, globals, make, builtin);
    return numberConstants[name] ?? macros.get(name) ?? UNBOUND;
  });
  return globals;
}

function fromRow(row: Declaration, globals: Globals, make: MakeFunction, builtin: MakeBuiltin): Value | Unbound {
  switch (row.kind) {
    case "native":
      return builtin(new Builtin(row));
    case "sema":
      return make(row);
    case "alias":
      return fromAlias(row, globals, make, builtin);
    default:
      return row satisfies never;
  }
}

function fromAlias(
  row: AliasDeclaration,
  globals: Globals,
  make: MakeFunction,
  builtin: MakeBuiltin,
): Value | Unbound {
  if (row.identical) return globals.named(row.target).value;
  const target = rows.get(row.target);
  return target === undefined ? UNBOUND : fromRow(target, globals, make, builtin);
}
