/**
 * Text to forms. Comes in: a text and the name of its file; goes out: a {@link Source}, the forms as Sema values and
 * a side table of where they stand. Knows values and nothing of what forms mean.
 */
export { NESTING_LIMIT, read, readFirst, reading, type Source } from "./reader.ts";
export { Positions } from "./positions.ts";
