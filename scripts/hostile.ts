/**
 * All corpora and bench programs in all hostile runtimes (`tests/control/hostility.ts`): `hostile.ts [--tier TIER] [WORD …]`,
 * only corpora, programs and hostilities with one of the words in their name. `--tier`: that one instead of each one's own.
 */
import process from "node:process";
import { PROGRAMS } from "../bench/programs.ts";
import type { Tier } from "../src/engine/mod.ts";
import { cases, CORPORA, readLedger } from "../tests/conformance/runner.ts";
import { differenceIn, expectedResult, hostile, HOSTILITIES, tinyResult } from "../tests/control/hostility.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

async function main(args: string[]): Promise<void> {
  const at = args.indexOf("--tier");
  const named = at < 0 ? null : args.splice(at, 2)[1];
  const wanted = (name: string, hostility: string): boolean =>
    args.length === 0 || args.some((word) => name.includes(word) || hostility.includes(word));
  const ledger = readLedger();
  let failed = 0;
  for (const [hostility, [own, experiment]] of Object.entries(HOSTILITIES)) {
    const tier = TIERS.find((each) => each === named) ?? own;
    const report = (name: string, found: readonly string[]): void => {
      failed += found.length;
      console.log(`${found.length === 0 ? "ok    " : "FAILED"} ${name} on ${tier}: ${hostility}`);
      for (const each of found) console.log(`  ${each}`);
    };
    for (const corpus of CORPORA) {
      if (!wanted(corpus, hostility)) continue;
      const known = new Set<string>(ledger[corpus]);
      const found: string[] = [];
      for (const each of cases(corpus)) {
        if (known.has(each.id)) continue;
        const differs = await differenceIn(each, tier, hostile(experiment));
        if (differs !== null) found.push(differs);
      }
      report(corpus, found);
    }
    const differing = Object.keys(PROGRAMS).filter((name) => wanted(name, hostility)).flatMap((name) => {
      const actual = tinyResult(name, hostile(experiment), tier);
      const expected = expectedResult(name);
      return actual === expected ? [] : [`${name}: ${actual}, wanted ${expected}`];
    });
    report("programs", differing);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
