#!/usr/bin/env node
// The modules behind src/host/keep.ts in one file, because a start pays for every module that it loads.
// Written by scripts/bundle.ts: change the sources and run `deno task build`.
// src/host/kept.ts
var KEPT_MODULE = "cli.js";
var SUMS = "sums";
var PATIENCE = 24 * 60 * 60 * 1e3;
function unfinished(entry) {
  return `${entry}.unfinished`;
}
function sums(bun2, process2, entry) {
  const fs = process2.getBuiltinModule("node:fs");
  const bytes = (path) => process2.platform === "win32" ? fs.readFileSync(path) : bun2.mmap(path);
  return [
    KEPT_MODULE,
    `${KEPT_MODULE}.jsc`
  ].map((name) => bun2.hash(bytes(`${entry}/${name}`))).join(" ");
}

// src/host/keep.ts
var DAYS_OF_LIFE = 60;
function removeOld(fs, directory, suffix, age) {
  for (const name of fs.readdirSync(directory).filter((name2) => name2.endsWith(suffix))) {
    const path = `${directory}/${name}`;
    if (Date.now() - fs.statSync(path).mtimeMs > age) fs.rmSync(path, {
      recursive: true,
      force: true
    });
  }
}
async function keep(bun2, process2) {
  const [, program = "", entry = ""] = process2.argv;
  const fs = process2.getBuiltinModule("node:fs");
  const path = process2.getBuiltinModule("node:path");
  const directory = path.dirname(entry);
  removeOld(fs, directory, "", DAYS_OF_LIFE * 24 * 60 * 60 * 1e3);
  removeOld(fs, directory, unfinished(""), PATIENCE);
  const outdir = unfinished(entry);
  fs.mkdirSync(outdir);
  const entrypoints = [
    path.join(path.dirname(program), KEPT_MODULE)
  ];
  await bun2.build({
    entrypoints,
    outdir,
    target: "bun",
    format: "cjs",
    bytecode: true
  });
  fs.writeFileSync(path.join(outdir, SUMS), sums(bun2, process2, outdir));
  fs.rmSync(entry, {
    recursive: true,
    force: true
  });
  fs.renameSync(outdir, entry);
}
var { Bun: bun, process } = globalThis;
if (bun !== void 0 && process !== void 0) void keep(bun, process);
