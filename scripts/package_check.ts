/**
 * Proves the package for npm: packs it, installs the archive in an empty project without the network, checks the types of
 * a program that uses it (those of the library included), and runs that and the command on all hosts, the oldest Node
 * that the package promises among them. A step of `deno task test`.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** A program, and what it prints. */
const CONSUMER = fileURLToPath(new URL("../tests/project/consumer.ts", import.meta.url));
const PRINTED = '[[0,1,4,9],"text 81","type-error","fails.sema"]';
const PACKAGE = fileURLToPath(new URL("package.ts", import.meta.url));

const HOSTS: readonly (readonly string[])[] = [
  ["npx", "-y", "node@20.16"],
  ["npx", "-y", "node@24"],
  ["npx", "-y", "bun@1.4.5"],
  [process.execPath, "run", "-A", "--quiet"],
];

/** How programs of TypeScript are checked; with the oldest standard library that will do. */
const OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  types: [],
  target: "ES2022",
  lib: ["ES2022", "DOM"],
  outDir: "js",
};

/** What a command prints, run in a directory. */
function output(directory: string, command: readonly string[]): string {
  const [program = "", ...args] = command;
  // Where the command keeps compiled code.
  const env = { ...process.env, XDG_CACHE_HOME: join(directory, "cache"), NODE_DISABLE_COMPILE_CACHE: "1" };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: directory, encoding: "utf8", env });
  if (status !== 0) throw new Error(`${command.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout.trim();
}

function expect(found: string, wanted: string, what: string): void {
  if (found !== wanted) throw new Error(`${what} printed\n${found}\nand not\n${wanted}`);
}

function check(directory: string): void {
  const project = join(directory, "project");
  mkdirSync(project);
  output(directory, [process.execPath, "run", "-A", "--no-check", PACKAGE, join(directory, "package")]);
  const archive = output(directory, ["npm", "pack", "--silent", "./package"]);
  const write = (name: string, text: string) => writeFileSync(join(project, name), text);
  write("package.json", '{ "private": true, "type": "module" }\n');
  write("one.sema", "(println (+ 1 2))\n");
  output(project, ["npm", "install", "--offline", "--no-audit", join(directory, archive)]);
  copyFileSync(CONSUMER, join(project, "consumer.ts"));
  for (const module of ["nodenext", "esnext"]) {
    const compilerOptions = { ...OPTIONS, module, moduleResolution: module === "esnext" ? "bundler" : module };
    write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["consumer.ts"] }));
    output(project, ["npx", "-y", "-p", "typescript@7", "tsc"]);
  }
  output(project, [process.execPath, "check", "--quiet", "consumer.ts"]);
  for (const host of HOSTS) {
    const what = (file: string) => `${host.join(" ")} ${file}`;
    expect(output(project, [...host, "js/consumer.js"]), PRINTED, what("js/consumer.js"));
    const command = "node_modules/.bin/sema";
    expect(output(project, [...host, command, "one.sema"]), "3", what(command));
  }
  expect(output(project, ["npx", "sema", "one.sema"]), "3", "npx sema");
}

const directory = mkdtempSync(join(tmpdir(), "sema-package-"));
try {
  check(directory);
} finally {
  rmSync(directory, { recursive: true });
}
