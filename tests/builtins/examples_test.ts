import { describe, test } from "node:test";
import { declarations, type Example } from "../../src/builtins/mod.ts";
import { assertEquals } from "../../src/compat/assert.ts";
import { MACRO_DESCRIPTIONS } from "../../src/expand/mod.ts";
import { SPECIAL_FORMS } from "../../src/lower/mod.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";
import { quietHost } from "../quiet_host.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto", "walker"];

/** The examples of the library: who gives them, and what they claim. */
const claims: readonly (readonly [name: string, example: Example])[] = declarations().flatMap((row) =>
  row.kind === "alias" ? [] : (row.examples ?? []).map((example) => [row.name, example] as const)
);

/** Those of special forms and macros. */
const formClaims: typeof claims = [...SPECIAL_FORMS, ...MACRO_DESCRIPTIONS].flatMap(([name, { examples }]) =>
  examples.map((example) => [name, example] as const)
);

/** What the walker says of programs that keep or leave its stack. */
const WALKER_CANNOT: ReadonlySet<string> = new Set([
  "eval: the walker has no continuations",
  "eval: async scheduler: all tasks blocked (deadlock detected)",
]);

/** What the REPL prints for the value of an expression, or the message of its error. */
async function printed(code: string, tier: Tier): Promise<string> {
  const runtime = createRuntime({ tier, host: quietHost(), stdout: () => {}, stderr: () => {} });
  try {
    return runtime.print(await runtime.evalAsync(code));
  } catch (error) {
    if (error instanceof SemaError) return `${error.type}: ${error.message}`;
    throw error;
  }
}

describe("the examples of the library", () => {
  for (const tier of TIERS) {
    test(`give what they claim, on ${tier}`, async () => {
      const wrong: string[] = [];
      for (const [name, [code, expected]] of [...claims, ...formClaims]) {
        const actual = await printed(code, tier);
        // The walker runs on the host's stack, which can be neither kept nor left to wait for a timer.
        if (tier === "walker" && WALKER_CANNOT.has(actual)) continue;
        if (expected !== undefined ? actual !== expected : /^[\w-]+: /.test(actual)) {
          wrong.push(`${name}: ${code} → ${actual}, not ${expected}`);
        }
      }
      assertEquals(wrong, []);
    });
  }

  test("of pure builtins write nothing and give the same again", () => {
    const rows = declarations().flatMap((row) => row.kind === "native" && row.pure === true ? row.examples ?? [] : []);
    let output = "";
    const write = (text: string) => void (output += text);
    const runtime = createRuntime({ stdout: write, stderr: write });
    const changing = rows.filter(([code]) => runtime.print(runtime.eval(code)) !== runtime.print(runtime.eval(code)));
    assertEquals([changing, output], [[], ""]);
  });

  test("are there for every builtin that can be tried anywhere", () => {
    const missing = declarations().filter((row) =>
      row.kind !== "alias" && !row.name.startsWith("__") && (row.examples ?? []).length === 0
    );
    const others = missing.map(({ name }) => name).filter((name) => !name.startsWith("git/"));
    assertEquals(others, ["load", "exit", "shell", "http/serve"]);
  });

  test("name what they are examples of", () => {
    const aliases = new Map<string, string[]>();
    for (const row of declarations()) {
      if (row.kind === "alias") aliases.set(row.target, [...aliases.get(row.target) ?? [], row.name]);
    }
    const silent = claims.filter(([name, [code]]) =>
      ![name, ...aliases.get(name) ?? []].some((each) => code.includes(each))
    );
    assertEquals(silent, []);
  });
});
