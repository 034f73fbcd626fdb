/**
 * Forms to forms without macro calls. Comes in: the forms of a unit; goes out: the same forms expanded, with their
 * positions kept. Registers the unit's top-level macros with the runtime as it meets them. Knows the binding
 * structure of special forms, since locals hide macros, and nothing else of what they mean.
 */
export { type ExpandHost, Macro } from "./macro.ts";
export { MACRO_DESCRIPTIONS, preludeMacros } from "./prelude.ts";
export { expandUnit, macroexpand, macroOf } from "./unit.ts";
