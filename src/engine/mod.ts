/**
 * The engine: ties reader, expander, compiler, tiers and library into a runtime, and is its embedding interface. Knows
 * every stage; no stage knows it. Touches nothing of the host but the standard streams of a runtime that is given none.
 */
export {
  type AsyncOptions,
  type Documentation,
  type EvalOptions,
  type FileStore,
  type InspectOptions,
  type Limits,
  type Listing,
  type Runtime,
  type RuntimeOptions,
  SemaError,
  type SemaValue,
  type SourceOptions,
  type Stats,
  type Tier,
  type Timing,
  type TraceLine,
} from "./api.ts";
export {
  CAPABILITIES,
  type Capability,
  type ChildOutput,
  type ChildProcess,
  type Clock,
  type CommandOptions,
  type CommandResult,
  type Environment,
  type FileInfo,
  type FileReader,
  type FileSystem,
  type FileWriter,
  type HostAccess,
  type KeyInput,
  type ProcessAccess,
  type SystemFacts,
} from "../builtins/host/host_access.ts";
export type { Database, DatabaseAccess, DatabaseValue } from "../builtins/host/databases.ts";
export type { Compression } from "../builtins/host/compression.ts";
export type { FileEvent, FileEventKind } from "../builtins/host/watching.ts";
export type { Signal, SignalAccess } from "../builtins/host/signals.ts";
export type {
  HttpRequest,
  HttpResponse,
  HttpServer,
  ListenOptions,
  NetworkAccess,
  ResponseStream,
  ServerRequest,
  ServerSocket,
  Socket,
  SocketEvents,
  SocketOptions,
} from "../builtins/host/network_access.ts";
export type { JitStats, TierEvent, TierEventKind } from "../jit/mod.ts";
export { type SemaCall, semaCall } from "./host_routines.ts";
export { memoryFiles } from "./memory_files.ts";
export { createRuntime } from "./runtime.ts";
