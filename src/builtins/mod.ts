/**
 * The library. In: nothing but `data`, `core` and `regex`. Out: one table of declarations, from which a runtime makes its globals,
 * and the classes of the values that only the library knows. No builtin written in TypeScript calls back into a
 * program, imports a tier or touches the host; whatever calls back is a `sema` declaration.
 *
 * The order matters where a misspelt name is equally near to two builtins: the earlier one is suggested. Numbers come
 * first, because `+` is what the reference suggests for every one-character name.
 */
import { asyncBuiltins } from "./async.ts";
import { bytes } from "./bytes.ts";
import { channels } from "./channels.ts";
import { chars } from "./chars.ts";
import { contexts } from "./contexts.ts";
import { continuations } from "./continuations.ts";
import { control } from "./control.ts";
import type { Declaration } from "./declare.ts";
import { csv } from "./csv.ts";
import { diffs } from "./diffs.ts";
import { documents } from "./documents.ts";
import { files } from "./files.ts";
import { help } from "./help.ts";
import { hashes } from "./hashes.ts";
import { higherOrder } from "./higher_order.ts";
import { input } from "./input.ts";
import { io } from "./io.ts";
import { listSets } from "./list_sets.ts";
import { json } from "./json.ts";
import { lists } from "./lists.ts";
import { maps } from "./maps.ts";
import { mutable } from "./mutable.ts";
import { nestedMaps } from "./nested_maps.ts";
import { modules } from "./modules.ts";
import { multimethods } from "./multimethods.ts";
import { numberBuiltins } from "./numbers.ts";
import { paths } from "./paths.ts";
import { predicates } from "./predicates.ts";
import { promises } from "./promises.ts";
import { reading } from "./reading.ts";
import { regexes } from "./regex.ts";
import { secrets } from "./secrets.ts";
import { streams } from "./streams.ts";
import { stringCase } from "./string_case.ts";
import { stringSearch } from "./string_search.ts";
import { stringWidth } from "./string_width.ts";
import { strings } from "./strings.ts";
import { structured } from "./structured.ts";
import { symbols } from "./symbols.ts";
import { texts } from "./text.ts";
import { system } from "./system.ts";
import { times } from "./times.ts";
import { toml } from "./toml.ts";
import { typedArrays } from "./typed_arrays.ts";
import { vectors } from "./vectors.ts";

/** The tables, by what they are about. */
export const areas: readonly (readonly [title: string, rows: readonly Declaration[]])[] = [
  ["Numbers", numberBuiltins],
  ["Types and equality", predicates],
  ["Lists", lists],
  ["Lists as collections", listSets],
  ["Functions of functions", higherOrder],
  ["Vectors", vectors],
  ["Maps", maps],
  ["Nested maps", nestedMaps],
  ["Strings", strings],
  ["Searching and cutting strings", stringSearch],
  ["Letter case", stringCase],
  ["Columns of text", stringWidth],
  ["Regular expressions", regexes],
  ["Texts", texts],
  ["Documents and prompts", documents],
  ["JSON", json],
  ["CSV", csv],
  ["TOML", toml],
  ["Diffs", diffs],
  ["Secrets", secrets],
  ["Hashes and encodings", hashes],
  ["Characters", chars],
  ["Symbols and keywords", symbols],
  ["Printing", io],
  ["Errors, values and parameters", control],
  ["Continuations and coroutines", continuations],
  ["Mutable arrays and cells", mutable],
  ["Bytes", bytes],
  ["Typed arrays", typedArrays],
  ["Streams", streams],
  ["Promises of delay", promises],
  ["Tasks", asyncBuiltins],
  ["Channels", channels],
  ["Structured concurrency", structured],
  ["Contexts", contexts],
  ["Multimethods", multimethods],
  ["Reading programs", reading],
  ["Modules", modules],
  ["Standard input", input],
  ["Files", files],
  ["Paths", paths],
  ["System", system],
  ["Times", times],
  ["Help", help],
];

/** Every builtin, hidden helpers (`__vm-…`) included. Names are unique and aliases follow their targets. */
export const declarations: readonly Declaration[] = areas.flatMap(([, rows]) => rows);

export type { ControlRequest } from "./continuations.ts";
export * from "./declare.ts";
export { type Intrinsics, intrinsics } from "./intrinsics.ts";
export { mapKey } from "./map_keys.ts";
export { numberConstants } from "./numbers.ts";
export { Multimethod, MULTIMETHOD_CALL } from "./multimethods.ts";
export { primitives } from "./primitives.ts";
export { thrown } from "./throwing.ts";
export { bundle, MultipleValues, valuesOf } from "./values.ts";
