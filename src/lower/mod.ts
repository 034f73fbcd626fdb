/**
 * Forms to named core. Comes in: fully expanded forms and their positions; goes out: {@link Named}. Checks the shape
 * of every special form; its conditions arise before anything of the unit runs, so no handler inside it sees them.
 * Knows nothing of scopes, slots or tiers.
 */
export { Lowering } from "./lowering.ts";
export { SPECIAL_FORMS } from "./table.ts";
export type { Named, NamedDefine, NamedLambda, NamedLoop } from "./named.ts";
