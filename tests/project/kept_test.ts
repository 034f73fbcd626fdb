/** Compiled code that the command of the npm package keeps: that it is used, and that the command does without it. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { VERSION } from "../../src/version.ts";
import { caches, command, file, installed, printed } from "./installed.ts";

const onBun = "Bun" in globalThis;
const directory = join(caches, "sema");
const version = `sema-jit ${VERSION}\n`;

/** Waits for what a process does that nobody waits for; the test fails by its own limit of time. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(20);
}

/** The finished entries of the cache. */
function entries(): string[] {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  return names.filter((name) => !name.endsWith(".unfinished")).map((name) => join(directory, name));
}

/** The module in an entry. */
const moduleOf = (entry: string): string => join(entry, "cli.js");

/** A copy of the cache as the first run has made it, since making it takes long. */
const copy = join(caches, "copy");

/** The only entry of the cache, made for the package as it is. */
async function made(): Promise<string> {
  rmSync(directory, { recursive: true, force: true });
  if (existsSync(copy)) {
    cpSync(copy, directory, { recursive: true });
  } else {
    assertEquals(printed(command, ["--version"]), version);
    await until(() => entries().length === 1);
    cpSync(directory, copy, { recursive: true });
  }
  return entries()[0] ?? "";
}

/** The same, but that it tells another version, so that its use is seen. */
async function marked(): Promise<string> {
  const entry = await made();
  writeFileSync(moduleOf(entry), readFileSync(moduleOf(entry), "utf8").replaceAll("sema-jit $", "kept $"));
  return entry;
}

/** Whether an entry is as Bun has made it. */
function isUnmarked(entry: string): boolean {
  try {
    return readFileSync(moduleOf(entry), "utf8").includes("sema-jit $");
  } catch {
    return false;
  }
}

const BUN_ONLY = { skip: onBun ? false : "only Bun has no cache of compiled code", timeout: 60_000 };

describe("what Bun has compiled", BUN_ONLY, () => {
  it("is kept after the first run and used by the next", BUN_ONLY, async () => {
    const entry = await marked();
    assert(existsSync(join(entry, "cli.js.jsc")));
    assertEquals(printed(command, ["--version"]), `kept ${VERSION}\n`);
    assertEquals(printed(command, [file("kept.sema", "(println (map abs '(-2 3)))")]), "(2 3)\n");
    assertEquals(entries(), [entry]);
  });

  it("is left alone where the user says so", BUN_ONLY, async () => {
    await marked();
    assertEquals(printed(command, ["--version"], { NODE_DISABLE_COMPILE_CACHE: "1" }), version);
  });

  it("is not used for another installation of the same version", BUN_ONLY, async () => {
    const entry = await marked();
    const module = join(installed, "mod.js");
    const { atime, mtime } = statSync(module);
    utimesSync(module, atime, new Date(mtime.getTime() - 5000));
    try {
      assertEquals(printed(command, ["--version"]), version);
      await until(() => entries().length === 2);
    } finally {
      utimesSync(module, atime, mtime);
    }
    assert(entries().includes(entry));
  });

  const damages: Readonly<Record<string, (module: string) => void>> = {
    "an empty module": (module) => truncateSync(module, 0),
    "half a module": (module) => truncateSync(module, statSync(module).size >> 1),
    "a module of something else": (module) => writeFileSync(module, "exports.other = 1;\n"),
    "a module that throws": (module) => writeFileSync(module, "throw new Error('damaged');\n"),
    "a directory in its place": (module) => {
      rmSync(module);
      mkdirSync(module);
    },
    "no module": (module) => rmSync(module),
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`is not used where there is ${what}`, BUN_ONLY, async () => {
      const entry = await marked();
      damage(moduleOf(entry));
      mkdirSync(`${entry}.unfinished`); // As if another made it anew.
      assertEquals(printed(command, ["--version"]), version);
    });
  }

  it("is made anew where it cannot be used", BUN_ONLY, async () => {
    const entry = await marked();
    truncateSync(moduleOf(entry), statSync(moduleOf(entry)).size >> 1);
    assertEquals(printed(command, ["--version"]), version);
    await until(() => isUnmarked(entry));
  });

  const spoilt: Readonly<Record<string, (bytecode: string) => void>> = {
    "none": (bytecode) => rmSync(bytecode),
    "an empty file": (bytecode) => truncateSync(bytecode, 0),
    "half of it": (bytecode) => truncateSync(bytecode, statSync(bytecode).size >> 1),
    "another in its middle": (bytecode) => {
      const bytes = readFileSync(bytecode);
      bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + 1000);
      writeFileSync(bytecode, bytes);
    },
  };
  for (const [what, spoil] of Object.entries(spoilt)) {
    it(`is not needed where of the bytecode there is ${what}`, BUN_ONLY, async () => {
      spoil(`${moduleOf(await made())}.jsc`);
      assertEquals(printed(command, [file("kept.sema", "(println (map abs '(-2 3)))")]), "(2 3)\n");
    });
  }

  it("is made by one process at a time, and goes when nobody has made it for long", BUN_ONLY, async () => {
    const entry = await made();
    const day = 24 * 60 * 60 * 1000;
    const old = join(directory, "old");
    for (const path of [`${entry}.unfinished`, old]) mkdirSync(path);
    utimesSync(old, new Date(), new Date(Date.now() - 100 * day));
    rmSync(entry, { recursive: true });
    assertEquals(printed(command, ["--version"]), version);
    assert(existsSync(`${entry}.unfinished`));
    assertEquals(entries(), [old]);
    utimesSync(`${entry}.unfinished`, new Date(), new Date(Date.now() - 2 * day));
    assertEquals(printed(command, ["--version"]), version);
    await until(() => existsSync(entry));
    assertEquals(entries(), [entry]);
  });

  it("is not missed where there is no place for it", BUN_ONLY, () => {
    const XDG_CACHE_HOME = file("no-directory", "");
    assertEquals(printed(command, ["--version"], { XDG_CACHE_HOME, LOCALAPPDATA: XDG_CACHE_HOME }), version);
    const without = { XDG_CACHE_HOME: "", LOCALAPPDATA: "", HOME: "" };
    assertEquals(printed(command, ["--version"], without), version);
  });
});

const NODE_ONLY = { skip: onBun || "Deno" in globalThis ? "only Node is told to" : false };

describe("what Node has compiled", NODE_ONLY, () => {
  it("is kept", NODE_ONLY, () => {
    const NODE_COMPILE_CACHE = join(caches, "own");
    assertEquals(printed(command, ["--version"], { NODE_COMPILE_CACHE: "", TMPDIR: caches, TEMP: caches }), version);
    assertEquals(readdirSync(join(caches, "node-compile-cache")).length, 1);
    assertEquals(printed(command, ["--version"], { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE: "1" }), version);
    assertEquals(existsSync(NODE_COMPILE_CACHE), false);
  });
});
