/** What the files at the root must agree on. */
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { assertEquals, assertFalse } from "../../src/compat/assert.ts";
import { VERSION } from "../../src/version.ts";

function json(name: string): Record<string, unknown> {
  const parsed: Record<string, unknown> = JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8"));
  return parsed;
}

describe("the project's files", () => {
  it("agree on name, version, licence and exports", () => {
    const deno = json("deno.json");
    const npm = json("package.json");
    for (const field of ["name", "version", "license", "exports"]) assertEquals(npm[field], deno[field]);
    assertEquals(deno["version"], VERSION);
  });

  it("differ for a machine with JSR in the adapters only", () => {
    const { imports, ...rest } = json("deno.jsr.json");
    assertEquals(rest, json("deno.json"));
    assertEquals(imports, {
      "./src/compat/assert.ts": "jsr:@std/assert@^1.0.0",
      "./src/compat/parse_args.ts": "jsr:@std/cli@^1.0.0/parse-args",
    });
  });

  it("give both type checkers the same rules", () => {
    const strict = (options: unknown) => {
      const own = new Set(["target", "lib", "module", "moduleResolution", "moduleDetection", "noEmit"]);
      for (const name of ["allowImportingTsExtensions", "types", "declaration", "skipLibCheck"]) own.add(name);
      return Object.fromEntries(Object.entries(Object(options)).filter(([name]) => !own.has(name)));
    };
    assertEquals(strict(json("tsconfig.json")["compilerOptions"]), strict(json("deno.json")["compilerOptions"]));
  });

  it("name no dependency, since deno task would run a local deno or bun as JavaScript", () => {
    const npm = json("package.json");
    for (const field of ["dependencies", "devDependencies", "peerDependencies"]) assertFalse(field in npm);
  });
});
