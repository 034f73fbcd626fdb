/** Errors, continuations, tasks, modules and what else decides what runs next: the areas of this folder, each a table of declarations. */
export { asyncBuiltins } from "./async.ts";
export { channels } from "./channels.ts";
export { contexts } from "./contexts.ts";
export { continuations } from "./continuations.ts";
export { control } from "./control.ts";
export { help } from "./help.ts";
export { modules } from "./modules.ts";
export { hostRoutines } from "./host_routines.ts";
export { multimethods } from "./multimethods.ts";
export { predicates } from "./predicates.ts";
export { promises } from "./promises.ts";
export { structured } from "./structured.ts";
