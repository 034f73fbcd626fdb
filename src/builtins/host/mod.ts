/** What is outside of a program: files, processes, time, terminals: the areas of this folder, each a table of declarations. */
export { archives } from "./archives.ts";
export { gzip } from "./compression.ts";
export { events } from "./events.ts";
export { fileStreams, standardInput, standardOutput } from "./file_streams.ts";
export { fileTools } from "./file_tools.ts";
export { files } from "./files.ts";
export { garbage } from "./garbage.ts";
export { git } from "./git.ts";
export { http } from "./http.ts";
export { input } from "./input.ts";
export { logs } from "./logs.ts";
export { paths } from "./paths.ts";
export { screen } from "./screen.ts";
export { signals } from "./signals.ts";
export { system } from "./system.ts";
export { times } from "./times.ts";
export { tracing } from "./tracing.ts";
