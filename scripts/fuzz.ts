/**
 * Holds the tiers against each other on generated programs:
 * `fuzz.ts [--seeds FIRST-LAST] [--tiers walker,baseline,…] [--whole] [--verbose] [--oracle FILE]`.
 *
 * A program on which they differ is cut down (not with `--whole`) and printed. With `--oracle`, the JavaScript module of
 * the reference's WebAssembly build, value and error message are also compared with what the reference says.
 */
import process from "node:process";
import type { Tier } from "../src/engine/mod.ts";
import { able, ALL_TIERS, disagreement } from "../tests/differential/compare.ts";
import { generate, type Style } from "../tests/differential/generate.ts";
import { loadOracle } from "../tests/differential/oracle.ts";
import { type Program, programText, shrink } from "../tests/differential/tree.ts";

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const [first = 1, last = first] = (option("--seeds") ?? "1-200").split("-").map(Number);
const named = option("--tiers")?.split(",");
const tiers = ALL_TIERS.filter((tier) => named === undefined || named.includes(tier));
const whole = process.argv.includes("--whole");

const reference = option("--oracle");
const oracle = reference === undefined ? null : await loadOracle(reference);
/** Time for cutting one program down, in milliseconds. */
const PATIENCE = 30_000;

/** The reference is slow, and lacks some of what there is here. */
const style: Style = oracle === null ? {} : { rounds: 12, extensions: false };

let failed = 0;
for (let seed = first; seed <= last; seed++) {
  if (process.argv.includes("--verbose")) console.log(`seed ${seed}`);
  const generated = generate(seed, style);
  const { program, deep, redefines } = generated;
  const those = able(generated, tiers);
  // The reference has its own idea of deep recursion and of redefined builtins, and takes -0.0 for 0.0 near that.
  const within = oracle !== null && !deep && !redefines && !programText(program).includes("-0.0");
  const differs = (candidate: Program): string | null =>
    disagreement(candidate, those) ?? (within ? oracle(candidate) : null);
  if (differs(program) === null) continue;
  failed++;
  const least = whole ? program : shrink(program, (candidate) => differs(candidate) !== null, PATIENCE);
  console.log(`seed ${seed}:\n${programText(least)}\n${differs(least)}\n`);
}
const peers = oracle === null ? tiers : [...tiers, "the reference"];
console.log(`${last - first + 1 - failed} of ${last - first + 1} programs agree on ${peers.join(", ")}`);
process.exitCode = failed === 0 ? 0 : 1;
