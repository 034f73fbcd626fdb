/**
 * The library, a folder for each kind of thing that it is about. In: values (`data`, `tasks`), and what some of it is
 * about (`reader`, `core`, `regex`, `markup`). Out: declarations by name, from which a runtime makes its globals, and the
 * classes of the values that only the library knows. No builtin written in TypeScript calls back into a program, imports a
 * tier or touches the host, of which it has what `host/host_access.ts` describes; whatever calls back is a `sema`
 * declaration.
 */
export { areas } from "./areas.ts";
export type { ControlRequest } from "./control/continuations.ts";
export * from "./declare.ts";
export { type Intrinsics, intrinsics } from "./intrinsics.ts";
export { mapKey } from "./collections/map_keys.ts";
export { standardStreams } from "./host/standard_streams.ts";
export { numberConstants } from "./numbers/constants.ts";
export { HostRoutine, type RoutineOutcome, RoutineRun, type WantedCall } from "./control/host_routines.ts";
export { IndirectProcedure } from "./control/indirect.ts";
export { Multimethod } from "./control/multimethods.ts";
export { primitives } from "./primitives.ts";
export { thrown } from "./control/throwing.ts";
export { bundle, MultipleValues, valuesOf } from "./control/values.ts";
export { declaration, declarations, names } from "./rows.ts";
