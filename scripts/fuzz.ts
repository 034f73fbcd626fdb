/**
 * Holds the tiers against each other on generated programs:
 * `fuzz.ts [--seeds FIRST-LAST] [--tiers walker,baseline,…] [--whole] [--oracle FILE]`.
 *
 * A program on which they differ is cut down (not with `--whole`) and printed. With `--oracle`, the JavaScript module of
 * the reference's WebAssembly build, value and error message are also compared with what the reference says.
 */
import process from "node:process";
import type { Tier } from "../src/engine/mod.ts";
import { ALL_TIERS, disagreement } from "../tests/differential/compare.ts";
import { generate } from "../tests/differential/generate.ts";
import { programText, shrink } from "../tests/differential/tree.ts";

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const [first = 1, last = first] = (option("--seeds") ?? "1-200").split("-").map(Number);
const named = option("--tiers")?.split(",");
const tiers = ALL_TIERS.filter((tier) => named === undefined || named.includes(tier));
const whole = process.argv.includes("--whole");

let failed = 0;
for (let seed = first; seed <= last; seed++) {
  const { program, deep } = generate(seed);
  const able: readonly Tier[] = deep ? tiers.filter((tier) => tier !== "walker") : tiers;
  const found = disagreement(program, able);
  if (found === null) continue;
  failed++;
  const least = whole ? program : shrink(program, (candidate) => disagreement(candidate, able) !== null);
  console.log(`seed ${seed}:\n${programText(least)}\n${disagreement(least, able)}\n`);
}
console.log(`${last - first + 1 - failed} of ${last - first + 1} programs agree on ${tiers.join(", ")}`);
process.exitCode = failed === 0 ? 0 : 1;
