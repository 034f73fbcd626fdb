/**
 * Makes an entry of the cache that `kept.ts` describes: a program of its own, which Bun runs after the command has ended
 * and nobody waits for. Its argument is the entry.
 *
 * Invariant: one such program at most is at work on an entry.
 */
import type nodeProcess from "node:process";
import { type Bun, KEPT_MODULE, PATIENCE, SUMS, sums, unfinished } from "./kept.ts";

/** After so many days an entry goes when another is made. Where it is still used, it is made again. */
const DAYS_OF_LIFE = 60;

/** Removes what is older than `age` milliseconds in a directory, of what ends with `suffix`. */
function removeOld(fs: typeof import("node:fs"), directory: string, suffix: string, age: number): void {
  for (const name of fs.readdirSync(directory).filter((name) => name.endsWith(suffix))) {
    const path = `${directory}/${name}`;
    if (Date.now() - fs.statSync(path).mtimeMs > age) fs.rmSync(path, { recursive: true, force: true });
  }
}

async function keep(bun: Bun, process: typeof nodeProcess): Promise<void> {
  const [, program = "", entry = ""] = process.argv;
  const fs = process.getBuiltinModule("node:fs");
  const path = process.getBuiltinModule("node:path");
  const directory = path.dirname(entry);
  removeOld(fs, directory, "", DAYS_OF_LIFE * 24 * 60 * 60 * 1000);
  removeOld(fs, directory, unfinished(""), PATIENCE);
  const outdir = unfinished(entry);
  fs.mkdirSync(outdir); // Fails where another is at work.
  const entrypoints = [path.join(path.dirname(program), KEPT_MODULE)];
  await bun.build({ entrypoints, outdir, target: "bun", format: "cjs", bytecode: true });
  fs.writeFileSync(path.join(outdir, SUMS), sums(bun, process, outdir));
  fs.rmSync(entry, { recursive: true, force: true });
  fs.renameSync(outdir, entry);
}

const { Bun: bun, process } = globalThis as { Bun?: Bun; process?: typeof nodeProcess };
if (bun !== undefined && process !== undefined) void keep(bun, process);
