/**
 * The library, a folder for each kind of thing that it is about. In: values (`data`, `tasks`), and what some of it is
 * about (`reader`, `core`, `regex`, `markup`). Out: declarations by name, from which a runtime makes its globals, and the
 * classes of the values that only the library knows. No builtin written in TypeScript calls back into a program, imports a
 * tier or touches the host, of which it has what `host/host_access.ts` describes; whatever calls back is a `sema`
 * declaration. The tiers import what they know of it by itself: `declare.ts`, `intrinsics.ts`, `primitives.ts`.
 */
export { areas } from "./areas.ts";
export type { ControlRequest } from "./control/continuations.ts";
export * from "./declare.ts";
export { standardStreams } from "./host/standard_streams.ts";
export { numberConstants } from "./numbers/constants.ts";
export { HostRoutine, type RoutineOutcome, RoutineRun, type WantedCall } from "./control/host_routines.ts";
export { IndirectProcedure } from "./control/indirect.ts";
export { declaration, declarations, names } from "./rows.ts";
