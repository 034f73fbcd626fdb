/**
 * Holds the tiers against each other on generated programs:
 * `fuzz.ts [--seeds FIRST-LAST] [--tiers walker,baseline,…] [--whole] [--verbose] [--laws] [--limits] [--oracle FILE]`.
 *
 * A program on which they differ is cut down (not with `--whole`) and printed. With `--laws`, each program is also held
 * against rewritten forms of itself (`tests/differential/laws.ts`). With `--limits`, every tier counts steps. With
 * `--oracle`, the JavaScript module of the reference's WebAssembly build, programs are compared with the reference.
 */
import process from "node:process";
import { able, ALL_TIERS, disagreement } from "../tests/differential/compare.ts";
import { generate } from "../tests/differential/generate.ts";
import { brokenLaw } from "../tests/differential/laws.ts";
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
const limited = process.argv.includes("--limits");
const laws = process.argv.includes("--laws");
const reference = option("--oracle");
const oracle = reference === undefined ? null : await loadOracle(reference);
/** Time for cutting one program down, in milliseconds. */
const PATIENCE = 30_000;
/** The reference is slow, and lacks some of what there is here. */
const REFERABLE = { rounds: 12, extensions: false };
/** Reason → seeds that differ from the reference for it. */
const known = new Map<string, number>();

/** What is wrong with a program of the kind that the seed gives; null when nothing is. */
function judge(seed: number): { readonly program: Program; readonly differs: (candidate: Program) => string | null } {
  const generated = generate(seed, oracle === null ? {} : REFERABLE);
  const { program, deep, redefines } = generated;
  if (oracle === null) {
    const those = able(generated, tiers);
    const differs = (candidate: Program) =>
      disagreement(candidate, those, limited) ?? (laws ? brokenLaw(candidate) : null);
    return { program, differs };
  }
  // The reference has its own idea of deep recursion and of redefined builtins.
  if (deep || redefines) return { program, differs: () => null };
  const differs = (candidate: Program): string | null => {
    const difference = oracle(candidate);
    return difference === null || difference.known !== null ? null : difference.text;
  };
  const reason = oracle(program)?.known?.reason;
  if (reason !== undefined) known.set(reason, (known.get(reason) ?? 0) + 1);
  return { program, differs };
}

/** What has to stay when a program is cut down: how it ends on both sides, about. */
function kind(found: string | null): string | null {
  if (found === null) return null;
  return (found.match(/^=> .*/gm) ?? []).map((line) => line.replace(/[\d:@-]+/g, "").slice(0, 20)).join("\n");
}

let failed = 0;
for (let seed = first; seed <= last; seed++) {
  if (process.argv.includes("--verbose")) console.log(`seed ${seed}`);
  // Within one turn of the host nothing that a weak reference has named is collected.
  await new Promise((resolve) => setTimeout(resolve));
  const { program, differs } = judge(seed);
  const found = differs(program);
  if (found === null) continue;
  failed++;
  const least = whole ? program : shrink(program, (candidate) => kind(differs(candidate)) === kind(found), PATIENCE);
  console.log(`seed ${seed}:\n${programText(least)}\n${differs(least)}\n`);
}
for (const [reason, count] of known) console.log(`${count} known to differ: ${reason}`);
const peers = oracle === null ? tiers : ["baseline", "the reference"];
console.log(`${last - first + 1 - failed} of ${last - first + 1} programs agree on ${peers.join(", ")}`);
process.exitCode = failed === 0 ? 0 : 1;
