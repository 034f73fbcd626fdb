/**
 * Makes and drops things in full numbers and tells what stays: `leaks.ts [--tier TIER] [WORD …]`. One line each: bytes
 * that are alive more after the same number again.
 */
import process from "node:process";
import type { Tier } from "../src/engine/mod.ts";
import { DROPPED, growth } from "../tests/control/leaks.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

const args = process.argv.slice(2);
const at = args.indexOf("--tier");
const named = at < 0 ? "auto" : args.splice(at, 2)[1];
const tier = TIERS.find((each) => each === named) ?? "auto";
let failed = false;
for (const [what, [drop, full]] of Object.entries(DROPPED)) {
  if (args.length > 0 && !args.some((word) => what.includes(word))) continue;
  const start = performance.now();
  // A byte for each, or what the tables of the host vary by.
  const noise = Math.max(full, 100_000);
  const grown = await growth(drop, tier, full, noise);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const good = grown !== null && grown < noise;
  if (!good) failed = true;
  const bytes = grown === null ? "not to be measured here" : `${grown.toLocaleString("en-US")} bytes more`;
  console.log(`${good ? "ok    " : "FAILED"} ${full.toLocaleString("en-US")} ${what}: ${bytes} (${seconds} s)`);
}
process.exitCode = failed ? 1 : 0;
