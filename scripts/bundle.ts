/**
 * Writes src/bundle/engine.generated.js: all modules of the engine as one file, which `mod.ts` and the command line run
 * from. Loading 170 modules costs a start 46 ms on Deno (0.3 ms each), this file 18.
 * `deno task build`; with `--check` compares instead, and fails where the file is not what the sources give.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../", import.meta.url);
const ENTRY = "src/engine/mod.ts";
const BUNDLE = "src/bundle/engine.generated.js";

const HEAD = `/* @ts-self-types="./engine.generated.d.ts" */
// The engine in one file, so that a start loads one module and not all of them.
// Written by scripts/bundle.ts from ${ENTRY}: change the sources and run \`deno task build\`.
`;

/** The text of the bundle as the sources give it now. Paths in its comments are relative, so that it is the same everywhere. */
function bundle(): string {
  const options = { cwd: fileURLToPath(ROOT), encoding: "utf8", maxBuffer: 1 << 26 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bundle", "--quiet", ENTRY], options);
  if (status !== 0) throw new Error(`deno bundle failed:\n${stderr}`);
  return HEAD + stdout;
}

const path = new URL(BUNDLE, ROOT);
const text = bundle();
if (!process.argv.includes("--check")) {
  writeFileSync(path, text);
} else if (readFileSync(path, "utf8") !== text) {
  console.error(`${BUNDLE} is not what the sources give: run deno task build`);
  process.exitCode = 1;
}
