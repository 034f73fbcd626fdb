#!/usr/bin/env node
// The modules behind src/host/bin.ts in one file, because a start pays for every module that it loads.
// Written by scripts/bundle.ts: change the sources and run `deno task build`.
// src/host/bin.ts
function keepCompiledCode() {
  const { process } = globalThis;
  const module = process?.getBuiltinModule("node:module");
  module?.enableCompileCache?.();
}
if (!("Deno" in globalThis || "Bun" in globalThis)) keepCompiledCode();
void import("../bundle/cli.generated.js").then(({ main }) => main());
