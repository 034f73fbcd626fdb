/**
 * The areas of the library, in order. The order matters where a misspelt name is equally near to two builtins: the earlier
 * one is suggested. Numbers come first, because `+` is what the reference suggests for every one-character name.
 */
import { bytes } from "./collections/bytes.ts";
import { higherOrder } from "./collections/higher_order.ts";
import { listSets } from "./collections/list_sets.ts";
import { lists } from "./collections/lists.ts";
import { maps } from "./collections/maps.ts";
import { mutable } from "./collections/mutable.ts";
import { nestedMaps } from "./collections/nested_maps.ts";
import { streams } from "./collections/streams.ts";
import { typedArrays } from "./collections/typed_arrays.ts";
import { vectors } from "./collections/vectors.ts";
import { asyncBuiltins } from "./control/async.ts";
import { channels } from "./control/channels.ts";
import { contexts } from "./control/contexts.ts";
import { continuations } from "./control/continuations.ts";
import { control } from "./control/control.ts";
import { help } from "./control/help.ts";
import { modules } from "./control/modules.ts";
import { hostRoutines } from "./control/host_routines.ts";
import { multimethods } from "./control/multimethods.ts";
import { predicates } from "./control/predicates.ts";
import { promises } from "./control/promises.ts";
import { structured } from "./control/structured.ts";
import type { Area } from "./declare.ts";
import { csv } from "./formats/csv.ts";
import { diffs } from "./formats/diffs.ts";
import { hashes } from "./formats/hashes.ts";
import { json } from "./formats/json.ts";
import { secrets } from "./formats/secrets.ts";
import { toml } from "./formats/toml.ts";
import { events } from "./host/events.ts";
import { fileStreams } from "./host/file_streams.ts";
import { fileTools } from "./host/file_tools.ts";
import { files } from "./host/files.ts";
import { git } from "./host/git.ts";
import { input } from "./host/input.ts";
import { io } from "./host/io.ts";
import { logs } from "./host/logs.ts";
import { paths } from "./host/paths.ts";
import { screen } from "./host/screen.ts";
import { system } from "./host/system.ts";
import { times } from "./host/times.ts";
import { tracing } from "./host/tracing.ts";
import { numberBuiltins } from "./numbers/numbers.ts";
import { chars } from "./text/chars.ts";
import { documents } from "./text/documents.ts";
import { reading } from "./text/reading.ts";
import { regexes } from "./text/regex.ts";
import { stringCase } from "./text/string_case.ts";
import { stringSearch } from "./text/string_search.ts";
import { stringWidth } from "./text/string_width.ts";
import { strings } from "./text/strings.ts";
import { styles } from "./text/styles.ts";
import { symbols } from "./text/symbols.ts";
import { texts } from "./text/text.ts";

/** The tables, by what they are about. */
export const areas: readonly (readonly [title: string, area: Area])[] = [
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
  ["Functions of the host", hostRoutines],
  ["Reading programs", reading],
  ["Modules", modules],
  ["Standard input", input],
  ["Files", files],
  ["Files as streams", fileStreams],
  ["Tools for files", fileTools],
  ["Paths", paths],
  ["System", system],
  ["Git", git],
  ["Times", times],
  ["Events", events],
  ["Styled text", styles],
  ["Screens of terminals", screen],
  ["Logs", logs],
  ["Tracing", tracing],
  ["Help", help],
];
