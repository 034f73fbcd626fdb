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
import process from "node:process";
import { after, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { type Bun, SUMS, sums } from "../../src/host/kept.ts";
import { VERSION } from "../../src/version.ts";
import { Project, type Variables } from "./installed.ts";

const { Bun: bun } = globalThis as { Bun?: Bun };
const onBun = bun !== undefined;
const project = new Project();
const caches = join(project.directory, "caches");
const directory = join(caches, "sema");
/** A module of the package, and when it was installed, in seconds. */
const engine = join(project.installed, "mod.js");
const installedAt = 1_700_000_000;
utimesSync(engine, installedAt, installedAt);
const version = `sema-jit ${VERSION}\n`;

/** What the command prints; it keeps compiled code in this test's own directories. */
function told(args: readonly string[], env: Variables = {}): string {
  const places = {
    XDG_CACHE_HOME: caches,
    LOCALAPPDATA: caches,
    TMPDIR: caches,
    TEMP: caches,
    NODE_COMPILE_CACHE: undefined,
  };
  return project.printed(project.command, args, { ...places, NODE_DISABLE_COMPILE_CACHE: undefined, ...env });
}

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

/** The bytecode in an entry. */
const bytecodeOf = (entry: string): string => join(entry, "cli.js.jsc");

/** Lets an entry pass for whole. */
function seal(entry: string): void {
  if (bun !== undefined) writeFileSync(join(entry, SUMS), sums(bun, process, entry));
}

/** A copy of the cache as the first run has made it, since making it takes long. */
const copy = join(caches, "copy");

/** The only entry of the cache, made for the package as it is. */
async function made(): Promise<string> {
  rmSync(directory, { recursive: true, force: true });
  if (existsSync(copy)) {
    cpSync(copy, directory, { recursive: true });
  } else {
    assertEquals(told(["--version"]), version);
    await until(() => entries().length === 1);
    cpSync(directory, copy, { recursive: true });
  }
  return entries()[0] ?? "";
}

/** The same, but that it tells another version, so that its use is seen. */
async function marked(): Promise<string> {
  const entry = await made();
  writeFileSync(moduleOf(entry), readFileSync(moduleOf(entry), "utf8").replaceAll("sema-jit $", "kept $"));
  seal(entry);
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
const NODE_ONLY = { skip: onBun || "Deno" in globalThis ? "only Node is told to" : false };

describe("what the host has compiled of the command", () => {
  after(() => project.remove());

  describe("on Bun", BUN_ONLY, () => {
    it("is kept after the first run and used by the next", BUN_ONLY, async () => {
      const entry = await marked();
      assert(existsSync(bytecodeOf(entry)));
      assertEquals(told(["--version"]), `kept ${VERSION}\n`);
      assertEquals(told([project.file("kept.sema", "(println (map abs '(-2 3)))")]), "(2 3)\n");
      assertEquals(entries(), [entry]);
    });

    it("is left alone where the user says so", BUN_ONLY, async () => {
      await marked();
      assertEquals(told(["--version"], { NODE_DISABLE_COMPILE_CACHE: "1" }), version);
    });

    it("is not used for another installation of the same version", BUN_ONLY, async () => {
      const entry = await marked();
      utimesSync(engine, installedAt, installedAt - 5);
      try {
        assertEquals(told(["--version"]), version);
        await until(() => entries().length === 2);
      } finally {
        utimesSync(engine, installedAt, installedAt);
      }
      assert(entries().includes(entry));
    });

    const damages: Readonly<Record<string, (entry: string) => void>> = {
      "an empty module": (entry) => truncateSync(moduleOf(entry), 0),
      "half a module": (entry) => truncateSync(moduleOf(entry), statSync(moduleOf(entry)).size >> 1),
      "no module": (entry) => rmSync(moduleOf(entry)),
      "a directory in place of the module": (entry) => {
        rmSync(moduleOf(entry));
        mkdirSync(moduleOf(entry));
      },
      "a module of something else": (entry) => {
        writeFileSync(moduleOf(entry), "exports.other = 1;\n");
        seal(entry);
      },
      "a module that throws": (entry) => {
        writeFileSync(moduleOf(entry), "throw new Error('damaged');\n");
        seal(entry);
      },
      "no bytecode": (entry) => rmSync(bytecodeOf(entry)),
      "an empty file of bytecode": (entry) => truncateSync(bytecodeOf(entry), 0),
      "half of the bytecode": (entry) => truncateSync(bytecodeOf(entry), statSync(bytecodeOf(entry)).size >> 1),
      "another bit in the bytecode": (entry) => {
        const bytes = readFileSync(bytecodeOf(entry));
        const middle = bytes.length >> 1;
        bytes[middle] = (bytes[middle] ?? 0) ^ 1;
        writeFileSync(bytecodeOf(entry), bytes);
      },
      "nothing": (entry) => {
        rmSync(entry, { recursive: true });
        mkdirSync(entry);
      },
    };
    for (const [what, damage] of Object.entries(damages)) {
      it(`is not used where there is ${what}`, BUN_ONLY, async () => {
        const entry = await marked();
        damage(entry);
        mkdirSync(`${entry}.unfinished`); // As if another made it anew.
        assertEquals(told(["--version"]), version);
      });
    }

    it("is made anew where it cannot be used", BUN_ONLY, async () => {
      const entry = await marked();
      truncateSync(moduleOf(entry), statSync(moduleOf(entry)).size >> 1);
      assertEquals(told(["--version"]), version);
      await until(() => isUnmarked(entry));
    });

    it("is made by one process at a time, and goes when nobody has made it for long", BUN_ONLY, async () => {
      const entry = await made();
      const day = 24 * 60 * 60 * 1000;
      const old = join(directory, "old");
      for (const path of [`${entry}.unfinished`, old]) mkdirSync(path);
      utimesSync(old, new Date(), new Date(Date.now() - 100 * day));
      rmSync(entry, { recursive: true });
      assertEquals(told(["--version"]), version);
      assert(existsSync(`${entry}.unfinished`));
      assertEquals(entries(), [old]);
      utimesSync(`${entry}.unfinished`, new Date(), new Date(Date.now() - 2 * day));
      assertEquals(told(["--version"]), version);
      await until(() => existsSync(entry));
      assertEquals(entries(), [entry]);
    });

    it("is not missed where there is no place for it", BUN_ONLY, () => {
      const XDG_CACHE_HOME = project.file("no-directory", "");
      assertEquals(told(["--version"], { XDG_CACHE_HOME, LOCALAPPDATA: XDG_CACHE_HOME }), version);
      const without = { XDG_CACHE_HOME: "", LOCALAPPDATA: "", HOME: "" };
      assertEquals(told(["--version"], without), version);
    });
  });

  describe("on Node", NODE_ONLY, () => {
    it("is kept", NODE_ONLY, () => {
      const NODE_COMPILE_CACHE = join(caches, "own");
      assertEquals(told(["--version"]), version);
      assertEquals(readdirSync(join(caches, "node-compile-cache")).length, 1);
      assertEquals(told(["--version"], { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE: "1" }), version);
      assertEquals(existsSync(NODE_COMPILE_CACHE), false);
    });
  });
});
