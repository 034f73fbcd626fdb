/** Lists, vectors, maps, bytes and what goes through them: the areas of this folder, each a table of declarations. */
export { bytes } from "./bytes.ts";
export { higherOrder } from "./higher_order.ts";
export { listSets } from "./list_sets.ts";
export { lists } from "./lists.ts";
export { maps } from "./maps.ts";
export { mutable } from "./mutable.ts";
export { nestedMaps } from "./nested_maps.ts";
export { streams } from "./streams.ts";
export { typedArrays } from "./typed_arrays.ts";
export { vectors } from "./vectors.ts";
