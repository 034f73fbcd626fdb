/** Numbers: the areas of this folder, each a table of declarations. */
export { numberBuiltins } from "./numbers.ts";
