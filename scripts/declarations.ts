/**
 * The declarations of the npm package: all that the public types reach, in one file, and those of the door to the host.
 * `deno pack` finds what that is and drops the rest of the modules, nine tenths of their types; what it leaves is put
 * together here, as text.
 *
 * Relied on, and looked at: no two modules declare the same name, and none renames what it imports or exports.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

const API = "src/engine/mod.d.ts";
const HOST = "src/host/access.d.ts";

/** Runs a command in the root of the project. */
function run(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`);
}

/** The declarations of a module by its path from the root, with its imports and exports. */
type Modules = (path: string) => string;

/** `import … from "path"` and `export … from "path"`, over several lines where need be. */
const LINKS = /^(?:import|export) (?<names>[^;"]*?) ?from "(?<path>[^"]+)";\n?/gm;

/** A comment that nothing follows which it could be about: the one about the module. */
const ALONE = /^\/\*\*(?:(?!\*\/)[^])*\*\/\n(?=\n|\/\*\*|import |export (?:type )?[{*]|$(?!\n))/gm;

/** Has each comment end its line; `deno pack` lets what it is about follow it there. */
function separated(text: string): string {
  return text.split("\n").map((line) => {
    const indent = /^ *(?!\*| )|^ *(?= \*)/.exec(line)?.[0] ?? "";
    return line.replaceAll(/\*\/ (?=\S)/g, `*/\n${indent}`);
  }).join("\n");
}

/** Calls `use` with the declarations that `deno pack` makes. */
function withModules<T>(use: (modules: Modules) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "sema-declarations-"));
  try {
    const archive = join(directory, "package.tgz");
    run(process.execPath, "pack", "--allow-dirty", "--no-source-maps", "--output", archive);
    run("tar", "-xzf", archive, "-C", directory);
    return use((path) => separated(readFileSync(join(directory, "package", path), "utf8")).replace(ALONE, ""));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The modules that `path` reaches, itself first. */
function reached(path: string, modules: Modules, found: Map<string, string> = new Map()): ReadonlyMap<string, string> {
  if (found.has(path)) return found;
  const text = modules(path);
  found.set(path, text);
  for (const { groups } of text.matchAll(LINKS)) {
    if (/ as /.test(groups?.["names"] ?? "")) throw new Error(`${path} renames ${groups?.["names"]}`);
    reached(normalize(join(dirname(path), groups?.["path"] ?? "")).replace(/\.js$/, ".d.ts"), modules, found);
  }
  return found;
}

/** The names in `{ … }` of an export, `type` before those that are types alone. */
function exported(text: string): string[] {
  return [...text.matchAll(/^export (type )?\{([^}]*)\} from/gm)].flatMap(([, all = "", names = ""]) =>
    names.split(",").map((name) => name.trim()).filter((name) => name !== "").map((name) => `${all}${name}`)
  );
}

/** All modules behind the API as one. */
function api(modules: Modules): string {
  const all = reached(API, modules);
  const parts = [...all.values()].map((text) => text.replace(LINKS, "").replace(/^export (?=\w)/gm, "").trim());
  const text = parts.filter((part) => part !== "").join("\n\n");
  const declared = [...text.matchAll(/^(?:declare )?(?:abstract )?(?:class|interface|type|const|function) (\w+)/gm)];
  const names = declared.map(([, name]) => name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) throw new Error(`declared twice: ${twice.join(", ")}`);
  return `${text}\n\nexport {\n${exported(all.get(API) ?? "").map((name) => `  ${name},\n`).join("")}};\n`;
}

/** File of the package → its text. */
export function declarations(): Readonly<Record<string, string>> {
  return withModules((modules) => ({
    "mod.d.ts": api(modules),
    "host.d.ts": modules(HOST).replaceAll('"../../mod.js"', '"./mod.js"'),
  }));
}
