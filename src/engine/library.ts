/**
 * The library as a scope of globals of its own, which no program can change: functions of the library go on meaning the
 * same when a program redefines a builtin. Those written in Sema are compiled when their global is first looked up.
 */
import { declaration, names, numberConstants, standardStreams } from "../builtins/mod.ts";
import {
  type AliasDeclaration,
  Builtin,
  type BuiltinDeclaration,
  type Declaration,
  many,
  type PreludeDeclaration,
} from "../builtins/declare.ts";
import { type Capability, permissionDenied } from "../builtins/host/host_access.ts";
import type { Value } from "../data/mod.ts";
import { type Macro, preludeMacros } from "../expand/mod.ts";
import { Globals, UNBOUND, type Unbound } from "../globals/mod.ts";

/** Makes the procedure of a library function written in Sema. */
export type MakeFunction = (declaration: PreludeDeclaration) => Value;

/** Makes the procedure of a builtin: itself, unless it runs programs. */
export type MakeBuiltin = (builtin: Builtin) => Value;

const macros: ReadonlyMap<string, Macro> = new Map(preludeMacros().map((macro) => [macro.name, macro]));
const constants: ReadonlyMap<string, Value> = new Map(Object.entries(numberConstants));

/** Names of the library that programs may use, in the order of declaration: hidden helpers are left out. */
export const libraryNames: readonly string[] = [
  ...names,
  ...constants.keys(),
  ...Object.keys(standardStreams),
  ...macros.keys(),
].filter((name) => !name.startsWith("__"));

/** Whether a name of the library is that of a function written in Sema whose caller's frame stays. */
export function keepsCaller(name: string): boolean {
  const row = declaration(name);
  const target = row?.kind === "alias" ? declaration(row.target) : row;
  return target?.kind === "sema" && target.tailCalls !== true;
}

/** Makes the standard stream that a global holds; undefined for other names. */
export type MakeStream = (name: string) => Value | undefined;

/** The scope of the library for one runtime, which has been given the capabilities in `granted`. */
export function libraryGlobals(
  make: MakeFunction,
  builtin: MakeBuiltin,
  standard: MakeStream,
  granted: ReadonlySet<Capability>,
): Globals {
  const maker: Maker = { make, builtin, granted };
  const globals: Globals = new Globals(({ name }) => {
    const row = declaration(name);
    if (row !== undefined) return fromRow(row, globals, maker);
    return constants.get(name) ?? macros.get(name) ?? standard(name) ?? UNBOUND;
  });
  return globals;
}

/** How procedures are made from declarations. */
interface Maker {
  readonly make: MakeFunction;
  readonly builtin: MakeBuiltin;
  readonly granted: ReadonlySet<Capability>;
}

function fromRow(row: Declaration, globals: Globals, maker: Maker): Value | Unbound {
  if (row.kind === "alias") return fromAlias(row, globals, maker);
  const { capability } = row;
  if (capability !== undefined && !maker.granted.has(capability)) return new Builtin(denied(row, capability));
  switch (row.kind) {
    case "native":
      return maker.builtin(new Builtin(row));
    case "sema":
      return maker.make(row);
    default:
      return row satisfies never;
  }
}

/** What stands for a function whose capability is missing. That is said before the arguments are even counted. */
function denied({ name, doc }: Declaration & { doc: string }, capability: Capability): BuiltinDeclaration {
  return many(name, 0, Infinity, doc, () => {
    throw permissionDenied(name, capability);
  });
}

function fromAlias(row: AliasDeclaration, globals: Globals, maker: Maker): Value | Unbound {
  if (row.identical) return globals.named(row.target).value;
  const target = declaration(row.target);
  return target === undefined ? UNBOUND : fromRow(target, globals, maker);
}
