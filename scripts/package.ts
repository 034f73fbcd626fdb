/**
 * Writes the package for npm: `deno task package [DIRECTORY]`, build/npm when none is given, whose old content goes.
 * Node takes no types in node_modules, so it has the bundles in place of the sources, and declarations beside them.
 *
 * Everything comes from what is committed: the bundles of src/bundle, name, version and the like from `package.json` at
 * the root (a test holds it equal to `deno.json`), the declarations from `declarations.ts`. No module imports another
 * but by the few names that {@link RENAMED} has.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { declarations } from "./declarations.ts";

const ROOT = new URL("../", import.meta.url);

/** File of the package → the bundle it is. */
const MODULES: Readonly<Record<string, string>> = {
  "mod.js": "engine",
  "cli.js": "cli",
  "sema.js": "bin",
  "keep.js": "keep",
};

/** How bundles import each other → how modules of the package do. */
const RENAMED: Readonly<Record<string, string>> = {
  "../../mod.ts": "./mod.js",
  "../bundle/cli.generated.js": "./cli.js",
};

const HOST = `/* @ts-self-types="./host.d.ts" */
export { hostAccess } from "./cli.js";
`;

/** A module of the package, from the text of a bundle. */
function moduleText(name: string, bundle: string): string {
  const text = readFileSync(new URL(`src/bundle/${bundle}.generated.js`, ROOT), "utf8");
  // The declarations stand beside a module; those of the repository's bundles are not in the package.
  const typed = text.replace(
    /^\/\* @ts-self-types=.*\n/,
    name === "mod.js" ? '/* @ts-self-types="./mod.d.ts" */\n' : "",
  );
  return typed.replace(/(\bfrom |\bimport\()"(\.[^"]*)"/g, (whole, before: string, path: string) => {
    const renamed = RENAMED[path];
    return renamed === undefined ? whole : `${before}"${renamed}"`;
  });
}

/** The sections of the README that are about using Sema, in order; the others are about the repository. */
const SECTIONS = [
  "The command line",
  "In a program of your own",
  "Programs of several files",
  "Continuations",
  "Help",
];

const INSTALLING = `\`\`\`sh
npm install @sema-jit/sema            # or bun add: import { createRuntime } from "@sema-jit/sema"
npx sema program.sema                 # bunx --bun sema program.sema on Bun
npx sema -e '(map sqrt (range 5))'
\`\`\`
`;

/** The README as the package has it: the first paragraph, how to install it, and the sections that are of use there. */
function readme(): string {
  const [top = "", ...sections] = readFileSync(new URL("README.md", ROOT), "utf8").split(/^(?=## )/m);
  const chosen = SECTIONS.map((name) => {
    const section = sections.find((each) => each.startsWith(`## ${name}\n`));
    if (section === undefined) throw new Error(`the README has no section ${name}`);
    return section;
  });
  const [title = "", about = ""] = top.split("\n\n");
  return [`${title}\n\n${about}\n\n${INSTALLING}\n`, ...chosen].join("").trimEnd() + "\n\nMIT licence.\n";
}

/** `package.json` as the package has it. */
function manifest(): string {
  const root: Record<string, unknown> = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8"));
  const entry = (name: string) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
  const own = {
    exports: { ".": entry("mod"), "./host": entry("host"), "./package.json": "./package.json" },
    // For tools that do not know `exports`.
    main: "./mod.js",
    types: "./mod.d.ts",
    bin: { sema: "sema.js" },
    sideEffects: false,
    // What has `process.getBuiltinModule`.
    engines: { node: ">=20.16", bun: ">=1.2.8" },
    // Packages with a scope are private otherwise.
    publishConfig: { access: "public" },
  };
  return `${JSON.stringify({ ...root, ...own }, null, 2)}\n`;
}

/** Writes all of the package but its declarations, which take long. */
export function writePackage(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const [name, bundle] of Object.entries(MODULES)) {
    writeFileSync(join(directory, name), moduleText(name, bundle), { mode: name === "sema.js" ? 0o755 : 0o644 });
  }
  writeFileSync(join(directory, "host.js"), HOST);
  writeFileSync(join(directory, "package.json"), manifest());
  writeFileSync(join(directory, "README.md"), readme());
  copyFileSync(new URL("LICENSE", ROOT), join(directory, "LICENSE"));
}

if (import.meta.main) {
  const directory = process.argv[2] ?? fileURLToPath(new URL("build/npm", ROOT));
  writePackage(directory);
  for (const [name, text] of Object.entries(declarations())) writeFileSync(join(directory, name), text);
  console.log(directory);
}
