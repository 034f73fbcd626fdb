#!/usr/bin/env node
// The modules behind src/host/bin.ts in one file, because a start pays for every module that it loads.
// Written by scripts/bundle.ts: change the sources and run `deno task build`.
// src/version.ts
var VERSION = "0.1.0";

// src/host/kept.ts
var KEPT_MODULE = "cli.js";
var SUMS = "sums";
var PATIENCE = 24 * 60 * 60 * 1e3;
function unfinished(entry) {
  return `${entry}.unfinished`;
}
function sums(bun2, process, entry) {
  const fs = process.getBuiltinModule("node:fs");
  const bytes = (path) => process.platform === "win32" ? fs.readFileSync(path) : bun2.mmap(path);
  return [
    KEPT_MODULE,
    `${KEPT_MODULE}.jsc`
  ].map((name) => bun2.hash(bytes(`${entry}/${name}`))).join(" ");
}
function cacheDirectory({ env, platform }) {
  if (env["NODE_DISABLE_COMPILE_CACHE"] !== void 0) return null;
  const given = platform === "win32" ? env["LOCALAPPDATA"] : env["XDG_CACHE_HOME"];
  const home = given || env["HOME"] && `${env["HOME"]}/.cache`;
  return home && /^(?:\/|\w:)/.test(home) ? `${home}/sema` : null;
}
function entryName(directory, bun2, process) {
  const fs = process.getBuiltinModule("node:fs");
  const stamps = [
    "mod.js",
    KEPT_MODULE
  ].map((name) => {
    const { size, mtimeMs } = fs.statSync(`${directory}/${name}`);
    return `${size.toString(36)}.${Math.trunc(mtimeMs).toString(36)}`;
  });
  return [
    VERSION,
    ...stamps,
    "bun",
    bun2.version,
    bun2.revision.slice(0, 9),
    process.platform,
    process.arch
  ].join("-");
}
function startKeeping(entry, cwd, keeper, process) {
  const fs = process.getBuiltinModule("node:fs");
  const begun = fs.statSync(unfinished(entry), {
    throwIfNoEntry: false
  });
  if (begun !== void 0 && Date.now() - begun.mtimeMs < PATIENCE) return;
  fs.mkdirSync(cwd, {
    recursive: true
  });
  const { spawn } = process.getBuiltinModule("node:child_process");
  spawn(process.execPath, [
    keeper,
    entry
  ], {
    cwd,
    detached: true,
    stdio: "ignore"
  }).unref();
}
function kept(bun2, { dirname, require: require2 }, isWhole) {
  const { process } = globalThis;
  if (process === void 0 || dirname === void 0 || require2 === void 0) return null;
  const directory = cacheDirectory(process);
  if (directory === null) return null;
  const entry = `${directory}/${entryName(dirname, bun2, process)}`;
  try {
    const noted = process.getBuiltinModule("node:fs").readFileSync(`${entry}/${SUMS}`, "utf8");
    const module = noted === sums(bun2, process, entry) ? require2(`${entry}/${KEPT_MODULE}`) : null;
    if (isWhole(module)) return module;
  } catch {
  }
  process.once("exit", () => {
    try {
      startKeeping(entry, directory, `${dirname}/keep.js`, process);
    } catch {
    }
  });
  return null;
}

// src/host/bin.ts
function isCommandLine(module) {
  return typeof module === "object" && module !== null && "main" in module && typeof module.main === "function";
}
function keepCompiledCode() {
  const { process } = globalThis;
  const module = process?.getBuiltinModule("node:module");
  module?.enableCompileCache?.();
}
var { Bun: bun } = globalThis;
if (bun === void 0 && !("Deno" in globalThis)) keepCompiledCode();
var found = bun === void 0 ? null : kept(bun, import.meta, isCommandLine);
void (found === null ? import("../bundle/cli.generated.js").then(({ main }) => main()) : found.main());
