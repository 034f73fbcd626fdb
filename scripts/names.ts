/**
 * Writes src/builtins/names.generated.ts: which names each area of the library declares, so that a start need not
 * evaluate the areas to know. `deno task build`; a test compares it with the declarations.
 */
import { writeFileSync } from "node:fs";
import { areas } from "../src/builtins/areas.ts";

const HEAD = `// The names of the library, area by area, in the order of src/builtins/areas.ts.
// Written by scripts/names.ts from the declarations: change those and run \`deno task build\`.
export const NAMES: readonly string[] = [
`;

const rows = areas.map(([, area]) => `  ${JSON.stringify(area().map(({ name }) => name).join(" "))},\n`);
writeFileSync(new URL("../src/builtins/names.generated.ts", import.meta.url), `${HEAD}${rows.join("")}];\n`);
