/**
 * Writes src/bundle: all modules of the engine as one file, which `mod.ts` runs from, those of the command line, and the
 * program of the npm package.
 * Loading 170 modules cost a start 46 ms on Deno (0.3 ms each), one file 18; by now there are more.
 * `deno task build`; with `--check` compares instead, and fails where a file is not what the sources give.
 *
 * A module called `lazy.ts` exports one function, which is the way into its folder. Whatever only that function reaches is
 * wrapped into it, and evaluated when it is first called: for a start the host parses such code, but neither compiles nor
 * runs it. What every program needs is marked for V8 (`bundle/eager.ts`).
 *
 * Bun could read such code from a second file when it is needed, and nobody else: an import of the engine took it
 * 23 ms instead of 35 so (on a busy machine), which is not worth an engine of its own in the package, whose command keeps
 * bytecode on Bun (`src/host/kept.ts`).
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { withEagerFunctions } from "./bundle/eager.ts";

const ROOT = new URL("../", import.meta.url);
/** One file of src/bundle, named as its types are. */
interface Bundle {
  readonly name: string;
  readonly entry: string;
  /** It is run, and exports nothing that would have types. */
  readonly program?: true;
  /** What it goes on importing, as its modules write it. */
  readonly external?: string;
}

const BUNDLES: readonly Bundle[] = [
  { name: "engine", entry: "src/engine/mod.ts" },
  { name: "cli", entry: "src/host/mod.ts", external: "../../mod.ts" },
  { name: "bin", entry: "src/host/bin.ts", program: true, external: "../bundle/cli.generated.js" },
  { name: "keep", entry: "src/host/keep.ts", program: true },
];

const head = ({ name, entry, program }: Bundle) =>
  `${program ? "#!/usr/bin/env node" : `/* @ts-self-types="./${name}.generated.d.ts" */`}
// The modules behind ${entry} in one file, because a start pays for every module that it loads.
// Written by scripts/bundle.ts: change the sources and run \`deno task build\`.
`;

/** What `deno` prints for a command. */
function deno(...args: string[]): string {
  const options = { cwd: fileURLToPath(ROOT), encoding: "utf8", maxBuffer: 1 << 26 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(`deno ${args.join(" ")} failed:\n${stderr}`);
  return stdout;
}

/** Module → the modules whose code it imports, as paths from the root. */
type Imports = ReadonlyMap<string, readonly string[]>;

interface ModuleInfo {
  readonly specifier: string;
  readonly dependencies?: readonly { readonly code?: { readonly specifier: string } }[];
}

function imports(entry: string): Imports {
  const { modules } = JSON.parse(deno("info", "--json", entry)) as { readonly modules: readonly ModuleInfo[] };
  const path = (specifier: string): string => specifier.slice(ROOT.href.length);
  return new Map(modules.map(({ specifier, dependencies = [] }) => [
    path(specifier),
    dependencies.flatMap(({ code }) => code === undefined ? [] : [path(code.specifier)]),
  ]));
}

const isLazy = (path: string): boolean => path.endsWith("/lazy.ts");

/** What is reached from `starts`, ways into other folders included but not what is behind them. */
function reached(starts: readonly string[], graph: Imports, seen: Set<string> = new Set()): Set<string> {
  for (const path of starts) {
    if (seen.has(path)) continue;
    seen.add(path);
    if (!isLazy(path)) reached(graph.get(path) ?? [], graph, seen);
  }
  return seen;
}

/** Module → the `lazy.ts` that alone leads to it; modules of every start, and those that several lead to, are missing. */
function owners(entry: string): Map<string, string> {
  const graph = imports(entry);
  const started = reached([entry], graph);
  const found = new Map<string, string | null>();
  for (const way of [...graph.keys()].filter(isLazy)) {
    for (const path of reached(graph.get(way) ?? [], graph)) {
      if (!started.has(path)) found.set(path, found.has(path) ? null : way);
    }
  }
  return new Map([...found].filter((entry): entry is [string, string] => entry[1] !== null));
}

/** One module's part of a bundle: the comment that names it and what follows. */
interface Section {
  readonly path: string;
  readonly text: string;
}

/** The sections that no `lazy.ts` owns, and each that does wrapped into its function. */
function linked(sections: readonly Section[], ownerOf: ReadonlyMap<string, string>, owner?: string): string {
  return sections.filter(({ path }) => ownerOf.get(path) === owner).map(({ path, text }) => {
    if (!isLazy(path)) return `// ${path}${text}`;
    const [, name] = /^function (\w+)\(/m.exec(text) ?? [];
    if (name === undefined) throw new Error(`${path} exports no function`);
    return [
      `// ${path}`,
      `var ${name}Evaluated;`,
      `function ${name}(...args) {`,
      `  return (${name}Evaluated ??= ${name}Evaluate())(...args);`,
      "}",
      `function ${name}Evaluate() {`,
      `${linked(sections, ownerOf, path)}${text.trimStart()}return ${name};`,
      "}",
      "",
    ].join("\n");
  }).join("");
}

/**
 * A text without other characters than those of ASCII, of which only comments have any: the bundler writes escapes. A
 * single one makes V8 keep the whole text in two bytes per character: a start on Node, 35 → 30 ms, on Deno 22 → 20.
 */
function inAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The text of a bundle as the sources give it now. Paths in its comments are relative, so that it is the same everywhere. */
function text(bundle: Bundle): string {
  const { entry, external } = bundle;
  const whole = deno("bundle", "--quiet", entry, ...external === undefined ? [] : ["--external", external]);
  const [helpers = "", ...parts] = whole.split(/^\/\/ (src\/\S+\.ts)$/m);
  const sections = parts.flatMap((path, i): Section[] => i % 2 === 0 ? [{ path, text: parts[i + 1] ?? "" }] : []);
  return inAscii([head(bundle), helpers, linked(sections, owners(entry))].join(""));
}

const path = ({ name }: Bundle): string => `src/bundle/${name}.generated.js`;
const mod = readFileSync(new URL("mod.ts", ROOT), "utf8");
const bundles = new Map([...BUNDLES.map((bundle) => [path(bundle), text(bundle)] as const), ["mod.ts", mod] as const]);
const eager = withEagerFunctions(bundles, deno);

for (const name of BUNDLES.map(path)) {
  const file = new URL(name, ROOT);
  const written = eager.get(name) as string;
  if (!process.argv.includes("--check")) {
    writeFileSync(file, written);
  } else if (!existsSync(file) || readFileSync(file, "utf8") !== written) {
    console.error(`${name} is not what the sources give: run deno task build`);
    process.exitCode = 1;
  }
}
