/**
 * The areas of the library, in order. The order matters where a misspelt name is equally near to two builtins: the earlier
 * one is suggested. Numbers come first, because `+` is what the reference suggests for every one-character name. Printing is
 * the only area that is part of every start.
 */
import { collectionsRoom } from "./collections/lazy.ts";
import { controlRoom } from "./control/lazy.ts";
import { formatsRoom } from "./formats/lazy.ts";
import type { Area } from "./declare.ts";
import { hostRoom } from "./host/lazy.ts";
import { markupRoom } from "./markup/lazy.ts";
import { numbersRoom } from "./numbers/lazy.ts";
import { textRoom } from "./text/lazy.ts";
import { io } from "./host/io.ts";

/** The tables, by what they are about. */
export const areas: readonly (readonly [title: string, area: Area])[] = [
  ["Numbers", () => numbersRoom().numberBuiltins()],
  ["Types and equality", () => controlRoom().predicates()],
  ["Lists", () => collectionsRoom().lists()],
  ["Lists as collections", () => collectionsRoom().listSets()],
  ["Functions of functions", () => collectionsRoom().higherOrder()],
  ["Vectors", () => collectionsRoom().vectors()],
  ["Maps", () => collectionsRoom().maps()],
  ["Nested maps", () => collectionsRoom().nestedMaps()],
  ["Strings", () => textRoom().strings()],
  ["Searching and cutting strings", () => textRoom().stringSearch()],
  ["Letter case", () => textRoom().stringCase()],
  ["Columns of text", () => textRoom().stringWidth()],
  ["Regular expressions", () => textRoom().regexes()],
  ["Texts", () => textRoom().texts()],
  ["Documents and prompts", () => textRoom().documents()],
  ["Markdown", () => markupRoom().markdown()],
  ["HTML", () => markupRoom().html()],
  ["JSON", () => formatsRoom().json()],
  ["CSV", () => formatsRoom().csv()],
  ["TOML", () => formatsRoom().toml()],
  ["Diffs", () => formatsRoom().diffs()],
  ["Secrets", () => formatsRoom().secrets()],
  ["Hashes and encodings", () => formatsRoom().hashes()],
  ["Characters", () => textRoom().chars()],
  ["Symbols and keywords", () => textRoom().symbols()],
  ["Printing", io],
  ["Errors, values and parameters", () => controlRoom().control()],
  ["Continuations and coroutines", () => controlRoom().continuations()],
  ["Mutable arrays and cells", () => collectionsRoom().mutable()],
  ["Bytes", () => collectionsRoom().bytes()],
  ["Typed arrays", () => collectionsRoom().typedArrays()],
  ["Streams", () => collectionsRoom().streams()],
  ["Promises of delay", () => controlRoom().promises()],
  ["Tasks", () => controlRoom().asyncBuiltins()],
  ["Channels", () => controlRoom().channels()],
  ["Structured concurrency", () => controlRoom().structured()],
  ["Contexts", () => controlRoom().contexts()],
  ["Multimethods", () => controlRoom().multimethods()],
  ["Functions of the host", () => controlRoom().hostRoutines()],
  ["Reading programs", () => textRoom().reading()],
  ["Modules", () => controlRoom().modules()],
  ["Standard input", () => hostRoom().input()],
  ["Keys", () => hostRoom().keys()],
  ["Files", () => hostRoom().files()],
  ["Files as streams", () => hostRoom().fileStreams()],
  ["Tools for files", () => hostRoom().fileTools()],
  ["Watching files", () => hostRoom().watching()],
  ["Key-value stores", () => hostRoom().keyValues()],
  ["Databases", () => hostRoom().databaseBuiltins()],
  ["Compression", () => hostRoom().gzip()],
  ["Archives", () => hostRoom().archives()],
  ["Paths", () => hostRoom().paths()],
  ["System", () => hostRoom().system()],
  ["Processes", () => hostRoom().processes()],
  ["Signals", () => hostRoom().signals()],
  ["Garbage", () => hostRoom().garbage()],
  ["Git", () => hostRoom().git()],
  ["HTTP", () => hostRoom().http()],
  ["WebSockets", () => hostRoom().sockets()],
  ["Answers of servers", () => hostRoom().responses()],
  ["Routes of servers", () => hostRoom().router()],
  ["Routes of tools", () => hostRoom().toolRoutes()],
  ["Servers", () => hostRoom().server()],
  ["Times", () => hostRoom().times()],
  ["Events", () => hostRoom().events()],
  ["Styled text", () => textRoom().styles()],
  ["Screens of terminals", () => hostRoom().screen()],
  ["Spinners", () => hostRoom().spinning()],
  ["Logs", () => hostRoom().logs()],
  ["Tracing", () => hostRoom().tracing()],
  ["Help", () => controlRoom().help()],
];
