/** What programs may do is what their runtime was given, and no more. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { declarations } from "../../src/builtins/mod.ts";
import { CAPABILITIES, type Capability, createRuntime, memoryFiles, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

const restricted = declarations().flatMap((row) =>
  row.kind === "alias" || row.capability === undefined ? [] : [{ name: row.name, capability: row.capability }]
);

describe("a runtime that was given nothing", () => {
  for (const tier of TIERS) {
    it(`denies every function that needs a capability, before counting arguments (${tier})`, () => {
      const sema = createRuntime({ tier });
      assert(restricted.length > 40);
      for (const { name, capability } of restricted.filter((row) => !row.name.startsWith("__"))) {
        const caught =
          `(try (${name} 1 2 3 4 5 6) (catch e (list (:type e) (:message e) (:function e) (:capability e))))`;
        const message = `Permission denied: ${name} requires '${capability}' capability`;
        assertEquals(sema.toJS(sema.eval(caught)), ["permission-denied", message, name, capability]);
      }
    });
  }

  it("has no name for the host", () => {
    const sema = createRuntime();
    const names = ["globalThis", "Function", "Object", "process", "Deno", "Bun", "window", "self", "require", "eval?"];
    for (const name of [...names, "constructor", "__proto__", "toString", "hasOwnProperty"]) {
      const caught = `(try ${name} (catch e (:type e)))`;
      assertEquals(sema.toJS(sema.eval(caught)), "unbound", name);
    }
  });

  it("takes __proto__ and constructor for ordinary keys", () => {
    const sema = createRuntime();
    for (const key of ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty"]) {
      for (const make of ["{}", "(hashmap/new)"]) {
        assertEquals(sema.print(sema.eval(`(get ${make} :${key})`)), "nil");
        assertEquals(sema.print(sema.eval(`(get (assoc ${make} :${key} 1) :${key})`)), "1");
        assertEquals(sema.print(sema.eval(`(get (assoc ${make} "${key}" 2) "${key}")`)), "2");
      }
      sema.eval(`(define ${key} 3)`);
      assertEquals(sema.print(sema.eval(`(+ ${key} 1)`)), "4");
    }
    const out = sema.toJS(sema.eval("(assoc {} :__proto__ {:polluted 1})"));
    assertEquals(Object.getPrototypeOf(out), Object.prototype);
    assertEquals(({} as Record<string, unknown>)["polluted"], undefined);
  });
});

describe("a runtime that was given processes", () => {
  for (const denied of ["process", "shell"] as const) {
    it(`has no shell when ${denied} is denied`, () => {
      const sema = createRuntime({ host: hostAccess(), deny: [denied] });
      assertEquals(sema.toJS(sema.eval('(try (shell "exit 0") (catch e (:type e)))')), "permission-denied");
    });
  }
});

describe("a runtime that was given files", () => {
  const files = memoryFiles({ "data/a.txt": "one", "secret/b.txt": "two" });
  const given = { host: { files } };

  function caught(code: string, deny: readonly Capability[] = [], allowedPaths?: readonly string[]): string {
    const sema = createRuntime({ ...given, deny, ...allowedPaths === undefined ? {} : { allowedPaths } });
    return sema.print(sema.eval(`(try ${code} (catch e (list (:type e) (:path e) (:capability e))))`));
  }

  it("may be denied to write them", () => {
    assertEquals(caught('(file/read "data/a.txt")', ["fs-write"]), '"one"');
    assertEquals(caught('(file/write "data/a.txt" "x")', ["fs-write"]), '(:permission-denied nil "fs-write")');
  });

  it("stays within the allowed directories, whatever the path looks like", () => {
    const inside = ["data/a.txt", "./data/a.txt", "/data/../data/a.txt", "data//a.txt"];
    for (const path of inside) assertEquals(caught(`(file/read "${path}")`, [], ["/data"]), '"one"');
    const outside = ["secret/b.txt", "data/../secret/b.txt", "/data/../secret/b.txt", "/database/x", "/"];
    for (const path of outside) {
      assertEquals(caught(`(file/exists? "${path}")`, [], ["/data"]), `(:permission-denied "${path}" nil)`);
    }
    assertEquals(
      caught('(file/copy "data/a.txt" "secret/c.txt")', [], ["/data"]),
      '(:permission-denied "secret/c.txt" nil)',
    );
    assertEquals(caught('(file/write "secret/new" "")', [], ["/data"]), '(:permission-denied "secret/new" nil)');
    assertEquals(caught('(file/glob "*/*.txt")', [], ["/data"]), '(:permission-denied "secret/b.txt" nil)');
  });

  it("has every capability in the list of them all", () => {
    for (const { capability } of restricted) assert(CAPABILITIES.includes(capability));
  });
});
