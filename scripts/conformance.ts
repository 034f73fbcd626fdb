/**
 * How the recorded cases fare: `conformance.ts [--tier TIER] [--show] [--shrink] [CORPUS or PREFIX OF IDS …]`.
 *
 * `--show` prints what differs; `--shrink` removes the cases that pass from the ledger. Nothing adds to the ledger.
 */
import { writeFileSync } from "node:fs";
import process from "node:process";
import type { Tier } from "../src/engine/mod.ts";
import { cases, CORPORA, type Corpus, difference, readLedger } from "../tests/conformance/runner.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

async function main(args: string[]): Promise<void> {
  const flag = (name: string): boolean => {
    const found = args.indexOf(name);
    if (found >= 0) args.splice(found, 1);
    return found >= 0;
  };
  const show = flag("--show");
  const shrink = flag("--shrink");
  const at = args.indexOf("--tier");
  const named = at < 0 ? "auto" : args.splice(at, 2)[1];
  const tier = TIERS.find((each) => each === named);
  if (tier === undefined) throw new Error(`no tier ${named}`);

  const ledger: Record<Corpus, readonly string[]> = { ...readLedger() };
  for (const corpus of CORPORA) {
    const wanted = cases(corpus).filter(({ id }) =>
      args.length === 0 || args.some((word) => word === corpus || id.startsWith(word))
    );
    if (wanted.length === 0) continue;
    const known = new Set(ledger[corpus]);
    const start = performance.now();
    const fixed = new Set<string>();
    let failing = 0;
    let fresh = 0;
    for (const each of wanted) {
      const found = await difference(each, tier);
      if (found === null) {
        if (known.has(each.id)) fixed.add(each.id);
        continue;
      }
      failing++;
      if (!known.has(each.id)) fresh++;
      if (show) console.log(`${known.has(each.id) ? "" : "NEW "}${found}`);
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${corpus} on ${tier}: ${wanted.length - failing} of ${wanted.length} pass, ${fresh} fail that are not in the ` +
        `ledger, ${fixed.size} in the ledger pass (${seconds} s)`,
    );
    ledger[corpus] = ledger[corpus].filter((id) => !fixed.has(id));
  }
  if (!shrink) return;
  writeFileSync(
    new URL("../tests/conformance/failing.json", import.meta.url),
    `${JSON.stringify(ledger, null, 2)}\n`,
  );
}

await main(process.argv.slice(2));
