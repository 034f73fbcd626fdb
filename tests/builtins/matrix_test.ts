import { describe, test } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Runtime, SemaError, type Tier } from "../../src/engine/mod.ts";
import { quietHost } from "../quiet_host.ts";
import {
  calls,
  matrixProgram,
  PREPARATION,
  type Probe,
  readDeviations,
  readRows,
  type Row,
  rowFrom,
} from "./matrix.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto", "walker"];
/** Far more than any builtin takes; what takes longer hangs. */
const MILLISECONDS = 30_000;

/** Builtins whose calls wait for timers or the host, or keep the stack, which the walker cannot. */
const BEYOND_WALKER: ReadonlySet<string> = new Set([
  "async/sleep",
  "sleep",
  "event/select",
  "fs/watch-events",
  "with-retry",
  "retry",
  "async/race",
  "async/cancel",
  "call-with-current-continuation",
  "coroutine/resume",
]);

/** The beginnings of the names of others. */
const WAITING = /^(http|proc|ws)\//;

const probes = calls();
const rows = readRows();
/** The rows of calls that are still those of the examples. */
const recorded: ReadonlyMap<string, Row> = new Map(
  probes.flatMap(({ name, args }): [string, Row][] => {
    const row = rows.get(name);
    return row !== undefined && JSON.stringify(row.args) === JSON.stringify(args) ? [[name, row]] : [];
  }),
);
/** Builtins per test: a test on a slow machine has to end within the seconds that a host allows it. */
const PART = 100;

/** The outcomes of all calls of a builtin; the message where the program as a whole fails, which no builtin may do to it. */
async function outcomes(probe: Probe, runtime: Runtime): Promise<Row | string> {
  try {
    return rowFrom(probe, runtime.print(await runtime.evalAsync(matrixProgram(probe))));
  } catch (error) {
    return error instanceof SemaError ? error.message : `the host's ${error}`;
  }
}

/** Whether calls change what later ones answer. */
function leavesTraces({ name, ofHost }: Probe): boolean {
  return ofHost || name.startsWith("context/");
}

/** What came of the calls, without the values. */
function texts(row: Row): string[] {
  return [...row.got.flatMap((record) => Object.keys(record)), ...row.arity];
}

describe("every builtin with every kind of argument in every position, and too few and too many", () => {
  const parts = Array.from(
    { length: Math.ceil(probes.length / PART) },
    (_, i) => probes.slice(i * PART, (i + 1) * PART),
  );
  for (const [tier, part] of TIERS.flatMap((tier) => parts.map((part) => [tier, part] as const))) {
    test(`gives the recorded value or error on ${tier}: ${part[0]?.name} to ${part.at(-1)?.name}`, async () => {
      const limits = { milliseconds: MILLISECONDS };
      const fresh = (): Runtime => {
        const runtime = createRuntime({ tier, host: quietHost(), limits, stdout: () => {}, stderr: () => {} });
        runtime.eval(PREPARATION);
        return runtime;
      };
      const shared = fresh();
      const wrong: unknown[] = [];
      for (const probe of part) {
        if (tier === "walker" && (BEYOND_WALKER.has(probe.name) || WAITING.test(probe.name))) continue;
        const row = await outcomes(probe, leavesTraces(probe) ? fresh() : shared);
        const expected = recorded.get(probe.name);
        if (typeof row === "string") wrong.push(`${probe.name}: ${row}`);
        else if (texts(row).some((text) => text.startsWith("internal: "))) wrong.push(row);
        else if (expected !== undefined && JSON.stringify(expected) !== JSON.stringify(row)) {
          wrong.push({ expected, row });
        }
      }
      assertEquals(wrong, []);
    });
  }

  test("was recorded for most builtins", () => {
    assert(recorded.size > 500, `${recorded.size} rows`);
    const names = new Set(probes.map(({ name }) => name));
    assertEquals([...rows.keys(), ...Object.keys(readDeviations())].filter((name) => !names.has(name)), []);
  });
});
