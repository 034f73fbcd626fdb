/** Which folders of `src` know of which others: text goes one way through them, and nothing goes back. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";

/**
 * What each folder imports, and the folders of which it knows only types. A file beside them counts as one.
 */
const KNOWS: Readonly<Record<string, readonly [imports: string, types?: string]>> = {
  data: [""],
  markup: [""],
  regex: [""],
  core: ["data"],
  tasks: ["data"],
  reader: ["core data"],
  expand: ["core data", "reader"],
  lower: ["core data", "reader"],
  resolve: ["core data", "lower"],
  "frontend.ts": ["core data expand lower reader resolve"],
  builtins: ["core data markup reader regex tasks"],
  globals: ["data"],
  bytecode: ["builtins core data globals"],
  runtime: ["builtins bytecode core data tasks"],
  compile: ["bytecode core data runtime", "builtins globals"],
  verify: ["builtins bytecode core globals"],
  vm: ["builtins bytecode data globals runtime"],
  jit: ["builtins bytecode core data globals runtime", "vm"],
  walker: ["builtins core data globals runtime"],
  engine: [
    "builtins bytecode compile core data expand frontend.ts globals jit lower reader runtime tasks verify vm walker",
    "regex",
  ],
  host: ["../mod.ts compat data version.ts"],
  compat: [""],
  "version.ts": [""],
};

const ROOT = new URL("../../src/", import.meta.url);
const IMPORT = /^(?:import|export)\s([^;]*?)\sfrom\s+"(\.[^"]+)";/gm;

/** Whether an import, of which this stands between `import` and `from`, is of types alone. */
function ofTypes(names: string): boolean {
  if (names.startsWith("type ")) return true;
  const listed = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  return listed !== undefined && listed.split(",").every((name) => /^\s*(type\s|$)/.test(name));
}

/** The folder, or the file beside the folders, that a file of this URL belongs to. */
function roomOf(url: string): string {
  const { href } = ROOT;
  return url.startsWith(href) ? url.slice(href.length).split("/")[0] ?? "" : "../mod.ts";
}

/** What the files of a room import. */
function knownTo(room: string): readonly [imports: string, types?: string] {
  const files = room.endsWith(".ts")
    ? [""]
    : readdirSync(new URL(`${room}/`, ROOT), { recursive: true, encoding: "utf8" });
  const imports = new Set<string>();
  const types = new Set<string>();
  for (const name of files.filter((each) => each === "" || each.endsWith(".ts"))) {
    const url = new URL(name === "" ? room : `${room}/${name.replaceAll("\\", "/")}`, ROOT);
    for (const [, names = "", path = ""] of readFileSync(url, "utf8").matchAll(IMPORT)) {
      const other = roomOf(new URL(path, url).href);
      if (other !== room) (ofTypes(names) ? types : imports).add(other);
    }
  }
  for (const each of imports) types.delete(each);
  const listed = (rooms: ReadonlySet<string>) => [...rooms].sort().join(" ");
  return types.size === 0 ? [listed(imports)] : [listed(imports), listed(types)];
}

describe("the folders of src", () => {
  it("are all known here", () => {
    const rooms = readdirSync(ROOT).filter((name) => name !== "bundle");
    assertEquals(rooms.sort(), Object.keys(KNOWS).sort());
  });

  for (const [room, known] of Object.entries(KNOWS)) {
    it(`${room} imports what it may know of`, () => assertEquals(knownTo(room), known));
  }
});
