/** Formats of data: JSON, CSV, TOML, diffs, hashes: the areas of this folder, each a table of declarations. */
export { csv } from "./csv.ts";
export { diffs, patched } from "./diffs.ts";
export { hashes } from "./hashes.ts";
export { json } from "./json.ts";
export { secrets } from "./secrets.ts";
export { toml } from "./toml.ts";
